/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mappings: from the columns of somebody else's file to the columns of Tandem's own CSV.
 * A mapping is a text file (doc/import.md is its reference):
 *
 *     source nyc-service
 *     ref = opportunity_id
 *     title = title
 *     tasks_md = summary | html
 *     fields = category_desc | values causes
 *     place = "New York"
 *     skip status unless approved
 *     derive keywords
 *
 *     table causes
 *     Education = education
 *     end
 */
#ifndef FEATURE_EXCHANGE_MAPPING_H
#define FEATURE_EXCHANGE_MAPPING_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct mapping;

/* Where a row's cells come from: the columns of the file. */
struct cells {
    str (*find)(void *ctx, str column);
    void *ctx;
};

/* NULL with line and reason in *problem. The text must live as long as the mapping. */
const struct mapping *mapping_parse(struct arena *a, str text, str *problem);

str mapping_source(const struct mapping *m);
/* Whether offers without fields, kinds or targets get them from their words. */
bool mapping_derives(const struct mapping *m);
/* Whether the file's rows say on which day they were confirmed. */
bool mapping_has(const struct mapping *m, str target);
/* The cell of a column of Tandem's CSV, made from the row; in the arena. */
str mapping_cell(const struct mapping *m, struct arena *a, const struct cells *row, str target);
/* Why this row is to be left out; empty: it is not. */
str mapping_skips(const struct mapping *m, struct arena *a, const struct cells *row);

#endif
