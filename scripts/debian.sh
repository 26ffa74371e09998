#!/bin/sh
# Installs packages of Debian, as root or by a sudo that asks nothing; where neither can, says what is missing and fails.
# Usage: scripts/debian.sh PACKAGE…
set -eu
root=
[ "$(id -u)" = 0 ] || root="sudo -n"
if command -v apt-get >/dev/null 2>&1 && $root true 2>/dev/null; then
    $root apt-get update -qq
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
else
    echo "MISSING: $*. Install these packages of Debian, or their like." >&2
    exit 1
fi
