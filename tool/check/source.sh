#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Runs layers, lengths and unused over the project and reports each in TAP.
#
#     tool/check/source.sh BUILD-FOLDER
#
# Files that git does not know yet are looked at too, ignored ones are not.
set -u
build=$(realpath "$1")
layers=$build/tool/check/layers
lengths=$build/tool/check/lengths
cd "$(dirname "$0")/../.." || exit 1
. test/support/tap.sh

files()
{
    git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do
        [ ! -e "$f" ] || echo "$f"
    done
}

# shellcheck disable=SC2046 # paths of this project have no spaces
check "includes follow the layers" "$layers" tool/check/libraries.txt $(files 'src/*.[ch]')
# shellcheck disable=SC2046
check "files, functions and lines are short" \
    "$lengths" tool/check/callbacks.txt \
    $(files 'src/*.[ch]' 'tool/*.[ch]' 'test/*.[ch]' 'bench/*.[ch]' 'fuzz/*.[ch]' \
        '*.sql' '*.sh' '*.mjs' '*/meson.build' Makefile)
# Only web/ turns text into markup and addresses; features ask it to (web/html.h, web/url.h, rq.h).
# shellcheck disable=SC2317 # called by check
none()
{
    ! grep -nE "$@"
}
# shellcheck disable=SC2046
check "features vouch for no markup and no address" \
    none '\((html|url)\) ?\{' $(files 'src/feature/*.c' 'src/feature/*.h' 'src/feature/*.html')
check "no text and no statement is unused" tool/check/unused.sh "$build"
tap_done
