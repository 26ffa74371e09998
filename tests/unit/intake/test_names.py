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


DOING = """
Aminah mengulang
Budi lulus
Aminah mengulang.
Rahmat remidi.
Yuliana pindah ke Balikpapan.
Joko sakit pada hari kedua.
Wati tersertifikasi.
Hendra kompeten.
Slamet belum kompeten.
Rudi tinggal di Samarinda.
Dewi lahir di Berau.
Agus bekerja sebagai mandor.
Nurul izin pada hari pertama.
Fitri terlambat.
Bambang keluar sebelum uji.
Eko mendaftar dua kali.
Yanto terdaftar di dua tahap.
Kartini meminta ujian ulang.
Andi menolak hasil uji.
Wahyu mengajukan banding.
Lestari menunggu sertifikat.
Ratna tersenyum.
Hasan menangis.
Rizal bertanya kepada asesor.
Sukarno dipanggil ulang.
Siti dinyatakan kompeten.
Rina menjadi peserta terbaik.
Dian memperoleh sertifikat.
Yusuf mengisi formulir.
Wawan mengerjakan soal.
Ali meninggal dunia.
Maria melahirkan, jadi tidak hadir.
Petrus dirawat di rumah sakit.
Usman ditolak karena berkas kurang.
Aminah repeated the test.
Rahmat works in Samarinda.
Budi lives in Berau.
Joko missed the second day.
Wati was ill.
Hendra was declared competent.
Slamet applied twice.
Dewi asked for a retest.
Agus is the best participant.
Rudi had to repeat.
Yuliana left early.
Hasan got certificate 12.
siti aminah lulus
budi santoso lulus
rahmat hidayat tidak hadir
dewi lestari mengulang
agus setiawan belum kompeten
peserta siti aminah lulus
joko susilo menerima sertifikat
siti aminah repeated the test
budi santoso failed
hasil uji: siti aminah lulus
rahmat lulus
budi tidak hadir
peserta rahmawan lulus
asesi joko belum kompeten
nurul juga lulus
slamet mengundurkan diri
hasil uji: bambang lulus
kelas pagi, budi hadir
uji ulang (siti mengulang)
wahyu menerima sertifikat
rahmat passed
participant joko passed
aminah repeated the test
""".strip()
"""What persons do, a line each: one name with a capital, or one or two in small letters."""


@pytest.mark.parametrize("text", [*PERSONS, *DOING.splitlines()])
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
Ujian ulang ditolak panitia.
Hujan menunda kelas satu hari.
Cuaca buruk; kapal terlambat.
Listrik padam selama uji.
Proyek jembatan dimulai 2024.
Materi disampaikan dalam dua sesi.
Guru SMK mendaftar sebagai asesor.
Dosen politeknik mengajar dua kelas.
Sisa kuota pindah ke tahap berikutnya.
Uji ditunda sebulan.
Pendaftar menunggu pengumuman.
Calon peserta mengisi formulir daring.
Mereka mengulang uji pada bulan berikutnya.
Sepuluh mengulang.
Dua belas orang sakit.
Tukang las menjadi kelompok terbesar.
Pemenang lelang mengerjakan jalan itu.
Jadwal berubah karena hari libur.
Harga bahan naik.
Banjir menutup jalan ke Berau.
Bus mengantar peserta dari Paser.
Kapal feri terlambat.
Serikat pekerja meminta kelas tambahan.
Pemohon ditolak bila berkas kurang.
Yang belum kompeten mengulang sekali.
Dana dipindahkan ke tahap kedua.
Kelas malam dibuka bagi yang bekerja.
Jenjang 7 terdaftar paling sedikit.
Ijazah dinyatakan sah oleh sekolah.
Nilai dihitung ulang.
Siapa saja boleh mendaftar.
Ia disebut tanpa nama.
Hanya separuh terdaftar.
Berita menunggu tanggapan dinas.
Catatan ini menjadi dasar koreksi.
Laporan tahunan keluar pada Maret.
Surat keputusan lahir dari rapat itu.
Pasal 70 mewajibkan sertifikat.
Undang-undang mengatur hal itu.
Portal LPJK menolak data ganda.
Rain delayed the class by a day.
Power failed during the test.
Teachers applied as assessors.
Lecturers taught two classes.
Seats left over moved to the next batch.
Tests were postponed by a month.
Ten repeated the test.
Twelve were ill.
Welders were the largest group.
Prices went up.
Boats came late.
Unions asked for another class.
Papers missing by then were refused.
Whoever was not yet competent repeated once.
Evening classes opened for those who work.
Rules require a certificate.
Half is for women.
Money moved to the second batch.
Flooding closed the road to Berau.
Attendance was counted by signature.
hasil uji belum diumumkan
kelas kedua lulus seluruhnya
tukang batu lulus semua
uji praktik belum selesai
lima orang tidak hadir
second class failed
test results are pending
lampu jalan diperbaiki
Ruang kelas keluar dari kompleks lama.
Genset meninggal suara bising.
Ombak tinggi; perahu terlambat tiba.
Undian menentukan urutan uji.
Formulir diterima sampai pukul 15.00.
Rapat membuka kemungkinan kelas tambahan.
Spanduk memimpin arah ke lokasi.
Absensi ditandatangani dua kali sehari.
Modul keselamatan mendapat porsi terbesar.
Praktik lapangan dinyatakan selesai.
Hasilnya keluar sebulan kemudian.
Pesertanya berasal dari tiga kecamatan.
Alumni bekerja di proyek IKN.
Buruh harian mendaftar lewat mandor.
Nelayan ikut uji juru las.
Pegawai honorer menerima surat tugas.
Pelajar SMK absen karena ujian sekolah.
Kuota Berau pindah ke Paser.
Bantuan keuangan lahir dari APBD perubahan.
Calon asesor belajar lima hari.
Sertifikatnya terdaftar di LPJK.
Ahli muda sakit satu orang.
Gelombang kedua gagal dibuka.
Anggaran keluar pada triwulan tiga.
Tiga orang pulang lebih awal.
Puluhan hadir daring.
Pihak ketiga mengajukan keberatan.
Vendor mengerjakan laman pendaftaran.
Masyarakat meminta kelas malam.
Satu kelas tinggal teori.
Penerima beasiswa lulus semua.
Kursi kosong terdaftar sebagai cadangan.
Juru ukur mengulang praktik.
Angka capaian menunggu audit.
Tautan lama gagal dibuka.
Bukti hadir diunggah panitia.
Transportasi datang terlambat.
Materi daring mengisi hari pertama.
Forum asosiasi menolak usulan itu.
Rekap ditolak karena ganda.
Applicants asked for a later date.
Sessions came in two parts.
Weather was bad.
Tools were missing.
Course work was declared finished.
Alumni works are not counted.
Snow is the least of it.
Figures got rounded.
Nine left early.
Batch two applied the new rule.
Feedback was mixed.
Labour law asked for it.
Evening seats left were given away.
Traffic was heavy.
Quota was had by others.
Retest is a second sitting.
Overtime was not paid.
Welding is a field of work.
Everybody signed.
Interim numbers opened the report.
juru ukur hadir semua
ahli muda lulus lebih dahulu
calon asesor lulus seluruhnya
buruh harian lulus
pihak ketiga hadir
kursi kosong hadir tanpa tanda
separuh lulus
mayoritas lulus pada jenjang 4
827 peserta; rerata lulus 90 persen
pemuda hadir
pembicara hadir terlambat
supervisor lulus, estimator mengulang
kontingen hadir (lansia mengulang)
hari pertama, sebelas lulus
peserta mandiri lulus
pekerja migran hadir
asesi susulan mengulang
kalau remidi, tanpa biaya
terpaksa mengulang
otomatis lulus
wagub hadir, sekda tidak hadir
piagam: lulus
data belum lengkap, status lulus
twelve passed, the generator failed
delegates attended
apprentices failed
workshop repeated in May
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
        ("rahmawan", "***"),
        ("rahmawan_subagio", "***"),
        ("batches/rahmawan-subagio", "***"),
        ("peserta", "peserta"),
        ("1.080", "1.080"),
        ("RELEASED", "RELEASED"),
        ("tidak ada", "tidak ada"),
        ("30 Juni 2025", "30 Juni 2025"),
    ],
)
def test_a_value_is_quoted_unless_it_may_be_a_name(text: str, said: str) -> None:
    assert quoted(text) == said
