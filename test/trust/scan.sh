#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
#
# Two scanners from Debian against a demo of its own on this machine, public pages and the office:
#
#     test/trust/scan.sh BUILD-FOLDER [SECONDS]
#
# sqlmap tries every parameter that /openapi.json and the lists of pages.txt name, wapiti walks the
# site and tries what it finds. Neither may find anything there; in the same run both must find the
# faults that planted.c has, or they have seen nothing. SECONDS (600) is what wapiti may take for
# each of its two walks. Reports are left in BUILD-FOLDER/scan. Ends with one line of counts.
set -u
tap_dir= # of tap.sh
cd "$(dirname "$0")/../.." || exit 1
build=$(realpath "$1")
seconds=${2:-600}
here=$PWD/test/trust
out=$build/scan
# shellcheck disable=SC1091
. test/support/tap.sh

for tool in sqlmap wapiti curl python3; do
    command -v $tool >/dev/null || {
        tap_skip "no $tool here; tool/setup.sh scan installs it"
        tap_done
    }
done
ninja -C "$build" tandem test/trust/planted >/dev/null || exit 1
rm -rf "$out"
mkdir -p "$out"

# ---- what is scanned ----

pids=
# shellcheck disable=SC2317
stop()
{
    # shellcheck disable=SC2086
    [ -z "$pids" ] || kill $pids 2>/dev/null
    rm -rf "$tap_dir"
}
trap stop EXIT

free_port()
{
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

export TANDEM_DB=sqlite:$tap_dir/tandem.db TANDEM_SECRET_FILE=$tap_dir/key TANDEM_DEMO=yes
"$build/tandem" demo >"$tap_dir/demo.txt" 2>/dev/null || exit 1
port=$(free_port)
"$build/tandem" serve --listen "127.0.0.1:$port" 2>"$out/server.log" &
pids=$!
site=http://127.0.0.1:$port
mkfifo "$tap_dir/port"
"$build/test/trust/planted" >"$tap_dir/port" &
pids="$pids $!"
read -r planted_port <"$tap_dir/port"
planted=http://127.0.0.1:$planted_port
for _ in $(seq 100); do
    curl -sf -o /dev/null "$site/healthz" && break
    sleep 0.1
done

# Somebody of the office, signed in.
read -r mail password < <(sed -n 's/^Sign in as \([^ ,]*\).* with the password \([^ ]*\)$/\1 \2/p' \
    "$tap_dir/demo.txt")
jar=$tap_dir/jar
csrf=$(curl -s -c "$jar" -b "$jar" "$site/luebeck/anmelden/passwort" |
    sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' | head -n 1)
curl -s -o /dev/null -c "$jar" -b "$jar" --data-urlencode "login=$mail" \
    --data-urlencode "password=$password" --data "csrf=$csrf" "$site/luebeck/anmelden/passwort"
cookie=$(awk '/\t/ { printf "%s%s=%s", n++ ? "; " : "", $6, $7 }' "$jar")
status=$(curl -s -o /dev/null -w '%{http_code}' -H "Cookie: $cookie" "$site/luebeck/buero")
check "the office lets us in: $status" [ "$status" = 200 ]

# Every parameter of a GET that the program itself describes, and the pages of pages.txt.
curl -s "$site/openapi.json" | python3 -c '
import json, sys
for path, ways in json.load(sys.stdin)["paths"].items():
    names = [p["name"] for p in ways.get("get", {}).get("parameters", []) if p["in"] == "query"]
    if names:
        print(sys.argv[1] + path.replace("{city}", "luebeck") + "?"
              + "&".join(n + "=1" for n in names))
' "$site" >"$out/urls.txt"
sed -n "s|^/|$site/|p" "$here/pages.txt" >>"$out/urls.txt"
check "there is much to ask for" [ "$(grep -c = "$out/urls.txt")" -ge 10 ]

# ---- sqlmap ----

# What it found, as lines of its table of results; nothing when there is none.
inject()
{
    sqlmap -m "$1" --batch --flush-session --results-file="$2" --output-dir="$tap_dir/sqlmap" \
        --level=1 --risk=1 --technique=BEU --threads=2 --timeout=20 --disable-coloring \
        --header="Cookie: $cookie" >"$2.log" 2>&1
    tail -n +2 "$2" 2>/dev/null | grep -F http | grep -vE ',,,?' || :
}

# shellcheck disable=SC2317
found_none()
{
    echo "$1"
    [ -z "$1" ]
}

echo "$planted/suche?q=lesen" >"$tap_dir/planted.txt"
planted_found=$(inject "$tap_dir/planted.txt" "$out/planted.csv")
check "sqlmap finds the planted statement" [ -n "$planted_found" ]
check "sqlmap finds nothing in the product" found_none "$(inject "$out/urls.txt" "$out/site.csv")"
tried=$(grep -c 'does not seem to be injectable' "$out/site.csv.log")
check "sqlmap has tried each parameter: $tried" [ "$tried" -ge 20 ]

# ---- wapiti ----

# Its findings: "kind: path parameter", one a line. Left out of its modules: http_headers, which
# asks for X-Frame-Options (we have frame-ancestors), X-XSS-Protection (no browser knows it any
# more) and for HSTS without TLS; csrf, whose question dispatch_test asks of every route.
# Forms with more than 20 fields (all offers of a list, ticked) would keep it busy for hours.
walk()
{
    name=$1
    shift
    wapiti "$@" --flush-session --store-session "$tap_dir/wapiti" --store-config "$tap_dir/config" \
        -m sql,xss,permanentxss,exec,file,crlf,redirect,csp \
        --scope folder --max-scan-time "$seconds" --max-attack-time "$seconds" -d 4 \
        --max-links-per-page 60 --max-files-per-dir 12 --max-parameters 20 -t 20 -v 1 \
        --no-bugreport -f json -o "$out/$name.json" >"$out/$name.log" 2>&1
    [ -s "$out/$name.json" ] || echo "no report: $(tail -n 1 "$out/$name.log")"
    [ ! -s "$out/$name.json" ] || python3 -c '
import json, sys
report = json.load(open(sys.argv[1]))
for kind, found in report["vulnerabilities"].items():
    for f in found:
        print(kind + ":", f["path"], f.get("parameter") or "")
' "$out/$name.json"
}

seen=$(walk planted -u "$planted/")
check "wapiti finds the planted statement" grep -q 'SQL Injection: /suche' <<<"$seen"
check "wapiti finds the planted script" grep -qi 'Cross Site Scripting: /echo' <<<"$seen"
check "wapiti finds nothing on the public pages" found_none "$(walk public -u "$site/luebeck/")"
# The office's folder begins with pages of it; /konto, where one signs out, lies outside.
starts=
for page in angebote organisationen anliegen ratgeber stadt rollen protokoll einlesen; do
    starts="$starts -s $site/luebeck/buero/$page"
done
# shellcheck disable=SC2086
check "wapiti finds nothing in the office" found_none \
    "$(walk office -u "$site/luebeck/buero/" $starts -H "Cookie: $cookie")"
for part in public office; do
    walked=$(grep -E '^\[\+\] (GET|POST) ' "$out/$part.log" | sort -u | wc -l)
    check "wapiti has walked the $part pages: $walked addresses" [ "$walked" -ge 20 ]
done
errors=$(grep -E ' error |request.failed' "$out/server.log")
check "nothing has failed within" found_none "$errors"
tap_done
