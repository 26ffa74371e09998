"""Every fault that a register can have: what it is, and how to mend it, in both languages. Never a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kompeten.ground.findings import Label


class Fault(NamedTuple):
    """One rule of the register check, in words."""

    what: Label
    mend: Label


_VALUES = Label(
    "perbaiki sel itu, atau daftarkan kata kantor Anda di [values] pada konfigurasi",
    "mend the cell, or list your office's word under [values] in the config",
)
_CELL = Label("perbaiki sel itu menurut berkas pendaftaran", "mend the cell from the application file")
_DUPLICATE = Label("hapus baris ganda, atau perbaiki NIK-nya", "remove the double row, or mend its NIK")
_ACCEPT = Label(
    "periksa barisnya; bila memang benar, tulis aturan ini di checks.accepted",
    "look at the row; if it is right, write this rule in checks.accepted",
)
_POSITION = Label(
    "cocokkan kode jabatan dengan SK 114/KPTS/Dk/2024", "compare the position code with decree 114/KPTS/Dk/2024"
)

FAULTS: Mapping[str, Fault] = {
    "no-people": Fault(
        Label("tidak ada baris peserta", "no row of a person"),
        Label("periksa berkas dan lembar yang dipilih", "check the file and the sheet chosen"),
    ),
    "batch-without-people": Fault(
        Label(
            "ada tahap di konfigurasi tanpa seorang pun di register", "a batch of the config has nobody in the register"
        ),
        Label(
            "hapus tahap itu dari konfigurasi, atau periksa apakah registernya lengkap",
            "remove the batch from the config, or check that the register is whole",
        ),
    ),
    "batch-unknown": Fault(
        Label("tahap tidak ada di konfigurasi", "batch is not in the config"),
        Label(
            "tambahkan sebutannya pada register_names di [[batches]]",
            "add the wording to register_names under [[batches]]",
        ),
    ),
    "code-unknown": Fault(
        Label("isi sel bukan kode atau kata yang dikenal", "the cell is not a code or word we know"), _VALUES
    ),
    "region-code-without-dot": Fault(
        Label(
            "kode wilayah tanpa titik: kode Kemendagri dan BPS bertabrakan",
            "region code without a dot: the two code systems collide",
        ),
        Label(
            "tulis kode bertitik atau nama wilayah, atau isi register.region_codes",
            "write codes with a dot or names, or set register.region_codes",
        ),
    ),
    "position-form": Fault(
        Label("kode jabatan tidak berbentuk kode jabatan kerja", "not a job-position code"), _POSITION
    ),
    "position-level": Fault(
        Label("kode jabatan tidak cocok dengan jenjang", "position code and level disagree"), _POSITION
    ),
    "position-classification": Fault(
        Label("kode jabatan tidak cocok dengan klasifikasi", "position code and classification disagree"), _POSITION
    ),
    "position-track": Fault(
        Label("kode jabatan tidak cocok dengan jalur", "position code and track disagree"), _POSITION
    ),
    "date-unreadable": Fault(Label("tanggal tidak terbaca", "the date cannot be read"), _CELL),
    "age-unreadable": Fault(Label("umur tidak terbaca", "the age cannot be read"), _CELL),
    "age-out-of-range": Fault(Label("umur di luar rentang pekerja", "age outside the range of a worker"), _CELL),
    "nik-as-number": Fault(
        Label("NIK tersimpan sebagai angka: digit terakhirnya hilang", "NIK kept as a number: its last digit is lost"),
        Label(
            "jadikan kolom itu teks sebelum NIK diketik atau diimpor",
            "make the column text before typing or importing NIK",
        ),
    ),
    "nik-form": Fault(Label("NIK kosong atau tidak berbentuk NIK", "NIK is missing or has not the form of one"), _CELL),
    "nik-region": Fault(
        Label("wilayah pada NIK berbeda dengan tempat tinggal", "the region of the NIK differs from the residence"),
        _ACCEPT,
    ),
    "nik-sex": Fault(Label("jenis kelamin pada NIK berbeda", "the sex in the NIK differs"), _ACCEPT),
    "nik-birth-date": Fault(Label("tanggal lahir pada NIK berbeda", "the birth date in the NIK differs"), _ACCEPT),
    "person-twice-in-batch": Fault(
        Label("orang yang sama dua kali dalam satu tahap", "the same person twice in one batch"), _DUPLICATE
    ),
    "person-in-two-batches": Fault(
        Label("orang yang sama sudah ada di tahap lain", "the same person is in another batch too"), _ACCEPT
    ),
    "same-name-and-birth-date": Fault(
        Label(
            "nama dan tanggal lahir sama, NIK berbeda, satu tahap", "same name and birth date, another NIK, one batch"
        ),
        _ACCEPT,
    ),
    "funnel-order": Fault(
        Label("tahapan ini diisi tanpa tahapan sebelumnya", "this stage is filled in without the one before"), _CELL
    ),
}
