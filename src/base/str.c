/* SPDX-License-Identifier: EUPL-1.2 */
/* Slices: comparing, cutting, formatting, numbers. */
#include "base/str.h"

#include <stdarg.h>

#include "base/arena.h"
#include "base/err.h"

str str_from_c(const char *c)
{
    return c ? (str){ c, strlen(c) } : S("");
}

char *str_to_c(struct arena *a, str s)
{
    char *c = arena_bytes(a, s.n + 1);
    if (s.n)
        memcpy(c, s.p, s.n);
    c[s.n] = '\0';
    return c;
}

str str_copy(struct arena *a, str s)
{
    if (!s.n)
        return S("");
    char *c = arena_bytes(a, s.n);
    memcpy(c, s.p, s.n);
    return (str){ c, s.n };
}

str str_fmt(struct arena *a, const char *fmt, ...)
{
    char first[256]; /* most texts fit, and need no second formatting */
    va_list args;
    va_list again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(first, sizeof first, fmt, args);
    va_end(args);
    must(n >= 0);
    char *p = arena_bytes(a, (size_t)n + 1);
    if ((size_t)n < sizeof first)
        memcpy(p, first, (size_t)n + 1);
    else
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (str){ p, (size_t)n };
}

str str_join(struct arena *a, str left, str right)
{
    char *p = arena_bytes(a, left.n + right.n);
    if (left.n)
        memcpy(p, left.p, left.n);
    if (right.n)
        memcpy(p + left.n, right.p, right.n);
    return (str){ p, left.n + right.n };
}

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_ieq(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
            return false;
    return true;
}

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c)
        return c;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq((str){ s.p, prefix.n }, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq((str){ s.p + s.n - suffix.n, suffix.n }, suffix);
}

ptrdiff_t str_find(str s, str needle)
{
    if (!needle.n)
        return 0;
    if (!s.n)
        return -1;
    const char *hit = memmem(s.p, s.n, needle.p, needle.n);
    return hit ? hit - s.p : -1;
}

ptrdiff_t str_find_byte(str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? hit - s.p : -1;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
    while (s.n && is_space(s.p[0]))
        s = (str){ s.p + 1, s.n - 1 };
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_next(str *rest, char separator, str *part)
{
    if (!rest->p)
        return false;
    ptrdiff_t at = str_find_byte(*rest, separator);
    if (at < 0) {
        *part = *rest;
        *rest = (str){ NULL, 0 };
        return true;
    }
    *part = (str){ rest->p, (size_t)at };
    *rest = (str){ rest->p + at + 1, rest->n - (size_t)at - 1 };
    return true;
}

/* FNV-1a with a final mix: for hash tables, not for secrets. */
/* Both halves of the product, so that each bit of it depends on all before. */
static uint64_t mixed(uint64_t hash, uint64_t bytes)
{
    unsigned __int128 product = (unsigned __int128)(hash ^ bytes) * 0x9e3779b97f4a7c15u;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Fewer than eight bytes as a number; with four and more they overlap. */
static uint64_t few_bytes(const char *p, size_t n)
{
    uint32_t first = 0, last = 0;
    if (n >= sizeof first) {
        memcpy(&first, p, sizeof first);
        memcpy(&last, p + n - sizeof last, sizeof last);
        return (uint64_t)first << 32 | last;
    }
    for (size_t i = 0; i < n; i++)
        first = first << 8 | (uint8_t)p[i];
    return first;
}

uint64_t str_hash(str s)
{
    uint64_t hash = 14695981039346656037u + s.n, bytes = 0;
    size_t i = 0;
    for (; i + sizeof bytes <= s.n; i += sizeof bytes) {
        memcpy(&bytes, s.p + i, sizeof bytes);
        hash = mixed(hash, bytes);
    }
    if (i < s.n)
        hash = mixed(hash, few_bytes(s.p + i, s.n - i));
    return mixed(hash, 0xe7037ed1a0b428dbu);
}

bool str_to_i64(str s, int64_t *value)
{
    bool minus = s.n && s.p[0] == '-';
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
    int64_t v = 0;
    if (i == s.n)
        return false;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        int digit = s.p[i] - '0';
        if (__builtin_mul_overflow(v, 10, &v) ||
            __builtin_add_overflow(v, minus ? -digit : digit, &v))
            return false;
    }
    *value = v;
    return true;
}

bool str_to_f64(str s, double *value)
{
    bool minus = s.n && s.p[0] == '-';
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
    double whole = 0;
    double scale = 1;
    bool point = false;
    bool digits = false;
    for (; i < s.n; i++) {
        if (s.p[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9' || s.n > 40)
            return false;
        whole = whole * 10 + (s.p[i] - '0');
        if (point)
            scale *= 10;
        digits = true;
    }
    if (!digits)
        return false;
    *value = (minus ? -whole : whole) / scale;
    return true;
}
