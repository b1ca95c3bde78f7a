/* SPDX-License-Identifier: EUPL-1.2 */
/* Tandem's own index, as the pages use it. */
#include "engine.h"

struct tandem {
    struct arena *arena;
    struct match *match;
};

static void *tandem_open(struct arena *a, const struct offers *offers)
{
    struct match_words words = match_words_default();
    struct tandem *t = NEW(a, struct tandem);
    *t = (struct tandem){ a, match_new(&words) };
    struct match_load *l = match_load_new(t->match);
    for (size_t i = 0; i < offers->n; i++)
        match_load_add(l, &offers->v[i]);
    match_load_end(l);
    return t;
}

static void tandem_ask(void *self, const struct query *q, struct answer *got)
{
    struct tandem *t = self;
    struct match_query query = { .text = q->text,
                                 .limit = JUDGE_TOP,
                                 .want = q->typing ? MATCH_WANT_PREFIX : 0 };
    const struct match_result *r = match_search(t->match, t->arena, &query);
    *got = (struct answer){ .n = r->n, .total = r->total };
    for (size_t i = 0; i < r->n; i++)
        got->ids[i] = r->hits[i].id;
}

static void tandem_close(void *self)
{
    struct tandem *t = self;
    match_free(t->match);
}

const struct engine engine_tandem = { "Tandem", "unseen Tandem", tandem_open, tandem_ask,
                                      tandem_close };
