/* SPDX-License-Identifier: EUPL-1.2 */
/* Workbooks of strangers: src/web/xlsx_in.c, with the ZIP and the XML below it. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/err.h"
#include "web/xlsx_in.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a;
    str csv = S("");
    str problem = S("");
    arena_init(&a, 0);
    enum err e = xlsx_in_csv(&a, (str){ (const char *)bytes, n }, &csv, &problem);
    must((e == ERR_OK) == (problem.n == 0));
    must(csv.n <= XLSX_IN_CSV);
    arena_free(&a);
    return 0;
}
