"""Nothing in this folder may reach the network: a socket that opens fails the test."""

from __future__ import annotations

import socket
import ssl
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _closed_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(ssl.SSLSocket, "connect", refuse)  # loaded first: it derives from the socket replaced here
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
