"""The life of a batch by the officer's commands: participants, results, certificates, each joined to the last."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kompeten.cli import main
from kompeten.ground import store
from tests.conftest import ROOT
from tests.unit.data_folders import rows
from tests.unit.register.registers import BATCH_WORDS, HEADERS, invented_rows

BATCH = "contoh-2026-1"
RELEASES = ("2027.01", "2027.02", "2027.03")
LATER = {"Hadir": "tidak", "Selesai": "tidak", "Asesmen": "tidak", "Hasil": "", "SKK": "tidak"}
STAGES: Sequence[Mapping[str, str]] = (LATER, {"SKK": "tidak"}, {})
"""What the office does not know yet at each release."""


def register(folder: Path, unknown: Mapping[str, str]) -> Path:
    """Write the first batch as the office knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADERS)
    of_batch = [row for row in invented_rows() if row[HEADERS.index("Tahap")] in BATCH_WORDS[BATCH]]
    for row in of_batch:
        writer.writerow({**dict(zip(HEADERS, row, strict=True)), **unknown}.values())
    path = folder / "register.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def config(folder: Path, release: str) -> Path:
    """Write the example's configuration for one release of its first batch."""
    day = f"{release.replace('.', '-')}-15"
    text = (ROOT / "examples/config-contoh.toml").read_text(encoding="utf-8")
    first, *batches = text.split("[[batches]]")
    rest = batches[1][batches[1].index("[[targets]]") :]
    text = f"{first}[[batches]]{batches[0]}{rest}"
    for old, new in (
        ('id = "2026.11"', f'id = "{release}"'),
        ("released_on = 2026-11-24", f"released_on = {day}"),
        ("data_through = 2026-11-01", f"data_through = {day}"),
        ('as_of = "2026-11-01"', f'as_of = "{day}"'),
        ('next_expected = "2027-02"\n', ""),
    ):
        assert old in text
        text = text.replace(old, new)
    text = text.replace('published_on = "2026-11-01"', f'published_on = "{day}"')
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def protected(folder: Path, number: int) -> int:
    """Protect the register of a release, with all before it named; give the exit status."""
    before = [word for name in RELEASES[:number][::-1] for word in ("--previous", str(folder / f"paket-{name}"))]
    own = register(folder, STAGES[number]), config(folder, RELEASES[number])
    out = folder / f"paket-{RELEASES[number]}"
    return main(["anonymize", str(own[0]), "--config", str(own[1]), "--out", str(out), *before])


def test_three_releases_of_a_batch_go_through_the_commands(tmp_path: Path) -> None:
    data = tmp_path / "data"
    seen: dict[tuple[str, ...], Mapping[str, str]] = {}
    for number, release in enumerate(RELEASES):
        assert protected(tmp_path, number) == 0
        assert main(["join", str(tmp_path / f"paket-{release}"), "--data", str(data)]) == 0
        now = dict(cells(data))
        assert {key: now[key] for key in seen} == seen
        seen = now
    assert list(store.lists(data)) == [*RELEASES[:2]]
    dates = {(stage, row["as_of"]) for (stage, *_), row in seen.items()}
    assert dates >= {("peserta", "2027-01-15"), ("kompeten", "2027-02-15"), ("skk_terbit", "2027-03-15")}
    assert len({stage for stage, _ in dates}) == len(dates)
    said = (data / "releases.toml").read_text(encoding="utf-8")
    assert "[[release.correction]]" not in said
    assert main(["audit", str(data)]) == 0


def cells(data: Path) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    """Give what the data say of each cell."""
    for row in rows(data / "outcomes/observations.csv"):
        place = [value for name, value in row.items() if name.endswith(("_code", "_level", "_band", "_source"))]
        yield (row["stage"], row["sex"], row["track"], row["classification"], *place), row
