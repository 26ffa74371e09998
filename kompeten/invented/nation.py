"""An invented country: every province with programmes of its own, ten years, two million counts. For trials of size.

Nobody in it is invented one by one: the counts of a batch are drawn whole and shared out, each stage from the one
before, so that every breakdown makes up its total. They are stated as sums, not counted from a register: nothing is
hidden. Every name says SINTETIS, every descriptor ``"synthetic": true``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from kompeten import RECORD
from kompeten.ground.policy import load_policy
from kompeten.ground.vocabulary import ALL, DIMENSIONS, FUNNEL, STAGES
from kompeten.intake.rules.codes import REGENCIES
from kompeten.invented.sample import AS_OF, SOURCE, Row, batch_row, source_row, surroundings
from kompeten.invented.synthetic import AGE_BANDS, CLASSIFICATIONS, ISSUED_SHARE, KINDS, STEP_SHARES
from kompeten.register.publishing.folder import read_rows, refuse_own_data, write_folder
from kompeten.register.publishing.package import assemble
from kompeten.register.reading.people import Integers

OBSERVATIONS = "outcomes/observations.csv"
HOME = tuple(REGENCIES)
"""The regencies and cities of the one province that has its own names, on which the code lists stand."""
NOWHERE = "https://example.org/contoh"
"""An address under a name that nobody can own (RFC 2606)."""
PASSED_SHARE = 0.9
SHARES = (*STEP_SHARES, PASSED_SHARE, ISSUED_SHARE)
"""Share of each count that reaches the next, from applicants to certificates."""
APPLICANTS = (1_500, 4_500)
"""The least and the most applicants of a batch."""
PARTS: Mapping[str, Mapping[str, float]] = {
    "qualification_level": dict(zip("987654321", (0.05, 0.15, 0.5, 0.08, 0.07, 0.05, 0.03, 0.05, 0.02), strict=True)),
    "classification": {code: share for code, (share, _) in CLASSIFICATIONS.items()},
    "track": {name: KINDS[name][0] for name in ("ahli", "fresh_graduate", "asesor", "instruktur")},
    "age_band": dict(zip(AGE_BANDS, (0.2, 0.34, 0.26, 0.14, 0.06), strict=True)),
    "funding_source": {"apbd_provinsi": 0.5, "apbn_bjkw": 0.3, "bankeu_spesifik": 0.15, "apbd_kabkota": 0.05},
}
"""Codes of the breakdown that a batch has beside region and sex, with about their share."""
BY_REGION = ("track", "funding_source")
"""Breakdowns that are crossed with the regions, not with sex."""
SEXES = ("L", "P")
WOMEN = 0.22


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """How large a country is: provinces, regencies in all, years before the present, batches a province and year."""

    provinces: int = 38
    regencies: int = 514
    years: int = 10
    batches: int = 8

    def codes(self) -> dict[str, tuple[str, ...]]:
        """Give the regencies of each province; the home province is one of them."""
        names = [f"{number}" for number in range(11, 95) if number not in (64, 65)][: self.provinces - 1]
        others = max(self.regencies - len(HOME), 0)
        found = {
            name: tuple(f"{name}.{place + 1:02d}" for place in range(len(range(first, others, len(names)))))
            for first, name in enumerate(names)
        }
        return {**found, "64": HOME}


def write_nation(nation: Nation, seed: int, out: Path, *, data: Path = RECORD) -> int:
    """Write an invented country as a data folder; give the number of its observations.

    The same nation and seed give the same bytes. Raises FolderError where out cannot be replaced.
    """
    refuse_own_data(out, data)
    draw, codes = np.random.default_rng(seed), nation.codes()
    people = {code: int(draw.integers(90_000, 900_000)) for own in codes.values() for code in own}
    last = int(AS_OF[:4])
    batches = [
        batch_row(f"contoh-{province}-{year}-{number}", _programme_id(province), year, number)
        for province in codes
        for year in range(last - nation.years, last)
        for number in range(1, nation.batches + 1)
    ]
    rows = {
        "programmes": list(map(_programme, codes)),
        "batches": batches,
        "sources": [source_row("statistics", "Angka rekaan", "Invented figures", NOWHERE)],
    }
    around = replace(surroundings(rows), replaced=_reference(people, data))
    files = assemble(data, (), around, load_policy(data / "policy.toml"))
    stream, count = io.BytesIO(), 0
    stream.write(files[OBSERVATIONS])
    for table in _tables(draw, codes, batches, files[OBSERVATIONS].decode().rstrip("\n").split(",")):
        csv.write_csv(table, stream, csv.WriteOptions(include_header=False, quoting_style="none"))
        count += table.num_rows
    write_folder(out, {**files, OBSERVATIONS: stream.getvalue()})
    return count


def _programme_id(province: str) -> str:
    return f"contoh-{province}"


def _programme(province: str) -> Row:
    return {
        "programme_id": _programme_id(province),
        "role": "main" if province == "64" else "related",
        "region_code": province,
        "name_id": f"Program Contoh {province} (DATA SINTETIS)",
        "name_en": f"Sample Programme {province} (SYNTHETIC DATA)",
        "organiser_id": f"Dinas Contoh {province} (rekaan)",
        "organiser_en": f"Sample Agency {province} (invented)",
        "description_id": "Seluruh angka program ini rekaan, dibuat untuk mencoba ukuran. Bukan data nyata.",
        "description_en": "All figures of this programme are invented, to try out size. They are not real.",
        "source_id": SOURCE,
    }


def _reference(people: Mapping[str, int], data: Path) -> dict[str, list[Row]]:
    """Give regions and population of the invented nation, in the columns of the real lists."""
    regions: list[Row] = [*read_rows(data / "reference" / "regions.csv")]
    population: list[Row] = [*read_rows(data / "reference" / "population.csv")]
    known = {row["region_code"] for row in regions}
    for code in sorted({code[:2] for code in people} - known):
        regions.append(_region(code, "", "provinsi", f"Provinsi Contoh {code}", f"Sample Province {code}"))
    for code, number in people.items():
        if code not in known:
            name = code.replace(".", "-")
            regions.append(_region(code, code[:2], "kabupaten", f"Kabupaten Contoh {name}", f"Sample Regency {name}"))
            population.append(
                {
                    **population[0],
                    "region_code": code,
                    "population_male": number // 2,
                    "population_female": number - number // 2,
                    "population_total": number,
                    "ikn_territory": "no",
                }
            )
    return {"regions": regions, "population": population}


def _region(code: str, parent: str, kind: str, name_id: str, name_en: str) -> Row:
    """Give one invented row of the region list; its BPS code is the Kemendagri one without the dot."""
    return {
        "region_code": code,
        "bps_code": code.replace(".", ""),
        "parent_code": parent,
        "kind": kind,
        "name_id": name_id,
        "name_en": name_en,
        "source_id": "kaltim-kompeten",
    }


def _tables(
    draw: np.random.Generator, codes: Mapping[str, Sequence[str]], batches: Sequence[Row], header: Sequence[str]
) -> Iterator[pa.Table]:
    """Give the observations of one province after another, batches of one number together, in the columns of the
    header.
    """
    for province, regencies in codes.items():
        own = [row for row in batches if row["programme_id"] == _programme_id(province)]
        for number in sorted({row["number"] for row in own}):
            yield _table(draw, regencies, [row for row in own if row["number"] == number], number, header)


def _table(
    draw: np.random.Generator, regencies: Sequence[str], batches: Sequence[Row], number: int, header: Sequence[str]
) -> pa.Table:
    places, counts = _counts(draw, regencies, len(batches), part_of(number))
    shape = counts.shape
    columns = {
        "batch_id": _column([row["batch_id"] for row in batches], shape, 0),
        "stage": _column(STAGES, shape, 1),
        **{name: _column([place.get(name, ALL) for place in places], shape, 2) for name in DIMENSIONS},
        "value": pa.array(counts.reshape(-1)),
        "status": _column(["released"], shape, None),
        "precision": _column(["exact"], shape, None),
        "as_of": _column([row["end_on"] for row in batches], shape, 0),
        "source_id": _column([SOURCE], shape, None),
        "preferred": _column(["true"], shape, None),
    }
    empty = _column([""], shape, None)
    return pa.table({name: columns.get(name, empty) for name in header})


def part_of(number: int) -> str:
    """Give the breakdown of a batch beside region and sex: only a register knows people by more than three traits."""
    return tuple(PARTS)[(number - 1) % len(PARTS)]


def _column(values: Sequence[str], shape: tuple[int, ...], axis: int | None) -> pa.Array:
    """Give a column of text whose value follows from the place along one axis of the counts; None: always the same."""
    places = np.zeros(shape, dtype=np.int32)
    if axis is not None:
        places += np.arange(shape[axis], dtype=np.int32).reshape([-1 if each == axis else 1 for each in range(3)])
    return pa.DictionaryArray.from_arrays(places.reshape(-1), pa.array(list(values))).dictionary_decode()


def _counts(
    draw: np.random.Generator, regencies: Sequence[str], batches: int, part: str
) -> tuple[list[dict[str, str]], np.ndarray]:
    """Give the places of a province's counts and the counts: by batch, stage and place. All are sums of one table."""
    totals = [draw.integers(*APPLICANTS, batches)]
    for share in SHARES:
        totals.append(np.floor(totals[-1] * share).astype(np.int64))
    codes = tuple(PARTS[part])
    weights = np.einsum("r,s,p->rsp", draw.uniform(0.5, 2, len(regencies)), (1 - WOMEN, WOMEN), [*PARTS[part].values()])
    whole = _stages(draw, weights.reshape(-1), totals).reshape(batches, len(STAGES), *weights.shape)
    by_region, by_sex = ({"region_code": code} for code in regencies), ({"sex": sex} for sex in SEXES)
    places: list[dict[str, str]] = [{}, *by_region, *by_sex]
    places += [{"region_code": code, "sex": sex} for code in regencies for sex in SEXES]
    places += [{part: code} for code in codes]
    sums = [(2, 3, 4), (3, 4), (2, 4), (4,), (2, 3)]
    if part in BY_REGION:
        places += [{"region_code": region, part: code} for region in regencies for code in codes]
    else:
        places += [{"sex": sex, part: code} for sex in SEXES for code in codes]
    sums.append((3,) if part in BY_REGION else (2,))
    return places, np.concatenate([whole.sum(axis=axes).reshape(*whole.shape[:2], -1) for axes in sums], axis=2)


def _stages(draw: np.random.Generator, shares: np.ndarray, totals: Sequence[Integers]) -> np.ndarray:
    """Share the totals of every stage out, none of a part more than at the stage before: by batch, stage and part."""
    uneven = shares * draw.uniform(0.8, 1.25, (len(totals[0]), len(shares)))
    sums = np.floor(np.cumsum(uneven, axis=1) / uneven.sum(axis=1, keepdims=True) * totals[0][:, None])
    sums[:, -1] = totals[0]
    found = [np.diff(sums.astype(np.int64), axis=1, prepend=0)]
    for before, after in pairwise(totals):
        left = np.cumsum(found[-1], axis=1) * after[:, None] // before[:, None]
        found.append(np.diff(left, axis=1, prepend=0))
    by_stage = dict(zip(FUNNEL, found, strict=True))
    by_stage["belum_kompeten"] = by_stage["asesi"] - by_stage["kompeten"]
    return np.stack([by_stage[stage] for stage in STAGES], axis=1)
