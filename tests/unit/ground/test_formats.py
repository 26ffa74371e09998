"""Numbers, dates and money as each language writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kompeten.ground import formats


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1080, 0, "1.080", "1,080"),
        (4123303, 0, "4.123.303", "4,123,303"),
        (-1080, 0, "−1.080", "−1,080"),
        (Decimal("59.85"), 2, "59,85", "59.85"),
        (Decimal("0.205"), 2, "0,21", "0.21"),
        (Decimal("0.215"), 2, "0,22", "0.22"),
        (Decimal("-0.205"), 2, "−0,21", "−0.21"),
        (Decimal("-0.004"), 2, "0,00", "0.00"),
        (Decimal("1234567.5"), 0, "1.234.568", "1,234,568"),
    ],
)
def test_a_number_has_the_separators_of_its_language(
    value: int | Decimal, decimals: int, indonesian: str, english: str
) -> None:
    assert formats.number(value, "id", decimals=decimals) == indonesian
    assert formats.number(value, "en", decimals=decimals) == english


def test_a_rise_can_carry_its_sign_and_no_change_carries_none() -> None:
    assert [formats.number(v, "id", signed=True) for v in (1500, 0, -3)] == ["+1.500", "0", "−3"]


def test_a_percentage_keeps_the_decimals_of_its_measure() -> None:
    assert formats.percent(Decimal("93.9"), "id", decimals=1) == "93,9%"
    assert formats.percent(Decimal("100"), "en", decimals=1) == "100.0%"


@pytest.mark.parametrize(
    ("rupiah", "indonesian", "english"),
    [
        (8_913_000_000, "Rp8,913 miliar", "Rp8.913 billion"),
        (2_500_000_000, "Rp2,5 miliar", "Rp2.5 billion"),
        (1_000_000_000_000, "Rp1 triliun", "Rp1 trillion"),
        (5_021_409, "Rp5.021.409", "Rp5,021,409"),
        (10_000_000, "Rp10 juta", "Rp10 million"),
        (999_999, "Rp999.999", "Rp999,999"),
        (0, "Rp0", "Rp0"),
    ],
)
def test_money_is_put_in_words_only_where_that_loses_nothing(rupiah: int, indonesian: str, english: str) -> None:
    assert formats.money(rupiah, "id") == indonesian
    assert formats.money(rupiah, "en") == english


def test_batches_are_numbered_as_the_agency_numbers_them() -> None:
    assert [formats.roman(n) for n in (1, 2, 3, 4, 5, 8, 9, 10, 14, 39)] == [
        *("I", "II", "III", "IV", "V", "VIII", "IX", "X", "XIV", "XXXIX")
    ]


@pytest.mark.parametrize("value", [0, -1, 40])
def test_a_number_that_is_no_batch_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match=f"^no batch number: {value}$"):
        formats.roman(value)


@pytest.mark.parametrize(
    ("iso", "indonesian", "english"),
    [
        ("2025", "2025", "2025"),
        ("2025-09", "September 2025", "September 2025"),
        ("2025-05-03", "3 Mei 2025", "3 May 2025"),
        ("2026-12-31", "31 Desember 2026", "31 December 2026"),
    ],
)
def test_a_date_says_no_more_than_its_source(iso: str, indonesian: str, english: str) -> None:
    assert (formats.date(iso, "id"), formats.date(iso, "en")) == (indonesian, english)


@pytest.mark.parametrize(
    ("start", "end", "indonesian", "english"),
    [
        ("2025-09-08", "2025-09-12", "8–12 September 2025", "8–12 September 2025"),
        ("2025-06-30", "2025-07-04", "30 Juni–4 Juli 2025", "30 June–4 July 2025"),
        ("2024-12-30", "2025-01-03", "30 Desember 2024 – 3 Januari 2025", "30 December 2024 – 3 January 2025"),
        ("2025-06-03", "2025-06-03", "3 Juni 2025", "3 June 2025"),
        ("2025-05", "2025-08", "Mei–Agustus 2025", "May–August 2025"),
        ("2015", "2025", "2015–2025", "2015–2025"),
        ("2023", "2023-09", "sampai September 2023", "until September 2023"),
    ],
)
def test_a_span_names_month_and_year_once(start: str, end: str, indonesian: str, english: str) -> None:
    assert formats.date_range(start, end, "id") == indonesian
    assert formats.date_range(start, end, "en") == english


@pytest.mark.parametrize(
    ("value", "precision", "short"),
    [
        (12_345, "exact", 12_345),
        (12_345, "about", 12_300),
        (12_450, "at_least", 12_500),
        (-12_450, "about", -12_500),
        (999, "about", 999),
        (9_996, "rounded", 10_000),
        (0, None, 0),
    ],
)
def test_a_hedged_number_has_three_figures_that_count(value: int, precision: str | None, short: int) -> None:
    assert formats.in_short(value, precision) == short


def test_a_file_size_is_in_powers_of_ten() -> None:
    sizes = (0, 999, 1000, 15_250, 999_999, 1_000_000, 2_345_678)
    assert [formats.file_size(size, "id") for size in sizes] == [
        *("0 B", "999 B", "1,0 kB", "15,3 kB", "1.000,0 kB", "1,0 MB", "2,3 MB")
    ]


def test_a_list_is_joined_as_the_language_joins_it() -> None:
    words = ["I", "II", "IV"]
    assert [formats.listing(words[:n], "id") for n in range(4)] == ["", "I", "I dan II", "I, II, dan IV"]
    assert [formats.listing(words[:n], "en") for n in range(4)] == ["", "I", "I and II", "I, II and IV"]


@pytest.mark.parametrize(
    ("name", "within"),
    [("Peserta", "peserta"), ("SKK terbit", "SKK terbit"), ("K3 konstruksi", "K3 konstruksi"), ("", "")],
)
def test_a_name_within_a_sentence_is_small_unless_it_is_an_abbreviation(name: str, within: str) -> None:
    assert formats.small(name) == within
