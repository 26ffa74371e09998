"""The home page: was the target met, of what, on whose word, and what nobody has published."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment

from kompeten.ground.vocabulary import PRINTED
from kompeten.pages.book import Book, Sheet
from kompeten.pages.node import Node
from kompeten.pages.page import Page, Share, render
from kompeten.pages.parts import CSV, JSON, joined, reuse_kit
from kompeten.pages.pictures import (
    achieved_caveat,
    achieved_text,
    funnel_of,
    programme_name,
    publishers,
    target_picture,
)
from kompeten.statistics.sentences import Fact


def page(book: Book, env: Environment) -> Page:
    """Make the home page around the newest participant target of the main programme that has a figure."""
    sheet = Sheet(book=book, path="")
    progress = newest(book)
    picture = target_picture(sheet, progress)
    year = book.doc("programmes.json").find(role="main")["years"].find(year=progress["target"]["year"].value)
    context = {
        "sheet": sheet,
        "title": title(book, progress, year),
        "lead": book.say(progress["sentence"]),
        "year": progress["target"]["year"].value,
        "figures": figures(sheet, progress, year),
        "picture": picture,
        "kit": reuse_kit(
            sheet,
            fact(book, progress),
            progress["achieved"]["value"],
            title=share_title(book, progress),
            picture=picture,
        ),
        "funnel": funnel(sheet, progress),
        "changes": changes(sheet),
        "missing": missing(sheet, year),
    }
    return Page(
        language=book.language,
        path="",
        title=book.t("site.title"),
        description=book.t("site.description"),
        body=render(env, "home", **context),
        alternates=(
            (JSON, progress.path, book.t("alternate.progress")),
            (CSV, "downloads/observations.csv", book.t("alternate.observations")),
        ),
        share=share(book, progress),
        pictures=(picture, context["funnel"]["picture"]),
    )


def newest(book: Book) -> Node:
    """Give the newest target in participants of the main programme, one with a figure first."""
    main = book.doc("programmes.json").find(role="main")["programme_id"].value
    own = [
        p
        for p in book.doc("progress.json")
        if p["target"]["programme_id"].value == main and p["target"]["unit"].value == "peserta"
    ]
    return max(own, key=lambda p: (p["achieved"]["value"].value is not None, p["target"]["year"].value))


def title(book: Book, progress: Node, year: Node) -> str:
    """Choose the sentence at the top: was the target passed, and are results published?"""
    aim = progress["target"]["value"].value
    reached = progress["achieved"]["value"].value
    outcome = "unknown" if reached is None else "passed" if reached >= aim else "short"
    results = "known" if year["competent"]["status"].value in PRINTED else "unknown"
    return book.t(
        f"home.title.{outcome}.{results}",
        target=book.number(aim),
        year=year["year"].value,
        value="" if reached is None else book.number(reached),
    )


def span(book: Book, achieved: Node) -> Any:
    """Show what was achieved: one figure, or the range where sources differ; each end with its address."""
    if achieved["status"].value not in PRINTED:
        return book.figure(achieved["value"], book.words_for(achieved["status"].value))
    low, high = achieved["low"], achieved["high_of_known"]
    if low.value == high.value:
        return book.whole(achieved["value"])
    return book.whole(low) + "–" + book.whole(high)


def figures(sheet: Sheet, progress: Node, year: Node) -> list[dict[str, Any]]:
    """Give the headline figures: participants against the target, and how many passed."""
    book = sheet.book
    achieved, target = progress["achieved"], progress["target"]
    batches = [book.doc("batches.json").find(batch_id=b.value) for b in achieved["batches_with_figure"]]
    ids = dict.fromkeys(b["participants"]["source_id"].value for b in batches)
    open_end = achieved["bound"].value == "at_least"
    return [
        {
            "label": book.t("home.figure.participants.at_least" if open_end else "home.figure.participants"),
            "value": span(book, achieved),
            "unit": book.t("unit.people"),
            "base": book.t("home.figure.base", target=book.number(target["value"].value), year=target["year"].value),
            "source": joined(book, [sheet.source_link(source_id) for source_id in ids]),
            "status": achieved["status"].value,
        },
        *(
            {
                "label": book.t(f"home.figure.{name}"),
                "value": book.count(year[name]),
                "unit": book.t("unit.people" if name == "competent" else "unit.certificates"),
                "base": book.t(f"home.figure.{name}.{year[name]['status'].value}", year=year["year"].value),
                "source": None,
                "status": year[name]["status"].value,
            }
            for name in ("competent", "certificates")
        ),
    ]


def funnel(sheet: Sheet, progress: Node) -> dict[str, Any]:
    """Lay out the funnel of the newest batch with a figure; stages without one are gaps."""
    batch_id = progress["achieved"]["batches_with_figure"].value[-1]
    return funnel_of(sheet, sheet.book.doc(f"batches/{batch_id}.json"))


def missing(sheet: Sheet, year: Node) -> list[str]:
    """Say what nobody has published about the year."""
    book = sheet.book
    gaps = [name for name in ("competent", "certificates") if year[name]["status"].value == "unknown"]
    found = [book.t(f"missing.{name}", year=year["year"].value) for name in gaps]
    for batch_id in year["participants"]["batches_without_figure"]:
        batch = book.doc("batches.json").find(batch_id=batch_id.value)
        found.append(book.t("missing.batch", batch=book.say(batch["name"])))
    if not any(r["participants"]["batches_with_figure"].value > 1 for r in book.doc("regions.json")):
        found.append(book.t("missing.regions"))
    return found


def changes(sheet: Sheet) -> list[dict[str, Any]]:
    """Give the newest release as an entry of the change list."""
    book = sheet.book
    release = book.doc("releases.json").find(is_latest=True)
    return [
        {
            "id": None,
            "date": book.date(release["released_on"].value),
            "date_iso": release["released_on"].value,
            "kind": "added",
            "text": f"{book.say(release['title'])}. {book.say(release['note'])}",
            "figures": None,
            "href": sheet.href("rilis/") + f"#{release['id'].value}",
        }
    ]


def span_text(book: Book, achieved: Node) -> str:
    """Write what was achieved: one figure, the range where sources differ, or the words that stand for it."""
    low, high = achieved["low"].value, achieved["high_of_known"].value
    if achieved["value"].value is None:
        return book.words_for(achieved["status"].value)
    return book.number(achieved["value"].value) if low == high else f"{book.number(low)}–{book.number(high)}"


def share_title(book: Book, progress: Node) -> str:
    """Name the key figure of the home page."""
    return book.t("share.home", year=progress["target"]["year"].value)


def fact(book: Book, progress: Node) -> Fact:
    """Give the key figure with its base and its caveats, ready to be quoted."""
    target, achieved = progress["target"], progress["achieved"]
    counted = [book.doc("batches.json").find(batch_id=b.value) for b in achieved["batches_with_figure"]]
    return Fact(
        what=share_title(book, progress),
        where=programme_name(book, target),
        when="",
        figure=achieved_text(book, target, achieved),
        base=book.t("home.figure.base", target=book.number(target["value"].value), year=target["year"].value),
        caveat=achieved_caveat(book, achieved),
        source=publishers(book, (b["participants"]["source_id"].value for b in counted)),
    )


def share(book: Book, progress: Node) -> Share:
    """Say what the picture of the home page shows."""
    achieved = progress["achieved"]
    year = progress["target"]["year"].value
    return Share(
        title=share_title(book, progress),
        figure=span_text(book, achieved),
        unit=book.t("unit.people") if achieved["value"].value is not None else "",
        base=book.t("home.figure.base", target=book.number(progress["target"]["value"].value), year=year),
        source=book.t("share.source", release=book.imprint.release),
    )
