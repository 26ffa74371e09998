"""The list of releases as the door writes it: what stands is kept byte for byte, the new one comes last."""

from __future__ import annotations

import tomllib
from datetime import date

from kompeten.register.publishing.releases import release_ids, release_text
from kompeten.register.reading.config import Correction

NEW = {"released_on": date(2026, 12, 1), "id": "2026.12", "title_id": 'Rilis "dua"', "title_en": "Second release"}
ENTRY = """[[release]]
id = "2026.12"
released_on = 2026-12-01
title_id = "Rilis \\"dua\\""
title_en = "Second release"
"""


def test_the_first_release_stands_alone_with_its_keys_in_order() -> None:
    assert release_text(NEW) == ENTRY
    assert tomllib.loads(ENTRY)["release"] == [NEW]


def test_earlier_releases_stay_as_they_stand() -> None:
    past = '# by hand\n[[release]]\nid   = "2026.11"\n\n\n'
    assert release_text(NEW, past=past) == f'# by hand\n[[release]]\nid   = "2026.11"\n\n{ENTRY}'
    assert release_ids(release_text(NEW, past=past)) == ("2026.11", "2026.12")


def test_a_correction_is_declared_for_every_cell_of_its_batch() -> None:
    own = Correction(batch_id="t1", reason_id="salah salin", reason_en="copied wrongly")
    declared = tomllib.loads(release_text(NEW, [own], source_id="register-t"))["release"][0]["correction"]
    assert declared == [
        {
            "cell": "t1/*",
            "kind": "correction",
            "asked_by": "office",
            "reason_id": "salah salin",
            "reason_en": "copied wrongly",
            "source_id": "register-t",
        }
    ]


def test_what_is_no_toml_lists_no_release() -> None:
    assert release_ids("[[release") == ()
