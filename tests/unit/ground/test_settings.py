"""The settings of the host: every mistake is named with the key and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from kompeten.ground.settings import Settings, SettingsError, load_settings, parse_settings

VALUES: dict[str, object] = {
    "base_url": "https://data.example/kompeten",
    "repository_url": "https://repository.invalid/x",
    "contact_email": "redaksi@data.example",
    "publisher": "Redaksi",
}


def refusal(**changes: object) -> str:
    """Give the message for settings with these changes; None takes a key away."""
    values = {name: value for name, value in {**VALUES, **changes}.items() if value is not None}
    with pytest.raises(SettingsError) as caught:
        parse_settings(values)
    return str(caught.value)


def test_an_address_gets_its_last_slash() -> None:
    assert parse_settings(VALUES).base_url == "https://data.example/kompeten/"


def test_placeholders_are_known_by_their_host() -> None:
    settings = parse_settings({**VALUES, "contact_email": "redaksi@data.invalid"})
    assert settings.placeholders == ("repository_url", "contact_email")


def test_a_placeholder_in_the_path_is_none() -> None:
    assert parse_settings({**VALUES, "repository_url": "https://host.example/a.invalid"}).placeholders == ()


def test_a_missing_or_empty_key_is_named() -> None:
    assert refusal(publisher=None) == "kompeten.toml: publisher: give a text"
    assert refusal(publisher="") == "kompeten.toml: publisher: give a text"
    assert refusal(publisher=5) == "kompeten.toml: publisher: give a text"


def test_an_unknown_key_is_named_with_the_known_ones() -> None:
    assert refusal(publishr="x") == (
        "kompeten.toml: publishr: unknown; known are base_url, repository_url, contact_email, publisher"
    )


@pytest.mark.parametrize(
    "value",
    ["data.example", "ftp://data.example/", "https://data.example/?a", "https://a b/", "https://", "https:///x/"],
)
def test_what_is_no_address_of_a_site_is_refused(value: str) -> None:
    assert refusal(base_url=value) == (
        f"base_url: {value!r} is no address of a site: write https://host/ or https://host/path/"
    )


def test_the_same_settings_can_stand_at_another_address() -> None:
    settings = parse_settings(VALUES)
    moved = settings.at("https://x.invalid/repo")
    assert moved.base_url == "https://x.invalid/repo/"
    assert settings.base_url == "https://data.example/kompeten/"
    assert moved.publisher == settings.publisher


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "kompeten.toml"
    broken.write_text("publisher = \n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"^kompeten\.toml: cannot be read \(.*line 1"):
        load_settings(broken)
    with pytest.raises(SettingsError, match=r"^absent\.toml: cannot be read"):
        load_settings(tmp_path / "absent.toml")


def test_the_repository_has_settings_that_load() -> None:
    assert isinstance(load_settings(Path(__file__).parents[3] / "kompeten.toml"), Settings)
