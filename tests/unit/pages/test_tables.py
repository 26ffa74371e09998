"""A table as CSV: bare numbers, an empty cell where there is none, and the status beside each."""

from __future__ import annotations

from kompeten.pages.tables import Cell, Column, Row, Table, to_csv


def table(*cells: Cell) -> Table:
    """Give a table of one row."""
    columns = (Column(label="Tahap", kind="text"), *(Column(label=f"K{n}") for n, _ in enumerate(cells)))
    return Table(id="t", caption="C", columns=columns, rows=(Row(header="I, \u201cawal\u201d", cells=cells),))


def test_numbers_are_bare_and_statuses_stand_beside_them() -> None:
    text = to_csv(
        table(
            Cell(text="1.080", value=1080),
            Cell(text="nol", status="zero", value=0),
            Cell(text="disembunyikan", status="hidden"),
            Cell(text="tidak berlaku", status="not_applicable"),
        )
    ).decode()
    assert text == (
        "Tahap,K0,K0 (status),K1,K1 (status),K2,K2 (status),K3,K3 (status)\n"
        '"I, “awal”",1080,released,0,released,,hidden,,not_applicable\n'
    )


def test_a_column_of_text_is_written_as_it_is() -> None:
    columns = (Column(label="A", kind="text"), Column(label="B", kind="text"))
    text = to_csv(Table(id="t", caption="C", columns=columns, rows=(Row(header="x", cells=(Cell(text="y"),)),)))
    assert text == b"A,B\nx,y\n"
