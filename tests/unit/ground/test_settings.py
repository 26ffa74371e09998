"""The settings of the host: every mistake is named with the key and the mend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from kompeten.ground.inert import nearly
from kompeten.ground.settings import Settings, SettingsError, load_settings
from kompeten.ground.strict import Strict, parse

VALUES: dict[str, object] = {
    "base_url": "https://data.example/kompeten",
    "repository_url": "https://repository.invalid/x",
    "contact_email": "redaksi@data.example",
    "publisher": "Redaksi",
}


PLAIN_NAME = "write the name alone, without signs such as < and > and letters that are not seen"


def parse_settings(values: dict[str, object]) -> Settings:
    """Read settings from the text of a file with these values."""
    text = "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())
    return parse(Settings, text, "kompeten.toml", SettingsError)


def refusal(**changes: object) -> list[str]:
    """Give the messages for settings with these changes; None takes a key away."""
    values = {name: value for name, value in {**VALUES, **changes}.items() if value is not None}
    with pytest.raises(SettingsError) as caught:
        parse_settings(values)
    return str(caught.value).splitlines()


def test_an_address_gets_its_last_slash() -> None:
    assert parse_settings(VALUES).base_url == "https://data.example/kompeten/"


@pytest.mark.parametrize(
    ("key", "value", "mend"),
    [
        ("repository_url", "javascript:alert(1)", "write https://host/path ← is no address of a repository"),
        (
            "repository_url",
            "https://user:secret@host.example/x",
            "write https://host/path ← is no address of a repository",
        ),
        ("contact_email", "redaksi", "write name@host ← is no address of mail"),
        ("contact_email", "redaksi@data.example?subject=x", "write name@host ← is no address of mail"),
        ("publisher", "<b>Redaksi</b>", PLAIN_NAME),
        ("publisher", "Redaksi \u202e", PLAIN_NAME),
        ("publisher", "Redaksi\u0000", PLAIN_NAME),
        ("publisher", "Redaksi \u3164", PLAIN_NAME),
    ],
)
def test_what_stands_on_every_page_is_an_address_or_a_plain_name(key: str, value: str, mend: str) -> None:
    assert refusal(**{key: value}) == [f"kompeten.toml: {key}: {mend}"]


def test_placeholders_are_known_by_their_host() -> None:
    settings = parse_settings({**VALUES, "contact_email": "redaksi@data.invalid"})
    assert settings.placeholders == ("repository_url", "contact_email")


def test_a_placeholder_in_the_path_is_none() -> None:
    assert parse_settings({**VALUES, "repository_url": "https://host.example/a.invalid"}).placeholders == ()


def test_every_mistake_is_named_at_once_in_both_languages() -> None:
    assert refusal(publisher=None) == ["kompeten.toml: publisher: add it ← is missing"]
    assert refusal(publisher="") == ["kompeten.toml: publisher: fill it in ← must not be empty"]
    assert refusal(publisher=5, contact_email=True, title="x") == [
        "kompeten.toml: contact_email: write a text in quotes",
        "kompeten.toml: publisher: write a text in quotes",
        "kompeten.toml: title: write one of base_url, repository_url, contact_email, publisher, pdf_url ← unknown key",
    ]
    with pytest.raises(SettingsError) as caught:
        parse_settings({**VALUES, "publishr": "x"})
    assert caught.value.text("id") == "kompeten.toml: publishr: maksudnya publisher? ← kunci tidak dikenal"


@pytest.mark.parametrize(
    "value",
    [
        "data.example",
        "ftp://data.example/",
        "https://data.example/?a",
        "https://a b/",
        "https://",
        "https:///x/",
        "https://me:word@host/",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(value: str) -> None:
    said = "base_url: write https://host/ or https://host/path/ ← is no address of a site"
    assert refusal(base_url=value) == [f"kompeten.toml: {said}"]
    with pytest.raises(SettingsError, match=f"^--base-url: {said}$"):
        parse_settings(VALUES).at(value)


@pytest.mark.parametrize("value", ["downloads/x.pdf", "https://host/", "https://host/a b.pdf", "https://host"])
def test_what_is_no_address_of_a_file_is_refused(value: str) -> None:
    assert refusal(pdf_url=value) == ["kompeten.toml: pdf_url: write https://host/file.pdf ← is no address of a file"]


def test_a_release_lies_as_pdf_at_an_address_or_beside_the_site() -> None:
    told = [
        parse_settings({**VALUES, "pdf_url": value}).pdf("2026.12", "id")
        for value in ("", "https://x.example/{release}.{language}.pdf", "{base_url}k-{release}.{language}.pdf")
    ]
    assert told == ["", "https://x.example/2026.12.id.pdf", "https://data.example/kompeten/k-2026.12.id.pdf"]


def test_the_same_settings_can_stand_at_another_address() -> None:
    settings = parse_settings(VALUES)
    moved = settings.at("https://x.invalid/repo")
    assert moved.base_url == "https://x.invalid/repo/"
    assert settings.base_url == "https://data.example/kompeten/"
    assert moved.publisher == settings.publisher


def test_the_host_fills_in_what_the_file_leaves_open_and_nothing_else() -> None:
    host = {
        "KOMPETEN_BASE_URL": "https://somebody.example/kompeten",
        "KOMPETEN_REPOSITORY_URL": "https://code.example/somebody/kompeten",
        "KOMPETEN_PUBLISHER": "somebody",
        "KOMPETEN_CONTACT_EMAIL": "",
    }
    own = parse_settings(VALUES).of_host(host)
    assert (own.base_url, own.publisher) == ("https://data.example/kompeten/", "Redaksi")
    assert own.repository_url == "https://code.example/somebody/kompeten"
    forked = load_settings(Path(__file__).parents[3] / "kompeten.toml", host)
    assert (forked.base_url, forked.publisher) == ("https://somebody.example/kompeten/", "somebody")
    assert forked.placeholders == ("contact_email",)
    assert forked.is_public
    with pytest.raises(
        SettingsError,
        match=r"^KOMPETEN_BASE_URL: base_url: write https://host/ or https://host/path/ ← is no address of a site",
    ):
        load_settings(Path(__file__).parents[3] / "kompeten.toml", {"KOMPETEN_BASE_URL": "somebody.example"})


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "kompeten.toml"
    broken.write_text("publisher = \n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"^kompeten\.toml:1: check quotes, .* ← this is no correct TOML$"):
        load_settings(broken)
    for text in ("x = " + "9" * 5000, f"[{'.'.join('a' * 3000)}]", "x = " + "[" * 3000):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"^kompeten\.toml: check quotes, .* ← this is no correct TOML$"):
            load_settings(broken)
    with pytest.raises(SettingsError, match=r"^absent\.toml: check its name and place ← is not there$"):
        load_settings(tmp_path / "absent.toml")


def test_the_repository_has_settings_that_load() -> None:
    assert isinstance(load_settings(Path(__file__).parents[3] / "kompeten.toml"), Settings)


NAMES = ("Siti Aminah", "siti_aminah", "SitiAminah", "siti-aminah", "kantor_budi", "publisher_budi", "6472010101900001")


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_may_be_somebodys_name_is_told_by_its_first_letter(name: str) -> None:
    (told,) = refusal(**{f'"{name}"': "x"})
    assert told.startswith(f"kompeten.toml: {name[0]}…: ")
    assert name not in told


def test_a_key_that_is_nearly_known_is_told_whole() -> None:
    assert nearly("titel_id", ("title_id",)) == "titel_id"
    assert nearly("judul_data", ()) == "judul_data", "words that the catalogue declares"
    assert nearly("register_names_siti", ("register_names",)) == "r…"


class Pairs(Strict):
    people: Annotated[int, Field(multiple_of=2)]


def test_a_mistake_that_the_catalogue_has_no_words_for_is_still_told() -> None:
    with pytest.raises(SettingsError, match=r"^x\.toml: people: Input should be a multiple of 2$"):
        parse(Pairs, "people = 3", "x.toml", SettingsError)
