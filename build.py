"""From data packages to the public site: the table of contents.

    python build.py [--data DIR] [--out DIR] [--release ID] [--base-url URL] [--check] [--report FILE]
                    [--lang id|en] [--jobs N]

Read it from the top: data are loaded, checked and attacked; what follows from them is computed once; documents, pages,
downloads and metadata are written from that; the whole is hashed, attacked again as a reader would, and swapped in.
A failure anywhere leaves the old site as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kompeten import REPOSITORY, cli
from kompeten.api import about, catalogue, documents, openapi, text
from kompeten.api.privacy import privacy_endpoint
from kompeten.api.publication import Publication, ReleaseError, publication, standing_findings
from kompeten.audit import AuditError, audit_directory, policy_for
from kompeten.console import Console, write_report
from kompeten.forms import catalogues, downloads
from kompeten.ground import tree
from kompeten.ground.policy import PolicyError
from kompeten.ground.settings import Settings, SettingsError, load_settings
from kompeten.ground.wording import load_translations
from kompeten.intake.validation import examine
from kompeten.pages import contents
from kompeten.pages.shelf import stock
from kompeten.site import assets, binding, search
from kompeten.site.binding import SiteError
from kompeten.site.glossary import load_glossaries
from kompeten.site.prose import ProseError, load_prose, load_snippets
from kompeten.site.search import SearchError

TEMPLATES = REPOSITORY / "site_templates"
SNIPPETS = REPOSITORY / "examples" / "snippets"


def main(arguments: Sequence[str]) -> int:
    """Check, then publish; give the exit status."""
    options = cli.build_options(arguments)
    console = Console(options.language)
    try:
        settings = load_settings(REPOSITORY / "kompeten.toml")
        settings = settings.at(options.base_url) if options.base_url else settings
        return checked(options, settings, console)
    except (SettingsError, ReleaseError, PolicyError, ProseError, SiteError, SearchError, OSError) as error:
        print(error, file=sys.stderr)
        return cli.USAGE
    except AuditError as error:
        print(error, file=sys.stderr)
        return cli.DISCLOSURE


def checked(options: cli.BuildOptions, settings: Settings, console: Console) -> int:
    """Load, check and attack the data; go on to publish only where nothing was found."""
    with console.stage("check"):
        examined = examine(options.data, REPOSITORY / "data")
        chosen = None if examined.findings else publication(examined, settings, options.release)
        findings = examined.findings if chosen is None else standing_findings(chosen)
    if options.report:
        write_report(options.report, findings)
    if chosen is None or findings:
        console.findings(findings, root=options.data.name)
        console.say("findings", count=len(findings))
        return cli.FINDINGS
    with console.stage("audit"):
        verdict = audit_directory(options.data)
    if verdict.breaches:
        print("\n".join(verdict.lines(options.language)))
        console.say("disclosure", count=len(verdict.breaches))
        return cli.DISCLOSURE
    if options.check:
        console.say("checked", rows=sum(map(len, examined.tables.values())))
        return cli.DONE
    privacy = privacy_endpoint(policy_for(options.data), verdict.summary)
    return publish(chosen, privacy, options, console)


def publish(chosen: Publication, privacy: catalogue.Endpoint, options: cli.BuildOptions, console: Console) -> int:
    """Write everything that is published, in order, and swap it in."""
    files = tree.Tree()
    imprint, settings = chosen.imprint, chosen.settings
    families = (*catalogue.endpoints(chosen.release.id), privacy)
    with console.stage("statistics"):
        statistics = documents.compute(chosen.compilation)
        made = catalogue.build_documents(statistics, families, imprint)
    with console.stage("api"):
        plain = {path: text.plain(document) for path, document in made.items()}
        files.add({path: text.to_json(body) for path, body in plain.items()})
        files.add(about.standing(chosen.compilation, imprint, chosen.withdrawn))
        files.add(about.frozen(made, imprint))
        files.add(openapi.schemas(families, imprint))
    with console.stage("downloads"):
        forms = downloads.files(statistics, made, imprint, chosen.descriptors)
        files.add(forms)
        files.add(openapi.files(families, statistics, made, imprint, settings, [*forms, downloads.ZIP]))
    with console.stage("pages"):
        books = contents.books(chosen, plain, TEMPLATES)
        checklist = catalogues.satu_data(chosen.descriptors, chosen.compilation)
        snippets, translations = load_snippets(SNIPPETS), load_translations(TEMPLATES / "wording")
        shelf = stock(files, (*families, *about.ENDPOINTS), checklist, snippets, translations)
        pages = contents.all_pages(books, TEMPLATES, shelf, load_prose(REPOSITORY / "docs"))
        pages = contents.with_datasets(pages, statistics, chosen)
        files.add(contents.picture_files(pages, books))
    with console.stage("site"):
        glossaries = load_glossaries(REPOSITORY / "docs")
        files.add(binding.themed(pages, contents.shell(chosen), TEMPLATES, glossaries, jobs=options.jobs))
        files.add(assets.static(TEMPLATES, chosen.release.id))
        files.add(assets.share_pictures(pages, TEMPLATES, settings.publisher))
        files.restore(chosen.kept)
    with console.stage("search"):
        files.add(search.bundle(files))
    with console.stage("metadata"):
        files.add(catalogues.files(statistics, made, imprint, settings, contents.listed(pages), forms))
    with console.stage("seal"):
        files.add(downloads.sealed(files, imprint, chosen.release.released_on))
    with console.stage("write"):
        tree.write(files, options.out, gate=audited)
    console.summary({"observations": len(chosen.compilation.observations), "pages": len(pages), "files": len(files)})
    console.say("done", out=options.out)
    return cli.DONE


def audited(folder: Path) -> None:
    """Attack the finished site as a reader would. Raises AuditError where it gives something away."""
    verdict = audit_directory(folder)
    if verdict.breaches:
        raise AuditError("\n".join(verdict.lines("id")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
