"""Personal data in published text: identity numbers, telephone numbers, addresses of mail, tax and certificate numbers.

The one recogniser of the house: the intake, the attacker and the messages ask it. A text is read in its plain form
first: one kind of blank and of dash, nothing invisible, ``%40`` written out, the letter O among digits as 0. Each rule
is narrow enough to leave counts, codes and dates alone. Hashes are cut out: one in ten thousand hexadecimal digests
holds something that looks like an identity number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import unquote

Identifier = Literal[
    "nik", "phone", "email", "npwp", "certificate", "nip", "bank", "birth", "passport", "home", "account"
]

SIGNS = (
    r"[\do](?:[^0-9a-z]{0,4}[\doil]){8}",
    r"\b(?:no(?:mor)?\b|at\b|dot\b|titik\b|ttl\b|born\b|birth|(?:no)?rek(?:ening)?\b|account|a/c\b|tel|phone|hp\b"
    r"|fa[kx]|pas(?:por|sport)\b|r[tw](?:\b|\d)|0\d{2,3}\)?[ -]\d|d\.?o\.?b\b|skk\W|reg\.|ig\b|line\b|ni[mp]\b"
    r"|npm\b|(?:nol|kosong|zero)\b)|[(\[{<] ?(?:a|et) ?[)\]}>]",
    *("@", "＠", "﹫", "%40", "mail", "yahoo", "outlook", "icloud", "nrp", "nidn", "nisn", "blok", "beralamat"),
    *("instagram", "tiktok", "number", ".com/", "t.me/", "threads.net", "lahir", "_at_", "_at-", "-at_"),
    *("delapan", "eight"),
)
"""Any identifier has one of these in its small letters; text without them needs no closer look."""
PLAIN_SIGNS = tuple(sign for sign in SIGNS if "\\" not in sign)
"""Those that are no pattern: they are looked for first, since they are found many times as fast."""
SIGN = re.compile("|".join(sign for sign in SIGNS if sign not in PLAIN_SIGNS))

DIGEST = re.compile(r"(?<![0-9a-zA-Z])(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})(?![0-9a-zA-Z])")
BASE64_DIGEST = re.compile(r"sha(?:256|384|512)-[A-Za-z0-9+/]{43,88}={0,2}")
ADDRESS = re.compile(r"\bhttps?://[^\s\"'<>)\]]+")
ISO_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")
UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
                    "\u2066-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]")  # fmt: skip
DASHES = re.compile("[\u2010-\u2015\u2212\u2043\u30fb\u00b7\u2022]")
LETTERED = re.compile(r"(?<![A-Za-z])[0-9OoIl](?:[ ./_\-]?[0-9OoIl]){8,}(?![A-Za-z])")
"""A run of digits in which letters may stand for digits."""
AS_DIGITS = str.maketrans("OoIl", "0011")
DIGIT_WORDS: Mapping[str, str] = {
    word: str(digit)
    for words in (
        "nol satu dua tiga empat lima enam tujuh delapan sembilan",
        "zero one two three four five six seven eight nine",
    )
    for digit, word in enumerate(words.split())
} | {"kosong": "0", "oh": "0"}
_WORDS = "|".join(DIGIT_WORDS)
SPOKEN = re.compile(
    rf"(?<!\w)(?:\d{{1,4}}[ ,.\-/]{{1,3}})?(?:{_WORDS})(?:[ ,.\-/]{{0,3}}(?:{_WORDS}|\d))*(?!\w)", re.IGNORECASE
)
"""Digits in a row of which some are written as words: how a number is said on the telephone."""

NIK = re.compile(
    r"(?<![\d.,])(?:\d{16}|\d{4}(?:[ .\-]\d{4}){3}|(?:\d{6}[ .\-]){2}\d{4}|(?:\d{2}[ .\-]){3}\d{6}[ .\-]\d{4}"
    r"|\d{4}(?:[^0-9A-Za-z\n]{1,3}\d{4}){3}|(?:\d{6}[,|*;]){2}\d{4}|\d(?:,\d{3}){5})(?!\d|[,|*;]\d)"
)
"""An identity number in one run, or in the groups in which offices write it."""

GROUPED_NIK = re.compile(r"(?<![\d.,])(?<!\d[ ./_:\-])\d(?:[ ./_:\-]{0,3}\d){15}(?![ ./_:\-]{0,3}\d)")
"""One in groups of whatever size, where they hold all digits around: a list of codes or years goes on. Not in
addresses of the web, where dates and numbers stand so."""

FLOATED = re.compile(r"(?<![\d.,])(\d)[.,](\d{8,15})[eE]\+?15(?!\d)")
"""An identity number as a spreadsheet shows a number too long for it."""

BETWEEN = r"[ \-.()\[\]/_*]{0,3}"
PHONE = re.compile(
    rf"(?<![\d.,/\w-])[(\[]?(?:\+?62|0062|0)[)\]]?{BETWEEN}8[1-9]\d(?:{BETWEEN}\d){{6,9}}(?!\d)"
    r"|(?<!\d)(?<!\d[ .\-])0[ .\-]8(?:[ .\-]\d){7,11}(?![ .\-]?\d)"
    r"|(?<![\d.,])08[1-9]\d(?:[^0-9A-Za-z\n]{1,3}\d{3,5}){2}(?!\d)|(?<![\d.,])08([ .\-])[1-9]\d(?:\1\d\d){3,5}(?!\d)"
    r"|(?i:\b(?:wa|whatsapp|hp|telp?|telepon|phone|kontak|contact|hub|hubungi|call|sms|cp|narahubung|signal)\b)"
    rf"[.: ]{{0,3}}8[1-9]\d(?:{BETWEEN}\d){{6,9}}(?!\d)"
)
MESSENGER = re.compile(
    r"(?i:\b(?:wa(?:\.|.?dot.?)me|(?:api\.|web\.)?whatsapp\.com|t\.me|signal\.me|viber|tel:|sms:|callto:))"
    r"[^\s\"'<>]*?\+?\d[\d .()\-]{7,}\d"
)
EMAIL = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
ENDINGS = "com|id|co|go|ac|sch|or|web|my|desa|net|org|gov|edu|info|biz"
HOSTS = "g?mail|yahoo|ymail|hotmail|outlook|icloud|protonmail"
NEXT = r"[^A-Za-z0-9\n]{1,4}"
DISGUISED = re.compile(
    r"(?i:(?<![a-z0-9._+\-])[a-z0-9._+\-]+\s*(?:"
    r"[\[({<]\s*(?:at|et|@|a)\s*[\])}>]\s*[a-z0-9\-]+(?:\s*[\[({<]?\s*(?:\.|dot|titik)\s*[\])}>]?\s*[a-z0-9\-]{2,})+"
    rf"|\s(?:at|et|@)\s\s*[a-z0-9\-]+(?:\s*[\[({{<]?\s*\b(?:dot|titik)\b\s*[\])}}>]?\s*(?:{ENDINGS})\b)+"
    r"|\s?@\s?[a-z0-9\-]+(?:\s?\.\s?[a-z0-9\-]{2,})+"
    rf"|[-_]at[-_][a-z0-9]+(?:\.|[-_](?:dot|titik)[-_])(?:{ENDINGS})\b"
    r"))"
    rf"|(?i:\b(?:surel|e-?mail)\b[^\n;]{{0,60}}\b(?:titik|dot)\s+(?:{ENDINGS})\b)"
    rf"|(?i:@ ?(?:{HOSTS})\b|\b(?:{HOSTS})(?:\W{{0,4}}(?:dot|titik))?\W{{1,4}}com?\b)"
    rf"|(?i:[a-z0-9]{NEXT}(?:at|et|di|pada|a){NEXT}[a-z0-9-]+{NEXT}(?:dot|titik){NEXT}(?:{ENDINGS})\b)"
)
"""An address of mail written so that programs do not see it: "(at)", "dot", "titik", blanks around its signs."""

NPWP = re.compile(
    r"(?<!\d)\d{2}[ .\-]\d{3}[ .\-]\d{3}[ .\-]\d[ \-.]\d{3}[ .\-]\d{3}(?!\d)"
    r"|(?i:\bnpwp\b)\D{0,20}\d(?:[ .\-]{0,2}\d){14,15}(?!\d)"
)
PAPER = "registrasi|registration|sertifikat|skk|reg|blang?ko|certificate"
CERTIFICATE = re.compile(
    r"(?<![\w.])\d{5}[ .\-/]?\d{4}[ .\-/]?[1-9][ .\-/]?\d{7}[ .\-/]?\d{4}(?![\w.])"
    r"|(?i:\bskk)\W{1,3}\d{7,}(?!\d)|\bReg\.\s?[A-Z]{1,3}[. ]\d{3}[. ]\d{4,}"
    rf"|(?i:\b(?:no(?:mor)?\.?|number)\s*(?:{PAPER})\b\.?\s*:?\s*[A-Z0-9./ -]*\d{{4,}})"
    rf"|(?i:\b(?:{PAPER})\b\.?\s*(?:no(?:mor)?\.?|number)\s*:?\s*[A-Z0-9./ -]*\d{{4,}})"
    r"|(?i:\b(?:no(?:mor)?\.?|number)\s*(?:registrasi|sertifikat|skk|certificate)\b)[ :.]{1,3}\d(?:[./ -]?\d){7,}"
)

NIP = re.compile(
    r"(?<!\d)(?:19[3-9]\d|20[01]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ .\-/]?"
    r"(?:19[6-9]\d|20[0-4]\d)(?:0[1-9]|1[0-2]|2[12])[ .\-/]?[12][ .\-/]?\d{3}(?!\d)"
    r"|(?i:\bnip(?:ppk)?\b)\D{0,5}\d(?:[ .\-/]{0,2}\d){17}(?!\d)"
    r"|(?i:\b(?:nrp|nidn|ni[mp]|npm|nisn)\b)\W{0,4}\d{8,10}(?!\d)"
)
"""A civil servant's number: birth date, month of appointment, sex, serial. Source: Peraturan Kepala BKN 22/2007."""
BANK = re.compile(
    r"(?i:\b(?:rek(?:ening)?|norek|bank account|account (?:no|number)|a/c)\b)[^\n;]{0,40}?\d(?:[ .\-]?\d){7,17}(?!\d)"
    r"|(?i:\b(?:BRI|BCA|BNI|BTN|BSI|Mandiri|CIMB|Danamon|Bankaltimtara|Bank Kaltimtara|Muamalat)\b)"
    r"[ :\-]{1,4}(?:(?i:no(?:mor)?|rek|a/?n)\b[ .:]{1,3})?(?:\d[ .\-]?){9,16}(?!\d)"
    r"|(?i:\b(?:transfer|virtual account|VA|kartu (?:kredit|debit)|credit card|BRI|BCA|BNI|BTN|BSI|Mandiri)(?:46)?\b)"
    r"[^\n;\d]{1,25}(?:\d[ \-]?){9,18}\d(?!\d)"
    r"|(?i:\b(?:bpjs|jkn|kis|kpj|jamsostek)\b)[^\n;\d]{1,25}\d(?:[ \-]?\d){10,12}(?!\d)"
    r"|(?i:\bsim\b\W{0,3}(?:[abcd][12i]{0,2}\b)?)[^\n;\d]{0,12}\d(?:[ .\-]?\d){11,15}(?!\d)"
)
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ .\-]?[A-Z0-9]){11,30}(?!\w)")
CARD = re.compile(r"(?<![\d.,])(?:[3-6]\d|2[2-7])\d\d(?:([ .\-])\d{4}\1\d{4}\1\d{4}|([ .\-])\d{6}\2\d{5})(?!\d)")
"""Accounts that say by their own check digits that they are ones. Source: ISO 13616, ISO/IEC 7812-1."""
MONTH = "(?i:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)[a-z]*"
DAY = (
    rf"(?:\d{{1,2}}[ ./\-]{{1,2}}(?:\d{{1,2}}|{MONTH})[ ./\-]{{1,2}}(?:19|20|'|’)?\d{{2}}"
    rf"|(?<![A-Za-z]){MONTH} \d{{1,2}},? (?:19|20)\d{{2}}|(?:19|20)\d{{2}}[./ ]\d{{1,2}}[./ ]\d{{1,2}}|tahun 19\d{{2}})"
)
BIRTH = re.compile(
    r"(?i:(?<!\w)(?:(?:ke|di)?lahir(?:an|nya)?|ttl|born|birth ?(?:day|date)?|d\.?o\.?b)(?!\w))[^\n;]{0,40}?(?<!\d)"
    rf"(?:{DAY}|#)(?!\d)|(?:{DAY}|#)[ ,(]{{1,3}}(?i:ttl|lahir)(?!\w)"
)
LANDLINE = re.compile(
    r"(?i:\b(?:telp|telepon|tel|phone|hp|fax|faks)\b)\.?[ :]*\(?0\d{2,3}\)?[ \-.]?\d{5,8}(?!\d)"
    r"|(?<![\w.,/\-])(?:\(0[2-9]\d{1,2}\) ?|0[2-9]\d{1,2}-|\+62[ \-]\(?[2-79]\d{1,2}\)?[ \-])\d{5,8}(?![\w\-/])"
)
LINKED_PHONE = re.compile(r"(?<![0-9A-Za-z])(?:0|\+62)8[1-9]\d{7,10}(?![0-9A-Za-z])")
"""A telephone number in an address of the web, where other long numbers stand that are none."""
PASSPORT = re.compile(r"(?i:\bpas(?:por|sport)\b)[^\n;\d]{0,12}\d(?: ?\d){5,6}(?!\d)")
HOME = re.compile(
    r"\bR[TW](?:\b[.\-]?\s?|(?=\d))\d{1,3}(?!\d)|(?i:\brt\W{0,3}\d{1,3}\W{1,3}rw\W{0,3}\d)"
    r"|(?i:\b(?:jln?\b\.?|jalan|gg\b\.?|gang|perum(?:ahan)?\b\.?)\s[^\n;]{1,40}?\b(?:no|nomor)\b\.?\s?\d+)"
    r"(?!\w?,\s[A-Z]|\d)|(?i:\b(?:beralamat di\b|blok [a-z]{0,2}-?\d{0,3} ?,? ?no(?:mor)?\b\.? ?\d"
    r"|perum(?:ahan)? [^\n;]{1,30}? blok [a-z]-?\d))"
)
"""Where somebody lives: the number of the neighbourhood or the house. An office names its town behind the number."""
ACCOUNT = re.compile(
    r"(?i:\b(?:akun|account|ig|instagram|tiktok|twitter|telegram|threads|medsos|ikuti|follow)\b[ :]{1,3}@\w)"
    r"|(?i:(?<![\w.-])(?:www\.)?(?:(?:instagram|facebook|fb|tiktok|twitter|linkedin|x|youtube)\.com|threads\.net|t\.me)/)"
    r"(?!p/)@?\w|@\w[\w.]{2,} (?:di|on) (?i:ig|instagram|facebook|fb|tiktok|twitter|telegram|line|threads)\b"
    r"|(?i:\b(?:ig|instagram|tiktok|telegram|line) ?: ?(?=[\w.]*[._\d])@?[a-z][\w.]{3,}|\bline ?: ?@\w)"
)
"""Somebody's page on a network, outside an address that a source is cited by."""

OWN_PAGE = re.compile(r"linkedin\.com/in/\w", re.IGNORECASE)
"""Somebody's page on a network that no source is cited by."""

PROVINCES = frozenset(
    code
    for first, last in ((11, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for code in range(first, last + 1)
)
"""Province codes of Kemendagri, as the first two digits of an identity number."""


def identifiers(text: str, contacts: frozenset[str] = frozenset()) -> Iterator[Identifier]:
    """Give the kinds of personal identifier that a text holds, each once; never the identifier itself.

    contacts: addresses of mail by which the publisher itself is reached, in small letters; no others are let pass.
    """
    if not is_suspect(text):
        return
    text = plain(BASE64_DIGEST.sub(" ", DIGEST.sub(" ", text)))
    # A date becomes a sign: its digits are nobody's number, and a birth date is still told by it.
    without_links = ISO_DATE.sub("#", ADDRESS.sub(" ", text))
    numbers = (*NIK.finditer(text), *GROUPED_NIK.finditer(without_links))
    # A spreadsheet shows 15 digits at the most; what it cut off may have been anything.
    floated = any(is_nik((match[1] + match[2]).ljust(16, "1")) for match in FLOATED.finditer(text))
    if floated or any(is_nik(match.group()) for match in numbers):
        yield "nik"
    if (
        any(each.search(without_links) for each in (PHONE, LANDLINE))
        or MESSENGER.search(text)
        or LINKED_PHONE.search(text)
    ):
        yield "phone"
    for kind, pattern in _PATTERNS.items():
        if pattern.search(without_links) or (kind == "bank" and _has_account(without_links)):
            yield kind
    if OWN_PAGE.search(text) and not ACCOUNT.search(without_links):
        yield "account"
    addresses = [match.group().lower() for match in EMAIL.finditer(text)]
    if any(own not in contacts for own in addresses) or (not addresses and DISGUISED.search(without_links)):
        yield "email"


def is_suspect(text: str) -> bool:
    """Tell whether a text has something that every identifier has."""
    small = text.lower()
    return any(sign in small for sign in PLAIN_SIGNS) or SIGN.search(small) is not None


def plain(text: str) -> str:
    """Give a text as a reader sees it: compatible letters, plain blanks and dashes, nothing invisible."""
    if "%" in text:
        text = unquote(text)
    if not text.isascii():
        text = DASHES.sub("-", UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    return SPOKEN.sub(_said, LETTERED.sub(_digits, re.sub(r"[^\S\n]", " ", text)))


def _said(match: re.Match[str]) -> str:
    """Write a number said in words in digits, where more than one of them is a word: else it is a count."""
    words = re.findall(rf"{_WORDS}|\d", match.group().lower())
    is_said = sum(word in DIGIT_WORDS for word in words) > 1
    return "".join(DIGIT_WORDS.get(word, word) for word in words) if is_said else match.group()


def _digits(match: re.Match[str]) -> str:
    """Write a run of digits and letters that look like digits as digits, where most of it is digits."""
    run = match.group()
    is_number = sum(letter.isdigit() for letter in run) >= 6
    return run.translate(AS_DIGITS) if is_number else run


def is_nik(text: str) -> bool:
    """Tell whether 16 digits, separators allowed, have the structure of a NIK.

    Province, regency and district are not 0; day 1-31 or 41-71 (women), month 1-12; serial not 0. The number of a
    family card has the same structure.
    Source: Permendagri 72/2022 on the structure of the NIK.
    """
    digits = re.sub(r"\D", "", text)
    if len(digits) != 16:
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        int(digits[:2]) in PROVINCES
        and int(digits[2:4]) > 0
        and int(digits[4:6]) > 0
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and int(digits[12:]) > 0
    )


def _has_account(text: str) -> bool:
    """Tell whether a text has a number that is an account or a card by its own check digits."""
    ibans = (re.sub(r"\W", "", match.group()) for match in IBAN.finditer(text))
    cards = (re.sub(r"\D", "", match.group())[::-1] for match in CARD.finditer(text))
    return any(int("".join(str(int(each, 36)) for each in code[4:] + code[:4])) % 97 == 1 for code in ibans) or any(
        sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(number)) % 10 == 0
        for number in cards
    )


_PATTERNS: Mapping[Identifier, re.Pattern[str]] = {
    "npwp": NPWP,
    "certificate": CERTIFICATE,
    "nip": NIP,
    "bank": BANK,
    "birth": BIRTH,
    "passport": PASSPORT,
    "home": HOME,
    "account": ACCOUNT,
}
