#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# R4, full: the disk is full, at many fill levels, on tmpfs and on ext4.
#
#     test/trust/full.sh BUILD-FOLDER [LEVELS]
#
# One server with its database on a small disk of its own. At each level a file takes all room but
# a little, people and the office write (mixed.sh), bring a file and read; then the room is given
# back and all must be able to write at once. What is answered with 303 is there at the end, what
# is refused with 507 is not, and the page of a refusal has words and what was typed. Control: a
# library under the server that keeps failed writes from it (liar.c). Prints one line of JSON.
# Mounting needs root or user namespaces; a disk that cannot be mounted is counted as skipped.
set -eu
build=$1
levels=${2:-20}
tandem=$(realpath "$build/tandem")
here=$(realpath "$(dirname "$0")")
mega=24
step=12288 # bytes by which the room that is left grows from level to level
spans=24   # then again from nothing

if [ "$(id -u)" != 0 ] && [ -z "${TRUST_FULL_INSIDE:-}" ] && unshare -rm true 2>/dev/null; then
    TRUST_FULL_INSIDE=1 exec unshare -rm "$0" "$@"
fi
ninja -C "$build" test/trust/trust_liar.so test/support/smtp_sink >/dev/null
liar=$(realpath "$build/test/trust/trust_liar.so")

top=$(mktemp -d)
server=
sink=
mounted=
stop_all() {
    for pid in $server $sink; do
        kill -9 "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    server=
    sink=
    [ -z "$mounted" ] || umount "$mounted" 2>/dev/null || umount -l "$mounted"
    mounted=
}
finish() {
    stop_all
    rm -rf "$top"
}
trap finish EXIT
trap 'exit 1' INT TERM

mount_disk() { # KIND
    mkdir -p "$disk"
    case $1 in
    tmpfs) mount -t tmpfs -o size=${mega}m,mode=700 none "$disk" 2>"$dir/mount" || return 1 ;;
    ext4)
        truncate -s ${mega}M "$dir/image"
        /sbin/mkfs.ext4 -q -F -m 0 "$dir/image" 2>"$dir/mount" || return 1
        mount -o loop "$dir/image" "$disk" 2>"$dir/mount" || return 1
        ;;
    esac
    mounted=$disk
}

# Takes all room but so many bytes.
fill() {
    rm -f "$disk/ballast"
    cat /dev/zero >"$disk/ballast" 2>/dev/null || true
    size=$(($(stat -c %s "$disk/ballast") - $1))
    truncate -s $((size > 0 ? size : 0)) "$disk/ballast"
}

count() { # NAME: one more
    echo x >>"$dir/count.$1"
}
counted() {
    if [ -f "$dir/count.$1" ]; then wc -l <"$dir/count.$1"; else echo 0; fi
}

# A refusal is a page in words, with what was typed and a way to try again.
is_clear() { # NAME
    grep -q '<h1' "$page_file" && grep -q 'lang="de"' "$page_file" &&
        grep -q "$1" "$page_file" && grep -q 'id="again"' "$page_file"
}

noted() { # KIND NAME
    status=$(act "$1" "$2")
    case $status in
    303) echo "$1 $2" >>"$dir/acknowledged" ;;
    507)
        echo "$1 $2" >>"$dir/refused"
        is_clear "$2" || count unclear
        ;;
    *) echo "$1 $status" >>"$dir/wrong" ;;
    esac
}

everybody_writes() { # LEVEL ROUND
    for kind in $acts; do
        n=$((n + 1))
        peer=10.9.$((n / 250)).$((n % 250 + 1))
        name="k$1w$2n$n"
        noted "$kind" "$name"
        [ "$kind" != entry ] || [ "$status" != 303 ] || noted draft "$name"
    done
}

# A file for the import, 200 KB: taken, or refused with a page.
bring() {
    status=$(send /buero/einlesen -b "$dir/cookies" -F "csrf=$clerk" -F "name=Liste $1" \
        -F "file=@$top/list.csv;type=text/csv")
    case $status in
    303) ;;
    507) grep -q '<h1' "$page_file" || count unclear ;;
    *) echo "file $status" >>"$dir/wrong" ;;
    esac
}

read_pages() { # LEVEL
    for path in /angebote "/angebote?q=lesen$1" "/angebote/$offer" /anliegen; do
        curl -s -f -o /dev/null --max-time 20 "$base$path" || count unread
    done
    curl -s -f -o /dev/null -b "$dir/cookies" "$base/buero" || count unread
}

# All that a full disk makes people see, and that room makes it good at once.
one_level() {
    fill $((($1 % spans) * step))
    everybody_writes "$1" 1
    bring "$1"
    read_pages "$1"
    everybody_writes "$1" 2
    rm -f "$disk/ballast"
    before=$(wc -l <"$dir/acknowledged")
    everybody_writes "$1" 3
    [ $(($(wc -l <"$dir/acknowledged") - before)) = 7 ] || count stuck
}

# The log of some seconds in which nobody asks for anything, but jobs are due.
log_at_rest() {
    fill 0
    lines=$(wc -l <"$dir/log")
    sleep 11
    rested=$(($(wc -l <"$dir/log") - lines))
    rm -f "$disk/ballast"
}

mails_out() { # waits until nothing is due any more; how many are not out
    tries=0
    waiting="SELECT COUNT(*) FROM mail WHERE sent_at = 0"
    while [ "$(ask_db "$waiting")" != 0 ] && [ $tries -lt 90 ]; do
        tries=$((tries + 1))
        sleep 1
    done
    ask_db "$waiting"
}

# Each mail of the database is with the mail server, at least once.
mails_lost() {
    ask_db "SELECT id FROM mail WHERE sent_at > 0 ORDER BY id" | sort >"$dir/mails"
    cat "$dir/inbox"/*.eml 2>/dev/null | tr -d '\r' |
        sed -n 's/^Message-ID: <\([0-9]*\)[.@].*/\1/Ip' | sort -u >"$dir/arrived"
    comm -23 "$dir/mails" "$dir/arrived" | wc -l
}

serve() { # LIBRARY to preload, or nothing
    env ${1:+LD_PRELOAD="$1"} "$tandem" serve --db "sqlite:$db" --listen "127.0.0.1:$port" \
        --set "secret_file=$dir/key" --set trusted_proxy=127.0.0.1 \
        --set "smtp=$(head -n 1 "$dir/sink")" >>"$dir/log" 2>&1 &
    server=$!
    tries=0
    until curl -s -f -o /dev/null --max-time 5 "$base/angebote"; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || { tail "$dir/log" >&2; exit 1; }
        sleep 0.05
    done
}

begin_disk() { # NAME KIND LEVELS [LIBRARY]
    dir=$top/$1
    disk=$dir/disk
    db=$disk/t.db
    mkdir -p "$dir/inbox"
    mount_disk "$2" || return 1
    port=$(shuf -i 20000-29999 -n 1)
    base=http://127.0.0.1:$port/luebeck
    page_file=$dir/page
    n=0
    began=$(date +%s)
    "$build/test/support/smtp_sink" "$dir/inbox" >"$dir/sink" &
    sink=$!
    mixed_world
    : >"$dir/acknowledged" && : >"$dir/refused" && : >"$dir/wrong"
    serve "${4:-}"
    mixed_sign_in
}

# What a suite that ends here has seen, as JSON.
judge() {
    mixed_there >"$dir/there" 2>/dev/null || : >"$dir/there"
    lost=$(sort "$dir/acknowledged" | comm -23 - "$dir/there" | wc -l)
    ghosts=$(sort "$dir/refused" | comm -12 - "$dir/there" | wc -l)
    twice=$(uniq -d "$dir/there" | wc -l)
    half=$(mixed_half_count 2>/dev/null) || half=-1
    sound=$(ask_db 'PRAGMA integrity_check' 2>/dev/null | head -n 1) || sound=damaged
    [ "$sound" = ok ] || sound=damaged
    broken=$((lost + ghosts + twice + (half < 0 ? 1 : half)))
    [ "$sound" = ok ] || broken=$((broken + 1))
}

run_disk() { # KIND
    begin_disk "$1" "$1" "$levels" || { skipped="$skipped\"$1\","; return 0; }
    level=0
    while [ $level -lt "$levels" ]; do
        level=$((level + 1))
        one_level $level
    done
    log_at_rest
    unsent=$(mails_out)
    gone=$(mails_lost)
    { kill "$server" && wait "$server"; } || count died
    server=
    judge
    acknowledged=$(wc -l <"$dir/acknowledged")
    refused=$(wc -l <"$dir/refused")
    wrong=$(wc -l <"$dir/wrong")
    failures=$((broken + wrong + $(counted unclear) + $(counted unread) + $(counted stuck)))
    failures=$((failures + $(counted died) + unsent + gone + (rested > 30 ? 1 : 0)))
    [ $failures = 0 ] || { ok=false && sort "$dir/wrong" | uniq -c >&2; }
    [ "$refused" -gt "$levels" ] && [ "$acknowledged" -gt "$levels" ] || valid=false
    disks="$disks$(printf '"%s":{"levels":%d,"acknowledged":%d,"refused":%d,"lost":%d,' \
        "$1" "$levels" "$acknowledged" "$refused" "$lost")"
    disks="$disks$(printf '"ghosts":%d,"half":%d,"twice":%d,"wrong":%d,"unclear":%d,' \
        "$ghosts" "$half" "$twice" "$wrong" "$(counted unclear)")"
    disks="$disks$(printf '"unread":%d,"stuck":%d,"sound":"%s","mails_unsent":%d,' \
        "$(counted unread)" "$(counted stuck)" "$sound" "$unsent")"
    disks="$disks$(printf '"mails_lost":%d,"log_lines_at_rest":%d},' "$gone" "$rested")"
    [ $failures = 0 ] || tail -n 5 "$dir/log" >&2
    stop_all
}

# The same with a program that does not learn of failed writes: the judgement must see it.
run_control() {
    begin_disk control tmpfs 3 "$liar" || return 0
    level=0
    while [ $level -lt 3 ]; do
        level=$((level + 1))
        fill $((level * step))
        everybody_writes $level 1
        rm -f "$disk/ballast"
    done
    kill -9 "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
    judge
    control=$broken
    stop_all
}

. "$here/mixed.sh"
ok=true
valid=true
skipped=
disks=
control=0
{
    echo 'Titel;Beschreibung'
    seq 1 4000 | sed 's/.*/Vorlesen &;Sie lesen in der Bücherei vor, Woche &./'
} >"$top/list.csv"
run_disk tmpfs
run_disk ext4
run_control
if [ -z "$disks" ]; then
    printf '{"suite":"full","ok":true,"skipped":[%s]}\n' "${skipped%,}"
    exit 0
fi
[ "$control" -gt 0 ] || valid=false
[ $valid = true ] || ok=false
printf '{"suite":"full","ok":%s,"valid":%s,"skipped":[%s],"disks":{%s},' \
    $ok $valid "${skipped%,}" "${disks%,}"
printf '"controls":{"liar_broken":%d}}\n' "$control"
[ $ok = true ]
