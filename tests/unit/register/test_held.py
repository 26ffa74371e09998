"""What a configuration says is held to the repository and to itself, all at once, before a register is read."""

from __future__ import annotations

from functools import cache

import pytest

from kompeten.intake.packages import Packages, read
from kompeten.register.publishing.folder import read_code_lists
from kompeten.register.reading.check import CodeLists
from kompeten.register.reading.config import ConfigError, parse_config
from kompeten.register.reading.held import refuse
from tests.conftest import ROOT

TEXT = (ROOT / "examples" / "config-contoh.toml").read_text(encoding="utf-8")


@cache
def repository() -> tuple[CodeLists, Packages]:
    return read_code_lists(ROOT / "data/reference")[0], read(ROOT / "data")


def refused(*changes: tuple[str, str], weaker: tuple[str, ...] = ()) -> list[str]:
    """Give what is said of the example with these changes; nothing where it is taken."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    lists, record = repository()
    try:
        refuse(parse_config(text), lists, record, weaker, "config.toml")
    except ConfigError as error:
        return [line.removeprefix("config.toml: ") for line in str(error).splitlines()]
    return []


def test_the_example_is_taken() -> None:
    assert refused() == []


def test_everything_is_told_at_once() -> None:
    changes = (('kind = "register"', 'kind = "press"'), ("year = 2026\nnumber = 2", "year = 2101\nnumber = 2"))
    assert refused(*changes, ("2026-06-12", "2026-06-07"), weaker=("policy.threshold",)) == [
        "policy.threshold: take it out of the configuration ← weaker than the policy of the repository",
        'sources.kind: press: write "register" ← counts from a register are protected as such',
        "batches[2].year: write a whole number of 2100 or less",
        "batches[2].end_on: write 2026-06-08 or later ← 2026-06-07 is before batches[2].start_on",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('as_of = "2026-11-01"', 'as_of = "2026-06-07"', "outcomes.as_of: write 2026-06-08 or later"),
        ('as_of = "2026-11-01"', 'as_of = "2026-06-08"', None),
        # Any day of the month may be meant.
        ('as_of = "2026-11-01"', 'as_of = "2026-06"', None),
        ('published_on = "2026-11-01"', 'published_on = "2026-11"', None),
        ('published_on = "2026-11-01"', 'published_on = "2026-10-31"',
         "sources.published_on: write 2026-11-01 or later ← 2026-10-31 is before outcomes.as_of"),
        ("data_through = 2026-11-01", "data_through = 2026-10-31", "release.data_through: write 2026-11-01 or later ← "
         "2026-10-31 is before outcomes.as_of"),
        ("released_on = 2026-11-24", "released_on = 2026-10-31", "release.released_on: write 2026-11-01 or later ← "
         "2026-10-31 is before release.data_through"),
        ('next_expected = "2027-02"', 'next_expected = "2026-10"', "release.next_expected: write 2026-11-24 or later ← "
         "2026-10 is before release.released_on"),
        ('next_expected = "2027-02"', 'next_expected = "2026-11"', None),
        ('batch_id = "contoh-2026-2"', 'batch_id = "contoh-2026-1"', "batches.batch_id: write contoh-2026-1 once"),
        ('programme_id = "contoh"\nyear = 2026\nnumber = 2', 'programme_id = "lain"\nyear = 2026\nnumber = 2',
         "batches[2].programme_id: lain: write a code that there is: "),
    ],
)  # fmt: skip
def test_a_configuration_does_not_contradict_itself(old: str, new: str, said: str | None) -> None:
    lines = refused((old, new))
    assert len(lines) == (said is not None)
    assert said is None or lines[0].startswith(said)


def test_who_is_not_there_before_a_batch_begins_may_have_applied_before() -> None:
    steps = ("attended", "completed", "assessed", "decision", "issued")
    lines = [line for line in TEXT.splitlines() if line.partition(" = ")[0] in steps]
    assert len(lines) >= len(steps)
    assert refused(*((f"{line}\n", "") for line in lines), ('as_of = "2026-11-01"', 'as_of = "2026-03-01"')) == []


def test_a_batch_that_is_recorded_otherwise_is_refused() -> None:
    lines = refused(('batch_id = "contoh-2026-1"', 'batch_id = "kaltim-2025-1"'))
    assert lines[0].startswith("batches[1].programme_id: write kaltim as in batches.csv")


def test_a_code_of_a_row_that_no_list_has_is_refused_with_the_nearest() -> None:
    lines = refused(
        ('region_code = "64"', 'region_code = "6402"'),
        ('stage = "peserta"', 'stage = "peserta_"'),
        ('programme_id = "contoh"', 'programme_id = "../contoh"'),
    )
    assert lines[:3] == [
        "programmes[1].region_code: 6402: write a code that there is: 64.02 ← is no code",
        "programmes[1].programme_id: write a code of lower-case letters and digits, hyphens allowed, such as "
        "kaltim-2025-1",
        "targets[1].stage: peserta_: write a code that there is: peserta ← is no code",
    ]


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("year = 2026", 'year = "x"', "batches[1].year: write a whole number"),
        ("year = 2026", "year = 1.5", "batches[1].year: write a whole number"),
        ("year = 2026", "year = 2101", "batches[1].year: write a whole number of 2100 or less"),
        ("number = 1", "numbre = 1", "batches[1]: write columns that the schema has: batch_id, programme_id, year"),
        ("number = 1", "number = true", "batches[1].number: write a whole number"),
        ('kind = "tahap"', 'kind = "x"', "batches[1].kind: write one of tahap, event, cumulative"),
        ("value = 650", "value = 0", "targets[1].value: write a whole number of 1 or more"),
        ("preferred = true", 'preferred = "yes"', "targets[1].preferred: write true or false"),
        ('precision = "exact"', 'precision = ""', "targets[1].precision: fill it in ← must not be empty"),
        ('published_on = "2026-11-01"', "published_on = 3", "sources[1].published_on: write an ISO date: 2025"),
    ],
)
def test_a_row_is_written_as_its_columns_ask(old: str, new: str, mend: str) -> None:
    (line,) = refused((old, new))
    assert line.startswith(mend)


def test_a_word_that_leads_to_no_code_is_refused_with_the_nearest() -> None:
    assert refused(('"apbn_bjkw"', '"apbn_bjk"'), ('"remidi" = "belum_kompeten"', '"remidi" = "kompetn"')) == [
        'values.funding."D…": apbn_bjk: write a code that there is: apbn_bjkw, apbn, apbd_kabkota ← is no code',
        'values.decision."r…": kompetn: write a code that there is: kompeten, belum_kompeten ← is no code',
    ]
