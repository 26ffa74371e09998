#!/bin/sh
# Makes sure that the browser tests have a Chromium: one that is installed, Debian's package, or Playwright's own.
# Usage: scripts/browser.sh PYTHON
set -eu
python=$1
if command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
    exit 0
fi
if "$python" -c 'import sys, pathlib; from playwright.sync_api import sync_playwright
with sync_playwright() as p: sys.exit(not pathlib.Path(p.chromium.executable_path).exists())'; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    exit 0
fi
"$python" -m playwright install chromium
