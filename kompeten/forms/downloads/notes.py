"""What must travel with the figures: licence, citation, release, and what each status and precision means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from kompeten.api.data_hash import data_hash
from kompeten.api.edition import Edition
from kompeten.forms.downloads.tables import FOLDER, Table
from kompeten.forms.downloads.texts import Field
from kompeten.ground import formats
from kompeten.ground.findings import LANGUAGES, Label, Language
from kompeten.ground.model import Code, Compilation
from kompeten.ground.wording import said, spoken

Note = tuple[str, str, str]
"""A key, and its text in Indonesian and in English."""


def notes(edition: Edition) -> tuple[Note, ...]:
    """Give the notes of a release: invented or real, rules of use, release, licence, citation, status words."""
    compilation, release, imprint = edition.compilation, edition.release, edition.imprint
    released, through = (
        Label.written(partial(formats.date, day)) for day in (release.released_on, release.data_through)
    )
    return (
        *([("SINTETIS / SYNTHETIC", *said("subject")["note_invented"])] if imprint.synthetic else []),
        *((key, *rule) for key, rule in said("rule").items()),
        ("release", f"{release.id}, {released.id}", f"{release.id}, {released.en}"),
        ("data_through", f"Data sampai {through.id}", f"Data through {through.en}"),
        ("licence", imprint.licence, imprint.licence),
        ("attribution", *imprint.attribution),
        ("citation", *citation(edition)),
        *_codes(compilation, "statuses", "status"),
        *_codes(compilation, "precisions", "precision"),
    )


def citation(edition: Edition) -> Label:
    release, imprint = edition.release, edition.imprint
    mark, address = f"SHA-256 {data_hash(edition.compilation)[:12]}", imprint.base_url
    return Label(
        f"{imprint.attribution.id}. Diterbitkan {formats.date(release.released_on, 'id')}; data {mark}. {address}",
        f"{imprint.attribution.en}. Published {formats.date(release.released_on, 'en')}; data {mark}. {address}",
    )


def _codes(compilation: Compilation, name: str, word: str) -> tuple[Note, ...]:
    def explained(row: Code) -> Label:
        return Label(*(f"{text}." for text in row.name)).then(row.definition or Label("", ""))

    return tuple((f"{word} = {code}", *explained(row)) for code, row in compilation.codes[name].items())


def readme(tables: Sequence[Table], texts: Mapping[str, Mapping[str, Field]], edition: Edition) -> bytes:
    """Write the README of the downloads in both languages: citation, notes, files, and every column of every table."""
    own = notes(edition)
    return "\n".join(_readme_part(tables, texts, own, language) for language in LANGUAGES).encode()


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
    say, place = spoken("readme", language), LANGUAGES.index(language) + 1
    lines = [f"# {say('title')}", "", say("intro"), "", f"## {say('notes')}", ""]
    lines += [f"- **{note[0]}**: {note[place]}" for note in own]
    lines += ["", f"## {say('codes')}", "", say("codes_text"), "", *READERS]
    lines += ["", f"## {say('files')}", ""]
    lines += [f"- `{t.plan.path.removeprefix(FOLDER)}`: {t.plan.title.text(language)}" for t in tables]
    lines += ["", f"## {say('columns')}", ""]
    suffix = "" if language == "id" else "_en"
    for table in tables:
        lines += [f"### {table.plan.name}", "", say("header"), "|---|---|---|"]
        for column in table.columns:
            text = texts[table.plan.name][column.name]
            lines.append(f"| `{column.name}` | {text[f'title{suffix}']} | {text[f'description{suffix}']} |")
        lines.append("")
    return "\n".join(lines)
