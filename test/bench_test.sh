#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# The measuring commands run, with tiny sizes: test/bench_test.sh TANDEM. TAP.
set -u
tandem=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=0

check()
{
    n=$((n + 1))
    what=$1
    shift
    if "$@"; then
        echo "ok $n - $what"
    else
        echo "not ok $n - $what"
        sed 's/^/# /' "$dir/out" "$dir/problems" 2>/dev/null
    fi
}

run()
{
    "$tandem" bench "$@" >"$dir/out" 2>"$dir/problems"
}

says()
{
    grep -q "$1" "$dir/out"
}

# Whoever wants PostgreSQL in it starts one: test/with-postgres.sh.
set -- --sizes 40,200 --questions 10 --seconds 1 --svg "$dir/chart.svg"
[ -z "${TANDEM_TEST_POSTGRES:-}" ] || set -- "$@" --postgres "$TANDEM_TEST_POSTGRES"
check "search runs" run search "$@"
check "… at both sizes" [ "$(grep -c '^### ' "$dir/out")" = 2 ]
check "… and all answers are the same" [ "$(grep -c 'compared, 0 different' "$dir/out")" = 2 ]
check "… a peer was asked" says '^| SQLite | [0-9]'
check "the chart has a title" grep -q '<title id="title">.' "$dir/chart.svg"
check "… and says its numbers" grep -q '^<desc id="desc">.*40 offers Tandem' "$dir/chart.svg"
check "match runs" run match --people 500,2000 --questions 10
check "… at both sizes" [ "$(grep -c '^### ' "$dir/out")" = 2 ]
check "germany runs" run germany --people 3000 --offers 300 --threads 1
one=$(grep 'sum of the answers' "$dir/out")
check "… with the same answers by two threads" run germany --people 3000 --offers 300 --threads 2
check "… to the last bit" [ -n "$one" ] && [ "$one" = "$(grep 'sum of the answers' "$dir/out")" ]
cat >"$dir/script" <<'SCRIPT'
#!/bin/sh
echo "measuring $(basename "$1")"
SCRIPT
chmod +x "$dir/script"
check "http runs its script" run http "$dir/script"
check "… with the program" says "measuring tandem"
check "a wrong size is refused" sh -c "! '$tandem' bench search --sizes 0 2>'$dir/problems'"
check "data streams JSON lines" run data --people 3 --format jsonl
check "… three of them" [ "$(wc -l <"$dir/out")" = 3 ]
check "bench alone says what there is to measure" \
    sh -c "'$tandem' bench 2>&1 | grep -q 'usage: tandem bench germany'"
echo "1..$n"
