/* SPDX-License-Identifier: EUPL-1.2 */
/* From the JSON of ../shared to a table, from the table by an import into a town. */
#include "essen.h"

#include <stdio.h>

#include "base/test.h"
#include "base/vec.h"
#include "feature/exchange/exchange.h"
#include "web/csv.h"
#include "web/json_in.h"

#define FILE_NAME "../shared/data/volunteer_opportunities/essen_freinet_2026.json"

/* What the JSON calls it, and how it becomes Tandem's; categories are FREINET's. */
static const char *const columns[] = { "id", "name", "org", "description", "ort" };
#define MAPPING                                     \
    "source essen\n"                                \
    "tables freinet-categories\n"                   \
    "ref = id\n"                                    \
    "title = name | plain\n"                        \
    "organisation = org | plain\n"                  \
    "tasks_md = description | html\n"               \
    "place = ort\n"                                 \
    "postcode = postcode\n"                         \
    "fields = categories | values freinet-fields\n" \
    "suits = categories | values freinet-suits\n"   \
    "targets = targets | values freinet-targets\n"  \
    "derive keywords\n"

static str member(const struct json_in *offer, const char *name)
{
    return json_in_str(json_in_find(offer, str_from_c(name)));
}

/* The first five digits in a row. */
static str postcode(str address)
{
    size_t digits = 0;
    for (size_t i = 0; i < address.n; i++) {
        digits = address.p[i] >= '0' && address.p[i] <= '9' ? digits + 1 : 0;
        if (digits == 5)
            return str_slice(address, i - 4, i + 1);
    }
    return S("");
}

static str joined(const struct json_in *list)
{
    str all = S("");
    for (size_t i = 0; list && i < list->n; i++)
        all = str_fmt(&t_arena, "%.*s%s%.*s", STR_FMT(all), i ? ";" : "",
                      STR_FMT(json_in_str(&list->v[i])));
    return all;
}

static str table_of(const struct json_in *all)
{
    struct out o = out_new(&t_arena, 1u << 22);
    struct csv c = csv_new(&o);
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
        csv_str(&c, str_from_c(columns[k]));
    csv_str(&c, S("postcode"));
    csv_str(&c, S("categories"));
    csv_str(&c, S("targets"));
    csv_row_end(&c);
    for (size_t i = 0; i < all->n; i++) {
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
            csv_str(&c, member(&all->v[i], columns[k]));
        csv_str(&c, postcode(member(&all->v[i], "address")));
        csv_str(&c, joined(json_in_find(&all->v[i], S("categories"))));
        csv_str(&c, joined(json_in_find(&all->v[i], S("targets"))));
        csv_row_end(&c);
    }
    return out_text(&o);
}

static bool keep(void *ctx, const struct opp_full *row)
{
    struct essen *e = ctx;
    int64_t source = 0;
    if (str_to_i64(row->ref, &source))
        *vec_add(&t_arena, e) = (struct essen_offer){ source, row->id };
    return true;
}

static void list(struct product *p, int64_t town, struct essen *e)
{
    struct arena a;
    struct db db;
    arena_init(&a, 0);
    must(db_begin(p->app.store, &a, &db) == ERR_OK);
    opp_export(&db, &(struct opp_export_in){ .city = town, .state = S("published") }, keep, e);
    db_end(&db);
    arena_free(&a);
}

bool essen_import(struct product *p, int64_t town, struct essen *essen)
{
    str problem = S(""), text = test_read_file(test_path(FILE_NAME));
    const struct json_in *all = text.p ? json_in_parse(&t_arena, text, &problem) : NULL;
    if (!all)
        return false;
    struct import_report report = { 0 };
    str table = table_of(all);
    FILE *file = tmpfile();
    fwrite(table.p, 1, table.n, file);
    struct import_job job = { .app = &p->app, .city_id = town };
    job.source =
        (struct import_source){ file, str_slice(table, 0, IMPORT_HEAD), S(MAPPING), &t_arena };
    job.reader = import_reader_for(&job.source, S("opportunities"), S("map"));
    ok(job.reader && import_alone(&job, true, &report, &problem) == ERR_OK);
    fclose(file);
    *essen = (struct essen){ 0 };
    list(p, town, essen);
    eq_int(essen->n, all->n);
    return true;
}

int64_t essen_source(const struct essen *e, int64_t id)
{
    for (size_t i = 0; i < e->n; i++)
        if (e->v[i].id == id)
            return e->v[i].source;
    return 0;
}
