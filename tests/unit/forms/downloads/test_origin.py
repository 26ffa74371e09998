"""A site says what it was made of, so that the same data folder can be laid down again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kompeten.forms.downloads import origin as packing
from kompeten.forms.downloads.origin import CHOSEN, ORIGIN, by_release, unpacked
from kompeten.ground.tree import digests_of
from kompeten.intake.validation import examine
from tests.published import DATA, SETTINGS, Published, published
from tests.published import write as write_tree


@pytest.fixture(params=["real", "demo"])
def site(request: pytest.FixtureRequest) -> Published:
    """Give a publication."""
    return published(request.param)


def test_the_packages_of_a_site_are_the_data_folder_that_it_was_made_of(site: Published, tmp_path: Path) -> None:
    origin = unpacked(site.tree[ORIGIN])
    assert origin.settings == SETTINGS
    assert (origin.release, origin.is_preview) == (site.edition.release.id, False)
    assert origin.kept == {release: digests_of(own) for release, own in by_release(site.edition.kept).items()}
    again = examine(write_tree(origin.files, tmp_path), DATA)
    assert again.packages.files() == origin.files
    assert {package.name: package.descriptor for package in again.packages.packages} == site.edition.descriptors


def archive(members: dict[str, str]) -> bytes:
    """Give an archive of members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name, text in members.items():
            opened.writestr(name, text)
    return stream.getvalue()


STRANGE = ("../data/policy.toml", "outcomes/x/y.csv", "outcomes/register.xlsx", "lain/observations.csv", "/policy.toml")


@pytest.mark.parametrize("name", STRANGE)
def test_what_no_data_folder_holds_is_not_laid_down(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        unpacked(archive({f"kaltim-kompeten/{name}": "x"}))


def test_an_archive_that_unpacks_to_more_than_any_packages_is_not_unpacked(
    site: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "LARGEST", len(site.tree[ORIGIN]) // 2)
    with pytest.raises(ValueError, match=ORIGIN):
        unpacked(site.tree[ORIGIN])


def test_what_is_no_archive_is_said(site: Published) -> None:
    with pytest.raises(ValueError, match="zip"):
        unpacked(b"x")
    assert CHOSEN in {name.rpartition("/")[2] for name in zipfile.ZipFile(io.BytesIO(site.tree[ORIGIN])).namelist()}
