"""One plain summary of a proposal, in both languages: what it changes, what is wrong with it, what it would publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kompeten import RECORD, REPOSITORY, WORDING
from kompeten.api.comparing import ComparingRefused, Side, compared, data_folder, side
from kompeten.api.guards import SCHEMA, Guard, guards
from kompeten.api.publication import Publication, publication, standing_findings
from kompeten.api.releasing import rebuilt
from kompeten.audit import AuditResult, audit_directory
from kompeten.ground import formats, store
from kompeten.ground.findings import LANGUAGES, Finding, Label, Language, few
from kompeten.ground.policy import Policy, PolicyError, load_policy
from kompeten.ground.refusal import DISCLOSURE, DONE, FINDINGS
from kompeten.ground.settings import load_settings
from kompeten.ground.tree import workroom
from kompeten.ground.wording import Wording, load_wording, spoken, worded
from kompeten.intake.validation import Examined
from kompeten.statistics.changes import next_version
from kompeten.statistics.declared import Recorded

PROGRAMS = (".github", "build.py", "kompeten", "scripts", "Makefile", "pyproject.toml", "kompeten.toml")
LOCKS = ("requirements.lock", "requirements-dev.lock")
MOST = 60
"""So many rows of a list are written out; of more, how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a built site holds. pages, endpoints: addresses below its root; size: bytes of all files."""

    pages: frozenset[str]
    endpoints: frozenset[str]
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Everything that a summary says.

    changes, verdict: None where findings come first; sites: None where none was built.
    """

    findings: tuple[Finding, ...]
    changes: tuple[Recorded, ...] | None
    guards: tuple[Guard, ...]
    verdict: AuditResult | None
    sites: tuple[Built, Built] | None
    version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The summary as Markdown, and the exit status that it deserves."""

    text: str
    exit_status: int


def review(old: Path, new: Path, *, quick: bool = False) -> Reviewed:
    """Summarise a proposal. old, new: data folders, or checkouts, whose programs and workflows are compared too.

    The programs that judge are this one's own, not the proposal's. quick: build no site.
    Raises ComparingRefused where a side is neither.
    """
    proposal = proposed(old, new, quick=quick)
    words = load_wording(WORDING, "review.")
    text = "\n".join(line for language in LANGUAGES for line in summary(proposal, words[language])) + "\n"
    status = FINDINGS if proposal.findings else DONE
    return Reviewed(text=text, exit_status=DISCLOSURE if proposal.verdict and proposal.verdict.breaches else status)


def proposed(old: Path, new: Path, *, quick: bool = False) -> Proposal:
    """Find everything that a summary says."""
    both = [data_folder(folder) for folder in (old, new)]
    if None in both:
        missing = (old, new)[both.index(None)].name
        raise ComparingRefused(worded("nothing-to-review", missing=missing))
    before, after = (side(str(folder), RECORD) for folder in both if folder)
    folders = [folder for folder in both if folder]
    # Else what moved without its reason, and what is declared wrongly.
    findings = after.findings or (standing_findings(_chosen(after.examined), after.examined) if after.examined else ())
    verdict = None if after.findings else audit_directory(folders[1])
    is_sound = not before.findings and not findings and verdict is not None and not verdict.breaches
    changes = None if before.findings or after.findings else compared(before, after)
    return Proposal(
        findings=findings,
        changes=changes,
        guards=guards(_guard_texts(old, folders[0]), _guard_texts(new, folders[1]), _policies(folders)),
        verdict=verdict,
        sites=(_built(folders[0]), _built(folders[1])) if is_sound and not quick else None,
        version=_version(before, changes) if changes is not None else None,
    )


def _chosen(examined: Examined) -> Publication:
    return publication(examined, load_settings(REPOSITORY / "kompeten.toml"), None)


def _version(before: Side, changes: Sequence[Recorded]) -> str | None:
    """Give the version of the data before and after; None where it is not known."""
    known = _chosen(before.examined).history.steps[-1].version if before.examined else None
    return f"{known} → {next_version(known, [each.change for each in changes])}" if known else None


def _policies(folders: Sequence[Path]) -> tuple[Policy, Policy] | None:
    try:
        old, new = (load_policy(folder / "policy.toml") for folder in folders)
    except (OSError, PolicyError):
        return None
    return old, new


def _guard_texts(root: Path, data: Path) -> Mapping[str, str]:
    """Give what guards the data: schemas and policy of the data folder; programs and workflows of a checkout."""
    found = [*sorted(data.glob(f"*/{SCHEMA}")), data / "policy.toml"]
    if root != data:
        for name in (*PROGRAMS, *LOCKS):
            found += sorted((root / name).rglob("*")) if (root / name).is_dir() else [root / name]
    plain = (path for path in found if path.is_file() and not path.is_symlink() and path.suffix != ".pyc")
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8", errors="replace") for path in plain}


def _built(data: Path) -> Built:
    """Build the site of a data folder and measure it. Raises ComparingRefused where it cannot be built."""
    with workroom() as folder:
        said = rebuilt(data, folder / "site")
        if said is not None:
            raise ComparingRefused(Label(f"{data.name}:\n{said.id}", f"{data.name}:\n{said.en}"))
        return measured(folder / "site")


def measured(site: Path) -> Built:
    files = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*") if path.is_file()}
    return Built(
        pages=frozenset(path.removesuffix("index.html") for path in files if path.endswith("index.html")),
        endpoints=frozenset(path for path in files if path.startswith("api/v1/") and path.endswith(".json")),
        size=sum(files.values()),
    )


def summary(proposal: Proposal, say: Wording) -> Iterator[str]:
    """Give the summary in one language, as lines of Markdown."""
    language, breaches = say.language, proposal.verdict is not None and bool(proposal.verdict.breaches)
    kind = "findings" if proposal.findings else "disclosure" if breaches else "clean"
    yield from (f"## {say('title')}", "", say(f"verdict.{kind}", count=len(proposal.findings)), "")
    yield from _section(say, "findings", _findings(proposal.findings, say))
    if proposal.changes is None:
        yield from (f"### {say('moves')}", "", say("unread"), "")
    else:
        yield from _section(say, "moves", _moves(proposal.changes, proposal.version, say))
        yield from _figures(proposal.changes, say)
    yield from _section(say, "guards", _guards(proposal.guards, say))
    lines = proposal.verdict.lines(language) if proposal.verdict else (say("unread"),)
    yield from (f"### {say('disclosure')}", "", *(f"- {line}" for line in lines), "")
    yield from (f"### {say('site')}", "", *_site(proposal.sites, say), "")


def _section(say: Wording, key: str, rows: Sequence[str]) -> Iterator[str]:
    """Give one section: its rows, as many as are read, or that there are none."""
    more = [say("more", count=len(rows) - MOST)] if len(rows) > MOST else []
    yield from (f"### {say(key)}", "", *(rows[:MOST] or [say(f"{key}.none")]), *more, "")


def _findings(found: Sequence[Finding], say: Wording) -> list[str]:
    """Give the findings as items of a list, a flood of one kind folded."""
    lines: list[str] = []
    for each, others in few(found, lambda each: (each.file, each.rule)):
        lines.append(_finding(each, say.language))
        lines += [f"  {say('more', count=len(others))}"] if others else []
    return lines


def _finding(found: Finding, language: Language) -> str:
    """Give a finding as an item of a list, lines to paste as they are to be pasted."""
    first, _, lines = found.line(language).partition("\n")
    pasted = "".join(f"\n  {line}" for line in ["", "```toml", *lines.strip().splitlines(), "```"]) if lines else ""
    return f"- {_code(first)} [{found.rule}]{pasted}"


def _moves(changes: Sequence[Recorded], version: str | None, say: Wording) -> list[str]:
    kinds, counted = spoken("kind", say.language), Counter(each.change.kind for each in changes)
    lines = [f"- {say('moves.count', kind=kinds(kind), count=n)}" for kind, n in counted.items()]
    told = (each.change for each in changes if each.change.kind not in ("added", "reworded", "revised"))
    lines += [f"- {_code(change.line(say.language))}" for change in told]
    before, _, after = (version or "").partition(" → ")
    return [*lines, *(["", say("version", before=before, after=after)] if lines and after else [])]


def _figures(changes: Sequence[Recorded], say: Wording) -> Iterator[str]:
    rows = [_figure_row(each, say) for each in changes if each.change.has_figure and each.change.kind != "preferred"]
    head = [say("figures.head"), "|---|---|--:|--:|--:|---|"] if rows else [say("figures.none")]
    more = ["", say("more", count=len(rows) - MOST)] if len(rows) > MOST else []
    yield from (f"### {say('figures')}", "", *head, *rows[:MOST], *more, "")


def _figure_row(each: Recorded, say: Wording) -> str:
    change, reason = each.change, each.declaration.reason.text(say.language) if each.declaration else ""
    needs = change.kind in ("revised", "removed")
    cells = (
        _code(change.address),
        str(change.row.get("source_id") or ""),
        *("–" if figure is None else str(figure) for figure in (change.old, change.new)),
        f"{change.difference:+}" if change.difference else "",
        reason or (say("reason.none") if needs else ""),
    )
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _guards(found: Sequence[Guard], say: Wording) -> list[str]:
    ordered = sorted(found, key=lambda each: not each.is_weaker)
    return [f"- {say('guards.weaker') + ' ' if g.is_weaker else ''}{_code(f'{g.file}: {g.what}')}" for g in ordered]


def _site(sites: tuple[Built, Built] | None, say: Wording) -> Iterator[str]:
    if sites is None:
        yield say("site.unbuilt")
        return
    old, new = sites
    counts = {"pages": (old.pages, new.pages), "endpoints": (old.endpoints, new.endpoints)}
    sizes = {**{key: tuple(map(len, both)) for key, both in counts.items()}, "bytes": (old.size, new.size)}
    yield from (say("site.head"), "|---|--:|--:|")
    for key, both in sizes.items():
        yield f"| {say(f'site.{key}')} | {' | '.join(formats.number(size, say.language) for size in both)} |"
    copies = {path for path in new.pages - old.pages if any(map(store.RELEASE_ID.fullmatch, path.split("/")))}
    if copies:
        yield from ("", say("site.copies", count=len(copies)))
    gone = (old.pages | old.endpoints) - (new.pages | new.endpoints)
    for key, paths in {"gone": gone, "new": new.pages - old.pages - copies}.items():
        if paths:
            listed = ", ".join(_code(f"/{path}") for path in sorted(paths)[:MOST])
            yield from ("", f"{say(f'site.{key}')}: {listed}")
            if len(paths) > MOST:
                yield say("more", count=len(paths) - MOST)


def _code(text: str) -> str:
    """Show a text as it stands: what a proposal writes is never read as Markdown."""
    return f"`{text.replace('`', 'ˋ')}`"
