#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Writes access.txt beside this file anew, from a build folder: test/golden/access.sh [build]
# Only after a deliberate change of who may do what; look at the difference before it is kept.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build}
ninja -C "$build" tandem test/support/access_test
TANDEM_PROGRAM=$(realpath "$build/tandem") \
    "$build/test/support/access_test" --write test/golden/access.txt >/dev/null
git --no-pager diff -- test/golden/access.txt
