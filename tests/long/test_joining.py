"""A package of the real programme is joined to the data, or the data stay byte for byte as they were."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kompeten.api.joining import Joined, JoinRefused, join
from kompeten.cli import main
from kompeten.ground.settings import load_settings
from kompeten.intake.permanent import KeepError, keep
from kompeten.register.anonymize import anonymize
from tests.conftest import ROOT
from tests.unit.data_folders import header, rows, write

Once = Callable[[str, Callable[[Path], None]], Path]
REGISTER, CONFIG = ROOT / "examples/register-contoh.csv", ROOT / "examples/config-contoh.toml"
SETTINGS = load_settings(ROOT / "kompeten.toml")
REAL = (
    ("contoh-2026", "kaltim-2026"),
    ('programme_id = "contoh"', 'programme_id = "kaltim"'),
    ("register-contoh", "register-kaltim-2026"),
    ('id = "2026.11"', 'id = "2099.01"'),
    ("released_on = 2026-11-24", "released_on = 2099-01-15"),
    ('next_expected = "2027-02"', 'next_expected = "2099-06"'),
    ("Rilis contoh (DATA SINTETIS)", "Hasil 2026"),
    ("Sample release (SYNTHETIC DATA)", "Results of 2026"),
    ("Dinas Contoh (SINTETIS)", "Dinas PUPR-Pera Provinsi Kalimantan Timur"),
    ("Register rekaan, data SINTETIS", "Register peserta 2026"),
    ("Invented register, SYNTHETIC data", "Register of participants 2026"),
    (" (SINTETIS)", ""),
    (" (SYNTHETIC)", ""),
)


def real_config() -> str:
    """Give the example's configuration as that of a batch of the real programme."""
    text = re.sub(r"(?m)^synthetic.*\n", "", CONFIG.read_text(encoding="utf-8"))
    text = re.sub(r"(?ms)^\[\[programmes\]\].*?^source_id[^\n]*\n", "", text)
    text = re.sub(r"(?ms)^\[\[targets\]\].*?^note_en[^\n]*\n", "", text)
    for old, new in REAL:
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="session")
def package(once: Once) -> Path:
    """Give a package of two batches of the real programme."""

    def make(out: Path) -> None:
        config = out.with_suffix(".toml")
        config.write_text(real_config(), encoding="utf-8")
        assert anonymize(REGISTER, config, out).exit_status == 0

    return once("package-real", make)


def digest(folder: Path) -> str:
    """Give a digest of all that a folder holds."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def copied(folder: Path) -> Path:
    """Give a copy of the repository's data."""
    return shutil.copytree(ROOT / "data", folder / "data")


def test_a_package_is_joined_and_once_more_changes_nothing(package: Path, real_site: Path, tmp_path: Path) -> None:
    data = copied(tmp_path)
    joined = join(package, data, SETTINGS, site=real_site)
    assert (joined.findings, joined.is_joined) == ((), True)
    assert {change.kind for change in joined.changes} == {"added"}
    shown = {"", "program/", "program/kaltim/", "tahap/", "tahap/kaltim-2026-1/", "tahap/kaltim-2026-2/"}
    shown |= {"wilayah/", "wilayah/64.01/", "wilayah/64/", "data/", "rilis/", "rilis/2099.01/", "a-z/"}
    assert shown <= set(joined.pages)
    assert not {"program/ppu/", "tahap/kaltim-2025-4/", "klaim/", "warga/"} & set(joined.pages)
    assert len(set(joined.pages)) == len(joined.pages)
    before, after = (rows(folder / "outcomes/observations.csv") for folder in (ROOT / "data", data))
    assert [row for row in after if row["source_id"] != "register-kaltim-2026"] == before
    assert 'id = "2099.01"' in (data / "releases.toml").read_text(encoding="utf-8")
    joined_bytes = digest(data)
    link = tmp_path / "link"
    link.symlink_to(data)
    again = join(package, link, SETTINGS, site=real_site)
    assert (again.is_joined, again.changes, digest(data)) == (True, (), joined_bytes)
    assert link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "link"]


def a_number_edited(package: Path, _data: Path) -> None:
    path = package / "outcomes/observations.csv"
    found = rows(path)
    row = next(row for row in found if row["stage"] == "pendaftar")
    row["value"] = str(int(row["value"]) + 1)
    write(path, header(path), found)


def a_mark_taken_away(package: Path, _data: Path) -> None:
    path = package / "outcomes/datapackage.json"
    text = path.read_text(encoding="utf-8")
    assert '"protected"' in text
    path.write_text(text.replace('"protected"', '"shielded"'), encoding="utf-8")


def a_source_taken_away(_package: Path, data: Path) -> None:
    path = data / "batches/sources.csv"
    write(path, header(path), [row for row in rows(path) if row["source_id"] != "persepsinews"])


@pytest.mark.parametrize("damage", [a_number_edited, a_mark_taken_away, a_source_taken_away])
def test_a_finding_leaves_the_data_as_they_were(
    package: Path, real_site: Path, tmp_path: Path, damage: Callable[[Path, Path], None]
) -> None:
    data, own = copied(tmp_path), shutil.copytree(package, tmp_path / "package")
    damage(own, data)
    before = digest(data)
    joined = join(own, data, SETTINGS, site=real_site)
    assert not joined.is_joined
    assert joined.findings or (joined.verdict and joined.verdict.breaches)
    assert digest(data) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "package"]


TABLE, DESCRIPTOR, RELEASES = "outcomes/observations.csv", "outcomes/datapackage.json", "releases.toml"
BROKEN: Mapping[str, tuple[str, Callable[[bytes], bytes]]] = {
    "cut": (TABLE, lambda own: own[: len(own) // 2]),
    "columns swapped": (TABLE, lambda own: b"\n".join(b",".join(row.split(b",")[::-1]) for row in own.split(b"\n"))),
    "utf-16": (TABLE, lambda own: own.decode().encode("utf-16")),
    "too large": (TABLE, lambda own: own.replace(b",released,", b"9" * 300 + b",released,", 1)),
    "control": (TABLE, lambda own: own[:90] + b"\0" * 9 + own[90:]),
    "hidden as released": (TABLE, lambda own: own.replace(b",,hidden,", b",3,released,exact,", 1)),
    "deep": (DESCRIPTOR, lambda _: b"[" * 100_000),
    "list": (DESCRIPTOR, lambda _: b"[]"),
    "way out": (DESCRIPTOR, lambda own: own.replace(b'"observations.csv"', b'"../../x.csv"')),
    "half a block": (RELEASES, lambda own: own + b"[[release"),
    "id as a way": (RELEASES, lambda own: own.replace(b'"2099.01"', b'"../../x"')),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_package_is_named_with_its_mend_and_touches_nothing(
    package: Path, real_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    own = shutil.copytree(package, tmp_path / "paket")
    place, change = BROKEN[how]
    before = (own / place).read_bytes()
    (own / place).write_bytes(change(before))
    assert (own / place).read_bytes() != before
    assert main(["join", str(own), "--data", str(tmp_path / "data"), "--site", str(real_site)]) in (1, 2, 3)
    assert "←" in "".join(capsys.readouterr())
    assert [path.name for path in tmp_path.iterdir()] == ["paket"]


def test_what_is_invented_is_never_joined_to_what_is_real(tmp_path: Path) -> None:
    assert anonymize(REGISTER, CONFIG, tmp_path / "paket").exit_status == 0
    data = copied(tmp_path)
    with pytest.raises(
        JoinRefused,
        match=r"^join what is invented to what is invented alone ← paket and data: one is invented, the other real$",
    ):
        join(tmp_path / "paket", data, SETTINGS)
    assert digest(data) == digest(ROOT / "data")


def constraints_of_before(package: Path) -> str:
    for name in ("batches", "outcomes", "reference"):
        path = package / name / "datapackage.json"
        path.write_text(path.read_text(encoding="utf-8").replace('"minimum": 0', '"minimum": 1'), encoding="utf-8")
    return ", such as reference/"


def a_list_of_before(package: Path) -> str:
    path = package / "reference/regions.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-2]), encoding="utf-8")
    return "(schemas or code lists that differ: 1, such as reference/regions.csv)"


@pytest.mark.parametrize("older", [constraints_of_before, a_list_of_before])
def test_a_package_of_another_version_is_one_sentence(
    package: Path, tmp_path: Path, older: Callable[[Path], str]
) -> None:
    own = shutil.copytree(package, tmp_path / "paket-2026")
    said = older(own)
    with pytest.raises(JoinRefused) as caught:
        join(own, copied(tmp_path), SETTINGS)
    assert said in str(caught.value)
    assert str(caught.value).startswith("paket-2026: update the program, run kompeten anonymize again, then join ← ")


def test_what_is_no_package_is_refused_with_the_way_it_goes(tmp_path: Path) -> None:
    (tmp_path / "hitungan.csv").write_text("batch_id;stage\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    for name in ("hitungan.csv", "data", "nothing"):
        with pytest.raises(JoinRefused) as caught:
            join(tmp_path / name, tmp_path / "data", SETTINGS)
        assert ": protect a register of people with kompeten anonymize first; paste rows of counts" in str(caught.value)


def test_a_release_that_is_kept_already_is_not_built_again(
    package: Path, real_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = copied(tmp_path)
    keep(real_site, data)

    def never(*_: object) -> None:
        raise AssertionError("the last release is kept")

    monkeypatch.setattr("kompeten.api.joining.published", never)
    assert join(package, data, SETTINGS).is_joined


def test_a_site_of_other_data_or_of_another_release_is_refused_with_the_mend(
    package: Path, real_site: Path, tmp_path: Path
) -> None:
    data = copied(tmp_path)
    path = data / "outcomes/observations.csv"
    found = rows(path)
    found[0]["value"] = str(int(found[0]["value"]) + 50)
    write(path, header(path), found)
    before = digest(data)
    cell = "/".join((found[0]["batch_id"], found[0]["stage"]))
    with pytest.raises(JoinRefused) as caught:
        join(package, data, SETTINGS, site=real_site)
    text = str(caught.value)
    assert text.startswith(f"{real_site.name}: leave out --site, or build the site of data anew and name that ← ")
    assert f"first at {cell}" in text
    for site, said in ((tmp_path, "name the folder of a built site"), (tmp_path / "gone", "name the folder of")):
        with pytest.raises(KeepError, match=said):
            join(package, data, SETTINGS, site=site)
    assert digest(data) == before


def test_the_id_of_another_release_is_refused(package: Path, real_site: Path, tmp_path: Path) -> None:
    data, own = copied(tmp_path), shutil.copytree(package, tmp_path / "package")
    last = re.findall(r'^id = "(.*)"', (data / "releases.toml").read_text(encoding="utf-8"), flags=re.MULTILINE)[-1]
    path = own / "releases.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2099.01", last), encoding="utf-8")
    before = digest(data)
    with pytest.raises(JoinRefused) as caught:
        join(own, data, SETTINGS, site=real_site)
    assert str(caught.value) == (
        f"write an id after {last} in [release], then run anonymize again ← release {last} stands in data with other "
        "dates"
    )
    assert digest(data) == before


def test_the_command_says_which_pages_change_and_whom_to_send_it_to(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = Joined(verdict=None, pages=("tahap/kaltim-2026-1/",))
    monkeypatch.setattr("kompeten.api.joining.join", lambda *_, **__: done)
    assert main(["join", str(package), "--data", str(tmp_path / "data")]) == 3
    assert capsys.readouterr().out == (
        f"Belum digabung: {tmp_path / 'data'} tetap seperti semula. Perbaiki yang disebut di atas, lalu ulangi.\n"
    )
    monkeypatch.setattr(Joined, "is_joined", property(lambda _: True))
    assert main(["join", str(package), "--data", str(tmp_path / "data"), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert f"  {SETTINGS.base_url}tahap/kaltim-2026-1/\n" in said
    assert f"send the package to {SETTINGS.contact_email} or propose it at {SETTINGS.repository_url}.\n" in said


def test_a_batch_that_stands_is_no_other_batch(package: Path, tmp_path: Path) -> None:
    data = copied(tmp_path)
    path = data / "batches/batches.csv"
    (fresh,) = (row for row in rows(package / "batches/batches.csv") if row["batch_id"] == "kaltim-2026-1")
    write(path, header(path), [*rows(path), {**fresh, "number": "7", "source_id": "berauterkini"}])
    with pytest.raises(JoinRefused, match=r"^p…/batches/batches\.csv:\d+: number: write 7 as in batches\.csv, or "):
        join(package, data, SETTINGS)
