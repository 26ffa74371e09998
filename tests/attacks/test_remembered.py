"""A reading that is remembered, or made on another core, leads to the same verdict as one that is made here and now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from kompeten.audit import audit_directory
from kompeten.audit.reading import is_read
from kompeten.audit.reading.remembered import Held, readings
from kompeten.audit.reading.site import site_files
from kompeten.ground.workshop import Workshop
from tests.attacks.planting import POLICY, reasons
from tests.attacks.sites import Tree, archive, page, site, write

CELL = {"batch_id": "t1", "stage": "peserta", "qualification_level": "ahli", "sex": "P", "value": 12}
TOLD = page(extra=f'<script type="application/json">{json.dumps([CELL])}</script>').encode()
PLANTED: Mapping[str, tuple[Tree, set[str]]] = {
    "nothing": ({}, set()),
    "a page that tells": ({"tahap/t1/index.html": TOLD}, {"formats_disagree"}),
    "one in an archive": ({"downloads/site.zip": archive({"tahap/t1/index.html": TOLD})}, {"formats_disagree"}),
    "one in an archive within another": (
        {"downloads/site.zip": archive({"inner.zip": archive({"tahap/t1/index.html": TOLD})})},
        {"formats_disagree"},
    ),
    "a table that says otherwise": ({"downloads/other.csv": b"cell_id,value,status\nt1/peserta,121,released\n"}, set()),
    "a document without an end": ({"api/v1/x.json": b'{"a":' * 5000}, {"unreadable_file"}),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_verdict_is_the_same(tmp_path: Path, name: str) -> None:
    added, expected = PLANTED[name]
    folder = write({**site(), **added}, tmp_path / "site")
    cache = tmp_path / "cache"
    alone = audit_directory(folder, policy=POLICY)
    assert expected <= reasons(alone)
    assert audit_directory(folder, policy=POLICY, made=dict.fromkeys(site(), b"other bytes")) == alone
    for jobs in (2, 1):
        shop = Workshop(jobs=jobs, folder=cache, program="test")
        assert audit_directory(folder, policy=POLICY, workshop=shop) == alone
    entries = sorted(path for path in cache.rglob("*") if path.is_file())
    assert len(entries) >= sum(map(is_read, site())) > 10
    for number, path in enumerate(entries):
        content = bytearray(path.read_bytes())
        content[(7 * number) % len(content)] ^= 1
        path.write_bytes(content if number % 3 else content[: len(content) // 2])
    shop = Workshop(folder=cache, program="test")
    assert audit_directory(folder, policy=POLICY, workshop=shop) == alone


def test_what_was_read_of_other_bytes_or_under_another_ending_is_not_given(tmp_path: Path) -> None:
    shop = Workshop(folder=tmp_path / "cache", program="test")
    clean = write(site(), tmp_path / "clean")
    assert audit_directory(clean, policy=POLICY, workshop=shop).breaches == ()
    told = write({**site(), "tahap/t1/index.html": TOLD}, tmp_path / "told")
    assert "formats_disagree" in reasons(audit_directory(told, policy=POLICY, workshop=shop))
    assert audit_directory(clean, policy=POLICY, workshop=shop).breaches == ()


def test_a_file_is_told_from_others_by_its_ending_its_bytes_and_whether_a_document_says_the_same() -> None:
    names = ("a/a.csv", "a/a.json", "downloads/batches.csv")
    assert len({repr(Held(name=name, content=content)) for name in names for content in (b"x", b"y")}) == 6
    same = ("b.csv", "downloads/observations.csv", "downloads/slices/batches/t1.csv", "x.zip!y/a.csv")
    assert {repr(Held(name=name, content=b"x")) for name in same} == {repr(Held(name="a/a.csv", content=b"x"))}


def test_bytes_that_stand_at_several_places_are_told_of_at_each(tmp_path: Path) -> None:
    told, row = b'{"a":' * 5000, b"cell_id,value,status\nt1/peserta,121,released\n"
    places = ("api/v1/x.json", "api/v1/y.json", "downloads/z.zip!api/v1/z.json")
    added: Tree = {places[0]: told, places[1]: told, "downloads/z.zip": archive({"api/v1/z.json": told + b" "})}
    folder = write({**site(), **added, "a.csv": row, "b/c.csv": row}, tmp_path / "site")
    found = audit_directory(folder, policy=POLICY)
    assert {each.subject for each in found.breaches if each.reason == "unreadable_file"} == set(places)
    read = readings(((name, content) for name, content in site_files(folder) if content), Workshop())
    assert [seen.address for seen in read.sightings if seen.value == 121] == ["a.csv:2", "b/c.csv:2"]
