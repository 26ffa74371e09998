"""Names of persons in free text: what looks like one and is no word that the house knows.

No list of names is kept, and none could be whole. A name is told by how it is written: two or more words with capitals
in a row that no code list, region, publisher or declared word explains; a form of address or a degree beside one; a
verb of speaking before one. Only offices and roles may stand in notes, so that whatever is left is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from kompeten.ground.identifiers import ENDINGS
from kompeten.ground.wording import everyday, said

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
CAPITAL = r"[A-ZÀ-Þ](?:[a-zß-ÿ]+(?:['’][A-Za-zß-ÿ]+)?|[A-ZÀ-Þ]{2,})"
INITIAL = r"[A-Z]\."
RUN = re.compile(
    rf"(?<![\w.]){CAPITAL}(?:(?:[ \u00a0\-_]| ?& ?)(?:{CAPITAL}|{INITIAL}|bin|binti|b\.|al|van|de)(?![^\W_]))+"
)
"""Words with capitals in a row, initials and particles between them."""

ADDRESSED = re.compile(
    r"(?:(?<!\w)(?i:a\.\s?n\.?|atas nama|bapak|ibu|pak|bu|sdri?\.?|saudara|saudari|tuan|nyonya|mr\.?|mrs\.?|ms\.?"
    r"|kata|ujar|tutur|ungkap|jelas|menurut|said|according to)|(?<!\w)(?:H|Hj|Ir|Dr|dr|Drs|Dra|Prof|KH|Tn|Ny|Ust)\."
    r"|(?<!\w)(?i:yth|ttd|a/n|u\.p)\b\.?:?)"
    rf"\s+((?:{CAPITAL}|{INITIAL})(?:\s+(?:{CAPITAL}|{INITIAL}))*)"
)
"""A form of address, a title or a verb of speaking, and the words with capitals after it."""

DEGREE = re.compile(
    rf"(?<!\w)({CAPITAL}),?\s+(?:S|M|A|Dr|Ph)\.?\s?(?:T|E|H|Si|Sos|Kom|Pd|Ars|Eng|Sc|AP|IP|Ak|M|Md|D)\b\.?(?=[\s,.;)]|$)"
)

SPEAKING = re.compile(
    rf"(?<!\w)({CAPITAL}),?\s+(?:said|says|told|explained|stated|kata|ujar|tutur|ungkap|jelas|mengatakan|menyatakan|menjelaskan"
    r"|menyebut|menuturkan|mengaku)(?!\w)"
)
THING = (
    r"(?i:[PK]e[a-z]{3,}an|pe(?:m[bp]|n[cdgjtyo]|w)[a-z]{3,}|[A-Z]{3,}(?:nya|[aiu]si|[st]ion|ment|ing|ity|[ae]nce)"
    r"|[A-Z]{2,}[b-df-hj-np-tv-z]s)\b"
)
"""A noun by its form, or many of them: what it does, a paper, a rule or whoever has that trade may do."""
ADVERBS = r"(?:(?:juga|tidak|belum|sudah|telah|akan|sedang|harus|pun|ikut|also|has|had|did not|was|had to) )*"
PASSED = (
    r"(?:lulus|hadir|kompeten|remidi|mengulang|mengundurkan diri|pass(?:es|ed)|fail(?:s|ed)|attend(?:s|ed)?"
    r"|repeat(?:s|ed)?)"
)
"""What a person alone does in a training, of whom a whole text may be in small letters."""
ACTING = re.compile(
    rf"(?:^|(?<=[.!?;:] )|(?<=[(“\"]))(?!{THING})({CAPITAL}),? {ADVERBS}(?:{PASSED}"
    r"|(?:meng|di)hadiri|gagal|datang|pulang|absen|pindah|sakit|izin|tinggal|lahir|keluar|meminta|melahirkan|mewakili"
    r"|mem(?:buka|impin|bawa|peroleh)|men(?:utup|erima|yerahkan|dapat|andatangani|daftar|unggu|olak|inggal|angis|jawab)"
    r"|meng(?:ikuti|ajar|ulang|isi|erjakan|ajukan|undurkan)|menjabat|menjadi (?:peserta|asesor|instruktur|ketua|juara)"
    r"|ber(?:asal|kata|pesan|hasil|tugas|tanya)|bekerja|belajar|ter(?:daftar|lambat|senyum|sertifikasi)"
    r"|di(?:wawancarai|angkat|lantik|panggil|rawat|tolak)|dinyatakan"
    r"|opened|received|handed|led|chaired|signed|came|joined|resigned|teaches|taught|works|lives|missed|ill|sick|absent"
    r"|declared|applied|asked|left|got|won|is (?:a|the)(?: best| only)? (?:participant|assessor|worker))(?!\w)"
)
"""What somebody does, and the one word with a capital before it that begins the sentence."""
SMALL = re.compile(
    r"(?:^|[.!?;:,(] ?|(?<!\w)(?:peserta|asesi|pekerja|participant|worker) )"
    rf"([a-z]{{3,}} [a-z]{{3,}}) {ADVERBS}(?:{PASSED}|menerima)(?!\w)"
)
"""The same of two words in small letters."""
ALONE = re.compile(
    rf"(?:^|[.!?;:,(] ?|(?<!\w)(?:peserta|asesi|pekerja|participant|worker) )(?!{THING})([a-z]{{3,}}) {ADVERBS}"
    rf"(?:{PASSED}|menerima)(?!\w)"
)
"""The same of one word: at the beginning, or after what such a person is called."""
PARTING = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
NO_NAME = (
    r"asia|today|news|online|press|site|info|html?|csv|xlsx?|json|pdf|docx?|toml|parquet|zip|png|jpe?g|svg|xml|txt|css"
    r"|sums|lock|cff|bib|ics|ya?ml|part|tmp|bak"
)
JOINED = re.compile(
    rf"(?<![\w./@\[-])(?:[A-Z][a-z]{{2,}}(?:[A-Z][a-z]{{2,}})+|(?!\w+\.(?:{ENDINGS}|{NO_NAME})\b)[a-z]{{3,}}(?:\.[a-z]{{3,}})+)"
    r"\d{0,4}(?![\w/@-]|\.\w)"
)
"""Words written together, as in an account: with a capital each, or with dots between; not a file, nor an address."""
SHORTENED = re.compile(rf"(?<![\w.])(?:[A-Z]\.\s?){{1,3}}({CAPITAL})|(?<![\w.])({CAPITAL})\s[A-Z]\.(?!\w)")
WITHIN = re.compile(r"(?:(?<=[a-z0-9] )|(?<=[a-z0-9], )|(?<=[a-z0-9] [(]))([A-Z][a-zß-ÿ]{2,})(?!\w|\.\w)")
"""A word with a capital within a sentence."""
OFFICE = (
    r"(?:plt\.? |wakil |deputy |acting )?(?:kepala|ketua|direktur|sekretaris|kabid|kadis|head|chair|director|secretary)"
)
ROLE = re.compile(rf"(?<!\w)({CAPITAL})\s?[(,]\s?(?i:{OFFICE})\b")
NAMED = re.compile(
    r"(?i:\bbernama\s|\bnama(?: lengkap| saya)?\s*:|\bname\s*:|\bnama saya\s|\bsdri?\.?\s|\ba/n\s"
    r"|\bttd\b\.?:?\s|\ba\.?\s?n\.|\batas nama\s|\bnama (?:peserta|asesi|asesor|pekerja)\b:?\s)"
    r"\s*([^\W\d_]+(?:\s+[^\W\d_]+)?)"
    r"|(?i:\b(?:petugas|operator|panitia|penanggung jawab|asesor|instruktur|pic|pj)\s?:\s)"
    r"([^\W\d_]+(?:\s+[^\W\d_]+)?)$"
    r"|(?<!\w)([^\W\d_]+) (?i:bin(?:ti)?) [^\W\d_]+"
)
"""One word is enough where it speaks, stands beside an initial or a role or within a sentence, or is said to be a name;
that one in whatever letters."""

PROSE = re.compile(r"(?:note|reason|description|title|text)_(?:id|en)|title|description")
"""Columns in which anything may be written; a title that names a person gives the office in brackets."""


@cache
def declared() -> frozenset[str]:
    """Give the words with capitals that the catalogue declares to be nobody's name, in small letters."""
    return known_words(text for label in said("known", "checks").values() for text in label)


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """Give every word of some texts in small letters."""
    return frozenset(each.group().casefold() for text in texts for each in WORD.finditer(text))


def holds_name(text: str, known: Collection[str]) -> bool:
    """Tell whether a text seems to name a person. known: words, in small letters, that are nobody's name."""
    several = (each.group() for pattern in (RUN, JOINED) for each in pattern.finditer(text))
    return (
        any(_unknown(words, known) >= 2 for words in several)
        or any(
            _unknown(" ".join(filter(None, each.groups())), known) >= 1
            for pattern in (ADDRESSED, DEGREE, SPEAKING, SHORTENED, WITHIN, ROLE, NAMED)
            for each in pattern.finditer(text)
        )
        or any(
            not {*each[1].casefold().split()} & everyday() and _unknown(each[1], known) == len(each[1].split())
            for pattern in (ACTING, SMALL, ALONE)
            for each in pattern.finditer(text)
        )
    )


def _unknown(words: str, known: Collection[str]) -> int:
    """Count the words of two letters or more that nobody declared."""
    parted = words if words.casefold() in known else PARTING.sub(" ", words)
    found = (each.group().casefold() for each in WORD.finditer(parted))
    return sum(len(word) > 1 and word not in known for word in found)
