/* SPDX-License-Identifier: EUPL-1.2 */
/* The growing, bounded, sticky buffer. */
#include "base/out.h"

#include <stdarg.h>

#include "base/arena.h"
#include "base/err.h"

#define FIRST_CAP 1024

struct out out_new(struct arena *a, size_t max)
{
    return (struct out){ .arena = a, .max = max ? max : OUT_MAX };
}

/* Makes room for n more bytes; false, and full from now on, where the bound is reached. */
static bool grow(struct out *o, size_t n)
{
    if (n > o->max - o->n) {
        o->full = true;
        return false;
    }
    size_t cap = o->cap ? o->cap : FIRST_CAP;
    while (cap - o->n < n)
        cap *= 2;
    cap = cap < o->max ? cap : o->max;
    if (o->p && arena_extend(o->arena, o->p, o->cap, cap)) {
        o->cap = cap;
        return true;
    }
    char *p = arena_bytes(o->arena, cap);
    if (o->p)
        memcpy(p, o->p, o->n);
    o->p = p;
    o->cap = cap;
    return true;
}

static inline bool room(struct out *o, size_t n)
{
    return !o->full && (n <= o->cap - o->n || grow(o, n));
}

void out_bytes(struct out *o, const char *p, size_t n)
{
    if (!n || !room(o, n))
        return;
    memcpy(o->p + o->n, p, n);
    o->n += n;
}

void out_str(struct out *o, str s)
{
    out_bytes(o, s.p, s.n);
}

void out_char(struct out *o, char c)
{
    if (room(o, 1))
        o->p[o->n++] = c;
}

void out_i64(struct out *o, int64_t v)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        digits[--at] = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    if (v < 0)
        digits[--at] = '-';
    out_bytes(o, digits + at, sizeof digits - at);
}

void out_f64(struct out *o, double v, int decimals)
{
    must(decimals >= 0 && decimals <= 9);
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    if (!(v > -9e8 && v < 9e8)) {
        OUT(o, "0");
        return;
    }
    int64_t scaled = (int64_t)(v * (double)scale + (v < 0 ? -0.5 : 0.5));
    if (scaled < 0)
        out_char(o, '-');
    uint64_t u = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    out_i64(o, (int64_t)(u / (uint64_t)scale));
    if (!decimals)
        return;
    out_char(o, '.');
    for (int64_t place = scale / 10; place; place /= 10)
        out_char(o, (char)('0' + u / (uint64_t)place % 10));
}

void out_fmt(struct out *o, const char *fmt, ...)
{
    va_list args;
    va_list again;
    va_start(args, fmt);
    va_copy(again, args);
    size_t left = o->full ? 0 : o->cap - o->n;
    int n = vsnprintf(left ? o->p + o->n : NULL, left, fmt, args);
    va_end(args);
    must(n >= 0);
    if ((size_t)n < left) {
        o->n += (size_t)n;
    } else if (room(o, (size_t)n + 1)) {
        vsnprintf(o->p + o->n, (size_t)n + 1, fmt, again);
        o->n += (size_t)n;
    }
    va_end(again);
}

str out_text(const struct out *o)
{
    return o->n ? (str){ o->p, o->n } : S("");
}
