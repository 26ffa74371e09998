"""Releases one after the other: corrections of corrections, renames of renames, splits, withdrawals and returns."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from kompeten.api import about, text
from kompeten.api.edition import Edition, compute
from kompeten.api.publication import publication, standing_findings
from kompeten.forms.catalogues import feeds
from kompeten.ground.store import is_permanent
from kompeten.ground.tree import Tree
from kompeten.intake.permanent import Kept
from kompeten.intake.validation import examine
from kompeten.pages import contents, frames, gone
from kompeten.pages.book import Book
from kompeten.pages.page import Page
from kompeten.site import composing
from tests.published import SETTINGS, privacy
from tests.unit.data_folders import REPOSITORY_DATA, add, change, header, rows, tiny, write

OBSERVATIONS, BATCHES, REGIONS = "outcomes/observations.csv", "batches/batches.csv", "reference/regions.csv"
CELL = {"batch_id": "uji-2025-1", "stage": "skk_terbit"}
REASON = 'reason_id = "Alasan {n}."\nreason_en = "Reason {n}."\nasked_by = "editors"\n'
COPY = re.compile(r"(api/v1/|downloads/)releases/[^/]+/(.+)")
FRAME = re.compile(r"(embed/[^/]+/)[^/]+/index\.html")


@dataclass(kw_only=True)
class Chain:
    """A data folder with its releases, each built in memory and kept before the next one."""

    data: Path
    number: int = 0
    base: str = SETTINGS.base_url
    kept: dict[str, bytes] = field(default_factory=dict)
    edition: Edition | None = None
    files: Tree = field(default_factory=Tree)
    pages: tuple[Page, ...] = ()
    books: tuple[Book, ...] = ()

    def declare(self, *declared: str) -> list[str]:
        """Begin a release with these declarations; give the findings in English."""
        self.number += 1
        day = f"2027-{self.number:02d}-15"
        words = f'title_id = "Rilis {self.number}"\ntitle_en = "Release {self.number}"\n'
        entry = f'\n[[release]]\nid = "2027.{self.number:02d}"\nreleased_on = {day}\ndata_through = {day}\n{words}'
        with (self.data / "releases.toml").open("a", encoding="utf-8") as listed:
            listed.write(entry + "".join(f"\n{each}{REASON.format(n=self.number)}" for each in declared))
        examined = examine(self.data, REPOSITORY_DATA)
        assert [each.line("en") for each in examined.findings] == []
        examined = replace(examined, kept=Kept(files=self.kept))
        chosen = publication(examined, SETTINGS.at(self.base), None)
        self.edition = compute(chosen, privacy())
        return [each.line("en") for each in standing_findings(chosen, examined)]

    def publish(self, *, whole: bool) -> None:
        """Build the release and keep it: the documents, or with them downloads, pages and pictures."""
        assert self.edition is not None
        release = self.edition.release.id
        if not whole:
            documents = text.files(self.edition.documents)
            self.files = Tree()
            self.files.add({**documents, **about.standing(self.edition)})
            self.kept |= {about.release_copy(path, release): content for path, content in documents.items()}
            return
        self.files = composing.figures(self.edition)
        books = contents.books(self.edition, composing.TEMPLATES)
        own = []
        for book in books.values():
            told = contents.told_pages(book)
            told = (*told, *gone.pages(book, frozenset(page.path for page in told)))
            own += [*told, *contents.framed(book, told)]
        self.pages, self.books = tuple(own), tuple(books.values())
        drawn = contents.picture_files(self.pages, books)
        self.files.add(drawn | gone.files(books, {*self.files, *drawn}))
        pages = {f"{page.address}index.html": f"{page.body}{frames.FOOT}".encode() for page in self.pages}
        self.kept |= {path: own for path, own in {**self.files, **pages}.items() if is_permanent(path, release)}

    def release(self, *declared: str, whole: bool = False) -> None:
        """Publish a release in which everything is declared as it is."""
        assert self.declare(*declared) == []
        self.publish(whole=whole)

    def rows(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.files[f"api/v1/{name}"])["data"]
        return found

    def told(self) -> list[str]:
        """Give the changes of the newest release as sentences, wording aside."""
        moved = self.rows(f"changes/2027.{self.number:02d}.json")
        return [each["sentence"]["en"] for each in moved if each["kind"] != "reworded"]

    def fed(self, feed: str) -> list[str]:
        """Give the releases of which a feed has an entry."""
        assert self.edition is not None
        items: list[dict[str, Any]] = json.loads(feeds.files(self.edition)[f"feeds/{feed}.json"])["items"]
        return [each["title"].rpartition(" ")[2] for each in items]

    def version(self) -> str:
        return str(self.rows("releases.json")[0]["data_version"])

    def page(self, path: str, language: str = "en") -> str:
        (found,) = [each for each in self.pages if (each.path, each.language) == (path, language)]
        return " ".join(re.sub("<[^>]+>", " ", found.body).split())

    def notices(self) -> dict[str, str]:
        """Give what pinned pictures of earlier releases say at their foot in English, by slug."""
        noticed = frames.with_notices(self.kept, self.files, self.books)
        found = {path: content.decode() for path, content in noticed.items() if content != self.kept[path]}
        return {
            path.split("/")[2]: re.findall("_top[^>]*>([^<]*)<", text)[-1]
            for path, text in found.items()
            if path.startswith("en/")
        }

    def named(self, old: str, new: str) -> None:
        """Write another id wherever one is named."""
        for path in (*self.data.glob("batches/*.csv"), *self.data.glob("outcomes/*.csv"), self.data / REGIONS):
            found = [{name: _named(cell, old, new) for name, cell in row.items()} for row in rows(path)]
            write(path, header(path), found)

    def drop(self, file: str, **cells: str) -> None:
        """Remove the rows that agree with the cells."""
        found = rows(self.data / file)
        left = [row for row in found if any(row[name] != text for name, text in cells.items())]
        assert len(left) < len(found)
        write(self.data / file, header(self.data / file), left)


def _named(cell: str, old: str, new: str) -> str:
    return "/".join(new if part == old else part for part in cell.split("/")) if " " not in cell else cell


def corrected(value: int) -> Callable[[Path], object]:
    return lambda data: change(data, OBSERVATIONS, CELL, value=str(value))


def correction(old: int, new: int, kind: str = "correction", cell: str = "uji-2025-1/skk_terbit") -> str:
    return (
        f'[[release.correction]]\ncell = "{cell}"\nkind = "{kind}"\nfrom = {old}\nto = {new}\nsource_id = "koran-b"\n'
    )


def renamed(old: str, new: str) -> str:
    return f'[[release.rename]]\nfrom = "{old}"\nto = "{new}"\n'


def removed(address: str, *heirs: str) -> str:
    return f'[[release.removal]]\naddress = "{address}"\nsuccessor = {json.dumps(heirs)}\n'


def redefined(*addresses: str) -> str:
    return f"[[release.redefinition]]\naddress = {json.dumps(addresses)}\n"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    data = tiny(tmp_path_factory.mktemp("first"))
    (data / "releases.toml").write_text("", encoding="utf-8")
    found = Chain(data=data)
    found.release(whole=True)
    return found


@pytest.fixture
def chain(first: Chain, tmp_path: Path) -> Chain:
    """Give a chain of which the first release is published."""
    data = Path(shutil.copytree(first.data, tmp_path / "data"))
    return Chain(data=data, number=1, kept=dict(first.kept))


def add_batch(data: Path, name: str, number: str) -> None:
    model = {"batch_id": name, "number": number, "name_id": f"Tahap {number}", "name_en": f"Tahap {number}"}
    add(data, BATCHES, {**model, "note_id": "", "note_en": ""}, like={"batch_id": "uji-2025-2"})


def test_a_correction_of_a_correction_is_told_step_by_step_and_quotes_the_last_figure(chain: Chain) -> None:
    where, seen = "Certificates issued, Tahap I (koran-b.example)", []
    for old, new, kind in ((65, 66, "correction"), (66, 67, "correction"), (67, 65, "revision")):
        corrected(new)(chain.data)
        chain.release(correction(old, new, kind), whole=new == 65)
        (said,) = chain.told()
        seen.append((said, chain.version()))
    assert seen == [
        (f"{where}: was 65, is now 66 (+1).", "1.0.1"),
        (f"{where}: was 66, is now 67 (+1).", "1.0.2"),
        (f"{where}: was 67, is now 65 (−2).", "1.0.3"),
    ]
    page = chain.page("tahap/uji-2025-1/")
    assert [page.index(f"Reason {n}.") for n in (4, 3, 2)] == sorted(page.index(f"Reason {n}.") for n in (4, 3, 2))
    hashes = {row["id"]: row["data_hash"] for row in chain.rows("releases.json")}
    assert hashes["2027.01"] == hashes["2027.04"] != hashes["2027.02"]


def test_the_history_of_a_figure_follows_its_batch_to_another_id(chain: Chain) -> None:
    corrected(66)(chain.data)
    chain.release(correction(65, 66))
    chain.named("uji-2025-1", "uji-2025-01")
    chain.release(renamed("batches/uji-2025-1", "batches/uji-2025-01"), whole=True)
    page = chain.page("tahap/uji-2025-01/")
    assert "2027.02 Certificates issued, Tahap I (koran-b.example): was 65, is now 66 (+1). Reason 2." in page
    assert "2027.03 Batches, Tahap I: its code is now uji-2025-01, it was uji-2025-1. Reason 3." in page
    past = chain.page("rilis/2027.01/angka/")
    assert "Tahap I Certificates issued 65 Revised in release 2027.02" in past
    assert "were published for the address" not in past


def test_files_of_a_release_from_another_host_say_where_they_stand_now(chain: Chain) -> None:
    chain.base = "https://new.example/"
    chain.release(whole=True)
    assert (
        "The files of this release were published for the address https://host.example/repo/ and are not changed. "
        "Links in them that begin with that address are now found under https://new.example/, by the same name."
    ) in chain.page("rilis/2027.01/angka/")


def test_the_history_of_the_workforce_stands_on_its_page(chain: Chain) -> None:
    change(chain.data, "outcomes/context.csv", {"context_id": "pekerja-a"}, value="1501")
    chain.release(correction(1500, 1501, cell="konteks/pekerja_konstruksi/64/2024"), whole=True)
    said = "2027.02 Construction workers, East Kalimantan, 2024 (koran-a.example): was 1,500, is now 1,501 (+1)."
    assert f"{said} Reason 2." in chain.page("tenaga-kerja/")


def test_a_pinned_picture_tells_a_revision_from_an_addition(chain: Chain) -> None:
    add_batch(chain.data, "uji-2025-3", "3")
    counted = {"batch_id": "uji-2025-3", "value": "30", "preferred": "true", "as_of": "2025-06"}
    like = {"batch_id": "uji-2025-1", "stage": "peserta", "source_id": "koran-b"}
    add(chain.data, OBSERVATIONS, counted, like=like)
    chain.release(whole=True)
    assert set(chain.notices().values()) == {"Release 2027.02 has newer figures"}
    added = {*chain.notices()}
    assert "tahapan-uji-2025-1" not in added
    corrected(66)(chain.data)
    chain.release(correction(65, 66), whole=True)
    revised = {
        slug
        for slug, said in chain.notices().items()
        if said == "Figures in this picture were revised in release 2027.03"
    }
    assert revised == {"corong-uji-2025-1", "tahapan-uji", "tahapan-uji-2025-1", "tahun-uji"}
    assert chain.notices()["target-uji-2025"] == "Release 2027.02 has newer figures"


def test_a_correction_that_quotes_the_figure_before_the_last_is_found(chain: Chain) -> None:
    corrected(66)(chain.data)
    chain.release(correction(65, 66))
    corrected(67)(chain.data)
    assert chain.declare(correction(65, 67)) == [
        "releases.toml:26: correction: correct from and to, or leave them out"
        " ← “uji-2025-1/skk_terbit”: the figures are not those stated; published are: 66 → 67"
    ]


def test_a_rename_of_a_rename_followed_by_a_split_leads_from_the_first_address_to_the_last(chain: Chain) -> None:
    chain.named("uji-2025-1", "uji-2025-01")
    chain.release(renamed("batches/uji-2025-1", "batches/uji-2025-01"), whole=True)
    assert chain.told() == ["Batches, Tahap I: its code is now uji-2025-01, it was uji-2025-1."]
    chain.named("uji-2025-01", "uji-2025-i")
    chain.release(renamed("batches/uji-2025-01", "batches/uji-2025-i"))
    for name, number in (("uji-2025-3", "3"), ("uji-2025-4", "4")):
        add_batch(chain.data, name, number)
    for file in (BATCHES, OBSERVATIONS, "batches/venues.csv"):
        chain.drop(file, batch_id="uji-2025-i")
    chain.drop("outcomes/preferences.csv", cell_id="uji-2025-i/peserta")
    chain.release(removed("batches/uji-2025-i", "batches/uji-2025-3", "batches/uji-2025-4"), whole=True)
    assert chain.version() == "4.0.0"
    stones = [(row["id"], row["successor"], row["successors"], row["kept"]) for row in chain.rows("tombstones.json")]
    heirs = ["uji-2025-3", "uji-2025-4"]
    assert stones == [
        ("uji-2025-1", "uji-2025-01", heirs, "api/v1/releases/2027.01/batches/uji-2025-1.json"),
        ("uji-2025-01", "uji-2025-i", heirs, "api/v1/releases/2027.02/batches/uji-2025-01.json"),
        ("uji-2025-i", "uji-2025-3", heirs, "api/v1/releases/2027.03/batches/uji-2025-i.json"),
    ]
    assert chain.page("tahap/uji-2025-1/") == (
        "Tahap I (uji-2025-1) is no longer published This address was withdrawn on 15 February 2027. Reason 2."
        " In its place: uji-2025-3 , uji-2025-4"
        " Its document as it was last published · Releases and corrections · JSON"
    )
    assert old_addresses(chain) == []
    drawing = chain.files["charts/tahapan-uji-2025-1.en.svg"].decode()
    assert "tahapan-uji-2025-1 is no longer published" in drawing
    assert "In its place: tahapan-uji-2025-3, tahapan-uji-2025-4" in drawing
    table = chain.files["downloads/slices/batches/uji-2025-1.csv"].decode()
    assert list(csv.DictReader(io.StringIO(table))) == [
        {
            "id": "uji-2025-1",
            "name_id": "Tahap I",
            "name_en": "Tahap I",
            "withdrawn_on": "2027-02-15",
            "reason_id": "Alasan 2.",
            "reason_en": "Reason 2.",
            "successors": "uji-2025-3 uji-2025-4",
            "kept": "downloads/releases/2027.01/slices/batches/uji-2025-1.csv",
        }
    ]


def old_addresses(chain: Chain) -> list[str]:
    """Give the addresses that releases had and at which there is nothing now."""
    have = {*chain.files, *(f"{page.address}index.html" for page in chain.pages)}
    live = (COPY.sub(r"\1\2", FRAME.sub(r"\1index.html", path)) for path in chain.kept)
    sealed = {"api/v1/files.json", "api/v1/index.json", "downloads/kaltim-kompeten.zip"}
    found = {path for path in live if path not in have} - sealed
    drawn = {FRAME.fullmatch(path.removeprefix("en/")) for path in chain.kept}
    for match in filter(None, drawn):
        slug = match[1].split("/")[1]
        found |= {f"charts/{slug}{end}" for end in (".svg", ".csv", ".en.svg", ".en.csv")} - have
    return sorted(found)


def test_what_was_withdrawn_and_comes_back_is_no_longer_withdrawn(chain: Chain) -> None:
    saved = {file: (chain.data / file).read_bytes() for file in (BATCHES, OBSERVATIONS)}
    for file in saved:
        chain.drop(file, batch_id="uji-2025-2")
    chain.release(removed("batches/uji-2025-2"))
    assert chain.told() == [
        "Participants, Tahap II (koran-b.example): withdrawn; it was unknown.",
        "Batches, Tahap II: withdrawn.",
    ]
    assert [row["id"] for row in chain.rows("tombstones.json")] == ["uji-2025-2"]
    for file, content in saved.items():
        (chain.data / file).write_bytes(content)
    chain.release(whole=True)
    assert "Batches, Tahap II: back, after release 2027.02 withdrew it." in chain.told()
    assert chain.rows("tombstones.json") == []
    assert chain.version() == "2.1.0"
    assert "Tahap II" in chain.page("tahap/uji-2025-2/")


def test_a_region_that_split_is_followed_when_its_part_is_renamed(chain: Chain) -> None:
    part = {"region_code": "64.12", "bps_code": "6412", "name_id": "Kabupaten Uji", "name_en": "Test Regency"}
    add(chain.data, REGIONS, {**part, "valid_from": "2026-12-01"}, like={"region_code": "64.08"})
    change(chain.data, REGIONS, {"region_code": "64.08"}, successor="64.12")
    chain.release(redefined("regions/64.08"))
    assert chain.told() == [
        "Regions, East Kutai Regency: Successor was empty, is now Test Regency (64.12).",
        "Regions, Test Regency: new.",
    ]
    chain.named("64.12", "64.13")
    change(chain.data, REGIONS, {"region_code": "64.08"}, successor="64.13")
    chain.release(renamed("regions/64.12", "regions/64.13"), whole=True)
    assert chain.told() == ["Regions, Test Regency: its code is now 64.13, it was 64.12."]
    assert old_addresses(chain) == []
    assert "In its place: 64.13" in chain.page("wilayah/64.12/")
    split, renaming = (f"2027.{n:02d}" for n in (chain.number - 1, chain.number))
    assert {code: chain.fed(f"wilayah-{code}") for code in ("64.07", "64.08", "64.12", "64.13")} == {
        "64.07": [],
        "64.08": [split],
        "64.12": [renaming, split],
        "64.13": [renaming],
    }


def test_renames_of_a_programme_its_target_and_its_budget_move_nothing_else(chain: Chain) -> None:
    chain.named("uji", "latih")
    chain.named("uji-2025", "latih-2025")
    declared = [
        renamed(f"{table}/{old}", f"{table}/{new}")
        for table, old, new in (
            ("programmes", "uji", "latih"),
            ("targets", "uji-2025", "latih-2025"),
            ("budgets", "uji-2025", "latih-2025"),
        )
    ]
    chain.release(*declared, whole=True)
    assert [row["kind"] for row in chain.rows("changes/2027.02.json")] == ["renamed"] * 3
    assert old_addresses(chain) == []


def test_an_id_that_was_renamed_is_not_given_to_something_else(chain: Chain) -> None:
    chain.named("uji-2025-2", "uji-2025-ii")
    chain.release(renamed("batches/uji-2025-2", "batches/uji-2025-ii"))
    model = {"batch_id": "uji-2025-2", "number": "3", "name_id": "Tahap III", "name_en": "Tahap III"}
    add(chain.data, BATCHES, model, like={"batch_id": "uji-2025-ii"})
    assert chain.declare() == [
        "releases.toml:23: choose another id: the old one stands in citations"
        " ← “batches/uji-2025-2” is new here, but release 2027.02 renamed what had this id"
    ]


def test_a_successor_that_is_not_there_is_found(chain: Chain) -> None:
    for file in (BATCHES, OBSERVATIONS):
        chain.drop(file, batch_id="uji-2025-2")
    assert chain.declare(removed("batches/uji-2025-2", "batches/uji-2025-9")) == [
        "releases.toml:9: removal: check the address of the successor, or leave it out"
        " ← what takes the place of “batches/uji-2025-2”, batches/uji-2025-9, is not in this release"
    ]


def test_another_preferred_source_says_which_figure_it_was_before(chain: Chain) -> None:
    cell = {"batch_id": "uji-2025-1", "stage": "peserta", "sex": "_T", "qualification_level": "_T", "region_code": "_T"}
    for source, preferred in (("koran-a", "false"), ("koran-b", "true")):
        change(chain.data, OBSERVATIONS, {**cell, "source_id": source}, preferred=preferred)
    change(chain.data, "outcomes/preferences.csv", {"cell_id": "uji-2025-1/peserta"}, source_id="koran-b")
    chain.release(correction(100, 98, "preference", "uji-2025-1/peserta"))
    assert chain.told() == [
        "Participants, Tahap I: the figure of koran-b.example is used now, 98; before, that of koran-a.example, 100."
    ]
    (moved,) = [row for row in chain.rows("changes/2027.02.json") if row["kind"] == "preferred"]
    assert (moved["old"], moved["new"], moved["difference"]) == (100, 98, -2)
    assert chain.version() == "1.0.1"


KINDS: Mapping[str, tuple[Callable[[Path], object], Collection[str], str]] = {
    "nothing": (lambda _: None, (), "1.0.0"),
    "wording": (lambda data: change(data, BATCHES, {"batch_id": "uji-2025-2"}, note_en="The last one."), (), "1.0.1"),
    "a figure": (corrected(66), (correction(65, 66),), "1.0.1"),
    "something more": (lambda data: add_batch(data, "uji-2025-3", "3"), (), "1.1.0"),
    "a meaning": (
        lambda data: change(data, "reference/stages.csv", {"code": "hadir"}, name_en="Came"),
        (redefined("stages/hadir"),),
        "2.0.0",
    ),
}


@pytest.mark.parametrize(("edit", "declared", "version"), KINDS.values(), ids=list(KINDS))
def test_the_version_follows_from_what_moved(
    chain: Chain, edit: Callable[[Path], object], declared: Collection[str], version: str
) -> None:
    edit(chain.data)
    assert chain.declare(*declared) == []
    assert chain.edition is not None
    assert chain.edition.history.steps[-1].version == version
