"""What the tests of several rooms bring about alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kompeten.ground.workshop import Workshop


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on every table is a large one, and is read in pieces of some lines."""

    def enlarge() -> None:
        monkeypatch.setattr("kompeten.ground.coded.LARGE", 0)
        monkeypatch.setattr("kompeten.ground.coded.PIECE", 400)

    return enlarge


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Remembers tables that the schemas found sound: a test that breaks one table waits for the judge of that alone."""
    return Workshop(folder=tmp_path_factory.mktemp("remembered"), program="test")
