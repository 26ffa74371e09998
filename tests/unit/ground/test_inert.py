"""Texts that a spreadsheet or a browser would run are written so that neither does."""

from __future__ import annotations

import pytest

from kompeten.ground import inert


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1+1", "@SUM(1)", "\t=1", "\r=1", "  =1", "＝1", "\u200b=1"])
def test_a_cell_that_would_run_is_made_text(text: str) -> None:
    assert inert.cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "_T", "64.02", "a=1", "–5", "−5", "1-2", "50 % dari", "“=”"])
def test_a_cell_that_does_nothing_stays_as_it_is(text: str) -> None:
    assert inert.cell(text) == text


@pytest.mark.parametrize("address", ["https://host.example/a?b=1#c", "http://host.example", "HTTPS://host.example/"])
def test_an_address_of_the_web_stays(address: str) -> None:
    assert inert.web(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host.example/"),
        *("https://nama:sandi@host.example/", 'https://host.example/"onclick=x', " https://host.example/", ""),
    ],
)
def test_any_other_address_is_linked_by_no_page(address: str) -> None:
    assert inert.web(address) is None


def test_no_address_is_none() -> None:
    assert inert.web(None) is None
