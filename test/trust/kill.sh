#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# R1, kill: kill -9 of the whole server during writes over HTTP, again and again.
#
#     test/trust/kill.sh BUILD-FOLDER [CYCLES]
#
# Writers ask the office something (/anliegen: a concern, its history, a line of the audit trail and
# a mail in one transaction) and note what was answered with 303. After each kill the server begins
# again on the same database; at the end every noted concern must be there, once and whole.
# Control: notes of what had only been sent, as a handler would answer that does not wait
# for the commit; some of it must be missing. Prints one line of JSON (README.md).
set -eu
build=$1
cycles=${2:-30}
writers=4
tandem=$build/tandem

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
base=http://127.0.0.1:$port/stadt
"$tandem" city add stadt --name Musterstadt --ags 01003000 --db "sqlite:$db" >"$dir/log" 2>&1

start() {
    "$tandem" serve --db "sqlite:$db" --listen "127.0.0.1:$port" \
        --set trusted_proxy=127.0.0.1 >>"$dir/log" 2>&1 &
    server=$!
    tries=0
    until curl -s -f -o "$dir/page" "$base/anliegen"; do
        tries=$((tries + 1))
        [ $tries -lt 500 ] || { tail "$dir/log" >&2; exit 1; }
        sleep 0.02
    done
    csrf=$(sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' "$dir/page" | head -n 1)
}

# A writer: each question from another address, because each may ask a few only.
write() {
    n=0
    while :; do
        n=$((n + 1))
        name=trust-$1-$2-$n
        echo "$name" >>"$dir/sent"
        status=$(curl -s -o "$dir/out$2" -w '%{http_code}' \
            -H "X-Forwarded-For: 10.$2.$((n / 250)).$((n % 250 + 1))" \
            -d "csrf=$csrf" -d asker=citizen -d topic=start -d "subject=$name" \
            -d 'question=Wie fange ich an?' -d 'mail=frage@example.org' -d consent=1 -d step=send \
            "$base/anliegen") || return 0
        [ "$status" = 303 ] || { echo "$status" >>"$dir/refused"; return 0; }
        echo "$name" >>"$dir/acknowledged"
    done
}

: >"$dir/sent" && : >"$dir/acknowledged" && : >"$dir/refused"
cycle=0
while [ $cycle -lt "$cycles" ]; do
    cycle=$((cycle + 1))
    start
    pids=
    w=0
    while [ $w -lt $writers ]; do
        w=$((w + 1))
        write $cycle $w &
        pids="$pids $!"
    done
    sleep "0.$(shuf -i 100-400 -n 1)"
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

sqlite3 "$db" "SELECT subject FROM concern ORDER BY subject" | sort >"$dir/there"
sound=$(sqlite3 "$db" 'PRAGMA integrity_check')
# One concern, one line of its history, one of the audit trail, one mail.
half=$(sqlite3 "$db" "SELECT
    (SELECT COUNT(*) FROM concern c WHERE
        (SELECT COUNT(*) FROM procedure_event e WHERE e.subject_id = c.id) <> 1 OR
        (SELECT COUNT(*) FROM audit a WHERE a.object_id = c.id AND a.action = 'concern.ask') <> 1)
    + ABS((SELECT COUNT(*) FROM concern) - (SELECT COUNT(*) FROM mail))
    + ABS((SELECT COUNT(*) FROM concern) - (SELECT COUNT(*) FROM procedure_event))")
twice=$(uniq -d "$dir/there" | wc -l)
missing() {
    sort "$1" | comm -23 - "$dir/there" | wc -l
}
acknowledged=$(wc -l <"$dir/acknowledged")
lost=$(missing "$dir/acknowledged")
early=$(missing "$dir/sent")
valid=false
[ "$early" -gt 0 ] && [ "$acknowledged" -ge "$cycles" ] && [ ! -s "$dir/refused" ] && valid=true
ok=false
[ $valid = true ] && [ "$sound" = ok ] && [ $((lost + half + twice)) = 0 ] && ok=true
printf '{"suite":"kill","ok":%s,"valid":%s,"cycles":%d,"acknowledged":%d,' \
    $ok $valid "$cycles" "$acknowledged"
printf '"lost":%d,"half":%d,"twice":%d,"sound":"%s","controls":{"early_lost":%d}}\n' \
    "$lost" "$half" "$twice" "$sound" "$early"
[ $ok = true ] || { sort "$dir/refused" | uniq -c >&2; exit 1; }
