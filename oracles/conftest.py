"""The published forms on disk, once a run, and the tools that have to be there: none is skipped in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.published import published, write

TOOLS = ("Rscript", "soffice")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    assert not missing, f"missing: {missing}; scripts/forms.sh installs them, or says how to"
    return write(published("real").tree, tmp_path_factory.mktemp("site"))
