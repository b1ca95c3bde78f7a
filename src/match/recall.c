/* SPDX-License-Identifier: EUPL-1.2 */
/* What texts of queries came to, remembered. */
#include "match/recall.h"

#include "base/out.h"
#include "match/own.h"

#define KEY_MAX 512

/* In the cache: this, the rows, the names. */
struct head {
    uint64_t most;
    uint32_t n;
    uint8_t required;
};
_Static_assert(sizeof(struct head) % _Alignof(struct text_row) == 0, "rows follow");

str recall_key(struct arena *a, const struct snapshot *s, const struct match_query *q)
{
    struct out o = out_new(a, KEY_MAX);
    uint64_t own = q->own ? own_number(q->own) : 0;
    uint64_t cities = q->n_cities;
    if (!q->text.n)
        return S("");
    out_bytes(&o, (const char *)&s->number, sizeof s->number);
    out_bytes(&o, (const char *)&own, sizeof own);
    out_bytes(&o, (const char *)&cities, sizeof cities);
    out_bytes(&o, (const char *)q->cities, q->n_cities * sizeof *q->cities);
    out_char(&o, q->want & MATCH_WANT_PREFIX ? 1 : 0);
    out_str(&o, q->text);
    return o.full ? S("") : out_text(&o);
}

const struct recall *recall_find(struct cache *c, struct arena *a, str key)
{
    struct cache_entry *e = c && key.n ? cache_get(c, key) : NULL;
    if (!e)
        return NULL;
    /* The arena must not unwind at its limit while the entry is held. */
    struct arena_hold hold = arena_hold(a);
    struct recall *r = NEW(a, struct recall);
    char *bytes = arena_room(a, e->value.n, 1);
    memcpy(bytes, e->value.p, e->value.n);
    str text = { bytes, e->value.n };
    cache_release(c, e);
    arena_release(a, hold);

    const struct head *h = (const void *)bytes;
    size_t rows = h->n * sizeof *r->rows.v;
    *r = (struct recall){ .most = h->most,
                          .required = h->required,
                          .names = str_slice(text, sizeof *h + rows, text.n),
                          .rows = { (const void *)(h + 1), h->n } };
    return r;
}

void recall_put(struct cache *c, str key, const struct recall *r)
{
    struct head h = { .most = r->most, .n = (uint32_t)r->rows.n, .required = r->required };
    str pieces[] = { { (const char *)&h, sizeof h },
                     { (const char *)r->rows.v, r->rows.n * sizeof *r->rows.v },
                     r->names };
    cache_put(c, key, pieces, sizeof pieces / sizeof *pieces);
}
