"""Tables of data packages as rows of text."""

import pytest

from kompeten.ground.rows import header_of, rows_of, rows_text

TEXT = 'kode,nama\n64.02,"Kutai, Kartanegara"\n64.03,\n'


def test_a_table_is_written_as_it_was_read() -> None:
    assert rows_of(TEXT) == ({"kode": "64.02", "nama": "Kutai, Kartanegara"}, {"kode": "64.03", "nama": ""})
    assert header_of(TEXT) == ("kode", "nama")
    assert rows_text(header_of(TEXT), rows_of(TEXT)) == TEXT


def test_what_a_row_does_not_say_is_empty_and_what_is_no_column_is_refused() -> None:
    assert rows_text(("kode", "nama"), [{"kode": "64.02"}], delimiter=";") == "kode;nama\n64.02;\n"
    with pytest.raises(ValueError, match="judul"):
        rows_text(("kode",), [{"kode": "64.02", "judul": "x"}])


def test_an_empty_text_has_no_header_and_no_rows() -> None:
    assert (header_of(""), rows_of("")) == ((), ())
