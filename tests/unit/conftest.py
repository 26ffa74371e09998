"""What the tests of several rooms bring about alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on every table is a large one, and is read in pieces of some lines."""

    def enlarge() -> None:
        monkeypatch.setattr("kompeten.ground.coded.LARGE", 0)
        monkeypatch.setattr("kompeten.ground.coded.PIECE", 400)

    return enlarge
