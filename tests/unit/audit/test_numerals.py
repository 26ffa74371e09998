"""Numbers as people dress them: what is read of a text, before anybody asks what it counts."""

from __future__ import annotations

import pytest

from kompeten.audit.reading.numerals import Number, numbers, plain


def read(text: str) -> list[int | None]:
    """Give the counts that a text states; None for a share."""
    return [number.count for number in numbers(plain(text))]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("dua puluh tiga peserta", [23]),
        ("dua tiga peserta", [2, 3]),
        ("twenty three people", [23]),
        ("lima belas orang", [15]),
        ("seratus lima orang", [105]),
        ("dua ratus orang", [200]),
        ("seribu dua ratus orang", [1200]),
        ("ribu orang", [1000]),
        ("two hundred thousand", [200_000]),
        ("twenty ten", [20, 10]),
        ("dua kodi", [40]),
        ("selusin orang", [12]),
        ("sembilan orang", [9]),
        ("sepuluh orang", [10]),
        ("12345 orang", [12345]),
        ("1.234 orang", [1234]),
        ("1,234,567 people", [1_234_567]),
        ("3 ribu orang", [3000]),
        ("sepasang", [2]),
        ("duo", [2]),
        ("catur kompeten", [4]),
        ("catur", []),
        ("yang lulus. catur", [4]),
        ("yang lulus. hari itu. catur", []),
        ("IV orang", [4]),
        ("XI peserta", [11]),
        ("Tahap IV", []),
        ("٣ orang", [3]),
        ("⚂ orang", [3]),
        ("●●●● orang", [4]),
        ("- - - orang", [3]),
        ("½", [1, 2]),
        ("t1ga orang", [3]),
        ("t-i-g-a orang", [3]),
        ("lulus: Ani, Budi dan Cici", [3]),
        ("12,5%", [None]),
        ("3 persen", [None]),
        ("setengah", [None]),
        ("semua lulus", [None]),
        ("semua", []),
    ],
)
def test_a_number_is_read_in_whatever_dress(text: str, counts: list[int | None]) -> None:
    assert read(text) == counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,5%", Number(count=None, share=12.5, decimals=1)),
        ("12.345,5 persen", Number(count=None, share=123455.0, decimals=0)),
        ("3‰", Number(count=None, share=None, decimals=0)),
        ("3 per cent", Number(count=None, share=3.0, decimals=0)),
        ("3 lulus", Number(count=3, stages=frozenset({"kompeten"}))),
        ("3 orang yang belum lulus", Number(count=3, stages=frozenset({"belum_kompeten"}))),
        ("3 peserta", Number(count=3)),
    ],
)
def test_a_share_keeps_its_decimals_and_a_count_the_result_beside_it(text: str, expected: Number) -> None:
    assert list(numbers(plain(text))) == [expected]
