"""What a configuration says, held to the repository: its words, codes, rows, batches, days and protection.

A rule is a generator whose docstring is the rule; it gives what to mend, place first. What breaks any of them is told
at once, before a register is read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from kompeten.ground.findings import Label
from kompeten.ground.inert import nearly
from kompeten.ground.vocabulary import UNKNOWN
from kompeten.ground.wording import said, worded
from kompeten.intake.messages import pattern_words, word
from kompeten.intake.packages import Packages
from kompeten.intake.packages.typed import cell_value
from kompeten.intake.packages.values import fields_of
from kompeten.intake.rules.dates import first_day, last_day
from kompeten.intake.rules.plausible import PRESENT
from kompeten.intake.standing import otherwise
from kompeten.register.reading import words
from kompeten.register.reading.check import CodeLists
from kompeten.register.reading.config import STEPS, VALUE_FIELDS, Config, ConfigError, stages_told
from kompeten.register.reading.identities import published_texts
from kompeten.register.reading.people import OUTCOMES

LEFT_OVER = re.compile(
    r"sintetis|synthetic|\brekaan\b|\binvented\b|\b(?:dinas|rilis|program|register) contoh\b|\bcontoh-\d"
    r"|-contoh\b|^contoh$|\bsample (?:agency|release|programme)\b",
    re.IGNORECASE,
)
"""What a package of real people may not say: that it is invented, or the words of the example."""


def refuse(config: Config, lists: CodeLists, record: Packages, weaker: Sequence[str], file: str) -> None:
    """Raise ConfigError with everything that is to be mended in a configuration.

    record: the repository's packages, whose schemas say which column names which list, and how it is written. weaker:
    the rules of the standing policy that the configuration weakens. file: its name.
    """
    wrong = (
        *(worded("weaker-rule", place=rule) for rule in weaker),
        *of_a_register(config),
        *lost_words(config, lists),
        *lost_codes(config, record),
        *lost_programmes(config, record),
        *twice(config),
        *other_batches(config, record),
        *in_order(config),
        *left_over(config),
    )
    if wrong:
        raise ConfigError(*(label.at(file) for label in wrong))


def of_a_register(config: Config) -> Iterator[Label]:
    """The source of the counts calls itself a register: nobody would attack them otherwise."""
    for row in _source(config):
        if row.get("kind") != "register":
            yield worded("kind-not-register", kind=row.get("kind"))


def _source(config: Config) -> list[Mapping[str, Any]]:
    return [row for row in config.rows["sources"] if row.get("source_id") == config.source_id]


def lost_words(config: Config, lists: CodeLists) -> Iterator[Label]:
    """A word of the office leads to a code that there is."""
    known = {name: (*lists.codes[dimension], UNKNOWN) for name, dimension in VALUE_FIELDS.items()}
    known |= dict.fromkeys(STEPS, ("ya", "tidak"))
    known |= {"decision": tuple(OUTCOMES), "status": tuple(words.STATUS_LADDER)}
    for name, listed in config.values.items():
        for own, code in listed.items():
            if code not in known[name]:
                yield _no_code(f'values.{name}."{nearly(own, ())}"', code, [*filter(None, known[name])])


def _no_code(place: str, code: str, codes: Sequence[str]) -> Label:
    """Say that a code is in no list, with those that it may have been meant for: a region's with its dot."""
    dotted = f"{code[:2]}.{code[2:]}"
    near = [dotted] if dotted in codes else get_close_matches(code, codes, n=3, cutoff=0.5) or codes[:12]
    return worded("no-code", place=f"{place}: {nearly(code, codes)}", near=", ".join(near))


def lost_codes(config: Config, record: Packages) -> Iterator[Label]:
    """A row names codes that there are, a region with its dot, and is written as the schema of its columns asks."""
    batches = record.package("batches")
    for name, rows in config.rows.items():
        listed = dict(_listed_codes(record, name))
        columns = {str(each["name"]): each for each in fields_of(batches.resource(name))} if batches else {}
        for number, row in enumerate(rows, start=1):
            if odd := ", ".join(nearly(key, columns) for key in row if columns and key not in columns):
                unknown = worded("unknown-column", odd=odd, known=", ".join(columns))
                yield unknown.at(f"{name}[{number}]")
            for column in [each for each in dict.fromkeys((*listed, *columns)) if each in row]:
                text, place = str(row[column]), f"{name}[{number}].{column}"
                if not text or column not in listed:
                    yield from _wrong_form(place, columns[column], row[column])
                elif text not in listed[column]:
                    yield _no_code(place, text, listed[column])


def lost_programmes(config: Config, record: Packages) -> Iterator[Label]:
    """A batch belongs to a programme that there is, here or in the repository."""
    known = [str(row["programme_id"]) for row in (*_rows(record, "programmes"), *config.rows["programmes"])]
    for number, row in enumerate(config.rows["batches"], start=1):
        if (own := str(row.get("programme_id", ""))) and own not in known:
            yield _no_code(f"batches[{number}].programme_id", own, known)


def other_batches(config: Config, record: Packages) -> Iterator[Label]:
    """A batch is what the repository says of it."""
    own = {f"batches[{number}].": row for number, row in enumerate(config.rows["batches"], start=1)}
    yield from otherwise(own, _rows(record, "batches"), _rows(record, "qualification_levels"))


def _rows(record: Packages, name: str) -> list[dict[str, str]]:
    table = record.table(name)
    return [dict(zip(table.header, row, strict=False)) for row in table.rows] if table else []


def _wrong_form(place: str, column: Mapping[str, Any], value: object) -> Iterator[Label]:
    """Say what to write in place of a value that the schema of its column refuses."""
    kind, limits, words = column["type"], column.get("constraints", {}), said("setting", "checks")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    read = cell_value(kind, text)
    if not text:
        yield from [words["string_too_short"].at(place)] if limits.get("required") else ()
    elif read is None:
        yield worded("no-form", place=place, form=word(f"kind.{kind}"))
    elif read not in limits.get("enum", (read,)):
        yield words["literal_error"].filled(known=", ".join(limits["enum"])).at(place)
    elif isinstance(read, int) and read < limits.get("minimum", read):
        yield words["greater_than_equal"].filled(ge=limits["minimum"]).at(place)
    elif isinstance(read, int) and read > limits.get("maximum", read):
        yield words["less_than_equal"].filled(le=limits["maximum"]).at(place)
    elif (pattern := limits.get("pattern")) and not re.fullmatch(pattern, text):
        yield worded("no-form", place=place, form=pattern_words(pattern))


def _listed_codes(record: Packages, name: str) -> Iterator[tuple[str, list[str]]]:
    """Give each column of a table that names a code list, with the codes of the list."""
    batches = record.package("batches")
    schema = batches.resource(name).get("schema") if batches else None
    for key in schema.get("foreignKeysAcross", []) if isinstance(schema, dict) else ():
        if table := record.table(key["reference"]["resource"]):
            place = table.header.index(key["reference"]["fields"][0])
            yield key["fields"][0], [row[place] for row in table.rows]


def homes(config: Config, record: Packages) -> dict[str, frozenset[str]]:
    """Give for each batch of the configuration the regions of its programme."""
    rows = [*_rows(record, "programmes"), *_rows(record, "programme_regions"), *config.rows["programmes"]]
    regions: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        regions[str(row["programme_id"])].add(str(row.get("region_code", "")))
    return {
        str(row["batch_id"]): frozenset(regions[str(row.get("programme_id", ""))]) for row in config.rows["batches"]
    }


def twice(config: Config) -> Iterator[Label]:
    """A batch, a source or a programme stands once: of two of one id the register would be read by either."""
    for name, key in (("batches", "batch_id"), ("sources", "source_id"), ("programmes", "programme_id")):
        ids = Counter(str(row.get(key, "")) for row in config.rows[name])
        for own, count in ids.items():
            if count > 1:
                yield worded("id-twice", place=f"{name}.{key}", own=nearly(own, ids))


def in_order(config: Config) -> Iterator[Label]:
    """Days follow each other: a batch begins and ends, its people are counted, that is published, and then released.

    Applicants are counted before a batch begins. A day of reduced precision may be any within it.
    """
    counted, release = config.as_of, config.release
    starts = {f"batches[{number}]": row for number, row in enumerate(config.rows["batches"], start=1)}
    attended = starts if PRESENT & stages_told(config) else {}
    pairs = [
        *((f"{own}.end_on", row.get("end_on"), f"{own}.start_on", row.get("start_on")) for own, row in starts.items()),
        *(("outcomes.as_of", counted, f"{own}.start_on", row.get("start_on")) for own, row in attended.items()),
        *(("sources.published_on", row.get("published_on"), "outcomes.as_of", counted) for row in _source(config)),
        ("release.data_through", release.get("data_through"), "outcomes.as_of", counted),
        ("release.released_on", release.get("released_on"), "release.data_through", release.get("data_through")),
        ("release.next_expected", release.get("next_expected"), "release.released_on", release.get("released_on")),
    ]
    for place, later, other, earlier in pairs:
        last, first = last_day(str(later or "")), first_day(str(earlier or ""))
        if last and first and last < first:
            yield worded("days-in-order", place=place, later=later, other=other, earlier=earlier)


def left_over(config: Config) -> Iterator[Label]:
    """A package of real people says nowhere that it is invented."""
    for place, text in () if config.is_synthetic else published_texts(config):
        if LEFT_OVER.search(text):
            yield worded("left-from-example", place=place)
