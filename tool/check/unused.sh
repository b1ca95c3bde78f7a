#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
#
# What the compilers of declarations make and nobody uses: texts (their macros are never expanded,
# tests aside) and statements of SQL (their functions are never called).
#
#     tool/check/unused.sh BUILD-FOLDER
#
# The build folder has been built. Prints each, ends with status 1 where there is one.
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
run=$(mktemp -d "${TMPDIR:-/tmp}/tandem-unused.XXXXXX")
trap 'rm -rf "$run"' EXIT

# The macros of texts that one file of the program expands; `-dU` prints each when it is used.
expanded()
{
    cd "$build" && eval "$1 -E -dU" | sed -n 's/^#define \(MSG_[a-z_0-9]*\).*/\1/p'
}
export build
export -f expanded

ninja -C "$build" -t compdb | jq -r '.[] | select(.file | test("[.]c$"))
    | select((.file | test("_test[.]c$|/fuzz/|/bench/|/texts[.]c$")) | not)
    | select(.command | test(" -c ")) | .command | sub(" -MD .* -c "; " ")' >"$run/commands"
# shellcheck disable=SC2016 # the inner shell expands it
xargs -d '\n' -P 2 -n 1 bash -c 'expanded "$1"' _ <"$run/commands" >"$run/used"
# A text that is put into output at once has a function of its own.
find src "$build/src" -name '*.[ch]' ! -name '*_test.c' ! -name '*.text.h' ! -name texts.c -print0 |
    xargs -0 grep -hoE '\bt_[a-z_0-9]+' | sed 's/^t_/MSG_/' >>"$run/used"
sort -u -o "$run/used" "$run/used"
sed -n 's/^#define \(MSG_[a-z_0-9]*\).*/\1/p' "$build"/src/*.text.h | sort -u >"$run/made"
comm -23 "$run/made" "$run/used" >"$run/unused"

# A statement that somebody calls is an undefined symbol of one of the objects.
find "$build" -name '*.o' -print0 | xargs -0 nm -u |
    awk '{ print $2 }' | sort -u >"$run/called"
find src -name '*.sql' ! -path '*/schema/*' ! -path '*/sample/*' -print0 |
    xargs -0 sed -n 's/^-- name: \([a-z_0-9]*\).*/\1/p' | sort -u >"$run/statements"
comm -23 "$run/statements" "$run/called" >>"$run/unused"
cat "$run/unused"
[ ! -s "$run/unused" ]
