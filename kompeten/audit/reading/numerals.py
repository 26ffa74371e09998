"""Numbers in whatever dress: digits of any script, words of both languages, tallies, dice, Roman, mistyped.

Everything is read in the plain form that `plain` gives: small letters, one kind of dash, single spaces. Nothing here
knows what a number counts; `accounts` asks whether something printed or a listed reason accounts for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

STAGE_WORDS: Mapping[str, str] = {
    "kompeten": "kompeten|lulus|lolos|berhasil|competent|passed|succeeded",
    "belum_kompeten": "(?:belum|tidak) (?:kompeten|lulus)|gagal|not (?:yet )?competent|did not pass|failed",
    "skk_terbit": "skk|sertifikat|bersertifikat|tersertifikasi|certificates?|certified",
}
"""Results of which "all" or "none" may be said, and whose people a number right before them counts."""
RESULT = re.compile(
    rf"\b(?:{'|'.join(STAGE_WORDS.values())}|(?:ke|me)?lulus(?:an|kan)|pass(?:es)?|fail(?:ures?)?|graduates?)\b"
)

FEW: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "nol|zero|nobody|none|nihil|no one|nil|tidak ada|tak ada|belum ada|tidak seorang pun|tak seorang pun"
            "|tiada|not a soul|not a person|tidak satu pun|tak satu pun|tidak satupun|tak satupun|not one|not a single"
            "|not even one"
            "|neither candidate|neither participant|neither of them|neither woman|neither man"
            "|no participants?|no people|no wom[ae]n|no m[ae]n|no candidates?|tak seorangpun|tidak seorangpun",
            "seorang|sendirian|satu-satunya|a single|single|sole|lone|the only|a wom[ae]n|a m[ae]n"
            "|another wom[ae]n|another m[ae]n|a person|another person|once|siji|hiji|sada|seddi|eins|une",
            "sepasang|berdua|berduaan|keduanya|both|a couple|(?:a )?pair|duo|twins?|twice|loro|zwei|twee|deux",
            "bertiga|ketiganya|trio|triad|triple|triplets?|trinitas|trinity|hat-?trick|threesome|thrice|telu|talu|tilu|tolu|tellu|tallu|drei|drie|trois|tres",
            "berempat|keempatnya|foursome|quartet|kuartet|papat|ampat|opat|vier|cuatro",
            "berlima|kelimanya|lime|quintet|cinco",
            "berenam|enem|genep|sechs",
            "bertujuh|pitu|sieben",
            "berdelapan|wolu|walu|acht",
            "bersembilan|sanga|neun",
        )
    )
    for word in words.split("|")
}
"""Ways to say a small count without its numeral, or in a language of the neighbourhood; each a pattern."""

UNITS = {
    word: number
    for number, words in enumerate(
        (
            "satu one", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven", "delapan eight",
            "sembilan nine", "sepuluh ten", "sebelas eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
            "seventeen", "eighteen", "nineteen",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "puluh": 10, "lusin": 12, "selusin": 12, "dozen": 12, "kodi": 20, "sekodi": 20, "score": 20, "ratus": 100,
    "seratus": 100, "hundred": 100, "ribu": 1000, "seribu": 1000, "thousand": 1000, "juta": 10**6, "sejuta": 10**6,
    "million": 10**6,
}  # fmt: skip
"""Words that multiply what stands before them; "se-" and "a" stand for one."""

_TH_ID = "kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan|kesepuluh|kesebelas"
_TH_EN = "second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
ORDINAL = rf"{_TH_ID}|{_TH_EN}|ke[- ]?\d+|\d+(?:st|nd|rd|th)"
SHARES = (
    rf"seper(?:{_TH_ID.replace('ke', '')}|seratus)|{ORDINAL}|halves|thirds|quarters|fifths|tenths"
    "|setengah(?:nya)?|separ(?:uh|o)(?:nya)?|half|sepertiga|pertiga|a quarter|seperempat|perempat|semuanya|seluruhnya"
    "|everyone|everybody|all of them|every one|masing-masing satu|threefold|twofold|double"
    "|clean sweep|drew a blank|drew blanks"
)
"""Shares, and the place of a person in a row, said in words: nothing printed says them so."""

OLD: Mapping[str, int] = {
    "eka": 1, "dwi": 2, "tri": 3, "catur": 4, "panca": 5, "sad": 6, "sapta": 7, "asta": 8, "nawa": 9, "dasa": 10,
    "biner": 2, "binary": 2, "tersier": 3, "tertiary": 3, "terner": 3, "ternary": 3, "segitiga": 3, "triangle": 3,
    "tritunggal": 3, "kuarterner": 4, "quaternary": 4, "kuarter": 4, "segiempat": 4, "quadrangle": 4,
}  # fmt: skip
"""Numerals that are names as well; beside a result they count."""
LIKENED = (
    r"sebanyak(?! ?(?:\d|mungkin|apa|-))|sejumlah(?! ?\d)|sama (?:banyak|jumlah)(?:nya)?|the same number"
    r"|as many(?= (?!as (?:\d|\w+ (?:people|participants)))[^.;]{1,60}(?: as)?\b)"
    r"|(?:angka|digit) (?:terakhir|pertama|satuan)|(?:last|first|final) digit"
)
"""As many as something of which everybody knows how many there are, or as another group."""
EVERY = (
    "semua|seluruh|segenap|setiap|tiap|all|every|each|whole|entire|(?:gagal|lulus) total|sempurna|perfect"
    "|tanpa (?:ter)?kecuali|without exception"
)
_MIX = r"(?:[-+×*]|dikurangi|ditambah|tambah|kurang|minus|plus|less)"
_PER = r"%|‰|(?:persen|prosen|permil|per cent|percent|per mille|pct)\b"
_NUMERAL = "|".join(sorted((*UNITS, *TENS, *SCALES), key=lambda word: (-len(word), word)))
_FEW = "|".join(sorted(FEW, key=lambda word: (-len(word), word)))
WORDS = rf"(?:{_NUMERAL})(?:(?: belas|[ -](?:and |dan )?(?:{_NUMERAL}))(?!\w))*"
_HYPHENED = rf"(?:{'|'.join(TENS)})-(?:{'|'.join(word for word, number in UNITS.items() if number < 10)})"
"""A number as English spells it, which takes nothing from anything."""
ANY_NUMBER = rf"(?:\d+(?:[.,]\d+)*|{WORDS}|{_FEW})"
NUMBER = re.compile(
    rf"\b(?P<old>{'|'.join(OLD)})\b(?!-)|\b(?P<likened>{LIKENED})"
    rf"|\b(?P<sum>(?!{_HYPHENED}\b(?! ?{_MIX}))(?:{WORDS}|\d+) ?{_MIX} ?(?:{WORDS}|\d+))\b"
    rf"|\b(?P<share>{SHARES})\b|\b(?P<every>{EVERY})\b|\b(?P<few>{_FEW})\b"
    rf"|(?P<digits>\d+(?:[.,]\d+)*)\s*(?P<per_digits>{_PER})?(?P<scale>ribu\b|thousand\b)?|\b(?P<words>{WORDS})\b\s*(?P<per_words>{_PER})?"
)
_STAGES = (rf"(?P<{stage}>(?:{words})\b)" for stage, words in STAGE_WORDS.items())
STAGE = re.compile(rf"\s*(?:(?:orang|people|persons?|yang|who|of them|were|was)\s+)*(?:{'|'.join(_STAGES)})")
GROUPED = re.compile(r"\d+|\d{1,3}(?:[.,]\d{3})+")
SENTENCE = re.compile(r"[.!?;\n](?=\s|$)")

LOOKS_LIKE = str.maketrans(
    "аеорсухіјѕԁһтмвнкАЕОРСТМВНКХІЈЅοανιυρκτΟΑΒΕΗΙΚΜΝΡΤΧ", "aeopcyxijsdhtmbhkAEOPCTMBHKXIJSoaviupktOABEHIKMNPTX"
)
"""Letters of other alphabets that look like Latin ones."""
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\u20e3\ufeff\U0001f3fb-\U0001f3ff]"
)
PICTURED = re.compile(r"([^\w\s.\-=~_()\[\]{}\"'<>:,…—–/])(?:[ ]?\1)+|(/)/{2,}")
"""A number in tallies, dots or little people."""
DASHES = re.compile(r"(?<![\w-])-(?: ?-)+(?= (?:orang|peserta|warga|people|persons|participants)\b)")
ORNAMENTS = "©®™°№✓✔●■□▪▫★☆•◆◇○⬤│┃║"
ROW = re.compile(r"(?<!\S)(\S{1,12}?)(?:,? \1){2,}(?![\w])")
LETTERS = re.compile(r"(?<![\w.])(?!(?:www|WWW|III|iii)\b)([A-Za-z])\1{2,11}(?![\w.])")
"""A word, a stroke or a letter, three times or more."""
_WELL = STAGE_WORDS["kompeten"]
_APART = r"(?:\s*[,;/&+]\s*(?:dan |and |& )?| dan | and )"
_CALLED = r"(?!\d)[^\s\d,;:/&+.]+\.?(?: (?!(?:dan|and) )[^\s\d,;:/&+.]+){0,3}"
ENUMERATED = re.compile(
    rf"(?P<head>(?<!syarat )(?<!kriteria )(?<!unsur )\b(?:{_WELL}|{STAGE_WORDS['belum_kompeten']}"
    r"|bersertifikat|tersertifikasi|certified)(?:[^.:;\n]{0,60}?(?:\b(?:ialah|adalah|yaitu|yakni|were|are)\b|:)\s*"
    r"|,? (?=(?:para )?(?:peserta|persons?|participants?|si|sdr[ia]?) )))"
    rf"(?P<list>(?!(?:angka|figures?|numbers?|hari|dates?)\b){_CALLED}(?:{_APART}{_CALLED})+)(?=[.\n]|$)"
    r"|(?<=[:,] )(?P<letters>(?-i:[A-Z](?:, [A-Z])+,? (?:dan|and|&) [A-Z]\b))"
    r"|(?P<each>(?:(?:\b|\()(?!(?:belum|tidak|not|yet|dan|and|atau|or|ialah|adalah|berarti|means?|is|are)\b)[a-z]{1,12}[.)]?"
    rf" (?:{_WELL})\b[,;]? ?(?:dan |and )?(?:si )?){{2,}})",
    re.IGNORECASE,
)
"""People called by letters or names, in a list that is all that is said of a result, or with the result beside each."""
BROKEN = re.compile(
    r"(?<![\w])(?:[A-Za-z](?:[^A-Za-z0-9\n][A-Za-z]){2,8}|[A-Za-z]{1,5}(?:-[A-Za-z]{1,5}){1,8})(?![\w-])"
)
"""A word that was pulled apart, letter by letter or by hyphens."""
ROMAN = re.compile(r"(?<![\w.&-])(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?![\w&'’-])")
NAMED = re.compile(
    r"(?:tahap|gelombang|angkatan|batch|phase|round|wave|bab|semester|triwulan|kuartal|wilayah|kelas|golongan|eselon"
    r"|tingkat|lampiran|bagian|tipe|type|level|class|chapter|part|annex|quarter|jilid"
    r"|volume|dan|and|[ivx]+ ?[,-])\s*$",
    re.IGNORECASE,
)
SMALL_ROMAN = re.compile(
    r"(?<![\w.-])(?:iii?|iv|vi{1,3}|ix|xi{0,3})(?= (?:orang|peserta|warga|people|persons|participants)\b)"
    r"|(?<=[:=] )(?:iii?|iv|vi{1,3}|ix)(?=\s*(?:[.;,\n)]|$))"
)
"""What a Roman numeral may name: it counts nobody then."""
AMBIGUOUS = str.maketrans("lj1!04@39q5$v", "iiiioaaeggssu")
"""Signs that are typed or read for one another; a numeral spelled with them is one all the same."""
_MISTYPED = {word.translate(AMBIGUOUS): word for word in UNITS} | {
    word[::-1].translate(AMBIGUOUS): word
    for word in UNITS
    if len(word) > 3 and word[::-1] not in ("utas", "amil", "mane")
}


@lru_cache(maxsize=2**14)
def plain(text: str) -> str:
    """Give a text in the form in which it is compared: small letters, plain dashes and digits, single spaces.

    Every picture of a number is a numeral: other scripts, dice, tallies, Roman, mistyped. Lines stay lines.
    """
    # The order is the rule: other scripts before tallies, people before letters, Roman while capitals stand.
    text = unicodedata.normalize("NFKC", UNSEEN.sub("", unescape(text)))
    if not text.isascii():
        text = "".join(map(_numeric, text.translate(LOOKS_LIKE)))
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    text = PICTURED.sub(lambda row: f" {row.group().count(row[1] or row[2])} ", text)
    text = DASHES.sub(lambda row: f" {row.group().count('-')} ", text)
    text = ENUMERATED.sub(_counted, text)
    text = LETTERS.sub(lambda row: f" {len(row.group())} ", text)
    text = ROW.sub(lambda row: f" {row.group().count(row[1])} ", BROKEN.sub(_joined, text))
    text = SMALL_ROMAN.sub(_roman, ROMAN.sub(_roman, text))
    text = re.sub(r"(?<![\w/.#-])[A-Za-z0-9!@$]{3,8}(?![\w/.-])", _retyped, text).lower().replace("_", " ")
    return re.sub(r"[^\S\n]+", " ", text)


def _numeric(letter: str) -> str:
    """Give a numeral for a sign of any script that stands for a whole number, and for a little picture."""
    if letter.isascii():
        return letter
    value = unicodedata.numeric(letter, -1.0)
    if value >= 0:
        return f" {int(value)} " if value.is_integer() else f" {value:.3f} "
    if "\u2680" <= letter <= "\u2685":
        return f" {ord(letter) - 0x267F} "
    return " 1 1 " if unicodedata.category(letter) == "So" and letter not in ORNAMENTS else letter


def _counted(match: re.Match[str]) -> str:
    """Give how many a list of people names, in its place."""
    if own := match["letters"]:
        return f" {sum(map(str.isupper, own))} "
    if own := match["each"]:
        return f" {len(re.findall(_WELL, own, re.IGNORECASE))} {own}"
    return f"{match['head']} {1 + len(re.findall(_APART, match['list'], re.IGNORECASE))} "


def _roman(match: re.Match[str]) -> str:
    """Give a Roman numeral as digits, unless it names a batch or a chapter; "I" and "V" alone are letters."""
    own = match.group().upper()
    if len(own) < 2 or NAMED.search(match.string[: match.start()]):
        return match.group()
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in own]
    return str(sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)))


def _joined(match: re.Match[str]) -> str:
    """Give a numeral that was pulled apart as one word; anything else stays."""
    word = re.sub("[^A-Za-z]", "", match.group()).lower()
    return word if word in UNITS or re.fullmatch(_FEW, word) else match.group()


def _retyped(match: re.Match[str]) -> str:
    """Give a mistyped numeral as it is spelled; a word that is none stays."""
    return _MISTYPED.get(match.group().lower().translate(AMBIGUOUS), match.group())


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that a text states. count: None for a share. share: one in per cents, or another fraction, in digits.

    stages: what the word right after it says it counts; none where it does not say.
    """

    count: int | None
    share: float | None = None
    decimals: int = 0
    stages: frozenset[str] = frozenset()


def numbers(text: str) -> Iterator[Number]:
    """Give the numbers of a text in plain form; "all" is one where the sentence, or the one before, has a result."""
    start, had_result = 0, False
    for end in [*(stop.end() for stop in SENTENCE.finditer(text)), len(text)]:
        sentence, start = text[start:end], end
        has_result = bool(RESULT.search(sentence))
        for match in NUMBER.finditer(sentence):
            if not (match["every"] or match["old"] or match["likened"]) or has_result or had_result:
                yield from _read(match, sentence)
        had_result = has_result


def _read(match: re.Match[str], text: str) -> Iterator[Number]:
    after = STAGE.match(text, match.end())
    stages = frozenset(stage for stage, said in (after.groupdict() if after else {}).items() if said)
    digits = match["digits"]
    if match["sum"] or match["share"] or match["every"] or match["per_words"] or match["likened"]:
        yield Number(count=None)
    elif match["old"]:
        yield Number(count=OLD[match["old"]], stages=stages)
    elif match["few"]:
        yield Number(
            count=next(count for word, count in FEW.items() if re.fullmatch(word, match["few"])), stages=stages
        )
    elif match["words"]:
        yield from (Number(count=count, stages=stages) for count in said(match["words"]))
    elif match["per_digits"] or not GROUPED.fullmatch(digits):
        shown = digits.replace(",", ".")
        whole, _, decimals = shown.rpartition(".") if shown.count(".") == 1 else (shown.replace(".", ""), "", "")
        is_share = match["per_digits"] not in ("‰", "permil", "per mille")
        yield Number(count=None, share=float(f"{whole}.{decimals}0") if is_share else None, decimals=len(decimals))
    else:
        # Python refuses to read numbers of some thousand digits (CVE-2020-10735).
        count = int(re.sub(r"[.,]", "", digits)[:40])
        yield Number(count=1000 * count if match["scale"] else count, stages=stages)


def said(words: str) -> Iterator[int]:
    """Give the numbers that a row of numerals says: "dua puluh tiga" is one, "dua tiga" are two."""
    total = group = last = 0
    for word in re.findall(r"[a-z]+", words):
        if word == "belas":
            last += 10
        elif scale := SCALES.get(word):
            own = (group + last or 1) if scale >= 1000 else (last or 1)
            total, group, last = (total + own * scale, 0, 0) if scale >= 1000 else (total, group + own * scale, 0)
        elif value := UNITS.get(word) or TENS.get(word):
            if last and not (last in TENS.values() and value < 10):
                yield total + group + last
                total = group = last = 0
            last += value
    if total + group + last:
        yield total + group + last
