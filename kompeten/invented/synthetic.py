"""Invented enrolments of a plausible programme: for the demo, for tests, for benchmarks. Never real, never mixed.

Deterministic: a size and a seed give the same enrolments on every machine (numpy's PCG64, whose stream is fixed).
People come in classes, as they do in life: everybody in a class shares position, level, track and funding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kompeten.ground.vocabulary import DIMENSIONS, RUNGS, UNKNOWN
from kompeten.register.reading.people import OUTCOMES, Integers, People

Size = Literal["kaltim", "province"]

CLASS_SIZE = 12
"""Applicants a class and draw: small enough that every batch mixes, large enough that classes cluster."""

PARTICIPANTS: Mapping[int, tuple[int, ...]] = {
    2021: (310, 280, 260),
    2022: (340, 420, 330, 300),
    2023: (380, 510, 420, 350),
    2024: (460, 390, 520, 430),
    2025: (840, 530, 410, 260),
    2026: (560, 480),
}
"""Intended participants by year and batch at Kaltim size: about 2,000 in a full year."""

SCALE: Mapping[Size, int] = {"kaltim": 1, "province": 12}

CLASSIFICATIONS: Mapping[str, tuple[float, float]] = {
    "SI": (0.42, 0.09),
    "MP": (0.26, 0.13),
    "ME": (0.12, 0.05),
    "AR": (0.09, 0.24),
    "TL": (0.06, 0.22),
    "AL": (0.02, 0.25),
    "PW": (0.015, 0.25),
    "SR": (0.015, 0.12),
}
"""Share of classes, and share of women, by classification."""

SUBCLASSES: Mapping[str, tuple[str, ...]] = {
    "SI": ("SI01", "SI03", "SI04", "SI08", "SI14"),
    "MP": ("MP01", "MP02", "MP04"),
    "ME": ("ME01", "ME05", "ME06"),
    "AR": ("AR01",),
    "TL": ("TL01", "TL02"),
    "AL": ("AL01", "AL03"),
    "PW": ("PW01",),
    "SR": ("SR02",),
}

KINDS: Mapping[str, tuple[float, str, tuple[str, ...], tuple[float, ...]]] = {
    "ahli": (0.36, "ahli", ("7", "8", "9"), (0.72, 0.21, 0.07)),
    "fresh_graduate": (0.34, "fresh_graduate", ("7",), (1.0,)),
    "teknisi": (0.24, UNKNOWN, ("6", "5", "4", "3", "2"), (0.3, 0.25, 0.15, 0.2, 0.1)),
    "asesor": (0.035, "asesor", (UNKNOWN,), (1.0,)),
    "instruktur": (0.025, "instruktur", (UNKNOWN,), (1.0,)),
}
"""Kinds of class: share, track, levels and their shares. Technicians have no track; assessors have no level."""

TRAINER_KINDS = ("asesor", "instruktur")
TRAINERS_FROM = 500
"""Only batches of so many participants also train assessors and instructors."""

FUNDING: Mapping[str, tuple[str, str, float]] = {
    "ahli": ("apbd_provinsi", "apbn_bjkw", 0.70),
    "fresh_graduate": ("apbd_provinsi", "apbn_bjkw", 0.65),
    "teknisi": ("bankeu_spesifik", "apbd_provinsi", 0.85),
    "asesor": ("apbn_bjkw", "apbd_provinsi", 0.70),
    "instruktur": ("apbn_bjkw", "apbd_provinsi", 0.70),
}
"""First and second funding source of a kind, and the share of the first."""

AGES: Mapping[str, tuple[float, ...]] = {
    "fresh_graduate": (0.72, 0.28, 0.0, 0.0, 0.0),
    "ahli": (0.03, 0.37, 0.35, 0.19, 0.06),
    "teknisi": (0.14, 0.36, 0.29, 0.16, 0.05),
    "asesor": (0.0, 0.22, 0.44, 0.27, 0.07),
    "instruktur": (0.0, 0.22, 0.44, 0.27, 0.07),
}
AGE_BANDS = ("Y15T24", "Y25T34", "Y35T44", "Y45T54", "Y_GE55")

STEP_SHARES = (0.84, 0.90, 0.955, 0.96, 0.975)
"""Share of each rung that reaches the next: verified, admitted, attended, completed, assessed."""

PASS_SHARE: Mapping[str, float] = {"7": 0.88, "8": 0.84, "9": 0.80, UNKNOWN: 0.93}
PASS_SHARE_OTHER = 0.90
ISSUED_SHARE = 0.97
PENDING_SHARE_LAST_BATCH = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBatch:
    """One invented batch: its id, year, number within the year (1 is Tahap I) and intended participants."""

    batch_id: str
    year: int
    number: int
    participants: int


def planned_batches(size: Size, *, years: tuple[int, ...] | None = None) -> tuple[PlannedBatch, ...]:
    """Give the invented batches of a size, by year and number; years None means all."""
    wanted = years or tuple(PARTICIPANTS)
    return tuple(
        PlannedBatch(
            batch_id=f"contoh-{year}-{number}", year=year, number=number, participants=participants * SCALE[size]
        )
        for year in wanted
        for number, participants in enumerate(PARTICIPANTS[year], start=1)
    )


def synthesise(
    batches: tuple[PlannedBatch, ...], region_shares: Mapping[str, float], *, seed: int, is_open: bool = True
) -> People:
    """Invent the enrolments of some batches.

    region_shares: code of each region of residence and its share of people (summing to 1). Applicants outnumber the
    intended participants as STEP_SHARES say. is_open: some decisions of the last batch are still pending.
    """
    draw = np.random.default_rng(seed)
    codes = _codes(tuple(region_shares))
    parts = [_batch(draw, position, batch, region_shares, codes) for position, batch in enumerate(batches)]
    if is_open:
        parts[-1] = _with_pending(draw, parts[-1])
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return People(
        batches=tuple(batch.batch_id for batch in batches),
        batch=joined["batch"],
        codes=codes,
        columns={dimension: joined[dimension] for dimension in DIMENSIONS},
        rung=joined["rung"],
        outcome=joined["outcome"],
        issued=joined["issued"] > 0,
    )


def _codes(regions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Give the codes that occur, finest grain, ``_U`` last; of a dimension not named here nobody knows anything."""
    known = {
        "region_code": (*sorted(regions), UNKNOWN),
        "qualification_level": ("9", "8", "7", "6", "5", "4", "3", "2", "1", UNKNOWN),
        "classification": (*sorted(code for group in SUBCLASSES.values() for code in group), UNKNOWN),
        "track": ("ahli", "fresh_graduate", "asesor", "instruktur", UNKNOWN),
        "sex": ("L", "P", UNKNOWN),
        "age_band": (*AGE_BANDS, UNKNOWN),
        "funding_source": ("apbd_provinsi", "apbn_bjkw", "bankeu_spesifik", "apbd_kabkota", UNKNOWN),
    }
    return {name: known.get(name, (UNKNOWN,)) for name in DIMENSIONS}


def _batch(
    draw: np.random.Generator,
    position: int,
    batch: PlannedBatch,
    region_shares: Mapping[str, float],
    codes: Mapping[str, tuple[str, ...]],
) -> dict[str, Integers]:
    """Invent one batch, class by class, as columns."""
    applicants = round(batch.participants / (STEP_SHARES[0] * STEP_SHARES[1]))
    classes = -(-applicants // CLASS_SIZE)
    of_class = np.repeat(np.arange(classes), CLASS_SIZE)[:applicants]
    kind_names = tuple(KINDS)
    shares_of_kinds = np.array([KINDS[name][0] for name in kind_names])
    if batch.participants < TRAINERS_FROM:
        shares_of_kinds[[kind_names.index(name) for name in TRAINER_KINDS]] = 0
    kind = draw.choice(len(kind_names), size=classes, p=shares_of_kinds / shares_of_kinds.sum())[of_class]
    classification = draw.choice(
        len(CLASSIFICATIONS), size=classes, p=[share for share, _ in CLASSIFICATIONS.values()]
    )[of_class]
    shares = np.array([region_shares[code] for code in codes["region_code"][:-1]])
    columns: dict[str, Integers] = {
        "batch": np.full(applicants, position, dtype=np.int64),
        "region_code": draw.choice(shares.size, size=applicants, p=shares / shares.sum()).astype(np.int64),
    }
    for name in (each for each in DIMENSIONS if each not in columns):
        columns[name] = np.full(applicants, len(codes[name]) - 1, dtype=np.int64)
    for number, name in enumerate(kind_names):
        _fill_kind(draw, columns, codes, name, kind == number, of_class)
    for number, (name, (_, women)) in enumerate(CLASSIFICATIONS.items()):
        rows = np.flatnonzero(classification == number)
        chosen = draw.choice(len(SUBCLASSES[name]), size=classes)[of_class[rows]]
        places = np.array([codes["classification"].index(code) for code in SUBCLASSES[name]])
        columns["classification"][rows] = places[chosen]
        columns["sex"][rows] = (draw.random(rows.size) < women).astype(np.int64)
    return {**columns, **_funnel(draw, columns["qualification_level"], codes)}


def _fill_kind(
    draw: np.random.Generator,
    columns: dict[str, Integers],
    codes: Mapping[str, tuple[str, ...]],
    name: str,
    chosen: np.ndarray,
    of_class: Integers,
) -> None:
    """Fill level, track, funding (one a class) and age band (one a person) of all classes of one kind, in place."""
    rows = np.flatnonzero(chosen)
    _, track, levels, level_shares = KINDS[name]
    classes = int(of_class[-1]) + 1
    level_places = np.array([codes["qualification_level"].index(level) for level in levels])
    columns["qualification_level"][rows] = level_places[draw.choice(len(levels), size=classes, p=level_shares)][
        of_class[rows]
    ]
    columns["track"][rows] = codes["track"].index(track)
    first, second, share = FUNDING[name]
    is_first = draw.random(classes) < share
    place = np.where(is_first, codes["funding_source"].index(first), codes["funding_source"].index(second))
    columns["funding_source"][rows] = place[of_class[rows]]
    ages = np.array(AGES[name])
    columns["age_band"][rows] = draw.choice(ages.size, size=rows.size, p=ages / ages.sum())


def _funnel(draw: np.random.Generator, level: Integers, codes: Mapping[str, tuple[str, ...]]) -> dict[str, Integers]:
    """Draw how far each enrolment came, its outcome and whether the certificate was issued."""
    rung = np.zeros(level.size, dtype=np.int64)
    still_in = np.ones(level.size, dtype=bool)
    for share in STEP_SHARES:
        still_in &= draw.random(level.size) < share
        rung += still_in
    shares = np.array([PASS_SHARE.get(code, PASS_SHARE_OTHER) for code in codes["qualification_level"]])
    passed = draw.random(level.size) < shares[level]
    assessed = rung == RUNGS.index("asesi")
    outcome = np.where(
        assessed, np.where(passed, OUTCOMES.index("kompeten"), OUTCOMES.index("belum_kompeten")), 0
    ).astype(np.int64)
    issued = (outcome == OUTCOMES.index("kompeten")) & (draw.random(level.size) < ISSUED_SHARE)
    return {"rung": rung, "outcome": outcome, "issued": issued.astype(np.int64)}


def _with_pending(draw: np.random.Generator, part: dict[str, Integers]) -> dict[str, Integers]:
    """Leave some decisions of the last batch pending, as they are when a release is made."""
    pending = (part["outcome"] > 0) & (draw.random(part["outcome"].size) < PENDING_SHARE_LAST_BATCH)
    outcome = np.where(pending, OUTCOMES.index("menunggu"), part["outcome"])
    return {**part, "outcome": outcome, "issued": np.where(pending, 0, part["issued"])}
