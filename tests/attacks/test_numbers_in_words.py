"""A number is a number in whatever dress, and a sentence that counts no people of a hidden cell passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.planting import reasons
from tests.attacks.sample import sample_site
from tests.attacks.sites import audited_site

HOME, FIRST = "index.html", "tahap/contoh-2026-1/index.html"

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


@pytest.mark.parametrize("path", [HOME, FIRST])
def test_a_count_is_found_in_whatever_dress(tmp_path: Path, path: str) -> None:
    for number, sentence in enumerate(DRESSED):
        found = reasons(audited_site(sample_site({path: sentence}), tmp_path / str(number)))
        assert found == {"note_tells"}, sentence


@pytest.mark.parametrize("path", [HOME, FIRST])
def test_honest_sentences_pass(tmp_path: Path, path: str) -> None:
    assert len(HONEST) == len(set(HONEST)) == 60
    together = sample_site({path: "</p><p>".join(HONEST)})
    assert audited_site(together, tmp_path).breaches == ()
