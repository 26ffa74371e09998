"""Every sentence that intake says about files, descriptors and cells, in both languages, with what to do about it.

One catalogue: slug to what is wrong and how to mend it. Written for a data officer with a spreadsheet, not for a
programmer. Braces are filled with details; a detail that quotes the data goes through ``shown`` first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kompeten.ground.findings import Finding, Label
from kompeten.ground.identifiers import identifiers

SHOWN_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is wrong and how to mend it; braces name details."""

    what: Label
    mend: Label


def finding(rule: str, *, file: str, row: int | None = None, column: str | None = None, **details: object) -> Finding:
    """Make a finding from the catalogue. A detail is a text or number, or a Label with one text for each language."""
    return finding_with(details, rule, file=file, row=row, column=column)


def finding_with(
    details: Mapping[str, object], rule: str, *, file: str, row: int | None, column: str | None
) -> Finding:
    """Make a finding from the catalogue with details at hand; those that the message does not name are ignored."""
    message = MESSAGES[rule]
    return Finding(
        file=file,
        row=row,
        column=column,
        rule=rule,
        what=_filled(message.what, details),
        mend=_filled(message.mend, details),
    )


def _filled(label: Label, details: Mapping[str, object]) -> Label:
    """Fill the braces of both texts."""
    indonesian = {name: each.id if isinstance(each, Label) else each for name, each in details.items()}
    english = {name: each.en if isinstance(each, Label) else each for name, each in details.items()}
    return Label(label.id.format(**indonesian), label.en.format(**english))


PERSON_COLUMN = re.compile(
    r"(?:no|nomor)?_?(?:nik|kk|ktp|npwp|hp|wa|telp|telepon|handphone|rekening|skk|sertifikat|registrasi)"
    r"|nama|nama_(?:lengkap|peserta|asesi|pemilik|ibu|orang)|(?:full_?|person_?|first_?|last_?)name|phone(?:_?number)?"
    r"|e_?mail|surel|alamat|address|(?:tempat|tanggal|tgl)_?lahir|ttl|birth_?(?:date|day|place)|date_of_birth"
)
"""Names of columns that registers have and data packages never may."""


def is_person_column(name: str) -> bool:
    """Tell whether a column is about single persons: ``NIK``, ``Nama Lengkap``, ``no_hp``."""
    return PERSON_COLUMN.fullmatch(re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")) is not None


def shown(text: str) -> str:
    """Give a text of the data so that a message may hold it: one line, short, and never an identity number.

    Invisible characters are written out (``\\u202e``): a message must not be turned round by what it quotes.
    """
    if any(identifiers(text[: 4 * SHOWN_LENGTH])):
        return "***"
    plain = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text[: SHOWN_LENGTH + 1])
    return plain if len(text) <= SHOWN_LENGTH else plain[:SHOWN_LENGTH] + "…"


def _message(what_id: str, what_en: str, mend_id: str, mend_en: str) -> Message:
    return Message(what=Label(what_id, what_en), mend=Label(mend_id, mend_en))


FILES: Mapping[str, Message] = {
    "folder-missing": _message(
        "folder data tidak ada atau bukan folder",
        "the data folder is not there, or is not a folder",
        "berikan folder yang berisi reference, batches, dan outcomes",
        "name the folder that holds reference, batches and outcomes",
    ),
    "file-missing": _message(
        "berkas tidak ada",
        "the file is missing",
        "kembalikan berkas ini dari repositori, atau dari cadangan Anda",
        "bring the file back from the repository, or from your backup",
    ),
    "file-unreadable": _message(
        "tidak dapat dibaca: {reason}",
        "cannot be read: {reason}",
        "periksa izin berkas atau foldernya",
        "check the permissions of the file or its folder",
    ),
    "file-not-ordinary": _message(
        "bukan berkas biasa",
        "not an ordinary file",
        "ganti dengan berkas biasa bernama sama",
        "put an ordinary file of that name in its place",
    ),
    "file-too-large": _message(
        "berkas lebih besar dari {limit} MiB",
        "the file is larger than {limit} MiB",
        "pastikan ini berkas yang benar; data agregat tidak sebesar ini",
        "make sure this is the right file; aggregate data are not this large",
    ),
    "link": _message(
        "tautan ke tempat lain (symlink)",
        "a link to somewhere else (symlink)",
        "ganti tautan dengan berkas atau folder yang sebenarnya",
        "put the file or folder itself in place of the link",
    ),
    "kept-stranger": _message(
        "bukan berkas tetap dari rilis mana pun",
        "not a permanent file of any release",
        "pindahkan; isi folder ini hanya dari perintah keep",
        "move it; only the keep command fills this folder",
    ),
    "kept-without-list": _message(
        "daftar SHA256SUMS tidak ada atau kosong",
        "the list SHA256SUMS is missing or empty",
        "ambil kembali folder rilis ini dari riwayat git",
        "take the folder of this release back from the git history",
    ),
    "kept-changed": _message(
        "berbeda dari yang terbit dulu, atau hilang",
        "differs from what was published, or is gone",
        "ambil kembali dari riwayat git; berkas rilis lama tidak pernah diubah",
        "take it back from the git history; a file of an earlier release never changes",
    ),
    "kept-other-figures": _message(
        "rilis {release} sudah terbit dengan angka lain",
        "release {release} was published with other figures",
        "tambahkan rilis baru di akhir releases.toml",
        "add a new release at the end of releases.toml",
    ),
    "stranger": _message(
        "tidak disebut paket mana pun",
        "no package names it",
        "pindahkan keluar dari folder data; jangan sampai berkas mentah ikut terbit",
        "move it out of the data folder, so that no raw file is published with it",
    ),
    "personal-file-name": _message(
        "nama berkas memuat data pribadi",
        "the name of the file holds personal data",
        "pindahkan keluar dari folder data, dan jangan simpan dalam git",
        "move it out of the data folder, and keep it out of git",
    ),
    "bom": _message(
        "berkas diawali tanda BOM",
        "the file begins with a byte order mark (BOM)",
        "simpan sebagai UTF-8 tanpa BOM",
        "save it as UTF-8 without BOM",
    ),
    "nul": _message(
        "ada bita kosong (NUL): ini bukan berkas teks",
        "there is a NUL byte: this is not a text file",
        "simpan ulang tabelnya sebagai CSV UTF-8",
        "save the table again as CSV in UTF-8",
    ),
    "not-utf8": _message(
        "huruf di baris ini tidak ditulis dalam UTF-8",
        "letters in this line are not written in UTF-8",
        "simpan ulang berkas dengan pengodean UTF-8",
        "save the file again with the encoding UTF-8",
    ),
    "carriage-return": _message(
        "akhir baris bergaya Windows (CR)",
        "line endings in the style of Windows (CR)",
        "simpan dengan akhir baris LF",
        "save it with LF line endings",
    ),
    "empty-file": _message(
        "berkas kosong",
        "the file is empty",
        "tulis sekurang-kurangnya baris judul kolom",
        "write at least the line with the column names",
    ),
    "no-final-newline": _message(
        "baris terakhir tidak diakhiri ganti baris",
        "the last line has no line break at its end",
        "tambahkan satu ganti baris di akhir berkas",
        "add one line break at the end of the file",
    ),
    "quotes": _message(
        "tanda petik di baris ini tidak ditutup atau salah tempat",
        "a quotation mark in this line is not closed, or is in the wrong place",
        "apit sel dengan tanda petik ganda, dan tulis petik di dalamnya dua kali",
        "put double quotes around the cell, and double the quotes inside it",
    ),
    "cell-too-long": _message(
        "teks lebih panjang dari {limit} huruf",
        "a text longer than {limit} letters",
        "ringkas, atau periksa tanda petik yang tidak ditutup",
        "shorten it, or look for a quotation mark that is not closed",
    ),
    "needless-quotes": _message(
        "tanda petik tidak ditulis seperti seharusnya",
        "quotation marks are not written the standard way",
        "petik hanya sel yang berisi koma, petik, atau ganti baris",
        "quote only cells that hold a comma, a quotation mark or a line break",
    ),
    "blank-row": _message(
        "baris kosong",
        "an empty line",
        "hapus baris ini",
        "delete this line",
    ),
    "json-double-key": _message(
        "kunci “{name}” ditulis dua kali dalam satu objek",
        "the key “{name}” stands twice in one object",
        "hapus salah satunya",
        "delete one of the two",
    ),
    "json-broken": _message(
        "bukan JSON yang sah",
        "not valid JSON",
        "periksa koma, kurung, dan tanda petik di sekitar baris ini",
        "check commas, brackets and quotation marks around this line",
    ),
    "json-too-deep": _message(
        "JSON bertingkat lebih dari {limit}",
        "JSON nested more than {limit} levels deep",
        "salin ulang deskriptor dari repositori",
        "copy the descriptor from the repository again",
    ),
    "json-not-object": _message(
        "deskriptor bukan objek JSON",
        "the descriptor is not a JSON object",
        "salin ulang deskriptor dari repositori",
        "copy the descriptor from the repository again",
    ),
    "toml-broken": _message(
        "bukan TOML yang sah: {reason}",
        "not valid TOML: {reason}",
        "perbaiki di tempat yang disebut",
        "mend it at the place named",
    ),
}

DESCRIPTORS: Mapping[str, Message] = {
    "path-not-plain": _message(
        "{place}: “{value}” bukan nama berkas biasa di folder ini",
        "{place}: “{value}” is not the plain name of a file in this folder",
        "tulis nama berkasnya saja, misalnya observations.csv; tanpa folder, alamat, atau tautan",
        "write the name of the file alone, such as observations.csv; no folder, address or link",
    ),
    "remote": _message(
        "{place}: menunjuk ke berkas lain atau alamat internet: “{value}”",
        "{place}: points to another file or an internet address: “{value}”",
        "tulis isinya langsung di dalam deskriptor, seperti di repositori",
        "write its content into the descriptor itself, as in the repository",
    ),
    "property-unknown": _message(
        "{place}: sifat “{name}” tidak dikenal",
        "{place}: the property “{name}” is not known",
        "periksa ejaannya; yang dikenal: {known}",
        "check the spelling; known are: {known}",
    ),
    "property-missing": _message(
        "{place}: sifat “{name}” tidak ada",
        "{place}: the property “{name}” is missing",
        "tambahkan seperti dalam deskriptor repositori",
        "add it as in the repository's descriptor",
    ),
    "property-wrong": _message(
        "{place}: “{name}” bukan {wanted}",
        "{place}: “{name}” is not {wanted}",
        "tulis seperti dalam deskriptor repositori",
        "write it as in the repository's descriptor",
    ),
    "resource-missing": _message(
        "tabel “{name}” tidak disebut",
        "the table “{name}” is not named",
        "tambahkan tabel itu seperti dalam deskriptor repositori",
        "add the table as in the repository's descriptor",
    ),
    "resource-unknown": _message(
        "tabel “{name}” tidak ada dalam skema repositori",
        "the table “{name}” is not in the repository's schemas",
        "hapus tabel itu, atau periksa namanya",
        "remove the table, or check its name",
    ),
    "schema-broken": _message(
        "{place}: skemanya tidak lengkap, atau ada bagian yang salah bentuk",
        "{place}: its schema is not complete, or a part of it has the wrong form",
        "kembalikan skemanya seperti dalam deskriptor repositori",
        "bring its schema back to that of the repository's descriptor",
    ),
    "schema-differs": _message(
        "{place}: berbeda dari skema repositori",
        "{place}: differs from the repository's schema",
        "salin bagian itu dari data/{package}/datapackage.json di repositori",
        "copy that part from data/{package}/datapackage.json in the repository",
    ),
    "schema-of-record": _message(
        "skema repositori untuk paket ini tidak dapat dibaca",
        "the repository's schema for this package cannot be read",
        "kembalikan data/{package}/datapackage.json di repositori",
        "bring back data/{package}/datapackage.json in the repository",
    ),
    "synthetic-mixed": _message(
        "paket ini dan paket lain tidak sama: yang satu contoh buatan (synthetic), yang lain data sungguhan",
        "this package and another differ: one is invented (synthetic), the other is real data",
        "jangan campur data contoh dengan data sungguhan; samakan “synthetic” di ketiga paket",
        "never mix invented data with real data; make “synthetic” the same in all three packages",
    ),
    "descriptor-invalid": _message(
        "deskriptor tidak memenuhi standar Data Package v2 ({note})",
        "the descriptor does not follow the standard Data Package v2 ({note})",
        "tulis bagian itu seperti dalam deskriptor repositori",
        "write that part as in the repository's descriptor",
    ),
}

TABLES: Mapping[str, Message] = {
    "column-missing": _message(
        "kolom tidak ada",
        "the column is missing",
        "tambahkan kolom ini; urutan kolom: {columns}",
        "add the column; the columns in order: {columns}",
    ),
    "column-unknown": _message(
        "kolom ini tidak ada dalam skema",
        "the schema has no such column",
        "hapus kolom ini, atau periksa ejaannya; kolom yang dikenal: {columns}",
        "remove the column, or check its spelling; known columns: {columns}",
    ),
    "person-column": _message(
        "kolom data orang per orang",
        "a column of data about single persons",
        "hapus kolom ini; paket data hanya memuat hitungan",
        "remove the column; data packages hold counts alone",
    ),
    "column-twice": _message(
        "nama kolom ini ditulis lebih dari sekali",
        "this column name is written more than once",
        "hapus kolom yang berlebih",
        "remove the column that is too many",
    ),
    "column-unnamed": _message(
        "kolom ke-{place} tidak bernama",
        "column {place} has no name",
        "tulis nama kolomnya, atau hapus koma yang berlebih",
        "write the name of the column, or remove the comma that is too many",
    ),
    "column-order": _message(
        "urutan kolom berbeda dari skema",
        "the columns are not in the order of the schema",
        "urutkan kolom: {columns}",
        "put the columns in order: {columns}",
    ),
    "row-length": _message(
        "baris ini berisi {found} sel, seharusnya {wanted}",
        "this row has {found} cells; it should have {wanted}",
        "periksa koma yang kurang atau berlebih; sel yang berisi koma harus diapit petik ganda",
        "look for a comma too few or too many; a cell that holds a comma needs double quotes around it",
    ),
    "not-canonical": _message(
        "“{value}” tidak ditulis dengan cara yang baku",
        "“{value}” is not written the standard way",
        "{mend}",
        "{mend}",
    ),
    "blanks": _message(
        "ada spasi di awal atau akhir sel",
        "there is a blank at the beginning or end of the cell",
        "hapus spasi itu",
        "remove the blank",
    ),
    "number-too-large": _message(
        "angka ini terlalu besar",
        "this number is too large",
        "periksa angkanya; paling besar 9007199254740991",
        "check the number; the largest is 9007199254740991",
    ),
}

CELLS: Mapping[str, Message] = {
    "type-error": _message(
        "“{value}” bukan {kind}",
        "“{value}” is not {kind}",
        "{mend}",
        "{mend}",
    ),
    "required": _message(
        "sel ini wajib diisi",
        "this cell must be filled in",
        "isi sel ini; jika sumber tidak menyebutnya, pakai kode _U atau hapus barisnya",
        "fill it in; where the source does not say, use the code _U or remove the row",
    ),
    "unique": _message(
        "“{value}” sudah dipakai di baris lain",
        "“{value}” is already used in another row",
        "pakai nilai yang berbeda, atau hapus baris yang kembar",
        "use a different value, or remove the row that comes twice",
    ),
    "pattern": _message(
        "bentuk “{value}” tidak sesuai",
        "“{value}” does not have the right form",
        "tulis {form}",
        "write {form}",
    ),
    "enum": _message(
        "“{value}” tidak termasuk pilihan kolom ini",
        "“{value}” is not one of the choices of this column",
        "pilih salah satu: {choices}",
        "choose one of: {choices}",
    ),
    "minimum": _message(
        "{value} kurang dari {limit}",
        "{value} is less than {limit}",
        "tulis angka {limit} atau lebih",
        "write a number of {limit} or more",
    ),
    "maximum": _message(
        "{value} lebih dari {limit}",
        "{value} is more than {limit}",
        "tulis angka {limit} atau kurang",
        "write a number of {limit} or less",
    ),
    "exclusiveMinimum": _message(
        "{value} tidak lebih besar dari {limit}",
        "{value} is not greater than {limit}",
        "tulis angka yang lebih besar dari {limit}",
        "write a number greater than {limit}",
    ),
    "exclusiveMaximum": _message(
        "{value} tidak lebih kecil dari {limit}",
        "{value} is not less than {limit}",
        "tulis angka yang lebih kecil dari {limit}",
        "write a number less than {limit}",
    ),
    "minLength": _message(
        "teks ini kurang dari {limit} huruf",
        "this text is shorter than {limit} letters",
        "tulis sekurang-kurangnya {limit} huruf",
        "write at least {limit} letters",
    ),
    "maxLength": _message(
        "teks ini lebih panjang dari {limit} huruf",
        "this text is longer than {limit} letters",
        "ringkas menjadi paling banyak {limit} huruf",
        "shorten it to at most {limit} letters",
    ),
    "primary-key": _message(
        "kunci baris ini sudah dipakai baris {earlier}",
        "row {earlier} already has the key of this row",
        "gabungkan kedua baris, atau bedakan salah satu kolom kunci ini",
        "merge the two rows, or make one of these key columns differ",
    ),
    "primary-key-empty": _message(
        "kolom kunci kosong",
        "the key is empty",
        "isi kolom kunci ini",
        "fill in these key columns",
    ),
    "foreign-key": _message(
        "kode “{value}” tidak ada di tabel {table}",
        "the code “{value}” is not in the table {table}",
        "pakai kode yang ada di kolom {key} tabel {table}, atau tambahkan kode itu di sana",
        "use a code from the column {key} of the table {table}, or add the code there",
    ),
    "judge-other": _message(
        "tidak memenuhi standar tabel data ({type}: {note})",
        "does not follow the standard for data tables ({type}: {note})",
        "bandingkan baris ini dengan baris lain yang sudah benar",
        "compare this row with one that is right",
    ),
}

MESSAGES: Mapping[str, Message] = {**FILES, **DESCRIPTORS, **TABLES, **CELLS}

KINDS: Mapping[str, Label] = {
    "integer": Label("bilangan bulat", "a whole number"),
    "number": Label("bilangan", "a number"),
    "boolean": Label("true atau false", "true or false"),
    "string": Label("teks", "text"),
}
"""What a type is called."""

FORMS: Mapping[str, Label] = {
    "integer": Label(
        "tulis angkanya saja, misalnya 1080; tanpa titik, koma, spasi, tanda plus, atau nol di depan",
        "write digits alone, such as 1080; no dot, comma, blank, plus sign or leading zero",
    ),
    "number": Label(
        "tulis dengan titik desimal, misalnya 509.45; tanpa pemisah ribuan dan tanpa nol di belakang",
        "write it with a decimal dot, such as 509.45; no thousands separator and no trailing zero",
    ),
    "boolean": Label("tulis true atau false dengan huruf kecil", "write true or false in lower case"),
    "string": Label("tulis sebagai teks", "write it as text"),
}
"""How each type is written."""

PATTERNS: Mapping[str, Label] = {
    r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)": Label(
        "kode huruf kecil dan angka, boleh bertanda hubung, misalnya kaltim-2025-1",
        "a code of lower-case letters and digits, hyphens allowed, such as kaltim-2025-1",
    ),
    r"(?:_T|_U|[0-9]{2}(?:\.[0-9]{2})?)": Label(
        "kode wilayah Kemendagri dengan titik, misalnya 64.02, atau _T, atau _U; bukan kode BPS",
        "a Kemendagri region code with its dot, such as 64.02, or _T, or _U; not a BPS code",
    ),
    r"(?:[0-9]{2}|[0-9]{4})": Label(
        "kode BPS dua atau empat angka tanpa titik, misalnya 6403",
        "a BPS code of two or four digits without a dot, such as 6403",
    ),
    r"(?:[0-9]{2})": Label("kode provinsi dua angka, misalnya 64", "a province code of two digits, such as 64"),
    r"(?:[0-9]{4}-S[12])": Label("semester, misalnya 2024-S2", "a half-year, such as 2024-S2"),
    r"(?:[A-Za-z0-9_]+)": Label(
        "kode huruf, angka, dan garis bawah, misalnya Y15T24",
        "a code of letters, digits and underscores, such as Y15T24",
    ),
    r"(?:[A-Z]{2}[0-9]{2}[1-3][0-9]{3})": Label(
        "kode jabatan: dua huruf, dua angka, satu angka 1–3, tiga angka, misalnya SI041028",
        "a position code: two letters, two digits, one digit 1–3, three digits, such as SI041028",
    ),
    r"(?:[a-z0-9_]+)": Label(
        "kode huruf kecil, angka, dan garis bawah, misalnya tingkat_kompeten",
        "a code of lower-case letters, digits and underscores, such as tingkat_kompeten",
    ),
    r"(?:[a-z_]+(?: [+-] [a-z_]+)*)": Label(
        "nama hitungan yang dijumlah atau dikurangi, misalnya kompeten + belum_kompeten",
        "names of counts added or subtracted, such as kompeten + belum_kompeten",
    ),
    r"(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?)": Label(
        "tanggal ISO: 2025, 2025-09, atau 2025-09-03",
        "an ISO date: 2025, 2025-09 or 2025-09-03",
    ),
    r"(?:https?://[^\s<>\"]+)": Label(
        "alamat yang diawali https:// dan tanpa spasi",
        "an address that begins with https:// and holds no blank",
    ),
    r"(?:[A-Za-z0-9_.=/-]+)": Label(
        "alamat sel, misalnya kaltim-2025-1/peserta/region_code=64.02",
        "the address of a cell, such as kaltim-2025-1/peserta/region_code=64.02",
    ),
}
"""What each pattern of our schemas asks for, in words."""

OTHER_PATTERN = Label("tulisan dengan bentuk {pattern}", "text of the form {pattern}")
