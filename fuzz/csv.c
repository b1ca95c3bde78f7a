/* SPDX-License-Identifier: EUPL-1.2 */
/* CSV of strangers: src/web/csv_in.c; and its way back through the writer, src/web/csv.c. */
#include "fuzz.h"

#include <stdio.h>

#include "base/err.h"
#include "base/utf8.h"
#include "web/csv.h"
#include "web/csv_in.h"

static void check_row(struct arena *a, const struct csv_in *in)
{
    struct out o = out_new(a, 0);
    struct csv c = csv_new(&o);
    must(in->n >= 1 && in->n <= CSV_IN_COLUMNS && in->line >= 1);
    for (size_t i = 0; i < in->n; i++) {
        must(utf8_valid(in->cells[i]));
        o.n = 0;
        c.started = false;
        csv_str(&c, in->cells[i]);
        str written = out_text(&o);
        must(!written.n || str_find_byte(S("=+-@\t\r\n"), written.p[0]) < 0);
        must(str_find_byte(written, '"') < 0 ||
             str_starts(written, S("\""))); /* quotes only within quotes */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a;
    FILE *file = n ? fmemopen((void *)(uintptr_t)bytes, n, "rb") : NULL;
    if (!file)
        return 0;
    arena_init(&a, 0);
    struct csv_in *in = csv_in_new(&a, file);
    int64_t line = 0;
    for (;;) {
        enum csv_in_result got = csv_in_next(in);
        if (got == CSV_IN_END || got == CSV_IN_BROKEN) {
            must((got == CSV_IN_BROKEN) == (in->problem.n > 0));
            break;
        }
        must(in->line > line); /* lines only grow */
        line = in->line;
        if (got == CSV_IN_ROW)
            check_row(&a, in);
    }
    csv_in_free(in);
    fclose(file);
    arena_free(&a);
    return 0;
}
