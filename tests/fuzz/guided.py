"""The loop: change an input, see which lines of the program it reaches, keep it where it reaches new ones. Seeded."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from kompeten import PACKAGE
from tests.fuzz.readers import Reader, fault_of

SPLINTERS: Sequence[bytes] = (
    b",", b";", b'"', b"\n", b"\r", b"\t", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"NaN", b"Infinity", b"null",
    b"{", b"}", b"[", b"]", b"[[", b"9" * 30, b"1e999", b"-1", b"1.080", b"64.2", b"true", b"_T", b"_U", b"hidden",
    b"=1+1", b"\xe2\x80\xae", b"\xc2\xa0", b"\xd0\xa0", b"6472014107900001", b"<b>", b"&amp;", b"%PDF", b"PK\x03\x04",
    b"2026-02-30", b"30/6/2025", b"0000-00-00", b"9999-99", b"../", b"__proto__", b"\\u0000", b"\\ud800", b"''''",
    b"1979-05-27T07:32:00Z", b"inf", b"0x10", b"{{x}}", b"${x}", b"#REF!",
)  # fmt: skip
"""What is put in now and then; words of the inputs themselves are put in besides."""


class Trace:
    """Which lines of the program ran, one after the other."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int, int]] = set()
        self.root = str(PACKAGE)

    def enter(self, frame: FrameType, _event: str, _value: Any) -> Any:
        """Follow the frames of the program alone."""
        code = frame.f_code
        if not code.co_filename.startswith(self.root):
            return None
        name, last = code.co_filename, frame.f_lineno

        def step(own: FrameType, _step: str, _own: Any) -> Any:
            nonlocal last
            self.seen.add((name, last, own.f_lineno))
            last = own.f_lineno
            return step

        return step


def changed(content: bytes, others: Sequence[bytes], draw: random.Random) -> bytes:
    """Change an input at one to four places."""
    for _ in range(draw.choice((1, 1, 2, 4))):
        at, length = draw.randrange(len(content) + 1), draw.choice((0, 1, 2, 8, 40))
        match draw.randrange(6):
            case 0:
                content = content[:at] + draw.choice(SPLINTERS) + content[at + length :]
            case 1:
                content = content[:at] + content[at + length :]
            case 2:
                content = content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :]
            case 3:
                content = content[:at] + content[at : at + length] * draw.choice((2, 3, 20)) + content[at + length :]
            case 4:
                other = draw.choice(others)
                start = draw.randrange(len(other) + 1)
                content = content[:at] + other[start : start + length] + content[at:]
            case 5:
                lines = content.split(b"\n")
                one, two = draw.randrange(len(lines)), draw.randrange(len(lines))
                lines[one], lines[two] = lines[two], lines[one]
                content = b"\n".join(lines)
    return content[:LONGEST]


LONGEST = 60_000
"""Bytes of one input: what breaks a reader is short."""


def faults(
    reader: Reader, place: Path, *, seed: int, tries: int, seconds: float = float("inf")
) -> Iterator[tuple[str, bytes, int]]:
    """Try a reader; give each fault with its input, each kind once, and the lines seen so far.

    The same seed tries the same inputs, so long as the time does not end first.
    """
    draw, trace, known = random.Random(f"{seed} {reader.name}"), Trace(), set[str]()
    pool, start = list(reader.seeds()), time.monotonic()
    for number in range(tries):
        if time.monotonic() - start > seconds:
            return
        content = pool[number] if number < len(pool) else changed(draw.choice(pool[-40:] + pool[:8]), pool, draw)
        before = len(trace.seen)
        sys.settrace(trace.enter)
        try:
            fault = fault_of(reader, content, place)
        finally:
            sys.settrace(None)
        if len(trace.seen) > before and number >= len(pool):
            pool.append(content)
        kind = (fault or "").split(": ")[0]
        if fault is not None and kind not in known:
            known.add(kind)
            yield fault, content, len(trace.seen)
