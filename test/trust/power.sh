#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# R2, power: simulated power cuts of a writing store, with torn and reordered sectors.
#
#     test/trust/power.sh BUILD-FOLDER [CUTS] [SEED]
#
# Prints one line of JSON and ends with 0 when nothing acknowledged was lost, nothing was corrupt,
# no transaction half there, and every control failed as it must (README.md).
set -eu
build=$1
cuts=${2:-1000}
seed=${3:-1}
rows=3000
here=$build/test/trust
ninja -C "$build" test/trust/trust_recorder.so test/trust/power_writer test/trust/power >/dev/null

base=/dev/shm # the disk is simulated, so that a real one would only cost time
[ -w "$base" ] || base=${TMPDIR:-/tmp}
dir=$(mktemp -d "$base/trust.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM

# What eight threads do to the disk; "early" acknowledges before the commit.
record() {
    mkdir "$dir/$1"
    LD_PRELOAD=$here/trust_recorder.so TRUST_DATABASE=$dir/$1/db TRUST_RECORD=$dir/$1/record \
        "$here/power_writer" "$dir/$1/db" $rows ${2:+"$2"} 2>"$dir/$1/log" ||
        { cat "$dir/$1/log" >&2; exit 1; }
}
judge() {
    "$here/power" "$dir/$1/record" "$dir" "$2" "$3" "$seed"
}
value() {
    echo "$1" | sed "s/.*\"$2\":\\([0-9]*\\).*/\\1/"
}

record plain
record early early
controls=$((cuts / 10 > 100 ? cuts / 10 : 100))
honest=$(judge plain "$cuts" honest)
normal=$(judge plain "$controls" lazy)
off=$(judge plain "$controls" never)
early=$(judge early "$controls" honest)

failures=$(($(value "$honest" lost) + $(value "$honest" corrupt) + $(value "$honest" half)))
valid=false
written=$(value "$honest" acknowledged)
if [ "$(value "$normal" lost)" -gt 0 ] && [ "$(value "$off" corrupt)" -gt 0 ] &&
    [ "$(value "$early" lost)" -gt 0 ] && [ "$written" -gt $((rows / 2)) ]; then
    valid=true
fi
ok=false
if [ $valid = true ] && [ "$failures" = 0 ]; then
    ok=true
fi
printf '{"suite":"power","ok":%s,"valid":%s,"result":%s,' $ok $valid "$honest"
printf '"controls":{"normal":%s,"off":%s,"early":%s}}\n' "$normal" "$off" "$early"
[ $ok = true ]
