"""Ctrl-C before anything is done: one sentence and status 130, also while Python loads the rest of the program."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Literal

Language = Literal["id", "en"]
STOPPED: Mapping[Language, str] = {"id": "Dihentikan.", "en": "Stopped."}


def language_of(arguments: Sequence[str]) -> Language:
    """Give the language that some arguments ask for, whatever else is wrong with them: ``en``, else ``id``."""
    return "en" if re.search(r"(?:^|\0)--la(?:n|ng)?[=\0]en(?:\0|$)", "\0".join(arguments)) else "id"


def stop_quietly() -> None:
    """Let Ctrl-C end the program at once; only where there is nothing to undo yet. One that is ignored stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, stop)


def stop(*_: object) -> None:
    """Say that the program was stopped, and end it."""
    # No exception: a library that is just being loaded may catch one, or show where it rose.
    os.write(2, f"{STOPPED[language_of(sys.argv)]}\n".encode())
    os._exit(130)
