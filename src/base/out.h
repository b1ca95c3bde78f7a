/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The one growing buffer. All output (pages, mails, files, SQL for tools) is written
 * through it. It lives in an arena, has an upper bound, and is sticky: once full it
 * ignores further writes and says so, so that a writer checks once, at the end.
 */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <string.h>

#include "base/str.h"

struct out {
    struct arena *arena;
    char *p;
    size_t n;
    size_t cap;
    size_t max;
    bool full;
};

#define OUT_MAX ((size_t)32 << 20)

struct out out_new(struct arena *a, size_t max);
/* Makes room for n more bytes at once, where a lot is to come. */
void out_reserve(struct out *o, size_t n);
/* For the functions below: room for n more bytes, or false, full for ever. */
bool out_grow(struct out *o, size_t n);

/* Whatever is full has no room left: cap is n from then on. */
static inline void out_bytes(struct out *o, const char *p, size_t n)
{
    if (!n || (n > o->cap - o->n && !out_grow(o, n)))
        return;
    memcpy(o->p + o->n, p, n);
    o->n += n;
}

static inline void out_str(struct out *o, str s)
{
    out_bytes(o, s.p, s.n);
}

static inline void out_char(struct out *o, char c)
{
    if (o->cap != o->n || out_grow(o, 1))
        o->p[o->n++] = c;
}

void out_u64(struct out *o, uint64_t v);
void out_i64(struct out *o, int64_t v);
/* Fixed number of decimals, '.' as point, no exponent: 3 -> "52.518". */
void out_f64(struct out *o, double v, int decimals);
void out_fmt(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What has been written so far; valid until the next write. */
str out_text(const struct out *o);

/* A literal, without counting it by hand. */
#define OUT(o, literal) out_bytes((o), "" literal, sizeof(literal) - 1)

#endif
