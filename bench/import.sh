#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
#
# An import of 100 000 made offers (`tandem bench data`): time and memory, first and second time.
#
#     bench/import.sh [ROWS] [build/tandem]
#
# Fails when a run takes more than 200 MiB, or when the rows do not add up.
set -eu
cd "$(dirname "$0")/.."
rows=${1:-100000}
tandem=${2:-build/tandem}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

"$tandem" bench data --offers "$rows" >"$dir/offers.csv"
printf '%s rows, %s bytes\n' "$rows" "$(wc -c <"$dir/offers.csv")"

"$tandem" city add stadt --name Musterstadt --ags 01003000 --db "sqlite:$dir/t.db" >/dev/null 2>&1
for run in first second; do
    /usr/bin/time -f '%e %U %M' -o "$dir/time" \
        "$tandem" import opportunities "$dir/offers.csv" --city stadt --db "sqlite:$dir/t.db" \
        >"$dir/sum" 2>"$dir/report"
    read -r real user kib <"$dir/time"
    printf '%s: %s; %s s, %s s of it in the program, %d MiB\n' \
        "$run" "$(tail -n 1 "$dir/sum")" "$real" "$user" $((kib / 1024))
    [ "$kib" -lt $((200 * 1024)) ] || exit 1
    grep -q " failed 0 of $rows rows" "$dir/sum" || exit 1
done
grep -q "unchanged $rows," "$dir/sum"
