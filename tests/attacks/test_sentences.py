"""Plain sentences that tell a hidden count, wherever people write; each beside near misses that pass.

A number is a number in whatever dress; a sentence that counts no people of a hidden cell passes.
"""

from __future__ import annotations

import pytest

from tests.attacks import spoken
from tests.attacks.sample import OF_REGISTER, PLACES, refused

BATCH_NAMED = [
    ("Tahap I 2026: 3 orang kompeten dari Kabupaten Paser", "Tahap I 2026: 20 orang peserta dari Kabupaten Paser"),
    ("Tahap I 2026 (SINTETIS): 3 kompeten dari Paser", "Tahap II 2026 (SINTETIS): 18 kompeten dari Paser"),
    ("Pada Tahap 1 tahun 2026, 3 warga Kab. Paser lulus", "Pada Tahap 2 tahun 2026, 18 warga Kab. Paser lulus"),
    ("Batch 1 of 2026: three passed from Paser Regency", "Batch 2 of 2026: eighteen passed from Paser Regency"),
    (
        "In the first batch of 2026, 3 people from Paser were certified",
        "In the first batch of 2026, 20 came from Paser",
    ),
    ("Batch I, 2026: a single competent worker from Mahakam Ulu", "Batch I, 2026: ten participants from Mahakam Ulu"),
    ("Tahap I 2026: hanya satu yang lulus dari Mahulu", "Tahap I 2026: salah satu yang lulus dari Mahulu"),
    ("Tahap I 2026: seorang dari Paser bersertifikat", "Tahap I 2026: peserta dari Paser bersertifikat"),
    ("Tahap I 2026: tidak ada yang kompeten dari Paser", "Tahap I 2026: tidak ada data yang kompeten dari Paser"),
    ("Tahap I 2026, Paser, kompeten: nihil", "Tahap I 2026, Paser, kompeten: disembunyikan"),
    ("Tahap I 2026: none from Paser passed", "Tahap I 2026: no figure is shown for Paser"),
    ("Tahap I 2026: dua puluh tiga orang kompeten dari Paser", "Tahap I 2026: dua puluh orang peserta dari Paser"),
    ("Tahap I 2026: 15% peserta dari Paser lulus", "Tahap I 2026: 16,7% peserta dari Paser"),
    ("Tahap I 2026: lima belas persen dari Paser lulus", "Tahap II 2026: 72 persen dari Paser lulus"),
    ("Tahap I 2026: separuh peserta Paser lulus", "Tahap I 2026: sebagian peserta Paser lulus"),
    ("Tahap I 2026: semua peserta dari Paser lulus", "Tahap I 2026: peserta dari Paser, semua umur"),
    ("Tahap I 2026: semua orang dari Paser kompeten", "Tahap I 2026, Paser: semua peserta, dari mana pun asalnya"),
    ("All participants of Batch 1 of 2026 from Paser passed", "All participants of Batch 1 of 2026, Paser included"),
    ("Tahap I 2026: 17 peserta dari Paser belum kompeten", "Tahap II 2026: 18 peserta dari Paser kompeten"),
    ("Tahap I 2026: 17 failed from Paser", "Tahap I 2026: 20 failed"),
    ("Tahap I 2026: 4 peserta berusia 15-24 tahun", "Tahap I 2026: 60 peserta berusia 35 tahun ke atas"),
    ("Batch 1 2026: 4 participants aged 15–24", "Batch 1 2026: 60 participants 35 and over"),
    ("Tahap I 2026: 4 peserta usia 15 sampai 24", "Tahap I 2026: peserta usia 15 sampai 24 tahun"),
    ("Tahap I 2026: 3 peserta jenjang 3", "Tahap I 2026: 90 peserta jenjang 7"),
    ("Tahap I 2026: KKNI 3 diikuti 4 orang", "Tahap I 2026: KKNI 7 diikuti 90 orang"),
    ("Batch 1 of 2026: 4 people at level 3", "Batch 1 of 2026: 90 people at level 7"),
    ("Tahap I 2026: 7 wanita menerima sertifikat", "Tahap I 2026: 40 wanita menjadi peserta"),
    ("Tahap I 2026: 7 certificates went to women", "Tahap I 2026: 80 certificates were issued"),
    ("Tahap I 2026: 7 pria memegang SKK", "Tahap I 2026: 80 pria menjadi peserta"),
    ("Paser: 20 peserta Tahap I 2026. Tiga di antaranya lulus", "Paser: 20 peserta Tahap I 2026. Tiga hari pelatihan"),
    ("Peserta Tahap I 2026 dari Paser lulus. Jumlahnya tiga", "Peserta Tahap I 2026 dari Paser lulus. Dua sumber"),
    ("Tahap I 2026 Paser: ３ kompeten", "Tahap I 2026 Paser: ２０ peserta"),
    ("contoh-2026-1 Paser kompeten=3", "contoh-2026-2 Paser kompeten=18"),
    ("Tahap I 2026: 20 peserta, 20 kompeten dari Paser", "Tahap I 2026: 120 peserta, 20 dari Paser"),
]


@pytest.mark.parametrize("place", PLACES)
def test_a_sentence_that_names_the_batch_may_not_tell(place: str) -> None:
    planted, near = ([pair[side] for pair in BATCH_NAMED] for side in (0, 1))
    assert refused(place, planted) == planted
    assert refused(place, near) == []


DRESSED = [
    "Tidak satu pun peserta dari Kabupaten Paser lulus di Tahap I 2026",
    "Peserta Tahap I 2026 dari Paser gagal semua",
    "Tahap I 2026: peserta dari Paser semuanya gagal",
    "All but one of the participants of Batch 1 of 2026 from Paser passed",
    "Tahap I 2026: not one participant from Paser passed",
    "Tahap I 2026: kecuali satu, peserta dari Paser lulus",
    "Tahap I 2026: two-fifths of Paser passed",
    "Tahap I 2026, Paser: III orang kompeten",
    "Tahap I 2026, Paser: ||| orang kompeten",
    "Tahap I 2026, Paser: ⚂ kompeten",
    "Tahap I 2026: Paser kompeten: ●●●",
    "Tahap I 2026: tlga orang kompeten dari Paser",
    "Tahap I 2026: tigа orang kompeten dari Paser",
    "Tahap I 2026: tiga orang kompeten dari Pаser",
    "Tahap I 2026: drei Teilnehmer aus Paser kompeten",
    "Tahap I 2026: kompeten 3/20 dari Paser",
    "Tahap I 2026: 👤👤👤 kompeten dari Paser",
    "Tahap I 2026: telu wong kompeten saka Paser",
    "Tahap I 2026: hanya tjga kompeten dari Paser",
    "Tahap I 2026: kompeten dari 6401: 3 orang",
    "Tahap I 2026: seluruh peserta dari Paser belum kompeten",
    "Nobody from Paser passed in Batch 1 of 2026",
    "Tahap I 2026: peserta dari Paser tak ada yang lulus",
]
"""Nobody, everybody or a few of a hidden count: tallies, dice, Roman, look-alike letters, other tongues, mistyped."""

LEAKS = [
    "Tahap I 2026, Paser: setengah lusin lulus",
    "Tahap I 2026: selusin kurang dua orang dari Paser kompeten",
    "Tahap I 2026, Paser: sekodi kurang tujuh belas yang lulus",
    "Tahap I 2026: satu kodi kurang tujuh belas dari Paser lulus",
    "Tahap I 2026: sepasang warga Mahakam Ulu lulus",
    "Tahap I 2026: sepertujuh peserta Paser lulus",
    "Tahap I 2026: seperlima peserta dari Paser kompeten",
    "Tahap I 2026: 3 dari 20 peserta Paser kompeten",
    "Tahap I 2026: 3 per 20 peserta Paser kompeten",
    "Tahap I 2026: rasio kompeten Paser 0,15",
    "Tahap I 2026: kompeten dari Paser ٣ orang",
    "Tahap I 2026: kompeten dari Paser ३ orang",
    "Tahap I 2026: kompeten dari Paser ꧓ orang",
    "Tahap I 2026: kompeten dari Paser 三 orang",
    "Tahap I 2026: kompeten dari Paser ③ orang",
    "Tahap I 2026: kompeten dari Paser ³ orang",
    "Tahap I 2026: kompeten dari Paser ₃ orang",
    "Tahap I 2026: kompeten dari Paser Ⅲ orang",
    "Tahap I 2026: kompeten dari Paser 2+1 orang",
    "Tahap I 2026: kompeten dari Paser 20−17 orang",
    "Tahap I 2026: kompeten dari Paser dua tambah satu orang",
    "Tahap I 2026: dari Paser yang ketiga pun lulus, lalu tidak ada lagi",
    "Tahap I 2026: peserta keempat dari Paser gagal, sebelumnya lulus",
    "Tahap I 2026: Paser, kompeten: ■■■",
    "Tahap I 2026: Paser, kompeten: / / /",
    "Tahap I 2026: hanya ti-ga orang dari Paser kompeten",
    "Tahap I 2026: hanya t i g a orang dari Paser kompeten",
    "Tahap I 2026: hanya tiga\u200b orang dari Paser kompeten",
    "Tahap I 2026: hanya TIGA orang dari Paser kompeten",
    "Tahap I 2026: tiga belas orang dari Paser kompeten",
    "Tahap I 2026: tujuh puluh lima persen peserta Paser tidak kompeten",
    "Tahap I 2026: 85 % peserta Paser tidak kompeten",
    "Tahap I 2026: 150‰ peserta Paser kompeten",
    "Tahap I 2026: 3/4 perempuan menerima SKK",
    "Tahap I 2026: ¾ perempuan menerima SKK",
    "Batch 1 of 2026: half a dozen from Paser passed",
    "Batch 1 of 2026: a dozen from Paser passed",
    "Batch 1 of 2026: a couple of people from Paser passed",
    "Batch 1 of 2026: a trio from Paser passed",
    "Batch 1 of 2026: a handful, 3 in all, from Paser passed",
    "Batch 1 of 2026: Paser passed threefold over one",
    "Batch 1 of 2026: seventeen fewer than twenty from Paser passed",
    "Batch 1 of 2026: twenty-three minus twenty from Paser passed",
    "Batch 1 of 2026: the third and last from Paser passed",
    "Batch 1 of 2026: three in twenty from Paser passed",
    "Batch 1 of 2026: one in seven from Paser passed",
    "Batch 1 of 2026: everyone from Paser failed",
    "Batch 1 of 2026: Paser passed 15 pct",
    "Batch 1 of 2026: Paser passed fifteen per cent",
    "Batch 1 of 2026: both candidates from Mahakam Ulu passed",
    "Batch 1 of 2026: neither candidate from Mahakam Ulu passed",
    "Batch 1 of 2026: Paser passed III people",
    "Batch 1 of 2026: Paser passed thr3e people",
]

HONEST = [
    "Kota Samarinda memiliki tiga kecamatan",
    "Kabupaten Paser memiliki tiga kecamatan",
    "Dua instruktur mengajar di Paser",
    "Dua instruktur mengajar pada Tahap I 2026",
    "lihat Pasal 3",
    "Paser: lihat Pasal 3 peraturan itu",
    "Jalan Awang Long No. 1, Paser",
    "Tidak ada orang yang dapat dikenali dari angka Kabupaten Paser",
    "Peserta dari Paser berangkat pukul 7",
    "Kabupaten Paser berjarak 2 jam dari Balikpapan",
    "Pelatihan di Paser tiga hari",
    "Kabupaten Paser berulang tahun ke-64",
    "Tiga sumber menyebut Paser",
    "Paser ada di lembar 2",
    "Ada 10 kabupaten dan kota, antara lain Paser",
    "The training in Paser took three days",
    "Two buses carried the participants from Paser",
    "See article 3 of the regulation on Paser",
    "Paser Regency has ten districts",
    "Tahap I 2026 memakai dua gedung di Paser",
    "Nomor telepon kantor di Paser ada di halaman kontak",
    "Paser mendapat giliran kedua",
    "Kabupaten Paser, urutan pertama menurut kode",
    "Pendaftaran dari Paser dibuka 2 Maret 2026",
    "Peserta dari Paser menginap dua malam",
    "Setiap peserta dari Paser mendapat 1 sertifikat",
    "Syarat peserta Paser: umur 17 tahun ke atas",
    "Uji kompetensi di Paser berlangsung satu hari",
    "Materi peserta Paser ada 12 modul",
    "Undang-Undang Nomor 2 Tahun 2017 berlaku di Paser juga",
    "No one can be recognised from the figures of Paser Regency",
    "One of the venues is in Paser",
    "Paser lies on the first row of the table",
    "Batch 1 of 2026 used two rooms in Paser",
    "Peserta dari Paser belajar pada angkatan pertama",
    "Angka Paser disembunyikan agar tidak ada orang yang dapat dikenali",
    "Peserta Paser memakai 3 bus",
    "Perempuan dan laki-laki duduk di satu kelas",
    "Sertifikat berlaku lima tahun",
    "Sertifikat perempuan dan laki-laki berlaku 5 tahun",
    "Peserta Tahap I 2026 dari Paser dihitung menurut KTP; lihat bagian 4",
    "Kompeten: kata untuk yang lulus uji, satu dari dua hasil",
    "Tabel 2 memuat Paser dan Mahakam Ulu",
    "Gambar 3: peserta dari Paser, disembunyikan",
    "Paser memakai kode 64.01",
    "Kode BPS Paser ialah 6401",
    "Peserta dari Paser berumur 15–24 tahun",
    "Paser terletak di halaman 4 buku itu",
    "Dua belas jabatan diuji di Paser",
    "Peserta dari Paser datang dari 10 kecamatan",
    "Tahap I 2026 selesai dalam 5 hari",
    "Paser dan Mahakam Ulu: dua wilayah yang angkanya disembunyikan",
    "Kami menghubungi kantor di Paser dua kali",
    "Rp 3 juta per orang untuk peserta dari Paser",
    "Biaya Rp3.000.000 per peserta dari Paser",
    "Kegiatan di Paser dimulai pukul 08.00",
    "Halaman ini memuat satu tabel tentang Paser",
    "Berkas 3 dari 4: Paser",
    "Level 3 operator di Paser memakai alat berat 20 ton",
    "Peserta dari Paser: lihat catatan 2",
]
"""Sixty sentences with a number that counts none of the people of a hidden cell, or with a count that is printed."""

MORE_HONEST = [
    "Tahap I 2026: 120 peserta, 90 di antaranya kompeten",
    "Tahap I 2026: 75% peserta kompeten",
    "Tahap I 2026: 81,8 persen asesi kompeten",
    "Tahap I 2026: 80 SKK terbit",
    "Tahap I 2026: 10 peserta dari Mahakam Ulu",
    "Tahap I 2026: sepuluh peserta dari Mahakam Ulu",
    "Tahap I 2026: empat puluh peserta perempuan",
    "Tahap I dan II 2026: 260 peserta",
    "Tahap II 2026: 7 orang kompeten dari Mahakam Ulu",
    "Tahap I 2025: 6 orang kompeten dari Mahakam Ulu",
    "Pendaftaran Tahap I 2026 dibuka 3 Februari 2026",
    "Uji Tahap I 2026 berlangsung 5–7 Maret 2026",
    "Tahap I 2026 mulai pukul 08.30",
    "Tahap I 2026 berlangsung dua minggu di Paser",
    "Tahap I 2026: tiga kelas di Paser",
    "Peserta Tahap I 2026 dari Paser menempati 2 ruang",
    "Tahap I 2026: biaya Rp 1,5 juta per peserta",
    "Tahap I 2026 mengikuti Peraturan Menteri Nomor 8 Tahun 2022",
    "Tahap I 2026: lihat Pasal 70 ayat (1) undang-undang itu",
    "Tahap I 2026 menguji jenjang 2 dan jenjang 3 di Paser",
    "Tahap I 2026: 14 jabatan diuji",
    "Tahap I 2026: peserta Paser berusia 15–24 tahun disembunyikan",
    "Tahap I 2026: angka Paser disembunyikan, lihat halaman 12",
    "Tahap I 2026: kode wilayah Paser 64.01",
    "Tahap I 2026: data per 2025-11",
    "Tahap I 2026: rilis 2026.11 memuat angkanya",
    "Tahap I 2026 dilaksanakan di 2 kabupaten",
    "Tahap I 2026 dibuka untuk 10 kabupaten dan kota",
    "Tahap I 2026: dua instruktur mengajar di Paser",
    "Tahap I 2026: modul ketiga dibagikan sebagai berkas 3",
    "Tahap I 2026: salah satu tempat uji ada di Paser",
    "Tahap I 2026: tidak ada data tentang Paser",
    "Tahap I 2026: tidak ada keterangan tentang Paser",
    "Tahap I 2026: jaraknya 145 km dari Balikpapan",
    "Tahap I 2026: 4 bus dari Paser",
    "Tahap I 2026 diberitakan 3 sumber",
    "Tahap I 2026: tabel 2 dan gambar 3",
    "Tahap I 2026: lembar 1 dari 4",
    "Tahap I 2026: satu per satu nama diperiksa",
    "Tahap I 2026: sertifikat berlaku 5 tahun",
    "Batch 1 of 2026: 120 participants, 90 competent",
    "Batch 1 of 2026: 75 per cent passed",
    "Batch 1 of 2026: ninety people passed",
    "Batch 1 of 2026: 110 were assessed",
    "Batch 1 of 2026 took place on 5 March 2026",
    "Batch 1 of 2026 lasted ten days",
    "Batch 1 of 2026 used three rooms in Paser",
    "Batch 1 of 2026: two buses came from Paser",
    "Batch 1 of 2026: see article 70 of the act",
    "Batch 1 of 2026: see table 2 on page 12",
    "Batch 1 of 2026: level 7 is for experts",
    "Batch 1 of 2026: ages 15–24 are hidden for Paser",
    "Batch 1 of 2026: the figures of Paser and Mahakam Ulu are hidden in two tables",
    "Batch 1 of 2026: no figure is shown for Paser",
    "Batch 1 of 2026: nobody can be recognised",
    "Batch 1 of 2026: one of the venues is in Paser",
    "Batch 1 of 2026: certificates are valid for five years",
    "Batch 1 of 2026: release 2026.11 has the figures",
    "Batch 1 of 2026: the code of Paser is 64.01",
    "Batch 1 of 2026 and batch 2 of 2026: 260 participants",
    "Batch 2 of 2026: forty-five participants from Kutai Kartanegara",
]


@pytest.mark.parametrize("place", PLACES)
def test_a_count_is_found_in_whatever_dress(place: str) -> None:
    leaks = list(dict.fromkeys((*DRESSED, *LEAKS, *spoken.LEAKS)))
    assert len(leaks) > 130
    found = refused(place, leaks)
    assert [sentence for sentence in leaks if sentence not in found] == []


@pytest.mark.parametrize("place", OF_REGISTER)
def test_where_a_sentence_stands_says_what_it_is_about(place: str) -> None:
    found = refused(place, spoken.IN_PLACE)
    assert [sentence for sentence in spoken.IN_PLACE if sentence not in found] == []


@pytest.mark.parametrize("place", PLACES)
def test_honest_sentences_pass(place: str) -> None:
    honest = list(dict.fromkeys((*HONEST, *MORE_HONEST, *spoken.HONEST)))
    assert len(honest) > 230
    assert refused(place, honest) == []
