/* SPDX-License-Identifier: EUPL-1.2 */
/* HTML of strangers: src/web/unhtml.c, md.c; and shown again by markdown.c. */
#include "fuzz.h"

#include "base/arena.h"
#include "markup.h"
#include "web/markdown.h"
#include "web/unhtml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a;
    arena_init(&a, 0);
    str md = html_to_markdown(&a, (str){ (const char *)bytes, n });
    must(utf8_valid(md));
    must(str_find(md, S("\n\n\n")) < 0 && str_find_byte(md, '\r') < 0);
    must(md.n == 0 || (md.p[0] != '\n' && md.p[md.n - 1] != '\n'));
    markup_check(markdown(&a, md, 2).s);
    arena_free(&a);
    return 0;
}
