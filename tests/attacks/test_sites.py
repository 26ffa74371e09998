"""Attacks planted in a built site, one file at a time; every attack beside a near miss that passes."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kompeten.audit import AuditError, audit_directory, policy_for
from kompeten.audit.reading import digest_of
from tests.attacks.planting import reasons, rows
from tests.attacks.sites import (
    HIDDEN_BAR,
    Tree,
    altered,
    archive,
    audited_site,
    document,
    drawing,
    observations,
    page,
    parquet,
    site,
    table,
    workbook,
    write,
)

NIK = "6472054507900003"
HIDDEN = 4  # the place of t1/peserta/qualification_level=ahli/sex=P among the observations


def shown(place: int = HIDDEN, value: str = "12") -> list[dict[str, str]]:
    """Give the observations with a hidden one printed."""
    counts = observations()
    counts[place] = {**counts[place], "value": value, "status": "released", "precision": "exact"}
    return counts


def test_the_clean_site_passes_and_every_file_is_claimed(tmp_path: Path) -> None:
    result = audited_site(site(), tmp_path)
    assert result.breaches == ()
    assert result.summary.targets == 3
    assert result.summary.files_read == len(site())


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("downloads/observations.csv", table(shown(), ",")),
        ("downloads/observations-id.csv", table(shown(), ";")),
        ("downloads/observations.xlsx", workbook(shown())),
        ("downloads/observations.xlsx", workbook(observations(), hidden_sheet=shown())),
        ("downloads/observations.parquet", parquet(shown())),
        ("downloads/all.zip", archive({"observations.csv": table(shown(), ",")})),
        ("downloads/all.zip", archive({"inner.zip": archive({"observations.csv": table(shown(), ",")})})),
    ],
)
def test_a_cell_hidden_in_one_format_and_printed_in_another_is_found(tmp_path: Path, path: str, content: bytes) -> None:
    assert reasons(audited_site({**site(), path: content}, tmp_path)) == {"formats_disagree"}


def test_a_cell_printed_differently_in_json_and_csv_is_found(tmp_path: Path) -> None:
    counts = observations()
    counts[0] = {**counts[0], "value": "121"}
    tree = {**site(), "downloads/observations.csv": table(counts, ",")}
    assert reasons(audited_site(tree, tmp_path)) == {"formats_disagree"}


def test_a_row_that_one_format_leaves_out_is_found(tmp_path: Path) -> None:
    counts = observations()
    del counts[HIDDEN]
    tree = {**site(), "downloads/observations.csv": table(counts, ",")}
    assert reasons(audited_site(tree, tmp_path)) == {"formats_disagree"}


def test_json_stat_may_not_print_what_the_observations_hide(tmp_path: Path) -> None:
    def change(whole: Any) -> None:
        whole["value"][1] = 12
        del whole["status"]["1"]

    assert reasons(audited_site(altered(site(), "api/v1/jsonstat/square.json", change), tmp_path)) == {
        "formats_disagree"
    }


def test_json_stat_may_not_print_a_rate_that_the_batch_does_not(tmp_path: Path) -> None:
    def rates(shown: float) -> bytes:
        axes = {"batch_id": ["t1"], "measure_id": ["porsi"]}
        dimension = {name: {"category": {"index": codes}} for name, codes in axes.items()}
        cube = {"class": "dataset", "id": [*axes], "size": [1, 1], "dimension": dimension, "value": [shown]}
        return json.dumps(cube).encode()

    rate = {"measure_id": "porsi", "numerator": 60, "denominator": 120, "value": 50.0, "status": "released"}
    tree = altered(site(), "api/v1/batches/t1.json", lambda data: data.update(rates=[rate]))
    path = "api/v1/jsonstat/rates-by-batch.json"
    assert reasons(audited_site({**tree, path: rates(50.0)}, tmp_path / "same")) == set()
    assert reasons(audited_site({**tree, path: rates(51.7)}, tmp_path / "other")) == {"formats_disagree"}


def test_a_batch_document_may_not_print_what_the_observations_hide(tmp_path: Path) -> None:
    def change(data: Any) -> None:
        cells = [{"qualification_level": "ahli", "sex": "P", "value": 12, "status": "released"}]
        data["breakdowns"] = [{"stage": "peserta", "cells": cells}]

    assert reasons(audited_site(altered(site(), "api/v1/batches/t1.json", change), tmp_path)) == {"formats_disagree"}

    def near(data: Any) -> None:
        cells = [{"qualification_level": "ahli", "sex": "P", "value": None, "status": "hidden"}]
        data["breakdowns"] = [{"stage": "peserta", "cells": cells}]

    assert audited_site(altered(site(), "api/v1/batches/t1.json", near), tmp_path / "near").breaches == ()


@pytest.mark.parametrize(
    ("value", "reason"), [(0, "value_beside_hidden"), ("x", "value_beside_hidden"), ("<5", "value_beside_hidden")]
)
def test_a_mark_in_place_of_null_is_found(tmp_path: Path, value: object, reason: str) -> None:
    def change(data: Any) -> None:
        data[HIDDEN]["value"] = value

    found = reasons(audited_site(altered(site(), "api/v1/observations.json", change), tmp_path))
    assert found == {reason, "formats_disagree"}


def test_two_values_for_one_key_of_a_document_are_refused(tmp_path: Path) -> None:
    text = site()["api/v1/observations.json"].decode().replace('"value": 120', '"value": 7, "value": 120')
    tree = {**site(), "api/v1/observations.json": text.encode()}
    assert "unreadable_file" in reasons(audited_site(tree, tmp_path))


SPOKEN = "Ahli perempuan Tahap I: tiga orang"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("tahap/t1/index.html", page(cell="3").encode()),
        ("tahap/t1/index.html", page(cell="<span title='3 ahli perempuan'>disembunyikan</span>").encode()),
        ("tahap/t1/index.html", page(extra="<p>Hanya 3 ahli perempuan.</p>").encode()),
        ("tahap/t1/index.html", page(extra="<img src='x.png' alt='Ahli perempuan: 3'>").encode()),
        ("tahap/t1/index.html", page(head="<meta name='description' content='Dua ahli perempuan'>").encode()),
        ("tahap/t1/index.html", page(extra="<!-- ahli perempuan: 3 -->").encode()),
        ("tahap/t1/index.html", page(extra="<div data-label='Ahli perempuan 3'></div>").encode()),
        ("feed.xml", f"<feed><entry><summary>{SPOKEN}</summary></entry></feed>".encode()),
        ("feed.json", json.dumps({"items": [{"summary": SPOKEN}]}).encode()),
        ("pagefind/fragment/id_1.pf_fragment", gzip.compress(f'{{"content":"{SPOKEN}"}}'.encode(), mtime=0)),
        ("charts/sexes.svg", drawing(HIDDEN_BAR, alt="Tahap I, ahli perempuan: 3.").encode()),
        ("downloads/observations.xlsx", workbook(observations(), comment="Tahap I ahli perempuan: 3")),
        ("catatan.txt", SPOKEN.encode()),
        ("downloads/baca.md", SPOKEN.encode()),
    ],
)  # fmt: skip
def test_words_that_nobody_drew_are_refused_whatever_they_hold(tmp_path: Path, path: str, content: bytes) -> None:
    drawn = site()
    found = audited_site({**drawn, path: content}, tmp_path, drawn=drawn).breaches
    assert ("not_as_drawn", path) in {(breach.reason, breach.subject) for breach in found}


def test_a_script_that_carries_the_data_is_read(tmp_path: Path) -> None:
    cell = {"batch_id": "t1", "stage": "peserta", "qualification_level": "ahli", "sex": "P", "value": 12}
    script = f'<script type="application/json">{json.dumps([cell])}</script>'
    tree = {**site(), "tahap/t1/index.html": page(extra=script).encode()}
    assert reasons(audited_site(tree, tmp_path)) == {"formats_disagree"}


@pytest.mark.parametrize(
    ("value", "pointer", "fails"),
    [
        ("120", "/api/v1/observations.json#/data/0/value", False),
        ("121", "/api/v1/observations.json#/data/0/value", True),
        ("12", f"/api/v1/observations.json#/data/{HIDDEN}/value", True),
        ("120", "/api/v1/absent.json#/data/0/value", True),
        ("60", "../../api/v1/observations.json#/data/3/value", False),
        ("", f"/api/v1/observations.json#/data/{HIDDEN}/value", False),
    ],
)
def test_a_figure_on_a_page_is_the_one_in_its_document(tmp_path: Path, value: str, pointer: str, fails: bool) -> None:
    extra = f'<p><data value="{value}" data-json="{pointer}">{value}</data></p>'
    tree = {**site(), "tahap/t1/index.html": page(extra=extra).encode()}
    found = reasons(audited_site(tree, tmp_path))
    assert ("formats_disagree" in found) == fails


@pytest.mark.parametrize(
    "planted",
    [
        drawing('<rect class="k-s1" width="10%" height="14"/>'),
        drawing('<rect width="10%" height="14"/>'),
        drawing(HIDDEN_BAR.replace("<path", '<path data-value="12"')),
        drawing(HIDDEN_BAR + '<text class="k-text">12</text>'),
        drawing('<rect class="k-q2" width="100%" height="64"/>'),
        drawing(HIDDEN_BAR, hidden_title="Ahli, perempuan: disembunyikan (12)"),
        drawing(HIDDEN_BAR).replace('width="50%"', 'width="60%"'),
        drawing(HIDDEN_BAR + '</g><g><title>Teknisi: hidden</title><path class="k-box" d="M0 20h45v14h-45z"/>'),
    ],
)
def test_a_drawing_is_as_it_was_drawn(tmp_path: Path, planted: str) -> None:
    drawn = site()
    tree = {**drawn, "charts/sexes.svg": planted.encode()}
    assert reasons(audited_site(tree, tmp_path, drawn=drawn)) == {"not_as_drawn"}


def test_a_rate_of_a_hidden_count_is_refused(tmp_path: Path) -> None:
    def rate(numerator: int | None) -> Any:
        def change(data: Any) -> None:
            data["rates"] = [{"measure_id": "x", "value": 71.429, "numerator": numerator, "denominator": 7}]

        return change

    planted = altered(site(), "api/v1/regions/64.01.json", rate(None))
    assert reasons(audited_site(planted, tmp_path)) == {"rate_of_hidden"}
    near = altered(site(), "api/v1/regions/64.01.json", rate(5))
    assert audited_site(near, tmp_path / "near").breaches == ()


def test_an_absent_document_tells_zero_from_hidden(tmp_path: Path) -> None:
    tree = site()
    del tree["api/v1/regions/64.02.json"]
    assert reasons(audited_site(tree, tmp_path)) == {"row_absent"}


def test_rows_in_the_order_of_their_values_are_found_in_any_file(tmp_path: Path) -> None:
    counts = observations()
    counts[3:7] = [counts[5], counts[3], counts[4], counts[6]]
    turned = {f"downloads/{name}.csv": table(counts, ",") for name in ("lain", "observations")}
    found = audited_site({**site(), **turned}, tmp_path)
    assert reasons(found) == {"order_by_value"}
    told = [line.partition(" [")[2] for line in found.lines("id")[:-1]]
    assert set(told) == {"downloads/lain.csv, downloads/observations.csv]"}
    assert len(told) == len({breach.subject for breach in found.breaches}) < len(found.breaches)


@pytest.mark.parametrize(
    "name",
    [
        *("data.sqlite", "downloads/observations.feather", "rahasia", "a/b.duckdb", "x.tar.gz", ".env", "site.js.gz"),
        *("assets/app.js.map", "font.woff2", "site.webmanifest"),
    ],
)
def test_a_file_that_no_parser_claims_fails(tmp_path: Path, name: str) -> None:
    assert reasons(audited_site({**site(), name: b"x"}, tmp_path)) == {"unclaimed_file"}


@pytest.mark.parametrize("name", ["x.json", "x.xlsx", "x.parquet", "x.zip", "x.csv"])
def test_a_file_that_cannot_be_read_fails(tmp_path: Path, name: str) -> None:
    assert reasons(audited_site({**site(), name: b'\xff"\x00'}, tmp_path)) == {"unreadable_file"}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("assets/app.js", f"var a = '{NIK}'".encode()),
        ("assets/style.css", f"/* {NIK} */".encode()),
        ("x.html", f"<p data-x='{NIK}'>y</p>".encode()),
        (
            "x.png",
            b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x13tEXtc\0" + NIK.encode() + b" \0\0\0\0" + b"\0\0\0\0IEND\xaeB`\x82",
        ),
        ("y.png", b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\xaeB`\x82" + NIK.encode()),
        (f"{NIK}.txt", b""),
        ("downloads/all.zip", archive({f"{NIK}.txt": b""})),
        ("api/v1/x.json", document({"x": NIK})),
        ("robots.txt", b"# budi.santoso@gmail.com"),
    ],
)
def test_an_identifier_that_nobody_drew_is_refused_in_every_kind_of_file(
    tmp_path: Path, path: str, content: bytes
) -> None:
    drawn = site()
    found = audited_site({**drawn, path: content}, tmp_path, drawn=drawn).breaches
    assert [(breach.reason, breach.subject) for breach in found] == [("not_as_drawn", path)]


def test_a_frozen_release_that_prints_what_is_hidden_now_gives_it_away(tmp_path: Path) -> None:
    frozen: Tree = {**site(), "api/v1/releases/2026.05/observations.json": document(released())}
    assert "recovered" in reasons(audited_site(frozen, tmp_path))
    same = document(json.loads(site()["api/v1/observations.json"])["data"])
    near: Tree = {**site(), "api/v1/releases/2026.05/observations.json": same}
    assert audited_site(near, tmp_path / "near").breaches == ()


def released() -> Any:
    counts = [{**row, "value": int(row["value"]) if row["value"] else None} for row in observations()]
    counts[HIDDEN] = {**counts[HIDDEN], "value": 25, "status": "released", "precision": "exact"}
    return counts


def test_an_earlier_site_given_beside_the_new_one_is_read_too(tmp_path: Path) -> None:
    old = write(site(rows_with_other_pattern()), tmp_path / "old")
    result = audited_site(site(), tmp_path / "new", previous=[old])
    assert "recovered" in reasons(result)


def rows_with_other_pattern() -> list[dict[str, str]]:
    square = rows("stage ahli/L ahli/P teknisi_operator/L teknisi_operator/P\npeserta - 20 - -",
                  "qualification_level", "sex")  # fmt: skip
    return [*observations()[:3], *square]


def test_a_change_record_may_not_tell_the_old_value_of_a_hidden_cell(tmp_path: Path) -> None:
    change = {"cell_id": "t1/peserta/qualification_level=ahli/sex=P", "source_id": "register-2025"}
    planted = {**change, "old": 12, "old_status": "released", "new": None, "new_status": "hidden"}
    tree = {**site(), "api/v1/changes/2026.11.json": document([planted])}
    assert "recovered" in reasons(audited_site(tree, tmp_path))
    near = {**change, "old": None, "old_status": "hidden", "new": None, "new_status": "hidden"}
    tree = {**site(), "api/v1/changes/2026.11.json": document([near])}
    assert audited_site(tree, tmp_path / "near").breaches == ()


def test_a_site_is_read_without_its_private_side(tmp_path: Path) -> None:
    """The verdict on a folder depends on that folder alone: same bytes, same verdict, wherever it lies."""
    one = audited_site(site(), tmp_path / "one")
    two = audited_site(site(), tmp_path / "two" / "deep")
    assert one == two


@pytest.mark.parametrize(("moved", "fails"), [(1, True), (-4, True), (5, False), (0, False), (None, False)])
def test_a_record_of_changes_may_not_count_a_few_people(tmp_path: Path, moved: int | None, fails: bool) -> None:
    record = {"cell_id": "t1/peserta/sex=P/qualification_level=ahli", "difference": moved}
    tree = {**site(), "api/v1/changes/2026.11.json": document([record])}
    assert reasons(audited_site(tree, tmp_path)) == ({"small_change"} if fails else set())


@pytest.mark.parametrize(
    ("text", "fails"), [("120", False), ("12", True), ("120 orang", False), ("disembunyikan", False), ("1.200", True)]
)
def test_what_a_figure_shows_is_what_it_says_to_machines(tmp_path: Path, text: str, fails: bool) -> None:
    extra = f'<p><data value="120" data-json="/api/v1/observations.json#/data/0/value">{text}</data></p>'
    tree = {**site(), "tahap/t1/index.html": page(extra=extra).encode()}
    assert reasons(audited_site(tree, tmp_path)) == ({"formats_disagree"} if fails else set())


def test_the_number_of_a_note_is_no_part_of_a_figure(tmp_path: Path) -> None:
    for note, expected in (("<sup><a href='#note-3'>3</a></sup>", set()), ("<sup>3</sup>", {"formats_disagree"})):
        figure = f'<data value="120" data-json="/api/v1/observations.json#/data/0/value">120{note}</data>'
        tree = {**site(), "tahap/t1/index.html": page(extra=f"<p>{figure}</p>").encode()}
        assert reasons(audited_site(tree, tmp_path / str(len(note)))) == expected


def test_an_archive_that_repeats_the_site_is_read_where_it_differs(tmp_path: Path) -> None:
    tree = site()
    same = {**tree, "downloads/site.zip": archive({"api/v1/observations.json": tree["api/v1/observations.json"]})}
    assert audited_site(same, tmp_path).breaches == ()
    other = {**tree, "downloads/site.zip": archive({"api/v1/observations.json": document(released())})}
    assert "formats_disagree" in reasons(audited_site(other, tmp_path / "other"))


@pytest.mark.parametrize(("value", "fails"), [("", False), ("57", True), ("0", True)])
def test_a_flat_download_says_what_its_document_says(tmp_path: Path, value: str, fails: bool) -> None:
    tree = site()
    tree["api/v1/regions.json"] = document(
        [{"region_code": "64.01", "competent": {"stage": "kompeten", "value": None, "status": "hidden"}}]
    )
    header = "region_code,competent_stage,competent_value,competent_status"
    tree["downloads/regions.csv"] = f"{header}\n64.01,kompeten,{value},hidden\n".encode()
    assert reasons(audited_site(tree, tmp_path)) == ({"formats_disagree"} if fails else set())


@pytest.mark.parametrize(("told", "same"), [("", True), ("<p>Tahap I: 12 peserta ahli perempuan.</p>", False)])
def test_a_page_of_an_archive_is_told_by_what_is_more_than_its_links(told: str, same: bool) -> None:
    name = "tahap/t1/index.html"
    link = '<p><a href="../t2/{}">Tahap II</a></p>'
    drawn, packed = (page(extra=link.format("")), page(extra=told + link.format("index.html")))
    same_digest = digest_of(f"downloads/all.zip!{name}", packed.encode()) == digest_of(name, drawn.encode())
    assert same_digest is same


def test_a_site_is_held_to_the_policy_that_it_publishes_where_that_promises_more(tmp_path: Path) -> None:
    standing = policy_for(tmp_path)
    said = {"threshold": 10, "width": 1, "small_change_below": 10}
    promised = write({**site(), "api/v1/privacy.json": document(said)}, tmp_path / "more")
    assert policy_for(promised) == replace(standing, threshold=10, width=standing.width, small_change_below=10)
    empty = write({**site(), "api/v1/privacy.json": document({})}, tmp_path / "nothing")
    with pytest.raises(AuditError, match="does not say its threshold, width and smallest change"):
        audit_directory(empty)


@pytest.mark.parametrize("path", ["share/64.01.png", "share/baru.png"])
def test_a_picture_that_was_swapped_or_added_is_found(tmp_path: Path, path: str) -> None:
    drawn = {**site(), "share/64.01.png": b"one", "share/64.02.png": b"two"}
    assert audited_site(drawn, tmp_path / "drawn", drawn=drawn).breaches == ()
    found = audited_site({**drawn, path: drawn["share/64.02.png"]}, tmp_path / "swapped", drawn=drawn).breaches
    assert [(breach.reason, breach.subject) for breach in found] == [("not_as_drawn", path)]


@pytest.mark.parametrize("month", ["12", "03"])
def test_a_release_beside_a_row_that_is_not_the_one_drawn_is_found(tmp_path: Path, month: str) -> None:
    head = "Jalur,Peserta,Peserta (status),code,year,release\nSemua,,hidden,_U,2025,release:2026.12\n"
    table_of = {own: f"{head}Ahli,,hidden,ahli,2025,release:2026.{own}\n".encode() for own in ("12", "03")}
    drawn = {**site(), "charts/sexes.csv": table_of["12"]}
    found = reasons(audited_site({**drawn, "charts/sexes.csv": table_of[month]}, tmp_path, drawn=drawn))
    assert found == (set() if month == "12" else {"not_as_drawn"})
