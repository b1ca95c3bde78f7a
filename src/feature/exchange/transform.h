/* SPDX-License-Identifier: EUPL-1.2 */
/* What a mapping may do to the text of a cell, but for tables of values. */
#ifndef FEATURE_EXCHANGE_TRANSFORM_H
#define FEATURE_EXCHANGE_TRANSFORM_H

#include "base/str.h"

enum transform {
    TRANSFORM_NONE,
    TRANSFORM_HTML,      /* HTML or plain text to Markdown */
    TRANSFORM_PLAIN,     /* HTML or plain text to one line of plain text */
    TRANSFORM_DATE,      /* a day in one of many forms to an ISO day */
    TRANSFORM_DECIMAL,   /* decimal comma or point; 0 and what is no number become empty */
    TRANSFORM_LINE,      /* the line with this number, from 1 */
    TRANSFORM_LATITUDE,  /* the first number of "(40.72, -73.99)" */
    TRANSFORM_LONGITUDE, /* the second */
    TRANSFORM_VALUES     /* through a table; mapping.c does it */
};

/* False when there is no transformation of that name. */
bool transform_find(str name, enum transform *transform);
/* Whether its argument is what it needs: a number of a line, an order of day and month. */
bool transform_takes(enum transform transform, str argument);
str transform_text(struct arena *a, enum transform transform, str argument, str text);

#endif
