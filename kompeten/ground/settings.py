"""Settings of the host: address, repository, contact, publisher. One file, ``kompeten.toml``; honest placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator
from pydantic.dataclasses import dataclass

from kompeten.ground import identifiers, strict
from kompeten.ground.findings import Label
from kompeten.ground.refusal import Refused
from kompeten.ground.strict import EXACT, Text, reject
from kompeten.ground.wording import worded

PLACEHOLDER = ".invalid"
PRODUCT = "Kaltim Kompeten"
"""The publisher while nobody has named another."""
OPEN = (PRODUCT, "")
"""What stands where the host may say something else."""
HOST: Mapping[str, str] = {
    name: f"KOMPETEN_{name.upper()}" for name in ("base_url", "repository_url", "contact_email", "publisher", "pdf_url")
}
"""Settings to the variables of the host that fill them in where the file does not, so that a copy needs no edit."""


class SettingsError(Refused):
    """The settings file cannot be used; the message says which key and what to do."""


ADDRESS = re.compile(r"https?://[^\s/\"'<>?#@]+(/[^\s\"'<>?#]*)?")


MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
FILE_ADDRESS = re.compile(r"((https?://[^\s/\"'<>?#@{}]+/|\{base_url\})[^\s\"'<>?#]+)?")


def _like(pattern: re.Pattern[str], words: Callable[[], Label]) -> AfterValidator:
    """Refuse what a pattern does not match. words: gives what is said then."""

    def judged(value: str) -> str:
        if not pattern.fullmatch(value):
            reject(words())
        return value

    return AfterValidator(judged)


def _with_slash(value: str) -> str:
    return value if value.endswith("/") else value + "/"


def _name(value: str) -> str:
    """Refuse what no name has: markup, and letters that are not seen or turn the others round."""
    if re.search(r"[<>{}]|\\", value) or not value.isprintable() or identifiers.UNSEEN.search(value):
        reject(worded("plain-name"))
    return value


@dataclass(frozen=True, slots=True, kw_only=True, config=EXACT)
class Settings:
    """What depends on where the site is hosted. base_url ends in a slash and may hold a path (``/repo/``).

    pdf_url: where a release lies as PDF, with {release} and {language} in their places, and {base_url} where it lies
    beside the site; "" where nobody prints it.
    """

    base_url: Annotated[Text, _like(ADDRESS, lambda: worded("address-of-site")), AfterValidator(_with_slash)]
    repository_url: Annotated[Text, _like(ADDRESS, lambda: worded("address-of-repository"))]
    contact_email: Annotated[Text, _like(MAIL, lambda: worded("address-of-mail"))]
    publisher: Annotated[Text, AfterValidator(_name)]
    pdf_url: Annotated[str, _like(FILE_ADDRESS, lambda: worded("address-of-file"))] = ""

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Name the settings that still hold a placeholder (a host that ends in ``.invalid``)."""
        return tuple(f.name for f in fields(self) if _is_placeholder(getattr(self, f.name)))

    def at(self, base_url: str) -> Settings:
        """Give the same settings with another base address. Raises SettingsError where it is no address."""
        return strict.checked(Settings, lambda: replace(self, base_url=base_url), "--base-url", SettingsError)

    def pdf(self, release: str, language: str) -> str:
        """Give where one release lies as PDF in one language; "" where nobody prints it."""
        places = {"base_url": self.base_url, "release": release, "language": language}
        return re.sub(r"\{(\w+)\}", lambda found: places.get(found[1], found[0]), self.pdf_url)

    @property
    def is_public(self) -> bool:
        """Tell whether the site has an address where others read it."""
        return "base_url" not in self.placeholders

    def of_host(self, variables: Mapping[str, str]) -> Settings:
        """Give the settings with what the host says in place of placeholders. Raises SettingsError."""
        open_ones = {*self.placeholders, *(name for name in ("publisher", "pdf_url") if getattr(self, name) in OPEN)}
        found = self
        for name in sorted(open_ones):
            if value := variables.get(HOST[name]):
                make = partial(replace, found, **{name: value})
                found = strict.checked(Settings, make, HOST[name], SettingsError)
        return found


def load_settings(path: Path, variables: Mapping[str, str] | None = None) -> Settings:
    """Open the settings file; variables: those of the host. Raises SettingsError with the file, the keys, the mends."""
    return strict.load(Settings, path, SettingsError).of_host(variables or {})


def _is_placeholder(value: str) -> bool:
    host = value.split("//")[-1].split("/")[0].split("@")[-1]
    return host.endswith(PLACEHOLDER)
