"""Check a register and turn it into enrolments without identifiers.

Findings name file, row, column and rule, never a value. Rows keep their identifiers only inside this module, in
memory, while it looks for duplicates; what it gives back cannot name anybody.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from kompeten.ground.findings import Finding, told_once
from kompeten.ground.findings import folded as folded_findings
from kompeten.ground.vocabulary import DIMENSIONS, RUNGS, UNKNOWN
from kompeten.intake.messages import finding_with
from kompeten.intake.rules.codes import outside_level
from kompeten.register.reading import nik, words
from kompeten.register.reading.config import STEPS, VALUE_FIELDS, Config, Field
from kompeten.register.reading.files import NUMBER_MARK, folded
from kompeten.register.reading.people import OUTCOMES, People
from kompeten.register.reading.read import Register, Row, Rows
from kompeten.register.reading.words import Progress

LADDER: tuple[Field, ...] = tuple(step for step, stages in STEPS.items() if stages[0] in RUNGS)
"""The steps that are rungs, in their order; the first rung is being in the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLists:
    """What the check needs of the reference package.

    codes: for each dimension the codes that a row may carry, without ``_T`` and ``_U``, in the list's order. labels:
    for each dimension, folded Indonesian names and their codes. regions_by_bps: BPS code to Kemendagri code.
    positions: position code to track. statuses: folded names and codes of outcome statuses. bands: code of each age
    band to its least and greatest age. levels: each level to the one above it.
    """

    codes: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Mapping[str, str]]
    regions_by_bps: Mapping[str, str]
    positions: Mapping[str, str]
    statuses: Mapping[str, str]
    bands: Mapping[str, tuple[int, int]]
    levels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Enrolments, or the findings that stop them; accepted findings are counted by rule for the officer's report."""

    people: People | None
    findings: tuple[Finding, ...]
    accepted: Mapping[str, int]


def check(
    register: Register, config: Config, lists: CodeLists, at_home: Mapping[str, Collection[str]] | None = None
) -> Checked:
    """Check every row and give the enrolments; people is None where a finding stops the run. at_home: for each batch
    the regions of its programme, where they are known.
    """
    reader, columns = _Reader(file=register.file, config=config, lists=lists), _Columns(config, lists)
    for row in register.rows:
        enrolment = reader.enrolment(row)
        if enrolment is not None:
            columns.add(enrolment)
    reader.duplicates(register.rows)
    reader.empty_batches(len(register.rows))
    for batch in columns.elsewhere(at_home or {}):
        reader.say(None, "batch" if "batch" in config.columns else None, "batch-elsewhere", batch=batch)
    if register.second is not None:
        reader.say(register.second, None, "second-table")
    if register.hidden:
        reader.say(None, None, "rows-hidden", count=register.hidden)
    stopping, accepted = list[_Noted](), Counter[str]()
    for noted in reader.noted.values():
        if noted.rule in config.accepted:
            accepted[noted.rule] += len(noted.rows)
        else:
            stopping.append(noted)
    people = None if stopping else columns.people(reader.secrets(register.rows))
    findings = folded_findings(finding for noted in stopping for finding in noted.findings())
    return Checked(people=people, findings=findings, accepted=accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Enrolment:
    """One row as codes; no identifier."""

    batch: str
    codes: Mapping[str, str]
    progress: Progress


TOLD_APART = 1000
"""Of one mistake in one column, so many findings are held one by one; of more, the rows alone."""


@dataclass(slots=True, kw_only=True)
class _Noted:
    """One mistake in one column of one file: its first findings, and every row. A whole column wrong is one mistake."""

    rule: str
    first: list[Finding] = field(default_factory=list)
    rows: array[int] = field(default_factory=lambda: array("L"))

    def findings(self) -> Sequence[Finding]:
        """Give the findings: each, or of many the first with all rows."""
        return self.first if len(self.rows) <= TOLD_APART else [told_once(self.first[0], sorted(set(self.rows)))]


@dataclass(slots=True, kw_only=True, repr=False)
class _Reader:
    """Reads rows one after another and collects findings."""

    file: str
    config: Config
    lists: CodeLists
    noted: dict[tuple[str, str, str | None], _Noted] = field(default_factory=dict)
    found: set[str | None] = field(default_factory=set)
    batches: dict[str, str] = field(default_factory=dict)
    numbered: dict[tuple[int, str], set[str]] = field(default_factory=dict)
    read_before: dict[tuple[str, str], str | None] = field(default_factory=dict)
    own_levels: dict[str, str] = field(default_factory=dict)
    own_words: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fold the office's words and what it calls each batch once, and number batches: a year that a name lacks is
        that of its row.
        """
        for name, listed in self.config.values.items():
            self.own_words[name] = {folded(word): code for word, code in listed.items()}
        rows = {str(row["batch_id"]): row for row in self.config.rows["batches"]}
        self.own_levels = {batch_id: str(row.get("qualification_level", "")) for batch_id, row in rows.items()}
        for batch_id, names in self.config.batch_names.items():
            self.batches.update({folded(name): batch_id for name in names})
            for number, year in filter(None, map(words.batch_number, map(folded, names))):
                for known in ("", year or str(rows[batch_id].get("year", ""))):
                    self.numbered.setdefault((number, known), set()).add(batch_id)

    def say(self, row: Row | None, column: Field | None, rule: str, **numbers: int | str) -> None:
        """Note one finding: place, rule and numbers of rows, no value."""
        file, number = (self.file, None) if row is None else (row.file, row.number)
        name = None if column is None else self.config.columns[column]
        noted = self.noted.setdefault((file, rule, name), _Noted(rule=rule))
        noted.rows.append(number or 0)
        if len(noted.rows) <= TOLD_APART:
            noted.first.append(finding_with(numbers, rule, file=file, row=number, column=name, part="register"))

    def enrolment(self, row: Row) -> _Enrolment | None:
        """Read one row; None where its batch or its progress cannot be told."""
        batch = self._batch(row)
        self.found.add(batch)
        if batch is None:
            self.say(row, "batch", "batch-unknown")
        codes: dict[str, str] = dict.fromkeys(DIMENSIONS, UNKNOWN)
        for name, dimension in VALUE_FIELDS.items():
            if name in self.config.columns:
                codes[dimension] = self._code(row, name, dimension)
        self._position(row, codes)
        born = self._born(row)
        number = self._nik(row)
        if number is not None:
            born = self._agreed_with_nik(row, number, codes, born, batch)
        codes["age_band"] = self._age_band(row, born, batch)
        progress = self._progress(row)
        if batch is None or progress is None:
            return None
        if outside_level(codes["qualification_level"], self.own_levels[batch], self.lists.levels):
            self.say(row, "level" if "level" in self.config.columns else "position", "level-outside-batch")
        return _Enrolment(batch=batch, codes=codes, progress=progress)

    def secrets(self, rows: Rows) -> dict[str, bytes]:
        """Give for each batch a digest of its identity numbers: who does not hold them all cannot repeat it."""
        numbers: dict[str, set[str]] = {}
        for row in rows:
            numbers.setdefault(self._batch(row) or "", set()).add(nik.digits(row.fields["nik"]))
        # Sorted, so that the order of rows in the office's file chooses nothing.
        return {batch: _digest(sorted(own)) for batch, own in numbers.items()}

    def duplicates(self, rows: Rows) -> None:
        """Find the same person twice: in one batch, in two batches, or under two numbers in one batch.

        Held for each person: hashes and the place of the first row. What two hashes share is looked up, so that nobody
        is taken for another; that two of ten million share one by chance, and hide a third, is a matter of millionths.
        """
        numbers: dict[int, int] = {}
        again: dict[str, dict[str, int]] = {}
        persons: dict[int, int] = {}
        for place, row in enumerate(rows):
            number, batch = nik.digits(row.fields["nik"]), self._batch(row) or ""
            before = numbers.setdefault(hash(number), place) if number else place
            same_number = False
            if before != place and nik.digits(rows[before].fields["nik"]) == number:
                seen = again.setdefault(number, {self._batch(rows[before]) or "": before})
                same_number = batch in seen
                rule = "person-twice-in-batch" if same_number else "person-in-two-batches"
                self.say(row, "nik", rule, other=_place(rows[seen.get(batch, before)], row))
                seen.setdefault(batch, place)
            person = _person(row)
            if all(person):
                other = persons.setdefault(hash((person, batch)), place)
                if other != place and not same_number and _person(rows[other]) == person:
                    self.say(row, "name", "same-name-and-birth-date", other=_place(rows[other], row))

    def empty_batches(self, size: int) -> None:
        """Find a register without people, and batches of the config that nobody is in: zeros there would be untrue.

        Silent while some row names no batch that we know: that is said already.
        """
        if not size:
            self.say(None, None, "no-people")
        elif None not in self.found and (empty := set(self.config.batch_names) - self.found):
            self.say(None, "batch", "batch-without-people", batches=", ".join(sorted(empty)))

    def _batch(self, row: Row) -> str | None:
        """Give the batch that a row names: in the words of the configuration, or by a number that one batch has."""
        if "batch" not in self.config.columns:
            return next(iter(self.config.batch_names))
        text = folded(row.fields["batch"])
        # The office's own words first: what it calls a batch may hold any number.
        if text not in self.batches and (number := words.batch_number(text)) is not None:
            found = self.numbered.get(number, set())
            return next(iter(found)) if len(found) == 1 else None
        return self.batches.get(text)

    def _code(self, row: Row, name: Field, dimension: str) -> str:
        """Read one cell as a code of its dimension; not known where it says so, or where it cannot be read."""
        text = folded(row.fields[name])
        if (name, text) not in self.read_before:
            self.read_before[name, text] = self._read_code(text, name, dimension)
        code = self.read_before[name, text]
        if code is None:
            is_bare = name == "residence" and text.isdecimal()
            self.say(row, name, "region-code-without-dot" if is_bare else "code-unknown")
        return code or UNKNOWN

    def _read_code(self, text: str, name: Field, dimension: str) -> str | None:
        """Read a text as a code: by the office's words, the list's names, the usual spellings; None if by none."""
        told = self.own_words.get(name, {}).get(text)
        code = told or self.lists.labels[dimension].get(text) or self._spelt(text, dimension)
        if code in self.lists.codes[dimension]:
            return code
        return UNKNOWN if code == UNKNOWN or text in words.UNKNOWN_WORDS else None

    def _spelt(self, text: str, dimension: str) -> str | None:
        """Read the spellings that every office uses."""
        if dimension == "region_code":
            return self._region(text)
        if dimension == "qualification_level":
            return words.level(text)
        if dimension == "classification":
            return text.upper().replace(" ", "")
        return words.SPELLINGS.get(dimension, {}).get(text)

    def _region(self, text: str) -> str | None:
        """Read a region: a code with its dot, a code without one if the config says which system, or a name."""
        if text.isdecimal() and len(text) == 4:
            if self.config.code_system == "bps":
                return self.lists.regions_by_bps.get(text)
            return f"{text[:2]}.{text[2:]}" if self.config.code_system == "kemendagri" else None
        if text in self.lists.codes["region_code"]:
            return text
        return self.lists.labels["region_code"].get(words.region_name(text))

    def _position(self, row: Row, codes: dict[str, str]) -> None:
        """Check the position code against level and classification, and fill what they leave open, in place."""
        text = row.fields.get("position", "")
        if folded(text) in words.UNKNOWN_WORDS:
            return
        code = words.position_code(text)
        if code is None:
            self.say(row, "position", "position-form")
            return
        group, *levels = words.LEVELS_OF_POSITION[code[4]]
        if codes["qualification_level"] == UNKNOWN:
            codes["qualification_level"] = group
        elif codes["qualification_level"] not in (group, *levels):
            self.say(row, "position", "position-level")
        if codes["classification"] not in (UNKNOWN, code[:2], code[:4]):
            self.say(row, "position", "position-classification")
        elif code[:4] in self.lists.codes["classification"]:
            codes["classification"] = code[:4]
        track = self.lists.positions.get(code)
        if track is not None and codes["track"] not in (UNKNOWN, track):
            self.say(row, "position", "position-track")
        if track is not None and codes["track"] == UNKNOWN:
            codes["track"] = track

    def _born(self, row: Row) -> date | None:
        text = row.fields.get("birth_date", "")
        born = words.day(text)
        if born is None and folded(text) not in words.UNKNOWN_WORDS:
            self.say(row, "birth_date", "date-unreadable")
        return born

    def _age_band(self, row: Row, born: date | None, batch: str | None) -> str:
        """Give the band of the age on the first day of the batch; not known without a date or an age."""
        years: int | None = None
        text = row.fields.get("age", "")
        if whole := re.fullmatch(r"(\d{1,3})(?: ?(?:tahun|thn|th|years?))?\.?", folded(text)):
            years = int(whole[1])
        elif born is not None and batch is not None:
            start = words.day(str(self.config.age_on.get(batch, "")))
            years = None if start is None else words.age(born, start)
        elif folded(text) not in words.UNKNOWN_WORDS:
            self.say(row, "age", "age-unreadable")
        if years is None:
            return UNKNOWN
        band = words.age_band(years, self.lists.bands)
        if band is None:
            self.say(row, "birth_date" if born is not None else "age", "age-out-of-range")
        return band or UNKNOWN

    def _nik(self, row: Row) -> str | None:
        """Give a NIK of the right structure, or note what is wrong with it."""
        text = row.fields["nik"]
        if text.endswith(NUMBER_MARK) or "e+" in text.casefold():
            self.say(row, "nik", "nik-as-number")
            return None
        number = nik.digits(text)
        if not nik.is_well_formed(number):
            self.say(row, "nik", "nik-form")
            return None
        return number

    def _agreed_with_nik(
        self, row: Row, number: str, codes: dict[str, str], born: date | None, batch: str | None
    ) -> date | None:
        """Check residence, sex and birth date against a NIK; fill in, in place, what the config takes from it.

        Gives the birth date, from the NIK where the config says so.
        """
        if codes["region_code"] not in (UNKNOWN, nik.region(number)):
            self.say(row, "nik", "nik-region")
        if codes["sex"] not in (UNKNOWN, nik.sex(number)):
            self.say(row, "nik", "nik-sex")
        if born is not None and nik.birth(number) != (born.day, born.month, born.year % 100):
            self.say(row, "nik", "nik-birth-date")
        # Filled in after it was held against the register: what comes from the number agrees with it.
        if codes["sex"] == UNKNOWN and "sex" in self.config.from_nik:
            codes["sex"] = nik.sex(number)
        start = words.day(str(self.config.age_on.get(batch or "", "")))
        if born is None and start is not None and "age" in self.config.from_nik:
            born = nik.birth_date(number, before=start)
        return born

    def _progress(self, row: Row) -> Progress | None:
        """Read how far somebody came: by the status of every row, by a status, or by the steps that have a column."""
        every = self.config.every_row
        if every is not None and (floor := words.progress_of_status(every)) is not None:
            only = words.stage_of_status(every) not in RUNGS or not set(STEPS) & set(self.config.columns)
            return floor if only else self._progress_of_steps(row, floor.rung)
        if "status" in self.config.columns:
            return self._progress_of_status(row)
        return self._progress_of_steps(row, 0)

    def _progress_of_status(self, row: Row) -> Progress | None:
        text = self._word(row, "status")
        progress = words.progress_of_status(self.lists.statuses.get(text, text))
        if progress is None:
            self.say(row, "status", "code-unknown")
        return progress

    def _progress_of_steps(self, row: Row, floor: int) -> Progress | None:
        """Read the yes-or-no columns: each step needs the one before; one without a column is told by those after it.

        floor: the rung that every row has reached.
        """
        columns = self.config.columns
        given = {step: words.yes_or_no(self._word(row, step)) for step in LADDER if step in columns}
        decision = self._decision(row) if "decision" in columns else ""
        issued = words.certificate_issued(self._word(row, "issued")) if "issued" in columns else False
        for step, answer in (*given.items(), ("issued", issued)):
            if answer is None:
                self.say(row, step, "code-unknown")
        if decision is None or issued is None or None in given.values():
            return None
        told = {**given, **({"decision": bool(decision)} if "decision" in columns else {}), "issued": issued}
        # Each step beside the one right before it.
        for before, (step, answer) in zip(told.values(), list(told.items())[1:], strict=False):
            is_passed = step != "issued" or "decision" not in told or decision == "kompeten"
            if answer and not (before and is_passed):
                self.say(row, step, "funnel-order")
        reached = [place for place, step in enumerate(LADDER, start=1) if given.get(step)]
        is_assessed = bool(decision or issued or given.get("assessed"))
        rung = len(LADDER) if is_assessed else max((floor, *reached))
        outcome = (decision or ("kompeten" if issued else "menunggu")) if is_assessed else ""
        return Progress(rung=rung, outcome=OUTCOMES.index(outcome), issued=issued)

    def _word(self, row: Row, name: Field) -> str:
        """Give what a cell says of somebody's progress; for a word of the office, what it stands for."""
        text = folded(row.fields[name])
        return self.own_words.get(name, {}).get(text, text)

    def _decision(self, row: Row) -> str | None:
        text = self._word(row, "decision")
        decision = text if text in OUTCOMES else words.DECISIONS.get(text)
        if decision is None:
            self.say(row, "decision", "code-unknown")
        return decision


def _person(row: Row) -> tuple[str, str]:
    """Give name and birth date for comparing; both empty where the register has none."""
    return folded(row.fields.get("name", "")), folded(row.fields.get("birth_date", ""))


def _place(row: Row, seen_from: Row) -> str:
    """Say where a row stands; its file only where it is another."""
    return str(row.number) if row.file == seen_from.file else f"{row.number} ({row.file})"


def _digest(numbers: Sequence[str]) -> bytes:
    """Digest lines one by one: as one text, ten million of them would stand in memory once more."""
    digest, separator = hashlib.sha256(), b""
    for number in numbers:
        digest.update(separator + number.encode())
        separator = b"\n"
    return digest.digest()


class _Columns:
    """Enrolments as columns, the smallest numbers that hold them."""

    def __init__(self, config: Config, lists: CodeLists) -> None:
        self.batches = {name: place for place, name in enumerate(config.batch_names)}
        self.codes = {dimension: (*lists.codes[dimension], UNKNOWN) for dimension in DIMENSIONS}
        self.places = {name: {code: place for place, code in enumerate(own)} for name, own in self.codes.items()}
        self.batch = array("H")
        self.columns = {dimension: array("H") for dimension in DIMENSIONS}
        self.rung, self.outcome, self.issued = array("B"), array("B"), array("B")

    def add(self, enrolment: _Enrolment) -> None:
        self.batch.append(self.batches[enrolment.batch])
        for dimension, column in self.columns.items():
            column.append(self.places[dimension][enrolment.codes[dimension]])
        self.rung.append(enrolment.progress.rung)
        self.outcome.append(enrolment.progress.outcome)
        self.issued.append(enrolment.progress.issued)

    def elsewhere(self, at_home: Mapping[str, Collection[str]]) -> Iterator[str]:
        """Give the batches of which most people, as far as that is known, live outside these regions."""
        regions, codes = np.asarray(self.columns["region_code"]), self.codes["region_code"]
        for batch, homes in at_home.items():
            near = [place for place, code in enumerate(codes) if {code, code.partition(".")[0]} & {*homes}]
            lived = regions[(np.asarray(self.batch) == self.batches[batch]) & (regions != codes.index(UNKNOWN))]
            if homes and 2 * np.isin(lived, near).sum() < len(lived):
                yield batch

    def people(self, secrets: Mapping[str, bytes]) -> People:
        return People(
            batches=tuple(self.batches),
            batch=np.asarray(self.batch, dtype=np.int64),
            codes=self.codes,
            columns={name: np.asarray(column) for name, column in self.columns.items()},
            rung=np.asarray(self.rung),
            outcome=np.asarray(self.outcome),
            issued=np.asarray(self.issued) > 0,
            secrets=secrets,
        )
