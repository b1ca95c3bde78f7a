/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows as JSON and as cells, column by column. */
#include "web/row.h"

#include <string.h>

#include "base/clock.h"
#include "base/err.h"

/* Of coordinates, shares, prices: nothing that Tandem stores needs more. */
#define DECIMALS 6

struct db_value row_value(const struct db_row_type *type, const void *row, unsigned i)
{
    static const size_t value_at[] = { [DB_INT] = offsetof(opt_int, v),
                                       [DB_REAL] = offsetof(opt_real, v),
                                       [DB_TEXT] = offsetof(opt_str, v),
                                       [DB_BLOB] = offsetof(opt_str, v),
                                       [DB_SEALED] = offsetof(opt_str, v) };
    must(i < type->count);
    const struct db_column *c = &type->columns[i];
    const char *at = (const char *)row + c->offset;
    struct db_value v = { .type = c->type };
    if (c->optional) {
        bool has = false;
        memcpy(&has, at, sizeof has);
        v.null = !has;
        at += value_at[c->type];
    }
    if (db_is_text(c->type))
        memcpy(&v.s, at, sizeof v.s);
    else
        memcpy(&v.i, at, sizeof v.i); /* or v.r: as wide */
    return v;
}

static bool is_id(str name)
{
    return str_eq(name, S("id")) || str_ends(name, S("_id"));
}

static void put_member(struct json *j, str name, struct db_value v)
{
    must(v.type != DB_BLOB && v.type != DB_SEALED);
    json_key(j, name);
    if (v.null)
        json_null(j);
    else if (v.type == DB_INT && is_id(name))
        json_str(j, str_fmt(j->out->arena, "%lld", (long long)v.i));
    else if (v.type == DB_INT)
        json_int(j, v.i);
    else if (v.type == DB_REAL)
        json_real(j, v.r, DECIMALS);
    else
        json_str(j, v.s);
}

void row_json(struct json *j, const struct db_row_type *type, const void *row)
{
    json_object(j);
    for (unsigned i = 0; i < type->count; i++)
        put_member(j, str_from_c(type->columns[i].name), row_value(type, row, i));
    json_object_end(j);
}

/* "2026-11-22 15:04"; nothing for 0, which means never. */
static str instant_cell(struct arena *a, int64_t instant)
{
    if (!instant)
        return S("");
    struct local_time t = clock_local(instant);
    return str_fmt(a, "%.*s %02d:%02d", STR_FMT(day_iso(a, t.day)), t.hour, t.minute);
}

str row_cell(struct arena *a, const struct db_row_type *type, const void *row, unsigned i)
{
    struct db_value v = row_value(type, row, i);
    must(v.type != DB_BLOB && v.type != DB_SEALED);
    if (v.null)
        return S("");
    if (v.type == DB_INT && str_ends(str_from_c(type->columns[i].name), S("_at")))
        return instant_cell(a, v.i);
    if (v.type == DB_INT)
        return str_fmt(a, "%lld", (long long)v.i);
    if (v.type == DB_REAL)
        return str_fmt(a, "%.*f", DECIMALS, v.r);
    return v.s;
}
