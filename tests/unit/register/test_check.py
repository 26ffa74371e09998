"""Each fault of a register is found by exactly its rule, at its row and column, without its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from examples.register_berantakan import HEADERS
from kompeten.ground.vocabulary import RUNGS
from kompeten.register.hiding.count import count
from kompeten.register.reading.check import Checked, check
from kompeten.register.reading.config import Config, ConfigError, parse_config
from kompeten.register.reading.people import OUTCOMES
from kompeten.register.reading.read import Part, parse_rows
from tests.unit.register.registers import (
    BATCHES,
    COLUMNS,
    invented_people,
    invented_rows,
    lists_and_parents,
    plain_config,
    row_of,
)
from tests.unit.register.tables import POLICY

OTHER = "6472990405900002"


def checked(*rows: Sequence[str], config: Config | None = None) -> Checked:
    settings = config or plain_config()
    register = parse_rows(Part(file="register.csv", called=""), iter([HEADERS, *rows]), settings)
    if config is None and not any("Tahap II" in row for row in rows):
        settings = replace(settings, batch_names={"contoh-2026-1": settings.batch_names["contoh-2026-1"]})
    return check(register, settings, lists_and_parents()[0])


def test_the_messy_register_gives_the_counts_it_was_made_from() -> None:
    _lists, parents = lists_and_parents()
    result = checked(*invented_rows())
    assert result.findings == ()
    assert result.people is not None
    found = count(result.people, POLICY, parents)
    made = count(invented_people(), POLICY, parents)
    assert len(found) == len(made)
    assert sum(cube.is_printed for cube in found) == len(BATCHES) * len(POLICY.tables)
    for one, other in zip(found, made, strict=True):
        printed = {codes: int(value) for codes, value in _cells(one)}
        for codes, value in _cells(other):
            assert printed[codes] == value


def _cells(cube: object) -> list[tuple[tuple[object, ...], int]]:
    import itertools

    places = itertools.product(cube.table.stages, *cube.codes)  # type: ignore[attr-defined]
    return list(zip(places, cube.counts.ravel().tolist(), strict=True))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("cells", "field", "rule"),
    [
        ({"nik": "6472990405900001 9"}, "nik", "nik-form"),
        ({"nik": "6472990413900001"}, "nik", "nik-form"),
        ({"nik": "6.47299E+15"}, "nik", "nik-as-number"),
        ({"residence": "64.71"}, "nik", "nik-region"),
        ({"sex": "P"}, "nik", "nik-sex"),
        ({"birth_date": "5/5/1990"}, "nik", "nik-birth-date"),
        ({"birth_date": "31/2/1990"}, "birth_date", "date-unreadable"),
        ({"birth_date": "4/5/1890"}, "birth_date", "age-out-of-range"),
        ({"batch": "Tahap IX"}, "batch", "batch-unknown"),
        ({"residence": "6472"}, "residence", "region-code-without-dot"),
        ({"residence": "Atlantis"}, "residence", "code-unknown"),
        ({"level": "12"}, "level", "code-unknown"),
        ({"classification": "ZZ99"}, "classification", "code-unknown"),
        ({"level": "5"}, "position", "position-level"),
        ({"classification": "MP01"}, "position", "position-classification"),
        ({"position": "SI041028"}, "position", "position-track"),
        ({"position": "201"}, "position", "position-form"),
        ({"sex": "X"}, "sex", "code-unknown"),
        ({"track": "sulap"}, "track", "code-unknown"),
        ({"funding": "arisan"}, "funding", "code-unknown"),
        ({"attended": "mungkin"}, "attended", "code-unknown"),
        ({"decision": "hebat"}, "decision", "code-unknown"),
        ({"attended": "tidak"}, "completed", "funnel-order"),
        ({"decision": "BK"}, "issued", "funnel-order"),
        ({"assessed": "tidak", "issued": "tidak"}, "decision", "funnel-order"),
    ],
)
def test_each_fault_is_found_by_its_rule_alone(cells: dict[str, str], field: str, rule: str) -> None:
    result = checked(row_of(**cells))
    assert result.people is None
    assert {(finding.rule, finding.column, finding.row) for finding in result.findings} == {(rule, COLUMNS[field], 2)}
    for text in cells.values():
        assert text not in result.findings[0].line("id").replace(COLUMNS[field], "")


@pytest.mark.parametrize(
    ("own", "cells", "found"),
    [
        ("6", {}, [("level-outside-batch", "Jenjang", 2)]),
        ("teknisi_operator", {}, [("level-outside-batch", "Jenjang", 2)]),
        ("ahli", {}, []),
        ("7", {}, []),
        ("7", {"level": "8"}, [("level-outside-batch", "Jenjang", 2)]),
        ("7", {"level": ""}, []),
        ("_T", {"level": "8"}, []),
        ("_U", {"level": "8"}, []),
    ],
)
def test_nobody_is_at_a_level_that_the_batch_does_not_have(
    own: str, cells: dict[str, str], found: list[tuple[str, str, int]]
) -> None:
    config = plain_config()
    batch = {**config.rows["batches"][0], "qualification_level": own}
    config = replace(
        config,
        rows={**config.rows, "batches": (batch,)},
        batch_names={"contoh-2026-1": config.batch_names["contoh-2026-1"]},
    )
    told = checked(row_of(**cells), config=config).findings
    assert [(each.rule, each.column, each.row) for each in told] == found


def test_a_batch_whose_people_live_elsewhere_is_asked_about() -> None:
    config = plain_config()
    config = replace(config, batch_names={"contoh-2026-1": config.batch_names["contoh-2026-1"]})
    register = parse_rows(Part(file="register.csv", called=""), iter([HEADERS, row_of()]), config)
    lists = lists_and_parents()[0]

    def told(*homes: str) -> list[str]:
        return [each.line("id") for each in check(register, config, lists, {"contoh-2026-1": homes}).findings]

    assert told("65") == [
        "register.csv: Tahap: periksa batch_id dan programme_id tahap itu di konfigurasi; bila memang demikian, terima"
        " di checks.accepted ← sebagian besar orang di tahap contoh-2026-1 tinggal di luar wilayah programnya"
    ]
    assert told("64.71", "65") != []
    assert (told("64"), told("64.72"), told()) == ([], [], [])


@pytest.mark.parametrize(
    ("without", "every_row", "cells", "expected"),
    [
        (["completed"], None, {}, ("asesi", "kompeten", True)),
        (["completed"], None, {"assessed": "tidak", "decision": "", "issued": ""}, ("hadir", "", False)),
        (["assessed", "decision"], None, {}, ("asesi", "kompeten", True)),
        (["assessed", "decision"], None, {"issued": ""}, ("selesai", "", False)),
        (["issued"], None, {"decision": "BK"}, ("asesi", "belum_kompeten", False)),
        (["verified", "admitted"], "ditetapkan", {"attended": ""}, None),
        (
            ["verified", "admitted", "completed"],
            "ditetapkan",
            {"attended": "", "assessed": "", "decision": "", "issued": ""},
            ("peserta", "", False),
        ),
        (["completed"], None, {"attended": "tidak"}, None),
        (["decision"], None, {"assessed": "tidak"}, None),
        (["assessed"], None, {"completed": "tidak"}, None),
    ],
)
def test_a_step_without_a_column_is_told_by_those_after_it(
    without: list[str], every_row: str | None, cells: dict[str, str], expected: tuple[str, str, bool] | None
) -> None:
    config = plain_config()
    config = replace(
        config,
        columns={field: header for field, header in config.columns.items() if field not in without},
        batch_names={"contoh-2026-1": config.batch_names["contoh-2026-1"]},
        every_row=every_row,
    )
    found = checked(row_of(**cells), config=config)
    if expected is None:
        assert [finding.rule for finding in found.findings] == ["funnel-order"]
        return
    assert found.people is not None
    stage, outcome, issued = expected
    (rung,), (place,), (is_issued,) = found.people.rung, found.people.outcome, found.people.issued
    assert (RUNGS[rung], OUTCOMES[place], bool(is_issued)) == (stage, outcome, issued)


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"nik": "'6472 9904 0590 0001"},
        {"residence": "KOTA SAMARINDA"},
        {"residence": "samarinda "},
        {"level": "Ahli Muda"},
        {"level": "Jenjang 7"},
        {"position": "SI 04 1 025"},
        {"birth_date": "4 Mei 1990"},
        {"birth_date": "1990-05-04"},
        {"decision": "tidak lulus", "issued": "-"},
        {"issued": "No. 12345"},
        {"sex": "Laki-laki"},
        {"track": "", "position": ""},
        {"level": "Ahli"},
        {"level": ""},
        {"classification": "Sipil"},
        {"classification": "SI", "position": ""},
        {"birth_date": "32997"},
    ],
)
def test_what_offices_write_is_understood(cells: dict[str, str]) -> None:
    assert checked(row_of(**cells)).findings == ()


def test_the_same_person_twice_in_one_batch_however_it_is_called() -> None:
    result = checked(row_of(), row_of(nik="'6472990405900001", batch="tahap 1"))
    assert [(finding.rule, finding.row) for finding in result.findings] == [("person-twice-in-batch", 3)]


def test_the_same_person_in_two_batches_can_be_accepted() -> None:
    rows = row_of(), row_of(batch="Tahap II")
    assert [finding.rule for finding in checked(*rows).findings] == ["person-in-two-batches"]
    accepted = checked(*rows, config=plain_config(accepted='["person-in-two-batches"]'))
    assert accepted.findings == ()
    assert accepted.accepted == {"person-in-two-batches": 1}
    assert accepted.people is not None


def test_one_person_under_two_numbers_in_one_batch() -> None:
    result = checked(row_of(), row_of(nik=OTHER))
    assert [finding.rule for finding in result.findings] == ["same-name-and-birth-date"]


def test_a_fault_that_must_be_mended_cannot_be_accepted() -> None:
    with pytest.raises(ConfigError, match=r"^config\.toml: checks\.accepted\[1\]: write one of nik-region, person"):
        plain_config(accepted='["funnel-order"]')


def test_the_two_code_systems_are_not_swapped() -> None:
    """Without a dot 6402 is Kutai Kartanegara to Kemendagri and Kutai Barat to BPS."""
    row = row_of(residence="6402", nik="6407990405900001")
    one_batch = {"contoh-2026-1": ("Tahap I",)}
    bps = parse_config('[register]\nregion_codes = "bps"\n' + _plain())
    kemendagri = parse_config('[register]\nregion_codes = "kemendagri"\n' + _plain())
    assert checked(row, config=replace(bps, batch_names=one_batch)).findings == ()
    found = checked(row, config=replace(kemendagri, batch_names=one_batch)).findings
    assert [finding.rule for finding in found] == ["nik-region"]


def _plain() -> str:
    from tests.unit.register.registers import config_text

    return config_text()


def test_an_unknown_key_in_the_config_is_an_error() -> None:
    with pytest.raises(ConfigError, match=r"^config\.toml: colums: do you mean columns\? ← unknown key$"):
        parse_config(_plain() + "\n[colums]\n")


def test_a_batch_of_the_config_without_people_is_not_published_as_zeros() -> None:
    result = checked(row_of(), config=plain_config())
    assert [(finding.rule, finding.row, finding.what.en) for finding in result.findings] == [
        (
            "batch-without-people",
            None,
            "these batches of the configuration have nobody in the register: contoh-2026-2",
        )
    ]


def test_a_register_without_people_is_not_published_as_zeros() -> None:
    told = [finding.line("en") for finding in checked().findings]
    assert told == ["register.csv: check the file and the sheet chosen ← no row of a person"]


def test_a_number_that_two_batches_have_names_neither() -> None:
    names = {"contoh-2025-1": ("Tahap I 2025",), "contoh-2026-1": ("Tahap I 2026",)}
    told = checked(row_of(), config=replace(plain_config(), batch_names=names)).findings
    assert [(finding.rule, finding.row) for finding in told] == [("batch-unknown", 2)]


def test_an_age_that_is_no_number_is_told() -> None:
    config = parse_config(_plain().replace('birth_date = "', 'age = "'))
    config = replace(config, batch_names={"contoh-2026-1": ("Tahap I",)})
    told = checked(row_of(birth_date="tua"), config=config).findings
    assert [(finding.rule, finding.column) for finding in told] == [("age-unreadable", COLUMNS["birth_date"])]


def test_sex_and_age_can_come_from_the_nik_where_the_register_has_no_column() -> None:
    config = parse_config('[register]\nfrom_nik = ["sex", "age"]\n' + _plain())
    config = replace(
        config,
        columns={field: header for field, header in config.columns.items() if field not in ("sex", "birth_date")},
        batch_names={"contoh-2026-1": ("Tahap I",)},
    )
    result = checked(row_of(nik="6472994405900001"), config=config)
    assert result.people is not None
    assert result.people.codes["sex"][int(result.people.columns["sex"][0])] == "P"
    assert result.people.codes["age_band"][int(result.people.columns["age_band"][0])] == "Y35T44"


@pytest.mark.parametrize(
    ("taken", "silent", "sex", "band"),
    [
        ([], ["sex", "birth_date"], "_U", "_U"),
        (["sex"], ["sex", "birth_date"], "P", "_U"),
        (["age"], ["sex", "birth_date"], "_U", "Y35T44"),
        (["sex", "age"], [], "L", "Y15T24"),
    ],
)
def test_the_nik_says_only_what_the_config_takes_from_it_and_the_register_does_not_say(
    taken: list[str], silent: list[str], sex: str, band: str
) -> None:
    """The number is of a woman born in 1990; the register says of a man born in 2005, and that is accepted."""
    config = plain_config()
    config = replace(
        config,
        from_nik=tuple(taken),
        accepted=("nik-sex", "nik-birth-date"),
        columns={field: header for field, header in config.columns.items() if field not in silent},
        batch_names={"contoh-2026-1": ("Tahap I",)},
    )
    people = checked(row_of(nik="6472994405900001", sex="L", birth_date="14/05/2005"), config=config).people
    assert people is not None
    assert people.codes["sex"][int(people.columns["sex"][0])] == sex
    assert people.codes["age_band"][int(people.columns["age_band"][0])] == band


def test_one_status_column_tells_the_whole_way() -> None:
    columns = "\n".join(line for line in _plain().splitlines() if not line.startswith(STEP_LINES))
    config = parse_config(columns.replace("[columns]", '[columns]\nstatus = "Hasil"'))
    config = replace(config, batch_names={"contoh-2026-1": ("Tahap I",)})
    statuses = {
        "K": ("asesi", 1, False),
        "Gugur": ("hadir", 0, False),
        "SKK terbit": ("asesi", 1, True),
        "TMS": ("pendaftar", 0, False),
    }
    for text, (rung, outcome, issued) in statuses.items():
        people = checked(row_of(decision=text), config=config).people
        assert people is not None, text
        assert (RUNGS[int(people.rung[0])], int(people.outcome[0]), bool(people.issued[0])) == (rung, outcome, issued)
    told = checked(row_of(decision="hebat"), config=config).findings
    assert [(finding.rule, finding.column) for finding in told] == [("code-unknown", "Hasil")]


STEP_LINES = ("verified", "admitted", "attended", "completed", "assessed", "decision", "issued")


def test_a_group_is_counted_where_the_register_records_no_more() -> None:
    rows = [row_of(level="Teknisi", classification="Sipil", position="", track="")]
    people = checked(*rows).people
    assert people is not None
    cubes = {cube.table.name: cube for cube in count(people, POLICY, lists_and_parents()[1])}
    level, kind = cubes["jenjang"], cubes["klasifikasi"]
    assert level.counts[0][level.codes[0].index("teknisi_operator")] == 1
    assert kind.counts[0][kind.codes[0].index("SI")] == 1


def test_residents_from_elsewhere_are_counted_as_not_known_where_the_config_says_so() -> None:
    config = parse_config(_plain() + '\n[values.residence]\n"Luar Kaltim" = "_U"\n')
    config = replace(config, batch_names={"contoh-2026-1": ("Tahap I",)})
    people = checked(row_of(residence="luar kaltim"), config=config).people
    assert people is not None
    assert people.codes["region_code"][int(people.columns["region_code"][0])] == "_U"


def test_the_same_mistake_in_many_rows_is_one_finding_with_its_rows() -> None:
    found = checked(*(row_of(nik=f"64729904059000{number:02d}"[:-1]) for number in range(1, 41))).findings
    assert [each.line("en") for each in found if each.rule == "nik-form"] == [
        "register.csv:2: NIK: mend the cell from the application file ← NIK is missing or does not have the form of "
        "a NIK (rows 2-41, 40 times)"
    ]
    assert len(found) <= 3


def test_the_same_person_twice_is_told_with_both_rows() -> None:
    (found,) = checked(row_of(), row_of(nik=OTHER, name="Lain"), row_of()).findings
    assert found.line("id") == (
        "register.csv:4: NIK: hapus baris ganda, atau perbaiki NIK-nya ← orang yang sama sudah ada di baris 2, "
        "dalam tahap yang sama"
    )


def test_a_second_table_and_rows_that_are_hidden_are_told() -> None:
    settings = plain_config()
    register = parse_rows(Part(file="register.csv", called=""), iter([HEADERS, *invented_rows()]), settings)
    said = [
        [each.line("en") for each in check(given, settings, lists_and_parents()[0]).findings]
        for given in (register, replace(register, second=register.rows[3]), replace(register, hidden=3))
    ]
    assert said == [
        [],
        [
            "register.csv:5: move that table to another sheet or file ← another table begins in this row, without NIK",
        ],
        [
            "register.csv: show all rows and look; if they do count, write this rule in checks.accepted ← rows of this "
            "workbook that are hidden (by a filter or by hand), yet counted: 3",
        ],
    ]
