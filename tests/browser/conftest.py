"""The built sites on the loopback address, and pages that note what they ask for and say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.serving import serving


@dataclass(slots=True)
class Visit:
    """A page being looked at. asked: addresses it fetched; said: errors in its console."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._ask(request))  # Playwright marks what it is given
        self.page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _ask(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.asked.append(request.url)


@pytest.fixture(scope="session")
def address(real_site: Path) -> Iterator[str]:
    """Serve the real site."""
    with serving(real_site) as found:
        yield found


@pytest.fixture(scope="session")
def demo_address(demo_site: Path) -> Iterator[str]:
    """Serve the demo site."""
    with serving(demo_site) as found:
        yield found


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Give a function that opens an address in a fresh context; options are those of a Playwright context."""
    contexts = []

    def open_page(address: str, *, width: int = 1280, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.page.goto(address)
        return visit

    yield open_page
    for context in contexts:
        context.close()
