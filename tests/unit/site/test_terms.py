"""The glossary in short, and its terms explained on a page where they first stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kompeten.ground.wording import load_wording
from kompeten.site.glossary import GlossaryError, load_glossaries, parse_glossary, shortened
from kompeten.site.terms import explained, pattern_of

ROOT = Path(__file__).parents[3]
PAGE = """---
title: Istilah
words:
  asesi: [asesi]
  skk: [SKK, sertifikat kompetensi kerja]
  kompeten: [kompeten]
  belum-kompeten: [belum kompeten]
---

Asesi { #asesi }
:   Orang yang diuji. Ia pernah
    disebut peserta.

Sertifikat Kompetensi Kerja (*SKK*) { #skk }
:   Bukti.

Kompeten { #kompeten }
:   Memenuhi syarat.

Belum kompeten { #belum-kompeten }
:   Boleh diuji lagi.

Kelas { #kelas }
:   Rombongan belajar.
"""
GLOSSARY = parse_glossary(PAGE, "id")
SAY = load_wording(ROOT / "site_templates" / "wording")["id"]


def shown(html: str) -> str:
    """Explain a page; give what stands before the list."""
    return explained(html, GLOSSARY, SAY, terms_page="../istilah/").split('\n<section class="section terms"')[0]


def linked(term: str, text: str) -> str:
    """Write a term as it is linked where it first stands."""
    return f'<a class="term" id="kata-{term}" href="#istilah-{term}">{text}</a>'


def test_the_glossary_page_is_read_term_by_term() -> None:
    assert list(GLOSSARY.terms) == ["asesi", "skk", "kompeten", "belum-kompeten", "kelas"]
    assert GLOSSARY.terms["asesi"].meaning == "Orang yang diuji. Ia pernah disebut peserta."
    assert GLOSSARY.words["sertifikat kompetensi kerja"] == "skk"


def test_indonesian_words_in_an_english_name_are_marked_as_such() -> None:
    english = parse_glossary(PAGE.replace("Kompetensi Kerja (", "<Kompetensi> ("), "en")
    assert english.terms["skk"].name == 'Sertifikat &lt;Kompetensi&gt; (<i lang="id">SKK</i>)'


def test_words_of_a_term_that_is_not_defined_stop_the_build() -> None:
    with pytest.raises(GlossaryError, match=r"^docs/id/istilah\.md: words: no such term: kelas$"):
        parse_glossary(PAGE.replace("{ #kelas }", "").replace("  skk:", "  kelas: [kelas]\n  skk:"), "id")


def test_a_word_of_two_terms_stops_the_build() -> None:
    with pytest.raises(GlossaryError, match=r"^docs/id/istilah\.md: words: of two terms: asesi$"):
        parse_glossary(PAGE.replace("[kompeten]", "[kompeten, asesi]"), "id")


@pytest.mark.parametrize("poorer", ["id", "en"])
def test_words_in_one_language_alone_stop_the_build(tmp_path: Path, poorer: str) -> None:
    for language in ("id", "en"):
        text = PAGE.replace("  asesi: [asesi]\n", "") if language == poorer else PAGE
        (tmp_path / language).mkdir()
        (tmp_path / language / "istilah.md").write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"^istilah\.md: words: only in one language: asesi$"):
        load_glossaries(tmp_path)


def test_the_repositorys_glossary_loads() -> None:
    both = load_glossaries(ROOT / "docs")
    assert both["id"].terms.keys() == both["en"].terms.keys()
    assert {"skk", "jenjang", "tahap", "asesi", "kompeten", "lpjk", "bnsp", "apbd"} <= set(both["id"].words.values())


@pytest.mark.parametrize(
    ("meaning", "short"),
    [
        ("Satu.", "Satu."),
        ("Satu. Dua.", "Satu. Dua."),
        (f"Satu. {'D' * 104}.", "Satu."),
        (f"Satu. {'D' * 103}.", f"Satu. {'D' * 103}."),
        ("Dua sistem, 64.02 dan\n    6402.", "Dua sistem, 64.02 dan 6402."),
    ],
)
def test_a_meaning_in_short_is_its_first_sentence_and_those_that_fit(meaning: str, short: str) -> None:
    assert shortened(meaning) == short


def test_a_term_is_linked_where_it_first_stands_and_listed_once() -> None:
    page = explained("<p>Asesi itu diuji.</p><p>Setiap asesi.</p>", GLOSSARY, SAY, terms_page="../istilah/")
    assert page == (
        f"<p>{linked('asesi', 'Asesi')} itu diuji.</p><p>Setiap asesi.</p>"
        '\n<section class="section terms" aria-labelledby="istilah-halaman" data-pagefind-ignore>'
        '<h2 id="istilah-halaman">Istilah di halaman ini</h2>\n<dl>\n'
        '<div id="istilah-asesi" tabindex="-1"><dt>Asesi</dt><dd>Orang yang diuji. Ia pernah disebut peserta. '
        '<a href="#kata-asesi">Kembali ke teks</a></dd></div>\n</dl>\n'
        '<p><a href="../istilah/">Semua istilah</a></p>\n</section>'
    )


def test_the_longer_term_wins() -> None:
    assert shown("<p>Belum kompeten.</p>") == f"<p>{linked('belum-kompeten', 'Belum kompeten')}.</p>"


def test_a_word_may_carry_an_ending() -> None:
    assert shown("<p>SKK-nya, asesinya</p>") == f"<p>{linked('skk', 'SKK-nya')}, {linked('asesi', 'asesinya')}</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="x">asesi</a></p>',
        "<h1>Asesi</h1>",
        "<td><b>asesi</b></td>",
        "<code>asesi</code>",
        "<svg><title>asesi</title><g><text>asesi</text></g></svg>",
        '<span class="chip chip--unknown"><data value="">asesi</data> asesi</span>',
        '<span class="chip"><span>1</span> asesi</span>',
        '<p class="copy" data-copy="Salin">asesi</p>',
        "<details><summary>asesi</summary><p>asesi</p></details>",
        "<svg><svg><g></g></svg><text>asesi</text></svg>",
        "<!-- asesi -->",
        "<p>Kaltim Kompeten</p>",
        "<p>skk, keasesian, asesi-asesi, asesi.id, x/asesi</p>",
        "<p>Asesi: <dfn>asesi</dfn> ialah orang.</p>",
        '<p title="asesi > x">peserta</p>',
    ],
)
def test_links_names_code_drawings_cells_and_folded_parts_stay_as_they_are(html: str) -> None:
    assert explained(html, GLOSSARY, SAY, terms_page="../istilah/") == html


def test_text_after_a_quiet_part_is_read_again() -> None:
    html = '<p><a href="x">SKK</a> <img src="x"> asesi</p>'
    assert shown(html) == html.replace(" asesi", f" {linked('asesi', 'asesi')}")


def test_the_level_of_a_web_standard_is_no_level_of_competence() -> None:
    level = parse_glossary(
        "---\ntitle: Terms\nwords:\n  level: [level]\n---\n\nLevel { #level }\n:   A grade of skill.\n", "en"
    )
    html = "<p>Pages follow WCAG 2.2 level AA.</p>"
    assert explained(html, level, SAY, terms_page="../terms/") == html
    assert explained("<p>at level 4</p>", level, SAY, terms_page="../terms/") != "<p>at level 4</p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<figcaption>asesi</figcaption>", ""),
        ('<input type="search">', ""),
        ('<svg><path d="M0"/></svg>', ""),
        ('<p class="copy">asesi</p>', ""),
    ],
)
def test_a_quiet_or_empty_element_ends_where_it_ends(before: str, after: str) -> None:
    assert shown(f"{before}<p>asesi</p>{after}") == f"{before}<p>{linked('asesi', 'asesi')}</p>{after}"


def test_the_longest_of_all_words_is_tried_first_whatever_its_letter() -> None:
    found = pattern_of(("belum", "belum kompeten", "kompeten")).findall("belum kompeten, kompeten")
    assert found == ["belum kompeten", "kompeten"]


def test_an_abbreviation_is_meant_only_as_it_is_written() -> None:
    pattern = pattern_of(("SKK", "Ahli"))
    assert [match[0] for match in pattern.finditer("skk SKK SKK-nya ahli AHLI")] == ["SKK", "SKK-nya", "ahli", "AHLI"]
    assert pattern_of(("SKa",)).findall("ska") == ["ska"]


def test_a_page_of_several_lines_is_read_line_by_line() -> None:
    html = "<main>\n<h1>\nUji asesi</h1>\n\n<p>Seorang <b>peserta</b>\nialah asesi;\n  ia kompeten.</p>\n</main>\n"
    before, after = html.rsplit("asesi;", 1)
    assert shown(html) == before + linked("asesi", "asesi") + ";" + after.replace(
        "kompeten", linked("kompeten", "kompeten")
    )
