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
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from kompeten import PACKAGE, REPOSITORY, cli
from kompeten.api import about, openapi, text
from kompeten.api.edition import Edition, compute
from kompeten.api.privacy import privacy_endpoint
from kompeten.api.publication import WITA, publication, refuse_early, standing_findings
from kompeten.audit import REPORT, AuditError, Redraw, audit_directory, policy_for, site_report
from kompeten.console import Console, guarded, write_report
from kompeten.forms import catalogues, downloads
from kompeten.ground import tree
from kompeten.ground.findings import Label
from kompeten.ground.refusal import DISCLOSURE, DONE, FINDINGS
from kompeten.ground.settings import load_settings
from kompeten.ground.wording import load_translations
from kompeten.ground.workshop import ALONE, Workshop, digest_of_program
from kompeten.intake.validation import examine
from kompeten.pages import contents, frames
from kompeten.pages.shelf import stock
from kompeten.site import assets, binding, search
from kompeten.site.glossary import load_glossaries
from kompeten.site.prose import load_prose, load_snippets
from kompeten.site.redrawn import Written

TEMPLATES = REPOSITORY / "site_templates"
SNIPPETS = REPOSITORY / "examples" / "snippets"
FEW_CYCLES = 200_000
"""Objects after which Python looks for cycles; a build makes few, and looking more often is a tenth of its work."""


def main(arguments: Sequence[str]) -> int:
    """Check, then publish; give the exit status."""
    gc.set_threshold(FEW_CYCLES, 50, 50)
    options = cli.build_options(arguments)
    return guarded(lambda: checked(options, Console(options.language)), options.language, debug=options.debug)


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
        examined = examine(options.data, REPOSITORY / "data", workshop)
        chosen = None if examined.findings else publication(examined, settings, options.release)
        findings = examined.findings if chosen is None else standing_findings(chosen, examined)
    if options.report:
        write_report(options.report, findings)
    if chosen is None or findings:
        console.findings(findings, root=options.data.name)
        console.waiting(*examined.waiting)
        console.say("codes", page=f"{settings.base_url}data/pemeriksaan/")
        console.say("findings", count=len(findings))
        return FINDINGS
    if not options.check and not options.preview:
        refuse_early(chosen, datetime.now(WITA).date())
    with console.stage("audit"):
        verdict = audit_directory(options.data, workshop=workshop)
    if verdict.breaches:
        print("\n".join(verdict.lines(options.language)))
        console.say("disclosure", count=len(verdict.breaches))
        return DISCLOSURE
    if options.check:
        console.say("checked", rows=sum(map(len, examined.tables.values())))
        return DONE
    with console.stage("statistics"):
        chosen = replace(chosen, is_preview=options.preview)
        edition = compute(chosen, privacy_endpoint(policy_for(options.data), verdict.summary))
    return publish(edition, options, console, workshop)


def publish(edition: Edition, options: cli.BuildOptions, console: Console, workshop: Workshop) -> int:
    """Write everything that is published, in order, and swap it in."""
    files = figures(edition, console)
    with console.stage("pages"):
        snippets, translations = load_snippets(SNIPPETS), load_translations(TEMPLATES / "wording")
        shelf = stock(edition, files, snippets, translations)
        books = contents.books(edition, TEMPLATES)
        pages = contents.all_pages(books, TEMPLATES, shelf, load_prose(REPOSITORY / "docs", edition.settings))
        pages = contents.with_datasets(pages, edition, files)
        drawings = contents.picture_files(pages, books)
        files.add(drawings)
    with console.stage("site"):
        glossaries = load_glossaries(REPOSITORY / "docs")
        files.add(binding.themed(pages, contents.shell(edition), TEMPLATES, glossaries, workshop))
        files.add(assets.static(TEMPLATES, edition.release.id))
        painter = assets.Painter(templates=TEMPLATES, site_name=edition.settings.publisher)
        files.add(workshop.each(painter, assets.shares(pages)))
        files.add(workshop.each(assets.Printer(templates=TEMPLATES), assets.printed(drawings)))
        files.restore(frames.with_notices(edition.kept, files, list(books.values())))
    with console.stage("search"):
        files.add(search.bundle(files))
    seal(edition, files, contents.listed(pages), console)
    console.near(tree.near_limits(files))
    with console.stage("write"):
        synthetic = edition.compilation.synthetic
        gate = partial(audited, redraw=Written(files=files), synthetic=synthetic, workshop=workshop)
        tree.write(files, options.out, gate=gate)
    console.summary({"observations": len(edition.compilation.observations), "pages": len(pages), "files": len(files)})
    console.say("done", out=options.out)
    return DONE


def figures(edition: Edition, console: Console) -> tree.Tree:
    """Give every document, and the figures in every other form: all that pages are made from."""
    files = tree.Tree()
    with console.stage("api"):
        files.add(text.files(edition.documents))
        files.add(about.standing(edition))
        files.add(openapi.schemas(edition))
    with console.stage("downloads"):
        files.add(downloads.files(edition))
        files.add(openapi.files(edition, [*files, downloads.ZIP]))
        files.add(downloads.frozen(files, edition))
    return files


def seal(edition: Edition, files: tree.Tree, pages: Sequence[str], console: Console) -> None:
    """Add what speaks of all other files: catalogues, feeds, archive and list. pages: paths in both languages."""
    with console.stage("metadata"):
        files.add(catalogues.files(edition, files, pages))
    with console.stage("seal"):
        files.add(downloads.sealed(files, edition))


def audited(
    folder: Path, *, redraw: Redraw | None = None, synthetic: bool = False, workshop: Workshop = ALONE
) -> dict[str, bytes]:
    """Attack the finished site as a reader would; give what to publish of it. Raises AuditError where it tells."""
    verdict = audit_directory(folder, redraw=redraw, workshop=workshop)
    if verdict.breaches:
        raise AuditError(*map(Label, verdict.lines("id"), verdict.lines("en")))
    return {REPORT: site_report(verdict.summary, synthetic=synthetic)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
