/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Files as rows of cells: CSV with a header, XML with records. Constant memory: a row and
 * what is made of it in its arena live until the next one.
 */
#ifndef FEATURE_EXCHANGE_ROWS_H
#define FEATURE_EXCHANGE_ROWS_H

#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "feature/exchange/cells.h"

struct rows {
    const char *record; /* name of the XML element that is a row; NULL: CSV */
    /*
     * Before the first row: the header's names, each the cell of itself; of XML the
     * attributes of the outermost element as "@name". May be NULL.
     */
    void (*head)(void *ctx, const struct cells *head);
    /* `scratch` is emptied after the call. */
    void (*each)(void *ctx, const struct cells *row, int64_t line);
    /* A row that cannot be understood; something worth knowing that refuses nothing. */
    void (*reject)(void *ctx, int64_t line, str reason);
    void (*note)(void *ctx, int64_t line, str text);
    void *ctx;
    struct arena scratch;
};

/*
 * Reads the file to its end; `a` lives longer than it. ERR_INVALID with line and reason in
 * *problem (English, import_said): the file is broken.
 */
MUST_CHECK enum err rows_read(struct arena *a, FILE *file, struct rows *rows, str *problem);

#endif
