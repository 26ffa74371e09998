#!/bin/sh
# Makes sure that the tests have what pip cannot install: node, jq and R for the snippets of the data page, and a Chromium
# for the browser tests (one that is installed, Debian's package, or Playwright's own).
# Usage: scripts/browser.sh PYTHON
set -eu
python=$1
missing=
command -v node >/dev/null 2>&1 || missing="nodejs"
command -v jq >/dev/null 2>&1 || missing="$missing jq"
Rscript -e 'library(jsonlite)' >/dev/null 2>&1 || missing="$missing r-base-core r-cran-jsonlite"
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086  # a list of packages
    sh scripts/debian.sh $missing || echo "The tests of examples/snippets fail without." >&2
fi
if command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
    exit 0
fi
if "$python" -c 'import sys, pathlib; from playwright.sync_api import sync_playwright
with sync_playwright() as p: sys.exit(not pathlib.Path(p.chromium.executable_path).exists())'; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    exec sh scripts/debian.sh chromium
fi
"$python" -m playwright install chromium
