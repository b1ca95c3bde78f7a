/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading the offers of ../shared: a CSV file of Hamburg (2018), a JSON file of Essen (2026). */
#include "offers.h"

#include <stdio.h>

#include "base/out.h"
#include "base/test.h"
#include "base/vec.h"
#include "web/csv_in.h"
#include "web/json_in.h"

#define HAMBURG 1
#define ESSEN   2
#define FOLDER  "../shared/data/volunteer_opportunities/"

/* Tags become blanks, the few entities that occur letters. */
static str plain(struct arena *a, str markup)
{
    static const struct {
        str entity, text;
    } entities[] = { { STR_INIT("&amp;"), STR_INIT("&") },  { STR_INIT("&nbsp;"), STR_INIT(" ") },
                     { STR_INIT("&auml;"), STR_INIT("ä") }, { STR_INIT("&ouml;"), STR_INIT("ö") },
                     { STR_INIT("&uuml;"), STR_INIT("ü") }, { STR_INIT("&szlig;"), STR_INIT("ß") },
                     { STR_INIT("&Auml;"), STR_INIT("Ä") }, { STR_INIT("&Ouml;"), STR_INIT("Ö") },
                     { STR_INIT("&Uuml;"), STR_INIT("Ü") }, { STR_INIT("&quot;"), STR_INIT(" ") } };
    struct out o = out_new(a, markup.n + 16);
    bool tag = false;
    for (size_t i = 0; i < markup.n; i++) {
        str rest = str_slice(markup, i, markup.n);
        tag = (tag || markup.p[i] == '<') && markup.p[i] != '>';
        size_t k = 0, n = sizeof entities / sizeof *entities;
        while (markup.p[i] == '&' && k < n && !str_starts(rest, entities[k].entity))
            k++;
        if (markup.p[i] == '&' && k < n) {
            out_str(&o, entities[k].text);
            i += entities[k].entity.n - 1;
        } else if (!tag) {
            out_char(&o, markup.p[i] == '>' ? ' ' : markup.p[i]);
        }
    }
    return out_text(&o);
}

static int64_t number(str s)
{
    int64_t n = 0;
    return str_to_i64(s, &n) ? n : 0;
}

static bool read_hamburg(struct arena *a, struct offers *offers)
{
    FILE *f = fopen(test_path(FOLDER "hamburg_freinet_2018.csv"), "rb");
    if (!f)
        return false;
    struct csv_in *in = csv_in_new(a, f);
    if (csv_in_header(in) == CSV_IN_ROW) {
        int id = csv_in_column(in, S("_angebotsId")), title = csv_in_column(in, S("angebotsname"));
        int body = csv_in_column(in, S("beschreibung"));
        int org = csv_in_column(in, S("einrichtungsname"));
        while (csv_in_next(in) == CSV_IN_ROW) {
            *vec_add(a, offers) =
                (struct match_offer){ .id = number(csv_in_cell(in, id)),
                                      .city = HAMBURG,
                                      .text[MATCH_TITLE] = str_copy(a, csv_in_cell(in, title)),
                                      .text[MATCH_BODY] = plain(a, csv_in_cell(in, body)),
                                      .text[MATCH_ORG_NAME] = str_copy(a, csv_in_cell(in, org)) };
        }
    }
    csv_in_free(in);
    fclose(f);
    return true;
}

static str joined(struct arena *a, const struct json_in *list)
{
    str all = S("");
    for (size_t i = 0; list && i < list->n; i++)
        all = str_fmt(a, "%.*s %.*s", STR_FMT(all), STR_FMT(json_in_str(&list->v[i])));
    return all;
}

static str member(const struct json_in *offer, str name)
{
    return json_in_str(json_in_find(offer, name));
}

static bool read_essen(struct arena *a, struct offers *offers)
{
    const char *path = test_path(FOLDER "essen_freinet_2026.json");
    str problem, text = test_read_file(path);
    const struct json_in *all = text.p ? json_in_parse(a, text, &problem) : NULL;
    for (size_t i = 0; all && i < all->n; i++) {
        const struct json_in *x = &all->v[i];
        str keywords = str_join(a, joined(a, json_in_find(x, S("categories"))),
                                joined(a, json_in_find(x, S("targets"))));
        *vec_add(a, offers) =
            (struct match_offer){ .id = number(member(x, S("id"))),
                                  .city = ESSEN,
                                  .text[MATCH_TITLE] = member(x, S("name")),
                                  .text[MATCH_KEYWORDS] = keywords,
                                  .text[MATCH_BODY] = plain(a, member(x, S("description"))),
                                  .text[MATCH_ORG_NAME] = member(x, S("org")) };
    }
    return all != NULL;
}

bool offers_read(struct arena *a, struct offers *offers)
{
    *offers = (struct offers){ 0 };
    return read_hamburg(a, offers) && read_essen(a, offers);
}
