"""``python -m kompeten``."""

import sys

try:
    from kompeten.cli import main
except KeyboardInterrupt:  # while Python loads the program there is nothing to undo, and nothing that could say so
    sys.exit(130)

sys.exit(main(sys.argv[1:]))
