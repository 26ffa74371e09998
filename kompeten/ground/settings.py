"""Settings of the host: address, repository, contact, publisher. One file, ``kompeten.toml``; honest placeholders."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from kompeten.ground.refusal import Refused

PLACEHOLDER = ".invalid"


class SettingsError(Refused):
    """The settings file cannot be used; the message says which key and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What depends on where the site is hosted. base_url ends in a slash and may hold a path (``/repo/``)."""

    base_url: str
    repository_url: str
    contact_email: str
    publisher: str

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Name the settings that still hold a placeholder (a host that ends in ``.invalid``)."""
        return tuple(f.name for f in fields(self) if _is_placeholder(getattr(self, f.name)))

    def at(self, base_url: str) -> Settings:
        """Give the same settings with another base address. Raises SettingsError where it is no address."""
        return replace(self, base_url=_address(base_url))


def load_settings(path: Path) -> Settings:
    """Open the settings file. Raises SettingsError with the file, the key and the mend."""
    try:
        return parse_settings(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path.name}: cannot be read ({error})") from None


def parse_settings(values: dict[str, object]) -> Settings:
    """Check names and kinds of the settings. Raises SettingsError."""
    names = [f.name for f in fields(Settings)]
    for name in names:
        if not isinstance(values.get(name), str) or not values[name]:
            raise SettingsError(f"kompeten.toml: {name}: give a text")
    if unknown := sorted(set(values) - set(names)):
        raise SettingsError(f"kompeten.toml: {', '.join(unknown)}: unknown; known are {', '.join(names)}")
    texts = {name: str(values[name]) for name in names}
    return Settings(**{**texts, "base_url": _address(texts["base_url"])})


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/\"'<>?#]+(/[^\s\"'<>?#]*)?", value):
        raise SettingsError(f"base_url: {value!r} is no address of a site: write https://host/ or https://host/path/")
    return value if value.endswith("/") else value + "/"


def _is_placeholder(value: str) -> bool:
    host = value.split("//")[-1].split("/")[0].split("@")[-1]
    return host.endswith(PLACEHOLDER)
