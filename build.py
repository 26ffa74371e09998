"""From data packages to the public site: the table of contents.

    python build.py [--data DIR] [--out DIR] [--release ID] [--base-url URL] [--check] [--preview]
                    [--report FILE] [--lang id|en] [--jobs N] [--no-cache] [--debug]

Read it from the top: data are loaded, checked and attacked; what follows from them is computed once; documents, pages,
downloads and metadata are written from that; the whole is hashed, attacked again as a reader would, and swapped in.
A failure anywhere leaves the old site as it was.
"""

from __future__ import annotations

import gc
import os
import sys

if __name__ == "__main__":  # before all that takes long to load
    from kompeten.ground.stopping import stop_quietly

    stop_quietly()

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kompeten import PACKAGE, RECORD, REPOSITORY, TEMPLATES, cli
from kompeten.api.publication import (
    WITA,
    Publication,
    is_beyond_a_site,
    publication,
    refuse_early,
    refuse_many,
    standing_findings,
)
from kompeten.audit import (
    OTHER_REPORT,
    AuditError,
    AuditSummary,
    audit_directory,
    own_report,
    policy_for,
    site_report,
)
from kompeten.console import Console, guarded, write_report
from kompeten.ground import tree
from kompeten.ground.findings import FOLDER_OF, Label
from kompeten.ground.refusal import DISCLOSURE, DONE, FINDINGS
from kompeten.ground.settings import load_settings
from kompeten.ground.workshop import ALONE, Workshop, digest_of_program
from kompeten.intake.validation import examine

if TYPE_CHECKING:
    from kompeten.api.edition import Edition
    from kompeten.site.standing import Standing

FEW_CYCLES = 200_000
"""Objects after which Python looks for cycles; a build makes few, and looking more often is a tenth of its work."""


def main(arguments: Sequence[str]) -> int:
    """Check, then publish; give the exit status."""
    gc.set_threshold(FEW_CYCLES, 50, 50)
    options = cli.build_options(arguments)
    hide = partial(cli.without_names, [each for each in (options.data, options.out, options.report) if each])
    work = partial(checked, options, Console(options.language, hide))
    return guarded(work, options.language, debug=options.debug, hide=hide)


def checked(options: cli.BuildOptions, console: Console) -> int:
    """Load, check and attack the data; go on to publish only where nothing was found."""
    settings = load_settings(REPOSITORY / "kompeten.toml", os.environ)
    settings = settings.at(options.base_url) if options.base_url else settings
    if not options.check:
        tree.refuse_within(options.out, options.data)
        tree.refuse_stranger(options.out)
    program = digest_of_program(PACKAGE, TEMPLATES)
    workshop = Workshop(jobs=options.jobs, folder=options.cache, program=program)
    with console.stage("check"):
        examined = examine(options.data, RECORD, workshop)
        if not options.check:
            refuse_many(examined)
        is_whole = not examined.findings and not is_beyond_a_site(examined)
        chosen = publication(examined, settings, options.release) if is_whole else None
        findings = examined.findings if chosen is None else standing_findings(chosen, examined)
    if options.report:
        write_report(options.report, findings)
    if findings:
        console.findings(findings, root=options.data.name)
        console.waiting(*examined.waiting)
        console.say("not-compared" if chosen is None else "not-audited")
        console.say("codes", page=f"{settings.base_url}{FOLDER_OF[options.language]}data/pemeriksaan/")
        console.say("findings", count=len(findings))
        return FINDINGS
    if chosen is not None and not options.check and not options.preview:
        refuse_early(chosen, datetime.now(WITA).date())
    with console.stage("audit"):
        verdict = audit_directory(options.data, workshop=workshop)
    if verdict.breaches:
        console.tell("\n".join(verdict.lines(options.language)))
        console.say("disclosure", count=len(verdict.breaches))
        return DISCLOSURE
    if chosen is None or options.check:
        console.say("checked", rows=sum(map(len, examined.tables.values())))
        if chosen is None:
            console.say("uncompared")
        return DONE
    chosen = replace(chosen, is_preview=options.preview)
    return published(chosen, verdict.summary, options, console, workshop)


def published(
    chosen: Publication, summary: AuditSummary, options: cli.BuildOptions, console: Console, workshop: Workshop
) -> int:
    """Leave a site that stands already as it would be made, or make it. summary: of the audit of the data."""
    from kompeten.api import edition as editions
    from kompeten.api import privacy
    from kompeten.site import standing

    policy = policy_for(options.data)
    with console.stage("standing"):
        plan = standing.plan(chosen, policy, summary)
        site = standing.standing_at(options.out, plan, workshop)
    if site is None:
        with console.stage("statistics"):
            edition = editions.compute(chosen, privacy.privacy_endpoint(policy, summary))
        site = publish(edition, summary, options, console, workshop)
        workshop.keep(standing.Standing, plan, site.packed())
        workshop.tidy()
    console.near(site.near)
    counts = {"observations": len(chosen.compilation.observations), "pages": site.pages, "files": site.files}
    console.summary(counts)
    console.say("done", out=options.out)
    return DONE


def publish(
    edition: Edition, summary: AuditSummary, options: cli.BuildOptions, console: Console, workshop: Workshop
) -> Standing:
    """Write everything that is published, in order, and swap it in. A check opens none of what that takes.

    summary: of the audit of the data, from which that of the site mostly differs in the number of files alone.
    """
    from kompeten.site import composing
    from kompeten.site.standing import Standing

    def report(files: int) -> bytes:
        return site_report(replace(summary, files_read=files), synthetic=edition.compilation.synthetic)

    composed = composing.composed(edition, workshop, report, console.stage)
    files, near = composed.files, tree.near_limits(composed.files)
    with console.stage("write"):
        sums = tree.write(files, options.out, gate=partial(audited, edition, files, workshop=workshop))
    return Standing(sums=sums.decode(), pages=composed.pages, near=near)


def audited(edition: Edition, files: tree.Tree, folder: Path, *, workshop: Workshop = ALONE) -> dict[str, bytes]:
    """Attack the finished site as a reader would; give what to publish otherwise: nothing, where its report was
    foretold rightly. Raises AuditError where it tells.
    """
    from kompeten.site import composing
    from kompeten.site.redrawn import Written

    verdict = audit_directory(folder, redraw=Written(files=files), workshop=workshop, made=files)
    if verdict.breaches == (OTHER_REPORT,):
        return composing.with_report(edition, files, own_report(verdict.summary, files))
    if verdict.breaches:
        raise AuditError(*map(Label, verdict.lines("id"), verdict.lines("en")))
    return {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
