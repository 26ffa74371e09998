"""The site opened in both languages, on real and on synthetic data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kompeten.ground.findings import Language
from kompeten.pages.book import Book
from tests.unit.pages.opened import ROOT, open_books


@pytest.fixture(scope="session")
def real_books() -> Mapping[Language, Book]:
    """Give the books of the repository's own data."""
    return open_books(ROOT / "data")


@pytest.fixture(scope="session")
def demo_books(demo_data: Path) -> Mapping[Language, Book]:
    """Give the books of synthetic data: many batches, several years, hidden cells."""
    return open_books(demo_data)


@pytest.fixture(scope="session", params=["real", "demo"])
def both_books(
    request: pytest.FixtureRequest, real_books: Mapping[Language, Book], demo_books: Mapping[Language, Book]
) -> Mapping[Language, Book]:
    """Give the books of the real data, then those of the synthetic data."""
    return real_books if request.param == "real" else demo_books
