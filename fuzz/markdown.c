/* SPDX-License-Identifier: EUPL-1.2 */
/* Markdown of strangers: src/web/markdown.c. */
#include "fuzz.h"

#include "base/arena.h"
#include "markup.h"
#include "web/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    str s = { (const char *)bytes, n };
    struct arena a;
    arena_init(&a, 0);
    markup_check(markdown(&a, s, 2).s);
    must(utf8_valid(markdown_plain(&a, s)));
    str summary = markdown_summary(&a, s, 80);
    must(utf8_valid(summary) && utf8_count(summary) <= 80);
    arena_free(&a);
    return 0;
}
