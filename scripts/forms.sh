#!/bin/sh
# Makes sure that `make test-forms` has what pip cannot install: R with readr, and LibreOffice Calc.
# Usage: scripts/forms.sh
set -eu
missing=
Rscript -e 'library(readr)' >/dev/null 2>&1 || missing="r-base-core r-cran-readr"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc-nogui"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    # shellcheck disable=SC2086  # a list of packages
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "MISSING: $missing. Install these packages of Debian, or their like." >&2
    exit 1
fi
