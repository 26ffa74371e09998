"""The attacker: reads what is published, and nothing else, and works out what it hides.

Rule 1: nothing here may import from kompeten.register; the attacker never sees what the door sees.
Rule 2: a file that no parser claims, a program that is not solved to optimality, numbers that cannot all be true:
each is a breach, never silence.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from kompeten import RECORD
from kompeten.audit.reading.data_tables import read_table
from kompeten.audit.reading.package import read_packages
from kompeten.audit.reading.releases import release_breaches
from kompeten.audit.reading.site import SiteReading, read_files, site_files
from kompeten.audit.reading.written import Said, own_texts
from kompeten.audit.reasoning.cells import Cell, Key, Published
from kompeten.audit.reasoning.printed import printed_breaches
from kompeten.audit.reasoning.verdict import Attack, AuditError, AuditResult, AuditSummary, Breach, NothingToAudit
from kompeten.ground import store
from kompeten.ground.doormark import policy_digest
from kompeten.ground.policy import Policy, load_policy, weakened
from kompeten.ground.vocabulary import DIMENSION
from kompeten.ground.wording import worded
from kompeten.ground.workshop import ALONE, Workshop

__all__ = [
    "OTHER_REPORT",
    "REPORT",
    "AuditError",
    "AuditResult",
    "AuditSummary",
    "Breach",
    "Redraw",
    "Said",
    "audit_directory",
    "is_site",
    "own_report",
    "policy_for",
    "site_report",
    "verdict",
]


REPORT = "audit.json"
"""The file of a site that says what the attack on all its other files found."""


def site_report(summary: AuditSummary, *, synthetic: bool = False) -> bytes:
    """Give the report on a finished site: in plain words, and as numbers. It has no times and no path."""
    words = summary.words()
    report = {"words": words._asdict(), "synthetic": synthetic, **summary.as_json()}
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


Redraw = Callable[[Mapping[str, bytes]], Iterable[Breach]]
"""Gives the files of a site, path to content, that our own writers would not make of the documents among them."""


def audit_directory(
    path: Path,
    *,
    policy: Policy | None = None,
    previous: Sequence[Path] = (),
    redraw: Redraw | None = None,
    workshop: Workshop = ALONE,
    more: Iterable[Said] = (),
    made: Mapping[str, bytes] = MappingProxyType({}),
) -> AuditResult:
    """Audit a folder: a data folder, one data package, or a built site; with the earlier releases that it keeps.

    previous: folders of earlier releases that a reader may have kept, newest first. policy: read from the data
    folder where none of its rules is weaker than the repository's data/policy.toml, otherwise from there. redraw: asked
    of a site; the attacker knows no writer. workshop: reads each content of a site once. more: words that will stand
    around a data folder, besides those of the repository. made: what was just written there: what is found to be equal
    takes no second room.
    Raises AuditError where the folder is none of these.
    """
    asked, policy = policy, policy or policy_for(path)
    earlier = [read_previous(folder, policy) for folder in previous]
    if is_site(path):
        contents = tuple((name, own if (own := made.get(name)) == found else found) for name, found in site_files(path))
        site = read_files(contents, policy, workshop=workshop)
        earlier += site.earlier
        found, files, published = site.breaches, site.files, site.published
        plain = {name: content for name, content in contents if content is not None}
        found = (*found, *(redraw(plain) if redraw else ()))
    else:
        published, found, files = read_data(path, more, workshop)
        found = (*found, *(() if asked else weaker_rules(path)))
        for kept in kept_sites(path, policy, workshop):
            earlier += kept.earlier
            found, files = (*found, *kept.breaches), files + kept.files
    earlier = [*telling(published, earlier)]
    judged = verdict(published, policy, found=found, files=files, previous=earlier)
    # A site at fault says so itself; only of a sound one must the report that it carries be the one we would write.
    if redraw is None or judged.breaches or previous or not is_site(path) or REPORT not in plain:
        return judged
    if plain[REPORT] == own_report(judged.summary, plain):
        return judged
    return replace(judged, breaches=(OTHER_REPORT,), summary=replace(judged.summary, breaches=1))


def telling(published: Published, earlier: Sequence[tuple[str, Published]]) -> Iterator[tuple[str, Published]]:
    """Give the earlier releases without the lists of changes of which a whole release says everything."""
    releases = (published, *(each for _, each in earlier))
    whole = [{*map(_said, each.register)} for each in releases if each.is_whole]
    for name, each in earlier:
        if each.is_whole or not any({*map(_said, each.register)} <= said for said in whole):
            yield name, each


def _said(cell: Cell) -> tuple[Key, int | None, bool]:
    return cell.key, cell.value, cell.status == "hidden"


OTHER_REPORT = Breach(reason="not_as_drawn", subject=REPORT)


def own_report(summary: AuditSummary, files: Mapping[str, bytes]) -> bytes:
    """Give the report of a site that the attack found sound but for its report, which is not among the files read."""
    synthetic = bool(json.loads(files["api/v1/index.json"]).get("synthetic"))
    return site_report(replace(summary, files_read=summary.files_read - 1, breaches=0), synthetic=synthetic)


def read_previous(path: Path, policy: Policy) -> tuple[str, Published]:
    """Read an earlier release that a reader may have kept, a site or a data folder: its name and what it says."""
    return path.name, read_files(site_files(path), policy).published if is_site(path) else read_data(path)[0]


def kept_sites(path: Path, policy: Policy, workshop: Workshop = ALONE) -> Iterator[SiteReading]:
    """Read what a data folder keeps of the sites of earlier releases, newest first; nothing where it keeps none."""
    found: list[SiteReading] = []
    for digests in store.lists(path).values():
        gone = frozenset(digest for digest in digests.values() if store.content(path, digest) is None)
        # What a release says of changes names sources that it has no more: an earlier one had them.
        known = tuple(sorted(found[-1].kinds.items())) if found else ()
        found.append(_kept_site(path, tuple(sorted(digests.items())), gone, known, policy, workshop))
    return reversed(found)


# The door asks twice of one folder: what nobody told it of, and then for its proof.
@lru_cache(maxsize=8)
def _kept_site(
    path: Path,
    digests: tuple[tuple[str, str], ...],
    gone: frozenset[str],
    known: tuple[tuple[str, str], ...],
    policy: Policy,
    workshop: Workshop,
) -> SiteReading:
    """Read the kept files of one release, names and digests: what has the same digests says the same. gone: of those
    whose bytes are not there; known: kinds of the sources of earlier releases.
    """
    files = ((name, None if digest in gone else store.content(path, digest)) for name, digest in digests)
    return read_files(files, policy, workshop=workshop, known=dict(known))


def read_data(
    path: Path, more: Iterable[Said] = (), workshop: Workshop = ALONE
) -> tuple[Published, tuple[Breach, ...], int]:
    """Read a data folder or one package: what it says, breaches met while reading, files read."""
    if (path / "outcomes" / "datapackage.json").is_file() or (path / "datapackage.json").is_file():
        return read_packages(path, chain(own_texts(), more), workshop)
    what = "(outcomes/datapackage.json)", "(datapackage.json)", "(api/v1/index.json)"
    raise NothingToAudit(worded("nothing-to-audit", name=path.name, data=what[0], package=what[1], site=what[2]))


def is_site(path: Path) -> bool:
    return (path / "api" / "v1" / "index.json").is_file()


def verdict(
    published: Published,
    policy: Policy,
    *,
    found: Sequence[Breach] = (),
    files: int = 0,
    previous: Sequence[tuple[str, Published]] = (),
) -> AuditResult:
    """Judge what was read: what is printed, what it implies, and what changed; pure.

    found: breaches met while reading. previous: earlier releases, newest first.
    """
    struck = _struck(published, policy, previous)
    in_force = policy_digest(policy)
    breaches = [
        *found,
        *(Breach(reason="other_policy", subject=batch) for batch, own in published.sealed if own != in_force),
        *printed_breaches(published, policy),
        *release_breaches(published, previous, policy),
    ]
    breaches += struck.breaches
    ordered = tuple(sorted(set(breaches), key=lambda breach: (breach.reason, breach.subject, breach.chain)))
    return AuditResult(
        breaches=ordered,
        summary=AuditSummary(
            threshold=policy.threshold,
            width=policy.width,
            cells_audited=len(published.register),
            targets=struck.targets,
            tightest_width=struck.tightest,
            proofs=tuple(sorted(Counter(struck.proofs).items())),
            files_read=files,
            releases_compared=len(previous),
            breaches=len(ordered),
            insiders=struck.insiders,
        ),
    )


def _struck(published: Published, policy: Policy, previous: Sequence[tuple[str, Published]]) -> Attack:
    """Attack the counts of registers; where there are none, no solver is loaded."""
    if not published.register:
        return Attack(breaches=(), targets=0, tightest=None, proofs={})
    # scipy and HiGHS take longer to load than a site without a register takes to audit.
    from kompeten.audit.reasoning.judge import attack

    return attack(published, policy, previous)


def policy_for(path: Path) -> Policy:
    """Give the policy in force: the repository's own, or that of a data folder where no rule of it is weaker.

    A built site is held to what it says of itself where it promises more than the repository's policy.
    """
    standing = load_policy(RECORD / "policy.toml")
    if (path / "api" / "v1" / "privacy.json").is_file():
        return _as_promised(standing, (path / "api" / "v1" / "privacy.json").read_bytes())
    own = load_policy(path / "policy.toml") if (path / "policy.toml").is_file() else standing
    # Never the weaker of the two: weaker_rules tells of a folder that asks for less.
    return standing if weakened(own, standing) else own


def _as_promised(standing: Policy, document: bytes) -> Policy:
    try:
        said = json.loads(document)["data"]
        promised = {name: int(said[name]) for name in ("threshold", "width", "small_change_below")}
    except (ValueError, KeyError, TypeError):
        raise AuditError("api/v1/privacy.json: does not say its threshold, width and smallest change") from None
    # A promise to readers may tighten the policy, never loosen it.
    return replace(standing, **{name: max(getattr(standing, name), value) for name, value in promised.items()})


def weaker_rules(path: Path) -> Iterator[Breach]:
    """Give the rules of a folder's policy that ask for less than the repository's, or than any policy may."""
    if (path / "policy.toml").is_file():
        own = load_policy(path / "policy.toml")
        for rule in weakened(own, load_policy(RECORD / "policy.toml")):
            yield Breach(reason="weaker_policy", subject=f"policy.toml: {rule}")
    yield from other_groups(path)


def other_groups(path: Path) -> Iterator[Breach]:
    """Give the codes of a folder that it groups otherwise than the repository does: sums would not be seen as sums."""
    for codes in (dimension.codes for dimension in DIMENSION.values()):
        own, standing = (folder / "reference" / f"{codes.name}.csv" for folder in (path, RECORD))
        if own.is_file() and standing.is_file():
            groups = {row[codes.key]: row.get("parent_code") for row in read_table(standing, standing.name).rows}
            for row in read_table(own, own.name).rows:
                if row.get(codes.key) in groups and row.get("parent_code") != groups[row[codes.key]]:
                    yield Breach(reason="other_groups", subject=f"reference/{own.name}: {row[codes.key]}")
