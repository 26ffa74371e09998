"""The figures in every standard form, written from the built documents. Pure: path below the root of the site → bytes.

Rooms: columns and tables (documents laid flat), texts and notes (what columns mean, what must travel along), written,
workbook, jsonstat (one form each), package (the Data Package), sidefiles (CSVW, Croissant), archive (everything in one
file), inventory (the list of what was written).
"""

from __future__ import annotations

from collections.abc import Mapping

from kompeten.api.catalogue import Document, Imprint
from kompeten.api.documents import Statistics
from kompeten.api.text import to_json
from kompeten.forms.downloads.archive import ZIP, everything_zip
from kompeten.forms.downloads.inventory import index, media_type, sealed
from kompeten.forms.downloads.jsonstat import jsonstat_files
from kompeten.forms.downloads.notes import notes, readme
from kompeten.forms.downloads.package import descriptor
from kompeten.forms.downloads.sidefiles import croissant, csvw
from kompeten.forms.downloads.tables import CODELIST, FOLDER, Table, tables_of
from kompeten.forms.downloads.texts import Descriptors, column_texts
from kompeten.forms.downloads.workbook import workbook
from kompeten.forms.downloads.written import comma_file, parquet_file, semicolon_file
from kompeten.ground.model import Compilation

__all__ = ["ZIP", "everything_zip", "files", "index", "jsonstat_files", "media_type", "sealed"]


def files(
    statistics: Statistics,
    documents: Mapping[str, Document],
    imprint: Imprint,
    data_package_descriptors: Descriptors,
) -> Mapping[str, bytes]:
    """Give every file under ``downloads/`` (but the archive) and every JSON-stat document.

    data_package_descriptors: package name to the descriptor of record; columns are titled from it.
    """
    compilation = statistics.compilation
    tables = tables_of(documents)
    about = {key: english for key, _, english in notes(compilation, imprint) if key in SAID_INSIDE}
    about["synthetic"] = str(imprint.synthetic).lower()
    written = {path: content for table in tables for path, content in _forms(table, about).items()}
    written |= _workbook(tables[0], compilation, imprint, data_package_descriptors)
    package = descriptor(tables, written, compilation, imprint, data_package_descriptors)
    texts = {table.plan.name: column_texts(table, data_package_descriptors) for table in tables}
    return {
        **written,
        f"{FOLDER}datapackage.json": to_json(package),
        f"{FOLDER}csv-metadata.json": to_json(csvw(tables, compilation, imprint, texts)),
        f"{FOLDER}croissant.json": to_json(croissant(tables, written, compilation, imprint)),
        f"{FOLDER}README.md": readme(tables, texts, compilation, imprint),
        **jsonstat_files(statistics, imprint),
    }


SAID_INSIDE = ("release", "licence", "attribution", "citation")
"""Notes that a Parquet file carries within itself."""


def _forms(table: Table, about: Mapping[str, str]) -> Mapping[str, bytes]:
    """Give the forms of a table; code lists are all text and need no typed twin. about: what a typed file says."""
    written = {table.plan.path: comma_file(table), table.plan.semicolon_path: semicolon_file(table)}
    if not table.plan.name.startswith(CODELIST):
        written[table.plan.path.removesuffix(".csv") + ".parquet"] = parquet_file(table, about)
    return written


def _workbook(
    table: Table, compilation: Compilation, imprint: Imprint, descriptors: Descriptors
) -> Mapping[str, bytes]:
    """Give the observations as a workbook."""
    release = next(row for row in compilation.releases if row.id == imprint.release)
    book = workbook(
        table,
        column_texts(table, descriptors),
        notes(compilation, imprint),
        title=table.plan.title.id,
        publisher=imprint.attribution.id,
        created=release.released_on,
    )
    return {table.plan.path.removesuffix(".csv") + ".xlsx": book}
