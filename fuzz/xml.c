/* SPDX-License-Identifier: EUPL-1.2 */
/* XML of strangers: src/web/xml_in.c. */
#include "fuzz.h"

#include "base/err.h"
#include "base/utf8.h"
#include "web/xml_in.h"

static void check_record(void *ctx, const struct xml_record *record)
{
    (void)ctx;
    must(record->line >= 1 && record->n <= XML_IN_FIELDS);
    for (size_t i = 0; i < record->n; i++) {
        must(record->v[i].name.n > 0);
        must(utf8_valid(record->v[i].text));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a;
    str problem = S("");
    struct xml_in in = { .record = "a", .each = check_record, .root = check_record };
    FILE *file = n ? fmemopen((void *)(uintptr_t)bytes, n, "rb") : NULL;
    if (!file)
        return 0;
    arena_init(&a, 0);
    enum err e = xml_in_read(&a, file, &in, &problem);
    must((e == ERR_OK) == (problem.n == 0));
    /* Without a type declaration there are no entities; with one there is no reading. */
    must(e != ERR_OK || !str_starts((str){ (const char *)bytes, n }, S("<!DOCTYPE")));
    fclose(file);
    arena_free(&a);
    return 0;
}
