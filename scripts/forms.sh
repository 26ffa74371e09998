#!/bin/sh
# Makes sure that `make test-forms` has what pip cannot install: R with readr, LibreOffice Calc, and npm.
# Usage: scripts/forms.sh
set -eu
missing=
Rscript -e 'library(readr)' >/dev/null 2>&1 || missing="r-base-core r-cran-readr"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc-nogui"
# shellcheck disable=SC2086  # a list of packages
[ -z "$missing" ] || sh scripts/debian.sh $missing
