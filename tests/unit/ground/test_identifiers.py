"""Personal numbers and addresses in every dress in which people write them; each kind beside what only looks alike."""

from __future__ import annotations

import pytest

from kompeten.ground.identifiers import identifiers

FOUND = {
    "nik": [
        "NIK 6472054507900003",
        "6472\u00a00545\u00a00790\u00a00003",
        "6472/0545/0790/0003",
        "647205\u2013450790\u20130003",
        "6472_0545_0790_0003",
        "64720545\u200b07900003",
        "647205450790OOO3",
        "64 72 05 45 07 90 00 03",
        "6 4 7 2 0 5 4 5 0 7 9 0 0 0 0 3",
        "6472 - 0545 - 0790 - 0003",
        "\uff16\uff14\uff17\uff12054507900003",
        "KK 6472.05.050718.0012",
        "6472,0545,0790,0003",
        "6472|0545|0790|0003",
        "647205*450790*0003",
    ],
    "phone": [
        "(0812) 9000 7000",
        "wa.me/6281290007000",
        "https://wa.me/6281290007000",
        "0812\u00a09000\u00a07000",
        "+62 (812) 9000-7000",
        "tel:+6281290007000",
        "O812 9000 7000",
        "0812.9000.7000",
        "https://api.whatsapp.com/send?phone=6281290007000",
        "https://wa.me/%2B6281290007000",
        "0541-734567",
        "(0541) 734567",
        "https://contoh.id/?q=081290007000",
        "WA 81290007000",
        "HP: 812 9000 7000",
        "0 8 1 2 9 0 0 0 7 0 0 0",
    ],
    "npwp": ["NPWP 0092542943407000", "NPWP: 09.254.294.3-407.000", "09.254.294.3-407.000", "09 254 294 3 407 000"],
    "email": [
        "budi@gmail.com",
        "budi (at) gmail (dot) com",
        "budi[at]gmail.com",
        "budi at gmail dot com",
        "budi at gmail titik com",
        "https://contoh.id/?m=budi@gmail.com",
        "mailto:budi%40gmail.com",
        "budi @ gmail . com",
        "b u d i @ gmail . com",
        "budi-at-gmail-dot-com",
        "budi_at_gmail.com",
        "budi(a)gmail.com",
        "surel: budi di gmail titik com",
        "budi\uff20gmail.com",
    ],
    "certificate": [
        "SKK nomor 7110 2214 9401",
        "No. Registrasi 12345/SKK/2025",
        "No. SKK: 1.2.345.6.789.01",
        "reg. no. 1234567",
    ],
    "passport": ["paspor A1234567", "Passport no. 1234567", "passport no. X 123 4567"],
    "home": ["Jl. Mawar RT 03", "RT05/RW02", "jl. pramuka no 12", "perum bumi indah blok C no 3"],
    "account": ["instagram.com/budisantoso", "IG: @budisantoso", "x.com/budi", "t.me/budisan", "ikuti @budi_s"],
    "bank": ["BRI no. 012301012345509", "account number 1480012345678", "a/c 1480012345678"],
    "birth": [
        "born July 1, 1990",
        "DOB 01/07/1990",
        "d.o.b. 1990-07-01",
        "lahir 1 Juli '90",
        "tanggal lahirnya 1 Jul 1990",
        "Bontang, 1 Juli 1990 (ttl)",
    ],
}

HONEST = [
    "@pupr_kaltim",
    "redaksi at kaltim",
    "published at kaltimprov.go.id",
    "https://medium.com/@budi",
    "Look at the dot chart",
    "2024 2025 2026 2027",
    "2025-09-08 2025-09-12",
    "64.01 64.02 64.03 64.07",
    "+62 541 4567",
    "0.6472054507900003",
    "https://korsa.id/2025/09/03/12345678/",
    "embed/klaim-konteks-bersertifikat-64-2025-09-03/2026.11/index.html",
    "147.736 orang (2025), per 10.000",
    "11 12 13 14 15 16 17 18 19 21 31 32 33",
    "66 64 65 64.01 64.02 64.03 64.07 64.08 64.09 64.11 64.71",
    "embed/klaim-konteks-bersertifikat-64-2025-09-03/2026.11/index.html",
    "1 2 3 4 5 6 7 8 9 10 11 12",
    "2026-11-24T00:00:00Z 2026-11-25",
    "UU 14/2008 dan UU 27/2022",
    "https://instagram.com/p/Cx1",
    "0,5 sampai 0,75 dan 012-34",
    "Rp8.913.000.000 untuk 1.775 peserta",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_an_identifier_is_known_in_any_dress(kind: str, text: str) -> None:
    assert kind in set(identifiers(text)), text


@pytest.mark.parametrize("text", HONEST)
def test_counts_dates_codes_and_addresses_are_no_identifiers(text: str) -> None:
    assert list(identifiers(text)) == []
