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
#   list:FILE     the paths of a file (NAME=FILE to name it in the table), one after the other;
#                 nginx has a file for each of them
# Both run with the same number of threads, and take turns: ours, nginx, ours, nginx, …; each
# round waits a little for the machine's other work to calm down. The table shows the medians of
# all rounds: requests per second, their ratio, and the processor time of one request (user and
# system, of the server alone), which depends less on what else runs. The load comes from the
# same machine, so that only the ratios mean something elsewhere. Needs curl, nginx and wrk.
set -eu

connections=32 seconds=1 rounds=7 threads=2
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
[ $# -ge 2 ] || { sed -n '3,20s/^# \{0,1\}//p' "$0" >&2; exit 2; }
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

# The paths of a list at once; nginx gets them under the same numbers, $n/1 … $n/count.
fetch_list() {
    n=$((n + 1))
    mkdir -p "$dir/root/$n"
    awk -v base="http://127.0.0.1:$ours" -v to="$dir/root/$n" '{
        printf "url = \"%s%s\"\noutput = \"%s/%d\"\n", base, $0, to, NR }' "$1" >"$dir/urls"
    curl -s -f -K "$dir/urls" || die "a path of $1 gives no page"
    cp "$1" "$dir/paths$n.ours"
    awk -v n="$n" '{ print "/" n "/" NR }' "$1" >"$dir/paths$n.nginx"
}

start_nginx() {
    {
        echo "worker_processes $threads; daemon off; pid $dir/pid; error_log $dir/nginx.log;"
        echo "events { worker_connections 4096; }"
        echo "http { access_log off; default_type text/html; keepalive_requests 1000000000;"
        echo "sendfile on; tcp_nopush on; open_file_cache max=10000; server_tokens off;"
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

# wrk asks for the paths of a list in turn; its threads begin at different places.
cat >"$dir/list.lua" <<'LUA'
local started = 0
function setup(thread)
    thread:set("start", started)
    started = started + 1
end
local requests, n, at = {}, 0, 0
function init(args)
    for path in io.lines(args[1]) do
        n = n + 1
        requests[n] = wrk.format("GET", path)
    end
    at = math.floor(n / 2) * start
end
function request()
    at = at % n + 1
    return requests[at]
end
LUA

# Processor time of a server and its children so far, in ticks.
ticks() {
    for pid in "$1" $(cat /proc/"$1"/task/*/children); do
        cat "/proc/$pid/stat"
    done | awk '{ sum += $14 + $15 } END { print sum }'
}

# Waits, for a few seconds at most, until something of the machine is idle.
calm() {
    tries=0
    while [ $tries -lt 8 ]; do
        before=$(awk '/^cpu /{ print $5, $2 + $3 + $4 + $5 + $6 + $7 + $8 }' /proc/stat)
        sleep 0.25
        after=$(awk '/^cpu /{ print $5, $2 + $3 + $4 + $5 + $6 + $7 + $8 }' /proc/stat)
        echo "$before $after" | awk '{ exit !($3 - $1 > 0.7 * ($4 - $2)) }' && return
        tries=$((tries + 1))
    done
}

# One round: "requests-per-second microseconds-per-request". Answers that are no 2xx or 3xx
# stop the measurement.
run() {
    pid=$1 url=$2 tag=$3 list=$4
    set --
    [ -z "$tag" ] || set -- -H "If-None-Match: $tag"
    [ -z "$list" ] || set -- -s "$dir/list.lua"
    calm
    began=$(ticks "$pid")
    wrk -t "$threads" -c "$connections" -d "${seconds}s" "$@" "$url" -- "$list" >"$dir/wrk"
    ended=$(ticks "$pid")
    ! grep -q 'Non-2xx\|Socket errors' "$dir/wrk" || { cat "$dir/wrk" >&2; exit 1; }
    awk -v ticks=$((ended - began)) -v hz="$(getconf CLK_TCK)" '
        / requests in / { n = $1 }
        /^Requests\/sec:/ { print $2, ticks / hz * 1000000 / n }' "$dir/wrk"
}

# The median of a column.
median() {
    awk -v k="$2" '{ print $k }' "$1" | sort -n |
        awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

measure() {
    kind=$1 path=$2 k=$3
    a="http://127.0.0.1:$ours$path" a_tag=
    b="http://127.0.0.1:$theirs/$k/page.html" b_tag=
    a_list='' b_list=''
    if [ "$kind" = list ]; then
        a="http://127.0.0.1:$ours" b="http://127.0.0.1:$theirs"
        a_list=$dir/paths$k.ours b_list=$dir/paths$k.nginx
    fi
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
        run "$server" "$a" "$a_tag" "$a_list" >>"$dir/a"
        run "$nginx" "$b" "$b_tag" "$b_list" >>"$dir/b"
        round=$((round + 1))
    done
    size=$(cat "$dir/root/$k"/* | wc -c)
    size=$((size / $(find "$dir/root/$k" -type f | wc -l)))
    echo "$kind" "$path" "$size" "$(median "$dir/a" 1)" "$(median "$dir/b" 1)" \
        "$(median "$dir/a" 2)" "$(median "$dir/b" 2)" |
        awk '{ printf "| %-6s | %-32s | %7d |", $1, $2, $3
               printf " %8.0f | %8.0f | %5.2f | %7.1f | %7.1f |\n", $4, $5, $4 / $5, $6, $7 }'
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
    list:*) fetch_list "${item##*[:=]}" ;;
    *) fetch "$item" ;;
    esac
done
start_nginx

echo "$connections connections, $threads threads, $rounds rounds of $seconds s"
printf '| %-6s | %-32s | %7s | %8s | %8s | %5s | %7s | %7s |\n' \
    kind path bytes ours/s nginx/s ratio 'ours us' 'ngx us' \
    ------ --------- ------: -------: -------: ----: ------: ------:
k=0
for item in "$@"; do
    k=$((k + 1))
    case $item in
    list:*)
        name=${item#*:}
        measure list "${name%%=*}" $k
        ;;
    return:* | 304:*) measure "${item%%:*}" "${item#*:}" $k ;;
    *) measure page "$item" $k ;;
    esac
done
awk '/VmRSS/ { print "resident memory after the runs: " $2 " KiB" }' "/proc/$server/status"
