/* SPDX-License-Identifier: EUPL-1.2 */
/* One row of a file as cells with names, whatever the file is made of. */
#ifndef FEATURE_EXCHANGE_CELLS_H
#define FEATURE_EXCHANGE_CELLS_H

#include "base/str.h"

struct cells {
    /* The trimmed text of a cell; {NULL, 0} when the row has no such cell. */
    str (*find)(void *ctx, str name);
    void *ctx;
};

static inline str cell_of(const struct cells *row, str name)
{
    return row->find(row->ctx, name);
}

#endif
