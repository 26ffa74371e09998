"""The vocabulary of the data, each word declared once: code lists, dimensions, stages, statuses, precisions.

Schemas, checks, API shapes, JSON-stat, pages, register, policy and attacker take them from here. Order is the order of
columns, of the funnel and of display. Nothing here is read from a file: the codes of each list are data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kompeten.ground.findings import Label

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
"""What every data package is described by, those that come in and the one that goes out."""

ALL, UNKNOWN = "_T", "_U"
"""The two codes that every dimension has: everybody, and not known."""

Grain = Literal["leaf", "group"]
"""How fine a dimension may be printed: its finest codes, or the codes just below ``_T``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """One list of codes, a table of the reference package. key: its column of codes. is_nested: it has parent_code."""

    name: str
    key: str = "code"
    is_nested: bool = False


REGIONS = CodeList(name="regions", key="region_code", is_nested=True)
QUALIFICATION_LEVELS = CodeList(name="qualification_levels", is_nested=True)
CLASSIFICATIONS = CodeList(name="classifications", is_nested=True)
TRACKS = CodeList(name="tracks")
SEXES = CodeList(name="sexes")
AGE_BANDS = CodeList(name="age_bands", is_nested=True)
FUNDING_SOURCES = CodeList(name="funding_sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One way in which people are broken down: a column of the observations, ``_T`` where nobody breaks them down.

    label: what its axis is called. text: what the API says of its column, in English; ``api.id.toml`` has the same in
    Indonesian. grain: how fine a register prints it where the policy says nothing else. field: what the officer's
    configuration calls the column of a register that holds it; empty where it is worked out, as the age is. since:
    the version of the API that first had it; later ones stand at the end of rows, since columns may only be added
    there. The pages call it what the wording says under ``breakdown.*.<name>``.
    """

    name: str
    codes: CodeList
    label: Label
    text: str
    grain: Grain = "leaf"
    field: str = ""
    since: str = "1.0"

    @property
    def slug(self) -> str:
        """Give its name in the addresses of JSON-stat documents."""
        return self.name.replace("_code", "s").replace("_", "-")


REGION_CODE = Dimension(
    name="region_code",
    codes=REGIONS,
    label=Label("Wilayah tempat tinggal", "Region of residence"),
    text="Residence: Kemendagri code, _T all, _U not known.",
    field="residence",
)
_DECLARED = (
    REGION_CODE,
    Dimension(
        name="qualification_level",
        codes=QUALIFICATION_LEVELS,
        label=Label("Jenjang", "Qualification level"),
        text="Level 1 to 9 or a group of levels, _T all, _U not known.",
        grain="group",
        field="level",
    ),
    Dimension(
        name="classification",
        codes=CLASSIFICATIONS,
        label=Label("Klasifikasi", "Classification"),
        text="Classification, _T all, _U not known.",
        grain="group",
        field="classification",
    ),
    Dimension(
        name="track",
        codes=TRACKS,
        label=Label("Jalur", "Track"),
        text="Participant track, _T all, _U not known.",
        field="track",
    ),
    Dimension(
        name="sex",
        codes=SEXES,
        label=Label("Jenis kelamin", "Sex"),
        text="L male, P female, _T all, _U not known.",
        field="sex",
    ),
    Dimension(
        name="age_band",
        codes=AGE_BANDS,
        label=Label("Kelompok umur", "Age band"),
        text="Age band, _T all, _U not known.",
        grain="group",
    ),
    Dimension(
        name="funding_source",
        codes=FUNDING_SOURCES,
        label=Label("Sumber dana", "Funding source"),
        text="Who pays, _T all, _U not known.",
        field="funding",
    ),
)

DIMENSION: Mapping[str, Dimension] = {dimension.name: dimension for dimension in _DECLARED}
"""Every dimension by its name."""

DIMENSIONS = tuple(DIMENSION)
"""Their names, in the order of columns and of the coordinates of a cell."""

DIMENSION_OF: Mapping[str, str] = {dimension.codes.name: dimension.name for dimension in _DECLARED}
"""Code list to the dimension whose codes it lists."""

_LISTED = (
    REGIONS,
    QUALIFICATION_LEVELS,
    CLASSIFICATIONS,
    CodeList(name="positions", key="position_code"),
    CodeList(name="stages"),
    CodeList(name="outcome_statuses"),
    TRACKS,
    SEXES,
    AGE_BANDS,
    FUNDING_SOURCES,
    CodeList(name="training_modes"),
    CodeList(name="statuses"),
    CodeList(name="precisions"),
    CodeList(name="units"),
    CodeList(name="context_measures"),
    CodeList(name="speakers"),
    CodeList(name="voices"),
    CodeList(name="occasions"),
    CodeList(name="marks"),
    CodeList(name="text_kinds"),
    CodeList(name="counters"),
    CodeList(name="areas"),
)
CODE_LISTS = tuple(dict.fromkeys((*_LISTED, *(dimension.codes for dimension in _DECLARED))))
"""Every code list that is published, in the order in which it is; that of a new dimension comes last."""

Stage = Literal[
    "pendaftar", "lolos_verifikasi", "peserta", "hadir", "selesai", "asesi", "kompeten", "belum_kompeten", "skk_terbit"
]
"""What is counted of a batch, in order; ``stages.csv`` names and defines each and says what it counts."""

STAGES: tuple[Stage, ...] = get_args(Stage)
ASSESSED: Stage = "asesi"
DECIDED: tuple[Stage, Stage] = ("kompeten", "belum_kompeten")
RESULTS: tuple[Stage, ...] = (*DECIDED, "skk_terbit")
"""asesi = kompeten + belum_kompeten + menunggu; menunggu (awaiting a decision) is at least 0 and never printed."""

RUNGS = STAGES[: STAGES.index(ASSESSED) + 1]
"""The ladder up to assessment; beyond it people have a result."""

FUNNEL = tuple(stage for stage in STAGES if stage != "belum_kompeten")
"""Each counts some of the people of the one before; who is not yet competent left the line."""

CellStatus = Literal["released", "provisional", "hidden", "unknown"]
"""What a count, or its absence, means."""
Status = Literal["released", "provisional", "hidden", "unknown", "not_applicable"]
"""The same of a figure that is computed: a rate over nobody is not applicable."""
Precision = Literal["exact", "about", "at_least", "rounded"]
Standing = Literal["announced", "draft", "conditional"]
"""Whether a target was announced; only such a one can be met or missed."""

STATUSES: tuple[CellStatus, ...] = get_args(CellStatus)
PRINTED: tuple[CellStatus, ...] = ("released", "provisional")
"""The statuses that come with a number; every other one has none."""

FigureAct = Literal["correction", "revision", "preference"]
"""Why a published figure moved: it was recorded wrongly, its source changed it, or another source is used."""
Act = FigureAct | Literal["removal", "rename", "redefinition"]
"""What a release may declare about what was published before."""
Role = Literal["editors", "source", "office", "reader", "auditor"]
"""Who asked for a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of a published file. media_type: what it is; served: what hosts that do not know it send instead.

    file_type: its name in the file-type list of the EU Publications Office, empty where it has none. is_table: a table
    is written in it; every other form holds more than one table.
    """

    ending: str
    media_type: str
    file_type: str = ""
    served: tuple[str, ...] = ()
    is_table: bool = False


FORMS = (
    Form(ending=".csv", media_type="text/csv", file_type="CSV", is_table=True),
    Form(ending=".id.csv", media_type="text/csv", file_type="CSV", is_table=True),
    Form(
        ending=".xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        file_type="XLSX",
        is_table=True,
    ),
    Form(
        ending=".parquet",
        media_type="application/vnd.apache.parquet",
        file_type="PARQUET",
        served=("application/octet-stream",),
        is_table=True,
    ),
    Form(ending=".json", media_type="application/json", file_type="JSON"),
    Form(ending=".md", media_type="text/markdown"),
    Form(ending=".zip", media_type="application/zip", file_type="ZIP"),
)
"""Every form of download; those of tables first, in the order in which the forms of one table are listed."""


KEMENDAGRI, BPS = "kemendagri:", "bps:"
"""Before a code of a region in a CSV file: it says whose code it is, and no reader takes it for a number or a time.

Bare, 64.02 (Kutai Kartanegara) is 6402 to a reader of decimal commas, which is West Kutai to Statistics Indonesia.
"""


def of_system(code: str, system: str) -> str:
    """Write a code of a region with its system; a code that is no number, such as ``_T``, stays as it is."""
    return system + code if code[:1].isdigit() else code


def form_of(path: str) -> Form | None:
    """Give the form of a file by its ending, the longest that fits; None for a file that is no download."""
    return max((form for form in FORMS if path.endswith(form.ending)), key=lambda form: len(form.ending), default=None)


def table_forms(path: str) -> tuple[str, ...]:
    """Give the paths of all forms of a table, the comma file first. path: that of any of them."""
    form = form_of(path)
    stem = path.removesuffix(form.ending if form and form.is_table else "")
    return tuple(stem + form.ending for form in FORMS if form.is_table)
