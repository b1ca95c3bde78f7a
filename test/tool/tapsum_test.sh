#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# tapsum must count what happened: a test run that lies is worse than none.
#
#     tapsum_test.sh PATH-OF-TAPSUM
set -u
. "$(dirname "$0")/../support/tap.sh"
tapsum=$1

# log RESULT STDOUT…: a log of one program; each further argument is a line that it printed.
log()
{
    result=$1
    shift
    text=
    for line in "$@"; do
        text="$text$line\\n"
    done
    printf '{"name": "p", "result": "%s", "stdout": "%s"}\n' "$result" "$text" >"$tap_dir/log"
}

log OK 'ok 1 - a' 'ok 2 - b # SKIP no data' '1..2'
check "good and skipped is good" "$tapsum" "$tap_dir/log"
says "1 passed, 0 failed, 1 skipped" "$tapsum" "$tap_dir/log"

log OK 'ok 1 - costs # 3' 'not ok 2 - known # TODO later' '1..2'
says "2 passed, 0 failed, 0 skipped" "$tapsum" "$tap_dir/log"

log FAIL 'ok 1 - a' 'not ok 2 - \"b\"' '# got 3' '1..2'
refuse "a failed line" "$tapsum" "$tap_dir/log"
says 'FAILED p: 2 - "b"' "$tapsum" "$tap_dir/log"
says '# got 3' "$tapsum" "$tap_dir/log"
says "1 passed, 1 failed, 0 skipped" "$tapsum" "$tap_dir/log"

log FAIL 'ok 1 - a'
refuse "a program that stopped before its plan" "$tapsum" "$tap_dir/log"
log OK 'ok 1 - a' '1..2'
refuse "fewer tests than planned" "$tapsum" "$tap_dir/log"
log FAIL 'ok 1 - a' '1..1'
refuse "a program that failed after its tests" "$tapsum" "$tap_dir/log"
log TIMEOUT 'ok 1 - a' '1..1'
refuse "a program that hung" "$tapsum" "$tap_dir/log"
log OK 'ok 1 - a' 'Bail out!' '1..1'
refuse "a program that gave up" "$tapsum" "$tap_dir/log"

log OK 'no TAP at all'
says "1 passed, 0 failed, 0 skipped" "$tapsum" "$tap_dir/log"
log FAIL 'no TAP at all'
refuse "a failed program without TAP" "$tapsum" "$tap_dir/log"
log SKIP '1..0 # SKIP nothing to do'
says "0 passed, 0 failed, 1 skipped" "$tapsum" "$tap_dir/log"
refuse "a run in which nothing was tested" "$tapsum" "$tap_dir/log"

printf 'ok 1 - a\nok 2 - b # SKIP\n1..2\n' >"$tap_dir/a.tap"
says "1 passed, 0 failed, 1 skipped" "$tapsum" "$tap_dir/a.tap"
printf 'ok 1 - a\n' >"$tap_dir/a.tap"
refuse "TAP without its plan" "$tapsum" "$tap_dir/a.tap"
refuse "no TAP" "$tapsum" "$tap_dir/absent.tap"
refuse "no log" "$tapsum" "$tap_dir/absent"
log OK 'ok 1 - a' '1..1'
printf '{"name": "p"' >>"$tap_dir/log"
refuse "a log that is cut" "$tapsum" "$tap_dir/log"
tap_done
