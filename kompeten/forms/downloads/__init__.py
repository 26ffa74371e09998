"""The figures in every standard form, written from the built documents. Pure: path below the root of the site → bytes.

Rooms: columns and tables (documents laid flat), texts and notes (what columns mean, what must travel along), written,
workbook, jsonstat (one form each), package (the Data Package), sidefiles (CSVW, Croissant), archive (everything in one
file), inventory (the list of what was written).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kompeten.api.edition import Edition
from kompeten.api.text import to_json
from kompeten.forms.downloads.archive import ZIP, everything_zip
from kompeten.forms.downloads.inventory import frozen, index, media_type, sealed
from kompeten.forms.downloads.jsonstat import jsonstat_files
from kompeten.forms.downloads.notes import notes, readme
from kompeten.forms.downloads.package import descriptor
from kompeten.forms.downloads.sidefiles import croissant, csvw
from kompeten.forms.downloads.tables import CODELIST, FOLDER, Table, tables_of
from kompeten.forms.downloads.texts import Field, column_texts
from kompeten.forms.downloads.workbook import workbook
from kompeten.forms.downloads.written import comma_file, parquet_file, semicolon_file

__all__ = ["ZIP", "everything_zip", "files", "frozen", "index", "jsonstat_files", "media_type", "sealed"]


def files(edition: Edition) -> Mapping[str, bytes]:
    """Give every file under ``downloads/`` (but the archive) and every JSON-stat document."""
    tables = tables_of(edition.documents)
    about = {key: english for key, _, english in notes(edition) if key in SAID_INSIDE}
    about["synthetic"] = str(edition.compilation.synthetic).lower()
    texts = {table.plan.name: column_texts(table, edition.descriptors) for table in tables}
    written = {path: content for table in tables for path, content in _forms(table, about).items()}
    written |= _workbook(tables[0], texts[tables[0].plan.name], edition)
    return {
        **written,
        f"{FOLDER}datapackage.json": to_json(descriptor(tables, written, edition)),
        f"{FOLDER}csv-metadata.json": to_json(csvw(tables, edition, texts)),
        f"{FOLDER}croissant.json": to_json(croissant(tables, written, edition)),
        f"{FOLDER}README.md": readme(tables, texts, edition),
        **jsonstat_files(edition),
    }


SAID_INSIDE = ("release", "licence", "attribution", "citation")
"""Notes that a Parquet file carries within itself."""


WRITERS: Mapping[str, Callable[[Table, Mapping[str, str]], bytes]] = {
    ".csv": lambda table, _: comma_file(table),
    ".id.csv": lambda table, _: semicolon_file(table),
    ".parquet": parquet_file,
}
"""What writes a table in each form of the vocabulary; the workbook, of the observations alone, holds more."""


def _forms(table: Table, about: Mapping[str, str]) -> Mapping[str, bytes]:
    """Give the forms of a table; code lists are all text and need no typed twin. about: what a typed file says."""
    forms = WRITERS if not table.plan.name.startswith(CODELIST) else (".csv", ".id.csv")
    return {table.plan.path.removesuffix(".csv") + ending: WRITERS[ending](table, about) for ending in forms}


def _workbook(table: Table, texts: Mapping[str, Field], edition: Edition) -> Mapping[str, bytes]:
    """Give the observations as a workbook."""
    book = workbook(
        table,
        texts,
        notes(edition),
        title=table.plan.title.id,
        publisher=edition.imprint.attribution.id,
        created=edition.release.released_on,
    )
    return {table.plan.path.removesuffix(".csv") + ".xlsx": book}
