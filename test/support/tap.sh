# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
#
# TAP for tests written in shell; sourced, never run.
#
#     check "what is true" COMMAND…     one TAP line; the command's output is kept in $tap_out
#     refuse "what is not" COMMAND…     good when the command fails by itself (status 1 … 127)
#     says TEXT COMMAND…                good when the command's output contains the text
#     tap_ports N                       prints the first of N ports in a row that nobody has now
#     tap_skip "why"                    one test counted as skipped
#     tap_done                          the plan; the last line of the script
#
# $tap_dir is a directory for the test's files; it is removed at the end.
tap_n=0
tap_bad=0
tap_dir=$(mktemp -d "${TMPDIR:-/tmp}/tandem-test.XXXXXX")
tap_out=$tap_dir/.out
trap 'rm -rf "$tap_dir"' EXIT
trap 'exit 130' INT TERM HUP

tap_line()
{
    tap_n=$((tap_n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $tap_n - $2"
    else
        tap_bad=1
        echo "not ok $tap_n - $2"
        sed 's/^/# /' "$tap_out"
    fi
}

check()
{
    tap_what=$1
    shift
    tap_status=0
    "$@" >"$tap_out" 2>&1 || tap_status=$?
    tap_line $tap_status "$tap_what"
}

refuse()
{
    tap_what=$1
    shift
    tap_status=0
    "$@" >"$tap_out" 2>&1 || tap_status=$?
    # A signal (128 and more) is a crash, not a refusal.
    [ $tap_status -ge 1 ] && [ $tap_status -le 127 ] && tap_status=0 || tap_status=1
    tap_line $tap_status "$tap_what"
}

says()
{
    tap_text=$1
    shift
    "$@" >"$tap_out" 2>&1 || :
    tap_status=0
    grep -qF -- "$tap_text" "$tap_out" || tap_status=1
    tap_line $tap_status "says: $tap_text"
}

# Below those that the system lends to outgoing connections (from 32768 on), where one may be taken
# between the look and the listening.
tap_ports()
{
    tap_port=
    while [ -z "$tap_port" ]; do
        tap_port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000))
        tap_next=$tap_port
        while [ -n "$tap_port" ] && [ $tap_next -lt $((tap_port + $1)) ]; do
            # 7: nobody took the connection
            curl -s -o /dev/null --max-time 1 "http://127.0.0.1:$tap_next/"
            [ $? = 7 ] || tap_port=
            tap_next=$((tap_next + 1))
        done
    done
    echo "$tap_port"
}

tap_skip()
{
    tap_n=$((tap_n + 1))
    echo "ok $tap_n - # SKIP $1"
}

tap_done()
{
    echo "1..$tap_n"
    exit $tap_bad
}
