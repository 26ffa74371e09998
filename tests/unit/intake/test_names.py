"""Names of persons in notes: asked about in whatever way they are written, and nothing else is."""

from __future__ import annotations

import pytest

from kompeten.ground.identifiers import identifiers
from kompeten.intake.messages import quoted, shown, shown_file
from kompeten.intake.names import declared, holds_name, known_words
from kompeten.intake.rules.texts import Passage, address

KNOWN = declared() | known_words(["Samarinda", "Kutai Kartanegara", "Kutai Barat", "Dinas PUPR", "Kutai Raya"])

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
    "Rahmat hadir di aula.",
    "Slamet lulus.",
    "Yuliana menerima sertifikat pertama.",
    "Hadir semua. Rahmawati membuka acara.",
    "Sukarno memimpin doa.",
    "Joko berasal dari Paser.",
    "Peserta budi.santoso hadir.",
    "Diunggah oleh BudiSantoso.",
    "BudiSantoso",
    "siti.nur.aminah",
    "akun budi.santoso88",
    "Wati attended every day.",
    "Agus opened the class.",
    "Dewi received certificate 12.",
    "Slamet menyerahkan berkas.",
    "Rahmat mengundurkan diri.",
    "Yusuf mewakili peserta.",
    "Aminah datang terlambat.",
    "Bambang menandatangani daftar.",
    "Hendra mengajar dua kelas.",
    "Sri menghadiri penutupan.",
    "Wawan mendapat nilai tertinggi.",
    "Rudi diwawancarai wartawan.",
    "Nurul tidak lulus.",
    "Andi belum lulus.",
    "Ahmad juga hadir.",
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


HONEST = """
Definisinya mengikuti daftar kode yang baru.
Verifikasi gagal karena berkas kurang.
Kegiatan berhasil dilaksanakan.
Training opened on 30 June.
Sebanyak 827 peserta mengikuti pelatihan di lima tempat.
Peserta hadir sejak pukul 08.00 WITA.
Panitia membuka pendaftaran pada 3 September 2025.
Gubernur menyerahkan sertifikat di Lamin Etam.
Pekerja menerima sertifikat tanpa biaya.
Warga Kutai Barat lulus paling banyak.
Pelamar datang dari sepuluh kabupaten dan kota.
Sebagian lulus pada hari pertama, sisanya sebulan kemudian.
Lulusan SMK membawa ijazah asli.
Asesor memimpin uji di bengkel kerja.
Angka ini dibulatkan oleh sumbernya.
Kepala dinas menyebut 1.080 orang; berita lain menulis sekitar seribu.
Koran menulis 537 orang, siaran pers menulis 547.
Jumlah ini termasuk peserta yang mengulang.
Berita pertama menyebut target, berita kedua menyebut capaian.
Menurut dinas, pelatihan selesai pada 12 September 2025.
Mahasiswa tingkat akhir hadir sebagai fresh graduate.
Tukang batu, tukang kayu, dan mandor ikut uji jenjang 3.
Dua kelas dibuka di Balikpapan dan tiga di Samarinda.
Sumber tidak menyebut jenis kelamin.
Tabel 4 di halaman 12 memuat rinciannya.
Perempuan 112 orang, laki-laki 715 orang.
Anggaran Rp8.913.000.000 dibagi untuk lima tahap.
Setiap peserta mendapat uang saku dan makan siang.
Sisanya belum diketahui.
Penyelenggara memberi sertifikat pelatihan kepada semua peserta.
Balai Jasa Konstruksi Wilayah V Banjarmasin menyelenggarakan uji.
Lembaga sertifikasi menilai portofolio peserta.
Tim penguji berasal dari Balikpapan.
Perusahaan mengirim 25 pekerja.
Kontraktor lokal mewakili asosiasi.
Tahap III dibuka 21 Oktober 2025.
Hotel tempat pelatihan tidak disebut.
Pendaftaran ditutup lebih awal karena kuota penuh.
Kuota 150 orang per kabupaten.
Angka sementara; menunggu keputusan lembaga.
Sertifikat berlaku lima tahun.
Data per 30 Juni 2025.
Lihat catatan kaki nomor 3.
Berita ini memuat foto, bukan daftar nama.
Rincian per kecamatan tidak diumumkan.
Satu peserta mengundurkan diri sebelum uji.
Empat puluh orang hadir daring.
Ketua asosiasi menyambut baik program ini.
Masyarakat mengikuti uji secara gratis.
Instruktur datang dari politeknik negeri.
Banyak lulus pada jenjang 4.
Beberapa hadir terlambat.
Semua lulus.
Undangan hadir dari sepuluh daerah.
Rombongan berangkat dari Tenggarong.
Operator alat berat menerima pelatihan tambahan.
Mandor memimpin regu kerja saat uji praktik.
Pelatih membuka kelas dengan penjelasan keselamatan kerja.
Pengawas hadir setiap hari.
Peserta terbanyak berasal dari Kutai Kartanegara.
Nilai ini dihitung dari dua tabel.
Kode KBLI 41011 dan 42101.
Tertulis "827 peserta"; judulnya "ratusan pekerja".
Dinas PUPR-PERA Kaltim menggelar pelatihan.
The source counts certificates, not people.
Participants attended in five places.
Governor handed over certificates at Lamin Etam.
Workers received certificates free of charge.
Everyone passed on the first day.
Some passed a month later.
Officials opened the training on 3 September 2025.
Assessors led the practical test.
Organisers gave lunch and transport money.
The agency said that 1,080 people attended.
Applicants came from ten regencies and cities.
Newspapers wrote 537, the press release 547.
Companies sent 25 workers.
About half are women.
Counted in units of certificates.
Rounded by the source.
Published before the batch ended.
See table 4 on page 12.
Nobody failed.
Students attended as fresh graduates.
The balance is not known.
Estimates until June 2025.
Registration closed early, for the quota was full.
The office opened a second class in Balikpapan.
Instructors came from the polytechnic.
Level 4 had the most.
Quoted from the speech at the opening.
The same figure stands in two articles.
Certificates are valid for five years.
Neither source names the venue.
Guests attended from ten areas.
Contractors represent the association.
Women received 112 certificates.
File observations.csv memuat semua hitungan.
Lihat kaltimprov.go.id dan pu.go.id.
Diunduh dari data.kaltimprov.go.id.
Situs niaga.asia dan kaltim.today memuat angka yang sama.
Peta dari OpenStreetMap, kode di GitHub, video di YouTube.
Disiarkan lewat WhatsApp, Instagram dan Facebook.
Format GeoJSON dan CSV, dibuka dengan LibreOffice.
Berkas jawaban.pdf dan lampiran.xlsx tidak dipublikasikan.
Nomor surat 600/123/DPUPR/2025 tertanggal 3 September 2025.
Anggota asosiasi hadir, pengurus tidak.
Kegiatan selesai pukul 16.00; sertifikat terbit kemudian.
Bengkel kerja menampung 40 orang.
Fasilitator mendapat honor dari anggaran dinas.
Kelompok kedua lulus seluruhnya.
Angkatan pertama menerima sertifikat pada 2023.
Delegasi menghadiri penutupan.
Moderator membuka acara.
""".strip()
"""Notes as offices write them, a line each."""


@pytest.mark.parametrize("text", [*PLAIN, *HONEST.splitlines()])
def test_offices_places_and_months_are_nobody(text: str) -> None:
    assert not holds_name(text, KNOWN)
    assert list(identifiers(text)) == []


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
