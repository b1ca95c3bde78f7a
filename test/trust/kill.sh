#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# R1, kill: kill -9 of the whole server during mixed writes over HTTP, again and again.
#
#     test/trust/kill.sh BUILD-FOLDER [CYCLES]
#
# Writers do what people and the office do (mixed.sh) and note what was answered with 303. After
# each kill the server begins again on the same database and must answer within a second; at the
# end every noted act must be there, once and whole. Control: notes of what had only been sent, as
# a handler would answer that does not wait for the commit; some of it must be missing.
# Prints one line of JSON (README.md).
set -eu
build=$1
cycles=${2:-30}
writers=4
tandem=$build/tandem
here=$(dirname "$0")
ready_ms=1000 # the promise, of an idle machine
ready_most=5000 # what a machine with other work may take

dir=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

db=$dir/t.db
port=$(shuf -i 20000-29999 -n 1)
base=http://127.0.0.1:$port/luebeck
began=$(date +%s)
worst=0
late=0
. "$here/mixed.sh"

now_ms() {
    echo $(($(date +%s%N) / 1000000))
}

# Starts it and takes the time until it has answered a page from the database.
start() {
    since=$(now_ms)
    "$tandem" serve --db "sqlite:$db" --listen "127.0.0.1:$port" \
        --set "secret_file=$dir/key" --set trusted_proxy=127.0.0.1 >>"$dir/log" 2>&1 &
    server=$!
    until curl -s -f -o /dev/null --max-time 5 "$base/angebote"; do
        [ $(($(now_ms) - since)) -lt 20000 ] || { tail "$dir/log" >&2; exit 1; }
        sleep 0.01
    done
    took=$(($(now_ms) - since))
    [ $took -le $worst ] || worst=$took
    [ $took -le $ready_ms ] || late=$((late + 1))
}

# One act with its notes; false when the server is gone.
noted() { # KIND NAME
    echo "$1 $2" >>"$dir/sent"
    status=$(act "$1" "$2")
    [ "$status" != 000 ] || return 1
    [ "$status" = 303 ] || { echo "$1 $status" >>"$dir/refused"; return 1; }
    echo "$1 $2" >>"$dir/acknowledged"
}

# A writer: each act from another address, because each may do a few only.
write() { # CYCLE WRITER
    n=0
    page_file=$dir/page$2
    first=$((($1 + $2) % 6))
    while :; do
        for kind in $acts $acts; do
            [ $first = 0 ] || { first=$((first - 1)); continue; } # each cycle begins elsewhere
            n=$((n + 1))
            peer=10.$2.$((n / 250)).$((n % 250 + 1))
            noted "$kind" "k$1w$2n$n" || return 0
            [ "$kind" != entry ] || noted draft "k$1w$2n$n" || return 0
        done
    done
}

mixed_world
: >"$dir/sent" && : >"$dir/acknowledged" && : >"$dir/refused"
cycle=0
while [ $cycle -lt "$cycles" ]; do
    cycle=$((cycle + 1))
    start
    [ $cycle -gt 1 ] || mixed_sign_in
    pids=
    w=0
    while [ $w -lt $writers ]; do
        w=$((w + 1))
        write $cycle $w &
        pids="$pids $!"
    done
    sleep "0.$(shuf -i 300-900 -n 1)"
    kill -9 "$server"
    for pid in $pids $server; do
        wait "$pid" 2>/dev/null || true
    done
    server=
done
start # recovers, and must serve
kill "$server"
wait "$server" || true
server=

mixed_there >"$dir/there"
sound=$(ask_db 'PRAGMA integrity_check')
half=$(mixed_half_count)
blind=$(mixed_half_missed)
twice=$(uniq -d "$dir/there" | wc -l)
missing() {
    sort "$1" | comm -23 - "$dir/there" | wc -l
}
acknowledged=$(wc -l <"$dir/acknowledged")
lost=$(missing "$dir/acknowledged")
early=$(missing "$dir/sent")
kinds=$(cut -d ' ' -f 1 "$dir/acknowledged" | sort | uniq -c |
    awk '{ printf "%s\"%s\":%d", sep, $2, $1; sep = "," }')
kind_count=$(cut -d ' ' -f 1 "$dir/acknowledged" | sort -u | wc -l)
valid=false
[ "$early" -gt 0 ] && [ "$blind" = 0 ] && [ "$acknowledged" -ge "$cycles" ] &&
    [ "$kind_count" = 7 ] && [ ! -s "$dir/refused" ] && valid=true
ready=false
[ "$worst" -le $ready_most ] && [ $((late * 10)) -le "$cycles" ] && ready=true
ok=false
[ $valid = true ] && [ $ready = true ] && [ "$sound" = ok ] &&
    [ $((lost + half + twice)) = 0 ] && ok=true
printf '{"suite":"kill","ok":%s,"valid":%s,"cycles":%d,"acknowledged":%d,"kinds":{%s},' \
    $ok $valid "$cycles" "$acknowledged" "$kinds"
printf '"lost":%d,"half":%d,"twice":%d,"sound":"%s","ready_worst_ms":%d,"ready_late":%d,' \
    "$lost" "$half" "$twice" "$sound" "$worst" "$late"
printf '"controls":{"early_lost":%d,"half_missed":%d}}\n' "$early" "$blind"
[ $ok = true ] || { sort "$dir/refused" | uniq -c >&2; mixed_half >&2; exit 1; }
