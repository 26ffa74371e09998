"""Numbers as people dress them: what is read of a text, before anybody asks what it counts."""

from __future__ import annotations

import pytest

from kompeten.audit.reading.numerals import Number, numbers, plain


def read(text: str) -> list[int | None]:
    """Give the counts that a text states; None for a share."""
    return [number.count for number in numbers(plain(text))]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("dua puluh tiga peserta", [23]),
        ("dua tiga peserta", [2, 3]),
        ("twenty three people", [23]),
        ("twenty-three people", [23]),
        ("twenty-three minus twenty people", [None]),
        ("thirty-two - thirty people", [None]),
        ("twenty-seventeen people", [None]),
        ("lima belas orang", [15]),
        ("seratus lima orang", [105]),
        ("dua ratus orang", [200]),
        ("seribu dua ratus orang", [1200]),
        ("ribu orang", [1000]),
        ("two hundred thousand", [200_000]),
        ("twenty ten", [20, 10]),
        ("dua kodi", [40]),
        ("selusin orang", [12]),
        ("sembilan orang", [9]),
        ("sepuluh orang", [10]),
        ("12345 orang", [12345]),
        ("1.234 orang", [1234]),
        ("1,234,567 people", [1_234_567]),
        ("3 ribu orang", [3000]),
        ("sepasang", [2]),
        ("duo", [2]),
        ("catur kompeten", [4]),
        ("catur", []),
        ("yang lulus. catur", [4]),
        ("yang lulus. hari itu. catur", []),
        ("IV orang", [4]),
        ("XI peserta", [11]),
        ("Tahap IV", []),
        ("٣ orang", [3]),
        ("⚂ orang", [3]),
        ("●●●● orang", [4]),
        ("- - - orang", [3]),
        ("½", [1, 2]),
        ("t1ga orang", [3]),
        ("t-i-g-a orang", [3]),
        ("lulus: Ani, Budi dan Cici", [3]),
        ("12,5%", [None]),
        ("3 persen", [None]),
        ("setengah", [None]),
        ("semua lulus", [None]),
        ("semua", []),
        ("dua ratus lima ribu orang", [205_000]),
        ("seratus lima tiga orang", [105, 3]),
        ("seribu lima tiga orang", [1005, 3]),
        ("lima belas persen", [None]),
        ("3,5 ton", [None]),
        ("sama banyak", []),
        ("lulus sama banyak", [None]),
        ("II orang", [2]),
        ("XIV peserta", [14]),
        ("III orang", [3]),
        ("Tahap III", []),
        ("V orang", []),
        ("〇 orang", [0]),
        ("⚀ orang", [1]),
        ("⚅ orang", [6]),
        ("👷 orang", [1, 1]),
        ("tiga_orang", [3]),
        ("s-e-o-r-a-n-g warga", [1]),
        ("agit orang", [3]),
        ("amil, mane, net dan utas tali", []),
        ("www", []),
        ("WWW", []),
        ("- - warga", [2]),
        ("- - people", [2]),
        ("- - persons", [2]),
        ("- - peserta", [2]),
        ("lulus: A, B, C dan D", [4]),
        ("dari Paser: A, B dan C", [3]),
        ("dua puluh kurang tujuh belas orang", [None]),
        ("20 dikurangi 17 orang", [None]),
        ("dua tambah satu orang", [None]),
        ("dua ditambah satu orang", [None]),
        ("2 plus 1 people", [None]),
        ("twenty less three people", [None]),
        ("ani lulus, budi lulus", [2]),
        ("passed: Ann, Bob, and Cid", [3]),
    ],
)
def test_a_number_is_read_in_whatever_dress(text: str, counts: list[int | None]) -> None:
    assert read(text) == counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,5%", Number(count=None, share=12.5, decimals=1)),
        ("12.345,5 persen", Number(count=None, share=123455.0, decimals=0)),
        ("3‰", Number(count=None, share=None, decimals=0)),
        ("3 permil", Number(count=None, share=None, decimals=0)),
        ("3 per mille", Number(count=None, share=None, decimals=0)),
        ("3 prosen", Number(count=None, share=3.0, decimals=0)),
        ("3 percent", Number(count=None, share=3.0, decimals=0)),
        ("3 per cent", Number(count=None, share=3.0, decimals=0)),
        ("3 lulus", Number(count=3, stages=frozenset({"kompeten"}))),
        ("3 orang yang belum lulus", Number(count=3, stages=frozenset({"belum_kompeten"}))),
        ("3 peserta", Number(count=3)),
    ],
)
def test_a_share_keeps_its_decimals_and_a_count_the_result_beside_it(text: str, expected: Number) -> None:
    assert list(numbers(plain(text))) == [expected]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "zero, nil, belum ada, tidak seorang pun, not a person, not a single, not even one, neither participant"),
        (0, "neither of them, neither woman, neither man, no participant, no woman, no man, no women, no candidates"),
        (0, "tidak satupun, tak satupun, tak seorangpun, tidak seorangpun"),
        (1, "sendirian, satu-satunya, sole, the only, a woman, a man, another woman, another man, a person"),
        (1, "another person, siji, hiji, sada, seddi, eins, une"),
        (1, "satu, eka lulus"),
        (2, "berdua, both, a couple, a pair, pair, twice, dwi lulus, binary passed"),
        (2, "berduaan, keduanya, twin, twins, loro, zwei, twee, deux, biner lulus"),
        (3, "tiga-tiganya, trinity, tilu, tellu, tallu, triangle lulus"),
        (3, "ketiganya, trio, triad, triple, triplet, triplets, trinitas, hat-trick, threesome, thrice, telu, talu"),
        (3, "tolu, drei, drie, trois, tri lulus, tersier lulus, tertiary passed, terner lulus, ternary passed"),
        (3, "segitiga lulus, tritunggal lulus"),
        (4, "empat, four, foursome, kuartet"),
        (4, "berempat, keempatnya, quartet, papat, ampat, opat, vier, cuatro, kuarterner lulus, quaternary passed"),
        (4, "kuarter lulus, segiempat lulus, quadrangle passed"),
        (5, "berlima, kelimanya, lime, lima-limanya, quintet, cinco, panca lulus"),
        (6, "berenam, enem, genep, sechs, sad lulus"),
        (7, "pitu, sieben, sapta lulus"),
        (8, "berdelapan, wolu, walu, acht, asta lulus"),
        (9, "bersembilan, sanga, neun, nawa lulus"),
        (10, "dasa lulus"),
        (11, "sebelas, eleven"),
        (12, "twelve, lusin, dozen"),
        (13, "thirteen"),
        (14, "fourteen"),
        (15, "fifteen"),
        (16, "sixteen"),
        (18, "eighteen"),
        (19, "nineteen"),
        (20, "score, sekodi"),
        (35, "thirty-five, tiga puluh lima"),
        (46, "forty six"),
        (57, "fifty seven"),
        (61, "sixty one"),
        (78, "seventy eight"),
        (89, "eighty nine"),
        (92, "ninety two"),
        (10**6, "million, juta, sejuta"),
        (None, "kelima, keenam, ketujuh, kedelapan, kesembilan, kesepuluh, kesebelas, fourth, sixth, seventh, eighth"),
        (None, "ketiga, keempat, third, fifth, tenth"),
        (None, "ninth, eleventh, twelfth, halves, thirds, quarters, pertiga, all of them, every one, twofold, double"),
        (None, "masing-masing satu, drew blanks, segenap lulus, whole passed, entire passed, perfect pass"),
        (None, "lulus tanpa kecuali, passed without exception, passed the same number"),
    ],
)
def test_every_word_for_a_small_count_or_a_share_is_read(count: int | None, words: str) -> None:
    assert {word: read(word) for word in words.split(", ")} == {word: [count] for word in words.split(", ")}


@pytest.mark.parametrize(
    ("text", "form"),
    [("Tahap IV", "tahap iv"), ("IV orang", "4 orang"), ("tiga_orang", "tiga orang"), ("👷 orang", " 1 1 orang")],
)
def test_a_text_is_compared_in_small_letters_and_with_its_numerals_as_digits(text: str, form: str) -> None:
    assert plain(text) == form


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("kompeten", "kompeten, lulus, lolos, berhasil, competent, passed, succeeded"),
        ("belum_kompeten", "belum kompeten, tidak kompeten, belum lulus, tidak lulus, gagal, failed, did not pass"),
        ("belum_kompeten", "not competent, not yet competent"),
        ("skk_terbit", "skk, sertifikat, bersertifikat, tersertifikasi, certificate, certificates, certified"),
    ],
)
def test_the_word_behind_a_count_says_whose_people_it_counts(stage: str, words: str) -> None:
    assert {word: [each.stages for each in numbers(plain(f"3 {word}"))] for word in words.split(", ")} == {
        word: [{stage}] for word in words.split(", ")
    }
