"""Days of a configuration that contradict each other are refused before the register is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kompeten.cli import main
from tests.conftest import ROOT

AS_OF, PUBLISHED, SECOND_START = 'as_of = "2026-11-01"  ', 'published_on = "2026-11-01"', 'start_on = "2026-06-08"'


@pytest.mark.parametrize(
    ("as_of", "published", "said"),
    [
        (
            "2026-11-01",
            "2026-10-31",
            "write in published_on the day of this state of the register, 2026-11-01 or",
        ),
        ("2026-06-07", "2026-11-01", "write in as_of the day of this state of the register, 2026-06-08 or later"),
        ("2026-06-08", "2026-11-01", ""),
        # Any day of the month may be meant.
        ("2026-06", "2026-11-01", ""),
        ("2026-11-15", "2026-11", ""),
    ],
)
def test_counts_are_from_after_the_batch_began_and_before_their_source(
    as_of: str, published: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "examples/config-contoh.toml").read_text(encoding="utf-8")
    assert (text.count(AS_OF), text.count(PUBLISHED), text.count(SECOND_START)) == (1, 1, 1)
    own = tmp_path / "config.toml"
    own.write_text(
        text.replace(AS_OF, f'as_of = "{as_of}"').replace(PUBLISHED, f'published_on = "{published}"'), encoding="utf-8"
    )
    absent = tmp_path / "register.csv"
    assert main(["anonymize", str(absent), "--config", str(own), "--out", str(tmp_path / "out"), "--lang", "en"]) != 0
    told = capsys.readouterr().err
    assert (said in told) if said else ("register.csv" in told and "day of this state" not in told), told
