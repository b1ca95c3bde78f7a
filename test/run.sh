#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Runs all tests of a build folder, on SQLite and on a PostgreSQL of their own, and ends with the
# line "N passed, N failed, N skipped"; the status is 1 when a test failed or none was run.
#
#     test/run.sh BUILD-FOLDER [arguments of `meson test`]
set -eu
cd "$(dirname "$0")/.."
build=$1
shift

rm -f "$build/meson-logs/testlog.json"
test/with-postgres.sh meson test -C "$build" --no-rebuild --print-errorlogs --quiet "$@" || :
exec "$build/tool/tapsum" "$build/meson-logs/testlog.json"
