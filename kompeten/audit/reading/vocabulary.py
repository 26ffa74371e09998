"""The words of plain sentences: what codes, stages, batches and numbers are called in Indonesian and English.

One table a kind of word; everything in it is in the plain form that `plain` gives: small letters, one kind of dash,
single spaces. Words that a code list or a batch brings along are learned from the documents (`Names`), with the short
forms in which people say them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from babel.dates import get_month_names

from kompeten.audit.reading.drawings import HIDDEN_WORDS

Tag = tuple[str, str]
"""A kind ("sex", "batch", "stage"; "number" and "year" of a batch) and a code."""

WORDS: Mapping[Tag, str] = {
    ("stage", "pendaftar"): "pendaftar|pelamar|mendaftar|applicant|applicants|applied|applications",
    ("stage", "lolos_verifikasi"): "lolos verifikasi|terverifikasi|memenuhi syarat|verified|eligible",
    ("stage", "peserta"): "peserta|mengikuti pelatihan|participant|participants|trainee|trainees|took part|enrolled",
    ("stage", "hadir"): "hadir|attended|attendees|attendee",
    ("stage", "selesai"): "selesai|menyelesaikan|completed|finished",
    ("stage", "asesi"): "asesi|diases|diuji|peserta uji|mengikuti asesmen|mengikuti uji|assessed|candidate|candidates"
    "|examined|tested|took the test|sat the test",
    ("stage", "kompeten"): "kompeten|lulus|lolos|berhasil|bersertifikat|tersertifikasi|competent|certified|passed"
    "|passes|succeeded",
    (
        "stage",
        "belum_kompeten",
    ): "belum kompeten|tidak kompeten|tidak lulus|belum lulus|tidak lolos|tidak berhasil|gagal"
    "|not yet competent|not competent|did not pass|not passed|failed|unsuccessful",
    (
        "stage",
        "skk_terbit",
    ): "skk terbit|skk|sertifikat|bersertifikat|tersertifikasi|certificate|certificates|certified",
    ("sex", "L"): "laki-laki|laki laki|lelaki|pria|male|males|men|man",
    ("sex", "P"): "perempuan|wanita|female|females|women|woman",
    ("qualification_level", "ahli"): "ahli|tenaga ahli|expert|experts",
    ("qualification_level", "teknisi_analis"): "teknisi|analis|technician|technicians|analyst|analysts",
    ("qualification_level", "operator"): "operator|operators",
    ("track", "ahli"): "ahli|tenaga ahli|expert|experts",
    ("track", "fresh_graduate"): "lulusan baru|sarjana baru|fresh graduate|fresh graduates|new graduates",
    ("track", "asesor"): "asesor|assessor|assessors",
    ("track", "instruktur"): "instruktur|instructor|instructors",
}
"""What people call a code or a stage besides its name in the code lists; a word may stand for more than one."""

PLACES: Mapping[str, str] = {
    "kutai kartanegara": "kukar",
    "kutai timur": "kutim",
    "kutai barat": "kubar",
    "penajam paser utara": "ppu|penajam",
    "mahakam ulu": "mahulu",
}
"""Short names of regencies, by their own name."""

NOTHING = re.compile(
    r"\bkaltim[ -]kompeten\b|\b[0-9a-f]{16,}\b|\bper \d[\d.,]*"
    r"|\bsalah satu\b|\bsatu (?:per|demi|sama) \w+\b|(?<!but )(?<!not )\bone (?:of|by|another|or more)\b"
    r"|\b(?:tidak|tak|belum) ada (?=data\b|angka|keterangan|sumber|catatan|kolom|berkas|yang (?:di|ter)sembunyi)"
    r"|\b(?:agar|supaya) (?:tidak ada orang|tidak seorang pun|orang)(?: yang)?(?: tidak)? dapat dikenali\b"
    r"|\b(?:tidak|tak) ada (?:orang |peserta |seorang pun )?(?:yang )?dapat dikenali\b"
    r"|\b(?:nobody|no one|no person|people) can(?:not)? be recognised\b|\b(?:as|sebagai|from|dari) (?:zero|nol)\b"
    r"|\b(?:setiap|tiap|each|every) (?:peserta|orang|participant|person)(?: \w+){0,3}"
    r" (?:mendapat|menerima|memegang|gets?|receives?|holds?) (?:1|satu|one|a) \w+"
    r"|\b\w+ (?:instruktur|instructors?) (?:mengajar|melatih|membimbing|teach|taught|train)\w*"
    r"|\brp ?\d[\d.,]*(?: (?:ribu|juta|miliar|triliun)\b)?|(?<!tahap )(?<!gelombang )(?<!angkatan )\bke[ -]\d+\b"
    r"|\b(?:pasal|ayat|bab|article|section|chapter|nomor|no\.|tabel|table|gambar|figure|lembar|sheet|halaman|page"
    r"|bagian|part|catatan|note|lampiran|annex|butir|berkas|file|pukul|jam|lantai|floor|kamar|room|rt|rw|km|versi"
    r"|version|uu|pp|permen|perpres|undang-undang|peraturan)(?: (?:nomor|no\.|ke))?[ -]?\d+(?:[./:]\d+)*"
    r"(?: (?:dari|of|tahun) \d+)?"
    r"|\bno (?=data\b|figure|number|source|note|file)"
)
"""What looks like a stage or a count and is none: the site's name, digests, "per 10,000", "one of", a law's article, a
street number, a time of day, money, the number of a table or a page.
"""

PEOPLE = (
    "orang|jiwa|warga|pekerja|tenaga kerja|siswa|kandidat|people|person|persons|worker|workers|individual|individuals"
)
THINGS = (
    r"hari|jam|menit|detik|minggu|bulan|tahun|kelas|lokasi|tempat|tahap|gelombang|angkatan|batch|tabel|halaman|kolom|baris|berkas"
    r"|sumber|kabupaten|kota|provinsi|wilayah|jabatan|jenjang|rilis|kali|persen poin|sel|angka desimal|desimal"
    r"|days?|hours?|minutes?|seconds?|weeks?|months?|years?|class(?:es)?|venues?|places?|batch(?:es)?|phases?|tables?|pages?"
    r"|columns?|rows?|files?|sources?|regenc(?:y|ies)|cit(?:y|ies)|provinces?|regions?|positions?|levels?|releases?"
    r"|times|cells?|decimals?|km|kb|mb|px|juta|miliar|triliun|million|billion|trillion|rupiah|kecamatan|districts?|desa"
    r"|kelurahan|villages?|gedung|buildings?|ruang(?:an)?|rooms?|bus(?:es)?|malam|nights?|modul|modules?|lembar|sheets?"
    r"|buku|books?|kilometer|meter|ton|kg|liter|sesi|sessions?|pertemuan|meetings?|dokumen|documents?|lantai|floors?"
    r"|lembaga|kantor|offices?|perusahaan|compan(?:y|ies)|bahasa|languages?|hasil|results?|paragraf|paragraphs?"
)
"""What a number may count besides people."""

ORDINALS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "i 1 satu one pertama kesatu first 1st",
            "ii 2 dua two kedua second 2nd",
            "iii 3 tiga three ketiga third 3rd",
            "iv 4 empat four keempat fourth 4th",
            "v 5 lima five kelima fifth 5th",
            "vi 6 enam six keenam sixth 6th",
            "vii 7 tujuh seven ketujuh seventh 7th",
            "viii 8 delapan eight kedelapan eighth 8th",
        ),
        start=1,
    )
    for word in words.split()
}


def any_of(words: Iterable[str]) -> str:
    """Give a pattern that finds any of the words, the longest where several begin alike; fast for many words."""
    branches: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(words)):
        branches[word[:1]].append(word[1:])
    ends = "" in branches
    own = [re.escape(first) + any_of(rest) for first, rest in branches.items() if first]
    if not own:
        return ""
    return own[0] if len(own) == 1 and not ends else f"(?:{'|'.join(own)}){'?' if ends else ''}"


_ORDINAL = any_of(ORDINALS)
_BATCH = r"(?:tahap|gelombang|angkatan|batch|phase|round|wave)"
_AND = r"(?:\s*,?\s*(?:dan|and|&)\s*|[-/])"
_MORE = rf"(?:(?:\s*,\s*{_ORDINAL}\b)*{_AND}{_ORDINAL}\b(?!\s+(?:{PEOPLE}|peserta|participants)\b))?"
BATCH = re.compile(
    rf"\b{_BATCH}\s*(?:ke-?\s*|no\.?\s*|-|_)?(?P<after>(?:{_ORDINAL})\b{_MORE})"
    rf"|\b(?P<before>(?:{_ORDINAL})) {_BATCH}\b"
)
YEAR = re.compile(r"\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\b")
MONTHS = "|".join(sorted({name.casefold() for own in ("id", "en") for name in get_month_names(locale=own).values()}))
DATE = re.compile(rf"\b\d{{1,2}}(?:\s*-\s*\d{{1,2}})?\s+(?:{MONTHS})\b|\b(?:{MONTHS}) \d{{1,2}}\b")

FEW: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "nol|zero|nobody|none|nihil|no one|tidak ada|tak ada|belum ada|tidak seorang pun|tak seorang pun|tiada"
            "|tidak satu pun|tak satu pun|tidak satupun|tak satupun|not one|not a single|not even one"
            "|no participants|no participant|no people|no women|no men|no woman|no man|no candidates",
            "seorang|a single|single|sole|lone|satu-satunya|the only|sendirian|a woman|a man",
            "sepasang|berdua|keduanya|both|a couple|a pair|loro|zwei|twee|deux",
            "bertiga|ketiganya|telu|talu|tilu|drei|drie|trois|tres",
            "berempat|keempatnya|papat|ampat|opat|vier|cuatro",
            "lime|lima-limanya|cinco",
            "enem|genep|sechs",
            "pitu|sieben",
            "wolu|walu|acht",
            "sanga|neun",
        )
    )
    for word in words.split("|")
}
"""Ways to say a small count without its numeral, or in a language of the neighbourhood."""

SHARES: Mapping[str, Fraction] = {
    "setengah": Fraction(50), "separuh": Fraction(50), "half": Fraction(50),
    "sepertiga": Fraction(100, 3), "a third": Fraction(100, 3), "one third": Fraction(100, 3),
    "one-third": Fraction(100, 3), "dua pertiga": Fraction(200, 3), "two thirds": Fraction(200, 3),
    "two-thirds": Fraction(200, 3), "seperempat": Fraction(25), "a quarter": Fraction(25), "one quarter": Fraction(25),
    "tiga perempat": Fraction(75), "three quarters": Fraction(75), "three-quarters": Fraction(75),
    "semuanya": Fraction(100), "seluruhnya": Fraction(100), "everyone": Fraction(100), "everybody": Fraction(100),
    "all of them": Fraction(100),
}  # fmt: skip
"""Shares said in words, in per cents."""


UNITS_ID = "nol satu dua tiga empat lima enam tujuh delapan sembilan"
UNITS_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
TENS_EN = "- - twenty thirty forty fifty sixty seventy eighty ninety"


def _numerals() -> Iterator[tuple[str, int]]:
    """Give the numerals from 0 to 99 in both languages."""
    own, other, tens = UNITS_ID.split(), UNITS_EN.split(), TENS_EN.split()
    yield from zip(other, range(20), strict=True)
    yield from (("sepuluh", 10), ("sebelas", 11), ("selusin", 12), ("a dozen", 12))
    yield from ((f"{own[unit]} belas", 10 + unit) for unit in range(2, 10))
    for ten in range(10):
        for unit in range(10):
            name = f"{own[ten]} puluh {own[unit]}" if ten else own[unit]
            if ten != 1:
                yield name.removesuffix(" nol") if ten else name, 10 * ten + unit
            if ten > 1:
                yield from ((f"{tens[ten]}{mark}{other[unit]}", 10 * ten + unit) for mark in "- " if unit)
        if ten > 1:
            yield tens[ten], 10 * ten


NUMERALS: Mapping[str, int] = {**dict(_numerals()), **FEW}
_NUMERAL = any_of(NUMERALS)
_SHARE = any_of(SHARES)
_OUTCOME = r"<[a-z_|]*(?:kompeten|skk_terbit)[a-z_|]*>"
_PER_CENT = r"(?:%|persen\b|per cent\b|percent\b)"
NUMBER = re.compile(
    rf"(?P<share>\b(?:{_SHARE})\b)"
    rf"|(?P<every>{_OUTCOME}\s*semua(?:nya)?\b|\b(?:semua(?:nya)?|seluruhnya|all)\s*{_OUTCOME})"
    rf"|(?P<all>\b(?:semua|seluruh|segenap|all|every)(?=(?:\s+\w+)?\s+(?:{PEOPLE}|<[^>]*>)))"
    rf"|(?P<digits>(?<!\b[a-z])(?<!\d[a-z])(?<!\d)\d+(?:[.,]\d+)*)\s*(?P<of_digits>{_PER_CENT})?"
    rf"|\b(?P<word>{_NUMERAL})\b\s*(?P<of_word>{_PER_CENT})?"
)
SPOKEN = re.compile(rf"\d|\b(?:{_SHARE}|{_NUMERAL}|semua|seluruh|segenap|all|every)\b", re.IGNORECASE)
"""What a text must have to state a number at all."""

_ANY_NUMBER = rf"(?:\d+(?:[.,]\d+)*|{_NUMERAL})"
OTHER_COUNT = re.compile(rf"\b{_ANY_NUMBER}\s+(?:{THINGS})\b")
"""A count of other things than people: "3 hari"."""
OTHER_PART = re.compile(rf"\b{_ANY_NUMBER}\s+(?:dari|of|out of)\s+{_ANY_NUMBER}\s+(?:{THINGS})\b")
"""A part of other things than people: "1 dari 6 tahap", which names no batch."""
PERSONAL = re.compile(r"orang|no \w+s?|ber(?:dua|tiga|empat)|a (?:woman|man)")
"""Ways to say a small count that speak of people by themselves."""

_BETWEEN = (
    "dari|from|asal|di antaranya|di antara mereka|dari mereka|of them|of whom|yang|who|were|was|are|is|have|had|has"
    "|dinyatakan"
)
FOLLOWING = re.compile(
    rf"(?:[\s,]|<>|\b(?:{_BETWEEN})\b)*(?P<who>(?:(?:<[a-z_|@#]+>|\b(?:{PEOPLE}|{_BETWEEN})\b)\s*)*)"
)
PRECEDING = re.compile(r"(?P<who><[a-z_|@#]+>)(?:[\s:=,-]|<>|\b(?:sebanyak|hanya|only|adalah|were|was)\b)*$")
PERSON = re.compile(rf"<[a-z_|@#]+>|\b(?:{PEOPLE})\b")
GROUP = re.compile(rf"<[a-z_|]+>|\b(?:{PEOPLE})\b")
HIDDEN = re.compile("|".join(HIDDEN_WORDS))
ALONE = re.compile(
    rf"\W*(?:(?:hanya|cuma|only|just|jumlahnya|totalnya|total|there|it|was|were|is|are|ada)\s+)*(?:\d+|{_NUMERAL})"
    r"(?:\s+(?:saja|only|di antaranya|of them))?\W*"
)
"""A clause that is a number and nothing else: "only three", "jumlahnya tiga"."""

GROUPED = re.compile(r"\d+|\d{1,3}(?:[.,]\d{3})+")


@lru_cache(maxsize=2**16)
def plain(text: str) -> str:
    """Give a text in the form in which words are compared: small letters, plain dashes and digits, single spaces
    (also for ``_``).

    Lines stay lines. Abbreviations of places are written out, a range of ages has a dash.
    """
    text = spelled_out(text).lower().replace("_", " ")
    text = re.sub("[\u2010-\u2015\u2212]", "-", re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text))
    text = re.sub(r"[^\S\n]+", " ", re.sub(r"(?<=[a-z])-(?=\d)", " ", text))
    text = re.sub(r"\bkab\. ?", "kabupaten ", re.sub(r"\bprov\. ?", "provinsi ", text))
    text = re.sub(r"(?<=\d) ?(?:-|sampai dengan|sampai|hingga|s\.d\.|to) ?(?=\d\d\b)", "-", text)
    return NOTHING.sub(" ", text)


LOOKS_LIKE = str.maketrans(
    "аеорсухіјѕԁһтмвнкАЕОРСТМВНКХІЈЅοανιυρκτΟΑΒΕΗΙΚΜΝΡΤΧ", "aeopcyxijsdhtmbhkAEOPCTMBHKXIJSoaviupktOABEHIKMNPTX"
)
"""Letters of other alphabets that look like Latin ones."""
PICTURED = re.compile("([|●○•★☆✓✔■□▪▫◆◇⬤⚫⚪👤👥🧑👩👨👷🙂#*])(?:[ \ufe0f]?\\1){1,11}")
"""A number in tallies, dots or little people."""
ROMAN = re.compile(
    r"(?<![\w.])(X?(?:IX|IV|V?I{0,3}))(?=\s+(?:orang|peserta|kompeten|lulus|people|participants|passed)\b)"
)
ROMANS = {
    roman: str(number)
    for number, roman in enumerate(
        [
            "I",
            "II",
            "III",
            "IV",
            "V",
            "VI",
            "VII",
            "VIII",
            "IX",
            "X",
            "XI",
            "XII",
            "XIII",
            "XIV",
            "XV",
            "XVI",
            "XVII",
            "XVIII",
            "XIX",
        ],
        1,
    )
}
AMBIGUOUS = str.maketrans("lj1!04@39q5$v", "iiiioaaeggssu")
"""Signs that are typed or read for one another; a numeral spelled with them is one all the same."""

_MISTYPED: dict[str, str] = {
    word.translate(AMBIGUOUS): word
    for word in (
        [
            "satu",
            "dua",
            "tiga",
            "empat",
            "lima",
            "enam",
            "tujuh",
            "delapan",
            "sembilan",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
        ]
    )
}


def spelled_out(text: str) -> str:
    """Give a text in which every picture of a number is a numeral: other scripts, dice, tallies, Roman, mistyped."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii():
        text = "".join(map(_numeric, text.translate(LOOKS_LIKE)))
        text = re.sub("[\u2680-\u2685]", lambda die: f" {ord(die.group()) - 0x267F} ", text)
    text = PICTURED.sub(lambda row: f" {row.group().count(row[1])} ", text)
    text = ROMAN.sub(_roman, text)
    return re.sub(r"(?<![\w/.#-])[A-Za-z0-9!@$]{3,8}(?![\w/.-])", _retyped, text)


def _numeric(letter: str) -> str:
    """Give a numeral for a sign of any script that stands for a whole number."""
    if letter.isascii() or (unicodedata.category(letter)[0] != "N" and letter not in "一二三四五六七八九十"):
        return letter
    value = unicodedata.numeric(letter, -1.0)
    return f" {int(value)} " if value >= 0 and value.is_integer() else letter


def _roman(match: re.Match[str]) -> str:
    """Give a Roman numeral before people as digits; "Tahap II peserta" is about the people of a batch."""
    is_batch = re.search(rf"{_BATCH}\s*$", match.string[: match.start()].lower())
    return match.group() if is_batch or not match[1] else ROMANS.get(match[1], match.group())


def _retyped(match: re.Match[str]) -> str:
    """Give a mistyped numeral as it is spelled; a word that is none stays."""
    word = match.group().lower()
    right = _MISTYPED.get(word.translate(AMBIGUOUS))
    return right if right and word != right and not word.isdigit() else match.group()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that a clause states. count: people, None for a share or a fraction. per_cent: the share, if it is one.

    decimals: of the share. stages: what the words right after it say it counts; none where they do not say.
    is_of_people: whether the words beside it say that it counts people. is_of_level: only a level or a track says so,
    and "3 operator" may as well be the third of a list.
    """

    count: int | None
    per_cent: Fraction | None = None
    decimals: int = 0
    stages: frozenset[str] = frozenset()
    is_of_people: bool = False
    is_of_level: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What a part of a sentence says: the codes that it names, its numbers, and whether it says nothing else."""

    tags: frozenset[Tag]
    numbers: tuple[Number, ...]
    is_number_alone: bool


@dataclass(slots=True)
class Names:
    """What codes are called on a site, both languages, in plain form; batches by number and year."""

    by_name: dict[str, set[Tag]] = field(default_factory=lambda: defaultdict(set))
    batches: dict[str, tuple[str, str]] = field(default_factory=dict)
    finder: re.Pattern[str] = field(default_factory=lambda: re.compile(r"(?!)"))
    read_before: dict[str, Clause] = field(default_factory=dict)

    def learn(self, kind: str, code: str, texts: Sequence[object]) -> None:
        """Remember the names of a code, their short forms and ``kind=code``; fewer than three letters say nothing."""
        if code == "_T":
            return
        self.by_name[plain(f"{kind}={code}")].add((kind, code))
        for text in (own for own in texts if isinstance(own, str)):
            for name in short_forms(kind, code, plain(text).strip()):
                if len(name) >= 3:
                    self.by_name[name].add((kind, code))

    def learn_batch(self, batch_id: str, texts: Sequence[object], number: object, year: object) -> None:
        """Remember a batch: its names, and the number and year by which it is called ("Tahap I 2026", "batch 1")."""
        self.learn("batch", batch_id, [batch_id, *texts])
        said = plain(" ".join(str(text) for text in texts if text))
        ordinal = next(iter(_batch_numbers(said)), "")
        named = YEAR.search(said)
        own = (str(number or ordinal), str(year or (named.group()[:4] if named else "")))
        self.batches[batch_id] = own
        if len(own[0]) == 1 and own[1]:
            self.learn("batch", batch_id, [f"{own[1]}-{own[0]}", f"{own[1]}/{own[0]}"])

    def ready(self) -> Names:
        """Add the words that everybody uses, and make the pattern that finds any name, longest first."""
        for tag, words in WORDS.items():
            for word in words.split("|"):
                self.by_name[word].add(tag)
        self.finder = re.compile(rf"(?<!\w)(?:{any_of(self.by_name)})(?!\w)")
        return self

    def read(self, clause: str) -> Clause:
        """Read a clause in plain form; each is read once."""
        found = self.read_before.get(clause)
        if found is None:
            found = self.read_before[clause] = self._read(clause)
        return found

    def _read(self, clause: str) -> Clause:
        clause = OTHER_PART.sub(" ", clause)
        tags: set[Tag] = {("number", number) for number in _batch_numbers(clause)}
        tags |= {("year", match.group()[:4]) for match in YEAR.finditer(clause)}

        def mask(match: re.Match[str]) -> str:
            named = self.by_name[match.group()]
            tags.update(named)
            stages = sorted(code for kind, code in named if kind == "stage")
            kinds = {kind for kind, _ in named}
            who = "@" if "sex" in kinds else "#" if kinds & {"qualification_level", "track"} else ""
            return f" <{'|'.join(stages) or who}> "

        text = self.finder.sub(mask, clause)
        if not SPOKEN.search(text):
            return Clause(tags=frozenset(tags), numbers=(), is_number_alone=False)
        text = OTHER_COUNT.sub(" ", YEAR.sub(" ", DATE.sub(" ", BATCH.sub(" ", text))))
        numbers = tuple(_numbers(text))
        return Clause(tags=frozenset(tags), numbers=numbers, is_number_alone=bool(ALONE.fullmatch(text)))


def short_forms(kind: str, code: str, name: str) -> Iterator[str]:
    """Give a name and the forms in which people shorten it; name is in plain form."""
    bare = re.sub(r"\s*\([^)]*\)$", "", name)
    yield from (name, bare)
    if kind != "batch":
        yield from re.findall(r"\(([^)]*)\)$", name)
    if kind == "region_code":
        place = re.sub(r"^(?:kabupaten|kota|provinsi|city of) | (?:regency|city|province)$", "", bare)
        for own in (place, *filter(None, PLACES.get(place, "").split("|"))):
            yield from (own, f"kabupaten {own}", f"kota {own}", f"{own} regency", f"{own} city", f"city of {own}")
    elif kind == "qualification_level":
        yield bare.split(",")[0] if not re.match(r"operator|techn", bare) else bare
        if code.isdigit():
            for word in ("jenjang", "level", "kkni", "kkni level", "kkni jenjang", "jenjang kkni", "kualifikasi"):
                yield f"{word} {code}"
    elif kind == "age_band":
        yield from _ages(code)
    elif kind == "batch":
        yield from (re.sub(r" of (?=\d{4}$)", " ", bare), re.sub(r" (?=\d{4}$)", " tahun ", bare))


def _ages(code: str) -> Iterator[str]:
    """Give what people call an age band, from its code: Y15T24, Y_LT35, Y_GE55."""
    if span := re.fullmatch(r"Y(\d+)T(\d+)", code):
        years = f"{span[1]}-{span[2]}"
        yield from (f"{word} {years}" for word in ("usia", "berusia", "umur", "berumur", "aged", "age", "ages"))
        yield from (f"{years} {word}" for word in ("tahun", "thn", "years", "year", "years old"))
    elif under := re.fullmatch(r"Y_LT(\d+)", code):
        yield from (f"{word} {under[1]}" for word in ("di bawah", "kurang dari", "under", "below", "younger than"))
    elif over := re.fullmatch(r"Y_GE(\d+)", code):
        yield from (f"{over[1]} {word}" for word in ("tahun ke atas", "ke atas", "and over", "and older", "or older"))
        yield from (f"{over[1]}+", f"{over[1]} tahun atau lebih", f"di atas {over[1]}", f"above {over[1]}")


def _batch_numbers(text: str) -> Iterator[str]:
    """Give the numbers of the batches that a text names by number."""
    for match in BATCH.finditer(text):
        for word in re.findall(r"\w+", match["after"] or match["before"]):
            if word in ORDINALS:
                yield str(ORDINALS[word])


def _numbers(text: str) -> Iterator[Number]:
    """Give the numbers of a masked clause: digits and words, counts and shares."""
    groups = len(GROUP.findall(text))
    for match in NUMBER.finditer(text):
        if match["all"] and groups < 2:  # "all participants" names a group and says nothing of it
            continue
        follows, precedes = FOLLOWING.match(text, match.end()), PRECEDING.search(text, 0, match.start())
        who = follows["who"] if follows else ""
        is_of_people = bool(PERSON.search(who) or precedes or PERSONAL.search(match["word"] or ""))
        if match["share"] or match["all"] or match["every"]:
            per_cent = SHARES[match["share"]] if match["share"] else Fraction(100)
            yield Number(count=None, per_cent=per_cent, is_of_people=is_of_people or bool(match["every"]))
        elif match["of_digits"]:
            shown = match["digits"].replace(",", ".")
            exact = Fraction(shown) if shown.count(".") <= 1 else Fraction(shown.replace(".", ""))
            decimals = len(shown.partition(".")[2]) if shown.count(".") == 1 else 0
            yield Number(count=None, per_cent=exact, decimals=decimals, is_of_people=is_of_people)
        elif match["of_word"]:
            yield Number(count=None, per_cent=Fraction(NUMERALS[match["word"]]), is_of_people=is_of_people)
        else:
            digits, count = match["digits"], None
            if not digits or GROUPED.fullmatch(digits):
                count = int(re.sub(r"[.,]", "", digits)) if digits else NUMERALS[match["word"]]
            stages = frozenset(re.findall(r"[a-z_]+", " ".join(re.findall(r"<([a-z_|]+)>", who))))
            beside = f"{precedes['who'] if precedes else ''} {who}"
            is_of_level = "<#>" in beside and not re.search(rf"<[^#>]|\b(?:{PEOPLE})\b", beside)
            yield Number(count=count, stages=stages, is_of_people=is_of_people, is_of_level=is_of_level)
