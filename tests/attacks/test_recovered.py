"""Hidden counts worked out from what is printed; every attack beside a near miss that passes."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.attacks.planting import HEADLINE, Folder, Row, audited, reasons, row, rows

TOTAL = "stage _T\npeserta 100"


def test_a_complement_is_recovered_from_a_total(tmp_path: Path) -> None:
    planted = Folder(observations=[*rows(TOTAL), *rows("stage 9 8 7\npeserta 60 37 -", "qualification_level")])
    result = audited(planted, tmp_path)
    assert reasons(result) == {"recovered"}
    (breach,) = result.breaches
    assert breach.subject == "t1/peserta/qualification_level=7"
    assert breach.proof == "equation"
    assert breach.chain == (
        "outcomes/observations.csv:2",
        "outcomes/observations.csv:3",
        "outcomes/observations.csv:4",
        "outcomes/observations.csv:5",
        "sum:qualification_level",
    )


def test_two_hidden_cells_keep_each_other(tmp_path: Path) -> None:
    near = Folder(observations=[*rows(TOTAL), *rows("stage 9 8 7\npeserta 60 - -", "qualification_level")])
    assert audited(near, tmp_path).breaches == ()


def test_a_message_names_addresses_and_never_the_value(tmp_path: Path) -> None:
    planted = Folder(observations=[*rows(TOTAL), *rows("stage 9 8 7\npeserta 44 33 -", "qualification_level")])
    result = audited(planted, tmp_path)
    for language in ("id", "en"):
        text = " ".join(result.lines(language))
        assert "23" not in text
        assert "outcomes/observations.csv:5" in text


@pytest.mark.parametrize(("room", "fails"), [("1", True), ("3", True), ("4", False)])
def test_a_hidden_pair_must_have_room(tmp_path: Path, room: str, fails: bool) -> None:
    """Two hidden cells whose sum is printed elsewhere: 1, 3 or 4 people between them."""
    drawn = rows(f"stage 9 8 7\npeserta {100 - int(room)} - -", "qualification_level")
    result = audited(Folder(observations=[*rows(TOTAL), *drawn]), tmp_path)
    assert reasons(result) == ({"too_tight"} if fails else set())


def test_a_square_that_is_safe_for_linear_algebra_is_fixed_by_bounds(tmp_path: Path) -> None:
    """Four hidden cells of a square; a row that sums to 0 gives all of them."""
    drawn = rows(
        """
        stage   9/L 9/P 8/L 8/P 7/L 7/P
        peserta -   -   -   -   30  20
        """,
        "qualification_level",
        "sex",
    )
    sexes = rows("stage L P\npeserta 70 30", "sex")
    fixed = [*rows(TOTAL), *drawn, *sexes, *rows("stage 9 8 7\npeserta 0 50 50", "qualification_level")]
    assert "recovered" in reasons(audited(Folder(observations=fixed), tmp_path))
    open_ = [*rows(TOTAL), *drawn, *sexes, *rows("stage 9 8 7\npeserta 24 26 50", "qualification_level")]
    assert audited(Folder(observations=open_), tmp_path / "open").breaches == ()


def test_two_hierarchies_protected_one_by_one_give_each_other_away(tmp_path: Path) -> None:
    """As in sdcTools issue 136: the same regions in two groupings; each table alone is safe, both are not."""
    total = rows("stage _T\npeserta 100")
    fine = rows("stage 9 8 7 6\npeserta - - 40 20", "qualification_level")
    assert audited(Folder(observations=[*total, *fine]), tmp_path).breaches == ()
    crossed = rows(
        """
        stage   9/L 9/P 8/L 8/P 7/L 7/P 6/L 6/P
        peserta 15  13  -   -   25  15  10  10
        """,
        "qualification_level",
        "sex",
    )
    both = Folder(observations=[*total, *fine, *crossed])
    assert "recovered" in reasons(audited(both, tmp_path / "both"))


def test_a_group_of_levels_closes_what_the_levels_hide(tmp_path: Path) -> None:
    total = rows("stage _T\npeserta 100")
    fine = rows("stage 9 8 7 6\npeserta 30 - 20 -", "qualification_level")
    assert audited(Folder(observations=[*total, *fine]), tmp_path).breaches == ()
    groups = rows("stage ahli teknisi_operator\npeserta 80 20", "qualification_level")
    mixed = Folder(observations=[*total, *groups[:1], *fine[:3], *groups[1:], *fine[3:]])
    assert "recovered" in reasons(audited(mixed, tmp_path / "mixed"))


def test_three_two_way_tables_pin_a_cell_of_the_unpublished_three_way_table(tmp_path: Path) -> None:
    """Every printed count is 0 or 5 and more, yet the tables together fix a joint cell of 3."""
    result = audited(cube(small=3), tmp_path)
    assert "unprinted_recovered" in reasons(result)
    assert audited(cube(small=30), tmp_path / "near").breaches == ()


def cube(*, small: int) -> Folder:
    """Give the three two-way tables of levels 9/8 by sex by track; one of the eight joint cells holds small people.

    Only four joint cells hold anybody, none two of them in one line, so that zeros pin all of them.
    """
    levels, sexes, tracks = ("9", "8"), ("L", "P"), ("ahli", "asesor")
    joint = dict.fromkeys(product(levels, sexes, tracks), 0)
    joint |= {("9", "L", "ahli"): small, ("9", "L", "asesor"): 40, ("9", "P", "ahli"): 35, ("8", "L", "ahli"): 33}
    names = ("qualification_level", "sex", "track")
    found: list[Row] = []
    for kept in ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2)):
        axes = [(levels, sexes, tracks)[axis] for axis in kept]
        for codes in product(*axes):
            own = [count for key, count in joint.items() if all(key[a] == c for a, c in zip(kept, codes, strict=True))]
            place = {names[axis]: code for axis, code in zip(kept, codes, strict=True)}
            found.append(row("t1", "peserta", place, str(sum(own))))
    return Folder(observations=found)


def test_the_funnel_bounds_a_hidden_stage(tmp_path: Path) -> None:
    """A stage between two printed ones that differ by little has little room."""
    tight = rows("stage L P\npeserta 82 18\nhadir - -\nselesai 80 18", "sex")
    total = rows("stage _T\npeserta 100\nhadir 99\nselesai 98")
    assert "recovered" in reasons(audited(Folder(observations=[*total, *tight]), tmp_path))
    wide = rows("stage L P\npeserta 60 40\nhadir - -\nselesai 50 30", "sex")
    total = rows("stage _T\npeserta 100\nhadir 90\nselesai 80")
    assert audited(Folder(observations=[*total, *wide]), tmp_path / "wide").breaches == ()


def test_the_decided_and_the_assessed_close_a_hidden_result(tmp_path: Path) -> None:
    drawn = rows("stage L P\nasesi 60 30\nkompeten - -\nbelum_kompeten 20 10", "sex")
    headline = rows("stage _T\nasesi 90\nkompeten 60\nbelum_kompeten 30")
    assert "recovered" in reasons(audited(Folder(observations=[*headline, *drawn]), tmp_path))
    near = rows("stage L P\nasesi 60 30\nkompeten - -\nbelum_kompeten - -", "sex")
    assert audited(Folder(observations=[*headline, *near]), tmp_path / "near").breaches == ()


def test_a_running_total_less_the_batches_gives_the_hidden_one(tmp_path: Path) -> None:
    batches = (
        {"batch_id": "2025", "programme_id": "p", "kind": "cumulative", "year": "2025"},
        {"batch_id": "t1", "programme_id": "p", "kind": "batch", "year": "2025"},
        {"batch_id": "t2", "programme_id": "p", "kind": "batch", "year": "2025"},
    )
    counts = [*rows("stage _T\npeserta 63", batch="2025"), *rows("stage _T\npeserta 60"), *rows(
        "stage _T\npeserta -", batch="t2"
    )]  # fmt: skip
    assert reasons(audited(Folder(observations=counts, batches=batches), tmp_path)) == {"recovered"}
    near = [*counts[:1], *rows("stage _T\npeserta -"), *counts[2:]]
    assert audited(Folder(observations=near, batches=batches), tmp_path / "near").breaches == ()


def test_a_context_total_bounds_the_certificates_of_a_place(tmp_path: Path) -> None:
    drawn = rows("stage 64.01 64.02\nskk_terbit - -", "region_code")
    counts = [*rows("stage _T\nskk_terbit 90"), *drawn]
    context = [{"measure": "tercatat_lpjk", "region_code": "64.01", "value": "3"}]
    assert "too_tight" in reasons(audited(Folder(observations=counts, context=context), tmp_path))
    context = [{"measure": "tercatat_lpjk", "region_code": "64.01", "value": "300"}]
    assert audited(Folder(observations=counts, context=context), tmp_path / "near").breaches == ()


def test_what_the_press_says_of_a_total_is_known_to_the_attacker(tmp_path: Path) -> None:
    """The register hides the total and one part; a paper prints the total: the part is recovered."""
    drawn = [*rows("stage _T\npeserta -"), *rows("stage L P\npeserta 60 -", "sex")]
    assert audited(Folder(observations=drawn), tmp_path).breaches == ()
    press = [row("t1", "peserta", {}, "63", "koran")]
    result = audited(Folder(observations=[*drawn, *press]), tmp_path / "press")
    assert [(breach.reason, breach.subject) for breach in result.breaches] == [("recovered", "t1/peserta/sex=P")]


def test_a_press_figure_that_contradicts_the_register_is_not_believed(tmp_path: Path) -> None:
    drawn = [*rows(TOTAL), *rows("stage 9 8 7\npeserta 60 - -", "qualification_level")]
    press = [row("t1", "peserta", {"qualification_level": "7"}, "77", "koran")]
    assert audited(Folder(observations=[*drawn, *press]), tmp_path).breaches == ()


def test_counts_that_cannot_all_be_true_fail(tmp_path: Path) -> None:
    drawn = rows("stage L P\npeserta 60 50", "sex")
    assert reasons(audited(Folder(observations=[*rows(TOTAL), *drawn]), tmp_path)) == {"contradiction"}


def test_an_unknown_part_is_a_part(tmp_path: Path) -> None:
    """``_U`` hidden beside one other cell keeps it; ``_U`` printed as 0 does not."""
    drawn = rows("stage L P _U\npeserta 60 - -", "sex")
    assert audited(Folder(observations=[*rows(TOTAL), *drawn]), tmp_path).breaches == ()
    drawn = rows("stage L P _U\npeserta 60 - 0", "sex")
    assert reasons(audited(Folder(observations=[*rows(TOTAL), *drawn]), tmp_path / "zero")) == {"recovered"}


def test_the_headline_alone_is_no_breach(tmp_path: Path) -> None:
    assert audited(Folder(observations=rows(HEADLINE)), tmp_path).breaches == ()
