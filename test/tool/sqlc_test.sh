#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What sqlc writes for a small feature, word by word (test/golden/sqlc), and when it writes.
#
#     sqlc_test.sh SQLC C-COMPILER SOURCE-FOLDER
#
# After a wanted change of the output: UPDATE=1 sqlc_test.sh … takes it over.
# shellcheck disable=SC2317 # functions are called by check and refuse
set -u
. "$(dirname "$0")/../support/tap.sh"
sqlc=$1
cc=$2
src=$3
golden=$(cd "$(dirname "$0")/../golden/sqlc" && pwd)
cp -r "$golden/shop" "$tap_dir/shop"
out=$tap_dir/out
mkdir "$out"

compile()
{
    "$sqlc" "$out" "$out/sql.d" shop="$tap_dir/shop"
}

same()
{
    [ -z "${UPDATE-}" ] || cp "$out/$1" "$golden/$1.txt"
    diff -u "$golden/$1.txt" "$out/$1"
}

# Compiles a file of the output as strictly as the project's own, a header as who includes it.
strict()
{
    # shellcheck disable=SC2086 # the compiler comes with its options
    echo "#include \"$1\"" |
        $cc -std=gnu17 -Wall -Wextra -Wconversion -Wshadow -Wwrite-strings -Wcast-qual -Werror \
            -I"$src" -I"$out" -include "$src/base/banned.h" -fsyntax-only -x c -
}

check "the feature compiles" compile
for file in shop.sql.h shop.sql.c shop.sql.web.h tables.h tables.c migrations.c; do
    check "$file is as before" same $file
done
for file in shop.sql.c shop.sql.web.h tables.c migrations.c; do
    check "$file is strict C" strict $file
done

has_source()
{
    grep -qF "$1" "$out/sql.d"
}
check "the depfile names the statements" has_source "$tap_dir/shop/shop.sql"
check "the depfile names the migrations" has_source "$tap_dir/shop/schema/001.sql"
check "the depfile names the folder, so that a new file is seen" has_source "$tap_dir/shop/schema "

touch -d '2001-01-01' "$out/shop.sql.h" "$out/shop.sql.c"
sed -i 's/cheapest first/cheapest of all first/' "$tap_dir/shop/shop.sql"
check "a changed comment compiles" compile
old="$out/shop.sql.c"
check "what would not change is left alone" [ "$(date -r "$old" +%Y)" = 2001 ]
check "what changes is written" [ "$(date -r "$out/shop.sql.h" +%Y)" != 2001 ]

cp "$out/shop.sql.c" "$tap_dir/before"
echo 'SELECT nonsense;' >>"$tap_dir/shop/shop.sql"
refuse "a problem ends with status 1" compile
check "and changes nothing" cmp "$tap_dir/before" "$out/shop.sql.c"
refuse "no feature is wrong usage" "$sqlc" "$out" "$out/sql.d"
says "usage: sqlc" "$sqlc"
tap_done
