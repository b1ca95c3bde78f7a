/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tables that somebody brings, whatever their rows become: an upload as CSV, a look into it, which
 * of our columns each of its columns is, reading it row by row. Offers go on from here to
 * mapping.h, other features have a table of targets of their own. The choice of columns is drawn by
 * exchange_assign (intake.html).
 */
#ifndef FEATURE_EXCHANGE_TABLE_H
#define FEATURE_EXCHANGE_TABLE_H

#include "feature/exchange/rows.h"
#include "feature/exchange/said.h"
#include "feature/exchange/sample.h"
#include "web/text.h"
#include "web/vocab.h"

/* Larger files are for the command. */
#define TABLE_MOST ((size_t)8 << 20)

/* The file of the field "file"; a workbook has become the CSV of its first sheet. */
struct table_upload {
    str name; /* without folders, for people to read */
    str bytes;
    str refused; /* why it cannot be taken, in the language of the page; else empty */
};
struct table_upload table_upload(struct rq *rq);
/* "340 KB"; the examples of a column, for the page. */
str table_size(const struct rq *rq, int64_t bytes);
str table_samples(struct rq *rq, const struct sample_column *c);

/* One of our columns that a person may choose. */
struct assign_target {
    const char *name;
    enum msg label;
    const char *how;           /* "plain", "html", …; NULL: as it is */
    const struct vocab *vocab; /* through a table of its labels and codes */
    const char *words;         /* folded names by which it is guessed, separated by commas */
    bool adds;                 /* several columns become paragraphs */
};

const struct assign_target *assign_find_in(const struct assign_target *table, str name);
/* What the names of the columns suggest, as many as there are columns: each target once, NULL for
 * none. */
const struct assign_target **assign_guess_in(struct arena *a, const struct sample *sample,
                                             const struct assign_target *table);

#endif
