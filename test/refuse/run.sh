#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# What a compiler refuses, and with which words. A case is a file or a folder of files that the
# tool gets together. A line in them says what must be reported for the line below it:
#
#     refuse: words of the message        (several such lines may follow each other)
#
# The tool must report exactly these lines, end with status 1 and write nothing. A case without
# such a line must be accepted: it shows what is allowed. `refuse-file: words` is for a message
# about the whole file, `refuse-tool: words` for one that names no file.
#
#     run.sh KIND TOOL CASE…
#
# KIND is tmplc, msgc, assetc, sqlc, or c: then TOOL is the C compiler with its options, cases are C
# files and templates (compiled by $TMPLC first), and what must not compile stands between
# #ifdef REFUSED and #endif in a C file: without it the file must compile.
# shellcheck disable=SC2317 # functions are called by check
set -u
. "$(dirname "$0")/../support/tap.sh"
kind=$1
tool=$2
shift 2

# The files of a case, in the order in which the tool gets them.
files_of()
{
    if [ -d "$1" ]; then find "$1" -type f | sort; else echo "$1"; fi
}

# FILE:LINE: WORDS, one per line, for all files of a case.
expected()
{
    awk -v kind="$kind" '
        FNR == 1 { n = 0 }
        /refuse-file: / {
            sub(/.*refuse-file: /, ""); sub(/ *(-->|\*\/)$/, "")
            print FILENAME ": " $0
            next
        }
        /refuse-tool: / {
            sub(/.*refuse-tool: /, ""); sub(/ *(-->|\*\/)$/, "")
            print kind ": " $0
            next
        }
        /refuse: / {
            sub(/.*refuse: /, ""); sub(/ *(-->|\*\/)$/, "")
            words[n++] = $0
            next
        }
        {
            for (i = 0; i < n; i++) print FILENAME ":" FNR ": " words[i]
            n = 0
        }' "$@"
}

compile()
{
    case $kind in
    tmplc) "$tool" "$out/x.html.h" "$out/x.html.c" "$@" ;;
    msgc) "$tool" "$out" "$@" ;;
    assetc)
        names=
        for f in "$@"; do
            names="$names $(basename "$f"):1"
        done
        # shellcheck disable=SC2086 # names have no blanks
        "$tool" "$out/assets.h" "$out/assets.c" $names -- "$@"
        ;;
    sqlc)
        # shellcheck disable=SC2046 # paths of this project have no blanks
        "$tool" "$out" "$out/sql.d" $(features_of "$case")
        ;;
    c) compile_c -DREFUSED "$1" >"$tap_dir/c" 2>&1; c_status=$?
        errors "$1" <"$tap_dir/c" >&2
        [ $c_status -le 1 ] && return $c_status ;;
    esac
}

# sqlc gets features as NAME=FOLDER: the folders of a case, or x.sql with the schema beside it.
features_of()
{
    if [ -d "$1" ]; then
        for folder in "$1"/*; do
            echo "$(basename "$folder")=$folder"
        done
    else
        echo "$(basename "$1" .sql)=$(dirname "$1")"
    fi
}

# compile_c OPTION FILE
compile_c()
{
    file=$2
    case $2 in
    *.html)
        "$TMPLC" "$tap_dir/x.html.h" "$tap_dir/x.html.c" "$2" || return 2
        file=$tap_dir/x.html.c
        ;;
    esac
    # shellcheck disable=SC2086 # the compiler comes with its options
    $tool -fsyntax-only "$1" "$file"
}

# The compiler's errors in a file, as FILE:LINE: WORDS; the first of each line.
errors()
{
    sed -n -E 's/^([^: ]+:[0-9]+):[0-9]+: error: /\1: /p' | awk -F: '!seen[$1 ":" $2]++'
}

# Each expected message once, and no other.
same_messages()
{
    same=0
    while IFS= read -r line; do
        words=${line#*: }
        grep -F -- "${line%%: *}: " "$tap_dir/said" | grep -qF -- "$words" ||
            { echo "not said: $line"; same=1; }
    done <"$tap_dir/wanted"
    [ "$(wc -l <"$tap_dir/wanted")" = "$(wc -l <"$tap_dir/said")" ] || same=1
    [ "$same" = 0 ] || { echo "said:"; cat "$tap_dir/said"; }
    return "$same"
}

refused()
{
    [ "$status" = 1 ] && [ -z "$(ls -A "$out")" ]
}

out=$tap_dir/out
for case in "$@"; do
    name=$(basename "$case")
    rm -rf "$out"
    mkdir "$out"
    # shellcheck disable=SC2046 # paths have no blanks
    set -- $(files_of "$case")
    expected "$@" >"$tap_dir/wanted"
    status=0
    compile "$@" 2>"$tap_dir/said" || status=$?
    : >"$tap_out"
    check "$kind $name: every message, no other" same_messages
    if [ -s "$tap_dir/wanted" ]; then
        check "$kind $name: refused, nothing is written" refused
    else
        check "$kind $name: accepted" [ $status = 0 ]
    fi
    case $name in
    *.c) check "$kind $name: compiles without" compile_c -UREFUSED "$1" ;;
    esac
done
tap_done
