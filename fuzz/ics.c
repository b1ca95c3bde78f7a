/* SPDX-License-Identifier: EUPL-1.2 */
/* Calendars of strangers: src/web/ics_in.c, and the rules in them: src/web/recur.c. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/utf8.h"
#include "web/ics_in.h"

#define MOST 50

static void check_instance(const struct ics_instance *x, const struct ics_window *window)
{
    must(x->begins <= x->ends);
    must(x->begins < window->to && x->ends >= window->from);
    must(utf8_valid(x->item->summary) && utf8_valid(x->item->description));
    must(!x->of->replaces);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a;
    struct ics_in in;
    struct ics_instances found = { 0 };
    str problem = S("");
    struct ics_window window = { .from = 0, .to = INT64_C(4102444800), .most = MOST };
    arena_init(&a, 0);
    enum err e = ics_in_read(&a, (str){ (const char *)bytes, n }, &in, &problem);
    must((e == ERR_OK) == (problem.n == 0));
    must(e == ERR_OK || str_starts(problem, S("line ")));
    if (e == ERR_OK)
        ics_in_expand(&a, &in, &window, &found);
    must(found.n <= MOST);
    for (size_t i = 0; i < found.n; i++)
        check_instance(&found.v[i], &window);
    arena_free(&a);
    return 0;
}
