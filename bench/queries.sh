#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Addresses of the list of offers with varied questions (words, field, place, page), a line each:
#
#     bench/queries.sh TOWN [COUNT]
#
# Always the same ones. No two are alike, so that with more of them than the page cache holds
# pages every answer is made anew.
set -eu
town=$1
count=${2:-4000}

awk -v town="$town" -v count="$count" '
function pick(list, n) {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return list[int(seed / 65536) % n + 1]
}
BEGIN {
    seed = 1
    words = split("vorlesen kinder senioren garten nachhilfe fahrdienst deutsch begleitung tiere " \
                  "besuchen kochen musik sport computer museum hospiz betreuung jugendliche " \
                  "familie demenz einkaufen verkauf lernen spielen beratung umwelt theater",
                  word, " ")
    fields = split("children_youth education mentoring ageing disability_inclusion culture sport " \
                   "migration_diversity environment_animals", field, " ")
    places = split("20095 22765 21073 20253 22087 21031 22303 22523", place, " ")
    radii = split("5 10 25", radius, " ")
    sorts = split("fit new", sort, " ")
    while (made < count) {
        q = "page=" int(made / 400) % 3 + 1
        kind = made % 4
        if (kind != 3)
            q = q "&q=" pick(word, words) (kind == 1 ? "+" pick(word, words) : "")
        if (kind == 2 || kind == 3)
            q = q "&near=" pick(place, places) "&radius=" pick(radius, radii)
        if (kind == 0 || kind == 3)
            q = q "&field=" pick(field, fields) "&field=" pick(field, fields)
        q = q "&sort=" pick(sort, sorts)
        # What is asked twice gets a number that the page ignores.
        if (seen[q]++)
            q = q "&n=" seen[q]
        print "/" town "/angebote?" q
        made++
    }
}' </dev/null
