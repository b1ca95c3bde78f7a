/* SPDX-License-Identifier: EUPL-1.2 */
/* Samples of a CSV file. */
#include "feature/exchange/sample.h"

#include <stdio.h>

#include "base/utf8.h"
#include "web/csv_in.h"

#define SAMPLE_ROWS       50
#define SAMPLE_CHARACTERS 60

static bool has_value(const struct sample_column *c, str value)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->values[i], value))
            return true;
    return false;
}

static void take_row(struct arena *a, struct csv_in *in, struct sample_column *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct sample_column *c = &columns[i];
        str value = csv_in_cell(in, csv_in_column(in, c->name));
        value = utf8_cut(value, SAMPLE_CHARACTERS);
        if (value.n && c->n < SAMPLE_VALUES && !has_value(c, value))
            c->values[c->n++] = str_copy(a, value);
    }
}

/* A mapping names columns, each on one line: so must they be. */
static bool usable(const struct csv_in *in, size_t i)
{
    str name = in->columns[i];
    return name.n && str_find_byte(name, '\n') < 0 && csv_in_column(in, name) == (int)i;
}

static struct sample look(struct arena *a, struct csv_in *in)
{
    struct sample_column *columns = NEW_ARRAY(a, CSV_IN_COLUMNS, struct sample_column);
    size_t n = 0;
    if (csv_in_header(in) != CSV_IN_ROW)
        return (struct sample){ 0 };
    for (size_t i = 0; i < in->column_count; i++)
        if (usable(in, i))
            columns[n++].name = str_copy(a, in->columns[i]);
    for (int i = 0; i < SAMPLE_ROWS; i++) {
        enum csv_in_result got = csv_in_next(in);
        if (got == CSV_IN_ROW)
            take_row(a, in, columns, n);
        else if (got != CSV_IN_BAD_ROW)
            break;
    }
    return (struct sample){ columns, n };
}

struct sample sample_of(struct arena *a, str bytes)
{
    FILE *file = bytes.n ? fmemopen((void *)(uintptr_t)bytes.p, bytes.n, "rb") : NULL;
    if (!file)
        return (struct sample){ 0 };
    struct arena_hold hold = arena_hold(a); /* the file must be closed */
    struct csv_in *in = csv_in_new(a, file);
    struct sample sample = look(a, in);
    csv_in_free(in);
    fclose(file);
    arena_release(a, hold);
    return sample;
}

static str head_cell(void *ctx, str name)
{
    const struct sample *sample = ctx;
    for (size_t i = 0; i < sample->n; i++)
        if (str_ieq(sample->v[i].name, name))
            return sample->v[i].name;
    return (str){ NULL, 0 };
}

struct cells sample_head(const struct sample *sample)
{
    return (struct cells){ head_cell, (void *)(uintptr_t)sample };
}
