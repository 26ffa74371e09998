"""Four invented releases in a row: each is written, checked, built and kept before the next one, as real ones are.

The first begins; the second adds a batch; the third adds one, revises a figure and redefines a stage; the fourth
renames a batch, withdraws one, and lets a regency split.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kompeten import RECORD
from kompeten.api.releasing import published
from kompeten.ground.doormark import PROPERTY, marks_for
from kompeten.ground.policy import Policy, load_policy
from kompeten.ground.rows import header_of, rows_of, rows_text
from kompeten.ground.vocabulary import ALL, DIMENSIONS
from kompeten.intake.permanent import keep
from kompeten.invented.sample import PROGRAMME, SOURCE, sample_files
from kompeten.register.publishing.folder import json_bytes, refuse_own_data, write_folder

Row = dict[str, str]
Files = Mapping[str, bytes]
BATCHES, OBSERVATIONS, CONTEXT = "batches/batches.csv", "outcomes/observations.csv", "outcomes/context.csv"
SOURCES, REGIONS, STAGES = "batches/sources.csv", "reference/regions.csv", "reference/stages.csv"
OF_BATCHES = (BATCHES, "batches/venues.csv", OBSERVATIONS)
DESCRIPTOR = "outcomes/datapackage.json"
PAPER = "koran-contoh"
LATER, LAST = f"{PROGRAMME}-2026-1", f"{PROGRAMME}-2026-2"
FIRST, RENAMED, WRONG = f"{PROGRAMME}-2020-uji", f"{PROGRAMME}-2020-perdana", f"{PROGRAMME}-2019-percobaan"
DIVIDED, CUT_OUT, SPLIT_ON = "64.08", "64.12", "2026-10-15"

RELEASES = """\
[[release]]
id = "2026.03"
released_on = 2026-03-20
data_through = 2026-03-01
next_expected = "2026-05"
title_id = "Rilis contoh pertama (DATA SINTETIS)"
title_en = "First sample release (SYNTHETIC DATA)"
note_id = "Semua angka rekaan, untuk memperlihatkan situs."
note_en = "All figures are invented, to show the site."

[[release]]
id = "2026.05"
released_on = 2026-05-20
data_through = 2026-05-01
next_expected = "2026-08"
title_id = "Tahap I 2026 (DATA SINTETIS)"
title_en = "Tahap I of 2026 (SYNTHETIC DATA)"
note_id = "Satu tahap bertambah. Semua angka rekaan."
note_en = "One batch is added. All figures are invented."

[[release]]
id = "2026.08"
released_on = 2026-08-20
data_through = 2026-08-01
next_expected = "2026-11"
title_id = "Tahap II 2026 dan satu koreksi (DATA SINTETIS)"
title_en = "Tahap II of 2026 and a correction (SYNTHETIC DATA)"
note_id = "Satu tahap bertambah, satu angka dikoreksi, satu tahapan diartikan lain. Semua angka rekaan."
note_en = "One batch is added, one figure corrected, one stage redefined. All figures are invented."

[[release.correction]]
cell = "konteks/pekerja_konstruksi/64/2025"
kind = "correction"
from = 123546
to = 123456
reason_id = "Dua angka tertukar waktu disalin (rekaan)."
reason_en = "Two digits were swapped in copying (invented)."
source_id = "register-contoh"
asked_by = "reader"

[[release.redefinition]]
address = "stages/hadir"
reason_id = "Definisinya mengikuti daftar kode yang baru (rekaan)."
reason_en = "The definition follows the newer code list (invented)."
asked_by = "office"

[[release]]
id = "2026.11"
released_on = 2026-11-24
data_through = 2026-11-01
next_expected = "2027-02"
title_id = "Pemekaran kabupaten (DATA SINTETIS)"
title_en = "A regency splits (SYNTHETIC DATA)"
note_id = "Satu kode berganti, satu tahap ditarik, satu kabupaten dipecah. Semua angka rekaan."
note_en = "One code is renamed, one batch withdrawn, one regency split. All figures are invented."

[[release.rename]]
from = "batches/contoh-2020-uji"
to = "batches/contoh-2020-perdana"
reason_id = "Ternyata ini tahap perdana, bukan uji coba (rekaan)."
reason_en = "It turned out to be the first batch, not a trial (invented)."
asked_by = "source"

[[release.removal]]
address = "batches/contoh-2019-percobaan"
reason_id = "Koran menarik beritanya (rekaan)."
reason_en = "The newspaper withdrew its report (invented)."
asked_by = "source"

[[release.redefinition]]
address = "regions/64.08"
reason_id = "Sebagian wilayahnya menjadi kabupaten baru (rekaan)."
reason_en = "A part of its territory became a new regency (invented)."
asked_by = "office"
"""


Edit = tuple[str, Callable[[list[Row]], list[Row]]]
"""What tells one release from the last one: the path of a table, and what is done to its rows."""


def write_history(seed: int, out: Path, *, data: Path = RECORD) -> int:
    """Write an invented data folder with four releases, of which three are kept; give the number of observations."""
    refuse_own_data(out, data)
    policy = load_policy(data / "policy.toml")
    files, count = sample_files("kaltim", seed, policy, data=data)
    blocks = [f"[[release]]{block}" for block in RELEASES.split("[[release]]")[1:]]
    kept: dict[str, bytes] = {}
    for number in range(1, len(blocks) + 1):
        own = {**edited(files, number, policy), "releases.toml": "".join(blocks[:number]).encode()}
        write_folder(out, {**own, **kept})
        if number < len(blocks):
            with published(out, None) as site:
                keep(site, out)
            home = out / "permanent"
            kept = {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}
    return count


def edited(files: Files, number: int, policy: Policy) -> dict[str, bytes]:
    """Give the data folder as one of the releases has it, from 1, with the marks of the door on its counts."""
    missing = {1: {LATER, LAST}, 2: {LAST}}.get(number, set())
    edits: list[Edit] = [
        (SOURCES, _with_paper),
        (OBSERVATIONS, _dated),
        (BATCHES, lambda rows: _with_events(rows, number)),
        (OBSERVATIONS, lambda rows: _with_their_counts(rows, number)),
        *((path, lambda rows: [row for row in rows if row["batch_id"] not in missing]) for path in OF_BATCHES),
    ]
    if number < 3:
        edits += [(CONTEXT, _with_slip), (STAGES, _with_older_words)]
    if number == 4:
        edits.append((REGIONS, _split))
    found = dict(files)
    for path, change in edits:
        text = found[path].decode()
        found[path] = rows_text(header_of(text), change(list(rows_of(text)))).encode()
    descriptor = json.loads(found[DESCRIPTOR])
    rows = rows_of(found[OBSERVATIONS].decode())
    descriptor[PROPERTY] = [mark.as_json() for mark in marks_for(rows, SOURCE, policy)]
    return {**found, DESCRIPTOR: json_bytes(descriptor)}


def _changed(rows: Sequence[Row], where: tuple[str, str], **cells: str) -> list[Row]:
    return [{**row, **cells} if row[where[0]] == where[1] else row for row in rows]


def _dated(rows: list[Row]) -> list[Row]:
    """Let each count be as of its own year: what was known then does not move later."""
    return [{**row, "as_of": row["batch_id"].split("-")[1]} for row in rows]


def _with_paper(rows: list[Row]) -> list[Row]:
    """Add a newspaper; let what came out this year have come out before the first of the releases."""
    paper = {"source_id": PAPER, "kind": "press", "publisher": "Koran Contoh (SINTETIS)", "published_on": "2020"}
    titles = {"title_id": "Berita rekaan, data SINTETIS", "title_en": "Invented report, SYNTHETIC data"}
    older = [{**row, "published_on": re.sub(r"^2026-.*", "2026", row["published_on"])} for row in rows]
    return sorted([*older, {**paper, **titles}], key=lambda row: row["source_id"])


def _events(number: int) -> dict[str, tuple[str, str]]:
    """Give the events that a release has, and their names."""
    trial = (WRONG, ("Percobaan 2019 (SINTETIS)", "Trial of 2019 (SYNTHETIC)"))
    first = (RENAMED if number == 4 else FIRST, ("Tahap perdana 2020 (SINTETIS)", "First batch of 2020 (SYNTHETIC)"))
    return dict([first] if number == 4 else [trial, first])


def _with_events(rows: list[Row], number: int) -> list[Row]:
    unknown = dict.fromkeys(("number", "training_mode", "start_on", "end_on"), "")
    model = {**rows[0], **unknown, "kind": "event", "source_id": PAPER}
    added = [
        {**model, "batch_id": name, "year": name.split("-")[1], "name_id": name_id, "name_en": name_en}
        for name, (name_id, name_en) in _events(number).items()
    ]
    return [*added, *rows]


def _with_their_counts(rows: list[Row], number: int) -> list[Row]:
    model = {**next(row for row in rows if row["stage"] == "peserta"), **dict.fromkeys(DIMENSIONS, ALL)}
    added = [
        {**model, "batch_id": name, "value": value, "as_of": name.split("-")[1], "source_id": PAPER}
        for name, value in zip(_events(number), ("40",) if number == 4 else ("25", "40"), strict=True)
    ]
    return [*added, *rows]


def _with_slip(rows: list[Row]) -> list[Row]:
    return _changed(rows, ("measure", "pekerja_konstruksi"), value="123546")


def _with_older_words(rows: list[Row]) -> list[Row]:
    older = {"definition_id": "Peserta yang datang.", "definition_en": "Participants who came."}
    return _changed(rows, ("code", "hadir"), **older)


def _split(rows: list[Row]) -> list[Row]:
    parent = next(row for row in rows if row["region_code"] == DIVIDED)
    names = {"name_id": "Kabupaten Contoh (SINTETIS)", "name_en": "Sample Regency (SYNTHETIC)"}
    new = {**parent, "region_code": CUT_OUT, "bps_code": "6412", "valid_from": SPLIT_ON, **names}
    return [*_changed(rows, ("region_code", DIVIDED), successor=CUT_OUT), new]
