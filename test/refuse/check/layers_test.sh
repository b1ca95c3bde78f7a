#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Planted faults that tool/check/layers.c must see, and their neighbours that are still good.
#
#     layers_test.sh PATH-OF-LAYERS
set -u
. "$(dirname "$0")/../../support/tap.sh"
layers=$(realpath "$1")
cd "$tap_dir" || exit 1
mkdir -p src/base src/http src/db src/match src/web src/app src/feature/one src/feature/two other

printf '# a comment\nsqlite3.h src/db/sqlite.c\nlibxml/* src/web/xml.c\nstdio.h\n' >libraries.txt
printf '#include <sqlite3.h>\n' >src/db/sqlite.c
printf '#include <libxml/parser.h>\n' >src/web/xml.c

# file PATH LINE…: a file of these lines; then layers is asked about it and the two wrappers.
file()
{
    path=$1
    shift
    printf '%s\n' "$@" >"$path"
}
good()
{
    file "$@"
    check "$1: $2" "$layers" libraries.txt "$1" src/db/sqlite.c src/web/xml.c
}
bad()
{
    file "$@"
    refuse "$1: $2" "$layers" libraries.txt "$1" src/db/sqlite.c src/web/xml.c
    says "$1:1: " "$layers" libraries.txt "$1" src/db/sqlite.c src/web/xml.c
}

good src/base/a.c '#include "base/str.h"' '#include <stdio.h>'
bad src/base/a.c '#include "db/db.h"'
bad src/db/a.c '#include "http/http.h"'
bad src/http/a.c '#include "match/index.h"'
bad src/match/a.c '#include "web/rq.h"'
good src/web/a.c '#include "db/db.h"' '#include "match/index.h"' '#include "http/http.h"'
bad src/web/a.c '#include "feature/one/one.h"'
bad src/web/a.c '  #  include "app/config.h"'
good src/feature/one/a.c '#include "web/rq.h"' '#include "feature/one/one.sql.h"'
good src/feature/one/a.c '#include "feature/two/two.h"'
bad src/feature/one/a.c '#include "feature/two/two.sql.h"'
bad src/feature/one/a.c '#include "feature/two/one.h"'
bad src/feature/one/a.c '#include "app/config.h"'
good src/app/a.c '#include "feature/one/one.h"' '#include "one.text.h"'
bad src/db/a.c '#include "one.text.h"'
bad src/web/a.c '#include "../base/str.h"'
bad src/http/a.c '#include "client.h"'
good src/http/a_test.c '#include "client.h"'
bad src/feature/one/a.c '#include <sqlite3.h>'
bad src/feature/one/a.c '#include <libxml/tree.h>'
bad src/feature/one/a.c '#include <unheard.h>'
good src/feature/one/a_test.c '#include <sqlite3.h>'

file other/a.c '#include "base/str.h"'
refuse "a file outside of the layers" \
    "$layers" libraries.txt other/a.c src/db/sqlite.c src/web/xml.c
file src/web/xml.c '#include <stdio.h>'
says 'libraries.txt: src/web/xml.c does not include <libxml/*>' \
    "$layers" libraries.txt src/db/sqlite.c src/web/xml.c
refuse "no list" "$layers" absent.txt src/db/sqlite.c
tap_done
