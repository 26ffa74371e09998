"""A table as CSV: bare numbers, an empty cell where there is none, and the status beside each."""

from __future__ import annotations

from markupsafe import Markup

from kompeten.pages.tables import Cell, Column, Row, Table, row, to_csv


def table(*cells: Cell) -> Table:
    """Give a table of one row."""
    columns = (Column(label="Tahap", kind="text"), *(Column(label=f"K{n}") for n, _ in enumerate(cells)))
    row = Row(header="I, \u201cawal\u201d", cells=cells, code="tahap-1", year=2025)
    return Table(id="t", caption="C", columns=columns, rows=(row,))


def test_numbers_are_bare_and_statuses_stand_beside_them() -> None:
    text = to_csv(
        table(
            Cell(text="1.080", value=1080, precision="exact", source_ids=("a", "b")),
            Cell(text="nol", status="zero", value=0, precision="rounded", source_ids=("a",)),
            Cell(text="disembunyikan", status="hidden"),
            Cell(text="sekurang-kurangnya 5", status="unknown", value=5, precision="at_least", source_ids=("c",)),
        ),
        "2026.10",
    ).decode()
    assert text == (
        "Tahap,K0,K0 (status),K1,K1 (status),K2,K2 (status),K3,K3 (status),K0 (precision),K0 (source_id),"
        "K1 (precision),K1 (source_id),K2 (precision),K2 (source_id),K3 (precision),K3 (source_id),code,year,release\n"
        '"I, “awal”",1080,released,0,released,,hidden,5,released,exact,a b,rounded,a,,,at_least,c,tahap-1,2025,'
        "release:2026.10\n"
    )


def test_a_column_of_text_is_written_as_it_is() -> None:
    columns = (Column(label="A", kind="text"), Column(label="B", kind="text"))
    table = Table(id="t", caption="C", columns=columns, rows=(Row(header="x", cells=(Cell(text="y"),)),))
    assert to_csv(table, "2026.10") == b"A,B,code,year,release\nx,y,,,release:2026.10\n"


def test_days_in_words_stand_in_numbers_too_where_a_column_has_any() -> None:
    columns = (*(Column(label=each, kind="text") for each in ("Hari", "Sumber", "Per")), Column(label="N"))
    rows = (
        row(Cell(text="9 Mei 2025", code="2025-05-09"), "a", Cell(text="Mei", code="2025-05"), Cell(text="1", value=1)),
        row(Cell(text="2025", code="2025"), "b", Cell(text="tidak disebut"), Cell(text="2", value=2), code="t"),
    )
    assert to_csv(Table(id="t", caption="C", columns=columns, rows=rows), "2026.10").decode().splitlines() == [
        "Hari,Sumber,Per,N,N (status),Hari (date),Per (date),N (precision),N (source_id),code,year,release",
        "9 Mei 2025,a,Mei,1,released,2025-05-09,2025-05,,,,,release:2026.10",
        "2025,b,tidak disebut,2,released,2025,,,,t,,release:2026.10",
    ]


def test_a_table_without_rows_has_its_columns() -> None:
    columns = (Column(label="A", kind="text"), Column(label="N"))
    assert to_csv(Table(id="t", caption="C", columns=columns, rows=()), "2026.10") == (
        b"A,N,N (status),N (precision),N (source_id),code,year,release\n"
    )


def test_a_table_of_sentences_is_told_from_one_that_is_looked_up() -> None:
    columns = (Column(label="A", kind="text"), Column(label="B", kind="text"))
    sentence = "Peserta dari luar daerah untuk sementara belum diperkenankan."

    def holds(text: str, kind: tuple[Column, ...] = columns) -> bool:
        return Table(id="t", caption="C", columns=kind, rows=(row("x", text),)).is_prose

    assert holds(sentence)
    assert not holds("Peserta")
    assert not holds(sentence, (columns[0], Column(label="N")))
    assert not holds(Markup('<a href="{}">y</a>').format("https://kecil.invalid/" + "a" * 60))
