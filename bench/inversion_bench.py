"""What is left to a reader who runs the rules on every table that fits, with the secret of the batch and without it.

Run: python bench/inversion_bench.py [quick]. One-way tables drawn by chance, every table that fits enumerated and
protected again under 12 secrets. Prints hidden cells, and those left narrower than the policy's width.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.attacks.inverting import ONE_WAY, pattern, widths_left

SECRETS = tuple(bytes([number]) for number in range(12))
TABLES = 4
SUM_AT_MOST = 12
"""Tables that hide more people than this fit too many others to try them all."""


def main(tables: int) -> None:
    """Measure tables of four to six regencies by chance."""
    draw = np.random.default_rng(6)
    start = time.process_time()
    cells = known = unknown = done = 0
    while done < tables:
        counts = tuple(int(count) for count in np.minimum(draw.geometric(0.12, size=int(draw.integers(4, 7))), 40))
        if not 0 < sum(counts[cell] for cell in pattern(counts, SECRETS[0])) <= SUM_AT_MOST:
            continue
        done += 1
        told, kept = widths_left(counts, SECRETS[:1]), widths_left(counts, SECRETS)
        cells += len(told)
        known += sum(width < ONE_WAY.width for width in told.values())
        unknown += sum(width < ONE_WAY.width for width in kept.values())
    print(f"  one-way tables {tables}; hidden cells {cells}; {time.process_time() - start:.2f} s CPU")
    print(f"  narrower than {ONE_WAY.width} to who runs the rules: {unknown}; to who holds the secret too: {known}")


if __name__ == "__main__":
    main(1 if "quick" in sys.argv[1:] else TABLES)
