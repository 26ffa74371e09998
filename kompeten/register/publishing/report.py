"""The officer's report: what is hidden and why, what it cost, what to merge. For the office alone; never published.

It tells primary from complementary and counts the people behind hidden cells as sums over a whole table, so it must
not leave the office; it names no person and no single hidden count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kompeten.ground.findings import Finding
from kompeten.ground.policy import Policy
from kompeten.ground.vocabulary import ALL, DIMENSIONS
from kompeten.register.hiding.protect import PlanRefused, ProtectedCell, ProtectedRelease, hidden_by_table, proposals

WARNING_ID = (
    "> **Hanya untuk petugas.** Laporan ini memberi tahu sel mana yang kecil dan mana yang hanya ikut disembunyikan. "
    "Jangan diterbitkan, jangan dimasukkan ke repositori."
)
WARNING_EN = (
    "> **For the officer alone.** This report tells small cells from cells hidden with them. "
    "Do not publish it, do not commit it."
)
REASONS = {
    "primary": "primer (hitungan kecil atau semua belum lulus)",
    "complementary": "pelengkap (melindungi sel lain atau selisih kecil)",
}


def release_report(
    release: ProtectedRelease, policy: Policy, *, people: int, left_out: int, accepted: Mapping[str, int]
) -> str:
    """Write the report of a release: Markdown, Indonesian first, English beside the headings."""
    lines = ["# Laporan pengungkapan / Disclosure report", "", WARNING_ID, "", WARNING_EN, ""]
    lines += ["## Yang dibaca / What was read", ""]
    lines += [
        f"- Baris peserta / rows of people: {people}",
        f"- Baris lain yang dilewati / other rows left out: {left_out}",
    ]
    lines += [
        f"- Pemeriksaan yang diterima petugas / accepted check `{rule}`: {count}" for rule, count in accepted.items()
    ]
    lines += ["", "## Biaya / Cost", "", *_cost(release, policy), ""]
    lines += ["## Per tabel / By table", "", *_by_table(release.cells), ""]
    lines += ["## Tabel yang sebaiknya digabung / Tables to merge", "", *_merges(release, policy), ""]
    lines += ["## Setiap sel yang disembunyikan / Every hidden cell", "", *_hidden_cells(release.cells), ""]
    return "\n".join(lines)


def refusal_report(refused: PlanRefused) -> str:
    """Write why nothing was published, and what to change."""
    lines = ["# Tidak diterbitkan / Not published", "", WARNING_ID, ""]
    lines += [f"- {reason.id}\n  {reason.en}" for reason in refused.reasons]
    if refused.proposals:
        lines += ["", "## Usul / Proposals", "", *(f"- {item.id}\n  {item.en}" for item in refused.proposals)]
    return "\n".join([*lines, ""])


def findings_report(findings: Sequence[Finding]) -> str:
    """Write what to mend in the register: place and rule, never a value."""
    lines = ["# Register belum dapat dipakai / The register cannot be used yet", ""]
    lines += [f"- `{finding.rule}` {finding.line('id')}" for finding in findings]
    return "\n".join([*lines, ""])


def _cost(release: ProtectedRelease, policy: Policy) -> Iterator[str]:
    """Give the price of protection in cells and in people counted."""
    cells = release.cells
    hidden = [cell for cell in cells if cell.status == "hidden"]
    why = Counter(cell.reason for cell in hidden)
    behind, counted = sum(cell.people for cell in hidden), sum(cell.people for cell in cells)
    most = policy.hidden_share_pct
    kept = 10_000 if not counted else (counted - behind) * 10_000 // counted
    yield f"- Sel / cells: {len(cells)}; disembunyikan / hidden: {len(hidden)}"
    yield f"- Dari sel yang tidak nol / of non-zero cells: {release.hidden_share_pct} %; batas / limit {most} %"
    yield f"- Primer / primary: {why['primary']}; pelengkap / complementary: {why['complementary']}"
    yield f"- Hitungan orang yang tetap tampak / counted people still shown: {kept // 100},{kept % 100:02d} %"
    yield f"- Sistem terkait terbesar / largest linked system: {release.unknowns} sel tak diketahui / unknown cells"
    yield f"- Serangan / attack: 0 sel terungkap / recovered, 0 lebih sempit dari / tighter than {policy.width}"


def _by_table(cells: Sequence[ProtectedCell]) -> Iterator[str]:
    yield "| tabel / table | disembunyikan / hidden | tidak nol / non-zero | persen / per cent |"
    yield "| --- | ---: | ---: | ---: |"
    for name, (hidden, counted) in hidden_by_table(cells).items():
        yield f"| {name} | {hidden} | {counted} | {hidden * 100 // counted if counted else 0} |"


def _merges(release: ProtectedRelease, policy: Policy) -> Iterator[str]:
    found = proposals(hidden_by_table(release.cells), policy)
    if not found:
        yield "Tidak ada: tidak satu tabel pun kehilangan banyak sel. / None: no table loses many cells."
    for item in found:
        yield f"- {item.id}\n  {item.en}"


def _hidden_cells(cells: Sequence[ProtectedCell]) -> Iterator[str]:
    yield "| tahap / batch | tahapan / stage | sel / cell | sebab / reason |"
    yield "| --- | --- | --- | --- |"
    for cell in cells:
        if cell.status == "hidden":
            places = zip(DIMENSIONS, cell.coordinates, strict=True)
            where = ", ".join(f"{dimension} {code}" for dimension, code in places if code != ALL) or "jumlah / total"
            yield f"| {cell.batch_id} | {cell.stage} | {where} | {REASONS[cell.reason]} |"
