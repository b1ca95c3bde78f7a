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

bool out_grow(struct out *o, size_t n)
{
    if (o->full || n > o->max - o->n) {
        o->full = true;
        o->cap = o->n;
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

void out_reserve(struct out *o, size_t n)
{
    if (!o->full && n > o->cap - o->n && n <= o->max - o->n)
        out_grow(o, n);
}

static void put_number(struct out *o, uint64_t u, bool minus)
{
    char digits[24];
    size_t at = sizeof digits;
    for (; u >= 100; u /= 100) {
        uint64_t two = u % 100;
        digits[--at] = (char)('0' + two % 10);
        digits[--at] = (char)('0' + two / 10);
    }
    if (u >= 10)
        digits[--at] = (char)('0' + u % 10);
    digits[--at] = (char)('0' + (u >= 10 ? u / 10 : u));
    if (minus)
        digits[--at] = '-';
    out_bytes(o, digits + at, sizeof digits - at);
}

void out_u64(struct out *o, uint64_t v)
{
    put_number(o, v, false);
}

void out_i64(struct out *o, int64_t v)
{
    put_number(o, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, v < 0);
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
    size_t left = o->cap - o->n;
    int n = vsnprintf(left ? o->p + o->n : NULL, left, fmt, args);
    va_end(args);
    must(n >= 0);
    if ((size_t)n < left) {
        o->n += (size_t)n;
    } else if ((size_t)n + 1 <= left || out_grow(o, (size_t)n + 1)) {
        vsnprintf(o->p + o->n, (size_t)n + 1, fmt, again);
        o->n += (size_t)n;
    }
    va_end(again);
}

str out_text(const struct out *o)
{
    return o->n ? (str){ o->p, o->n } : S("");
}
