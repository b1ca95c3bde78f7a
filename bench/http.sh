#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Requests per second of a server, as a ratio to nginx serving the same bytes from a file.
#
#   bench/http.sh [-c CONNECTIONS] [-d SECONDS] [-r ROUNDS] [-t THREADS] 'COMMAND' PATH…
#
# COMMAND starts the server; @PORT@ in it is replaced by a free port and @THREADS@ by THREADS.
# It is stopped afterwards. A PATH is measured as a page. With a prefix something else:
#   304:PATH      with If-None-Match and the ETag that each of the two servers gave
#   return:PATH   nginx answers from its configuration (`return 200`), not from a file
# Both run with the same number of threads, and take turns: ours, nginx, ours, nginx, …; the
# table shows the medians of all rounds. The load comes from the same machine, so that only the
# ratios mean something elsewhere. Needs curl, nginx and wrk.
set -eu

connections=32 seconds=3 rounds=3 threads=2
while getopts c:d:r:t: option; do
    case $option in
    c) connections=$OPTARG ;;
    d) seconds=$OPTARG ;;
    r) rounds=$OPTARG ;;
    t) threads=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -ge 2 ] || { sed -n '3,14s/^# \{0,1\}//p' "$0" >&2; exit 2; }
command=$1
shift

PATH=$PATH:/usr/sbin
for tool in curl nginx wrk; do
    command -v "$tool" >/dev/null || { echo "bench/http.sh: $tool is missing" >&2; exit 2; }
done

dir=$(mktemp -d)
server='' nginx=''
finish() {
    for pid in $server $nginx; do
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

die() {
    echo "bench/http.sh: $*" >&2
    exit 1
}

# A port that nothing listens on.
free_port() {
    while :; do
        port=$(shuf -i 20000-29999 -n 1)
        curl -s -o "$dir/void" "http://127.0.0.1:$port/" || break
    done
    echo "$port"
}

wait_for() {
    i=0
    until curl -s -o "$dir/void" "$1"; do
        i=$((i + 1))
        [ $i -lt 100 ] || die "$1 does not answer: $(cat "$dir"/*.log)"
        sleep 0.1
    done
}

ours=$(free_port)
theirs=$(free_port)

# The same bytes for nginx: a file for each path, and its text for `return`.
locations=
n=0
start_ours() {
    line=$(printf '%s' "$command" | sed "s/@PORT@/$ours/g; s/@THREADS@/$threads/g")
    sh -c "exec $line" >"$dir/ours.log" 2>&1 &
    server=$!
    wait_for "http://127.0.0.1:$ours/"
}

fetch() {
    n=$((n + 1))
    mkdir -p "$dir/root/$n"
    status=$(curl -s -D "$dir/head$n" -o "$dir/root/$n/page.html" -w '%{http_code}' \
        "http://127.0.0.1:$ours$1")
    [ "$status" = 200 ] || die "$1 gives $status"
}

start_nginx() {
    {
        echo "worker_processes $threads; daemon off; pid $dir/pid; error_log $dir/nginx.log;"
        echo "events { worker_connections 4096; }"
        echo "http { access_log off; default_type text/html; keepalive_requests 1000000000;"
        echo "sendfile on; tcp_nopush on; open_file_cache max=100; server_tokens off;"
        for kind in client_body proxy fastcgi uwsgi scgi; do
            echo "${kind}_temp_path $dir/$kind;"
        done
        echo "server { listen 127.0.0.1:$theirs; root $dir/root;$locations } }"
    } >"$dir/nginx.conf"
    chmod -R a+rX "$dir"
    nginx -c "$dir/nginx.conf" >"$dir/nginx.out" 2>&1 &
    nginx=$!
    wait_for "http://127.0.0.1:$theirs/"
}

etag() {
    curl -s -o "$dir/void" -D - "$1" | tr -d '\r' | sed -n 's/^[Ee][Tt][Aa][Gg]: *//p'
}

# Requests per second of one run; answers that are no 2xx or 3xx stop the measurement.
run() {
    url=$1 tag=$2
    set --
    [ -z "$tag" ] || set -- -H "If-None-Match: $tag"
    wrk -t "$threads" -c "$connections" -d "${seconds}s" "$@" "$url" >"$dir/wrk"
    ! grep -q 'Non-2xx\|Socket errors' "$dir/wrk" || { cat "$dir/wrk" >&2; exit 1; }
    sed -n 's/^Requests\/sec: *//p' "$dir/wrk"
}

median() {
    sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

measure() {
    kind=$1 path=$2 k=$3
    a="http://127.0.0.1:$ours$path" a_tag=
    b="http://127.0.0.1:$theirs/$k/page.html" b_tag=
    if [ "$kind" = 304 ]; then
        a_tag=$(etag "$a") b_tag=$(etag "$b")
        for pair in "$a $a_tag" "$b $b_tag"; do
            got=$(curl -s -o "$dir/void" -w '%{http_code}' \
                -H "If-None-Match: ${pair#* }" "${pair%% *}")
            [ "$got" = 304 ] || die "no 304: $pair"
        done
    fi
    : >"$dir/a" && : >"$dir/b"
    round=0
    while [ $round -lt "$rounds" ]; do
        run "$a" "$a_tag" >>"$dir/a"
        run "$b" "$b_tag" >>"$dir/b"
        round=$((round + 1))
    done
    size=$(wc -c <"$dir/root/$k/page.html")
    printf '%s %s %s %s %s\n' "$kind" "$path" "$size" "$(median "$dir/a")" "$(median "$dir/b")" |
        awk '{ printf "| %-6s | %-32s | %7d |", $1, $2, $3
               printf " %8.0f | %8.0f | %5.2f |\n", $4, $5, $4 / $5 }'
}

start_ours
for item in "$@"; do
    case $item in
    return:*)
        fetch "${item#*:}"
        text=$(cat "$dir/root/$n/page.html")
        locations="$locations location = /$n/page.html { return 200 '$text'; }"
        ;;
    304:*) fetch "${item#*:}" ;;
    *) fetch "$item" ;;
    esac
done
start_nginx

echo "$connections connections, $threads threads, $rounds rounds of $seconds s"
echo '| kind   | path                             |   bytes |   ours/s |  nginx/s | ratio |'
echo '|--------|----------------------------------|--------:|---------:|---------:|------:|'
k=0
for item in "$@"; do
    k=$((k + 1))
    case $item in
    return:* | 304:*) measure "${item%%:*}" "${item#*:}" $k ;;
    *) measure page "$item" $k ;;
    esac
done
awk '/VmRSS/ { print "resident memory after the runs: " $2 " KiB" }' "/proc/$server/status"
