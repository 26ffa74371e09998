"""Which release is published, and what every document says about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import build
from kompeten.api.publication import ReleaseError, publication
from kompeten.ground.settings import Settings
from kompeten.intake.validation import Examined, examine
from tests.unit.data_folders import REPOSITORY_DATA, tiny

SETTINGS = Settings(
    base_url="https://x.invalid/", repository_url="https://r.invalid/", contact_email="a@x.invalid", publisher="Redaksi"
)


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Examined:
    """Give a small data folder with two releases."""
    folder: Path = tiny(tmp_path_factory.mktemp("tiny"))
    found = examine(folder, REPOSITORY_DATA)
    assert found.findings == ()
    return found


def test_the_last_release_is_published_unless_another_is_asked_for(examined: Examined) -> None:
    assert publication(examined, SETTINGS, None).release.id == "2026.11"
    assert publication(examined, SETTINGS, "2026.01").release.id == "2026.01"


def test_a_release_that_is_none_is_refused_with_those_there_are(examined: Examined) -> None:
    with pytest.raises(ReleaseError) as caught:
        publication(examined, SETTINGS, "1999.01")
    assert str(caught.value) == "--release: write one of 2026.01, 2026.11 ← 1999.01 is not in releases.toml"


def test_the_imprint_names_publisher_release_and_licence(examined: Examined) -> None:
    imprint = publication(examined, SETTINGS, None).imprint
    assert (imprint.release, imprint.data_through, imprint.synthetic) == ("2026.11", "2025-12-31", False)
    assert imprint.attribution == ("Sumber: Redaksi, 2026.11, CC BY 4.0", "Source: Redaksi, 2026.11, CC BY 4.0")
    assert imprint.base_url == "https://x.invalid/"


def test_of_more_counts_than_a_site_is_made_of_none_is_made_and_they_are_checked_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tiny(tmp_path)
    monkeypatch.setattr("kompeten.api.publication.COUNTS_LIMIT", 3)
    options = ["--data", str(folder), "--lang", "en", "--no-cache", "--jobs", "1"]
    assert build.main([*options, "--out", str(tmp_path / "site")]) == 2
    assert capsys.readouterr().err == (
        "publish a region or a span of years at a time; --check takes this folder ← 16 counts; a site is made of 3 at "
        "most [size]\n"
    )
    assert not (tmp_path / "site").exists()
    assert build.main([*options, "--check"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "The data are clean: 371 rows checked, no findings.",
        "More counts than a site is made of: they were not compared with earlier releases.",
    ]
