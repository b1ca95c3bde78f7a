/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mappings: from the columns of somebody else's file to the columns of Tandem's own CSV.
 * A mapping is a text file; doc/import.md is its reference:
 *
 *     source nyc-service
 *     ref = opportunity_id
 *     title = title | plain
 *     tasks_md = summary | html
 *     fields = category_desc | values causes
 *     place = "New York"
 *     skip status unless approved
 *     derive keywords
 *
 *     table causes
 *     Education = education
 *     end
 *
 * A mapping belongs to one import: it counts what its tables do not know.
 */
#ifndef FEATURE_EXCHANGE_MAPPING_H
#define FEATURE_EXCHANGE_MAPPING_H

#include "base/arena.h"
#include "feature/exchange/cells.h"

/* A mapping file may be this long. */
#define MAPPING_BYTES 262144

struct mapping;

/* NULL with line and reason in *problem. The text must live as long as the mapping. */
struct mapping *mapping_parse(struct arena *a, str text, str *problem);

str mapping_source(const struct mapping *m);
/* The XML element that is a row; empty: the file is CSV. */
str mapping_record(const struct mapping *m);
/* The attribute in which the file announces how many rows it has; empty: none. */
str mapping_announced(const struct mapping *m);
/* Whether offers without fields, kinds or targets get them from their words. */
bool mapping_derives(const struct mapping *m);

/* The cell of a column of Tandem's CSV, made from the row; in the arena. */
str mapping_cell(struct mapping *m, struct arena *a, const struct cells *row, str target);
/* Why this row is to be left out; empty: it is not. */
str mapping_skips(const struct mapping *m, struct arena *a, const struct cells *row);

/* A column that the mapping needs and the file's header lacks; empty: it has all. */
str mapping_missing(const struct mapping *m, const struct cells *head);

/* For a form: the first target that this column goes to, the text that a target always gets. */
str mapping_target(const struct mapping *m, str column);
str mapping_constant(const struct mapping *m, str target);

/* What was looked up in a table in vain, each value once, with how often. */
struct mapping_miss {
    str table;
    str value;
    int64_t count;
};
struct mapping_misses {
    const struct mapping_miss *v;
    size_t n;
};
struct mapping_misses mapping_misses(const struct mapping *m);

#endif
