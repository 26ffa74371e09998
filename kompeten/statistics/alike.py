"""The one comparison of like with like: people in the register of certificates over surveyed workers, of one year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kompeten.ground.model import Comparison, Compilation, Context
from kompeten.ground.vocabulary import ALL, PRINTED, Precision
from kompeten.statistics.rates import rounded

HOLDERS, OLDER, WORKERS = "pemegang_skk", "pemegang_ska_skt", "pekerja_konstruksi"
ELSEWHERE = ("pemegang_sertifikat", "pekerja_konstruksi", "porsi_bersertifikat")
"""What one source must state of another area, at one date, to stand beside our own register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterShare:
    """Holders of certificates over workers in one area and year.

    more: holders of older certificates, perhaps the same people; None where the source counts all as one. low, high:
    per cent without and with them, to one decimal; where a source prints the share, both are what it prints.
    precision: exact where every figure it is made of is.
    """

    area_code: str
    period: str
    holders: int
    more: int | None
    workers: int
    low: Decimal
    high: Decimal
    is_printed: bool
    source_id: str
    workers_source_id: str
    precision: Precision


def register_shares(compilation: Compilation) -> tuple[RegisterShare, ...]:
    """Give the share of the main programme's province in the newest year with all counts, then that of other areas.

    Empty where no year has all counts. Source of the method: one register and one survey for top and bottom.
    """
    main = {p.region_code for p in compilation.programmes.values() if p.role == "main"}
    counts = [
        _by_year(compilation, main, *counted) for counted in ((HOLDERS, "lpjk"), (OLDER, "lpjk"), (WORKERS, "bps"))
    ]
    year = max(set.intersection(*map(set, counts)), default=None)
    if year is None:
        return ()
    holders, older, workers = (rows[year] for rows in counts)
    top, more, base = ((row.value or 0) for row in (holders, older, workers))
    own = RegisterShare(
        area_code=holders.region_code,
        period=str(year),
        holders=top,
        more=more,
        workers=base,
        low=rounded(Decimal(top) * 100 / base, 1),
        high=rounded(Decimal(top + more) * 100 / base, 1),
        is_printed=False,
        source_id=holders.source_id,
        workers_source_id=workers.source_id,
        precision=_precision(holders, older, workers),
    )
    return (own, *_elsewhere(compilation, str(year)))


def _precision(*rows: Context | Comparison) -> Precision:
    """Say how exact a share is: no more than the figures it is made of."""
    return "exact" if all(row.precision == "exact" for row in rows) else "about"


def _by_year(compilation: Compilation, regions: set[str], measure: str, counter: str) -> Mapping[int, Context]:
    """Give one count a year: an exact one before a rounded one, the preferred one before others, the latest."""
    found = [
        c
        for c in compilation.context
        if (c.measure, c.counted_by, c.qualification_level, c.mark) == (measure, counter, ALL, None)
        if c.region_code in regions and c.status in PRINTED and c.value
    ]
    # The last of a year stays in the mapping: the best one comes last.
    ordered = sorted(found, key=lambda c: (c.precision == "exact", c.preferred, c.period))
    return {int(c.period[:4]): c for c in ordered}


def _elsewhere(compilation: Compilation, year: str) -> Iterator[RegisterShare]:
    found: dict[tuple[str, str, str], dict[str, Comparison]] = {}
    for c in compilation.comparisons:
        if c.theme == "register" and c.period.startswith(year):
            found.setdefault((c.area_code, c.source_id, c.period), {})[c.measure] = c
    for (area, source, period), own in found.items():
        if all(name in own for name in ELSEWHERE):
            holders, workers, share = (own[name].value for name in ELSEWHERE)
            yield RegisterShare(
                area_code=area,
                period=period,
                holders=int(holders),
                more=None,
                workers=int(workers),
                low=share,
                high=share,
                is_printed=True,
                source_id=source,
                workers_source_id=source,
                precision=_precision(*(own[name] for name in ELSEWHERE)),
            )
