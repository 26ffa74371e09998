"""What a chart may draw, must say, and never gives away."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest

from kompeten.ground.findings import LANGUAGES, Language
from kompeten.ground.vocabulary import Status
from kompeten.ground.wording import load_places
from kompeten.pages import charts
from kompeten.pages.charts import (
    Bar,
    BarChart,
    Chart,
    Claim,
    DotRangeChart,
    LineChart,
    Mark,
    Series,
    StripChart,
    Tile,
    TileMap,
    Words,
    scales,
)
from kompeten.pages.charts.share import ROOM, WIDTHS
from kompeten.pages.charts.share import width as room_of
from tests.some import some

TEMPLATES = Path(__file__).parents[3] / "site_templates"
TILES = load_places(TEMPLATES / "tiles.toml")
SVG = "{http://www.w3.org/2000/svg}"
UNKNOWN = {"id": "tidak diketahui", "en": "not known"}
HIDDEN = {"id": "disembunyikan", "en": "hidden"}
NOT_APPLICABLE = {"id": "tidak berlaku", "en": "not applicable"}


def words(slug: str = "peserta", *, language: Language = "id", title: str = "Peserta") -> Words:
    return Words(slug=slug, language=language, title=title, subtitle="2025, orang", source="Berau Terkini")


def figure(label: str, value: int, *, status: Status = "released") -> Mark:
    return Mark(label=label, value=value, text=str(value), status=status)


def gap(label: str, *, status: Status = "unknown", text: str = "tidak diketahui") -> Mark:
    return Mark(label=label, text=text, status=status)


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(charts.standalone(chart))


def mark_group(root: ElementTree.Element, spoken: str) -> ElementTree.Element:
    """Find the drawing of one figure by the words said for it."""
    groups = [group for group in root.iter(f"{SVG}g") if group.findtext(f"{SVG}title") == spoken]
    assert len(groups) == 1, f"{spoken!r} is drawn {len(groups)} times"
    return groups[0]


def rects(group: ElementTree.Element, css: str) -> list[ElementTree.Element]:
    return [rect for rect in group.iter(f"{SVG}rect") if css in rect.get("class", "").split()]


def lines_of_text(root: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def bars(*marks: Mark) -> BarChart:
    return BarChart(words=words(), bars=charts.plain_bars(marks))


def target_bar(language: Language = "id", *, is_open: bool = True, high: int | None = 1622) -> Bar:
    text = {"id": "sekurang-kurangnya 1560", "en": "at least 1560"}[language]
    return Bar(
        mark=Mark(label="Peserta", value=1560, text=text),
        high=high,
        is_open=is_open,
        targets=(figure("Target", 1000),),
        aside="tanpa III",
        end="1560+",
    )


def one_of_each(language: Language) -> tuple[Chart, ...]:
    """Give a chart of every kind, each with a figure and something without one where the kind allows it."""
    unknown, hidden = gap("2024", text=UNKNOWN[language]), gap("2023", status="hidden", text=HIDDEN[language])
    not_applicable = gap("9", status="not_applicable", text=NOT_APPLICABLE[language])
    series = (
        Series(label="Ahli", marks=(figure("2022", 10), hidden, unknown, figure("2025", 40))),
        Series(label="Terampil", marks=(figure("2022", 20), figure("2023", 0), unknown, figure("2025", 30))),
    )

    def about(slug: str) -> Words:
        return words(slug, language=language)

    return (
        BarChart(
            words=about("batang"),
            part_labels=("L", "P"),
            bars=(
                *charts.plain_bars((figure("I", 827), unknown, hidden, figure("V", 0), not_applicable)),
                target_bar(language),
                Bar(mark=figure("VI", 222), parts=(figure("L", 200), figure("P", 22))),
            ),
        ),
        DotRangeChart(
            words=about("titik"),
            format_tick=str,
            low=820,
            high=827,
            claims=(
                Claim(mark=figure("Portal", 827), detail="2025-06-30", preferred=True),
                Claim(mark=figure("Natmed", 800), detail="2025-06-30", precision="at_least"),
            ),
        ),
        LineChart(words=about("garis"), format_tick=str, series=series),
        StripChart(words=about("deret"), rows=series, is_scaled=True),
        TileMap(
            words=about("peta"),
            tiles=tuple(
                Tile(
                    name=code,
                    mark=figure(code, 17) if code == "64.02" else gap(code, text="x"),
                    row=row,
                    column=column,
                )
                for code, (row, column) in TILES.items()
            ),
        ),
    )


EVERY_CHART = [
    pytest.param(chart, id=f"{type(chart).__name__}-{language}")
    for language in LANGUAGES
    for chart in one_of_each(language)
]


def test_a_bar_is_as_long_as_its_part_of_the_whole_that_all_are_counted_among() -> None:
    bar = figure("Peserta", 21)
    for whole, width in ((28, "75%"), (None, "100%")):
        root = drawn(BarChart(words=words(), bars=charts.plain_bars([bar]), all=whole))
        (drawing,) = rects(root, "k-s1")
        assert drawing.get("width") == width


def test_there_is_an_example_of_every_kind_of_chart() -> None:
    assert {type(chart) for chart in one_of_each("id")} == set(get_args(Chart))


# --- geometry ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "width"), [(827, "100%"), (537, "64.93%"), (222, "26.84%"), (1, "0.12%")])
def test_a_bar_is_as_long_as_its_share_of_the_largest(value: int, width: str) -> None:
    root = drawn(bars(figure("Tahap I", 827), figure("lain", value)))
    (bar,) = rects(mark_group(root, f"lain: {value}"), "k-s1")
    assert bar.get("width") == width


def test_zero_has_a_base_line_and_no_bar() -> None:
    group = mark_group(drawn(bars(figure("I", 827), figure("V", 0))), "V: 0")
    assert rects(group, "k-s1") == []
    assert [path.get("class") for path in group.iter(f"{SVG}path")] == ["k-axis"]
    assert lines_of_text(group) == ["V", "0"]


def test_zero_alone_does_not_divide_by_zero() -> None:
    assert "V: 0" in charts.inline(bars(figure("V", 0)))


@pytest.mark.parametrize("status", ["hidden", "unknown", "not_applicable"])
def test_what_has_no_figure_is_drawn_the_same_beside_any_other_figures(status: Status) -> None:
    missing = gap("III", status=status, text="tanpa angka")
    beside_small = mark_group(drawn(bars(missing, figure("I", 1))), "III: tanpa angka")
    beside_large = mark_group(drawn(bars(missing, figure("I", 99999))), "III: tanpa angka")
    assert ElementTree.tostring(beside_small) == ElementTree.tostring(beside_large)
    assert rects(beside_small, "k-s1") == []


def test_hidden_unknown_zero_not_applicable_and_provisional_look_different() -> None:
    """Compare the shapes alone, without words and colours."""
    marks = (
        figure("a", 10),
        figure("a", 0),
        figure("a", 10, status="provisional"),
        gap("a", status="hidden", text="x"),
        gap("a", status="unknown", text="x"),
        gap("a", status="not_applicable", text="x"),
    )
    shapes = set()
    for mark in marks:
        group = next(drawn(bars(mark)).iter(f"{SVG}g"))
        parts = (part for part in group.iter() if part.tag in (f"{SVG}rect", f"{SVG}path"))
        shapes.add(tuple((part.tag, part.get("class"), part.get("d")) for part in parts))
    assert len(shapes) == len(marks)


@pytest.mark.parametrize("status", ["hidden", "unknown", "not_applicable"])
def test_a_mark_without_a_published_figure_cannot_carry_a_value(status: Status) -> None:
    with pytest.raises(ValueError, match=f"a mark that is {status} cannot have the value 3"):
        Mark(label="Mahakam Ulu", value=3, text="3", status=status)


@pytest.mark.parametrize("status", ["released", "provisional"])
def test_a_published_mark_must_carry_its_value(status: Status) -> None:
    with pytest.raises(ValueError, match=f"a mark that is {status} cannot have the value None"):
        Mark(label="Berau", text="?", status=status)


@pytest.mark.parametrize("text", ["", "0", "–", "<5"])
def test_a_hidden_mark_is_named_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="needs words"):
        Mark(label="Mahakam Ulu", text=text, status="hidden")


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="a count cannot be -1"):
        figure("I", -1)


def test_a_bar_reads_as_its_share_of_the_scale_and_has_no_track_behind_it() -> None:
    """A grey track as long as the largest bar would read as 100 %."""
    group = mark_group(drawn(bars(figure("terbesar", 272), figure("lain", 68))), "lain: 68")
    assert [rect.get("width") for rect in group.iter(f"{SVG}rect")] == ["25%"]


def test_the_range_follows_the_bar_and_the_target_stands_at_its_place_on_the_same_scale() -> None:
    """The largest figure, 1,622, ends where room is left for the sign and the figure behind it."""
    group = mark_group(drawn(BarChart(words=words(), bars=(target_bar(),))), target_bar().spoken)
    low, high = (rects(group, css)[0] for css in ("k-s1", "k-p2"))
    (stroke,) = (line for line in group.iter(f"{SVG}line") if line.get("class") == "k-target")
    ends = [Decimal((part.get(key) or "").rstrip("%")) for part, key in ((low, "width"), (stroke, "x1"))]
    assert high.get("x") == low.get("width")
    assert ends[0] + Decimal((high.get("width") or "").rstrip("%")) < 85
    assert ends[1] == pytest.approx(ends[0] * 1000 / 1560, abs=Decimal("0.02"))


def test_the_end_of_a_bar_is_open_only_where_a_part_has_no_figure() -> None:
    def gaps(bar: Bar) -> int:
        root = drawn(BarChart(words=words(), bars=(bar,)))
        return sum(path.get("class") == "k-gap" for path in root.iter(f"{SVG}path"))

    assert (gaps(target_bar()), gaps(target_bar(is_open=False))) == (1, 0)


def test_a_target_is_drawn_where_nothing_is_known_of_its_result() -> None:
    bar = Bar(mark=gap("SKK terbit"), targets=(figure("Target", 1000),))
    group = mark_group(drawn(BarChart(words=words(), bars=(bar,))), bar.spoken)
    assert [line.get("class") for line in group.iter(f"{SVG}line")] == ["k-grid", "k-target"]
    assert lines_of_text(group) == ["SKK terbit", "tidak diketahui", "Target: 1000"]


@pytest.mark.parametrize("letters", [3, 8, 16, 40])
def test_a_figure_stands_behind_its_bar_or_within_it_or_under_it_and_never_outside(letters: int) -> None:
    text = "9" * letters
    long, short = Mark(label="panjang", value=100, text=text), Mark(label="pendek", value=10, text=text)
    root = drawn(bars(long, short))
    for mark in (long, short):
        assert text[:30] in " ".join(lines_of_text(mark_group(root, mark.spoken)))
    for place in root.iter(f"{SVG}svg"):
        assert Decimal((place.get("x") or "0").rstrip("%")) <= 100


def test_short_labels_stand_beside_their_bars() -> None:
    years = [
        mark_group(drawn(bars(figure("2024", 5), figure(second, 5))), "2024: 5") for second in ("2025", "Tahun 2025")
    ]
    places = [next(svg.get("x") for svg in group.iter(f"{SVG}svg")) for group in years]
    assert places == ["16%", "0"]


def test_a_stage_is_stacked_only_where_its_parts_add_up() -> None:
    def widths(*parts: Mark) -> list[str | None]:
        chart = BarChart(words=words(), bars=(Bar(mark=figure("Peserta", 200), parts=parts),))
        return [rect.get("width") for rect in drawn(chart).iter(f"{SVG}rect")][1:]

    split = widths(figure("L", 150), figure("P", 50))
    assert (Decimal((split[0] or "").rstrip("%")) / Decimal((split[1] or "").rstrip("%"))) == pytest.approx(3, abs=0.01)
    assert len(widths(figure("L", 150), gap("P", status="hidden", text="disembunyikan"))) == 1
    assert len(widths(figure("L", 150), figure("P", 49))) == 1


def test_the_preferred_claim_is_filled_and_the_others_are_open() -> None:
    chart = next(chart for chart in one_of_each("id") if isinstance(chart, DotRangeChart))
    root = drawn(chart)

    def dot(spoken: str) -> str | None:
        return next(mark_group(root, spoken).iter(f"{SVG}circle")).get("class")

    assert dot("Portal: 827") == "k-s1"
    assert dot("Natmed: 800") == "k-open k-l1"
    assert "Portal · dipakai" in lines_of_text(root)


def test_dots_stand_on_a_scale_from_zero_so_that_disputes_compare() -> None:
    """30 in 99,963 must not look like 8,000 in 27,071."""

    def spread(low: int, high: int) -> Decimal:
        claims = tuple(Claim(mark=figure(str(value), value), detail="") for value in (low, high))
        root = drawn(DotRangeChart(words=words(), claims=claims, low=low, high=high, format_tick=str))
        (band,) = rects(root, "k-p2")
        return Decimal((band.get("width") or "").rstrip("%"))

    assert spread(99963, 99993) < Decimal("0.1") < 15 < spread(27071, 35000)


def test_a_stage_that_is_not_split_has_a_colour_of_its_own_where_the_key_says_so() -> None:
    split = Bar(mark=figure("Peserta", 200), parts=(figure("L", 150), figure("P", 50)))
    chart = BarChart(
        words=words(), bars=(Bar(mark=figure("Pendaftar", 300)), split), part_labels=("L", "P"), whole_label="Semua"
    )
    drawing = charts.inline(chart)
    assert [key for key in ("Semua", "L", "P") if key in lines_of_text(drawn(chart))] == ["Semua", "L", "P"]
    widths = {
        css: float(width) for css, width in re.findall(r'<rect class="(k-[sp]\d)"[^>]* width="([\d.]+)%"', drawing)
    }
    assert {css: round(width / widths["k-s1"], 2) for css, width in widths.items()} == {
        "k-s1": 1,
        "k-p2": 0.5,
        "k-s4": 0.17,
    }


def test_a_line_is_broken_where_a_figure_is_missing_and_the_gap_is_named() -> None:
    marks = (figure("2021", 10), figure("2022", 20), gap("2023"), figure("2024", 20), figure("2025", 10))
    root = drawn(LineChart(words=words(), series=(Series(label="", marks=marks),), format_tick=str))
    runs = [line.get("points", "") for line in root.iter(f"{SVG}polyline")]
    assert runs == ["14,50 34.5,0", "75.5,0 96,50"]
    assert "2023: tidak diketahui" in lines_of_text(root)


def test_a_provisional_figure_is_open_on_a_line_and_hatched_in_a_strip() -> None:
    row = (Series(label="", marks=(figure("2024", 10), figure("2025", 20, status="provisional"))),)
    line, strip = LineChart(words=words(), series=row, format_tick=str), StripChart(words=words(), rows=row)
    assert [dot.get("class") for dot in drawn(line).iter(f"{SVG}circle")] == ["k-s1", "k-open k-l1"]
    cells = [rect.get("class") for rect in drawn(strip).iter(f"{SVG}rect")]
    assert [css for css in cells if css in ("k-s1", "k-range")] == ["k-s1", "k-range"]


def test_a_line_is_named_where_it_ends_and_one_that_runs_under_another_is_broader() -> None:
    times = ("2024", "2025", "2026")

    def line(label: str, *values: int) -> Series:
        return Series(label=label, marks=tuple(map(figure, times, values)))

    apart = LineChart(words=words(), series=(line("Kompeten", 9, 8, 7), line("SKK", 9, 7, 7)), format_tick=str)
    over = LineChart(words=words(), series=(line("Kompeten", 9, 8, 7), line("SKK", 9, 8, 7)), format_tick=str)
    assert "k-broad" not in charts.inline(apart).replace(".k-broad", "")
    assert charts.inline(over).count("k-broad") == 1
    assert {"Kompeten 7", "SKK 7"} <= set(lines_of_text(drawn(over)))
    places = [(each.get("y") or "", text.text) for each in drawn(over).iter(f"{SVG}svg") for text in each.findall("*")]
    (one, other) = [Decimal(y) for y, text in places if text in ("Kompeten 7", "SKK 7")]
    assert abs(one - other) == 17


def test_cells_of_a_strip_share_one_scale() -> None:
    rows = tuple(Series(label=name, marks=(figure("2025", value),)) for name, value in (("Berau", 90), ("Paser", 45)))
    root = drawn(StripChart(words=words(), rows=rows, is_scaled=True))
    heights = [rect.get("height") for rect in root.iter(f"{SVG}rect") if rect.get("class") == "k-s1"]
    assert heights == ["34", "17"]


def test_filled_cells_of_a_plain_strip_are_as_tall_as_one_another_and_named() -> None:
    marks = (figure("Peserta", 476), gap("Hadir"), figure("SKK terbit", 44))
    root = drawn(StripChart(words=words(), rows=(Series(label="", marks=marks),)))
    heights = {rect.get("height") for rect in root.iter(f"{SVG}rect") if rect.get("class") in ("k-s1", "k-gap")}
    assert heights == {"20"}
    assert {"Peserta: 476", "SKK terbit: 44"} <= set(lines_of_text(root))


def test_a_long_name_over_a_cell_stands_on_two_lines_where_the_drawing_is_narrow() -> None:
    marks = (Mark(label="Pendaftar", value=1228, text="sekurang-kurangnya 1.228"), *[gap("Hadir")] * 8)
    root = drawn(StripChart(words=words(), rows=(Series(label="", marks=marks),)))
    named = {text.text: (text.get("x") or "0", text.get("class")) for text in root.iter(f"{SVG}text")}
    narrow, wide = "k-text k-strong k-halo k-narrow", "k-text k-strong k-halo k-wide"
    assert named["Pendaftar: sekurang-kurangnya"] == ("5.56%", narrow)
    assert named["1.228"] == ("5.56%", narrow)
    assert named["Pendaftar: sekurang-kurangnya 1.228"] == ("5.56%", wide)
    tight = Mark(label="Pendaftar", value=1228, text="sekitar seribu 200")
    root = drawn(StripChart(words=words(), rows=(Series(label="", marks=(gap("Hadir"), tight, gap("Lulus"))),)))
    assert {text.get("x") for text in root.iter(f"{SVG}text") if text.text == "Pendaftar: sekitar seribu 200"} == {
        "50%"
    }


def test_every_regency_has_a_tile_of_its_own() -> None:
    assert len(TILES) == len(set(TILES.values())) == 10


def test_the_map_keeps_to_the_points_of_the_compass() -> None:
    row = {code: place[0] for code, place in TILES.items()}
    column = {code: place[1] for code, place in TILES.items()}
    berau, kutim, mahulu, bontang, samarinda = (row[c] for c in ("64.03", "64.08", "64.11", "64.74", "64.72"))
    balikpapan, paser, ppu = row["64.71"], row["64.01"], row["64.09"]
    assert berau < kutim < bontang < samarinda < balikpapan
    assert ppu < paser
    assert mahulu < row["64.07"]
    assert column["64.11"] < column["64.02"] < column["64.72"]


@pytest.mark.parametrize(("value", "shade"), [(1, 1), (25, 1), (26, 2), (50, 2), (51, 3), (75, 3), (76, 4), (100, 4)])
def test_a_tile_is_darker_for_more(value: int, shade: int) -> None:
    assert scales.step(value, 100) == shade


@pytest.mark.parametrize("maximum", [1, 3, 4, 5, 100, 402])
def test_the_key_of_the_map_covers_every_count_once(maximum: int) -> None:
    shades = {value: scales.step(value, maximum) for value in range(1, maximum + 1)}
    expected = [[value for value, shade in shades.items() if shade == one] for one in sorted(set(shades.values()))]
    assert scales.step_bounds(maximum) == tuple((values[0], values[-1]) for values in expected)


# --- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", EVERY_CHART)
def test_a_chart_is_well_formed_and_names_itself(chart: Chart) -> None:
    root = ElementTree.fromstring(charts.inline(chart))
    slug = chart.words.slug
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{slug}-title"
    assert [(child.tag, child.get("id"), child.text) for child in root[:2]] == [
        ("title", f"{slug}-title", chart.words.title),
        ("desc", f"{slug}-desc", charts.alt(chart)),
    ]


@pytest.mark.parametrize("chart", EVERY_CHART)
def test_ids_are_unique_and_begin_with_the_slug(chart: Chart) -> None:
    ids = re.findall(r' id="([^"]+)"', charts.standalone(chart))
    assert len(ids) == len(set(ids)) == 2
    assert all(one.startswith(chart.words.slug + "-") for one in ids)


@pytest.mark.parametrize("chart", EVERY_CHART)
def test_the_same_figures_give_the_same_bytes(chart: Chart) -> None:
    language = chart.words.language
    again = next(other for other in one_of_each(language) if type(other) is type(chart))
    assert charts.inline(chart) == charts.inline(again)
    assert charts.standalone(chart) == charts.standalone(again)


@pytest.mark.parametrize("chart", EVERY_CHART)
def test_coordinates_are_plain_decimals(chart: Chart) -> None:
    numbers = re.findall(r' (?:x|y|x1|x2|y1|y2|width|height)="([^"]*)"', charts.standalone(chart))
    assert all(re.fullmatch(r"-?\d+(\.\d{1,2})?%?", number) for number in some(numbers))


@pytest.mark.parametrize("chart", EVERY_CHART)
def test_a_file_is_whole_without_the_page(chart: Chart) -> None:
    svg = charts.standalone(chart)
    root = ElementTree.fromstring(svg)
    assert "var(" not in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    lines = lines_of_text(root)
    assert chart.words.title in lines
    assert any(line.endswith("Berau Terkini") for line in lines)
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def test_markup_in_a_label_stays_text() -> None:
    root = drawn(bars(figure("<script>&", 1)))
    assert "<script>&" in lines_of_text(root)
    assert [one.tag for one in root.iter() if "script" in one.tag] == []


def test_a_long_label_is_broken_and_keeps_every_word() -> None:
    label = "Orang yang dinyatakan kompeten oleh lembaga sertifikasi profesi pada tahap ini"
    lines = lines_of_text(drawn(bars(figure(label, 7))))
    assert " ".join(lines[lines.index("2025, orang") + 1 :]).startswith(label)


def test_a_slug_that_cannot_be_an_id_is_refused() -> None:
    with pytest.raises(ValueError, match="small letters, digits and hyphens"):
        words("64.02 peserta")


# --- alternative text -------------------------------------------------------------------------------------------------


def test_the_alt_sentence_of_bars_says_every_figure_and_gap() -> None:
    chart = bars(figure("Tahap I", 827), gap("Tahap III"), gap("Mahakam Ulu", status="hidden", text="disembunyikan"))
    assert charts.alt(chart) == (
        "Diagram batang: Peserta. 2025, orang. "
        "Tahap I: 827; Tahap III: tidak diketahui; Mahakam Ulu: disembunyikan. Sumber: Berau Terkini."
    )


def test_the_alt_sentence_of_a_target_says_that_the_figure_is_a_lower_bound() -> None:
    assert charts.alt(BarChart(words=words(language="en"), bars=(target_bar("en"),))) == (
        "Bar chart: Peserta. 2025, orang. Peserta: at least 1560 (Target: 1000; tanpa III). "
        "Lower bound, because a part has no figure: at least 1560. Source: Berau Terkini."
    )


def test_the_alt_sentence_of_claims_says_the_range_and_which_one_is_used() -> None:
    chart = next(chart for chart in one_of_each("en") if isinstance(chart, DotRangeChart))
    assert charts.alt(chart) == (
        "Dot chart: the figure each source gives: Peserta. 2025, orang. Portal: 827 (2025-06-30, used on this site); "
        "Natmed: 800 (2025-06-30). Range: 820 to 827. Source: Berau Terkini."
    )


@pytest.mark.parametrize("chart", EVERY_CHART)
def test_the_alt_sentence_leaves_nothing_out(chart: Chart) -> None:
    sentence = charts.alt(chart)
    for mark in charts.marks_of(chart):
        assert mark.label in sentence
        assert mark.text in sentence
    assert sentence.endswith("Sumber: Berau Terkini." if chart.words.language == "id" else "Source: Berau Terkini.")


@pytest.mark.parametrize("chart", EVERY_CHART)
def test_what_has_no_figure_is_named_in_words_in_the_drawing(chart: Chart) -> None:
    lines = " ".join(lines_of_text(drawn(chart)))
    for mark in some(charts.marks_of(chart)):
        if mark.value is None:
            assert mark.text in lines


# --- colours and the page ---------------------------------------------------------------------------------------------


def style_sheet() -> str:
    return (TEMPLATES / "static" / "kompeten.css").read_text(encoding="utf-8")


def test_the_light_colours_of_files_are_those_of_the_page() -> None:
    light = style_sheet().split("@media", 1)[0]
    on_page = dict(re.findall(r"(--colour-[a-z0-9-]+): (#[0-9a-f]{6});", light))
    assert {token: on_page[token] for token in charts.LIGHT} == charts.LIGHT


def test_the_rules_for_charts_stand_in_the_style_sheet_word_for_word() -> None:
    assert charts.STYLE in style_sheet()


def test_dark_by_choice_and_dark_by_system_have_the_same_tokens() -> None:
    css = style_sheet()
    by_system = css.split(':root:not([data-theme="light"]) {', 1)[1].split("}", 1)[0]
    by_choice = css.split(':root[data-theme="dark"] {', 1)[1].split("}", 1)[0]
    assert by_system.split() == by_choice.split()


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [":root {", ':root[data-theme="dark"] {'])
def test_text_and_marks_stand_out_from_their_ground(theme: str) -> None:
    block = style_sheet().split(theme, 1)[1].split("}", 1)[0]
    token = dict(re.findall(r"--colour-([a-z0-9-]+): (#[0-9a-f]{6});", block))
    for text in ("ink", "muted", "link", "accent"):
        for ground in ("paper", "surface", "sunken"):
            assert contrast(token[text], token[ground]) >= 4.5, (text, ground)
    for series in ("s1", "s2", "s3", "s4", "s5", "s6", "part-2", "axis", "gap"):
        assert contrast(token[series], token["paper"]) >= 3, series
    for shade, text in (("q1", "on-q12"), ("q2", "on-q12"), ("q3", "on-q3"), ("q4", "on-q4")):
        assert contrast(token[shade], token[text]) >= 4.5, shade


# --- the share image --------------------------------------------------------------------------------------------------


def share(figure_text: str = "1.586–1.619") -> str:
    said = charts.Share(
        title="Peserta pelatihan dan sertifikasi yang tercatat di Kalimantan Timur, 2025",
        figure=figure_text,
        unit="orang",
        base="dari target 1.000 peserta",
        source="Sumber: Berau Terkini",
    )
    return charts.share_image(said, site="Kaltim Kompeten")


@pytest.mark.parametrize("figure_text", ["17", "1.586–1.619", "tidak diketahui"])
def test_the_share_image_says_everything_in_its_size(figure_text: str) -> None:
    root = ElementTree.fromstring(share(figure_text))
    assert (root.get("width"), root.get("height")) == ("1200", "630")
    lines = lines_of_text(root)
    assert figure_text in lines
    assert "orang dari target 1.000 peserta" in lines
    assert "Peserta pelatihan dan sertifikasi yang tercatat di Kalimantan Timur, 2025" in " ".join(lines)
    assert all(0 < int(text.get("y", "0")) < 630 for text in root.iter(f"{SVG}text"))


def advances(font: Path) -> dict[str, float]:
    """Read the hundredths of its size that each letter of a TrueType font takes, from its own tables."""
    raw = font.read_bytes()
    tables = {
        raw[at : at + 4].decode(): int.from_bytes(raw[at + 8 : at + 12])
        for at in range(12, 12 + 16 * int.from_bytes(raw[4:6]), 16)
    }

    def short(at: int) -> int:
        return int.from_bytes(raw[at : at + 2])

    cmap, em, longest = tables["cmap"], short(tables["head"] + 18), short(tables["hhea"] + 34)
    start = next(
        found
        for n in range(short(cmap + 2))
        if short(found := cmap + int.from_bytes(raw[cmap + 8 + 8 * n : cmap + 12 + 8 * n])) == 4
    )
    found, half = {}, short(start + 6)
    for at in range(start + 14, start + 14 + half, 2):
        first, shift, offset = (short(at + half * k + 2) for k in (1, 2, 3))
        for code in range(first, short(at) + 1):
            glyph = code if not offset else short(at + 3 * half + 2 + offset + 2 * (code - first))
            glyph = (glyph + shift) % 65536 if glyph else 0
            found[chr(code)] = short(tables["hmtx"] + 4 * min(glyph, longest - 1)) * 100 / em
    return found


@pytest.mark.parametrize("name", ["Regular", "Bold"])
def test_no_letter_of_the_bundled_font_is_wider_than_the_share_image_reckons(name: str) -> None:
    real = advances(TEMPLATES / f"fonts/PublicSans-{name}.ttf")
    assert round(real["a"]) in (55, 57)
    assert {c: real[c] for letters in WIDTHS.values() for c in letters if real[c] > room_of(c, 100)} == {}


LONG = "Pelatihan dan sertifikasi Provinsi Kalimantan Timur bersama Kementerian PUPR di Kabupaten Penajam Paser Utara; "


@pytest.mark.parametrize(
    "figure_text", ["", "1.586", "sekurang-kurangnya 1.228 pendaftar dan 1.116 bersertifikat", "W" * 30]
)
@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_the_share_image_keeps_every_word_within_its_margins(figure_text: str, times: int) -> None:
    said = {
        "title": LONG + "W" * 20,
        "unit": "orang",
        "base": LONG * times,
        "caveat": LONG * times,
        "source": LONG.strip(),
    }
    root = ElementTree.fromstring(charts.share_image(charts.Share(figure=figure_text, **said), site="Kaltim Kompeten"))
    texts = [(t.text or "", int(t.get("font-size", "0")), int(t.get("y", "0"))) for t in root.iter(f"{SVG}text")]
    assert {text for text, size, _ in texts if room_of(text, size) > ROOM} == set()
    assert " ".join(" ".join(said.values()).split()) in " ".join(t for t, _, _ in texts if t != figure_text)
    assert max(y for _, _, y in texts[:-1]) <= 552


def test_the_share_image_becomes_a_picture_with_the_bundled_font_alone() -> None:
    import resvg_py

    def picture(font_files: list[str]) -> bytes:
        return bytes(resvg_py.svg_to_bytes(svg_string=share(), skip_system_fonts=True, font_files=font_files))

    fonts = sorted(str(path) for path in (TEMPLATES / "fonts").glob("*.ttf"))
    png = picture(fonts)
    assert png.startswith(b"\x89PNG")
    assert png == picture(fonts)
    assert len(png) > 1.5 * len(picture([])), "the text is missing: the bundled font was not found"


# --- scales -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("33.335"), "33.34"), (Decimal("33.345"), "33.34"), (Decimal("-0.001"), "0"), (Decimal("1E+2"), "100")],
)
def test_fixed_point_rounds_half_to_even_and_has_no_exponent(value: Decimal, text: str) -> None:
    assert scales.fixed(value) == text


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((800, 827, 829, 860), ("0", "250", "500", "750", "1000")),
        ((2, 1), ("0", "1", "2")),
        ((27071, 42321), ("0", "20000", "40000", "60000")),
        ((), ("0", "1")),
    ],
)
def test_ticks_are_round_begin_at_zero_and_hold_every_value(values: tuple[int, ...], ticks: tuple[str, ...]) -> None:
    scale, given = scales.round_scale(values)
    assert tuple(str(int(tick)) for tick in given) == ticks
    assert all(scale.low <= value <= scale.high for value in values)


def test_a_drawing_without_a_source_names_none() -> None:
    chart = bars(figure("I", 11))
    nameless = replace(chart, words=replace(chart.words, source=""))
    assert "Sumber" in charts.alt(chart)
    assert "Sumber" not in charts.alt(nameless) + charts.standalone(nameless)


def test_on_a_wide_screen_rows_stand_as_close_as_their_lines_ask() -> None:
    """A label of two lines on a phone and of one on a desk leaves no gap there: what follows rises by a line."""
    long = charts.Mark(label="Pelatihan Penajam Paser Utara, Juni 2023", text="60", value=60)
    short = charts.Mark(label="Tahap I", text="5", value=5)
    words = charts.Words(slug="rapat", language="id", title="Judul.", source="Sumber")
    chart = charts.BarChart(words=words, bars=charts.plain_bars([long, short]))
    assert 'class="k-chart k-b1"' in charts.inline(chart)
    assert charts.inline(chart).count('class="k-up"') == 2  # the bar under the label, and the row under both
    height = next(int(found) for found in re.findall(r'<svg [^>]*height="(\d+)"', charts.inline(chart)))
    alone = charts.standalone(chart)
    assert f'height="{height - 17}" overflow="visible"' in alone
    assert 'class="k-up"' not in alone
    assert alone.count('transform="translate(0 -17)"') == 2
