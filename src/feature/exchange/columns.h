/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The columns of Tandem's own CSV that say what an offer or an organisation says: what a cell
 * holds, and where it goes. Reading is in offer_cells.c, writing in put_cells.c.
 */
#ifndef FEATURE_EXCHANGE_COLUMNS_H
#define FEATURE_EXCHANGE_COLUMNS_H

#include "web/vocab.h"

enum cell_type {
    CELL_TEXT,
    CELL_TITLE, /* one short line */
    CELL_CODE,  /* one of a vocabulary */
    CELL_BITS,  /* several of a vocabulary */
    CELL_LANGUAGES,
    CELL_INT,    /* not negative */
    CELL_TENTHS, /* "2.5" as 25 */
    CELL_YES,    /* yes, no */
    CELL_GIVEN,  /* text; "yes" is our short "ja", "no" is nothing */
    CELL_DAY,    /* ISO day, or "+30d" from today */
    CELL_LAT,
    CELL_LON
};

struct column {
    const char *name;
    enum cell_type type;
    size_t offset;
    const struct vocab *vocab;
};

/* Ended by a column without name. */
extern const struct column offer_columns[], organisation_columns[];

#endif
