"""axe with no rule switched off: no violation on any kind of page, narrow or wide, light or dark, script or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route

from tests.browser.kinds import in_both_languages, kinds
from tests.some import some

AXE = Axe()
NO_SCRIPT = "**/static/*.js"


def violations(result: dict[str, list[dict[str, object]]]) -> list[str]:
    """Name the rules that are broken and where."""
    return [
        f"{rule['id']}: {[node['target'] for node in rule['nodes'][:3]]}"  # type: ignore[index, attr-defined]
        for rule in result["violations"]
    ]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_breaks_a_rule(
    browser: Browser, address: str, real_site: Path, width: int, scheme: str, script: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    if not script:
        # axe itself is a script, so scripts of the page are kept away rather than switched off.
        page.route(NO_SCRIPT, lambda route: _empty(route))
    broken = {}
    for path in some(in_both_languages(real_site)):
        page.goto(f"{address}/{path}")
        if found := violations(AXE.run(page).response):
            broken[path] = found
    context.close()
    assert broken == {}


def _empty(route: Route) -> None:
    route.fulfill(body="", content_type="text/javascript")


def test_the_banner_of_invented_data_breaks_no_rule(browser: Browser, demo_address: str, demo_site: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 900})
    broken = {}
    for path in some(kinds(demo_site).values()):
        page.goto(f"{demo_address}/{path}")
        if found := violations(AXE.run(page).response):
            broken[path] = found
    page.close()
    assert broken == {}
