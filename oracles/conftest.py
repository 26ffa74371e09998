"""The site as it is published, once a run, and the tools that have to be there: none is skipped in silence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import command
from tests.serving import serving

TOOLS = ("Rscript", "soffice", "npx")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    assert not missing, f"missing: {missing}; scripts/forms.sh installs them, or says how to"
    folder = tmp_path_factory.mktemp("built") / "site"
    command("build.py", "--out", folder)
    return folder


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """Serve the site as a static host does; gives its address."""
    with serving(site) as address:
        yield address
