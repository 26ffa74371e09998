"""Several sources of one cell: one is preferred; the range is what sources state exactly."""

from __future__ import annotations

import pytest

from kompeten.statistics.conflicts import conflicts
from tests.spec.drawn import compiled, statistics_of

BATCH = """
batch_id  number
b1        1
"""

CASES = [
    pytest.param(
        """
        batch_id  source_id  value  precision  preferred
        b1        a          827    exact      yes
        b1        b          829    exact      no
        b1        c          860    exact      no
        b1        d          800    rounded    no
        """,
        (827, 827, 860, 4),
        id="a rounded figure beside exact ones does not widen the range",
    ),
    pytest.param(
        """
        batch_id  source_id  value  precision  preferred
        b1        a          222    exact      yes
        b1        b          220    about      no
        """,
        (222, 222, 222, 2),
        id="about 220 beside exactly 222 is a report of the same count",
    ),
    pytest.param(
        """
        batch_id  source_id  value  precision  preferred
        b1        a          60     about      yes
        b1        b          50     at_least   no
        b1        c          70     rounded    no
        """,
        (60, 50, 70, 3),
        id="where no source is exact every statement counts",
    ),
    pytest.param(
        """
        batch_id  source_id  value  precision  preferred
        b1        a          17     exact      yes
        """,
        (17, 17, 17, 1),
        id="one source makes no range",
    ),
    pytest.param(
        """
        batch_id  source_id  value  precision  preferred  mark
        b1        a          827    exact      yes        -
        b1        b          82     exact      no         misprint
        """,
        (827, 827, 827, 2),
        id="a misprint bounds nothing",
    ),
    pytest.param(
        """
        batch_id  source_id  value  precision  preferred  mark
        b1        a          827    exact      yes        other_time
        b1        b          829    exact      no         other_time
        """,
        (827, 827, 829, 2),
        id="marked statements bound what nothing else is said of",
    ),
]


@pytest.mark.parametrize(("rows", "expected"), CASES)
def test_the_preferred_figure_and_the_range_of_exact_statements(rows: str, expected: tuple[int, int, int, int]) -> None:
    count = statistics_of(compiled(batches=BATCH, observations=rows), "b1").funnel["peserta"]
    assert (count.value, count.low, count.high, count.statements) == expected


def test_a_source_that_hides_adds_no_statement() -> None:
    rows = """
    batch_id  source_id  value  status    preferred
    b1        a          -      hidden    yes
    b1        b          12     released  no
    """
    count = statistics_of(compiled(batches=BATCH, observations=rows), "b1").funnel["peserta"]
    assert (count.value, count.status, count.statements) == (None, "hidden", 1)


def test_sources_disagree_where_their_values_differ_and_the_reason_is_given() -> None:
    compilation = compiled(
        batches="""
        batch_id  number
        b1        1
        b2        2
        b3        3
        """,
        observations="""
        batch_id  source_id  value  precision  preferred
        b1        a          827    exact      yes
        b1        b          829    exact      no
        b1        d          800    rounded    no
        b2        a          537    exact      yes
        b2        b          537    exact      no
        b3        a          9      exact      yes
        """,
        preferences=[("b1/peserta", "a"), ("b2/peserta", "a")],
    )
    (found,) = conflicts(compilation)
    assert (found.cell_id, found.table, found.preferred_source_id) == ("b1/peserta", "observations", "a")
    assert (found.smallest, found.low, found.high, found.largest) == (800, 827, 829, 829)
    assert [(s.source_id, s.value) for s in found.statements] == [("a", 827), ("b", 829), ("d", 800)]
    assert found.reason.en == "Because."


def test_context_about_the_workforce_can_disagree_too() -> None:
    compilation = compiled(
        batches=BATCH,
        context="""
        context_id  source_id  value   period      preferred
        c1          a          27071   2025-09-03  yes
        c2          b          35000   2025-09-03  no
        c3          b          42321   2023        yes
        """,
        preferences=[("konteks/pekerja_konstruksi/64/2025-09-03", "a")],
    )
    (found,) = conflicts(compilation)
    assert (found.table, found.low, found.high) == ("context", 27071, 35000)


def test_a_known_and_an_unknown_statement_do_not_disagree() -> None:
    rows = """
    batch_id  source_id  value  status    preferred
    b1        a          12     released  yes
    b1        b          -      unknown   no
    """
    assert conflicts(compiled(batches=BATCH, observations=rows)) == ()


def test_a_statement_about_another_moment_contradicts_nothing() -> None:
    rows = """
    batch_id  source_id  value  preferred  mark
    b1        a          12     yes        -
    b1        b          90     no         other_time
    """
    assert conflicts(compiled(batches=BATCH, observations=rows)) == ()


@pytest.mark.parametrize(
    ("preferred", "expected"),
    [
        ("yes", [("targets/t", "a", [("t", 1000), ("same", 900), ("rival", 950)])]),
        ("no", []),
    ],
)
def test_a_target_read_in_another_unit_stands_beside_all_readings_of_it_and_of_nothing_else(
    preferred: str, expected: list[tuple[str, str, list[tuple[str, int]]]]
) -> None:
    compilation = compiled(
        batches=BATCH,
        targets=f"""
        target_id  source_id  value  kind    unit        stage       rival_of  preferred
        t          a          1000   target  peserta     peserta     -         {preferred}
        same       b          900    target  peserta     peserta     -         no
        quota      c          800    quota   peserta     peserta     -         yes
        rival      d          950    target  sertifikat  skk_terbit  t         yes
        """,
        preferences=[("targets/t", "a")],
    )
    found = [
        (each.cell_id, each.preferred_source_id, [(said.target_id, said.value) for said in each.statements])
        for each in conflicts(compilation)
    ]
    assert found == expected
