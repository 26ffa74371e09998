"""The figures in every standard form, written from the built documents. Pure: path below the root of the site → bytes.

Rooms: columns and tables (documents laid flat), texts and notes (what columns mean, what must travel along), written,
workbook, jsonstat (one form each), slices (observations cut ready to use), package (the Data Package), origin (what the
site is made of), sidefiles (CSVW, Croissant), archive (everything in one file), inventory (the list of what was
written).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kompeten.api.edition import Edition
from kompeten.api.text import to_json
from kompeten.forms import subject
from kompeten.forms.downloads.archive import ZIP, everything_zip
from kompeten.forms.downloads.inventory import frozen, lists, media_type, sealed
from kompeten.forms.downloads.jsonstat import jsonstat_files
from kompeten.forms.downloads.notes import notes, readme
from kompeten.forms.downloads.origin import ORIGIN, packed
from kompeten.forms.downloads.package import descriptor
from kompeten.forms.downloads.sidefiles import croissant, csvw
from kompeten.forms.downloads.slices import slices
from kompeten.forms.downloads.tables import CODELIST, FOLDER, Table, tables_of
from kompeten.forms.downloads.texts import Field, column_texts
from kompeten.forms.downloads.workbook import WORKBOOK, with_names, workbook
from kompeten.forms.downloads.written import comma_file, parquet_file, semicolon_file

__all__ = ["ZIP", "everything_zip", "files", "frozen", "lists", "media_type", "sealed"]


def files(edition: Edition) -> Mapping[str, bytes]:
    """Give every file under ``downloads/`` (but the archive) and every JSON-stat document."""
    tables = tables_of(edition.documents)
    about = {key: english for key, _, english in notes(edition) if key in SAID_INSIDE}
    about["synthetic"] = str(edition.compilation.synthetic).lower()
    texts = {table.plan.name: column_texts(table, edition.descriptors) for table in tables}
    written = {path: content for table in tables for path, content in forms(table, about).items()}
    written |= _workbooks(tables, texts, edition)
    return {
        **written,
        **slices(tables[0]),
        f"{FOLDER}datapackage.json": to_json(descriptor(tables, written, edition, texts)),
        f"{FOLDER}csv-metadata.json": to_json(csvw(tables, edition, texts)),
        f"{FOLDER}croissant.json": to_json(croissant(tables, written, edition)),
        f"{FOLDER}README.md": readme(tables, texts, edition),
        **jsonstat_files(edition),
        ORIGIN: packed(edition),
    }


SAID_INSIDE = ("release", "licence", "attribution", "citation")
"""Notes that a Parquet file carries within itself."""


WRITERS: Mapping[str, Callable[[Table, Mapping[str, str]], bytes]] = {
    ".csv": lambda table, _: comma_file(table),
    ".id.csv": lambda table, _: semicolon_file(table),
    ".parquet": parquet_file,
}
"""What writes a table in each form of the vocabulary; workbooks hold more than a table."""


def forms(table: Table, about: Mapping[str, str]) -> Mapping[str, bytes]:
    """Give the forms of a table; code lists are all text and need no typed twin. about: what a typed file says."""
    written = WRITERS if not table.plan.name.startswith(CODELIST) else (".csv", ".id.csv")
    return {table.plan.path.removesuffix(".csv") + ending: WRITERS[ending](table, about) for ending in written}


def _workbooks(
    tables: Sequence[Table], texts: Mapping[str, Mapping[str, Field]], edition: Edition
) -> Mapping[str, bytes]:
    """Give the observations as a workbook, and one of all tables, where names stand beside codes."""
    main = [with_names(table, tables) for table in tables if not table.plan.name.startswith(CODELIST)]
    shown = {tables[0].plan.path.removesuffix(".csv") + ".xlsx": tables[:1], WORKBOOK: main}
    titles = {WORKBOOK: subject.TITLE.id}
    return {
        path: workbook(
            found,
            texts,
            notes(edition),
            title=titles.get(path, found[0].plan.title.id),
            publisher=edition.imprint.attribution.id,
            created=edition.release.released_on,
        )
        for path, found in shown.items()
    }
