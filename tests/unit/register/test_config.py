"""The officer's configuration is read strictly: every mistake with its key and mend, all at once, in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kompeten.register.anonymize import wrong_text
from kompeten.register.reading.config import STEPS, ConfigError, load_config, parse_config, stages_told

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "examples" / "config-contoh.toml").read_text(encoding="utf-8")
DAY = "write a date without quotes and without an hour: 2026-11-24"


def said(*changes: tuple[str, str]) -> list[str]:
    """Give what is said of the example with these changes."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(ConfigError) as caught:
        parse_config(text)
    assert all(reason.id != reason.en for reason in caught.value.reasons)
    return [line.removeprefix("config.toml: ") for line in str(caught.value).splitlines()]


def test_the_example_is_read() -> None:
    config = parse_config(TEXT)
    assert config.is_synthetic
    assert config.batch_names["contoh-2026-1"] == ("Tahap I", "Tahap 1", "I")
    assert config.age_on["contoh-2026-1"] == "2026-03-02"
    assert "register_names" not in config.rows["batches"][0]
    assert config.values["decision"] == {"remidi": "belum_kompeten"}
    assert list(config.release)[:2] == ["id", "released_on"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("synthetic = true", 'synthetic = "no"', "register.synthetic: write true or false, without quotes"),
        ("synthetic = true", "encoding = 5", "register.encoding: write a text in quotes"),
        (
            "synthetic = true",
            'encoding = "klingon"',
            'register.encoding: write an encoding, such as "utf-8" or "cp1252"',
        ),
        ("synthetic = true", 'delimiter = ";;"', 'register.delimiter: write one character, such as ";"'),
        ("synthetic = true", "sheet = 1", "register.sheet: write a list in square brackets: [ … ]"),
        ("synthetic = true", 'region_codes = "x"', "register.region_codes: write one of dotted, kemendagri, bps"),
        ("synthetic = true", 'region_code = "bps"', "register.region_code: do you mean region_codes? ← unknown key"),
        ("synthetic = true", 'fill_down = "batch"', "register.fill_down: write a list in square brackets: [ … ]"),
        ("synthetic = true", 'from_nik = ["name"]', "register.from_nik[1]: write one of sex, age"),
        ("[register]", "[registr]", "registr: do you mean register? ← unknown key"),
        (
            '["Tahap I", "Tahap 1", "I"]',
            '"Tahap I"',
            "batches[1].register_names: write a list in square brackets: [ … ]",
        ),
        ('["Tahap I", "Tahap 1", "I"]', "[]", "batches[1].register_names: give at least one"),
        ('batch_id = "contoh-2026-2"', "", "batches[2].batch_id: add it ← is missing"),
        ('start_on = "2026-03-02"', "start_on = 2026-03-02T08:00:00", "batches[1].start_on: write a text in quotes"),
        (
            'start_on = "2026-03-02"',
            'start_on = "2 Maret"',
            "batches[1].start_on: write a date: 2026-11-24, 2026-11 or 2026",
        ),
        ("year = 2026", "year = [2026]", "batches[1].year: write one text, number, date, or true/false"),
        ('as_of = "2026-11-01"', 'as_of = "besok"', "outcomes.as_of: write a date: 2026-11-24, 2026-11 or 2026"),
        ('as_of = "2026-11-01"', 'as_of = "2026-13"', "outcomes.as_of: write a date: 2026-11-24, 2026-11 or 2026"),
        ("released_on = 2026-11-24", 'released_on = "24-11-2026"', f"release.released_on: {DAY}"),
        ("released_on = 2026-11-24", 'released_on = "2026-02-31"', f"release.released_on: {DAY}"),
        ("data_through = 2026-11-01", "data_through = 2026-11-01T10:00:00", f"release.data_through: {DAY}"),
        ("data_through = 2026-11-01", "data_through = 2026", f"release.data_through: {DAY}"),
        ('id = "2026.11"', "", "release.id: add it ← is missing"),
        ('id = "2026.11"', 'id = "2026.1"', "release.id: write year.month, such as 2026.12 or 2026.12.2"),
        ('title_id = "Rilis', 'judul = "Rilis', "release.title_id: add it ← is missing"),
        ('nik = "NIK"\n', "", "columns: add nik ← missing"),
        ('nik = "NIK"', 'nk = "NIK"', "columns.nk: do you mean nik? ← unknown key"),
        ('sex = "L/P"', 'sex = "L/P"\nage = "Umur"', "columns: write birth_date or age, not both"),
        (
            "[values.funding]",
            "[values.fund]",
            "values.f…: do you mean funding? ← unknown key",
        ),
        ('"remidi" = "belum_kompeten"', '"remidi" = 3', "values.decision.r…: write a text in quotes"),
    ],
)
def test_what_cannot_be_used_is_refused(old: str, new: str, message: str) -> None:
    assert message in said((old, new))


def test_what_needs_no_care_is_taken_as_it_is_meant() -> None:
    """One sheet is a list of one, a date in quotes is a date, a column left empty is not there."""
    text = TEXT.replace("released_on = 2026-11-24", 'released_on = "2026-11-24"').replace('"Asesmen"', '""')
    config = parse_config(text.replace("synthetic = true", 'sheet = "Peserta"'))
    assert (config.sheets, config.release["released_on"]) == (("Peserta",), date(2026, 11, 24))
    assert "assessed" not in config.columns


def without_steps(*kept: str) -> list[tuple[str, str]]:
    """Give the changes that take columns of steps out of the example, but for those that are kept."""
    lines = [line for line in TEXT.splitlines() if line.split(" = ")[0] in STEPS]
    assert len(lines) == len(STEPS)
    return [(f"{line}\n", "") for line in lines if line.split(" = ")[0] not in kept]


def test_a_register_that_tells_no_stage_is_refused() -> None:
    steps = ", ".join(STEPS)
    assert said(*without_steps()) == [f"columns: write status, or some of {steps}"]


@pytest.mark.parametrize(
    ("kept", "every_row", "told"),
    [
        (("admitted",), "", ("pendaftar", "peserta")),
        (("attended", "decision"), "", ("hadir", "kompeten", "belum_kompeten")),
        (("attended", "issued"), "ditetapkan", ("peserta", "hadir", "skk_terbit")),
        ((), "skk_terbit", ("skk_terbit",)),
        (("verified",), "kompeten", ("kompeten",)),
    ],
)
def test_only_stages_that_the_columns_tell_are_counted(
    kept: tuple[str, ...], every_row: str, told: tuple[str, ...]
) -> None:
    text = TEXT
    for old, new in without_steps(*kept):
        text = text.replace(old, new)
    if every_row:
        text = text.replace("[register]\n", f'[register]\nevery_row = "{every_row}"\n')
    assert stages_told(parse_config(text)) == set(told)
    with pytest.raises(ConfigError) as caught:
        parse_config(
            text + '\n[[plan.tables]]\nname = "tahap"\ndimensions = []\nheadline = true\nweight = 1\n'
            'stages = ["selesai", "asesi"]\n'
        )
    assert str(caught.value) == (
        "config.toml: plan.tables.stages: take selesai, asesi out ← this register does not tell of it"
    )


def test_sections_that_are_none_are_refused_all_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config("release = 3\nplan = 3\nbatches = 4\ncolumns = 5\noutcomes = 6\ntargets = [7]\ncorrections = [{}]")
    assert caught.value.text("id").splitlines() == [
        "config.toml: columns: tulis sebagai bagian dengan kunci: [columns]",
        "config.toml: outcomes: tulis sebagai bagian dengan kunci: [outcomes]",
        "config.toml: release: tulis sebagai bagian dengan kunci: [release]",
        "config.toml: plan: tulis sebagai bagian dengan kunci: [plan]",
        *(
            f"config.toml: corrections[1].{key}: tambahkan ← belum ada"
            for key in ("batch_id", "reason_id", "reason_en")
        ),
        "config.toml: batches: tulis daftar di antara kurung siku: [ … ]",
        "config.toml: targets[1]: tulis sebagai bagian dengan kunci: [[targets]]",
    ]


def test_an_officers_own_plan_is_read_as_strictly_as_the_policys() -> None:
    table = 'name = "tahap"\ndimensions = []\nstages = ["peserta"]\nweight = 1\nheadline = '
    with pytest.raises(ConfigError, match=r"plan\.tables\[1\]\.headline: write true or false, without quotes$"):
        parse_config(f'{TEXT}\n[[plan.tables]]\n{table}"no"\n')
    config = parse_config(f"{TEXT}\n[[plan.tables]]\n{table}true\n")
    assert config.tables is not None
    assert config.tables[0].is_headline


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "config.toml")
    assert caught.value.text("id") == "config.toml: periksa nama dan letaknya ← tidak ada"


def test_a_batch_ends_on_a_day_of_the_calendar() -> None:
    with pytest.raises(ConfigError, match=r"batches\[1\]\.end_on: write a date: 2026-11-24, 2026-11 or 2026"):
        parse_config(TEXT.replace('end_on = "2026-03-06"', 'end_on = "2026-02-30"'))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Dinas <b>Contoh</b>", "markup"),
        ("=cmd|' /C calc'!A0", "formula"),
        ("javascript:alert(1)", "address"),
        ("hubungi 0812 9000 7000", "personal-data"),
        ("Dinas\u202eContoh", "hidden-character"),
        ("Dinas Contoh", None),
    ],
)
def test_a_text_of_the_configuration_is_judged_as_what_is_published(text: str, rule: str | None) -> None:
    found = wrong_text("config.toml", "sources[1].publisher", text)
    assert (found and (found.rule, found.file, found.column)) == (
        rule and (rule, "config.toml", "sources[1].publisher")
    )
