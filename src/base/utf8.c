/* SPDX-License-Identifier: EUPL-1.2 */
/* Unicode text. The only file that knows libutf8proc. */
#include "base/utf8.h"

#include <utf8proc.h>

#include "base/arena.h"
#include "base/out.h"

#define REPLACEMENT 0xFFFDu

uint32_t utf8_next(str *s)
{
    utf8proc_int32_t c = s->n ? (uint8_t)s->p[0] : 0;
    utf8proc_ssize_t n = s->n ? 1 : 0;
    if (c >= 0x80)
        n = utf8proc_iterate((const uint8_t *)s->p, (utf8proc_ssize_t)s->n, &c);
    if (n <= 0) {
        *s = str_slice(*s, 1, s->n);
        return REPLACEMENT;
    }
    *s = str_slice(*s, (size_t)n, s->n);
    return (uint32_t)c;
}

bool utf8_valid(str s)
{
    while (s.n) {
        utf8proc_int32_t c = (uint8_t)s.p[0];
        utf8proc_ssize_t n = 1;
        if (c >= 0x80)
            n = utf8proc_iterate((const uint8_t *)s.p, (utf8proc_ssize_t)s.n, &c);
        if (n <= 0 || c == 0)
            return false;
        s = str_slice(s, (size_t)n, s.n);
    }
    return true;
}

size_t utf8_count(str s)
{
    size_t n = 0;
    for (; s.n; n++)
        utf8_next(&s);
    return n;
}

str utf8_cut(str s, size_t n)
{
    str rest = s;
    while (n-- && rest.n)
        utf8_next(&rest);
    return str_slice(s, 0, s.n - rest.n);
}

static void put(struct out *o, uint32_t c)
{
    uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)c, bytes);
    out_bytes(o, (const char *)bytes, (size_t)n);
}

/* Decomposes, composes or strips by utf8proc's flags; the library's result is copied. */
static str map(struct arena *a, str s, utf8proc_option_t options)
{
    uint8_t *result = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const uint8_t *)s.p, (utf8proc_ssize_t)s.n, &result, options);
    if (n < 0)
        return S("");
    str copy = str_copy(a, (str){ (const char *)result, (size_t)n });
    free(result);
    return copy;
}

/* Below the combining marks, and in the common punctuation, everything is in NFC. */
static bool may_compose(uint32_t c)
{
    return c >= 0x300 && !(c >= 0x2002 && c < 0x20D0);
}

str utf8_clean(struct arena *a, str s)
{
    struct out o = out_new(a, s.n * 3 + 16);
    bool compose = false;
    for (str rest = s; rest.n;) {
        uint32_t c = utf8_next(&rest);
        compose |= may_compose(c);
        bool control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0);
        bool noncharacter = c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
        if (!control && !noncharacter)
            put(&o, c);
    }
    return compose ? map(a, out_text(&o), UTF8PROC_COMPOSE | UTF8PROC_STABLE) : out_text(&o);
}

str utf8_from_windows1252(struct arena *a, str s)
{
    static const uint16_t high[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    };
    struct out o = out_new(a, s.n * 3 + 16);
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        put(&o, c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c);
    }
    return out_text(&o);
}

/* The German letters that are spelled with two when there is no umlaut. */
static bool put_german(struct out *o, uint32_t c)
{
    switch (c) {
    case 0xE4:
        OUT(o, "ae");
        return true;
    case 0xF6:
        OUT(o, "oe");
        return true;
    case 0xFC:
        OUT(o, "ue");
        return true;
    case 0xDF:
        OUT(o, "ss");
        return true;
    case 0xE6:
        OUT(o, "ae");
        return true;
    case 0xF8:
        OUT(o, "oe");
        return true;
    default:
        return false;
    }
}

static bool is_word(uint32_t c)
{
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
           (k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO);
}

static void put_without_accent(struct out *o, uint32_t c)
{
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8, UTF8PROC_DECOMPOSE, &boundary);
    for (utf8proc_ssize_t i = 0; i < n && i < 8; i++)
        if (is_word((uint32_t)parts[i]))
            put(o, (uint32_t)parts[i]);
}

/*
 * Whether all is ASCII, Latin (below U+0300, where the combining marks begin) or punctuation and
 * signs from U+2000 to U+20BF: nothing there combines, so that composing would change no letter.
 */
static bool is_composed(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        unsigned char next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
        if (c >= 0xCC && !(c == 0xE2 && next >= 0x80 && next <= 0x82))
            return false;
    }
    return true;
}

/* Folding in one pass, of texts that have nothing but what German texts have. */
struct folding {
    char *p;
    size_t n;
    bool gap;
};

static void fold_letter(struct folding *f, char c)
{
    if (f->gap && f->n)
        f->p[f->n++] = ' ';
    f->gap = false;
    f->p[f->n++] = c;
}

/* The bit by which small letters differ from large ones; digits have it too. */
#define SMALL 0x20

static const bool ascii_words[128] = {
    ['0' ... '9'] = true,
    ['A' ... 'Z'] = true,
    ['a' ... 'z'] = true,
};

/* A run of letters and digits of ASCII from byte i on; where it ends. */
static size_t fold_ascii(struct folding *f, const unsigned char *u, size_t i, size_t n)
{
    fold_letter(f, (char)(u[i++] | SMALL));
    while (i < n && u[i] < 0x80 && ascii_words[u[i]])
        f->p[f->n++] = (char)(u[i++] | SMALL);
    return i;
}

/* The letter that UTF-8 writes as 0xC3 and `second`; false when it is no German one. */
static bool fold_umlaut(struct folding *f, unsigned char second)
{
    static const char pairs[64][2] = { [0x04] = "ae", [0x16] = "oe", [0x1C] = "ue", [0x1F] = "ss",
                                       [0x24] = "ae", [0x36] = "oe", [0x3C] = "ue" };
    const char *pair = pairs[second % 64];
    if (second < 0x80 || second >= 0xC0 || !pair[0])
        return false;
    fold_letter(f, pair[0]);
    fold_letter(f, pair[1]);
    return true;
}

/*
 * The bytes of the next character beyond ASCII: umlauts, the soft hyphen (no gap), the no-break
 * space, and U+2010 to U+203F, where all is dashes, quotation marks and the like. 0: another.
 */
static size_t fold_german(struct folding *f, const unsigned char *s, size_t n)
{
    if (n >= 2 && s[0] == 0xC3)
        return fold_umlaut(f, s[1]) ? 2 : 0;
    if (n >= 2 && s[0] == 0xC2 && (s[1] == 0xA0 || s[1] == 0xAD)) {
        f->gap |= s[1] == 0xA0;
        return 2;
    }
    if (n < 3 || s[0] != 0xE2 || s[1] != 0x80 || s[2] < 0x90 || s[2] > 0xBF)
        return 0;
    f->gap = true;
    return 3;
}

/* False when there is anything else. No text gets longer by this. */
static bool fold_plainly(struct arena *a, str s, str *folded)
{
    const unsigned char *u = (const unsigned char *)s.p;
    struct folding f = { .p = arena_bytes(a, s.n) };
    for (size_t i = 0; i < s.n;) {
        if (u[i] < 0x80 && ascii_words[u[i]]) {
            i = fold_ascii(&f, u, i, s.n);
        } else if (u[i] < 0x80) {
            f.gap = true;
            i++;
        } else {
            size_t step = fold_german(&f, u + i, s.n - i);
            if (!step)
                return false;
            i += step;
        }
    }
    *folded = f.n ? (str){ f.p, f.n } : S("");
    return true;
}

static void put_wide(struct out *o, uint32_t c)
{
    if (!put_german(o, c))
        put_without_accent(o, c);
}

str utf8_fold(struct arena *a, str s)
{
    str folded;
    if (fold_plainly(a, s, &folded))
        return folded;
    struct out o = out_new(a, s.n * 4 + 16);
    str rest = is_composed(s) ? s : map(a, s, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    bool gap = false;
    while (rest.n) {
        uint32_t c = utf8_next(&rest);
        if (c == 0xAD || c == 0x200B || c == 0x200D) /* soft hyphen, zero-width: no gap */
            continue;
        if (c < 0x80 ? !ascii_words[c] : !is_word(c)) {
            gap = o.n > 0;
            continue;
        }
        if (gap)
            out_char(&o, ' ');
        gap = false;
        if (c < 0x80)
            out_char(&o, (char)(c | SMALL));
        else
            put_wide(&o, (uint32_t)utf8proc_tolower((utf8proc_int32_t)c));
    }
    return out_text(&o);
}

/* DIN 5007-1: ä sorts as a, ß as ss; the original follows to break ties. */
str utf8_sort_key(struct arena *a, str s)
{
    struct out o = out_new(a, s.n * 6 + 16);
    str composed = map(a, s, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (str rest = composed; rest.n;) {
        uint32_t c = (uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_next(&rest));
        if (c == 0xDF)
            OUT(&o, "ss");
        else if (is_word(c))
            put_without_accent(&o, c);
        else if (o.n && o.p[o.n - 1] != ' ')
            out_char(&o, ' ');
    }
    out_char(&o, ' ');
    out_str(&o, composed);
    return out_text(&o);
}

str utf8_slug(struct arena *a, str s, size_t n)
{
    str folded = utf8_fold(a, s);
    struct out o = out_new(a, folded.n + 16);
    for (size_t i = 0; i < folded.n && o.n < n; i++) {
        char c = folded.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            out_char(&o, c);
        else if (c == ' ' && o.n)
            out_char(&o, '-');
    }
    while (o.n && o.p[o.n - 1] == '-')
        o.n--;
    return out_text(&o);
}
