"""What must travel with the figures: licence, citation, release, and what each status and precision means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kompeten.api.data_hash import data_hash
from kompeten.api.edition import Edition
from kompeten.forms.downloads.tables import FOLDER, Table
from kompeten.forms.downloads.texts import Field
from kompeten.ground import formats
from kompeten.ground.findings import LANGUAGES, Label, Language
from kompeten.ground.model import Code, Compilation

Note = tuple[str, str, str]
"""A key, and its text in Indonesian and in English."""

RULES: tuple[Note, ...] = (
    (
        "value",
        "Nilai kosong bukan nol. Kolom status mengatakan mengapa nilainya kosong.",
        "An empty value is not zero. The column status says why it is empty.",
    ),
    (
        "preferred",
        "Beberapa sumber dapat menyebut sel yang sama. Untuk menjumlahkan, pakai baris dengan preferred = true saja.",
        "Several sources may state the same cell. To add figures up, take only rows with preferred = true.",
    ),
    (
        "_T, _U",
        "_T berarti semua; _U berarti tidak diketahui. Baris _T sudah memuat baris lainnya: jangan dijumlahkan.",
        "_T means all; _U means not known. A row with _T already holds the others: do not add them to it.",
    ),
    (
        "cumulative",
        "Tahap berjenis cumulative adalah rentang waktu; tidak pernah ditambahkan ke tahap lain.",
        "A batch of kind cumulative is a span of time; it is never added to other batches.",
    ),
    (
        "region_code",
        "Kode wilayah adalah teks, bukan bilangan: tanpa titik, 64.02 menjadi kode BPS milik kabupaten lain. Berkas "
        "CSV dan kaltim-kompeten.xlsx karena itu menulis kemendagri:64.02 dan bps:6403; JSON dan Parquet tanpa awalan.",
        "Region codes are text, not numbers: without its dot, 64.02 is the BPS code of another regency. CSV files "
        "and kaltim-kompeten.xlsx therefore write kemendagri:64.02 and bps:6403; JSON and Parquet write 64.02.",
    ),
)

SYNTHETIC: Note = (
    "SINTETIS / SYNTHETIC",
    "DATA SINTETIS: semua angka rekaan, untuk memperlihatkan situs.",
    "SYNTHETIC DATA: all figures are invented, to show the site.",
)


def notes(edition: Edition) -> tuple[Note, ...]:
    """Give the notes of a release: invented or real, rules of use, release, licence, citation, status words."""
    compilation, release, imprint, cited = edition.compilation, edition.release, edition.imprint, citation(edition)
    return (
        *([SYNTHETIC] if imprint.synthetic else []),
        *RULES,
        (
            "release",
            f"{release.id}, {formats.date(release.released_on, 'id')}",
            f"{release.id}, {formats.date(release.released_on, 'en')}",
        ),
        (
            "data_through",
            f"Data sampai {formats.date(release.data_through, 'id')}",
            f"Data through {formats.date(release.data_through, 'en')}",
        ),
        ("licence", imprint.licence, imprint.licence),
        ("attribution", imprint.attribution.id, imprint.attribution.en),
        ("citation", cited.id, cited.en),
        *_codes(compilation, "statuses", "status"),
        *_codes(compilation, "precisions", "precision"),
    )


def citation(edition: Edition) -> Label:
    """Give the sentence to cite the data by."""
    release, imprint = edition.release, edition.imprint
    mark, address = f"SHA-256 {data_hash(edition.compilation)[:12]}", imprint.base_url
    return Label(
        f"{imprint.attribution.id}. Diterbitkan {formats.date(release.released_on, 'id')}; data {mark}. {address}",
        f"{imprint.attribution.en}. Published {formats.date(release.released_on, 'en')}; data {mark}. {address}",
    )


def _codes(compilation: Compilation, name: str, word: str) -> tuple[Note, ...]:
    def explained(row: Code, language: Language) -> str:
        definition = row.definition.text(language) if row.definition else ""
        return f"{row.name.text(language)}. {definition}".strip()

    codes = compilation.codes[name].items()
    return tuple((f"{word} = {code}", explained(row, "id"), explained(row, "en")) for code, row in codes)


def readme(tables: Sequence[Table], texts: Mapping[str, Mapping[str, Field]], edition: Edition) -> bytes:
    """Write the README of the downloads in both languages: citation, notes, files, and every column of every table."""
    own = notes(edition)
    parts = [_readme_part(tables, texts, own, language) for language in LANGUAGES]
    return "\n".join(parts).encode()


HEADINGS: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "title": "Kaltim Kompeten: unduhan",
        "notes": "Baca dahulu",
        "files": "Berkas",
        "columns": "Kolom",
        "codes": "Kode wilayah",
        "codes_text": "Semua pembaca membaca kode wilayah sebagai teks. Untuk menyandingkannya dengan JSON atau "
        "Parquet, buang awalannya:",
        "header": "| kolom | judul | penjelasan |",
        "intro": "Setiap tabel ada sebagai CSV berkoma (`.csv`) dan CSV bertitik koma dengan desimal koma untuk lembar "
        "kerja berbahasa Indonesia (`.id.csv`). Selain daftar kode, semuanya juga ada sebagai `.parquet`, dan "
        "bersama-sama dalam `kaltim-kompeten.xlsx`, selembar satu tabel dengan nama di samping kode; pengamatan juga "
        "sebagai `.xlsx` sendiri, dan terpotong menurut tahap, wilayah tempat tinggal, dan tahun dalam `slices/`. Cara "
        "menjumlahkan yang benar, dalam beberapa bahasa, ada di halaman Data. "
        "`datapackage.json` (Data Package v2) memerikan semuanya beserta kunci antartabel.",
    },
    "en": {
        "title": "Kaltim Kompeten: downloads",
        "notes": "Read first",
        "files": "Files",
        "columns": "Columns",
        "codes": "Region codes",
        "codes_text": "Every reader takes the codes of regions for text. To join them with JSON or Parquet, take off "
        "what stands before the code:",
        "header": "| column | title | description |",
        "intro": "Every table stands as a comma file (`.csv`) and as a semicolon file with decimal commas for "
        "Indonesian spreadsheets (`.id.csv`). All but the code lists also stand as `.parquet`, and together in "
        "`kaltim-kompeten.xlsx`, a sheet a table with names beside codes; observations also as an `.xlsx` of their "
        "own, and cut by batch, region of residence and year in `slices/`. How to add up rightly, in several "
        "languages, stands on the page Data. "
        "`datapackage.json` (Data Package v2) describes them all, with the keys between tables.",
    },
}


READERS: tuple[str, ...] = (
    "```python",
    'pandas.read_csv("regions.csv").region_code.str.removeprefix("kemendagri:")',
    'polars.read_csv("regions.csv").with_columns(polars.col("region_code").str.strip_prefix("kemendagri:"))',
    "```",
    "",
    "```r",
    'sub("kemendagri:", "", readr::read_csv("regions.csv")$region_code)  # readr::read_csv2("regions.id.csv") likewise',
    "```",
    "",
    "```sql",
    "select replace(region_code, 'kemendagri:', '') from 'regions.csv'; -- DuckDB",
    "```",
)
"""How to take codes out of a file, the same in both languages."""


def _readme_part(
    tables: Sequence[Table], texts: Mapping[str, Mapping[str, Field]], own: Sequence[Note], language: Language
) -> str:
    words, place = HEADINGS[language], LANGUAGES.index(language) + 1
    lines = [f"# {words['title']}", "", words["intro"], "", f"## {words['notes']}", ""]
    lines += [f"- **{note[0]}**: {note[place]}" for note in own]
    lines += ["", f"## {words['codes']}", "", words["codes_text"], "", *READERS]
    lines += ["", f"## {words['files']}", ""]
    lines += [f"- `{t.plan.path.removeprefix(FOLDER)}`: {t.plan.title.text(language)}" for t in tables]
    lines += ["", f"## {words['columns']}", ""]
    suffix = "" if language == "id" else "_en"
    for table in tables:
        lines += [f"### {table.plan.name}", "", words["header"], "|---|---|---|"]
        for column in table.columns:
            text = texts[table.plan.name][column.name]
            lines.append(f"| `{column.name}` | {text[f'title{suffix}']} | {text[f'description{suffix}']} |")
        lines.append("")
    return "\n".join(lines)
