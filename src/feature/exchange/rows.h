/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Files as rows of cells: CSV with a header, XML with records. Constant memory: a row and
 * what is made of it in its arena live until the next one.
 */
#ifndef FEATURE_EXCHANGE_ROWS_H
#define FEATURE_EXCHANGE_ROWS_H

#include "feature/exchange/cells.h"
#include "feature/exchange/exchange.h"

struct rows {
    const char *record; /* name of the XML element that is a row; NULL: CSV */
    /*
     * Before the first row: the header's names, each the cell of itself; of XML the
     * attributes of the outermost element as "@name". May be NULL.
     */
    void (*head)(void *ctx, const struct cells *head);
    /* `scratch` is emptied after the call. */
    void (*each)(void *ctx, const struct cells *row, int64_t line);
    void *ctx;
    struct arena scratch;
};

/*
 * Reads the file to its end. Rows that cannot be understood are rejected in the sink.
 * ERR_INVALID with line and reason in *problem: the file is broken.
 */
MUST_CHECK enum err rows_read(const struct import_source *source, struct import_sink *sink,
                              struct rows *rows, str *problem);

#endif
