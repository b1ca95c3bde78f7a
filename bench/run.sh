#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# The published measurements (doc/performance.md):
#
#     bench/run.sh build/tandem        or: build/tandem bench http
#
# Offers are those of Hamburg where ../shared has them, else as many invented ones. Takes about
# three minutes; ROUNDS=3 PERIOD=1 in the environment shortens or lengthens it.
set -eu
cd "$(dirname "$0")/.."
tandem=$1
build=$(dirname "$tandem")
real=../shared/data/volunteer_opportunities/hamburg_freinet_2018.csv
rounds=${ROUNDS:-7}
ninja -C "$build" bench/writes >/dev/null

dir=$(mktemp -d)
server=''
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

db=sqlite:$dir/bench.db
offers=$real
if [ ! -e "$real" ]; then
    offers=$dir/offers.csv
    "$tandem" bench data --offers 1815 >"$offers"
fi
"$tandem" city add hamburg --name Hamburg --ags 02000000 --db "$db" >"$dir/setup.log" 2>&1
"$tandem" import opportunities "$offers" --city hamburg --db "$db" 2>>"$dir/setup.log" | tail -n 1
gib=$(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)
echo "$(nproc) cores, $gib GiB; load $(cut -d' ' -f1 /proc/loadavg)"

# ---- requests, beside nginx ----

bench/queries.sh hamburg >"$dir/queries"
echo
bench/http.sh -r "$rounds" -d "${PERIOD:-1}" \
    "$tandem serve --db $db --listen 127.0.0.1:@PORT@ --set threads=@THREADS@" \
    list:varied="$dir/queries" /hamburg/angebote 304:/hamburg/angebote

# ---- start, memory, the first view ----

port=$(shuf -i 20000-29999 -n 1)
home=http://127.0.0.1:$port/hamburg/

milliseconds() {
    echo $(($(date +%s%N) / 1000000))
}

start() {
    began=$(milliseconds)
    "$tandem" serve --db "$db" --listen "127.0.0.1:$port" >"$dir/serve.log" 2>&1 &
    server=$!
    until curl -s -o "$dir/home" "$home"; do
        sleep 0.005
    done
    ended=$(milliseconds)
}

stop() {
    kill "$server"
    wait "$server" || true
    server=''
}

echo
i=0
while [ $i -lt 5 ]; do
    start
    echo $((ended - began)) >>"$dir/starts"
    [ $i -eq 4 ] || stop
    i=$((i + 1))
done
echo "start to first answer: $(sort -n "$dir/starts" | sed -n 3p) ms (median of 5)"
awk '/VmRSS/ { printf "resident memory after start: %.1f MB\n", $2 / 1024 }' "/proc/$server/status"

# The page and what it refers to. Fonts and pictures named in the style are not counted here; the
# browser loads those that it uses.
bytes() {
    curl -s -o "$dir/part" -H 'Accept-Encoding: br, gzip' \
        -w '%{size_download} %{size_header}\n' "$1"
}
grep -oE '(href|src)="/(assets|hamburg/thema)[^"]*"' "$dir/home" | cut -d'"' -f2 | sort -u |
    sed "s,^,http://127.0.0.1:$port," >"$dir/parts"
{
    bytes "$home"
    while read -r url; do
        bytes "$url"
    done <"$dir/parts"
} | awk '{ sum += $1 + $2; n++ }
    END { printf "first view of the town: %d requests, %.0f kB (without fonts)\n", n, sum / 1000 }'

# ---- memory that the system is asked for, while the cache serves ----

if command -v strace >/dev/null && command -v wrk >/dev/null; then
    wrk -t1 -c8 -d1s "${home}angebote" >/dev/null
    timeout 3 strace -f -qq -e trace=brk,mmap,munmap -o "$dir/strace" -p "$server" &
    sleep 0.5
    n=$(wrk -t1 -c8 -d1s "${home}angebote" | awk '/ requests in / { print $1 }')
    wait $! || true
    echo "memory calls to the system in $n requests: $(wc -l <"$dir/strace")"
fi
stop

# ---- writes ----

echo
"$build/bench/writes" "$dir" 32
