"""``python -m kompeten``, and ``kompeten``, the entry point of an installed copy."""

import sys

from kompeten.ground.stopping import stop_quietly


def run() -> int:
    """Load the commands, which takes a while, and run one; give the exit status."""
    stop_quietly()
    from kompeten.cli import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run())
