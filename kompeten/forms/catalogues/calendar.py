"""The calendar of releases as iCalendar (RFC 5545): those that came out, and the next one that is expected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kompeten.api.edition import Edition
from kompeten.forms.catalogues.feeds import urn
from kompeten.intake.rules.dates import first_day, last_day

WIDTH = 75
"""Octets a line; what is longer goes on in the next one, after a blank."""


def calendar(edition: Edition) -> bytes:
    """Write the calendar; titles are in Indonesian, then English. Every event takes whole days of the province."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kaltim Kompeten//Rilis//ID", "CALSCALE:GREGORIAN"]
    lines += ["X-WR-CALNAME:Kaltim Kompeten: rilis", *_events(edition), "END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _events(edition: Edition) -> Iterator[str]:
    releases = edition.compilation.releases
    stamp = f"{releases[-1].released_on.replace('-', '')}T000000Z"
    for release in releases:
        day = date.fromisoformat(release.released_on)
        title = f"{release.id}: {release.title.id} / {release.title.en}"
        url = f"{edition.settings.base_url}rilis/{release.id}/"
        yield from _event(f"rilis/{release.id}", stamp, (day, day), title, url)
    following = releases[-1].next_expected
    first, last = (first_day(following), last_day(following)) if following else (None, None)
    if first and last:
        title = "Rilis berikutnya direncanakan / Next release planned"
        yield from _event("rilis/berikutnya", stamp, (first, last), title, f"{edition.settings.base_url}rilis/")


def _event(name: str, stamp: str, days: tuple[date, date], title: str, url: str) -> Iterator[str]:
    end = days[1] + timedelta(days=1)  # RFC 5545, 3.6.1: the end of an event is the first day that it does not have
    yield from ("BEGIN:VEVENT", f"UID:{urn(f'kalender/{name}')}", f"DTSTAMP:{stamp}")
    yield from (f"DTSTART;VALUE=DATE:{days[0]:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}")
    yield from (f"SUMMARY:{_escaped(title)}", f"URL:{url}", "TRANSP:TRANSPARENT", "END:VEVENT")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Fold a line at its width in octets, never within a letter."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > WIDTH:
            yield part
            part = " "
        part += letter
    yield part
