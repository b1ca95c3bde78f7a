#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Planted faults that tool/check/lengths.c must see, and their neighbours that are still good.
#
#     lengths_test.sh PATH-OF-LENGTHS
set -u
. "$(dirname "$0")/../../support/tap.sh"
program=$1
c=$tap_dir/a.c

printf '# a comment\n%s given\n' "$c" >"$tap_dir/callbacks"
# shellcheck disable=SC2317 # called through check and refuse
lengths()
{
    "$program" "$tap_dir/callbacks" "$@"
}

# repeat N TEXT: N lines of it.
repeat()
{
    i=0
    while [ $i -lt "$1" ]; do
        printf '%s\n' "$2"
        i=$((i + 1))
    done
}

# lines_of N: a function of N lines.
lines_of()
{
    printf 'static int f(int a)\n{\n'
    repeat $(($1 - 3)) '    a++;'
    printf '}\n'
}

lines_of 60 >"$c"
check "60 lines of function" lengths "$c"
{ printf '\n'; lines_of 61; } >"$c"
says "a.c:2: lines in the function: 61, at most 60" lengths "$c"
refuse "61 lines of function" lengths "$c"

repeat 800 '' >"$c"
check "800 lines of file" lengths "$c"
repeat 801 '' >"$c"
says "lines in the file: 801, at most 800" lengths "$c"

printf '/* %s */\n' "$(repeat 94 ä | tr -d '\n')" >"$c"
check "100 columns of two bytes each" lengths "$c"
printf '/* %s */\n' "$(repeat 95 ä | tr -d '\n')" >"$c"
says "a.c:1: columns: 101, at most 100" lengths "$c"
cp "$c" "$tap_dir/a.sql"
refuse "long lines in other languages too" lengths "$tap_dir/a.sql"

echo 'int f(int a, int (*b)(int, int), const char *c, ...) { return a; }' >"$c"
check "commas inside a parameter are no parameters" lengths "$c"
echo 'static int f(int a, int b, int c, int d, int e) { return a; }' >"$c"
says "a.c:1: parameters: 5, at most 4" lengths "$c"
echo 'static int f(const struct s *s, int a, int b, int c, int d) { return a; }' >"$c"
check "what a function works on is not counted" lengths "$c"
echo 'static int f(struct s *s, int a, int b, int c, int d, int e) { return a; }' >"$c"
says "a.c:1: parameters: 5, at most 4" lengths "$c"
echo 'static int given(int a, int b, int c, int d, int e) { return a; }' >"$c"
check "a library may prescribe parameters" lengths "$c"
echo '__attribute__((x(1, 2, 3, 4, 5))) int f(void) { return 0; }' >"$c"
check "an attribute has no parameters" lengths "$c"
echo 'static const int v[] = { f(1, 2, 3, 4, 5), { 6 } }; struct s { int a, b, c, d, e; };' >"$c"
check "tables and structs are no functions" lengths "$c"

# body TEXT: a function with this body.
body()
{
    printf 'static int f(int a)\n{\n%s\n}\n' "$1" >"$c"
}
# deep WHAT BODY: refused with the depth named.
deep()
{
    body "$2"
    refuse "$1" lengths "$c"
    says "nested control statements: 4, at most 3" lengths "$c"
}

body 'if (a) { for (;;) { while (a) { a--; } } }'
check "three deep" lengths "$c"
deep "four deep" 'if (a) { for (;;) { while (a) { if (a) a--; } } }'
deep "four deep without braces" 'if (a) for (;;) while (a) if (a) a--;'
deep "do, switch and else count" \
    'do { switch (a) { case 1: if (a) a--; else for (;;) ; } } while (a);'
deep "a macro that loops counts" 'if (a) { each (x, y) { while (a) { if (a) a--; } } }'
body 'if (a) a--; else if (a > 1) a--; else if (a > 2) a--; else if (a > 3) a--; else a = 0;'
check "a chain of else if is one deep" lengths "$c"
body 'struct p q = { .a = { { { { 1 } } } } }; switch (a) { case 1: case 2: if (a) { out: a--; } }'
check "initialisers and labels are not control" lengths "$c"
body '/* if (a) { if (a) { if (a) { if (a) { */ char *s = "{ if (a) {"; char d = 0x27; // {{
#if X
    if (a) {
#else
    if (!a) {
#endif
    }'
check "comments, literals and second branches are not code" lengths "$c"

refuse "a file that is not there" lengths "$tap_dir/absent.c"
refuse "no file at all" lengths
tap_done
