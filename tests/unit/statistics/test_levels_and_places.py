"""Counts by level and by place where a figure is hidden, and where a batch is a span of time."""

from __future__ import annotations

from dataclasses import replace

from kompeten.statistics.funnel import all_batches
from kompeten.statistics.levels import by_level
from kompeten.statistics.places import all_places
from tests.spec.drawn import compiled


def test_a_batch_of_one_level_whose_count_is_hidden_stands_in_the_table_as_hidden() -> None:
    compilation = compiled(
        batches="""
        batch_id  number  qualification_level
        b1        1       4
        b2        2       4
        """,
        observations="""
        batch_id  stage    value  status
        b1        peserta  -      hidden
        b2        peserta  30     released
        """,
    )
    found = by_level(compilation, all_batches(compilation))
    assert [(c.batch_id, c.stage, c.code, c.count.value, c.count.status, c.whole) for c in found] == [
        ("b1", "peserta", "4", None, "hidden", True),
        ("b2", "peserta", "4", 30, "released", True),
    ]


def test_a_span_of_time_is_no_batch_of_a_place() -> None:
    compilation = compiled(
        batches="""
        batch_id  number  kind
        b1        1       tahap
        sum       -       cumulative
        """,
        observations="""
        batch_id  stage    region_code  value
        b1        peserta  64.71        30
        sum       peserta  64.71        500
        """,
    )
    total = next(t for t in all_places(compilation)["64.71"].totals if t.stage == "peserta")
    assert [residence.batch_id for residence in total.by_batch] == ["b1"]
    assert (total.value, total.batches_known, total.batches_total) == (30, 1, 1)


def test_women_of_a_place_are_not_its_people_and_only_sources_of_what_is_added_are_named() -> None:
    compilation = compiled(
        batches="""
        batch_id  number
        b1        1
        b2        2
        b3        3
        """,
        observations="""
        batch_id  stage    region_code  sex  value  status    source_id
        b1        peserta  64           _T   50     released  a
        b1        peserta  64           P    20     released  a
        b2        peserta  64.71        _T   7      released  b
        b2        peserta  64.71        P    7      released  c
        b3        peserta  64           _T   -      hidden    d
        """,
    )
    places = all_places(compilation)
    totals = {place: next(t for t in places[place].totals if t.stage == "peserta") for place in ("64", "64.71")}
    found = {
        place: (total.value, total.precision, [r.batch_id for r in total.by_batch], total.source_ids)
        for place, total in totals.items()
    }
    assert found == {
        "64": (50 + 7, "at_least", ["b1", "b3"], ("a", "b")),
        "64.71": (7, "at_least", ["b2"], ("b",)),
    }
    rates = {place: total.rate and (total.rate.value, total.rate.status) for place, total in totals.items()}
    assert rates == {"64": (None, "hidden"), "64.71": (None, "unknown")}


def test_at_least_nobody_is_no_statement_of_a_place() -> None:
    compilation = compiled(
        batches="""
        batch_id  number
        b1        1
        b2        2
        """,
        observations="""
        batch_id  stage     region_code  value  status
        b1        peserta   64.71        0      released
        b2        peserta   64.71        -      hidden
        b1        kompeten  64.71        0      released
        b1        peserta   64.72        0      released
        b2        peserta   64.72        0      released
        """,
    )
    places = all_places(compilation)
    found = {
        (place, total.stage): (total.value, total.status, total.precision)
        for place in ("64.71", "64.72")
        for total in places[place].totals
        if total.stage in ("peserta", "kompeten")
    }
    assert found == {
        ("64.71", "peserta"): (None, "hidden", None),
        ("64.71", "kompeten"): (None, "unknown", None),
        ("64.72", "peserta"): (0, "released", "exact"),
        ("64.72", "kompeten"): (None, "unknown", None),
    }


def test_a_province_holds_at_least_those_of_its_places_where_a_batch_gives_no_total_of_it() -> None:
    compilation = compiled(
        batches="""
        batch_id  number
        b1        1
        b2        2
        b3        3
        b4        4
        """,
        observations="""
        batch_id  stage    region_code  value  status
        b1        peserta  64           50     released
        b1        peserta  64.71        30     released
        b2        peserta  64.71        7      released
        b2        peserta  64.72        12     provisional
        b3        peserta  64           -      hidden
        b3        peserta  64.72        5      released
        b4        peserta  64.72        0      released
        """,
    )
    province = next(t for t in all_places(compilation)["64"].totals if t.stage == "peserta")
    assert (province.value, province.status, province.precision) == (50 + 7 + 12 + 5, "provisional", "at_least")
    assert (province.batches_known, province.batches_total) == (3, 4)
    assert [r.batch_id for r in province.by_batch] == ["b1", "b3"]
    assert province.rate is not None
    assert (province.rate.value, province.rate.status) == (None, "hidden")


def test_a_batch_of_another_programme_is_told_of_a_place_and_not_added() -> None:
    compilation = compiled(
        batches="""
        batch_id  number  programme_id
        b1        1       p
        other     1       q
        """,
        observations="""
        batch_id  stage    region_code  value  source_id
        b1        peserta  64.71        30     a
        other     peserta  64.71        500    b
        other     peserta  64.72        8      b
        """,
        programmes=("p", "q"),
    )
    other = replace(compilation.programmes["q"], role="comparison")
    compilation = replace(compilation, programmes={**compilation.programmes, "q": other})
    places = all_places(compilation)
    found = {
        place: (total.value, total.batches_known, total.batches_total, [r.batch_id for r in total.by_batch])
        for place in ("64", "64.71", "64.72")
        for total in places[place].totals
        if total.stage == "peserta"
    }
    assert found == {"64": (30, 1, 1, []), "64.71": (30, 1, 1, ["b1", "other"]), "64.72": (None, 0, 1, ["other"])}
    rate = next(t.rate for t in places["64.71"].totals if t.stage == "peserta")
    assert rate is not None
    assert (rate.numerator, rate.status) == (30, "released")
