"""``python -m tests.fuzz [--seed N] [--seconds S] [--reader NAME] [--out DIR]``: the fuzzer, as long as wanted."""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

from tests.fuzz.guided import faults
from tests.fuzz.readers import readers


def main() -> int:
    """Try every reader for some seconds; write the input of each fault to a folder. 1 where there was any."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Change inputs until a reader breaks.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60, help="for each reader (default: 60)")
    parser.add_argument("--reader", action="append", help="only this one; may be given several times")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"), help="where inputs are written")
    found, count = parser.parse_args(), 0
    for reader in readers():
        if found.reader and reader.name not in found.reader:
            continue
        with tempfile.TemporaryDirectory() as place:
            told = faults(reader, Path(place) / "x", seed=found.seed, tries=10**9, seconds=found.seconds)
            for fault, content, seen in told:
                count += 1
                path = found.out / f"{reader.name}-{hashlib.sha256(content).hexdigest()[:8]}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                print(f"{path}: {fault} ({seen} steps seen)", flush=True)
        print(f"{reader.name}: done", flush=True)
    return int(count > 0)


raise SystemExit(main())
