"""Propose the officer's configuration from a register: what is recognised is written, every doubt is asked.

Pure. Headers are shown, and codes; never a value of the register, nor anything that is copied from one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from kompeten.ground.findings import LANGUAGES
from kompeten.ground.formats import roman
from kompeten.ground.identifiers import identifiers
from kompeten.ground.vocabulary import ALL, UNKNOWN
from kompeten.ground.wording import Wording, officered
from kompeten.intake.packages.kinds import HEADER_WITHIN
from kompeten.register.reading import words
from kompeten.register.reading.check import CodeLists
from kompeten.register.reading.config import FIELDS, NEEDED, SHEET, STEPS, VALUE_FIELDS
from kompeten.register.reading.files import NUMBER_MARK, RegisterError, folded, tidy
from kompeten.register.reading.nik import digits, is_well_formed
from kompeten.register.reading.people import OUTCOMES
from kompeten.register.reading.read import is_numbering

YEAR = re.compile(r"\b(20[1-4]\d)\b")
UNKNOWN_YEAR = "0000"
"""Stands for a year that the register does not tell: no TOML, so that it cannot be overlooked."""
SHOWN_ROWS = 5
MOST_CODES = 20
NEARLY = 0.8
"""This share of a column's cells tells what it holds."""
FROM_NIK: Mapping[str, set[str]] = {"sex": {"sex"}, "age": {"birth_date", "age"}}
"""What a NIK tells, with the fields that tell it as well."""
CODED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "sex": ("ask_sex", {"1": "L", "2": "P"}),
    "track": ("ask_track", {"1": "fresh_graduate", "0": "ahli"}),
}
"""Fields that some systems write as numbers: how it is asked, and what the numbers most likely mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the public data say: id of the main programme, the rows of its numbered batches by id, the last release."""

    programme: str
    batches: Mapping[str, Mapping[str, str]]
    release: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sheet:
    """A table as it was found: headers, rows with their numbers, and the texts above; no repr of its content.

    names: the headers for comparing. layout: the known layout that they have, "other" for none. fits: how many of the
    headers are known. parts: the sheets that were put together, or the parts, by name; none where there is one alone.
    titled: the file's name, for its year. others, hidden: sheets of other people, and those that nobody sees, by count.
    """

    headers: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    above: str
    fits: int
    parts: tuple[str, ...] = ()
    titled: str = ""
    is_workbook: bool = False
    others: int = 0
    hidden: int = 0

    @property
    def nik(self) -> int | None:
        """Give the column of the NIK: by its header, else the one whose cells are such numbers."""
        named = (self.names.index(name) for name in headers()["fields"]["nik"] if name in self.names)
        place = next(named, None)
        return self.holding(lambda text: is_well_formed(digits(text))) if place is None else place

    def holding(self, reads: Callable[[str], object]) -> int | None:
        """Give the first column of which nearly every cell that is not empty can be read in one way."""
        for place, name in enumerate(self.names):
            cells = [text for _, text in self.column(place)]
            if name and cells and sum(bool(reads(text)) for text in cells) >= NEARLY * len(cells):
                return place
        return None

    @property
    def known(self) -> Mapping[str, Any]:
        """Give what is known of the layout; nothing of an unknown one."""
        return next((each for each in headers()["layouts"] if set(each["columns"]) <= set(self.names)), {})

    @property
    def layout(self) -> str:
        years = sum(bool(YEAR.fullmatch(name)) for name in self.names) > 1
        return str(self.known.get("name", "wide" if years and self.holds_counts else "other"))

    @property
    def holds_counts(self) -> bool:
        """Tell whether a row is a count, not a person."""
        return self.known.get("holds") == "counts" or self.nik is None

    @property
    def holds_people_unnamed(self) -> bool:
        """Tell whether a row seems to be a person while no column is known to hold the NIK."""
        personal = {name for field in ("name", "birth_date") for name in headers()["fields"][field]}
        return self.layout == "other" and self.holds_counts and not personal.isdisjoint(self.names)

    def column(self, place: int) -> Iterator[tuple[int, str]]:
        """Give the row number and the folded text of each cell of a column that is not empty."""
        for number, cells in self.rows:
            if place < len(cells) and tidy(cells[place]):
                yield number, folded(cells[place])


@cache
def headers() -> Mapping[str, Any]:
    """Open what offices call their columns."""
    return tomllib.loads((Path(__file__).parent / "headers.toml").read_text(encoding="utf-8"))


def is_personal(name: str) -> bool:
    """Tell whether a column is about one person, by its plain header; a running number counts as well."""
    listed = headers()["identifying"]
    return name in (*listed["names"], "no", "nomor") or name.startswith(tuple(listed["beginnings"]))


SHORT: Mapping[str, str] = {"jns": "jenis", "jen": "jenis", "klmn": "kelamin", "kel": "kelamin"}
"""Words that headers cut short, in full, beside those that are listed as they are cut."""


def plain(header: str) -> str:
    """Give a header for comparing: points, strokes and underscores count as blanks, and so does what is in brackets.

    It counts where nothing else stands. Letters apart are a word: N I K, L/P.
    """
    text = folded(header).rstrip("?*: ")
    own = re.sub(r"[_./\\()\-:,–?*]", " ", re.sub(r"\(.*?\)", " ", text).strip() or text).split()
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", " ".join(SHORT.get(word, word) for word in own))


def propose(file: str, sheet: Sheet, lists: CodeLists, known: Known, say: Wording) -> str:
    """Give the configuration as TOML text with its questions."""
    return _Draft(file=file, sheet=sheet, lists=lists, known=known, say=say).text()


def found_sheet(file: str, lines: Iterable[Sequence[str]]) -> Sheet:
    """Find the row of headers: of the first rows, alone or with the one above, the one with most that are known.

    Raises RegisterError where none is.
    """
    rows = [tuple(cells) for cells in lines]
    known = {name for each in headers()["fields"].values() for name in each} | set(headers()["mixed"])
    known |= {name for each in headers()["layouts"] for name in each["columns"]} | set(headers()["stages"])

    def fits(cells: Sequence[str]) -> int:
        if any(any(identifiers(cell)) for cell in cells):
            return 0  # a row of somebody, whatever words stand in it: no header is shown that a person wrote
        names = {plain(cell) for cell in cells}
        return len(names & known) + (sum(bool(YEAR.fullmatch(name)) for name in names) > 1)

    candidates: list[tuple[int, tuple[str, ...]]] = []
    for number, (above, cells) in enumerate(pairwise([(), *rows[:HEADER_WITHIN]])):
        both = zip_longest(cells, above, fillvalue="")
        candidates += [(number, cells), (number, tuple(one if tidy(one) else other for one, other in both))]
    place, header = max(candidates, key=lambda candidate: fits(candidate[1]), default=(0, ()))
    best = fits(header)
    if best < 2:
        raise RegisterError(officered("no_header", file=file, count=HEADER_WITHIN))
    numbered = enumerate(rows[place + 1 :], start=place + 2)
    body = tuple((number, cells) for number, cells in numbered if not is_numbering(cells))
    title = " ".join(cell for cells in rows[:place] for cell in cells)
    shown = tuple(tidy(cell) for cell in header)
    return Sheet(headers=shown, names=tuple(map(plain, shown)), rows=body, above=title, fits=best)


@dataclass(slots=True, kw_only=True, repr=False)
class _Draft:
    """Writes the configuration, section by section."""

    file: str
    sheet: Sheet
    lists: CodeLists
    known: Known
    say: Wording

    def cells(self, place: int) -> Iterator[tuple[int, str]]:
        """Give the cells of a column in the rows of people; of all rows where no column holds the NIK."""
        nik = self.sheet.nik
        # Not by the number of the row: rows of several sheets have the same.
        people = (row for row in self.sheet.rows if nik is None or tidy("".join(row[1][nik : nik + 1])))
        return replace(self.sheet, rows=tuple(people)).column(place)

    def text(self) -> str:
        places = self._places()
        named = self.sheet.known.get("name", "people")
        parts = [
            [self._note("draft_head", file=self.file), self._note(f"draft_layout_{named}")],
            self._register(places),
            self._columns(places),
            *self._values(places),
            self._release(),
            *self._batches(places),
            *self._plan(),
        ]
        return "\n\n".join("\n".join(part) for part in parts if part) + "\n"

    def _note(self, key: str, **values: object) -> str:
        return "# " + self.say(key, **values)

    def _ask(self, key: str, **values: object) -> str:
        return f"# {self.say('question')}: {self.say(key, **values)}"

    def _places(self) -> dict[str, tuple[int, ...]]:
        """Give the columns that may hold each field, in the order in which the names are listed."""
        listed = headers()["fields"]
        found = {
            field: tuple(place for name in listed[field] for place, own in enumerate(self.sheet.names) if own == name)
            for field in FIELDS
        }
        used = {place for places in found.values() for place in places}
        by_cells: Mapping[str, Callable[[], int | None]] = {
            "nik": lambda: self.sheet.nik,
            "batch": lambda: self.sheet.holding(lambda t: words.NAMED_BATCH.match(t) and words.batch_number(t)),
            "residence": lambda: self.sheet.holding(self._is_region),
            "level": lambda: self.sheet.holding(_is_level),
            **{field: partial(self._spelt, dimension) for field, dimension in VALUE_FIELDS.items()
               if dimension in words.SPELLINGS},
            "status": lambda: None if any(found[step] for step in STEPS) else self._told_by_words(),
        }  # fmt: skip
        for field, look in by_cells.items():
            if not found[field] and (place := look()) is not None and place not in used:
                found[field] = (place,)
        return {field: places for field, places in found.items() if places}

    def _spelt(self, dimension: str) -> int | None:
        """Give the column whose words are all of one dimension; numbers are none, for they number anything."""
        read = self._reader(dimension)
        return self.sheet.holding(lambda text: not text.isdecimal() and text not in words.UNKNOWN_WORDS and read(text))

    def _told_by_words(self) -> int | None:
        """Give the column whose few different texts nearly all say how far somebody came, in three ways or more."""
        for place in range(len(self.sheet.names)):
            cells = [text for _, text in self.cells(place)]
            signs = [words.PROGRESS.search(text) for text in cells]
            ways = {sign.group() for sign in signs if sign}
            if len(ways) >= 3 and len({*cells}) <= MOST_CODES and len(cells) * NEARLY <= sum(map(bool, signs)):
                return place
        return None

    def _is_region(self, text: str) -> bool:
        return words.region_name(text) in self.lists.labels["region_code"]

    def _by_part(self, places: Mapping[str, tuple[int, ...]]) -> str:
        """Name the field that the names of the sheets tell where no column does: batch or region; "" for none."""
        names = [folded(name) for name in self.sheet.parts]
        if not names:
            return ""
        tells = {"batch": words.batch_number, "residence": self._is_region}
        return next((f for f, tell in tells.items() if f not in places and all(map(tell, names))), "")

    def _register(self, places: Mapping[str, tuple[int, ...]]) -> list[str]:
        lines = ["[register]"]
        lines += [*self._sheets(), *self._fill_down(places), *self._from_nik(places)]
        if "batch" not in places and self._by_part(places) != "batch":
            by_sheet = len(self.sheet.parts) > 1 and not self._by_part(places)
            lines += [self._ask("ask_batch_sheets" if by_sheet else "ask_batch", sheet=SHEET)]
        if self._has_steps(places) and not {"verified", "admitted"} & set(places):
            lines += [self._ask("ask_rows"), 'every_row = "ditetapkan"']
        if not self._has_steps(places) and "status" not in places:
            status = self.sheet.known.get("every_row", "")
            asked = self._ask("ask_every", status=status) if status else self._ask("ask_stage")
            lines += [asked, f'every_row = "{status}"']
        if "residence" in places:
            column = places["residence"][0]
            if any(re.fullmatch(r"\d{4}", text) for _, text in self.cells(column)):
                lines += [self._ask("ask_system", column=self.sheet.headers[column]), 'region_codes = ""']
        return lines

    def _sheets(self) -> Iterator[str]:
        """Name the sheets that are read, ask whether they are all, and say of those that are not."""
        if len(self.sheet.parts) > 1:
            yield self._ask("ask_sheets", count=len(self.sheet.parts))
        if self.sheet.parts and self.sheet.is_workbook:
            yield f"sheet = [{', '.join(map(_quoted, dict.fromkeys(self.sheet.parts)))}]"
        if self.sheet.others:
            yield self._ask("ask_other_sheets", count=self.sheet.others)
        if self.sheet.hidden:
            yield self._note("draft_hidden_sheets", count=self.sheet.hidden)

    def _fill_down(self, places: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
        """Ask whether cells that are empty in most rows of people repeat the one above, as merged cells do."""
        filled = {field: len([*self.cells(places[field][0])]) for field in NEEDED if field in places}
        if sparse := [field for field, count in filled.items() if 2 * count < filled.get("nik", 0)]:
            yield self._ask("ask_fill_down", columns=", ".join(self._shown(places[field][0]) for field in sparse))
            yield f"fill_down = [{', '.join(map(_quoted, sparse))}]"

    def _from_nik(self, places: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
        """Take from the NIK what no column tells."""
        missing = [name for name, fields in FROM_NIK.items() if not fields & set(places)]
        if missing and "nik" in places:
            yield f"from_nik = [{', '.join(map(_quoted, missing))}]  # {self.say('draft_from_nik')}"

    def _has_steps(self, places: Mapping[str, tuple[int, ...]]) -> bool:
        """Tell whether columns of steps say how far people came; those that are missing are asked for."""
        steps = sum(step in places for step in STEPS)
        return steps >= 4 or (steps > 0 and "status" not in places and not self.sheet.known.get("every_row"))

    def _columns(self, places: Mapping[str, tuple[int, ...]]) -> list[str]:
        lines = ["[columns]"]
        has_steps = self._has_steps(places)
        skipped = {"status"} if has_steps else set(STEPS)
        for field in FIELDS:
            if field in skipped or (field == "age" and "birth_date" in places):
                continue
            if field in places:
                lines += self._column(field, places[field])
            elif field == self._by_part(places):
                lines += [f"{field} = {_quoted(SHEET)}  # {self.say('draft_by_sheet')}"]
            elif field in ("nik", "residence"):
                lines += [self._ask("ask_needed", field=field), f'{field} = ""']
        if missing := [step for step in STEPS if step not in places and step not in skipped]:
            named = ", ".join(f"{step} ({' / '.join(STEPS[step])})" for step in missing)
            lines += [self._ask("ask_columns", fields=named), *(f'{step} = ""' for step in missing)]
        used = {each for found in places.values() for each in found}
        for place, name in enumerate(self.sheet.names):
            if name in headers()["mixed"] and place not in used:
                stages = ", ".join(headers()["mixed"][name])
                lines += [self._ask("ask_mixed", column=self._shown(place), stages=stages)]
        wanted = (*VALUE_FIELDS, *(() if has_steps else ("status",)))
        return [*lines, *self._left_out(used, [field for field in wanted if field not in places])]

    def _column(self, field: str, found: tuple[int, ...]) -> Iterator[str]:
        if len(found) > 1 and field not in ("birth_date", "residence", "level", "classification"):
            yield self._ask("ask_twice", field=field, columns=", ".join(map(self._shown, found)))
        why = {"nik": "draft_for_people", "name": "draft_for_people", "birth_date": "draft_for_age"}
        is_named = self.sheet.names[found[0]] in headers()["fields"][field]
        guess = why.get(field, "draft_guess") if is_named else "draft_by_cells"
        yield f"{field} = {_quoted(self.sheet.headers[found[0]])}  # {self.say(guess)}"
        lost = sum(text.endswith(NUMBER_MARK) for _, text in self.sheet.column(found[0])) if field == "nik" else 0
        if lost:
            yield self._note("draft_numbers", count=lost)

    def _shown(self, place: int) -> str:
        """Give a header, unless it holds what no header should."""
        header = self.sheet.headers[place]
        return f"#{place + 1}" if any(identifiers(header)) else header

    def _left_out(self, used: set[int], untold: Sequence[str]) -> Iterator[str]:
        rest = [place for place, name in enumerate(self.sheet.names) if name and place not in used]
        personal = [place for place in rest if is_personal(self.sheet.names[place])]
        told = (*headers()["mixed"], "no", "nomor")
        for key, places in (("draft_dropped", personal), ("draft_unused", [p for p in rest if p not in personal])):
            if shown := [self._shown(place) for place in places if self.sheet.names[place] not in told]:
                yield self._note(key, columns=", ".join(shown))
                if key == "draft_unused" and untold:
                    own = {"fields": ", ".join(untold), "field": untold[-1], "column": _quoted(shown[0])}
                    yield self._note("draft_untold", **own)

    def _values(self, places: Mapping[str, tuple[int, ...]]) -> Iterator[list[str]]:
        """Ask about the words that lead to no code, and about numbers in the place of words."""
        readers: Mapping[str, Callable[[str], object]] = {
            **{field: self._reader(dimension) for field, dimension in VALUE_FIELDS.items()},
            **dict.fromkeys(STEPS, words.yes_or_no),
            "decision": words.DECISIONS.get,
            "issued": words.certificate_issued,
            "status": lambda text: words.progress_of_status(self.lists.statuses.get(text, text)),
        }
        for field, read in readers.items():
            if field not in places or (field in STEPS and not self._has_steps(places)):
                continue
            column = places[field][0]
            cells = list(self.cells(column))
            texts = {text for _, text in cells}
            if field in CODED and texts and texts <= set(CODED[field][1]):
                key, meant = CODED[field]
                codes = [f'"{number}" = "{code}"' for number, code in meant.items()]
                yield [f"[values.{field}]", self._ask(key, column=self._shown(column)), *codes]
            elif odd := [(number, text) for number, text in cells if read(text) is None]:
                codes = [*self._codes(field)]
                listed = ", ".join((*codes[:MOST_CODES], *(["…"] if len(codes) > MOST_CODES else [])))
                asked = self._about(
                    "ask_words", odd, column=self._shown(column), example=f'"…" = "{codes[0]}"', codes=listed
                )
                yield [f"[values.{field}]", asked]

    def _codes(self, field: str) -> Iterable[str]:
        if field in VALUE_FIELDS:
            return self.lists.codes[VALUE_FIELDS[field]]
        return {"decision": filter(None, OUTCOMES), "status": words.STATUS_LADDER}.get(field, ("ya", "tidak"))

    def _about(self, key: str, odd: Sequence[tuple[int, str]], **values: object) -> str:
        """Ask about words by the rows where each stands first; the words themselves stay in the register."""
        first: dict[str, int] = {}
        for number, text in odd:
            first.setdefault(text, number)
        rows = ", ".join(map(str, sorted(first.values())[:SHOWN_ROWS])) + (", …" if len(first) > SHOWN_ROWS else "")
        return self._ask(key, count=len(first), rows=rows, **values)

    def _reader(self, dimension: str) -> Callable[[str], object]:
        """Give how a text of a dimension is read, without the office's own words."""
        labels, codes = self.lists.labels[dimension], self.lists.codes[dimension]

        def read(text: str) -> object:
            if text in words.UNKNOWN_WORDS or text in labels:
                return text
            if dimension == "region_code":
                name = words.region_name(text)
                return name if name in labels or re.fullmatch(r"\d\d\.?\d\d", text) else None
            if dimension == "qualification_level":
                return words.level(text)
            if dimension == "classification":
                return text if text.upper().replace(" ", "") in codes else None
            return words.SPELLINGS.get(dimension, {}).get(text)

        return read

    def _year(self) -> str:
        """Give the year that stands above the table, else the one in the file's name, which is asked about."""
        found = YEAR.findall(self.sheet.above) or YEAR.findall(plain(self.sheet.titled))
        return found[-1] if found else UNKNOWN_YEAR

    def _release(self) -> list[str]:
        source = f"register-{self.known.programme}-{self._year()}"
        return [
            "[outcomes]",
            self._ask("ask_release", last=self.known.release),
            'as_of = ""',
            f'source_id = "{source}"',
            "",
            "[release]",
            'id = ""',
            'released_on = ""',
            'data_through = ""',
            f'title_id = "Register peserta {self._year()}"',
            f'title_en = "Register of participants {self._year()}"',
            "",
            "[[sources]]",
            f'source_id = "{source}"',
            'kind = "register"',
            self._ask("ask_publisher"),
            'publisher = ""',
            'title_id = "Register peserta"',
            'title_en = "Register of participants"',
            'published_on = ""',
        ]

    def _batches(self, places: Mapping[str, tuple[int, ...]]) -> Iterator[list[str]]:
        """Propose one batch for each number that the column of batches names; ask about every other name."""
        cells = list(self.cells(places["batch"][0])) if "batch" in places else []
        if self._by_part(places) == "batch":
            cells = [(0, folded(name)) for name in self.sheet.parts]
        numbers = {found[0] for _, text in cells if (found := words.batch_number(text)) is not None}
        strange = [(row, text) for row, text in cells if words.batch_number(text) is None]
        if self._year() == UNKNOWN_YEAR:
            yield [self._ask("ask_year", batches=", ".join(self.known.batches))]
        elif not YEAR.search(self.sheet.above):
            yield [self._ask("ask_year_file", year=self._year())]
        yield [self._about("ask_batches", strange)] if strange else []
        for number in sorted(numbers) or ([1] if not strange else []):
            yield list(self._batch(number, named=bool(cells)))

    def _batch(self, number: int, *, named: bool) -> Iterator[str]:
        numeral, year = roman(number), self._year()
        yield "[[batches]]"
        if named:
            yield f'register_names = ["Tahap {numeral}"]  # {self.say("draft_names")}'
        programme = self.known.programme
        batch_id = f"{programme}-{year}-{number}"
        stands = {
            name: text for name, text in self.known.batches.get(batch_id, {}).items() if text not in ("", UNKNOWN)
        }
        if stands:
            yield self._ask("ask_standing", batch=batch_id)
        yield from (f'batch_id = "{batch_id}"', f'programme_id = "{programme}"', f"year = {year}")
        named_id, named_en = (stands.get(f"name_{each}") for each in LANGUAGES)
        yield from (
            f"number = {number}",
            'kind = "tahap"',
            f"name_id = {_quoted(named_id or f'Tahap {numeral} {year}')}",
        )
        yield f"name_en = {_quoted(named_en or f'Batch {number} of {year}')}"
        if "start_on" not in stands:
            yield self._ask("ask_dates", name=f"Tahap {numeral}")
        yield from (f'{day} = "{stands.get(day, "")}"' for day in ("start_on", "end_on"))
        if "training_mode" not in stands:
            yield self._ask("ask_mode")
        yield f'training_mode = "{stands.get("training_mode", "")}"'
        level = stands.get("qualification_level", ALL)
        yield from (f'qualification_level = "{level}"', f'source_id = "register-{programme}-{year}"')

    def _plan(self) -> Iterator[list[str]]:
        """Propose tables of the one stage that a layout tells of every row."""
        if status := self.sheet.known.get("every_row"):
            stages = f'stages = ["{words.stage_of_status(status)}"]'
            for name, dimensions, rest in (
                ("tahap", "[]", ["headline = true", "weight = 1000"]),
                ("wilayah", '["region_code"]', ["weight = 30"]),
            ):
                yield ["[[plan.tables]]", f'name = "{name}"', f"dimensions = {dimensions}", stages, *rest]


def _is_level(text: str) -> bool:
    """Tell whether a text is a level and nothing else; a bare number may number anything, and "ahli" be a track."""
    return not text.isdecimal() and text not in words.LEVEL_GROUPS and words.level(text) is not None


def _quoted(text: str) -> str:
    """Give a text as TOML."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
