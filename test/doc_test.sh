#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# What the documents name exists: commands, addresses, settings. And asking for a table makes no
# file: `tandem routes` and its like open no database.
#
#     doc_test.sh TANDEM SOURCE-FOLDER
#
# The list of documents is meant to be split, functions are called through check, a ` is a `.
# shellcheck disable=SC2086,SC2317,SC2016
set -u
. "$(dirname "$0")/support/tap.sh"
tandem=$(realpath "$1")
cd "$2" || exit 1
docs=$(ls README.md README.de.md CONTRIBUTING.md SECURITY.md doc/*.md src/*/README.md \
    src/feature/*/README.md packaging/*.md 2>/dev/null)

# ---- commands: `tandem WORD…` in code

"$tandem" help | sed -n 's/^  \([a-z][a-z ]*[a-z]\).*/\1/p' >"$tap_dir/help"
# Of those with two words the first alone is no command.
grep -hoE '(^|`|/|sudo -u tandem |&& )tandem [a-z]+( [a-z]+)?' $docs | sed 's/.*tandem //' |
    sort -u >"$tap_dir/named"
is_command()
{
    first=${1%% *}
    grep -qxF -- "$1" "$tap_dir/help" || grep -qE "^$first( [A-Z[-]|$)" "$tap_dir/help" ||
        grep -qxF -- "$first" "$tap_dir/help"
}
[ "$(wc -l <"$tap_dir/named")" -gt 8 ] || echo "not ok - the documents name no commands"
while read -r name; do
    check "tandem $name is a command" is_command "$name"
done <"$tap_dir/named"
refuse "tandem city nowhere is none" is_command 'city nowhere'
refuse "tandem exports is none" is_command exports

# ---- addresses of towns and of the network

"$tandem" routes | awk '{ print $2 }' | sort -u >"$tap_dir/paths"
# add-a-page.md makes a page of its own, /stadtteile.
grep -hoE '(^|[` (])/(luebeck|lueneburg|bitburg|\{city\}|musterstadt)(/[a-z0-9{}._-]+)+' $docs |
    grep -oE '/.*' | grep -vE '/stadtteile|\.(csv|json|xlsx)$' |
    sed -E 's#^/[^/]+#/{city}#; s#/[0-9]+(/|$)#/{id}\1#g; s#[.]$##' | sort -u >"$tap_dir/addresses"
grep -hoE '`/(healthz|metrics|openapi|robots|sitemap|\.well-known)[a-z./-]*`' $docs | tr -d '`' |
    sort -u >>"$tap_dir/addresses"
is_route()
{
    grep -qxF -- "$1" "$tap_dir/paths"
}
[ -s "$tap_dir/addresses" ] || echo "not ok - the documents name no addresses"
while read -r address; do
    check "$address is an address" is_route "$address"
done <"$tap_dir/addresses"
refuse "an address that is none" is_route '/{city}/nirgends'

# ---- what doc/trust.md names as a place or a test

is_place()
{
    for base in '' src/ src/feature/; do
        for ending in '' .c _test.c; do
            # shellcheck disable=SC2086 # it may be a pattern
            ls -d $base$1$ending >"$tap_dir/place" 2>&1 && return 0
        done
    done
    grep -q "'$1'" test/meson.build test/*/meson.build
}
is_test()
{
    grep -rqE "TEST\($1\)" src test --include='*_test.c'
}
# Suites of compilers' refusals are made in a loop: refuse/sqlc.
grep -oE '`[^`]+`' doc/trust.md | tr -d '`' | grep -E '^[a-z*][a-z0-9_*.-]*(/[a-z0-9_*.-]+)+$' |
    sed 's,^refuse/types$,test/refuse/c,; s,^refuse/,test/refuse/,; s,^torture/web$,test/torture,' |
    sort -u >"$tap_dir/places"
grep -oE ' / [a-z_0-9]+(, [a-z_0-9]+)*' doc/trust.md | tr -d ' /' | tr ',' '\n' |
    sort -u >"$tap_dir/tests"
for list in places tests; do
    [ "$(wc -l <"$tap_dir/$list")" -gt 9 ] || echo "not ok - trust.md names no $list"
done
while read -r name; do
    check "$name of trust.md is there" is_place "$name"
done <"$tap_dir/places"
while read -r name; do
    check "the test $name of trust.md is there" is_test "$name"
done <"$tap_dir/tests"
refuse "web/nowhere.c is no place" is_place web/nowhere.c
refuse "nobody_tests_this is no test" is_test nobody_tests_this

# ---- settings

check "the packaged settings are known" \
    "$tandem" config --doc --config packaging/systemd/tandem.conf
printf 'no_such_setting = 1\n' >"$tap_dir/wrong.conf"
refuse "an unknown setting is refused" "$tandem" config --doc --config "$tap_dir/wrong.conf"

# ---- tables make no files

mkdir "$tap_dir/empty" && cd "$tap_dir/empty" || exit 1
for command in routes 'routes --json' openapi 'config --doc' version help; do
    # shellcheck disable=SC2086 # two words are two arguments
    check "tandem $command answers" "$tandem" $command
done
check "and none of them made a file" test -z "$(ls -A)"
tap_done
