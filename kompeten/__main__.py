"""``python -m kompeten``."""

import sys

from kompeten.cli import main

sys.exit(main(sys.argv[1:]))
