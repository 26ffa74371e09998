"""What our own program makes of the data packages that a site publishes, beside what the site holds.

A site says what it was made of (``downloads/packages.zip``). It is made again from that, and compared: what differs by
one byte was not written by us, whatever it holds: an element, a key, a sheet, a member, a pixel. Nothing here knows
what is hidden.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace

from kompeten import RECORD
from kompeten.api.edition import compute
from kompeten.api.privacy import privacy_endpoint
from kompeten.api.publication import publication
from kompeten.audit import REPORT, Breach, Said, audit_directory, policy_for
from kompeten.forms.downloads.origin import CHOSEN, ORIGIN, Origin, unpacked
from kompeten.ground import store
from kompeten.ground.refusal import Refused
from kompeten.ground.tree import CHECKSUMS, checksums, digests_of, lay_down, sha256_of, workroom
from kompeten.ground.workshop import Workshop, digest_of_program
from kompeten.intake.validation import examine
from kompeten.pages.frames import without_notice
from kompeten.site.composing import composed
from kompeten.site.standing import WRITTEN_BY_HAND

TOLD = 40
"""So many files are named one by one; beyond them it is said how many more there are."""

Files = Mapping[str, bytes]


class _ToldError(Exception):
    """The packages of a site cannot be published as they are."""

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        super().__init__()
        self.breaches = breaches


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a site is made of. digest: of its packages, which say the digests of what earlier releases left. report: of
    its audit, which its lists name. beside: digest of what is written by hand, and of the record that data are held to.
    """

    digest: str
    report: bytes
    beside: str
    origin: Origin = field(repr=False)
    kept: Mapping[str, Files] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """The step from what a site is made of to the digests of its files: JSON, by path."""

    workshop: Workshop = field(repr=False)

    def __call__(self, source: Source) -> bytes:
        """Make a site again. Raises _ToldError where its packages have findings or breaches."""
        with workroom() as room:
            folder = room / "data"
            lay_down(source.origin.files, folder)
            for release, files in source.kept.items():
                store.put(folder, release, files)
            examined = examine(folder, RECORD, self.workshop)
            if examined.findings:
                found = dict.fromkeys(f"{ORIGIN}!{each.file} [{each.rule}]" for each in examined.findings)
                raise _ToldError(tuple(Breach(reason="not_as_drawn", subject=place) for place in found))
            verdict, policy = audit_directory(folder, more=_chosen(source.origin)), policy_for(folder)
        if verdict.breaches:
            raise _ToldError(verdict.breaches)
        chosen = publication(examined, source.origin.settings, source.origin.release)
        chosen = replace(chosen, is_preview=source.origin.is_preview)
        edition = compute(chosen, privacy_endpoint(policy, verdict.summary))
        files = composed(edition, self.workshop, lambda _: source.report).files
        self.workshop.tidy()
        return json.dumps(digests_of(files)).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawing:
    """workshop: makes pages and pictures, and whole sites, each content once."""

    workshop: Workshop

    def __call__(self, files: Files) -> Iterator[Breach]:
        """Give what a site holds that our program does not make of what the site says it is made of."""
        try:
            source = _source(files)
            made = self.workshop.each(Making(workshop=self.workshop), {ORIGIN: source})[ORIGIN]
        except _ToldError as told:
            yield from told.breaches
            return
        except (KeyError, ValueError, Refused):
            yield Breach(reason="not_as_drawn", subject=ORIGIN)
            return
        expected = json.loads(made)
        expected[CHECKSUMS] = sha256_of(checksums({path: own for path, own in files.items() if path != CHECKSUMS}))
        yield from (Breach(reason="not_as_drawn", subject=path) for path in _differing(expected, digests_of(files)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a build has just made: it is compared, and not made a second time. files: of it."""

    files: Files

    def __call__(self, files: Files) -> Iterator[Breach]:
        """Give what a site holds that the build did not write so."""
        for path in sorted((files.keys() | self.files.keys()) - {CHECKSUMS}):
            if files.get(path) != self.files.get(path):
                yield Breach(reason="not_as_drawn", subject=path)


def _differing(expected: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """Give the paths whose digest is another, or that only one side has: the first ones, and how many more."""
    other = sorted(path for path in {*expected, *found} if expected.get(path) != found.get(path))
    return other[:TOLD] + ([f"+ {len(other) - TOLD}"] if len(other) > TOLD else [])


def _source(files: Files) -> Source:
    """Give what a site is made of. Raises KeyError or ValueError where it does not say so."""
    origin = unpacked(files[ORIGIN])
    kept = {release: _left_by(own, files) for release, own in origin.kept.items()}
    found = {path: own for files in kept.values() for path, own in digests_of(files).items()}
    said = {path: digest for own in origin.kept.values() for path, digest in own.items()}
    if other := _differing(said, found):
        raise _ToldError(tuple(Breach(reason="not_as_drawn", subject=path) for path in other))
    beside = digest_of_program(*WRITTEN_BY_HAND, RECORD)
    return Source(
        digest=sha256_of(files[ORIGIN]), report=files.get(REPORT, b""), beside=beside, origin=origin, kept=kept
    )


def _chosen(origin: Origin) -> Iterator[Said]:
    """Give the words that a publisher chose for its site."""
    for name, value in asdict(origin.settings).items():
        yield Said(address=f"{ORIGIN}!{CHOSEN}#/{name}", text=str(value), is_standing=True)


def _left_by(said: Collection[str], files: Files) -> Files:
    """Give what a release left on a site, as it was published then. said: its paths."""
    return {path: without_notice(path, files[path]) for path in said if path in files}
