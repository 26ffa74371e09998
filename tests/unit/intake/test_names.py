"""Names of persons in notes: asked about in whatever way they are written, and nothing else is."""

from __future__ import annotations

import pytest

from kompeten.intake.messages import quoted, shown, shown_file
from kompeten.intake.names import declared, holds_name, known_words
from kompeten.intake.rules.texts import Passage, address

KNOWN = declared() | known_words(["Samarinda", "Kutai Kartanegara", "Dinas PUPR", "Kutai Raya"])

PERSONS = [
    "Peserta Budi Santoso berasal dari Samarinda.",
    "Kata Ir. Joko Susilo, M.T. dalam sambutan.",
    "a.n. Siti Aminah",
    "atas nama Siti",
    "menurut Pak Rahmat",
    "Sertifikat diserahkan kepada Dewi Lestari di aula.",
    "Kepala dinas H. Muhammad Yusuf hadir.",
    "Diserahkan kepada SITI AMINAH.",
    "Rahmat Hidayat, S.T., membuka acara.",
    "ujar Yuliana",
    "Received by Agus Setiawan of Samarinda.",
    "M. Rizal Nur'aini bin Abdullah",
    "M. Yusuf",
    "Sukarno said that it was full.",
    "Kelas itu penuh, Rahmat mengatakan.",
    "peserta bernama budi santoso",
    "Nama: Rahmat",
    "disampaikan Rahmat di aula",
    "hadir pula, Rahmat",
    "Rahmat S. hadir",
    "Rahmat (kepala bidang) hadir",
    "atas nama siti aminah",
    "nama peserta budi santoso",
    "Siti-Aminah hadir",
    "Disampaikan oleh Rahmawati.",
    "Ketua panitia: Rahmawati",
    "Ust. Rahmawan hadir",
    "rahmawan bin saleh",
    "Rahmawan b. Saleh",
    "R.A. Kartini hadir",
    "sdri. rahmawati",
    "A/N Rahmawan",
    "u.p. Rahmawan",
    "Yth. Rahmawan",
    "TTD: RAHMAWAN",
    "petugas: rahmawan",
    "nama saya rahmawan",
    "name: rahmawan saleh",
    "Rahmawan & Aminah",
    "Rahmawan_Saleh",
    "hadir (Rahmawati)",
]


@pytest.mark.parametrize("text", PERSONS)
def test_a_person_is_seen(text: str) -> None:
    assert holds_name(text, KNOWN)


PLAIN = [
    "",
    "827 peserta di lima tempat; termasuk lulusan baru, ahli, asesor, dan instruktur.",
    "Menurut Dinas PUPR, September 2023.",
    "Pekerja pembangunan Ibu Kota Nusantara.",
    "Kepala dinas: 1.000 lagi, tergantung kebutuhan.",
    "Gubernur dan Wakil Gubernur hadir di Samarinda.",
    "17 peserta berasal dari Kutai Kartanegara.",
    "According to the public works agency, September 2023.",
    "Creative Commons Attribution 4.0 International",
    "Tahap II 2025",
    "Permen PUPR 8/2022, SK 114/KPTS/Dk/2024.",
    "Lokasi: Samarinda.",
    "Hadir Dinas & Samarinda.",
    "nama program ini berubah pada 2024",
    "The list named 12 places.",
    "Balai Jasa Konstruksi Wilayah V Banjarmasin",
]


@pytest.mark.parametrize("text", PLAIN)
def test_offices_places_and_months_are_nobody(text: str) -> None:
    assert not holds_name(text, KNOWN)


def test_a_message_never_quotes_a_name() -> None:
    assert shown("Budi Santoso") == "***"
    assert shown("Kutai Kartanegara") == "Kutai Kartanegara"
    assert shown("delapan ratus") == "delapan ratus"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("observations.csv", "observations.csv"),
        ("peserta_2025.xlsx", "peserta_2025.xlsx"),
        ("SERTIFIKAT SITI AMINAH.pdf", "S….pdf"),
        ("budi-santoso.csv", "b….csv"),
        ("6472014107900001.csv", "***"),
        ("budi", "b…"),
    ],
)
def test_a_message_names_a_file_only_where_every_word_is_a_file_s(name: str, told: str) -> None:
    assert shown_file(name) == told


@pytest.mark.parametrize(
    "url", ["http://[::1", "https://a:b@c.example/", "javascript:alert(1)", "https://tanpatitik/x"]
)
def test_an_address_that_is_none_is_told(url: str) -> None:
    found = address(Passage(file="sources.csv", text=url, row=2, column="url"))
    assert found is not None
    assert (found.rule, found.row, found.column) == ("address", 2, "url")


@pytest.mark.parametrize("url", ["https://kaltimprov.example/berita?id=1", "http://a.example"])
def test_an_address_of_a_page_is_let_be(url: str) -> None:
    assert address(Passage(file="sources.csv", text=url, row=2, column="url")) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("budi santoso", "***"),
        ("Budi", "***"),
        ("SITI AMINAH", "***"),
        ("6472014107900001", "***"),
        ("Laki-laki", "Laki-laki"),
        ("kolom_baru", "kolom_baru"),
        ("1.080", "1.080"),
        ("RELEASED", "RELEASED"),
        ("tidak ada", "tidak ada"),
        ("30 Juni 2025", "30 Juni 2025"),
    ],
)
def test_a_value_is_quoted_unless_it_may_be_a_name(text: str, said: str) -> None:
    assert quoted(text) == said
