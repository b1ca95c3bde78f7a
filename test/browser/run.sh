#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
#
# The browser tests (level 6) against a demo of its own, and what goes with them: the HTML checker
# over every page, the linter over the description of the API.
#
#     test/browser/run.sh BUILD-FOLDER [TEST…]
#
# Results, pages and screenshots are left in BUILD-FOLDER/browser. Ends with one line of counts.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$(realpath "$1")
shift
out=$build/browser
run=$(mktemp -d "${TMPDIR:-/tmp}/tandem-browser.XXXXXX")
here=$PWD/test/browser

server=
stop()
{
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
    rm -rf "$run"
}
trap stop EXIT

export TANDEM=$build/tandem TANDEM_DB="sqlite:$run/tandem.db"
export TANDEM_SECRET_FILE=$run/key TANDEM_DEMO=yes
"$TANDEM" demo >"$run/demo.txt" || exit 1

# A free port, and a server that answers on it.
port=$(node -e 's = require("net").createServer().listen(0, "127.0.0.1", () => {
    console.log(s.address().port); s.close() })')
"$TANDEM" serve --listen "127.0.0.1:$port" 2>"$run/server.log" &
server=$!
export TANDEM_BASE=http://127.0.0.1:$port
for _ in $(seq 100); do
    curl -sf -o /dev/null "$TANDEM_BASE/healthz" && break
    kill -0 $server 2>/dev/null || { cat "$run/server.log"; exit 1; }
    sleep 0.1
done

# "Sign in as MAIL, … with the password PASSWORD": the first may do most.
read -r TANDEM_MAIL TANDEM_PASSWORD < <(sed -n \
    's/^Sign in as \([^ ,]*\).* with the password \([^ ]*\)$/\1 \2/p' "$run/demo.txt")
export TANDEM_MAIL TANDEM_PASSWORD

rm -rf "$out"
mkdir -p "$out"
export TANDEM_PAGES=$out/pages.json
cd "$here" || exit 1
[ $# -gt 0 ] ||
    set -- planted walk life day keyboard hand aloud tasks map embed noscript html openapi
for test in "$@"; do
    from=$SECONDS
    node "$test.mjs" "$out" >"$out/$test.tap" || :
    echo "-- $test: $((SECONDS - from)) s"
done
grep -E 'WARN|ERROR|level=(warning|error)' "$run/server.log" >"$out/server.log" || :
# Not by exec: the server must be stopped behind it.
"$build/tool/tapsum" "$out"/*.tap
