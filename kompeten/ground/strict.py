"""Files of settings, read strictly: what is misspelt, missing or of a wrong kind is refused, all of it at once.

A file is TOML; its value is a ``Strict`` model, or a pydantic dataclass with ``config=EXACT`` and fields of the types
below: nothing is taken for something else. Each mistake is said with the file, the key and what to write, in both
languages; the value itself is never said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kompeten.ground.findings import Label
from kompeten.ground.inert import nearly
from kompeten.ground.refusal import Refused, unreadable
from kompeten.ground.wording import said, worded

Value = TypeVar("Value")

EXACT = ConfigDict(extra="forbid", populate_by_name=True)


class Strict(BaseModel):
    """A section of a file, with exactly these keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Rejected(ValueError):
    """What a validator of ours has against a value; it never leaves this module."""

    def __init__(self, words: Label) -> None:
        self.words = words


def reject(words: Label) -> NoReturn:
    """Refuse a value, from within a validator."""
    raise _Rejected(words)


def a_day(value: object) -> object:
    """Let a date stand for its text; a moment of a day is none."""
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def is_day(value: str) -> str:
    """Refuse a text that is no year, month or day."""
    full = value + "-01-01"[len(value) - 4 :] if re.fullmatch(r"\d{4}(-\d\d){0,2}", value) else ""
    try:
        date.fromisoformat(full)
    except ValueError:
        reject(worded("write-date"))
    return value


Text = Annotated[str, Field(min_length=1, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Positive = Annotated[int, Field(ge=1, strict=True)]
Natural = Annotated[int, Field(ge=0, strict=True)]
Day = Annotated[str, BeforeValidator(a_day), AfterValidator(is_day)]
"""A date as exact as it is known: a year, a month or a day, ISO 8601."""


def load(kind: type[Value], path: Path, refusal: type[Refused]) -> Value:
    """Open a file of settings. Raises the refusal, with every reason."""
    return parse(kind, text_of(path, refusal), path.name, refusal)


def text_of(path: Path, refusal: type[Refused]) -> str:
    """Read a file of settings as text. Raises the refusal."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise refusal(unreadable(path.name, error)) from None


def parse(kind: type[Value], text: str, file: str, refusal: type[Refused]) -> Value:
    """Read TOML as a value; file: its name, said before every reason. Raises the refusal."""
    try:
        document = _fixed(tomllib.loads(text))
    except ValueError as error:
        raise refusal(_no_toml(file, str(error))) from None
    except RecursionError:
        raise refusal(_no_toml(file, "")) from None
    return checked(kind, lambda: kind(**document), file, refusal)


def _no_toml(file: str, error: str) -> Label:
    """Say where a file stops being TOML; the parser's own words are in English, and may repeat what stands there."""
    row = re.search(r"line (\d+)", error)
    return worded("no-toml", place=f"{file}:{row[1]}" if row else file)


def checked(kind: type, make: Callable[[], Value], file: str, refusal: type[Refused]) -> Value:
    """Make a value. Raises the refusal with what pydantic found, in our words."""
    try:
        return make()
    except ValidationError as error:
        found = error.errors(include_url=False)
        within = {each["loc"][:-depth] for each in found for depth in range(1, len(each["loc"]) + 1)}
        # A list whose parts are wrong is also called too short: their mistakes say it all.
        reasons = [_reason(kind, each) for each in found if each["type"] != "too_short" or each["loc"] not in within]
    raise refusal(*(one.at(file) for one in reasons))


def _fixed(value: Any) -> Any:
    """Give lists as tuples, for a value that nobody changes."""
    if isinstance(value, dict):
        return {key: _fixed(each) for key, each in value.items()}
    return tuple(map(_fixed, value)) if isinstance(value, list) else value


SAME = {
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type", "dataclass_type", "mapping_type"), "section"),
    **dict.fromkeys(("extra_forbidden", "unexpected_keyword_argument"), "unknown"),
}


def _reason(kind: type, error: Mapping[str, Any]) -> Label:
    """Say one mistake: the key, then what to write."""
    place, context = list(error["loc"]), dict(error.get("ctx", {}))
    what = SAME.get(error["type"], error["type"])
    known = re.findall(r"'([^']*)'", str(context.get("expected", "")))
    if place and place[-1] == "[key]":
        place, what = place[:-1], "unknown"
    elif what == "unknown":
        known = list(_keys(kind, place[:-1]))
    told = [
        part if isinstance(part, int) else nearly(part, tuple(_keys(kind, place[:n]))) for n, part in enumerate(place)
    ]
    where = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in told).lstrip(".")
    rejected = context.get("error")
    near = get_close_matches(str(place[-1]), known, n=1, cutoff=0.6) if place else []
    words = (
        rejected.words if isinstance(rejected, _Rejected) else _words(what, told, near, known, context, error["msg"])
    )
    return words.at(where) if where else words


def _words(
    what: str,
    told: Sequence[int | str],
    near: Sequence[str],
    known: Sequence[str],
    context: Mapping[str, Any],
    own: str,
) -> Label:
    """Give what to write, by pydantic's name for the mistake; other mistakes are said in its own words."""
    known_words = said("setting", "checks")
    if what not in known_words:
        return Label(own, own)
    name = ".".join(part for part in told if isinstance(part, str))
    table = f"[[{name}]]" if told and isinstance(told[-1], int) else f"[{name}]"
    hint = known_words["hint.near" if near else "hint.known"].filled(known=", ".join(near or known))
    return known_words[what].filled(**{**context, "known": ", ".join(known), "table": table, "hint": hint})


def _keys(kind: Any, place: Sequence[int | str]) -> Iterator[str]:
    """Give the keys of the section at a place of a value of this kind, as the file writes them."""
    for part in place:
        if isinstance(part, str):
            inner = get_args(kind)  # of a section whose keys are free, the type of what they lead to stands last
            kind = {_written(*each): each[1].annotation for each in _fields(kind).items()}.get(part, *inner[-1:])
        kind = next((each for each in _kinds(kind) if _fields(each)), kind)
    yield from (_written(*each) for each in _fields(kind).items())
    yield from (each for each in get_args((*get_args(kind), None)[0]) if isinstance(each, str))


def _written(name: str, field: Any) -> str:
    """Give a field's name as the file writes it."""
    return str(field.validation_alias or name)


def _kinds(kind: Any) -> Iterator[Any]:
    """Give a type and those within it: the values of a list, an option."""
    yield kind
    for inner in get_args(kind):
        yield from _kinds(inner)


def _fields(kind: Any) -> Mapping[str, Any]:
    """Give the fields of a model or a dataclass of pydantic; none of any other type."""
    if isinstance(kind, type) and is_dataclass(kind):
        return getattr(kind, "__pydantic_fields__", {})
    return kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
