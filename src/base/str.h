/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Strings are slices: a pointer and a length, never terminated, never owned.
 *
 * A `str` is text nobody has vouched for: it came from a person, a file, the
 * database. `html` is markup that is safe to send, `url` an address that is safe
 * to link. The three are different types, so that mixing them does not compile;
 * only the functions that escape or check turn one into the other.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

typedef struct str {
    const char *p;
    size_t n;
} str;

typedef struct html {
    str s;
} html;

typedef struct url {
    str s;
} url;

/* A string literal as a str; anything but a literal does not compile. */
#define S(literal) ((str){ "" literal, sizeof(literal) - 1 })
/* The same for initialisers of static tables. */
#define STR_INIT(literal)               \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
/* Arguments for "%.*s". */
#define STR_FMT(s) (int)(s).n, (s).p

/* From a C string; NULL becomes the empty string. The bytes are not copied. */
str str_from_c(const char *c);
/* A NUL-terminated copy for libraries that want one. Lives as long as the arena. */
char *str_to_c(struct arena *a, str s);
str str_copy(struct arena *a, str s);
/* Formatted text in the arena; the format is printf's. */
str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
str str_join(struct arena *a, str left, str right);

bool str_eq(str a, str b);
/* Equal but for ASCII case: for names of headers, parameters and protocols. */
bool str_ieq(str a, str b);
/* Bytewise order, shorter first on a tie: <0, 0, >0. */
int str_cmp(str a, str b);
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
/* First position of the needle, or -1. */
ptrdiff_t str_find(str s, str needle);
ptrdiff_t str_find_byte(str s, char c);
/* Without leading and trailing ASCII white space. */
str str_trim(str s);
/* Bytes from..to, both clamped to the string. */
static inline str str_slice(str s, size_t from, size_t to)
{
    to = to < s.n ? to : s.n;
    from = from < to ? from : to;
    return (str){ s.p + from, to - from };
}
/*
 * Takes the part before the next separator off the front of *rest. False when
 * *rest is used up; "a,,b" gives a, the empty string, b.
 */
bool str_next(str *rest, char separator, str *part);
uint64_t str_hash(str s);

/* Decimal digits with an optional sign and nothing else; false also on overflow. */
bool str_to_i64(str s, int64_t *value);
/* Digits with '.' as decimal point and nothing else; no exponent, no infinity. */
bool str_to_f64(str s, double *value);

static inline bool str_empty(str s)
{
    return s.n == 0;
}

#endif
