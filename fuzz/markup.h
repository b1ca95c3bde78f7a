/* SPDX-License-Identifier: EUPL-1.2 */
/* What markup made of people's texts must be, whatever they wrote. */
#ifndef FUZZ_MARKUP_H
#define FUZZ_MARKUP_H

#include "base/err.h"
#include "base/utf8.h"

#define MARKUP_DEPTH 4096

/* The name behind '<' or "</", which must be one of ours. */
static inline str markup_name(str s)
{
    static const char *const names[] = { "p",  "ul", "ol", "li", "h1", "h2",     "h3",
                                         "h4", "h5", "h6", "a",  "em", "strong", "br" };
    size_t n = 0;
    while (n < s.n && s.p[n] != '>' && s.p[n] != ' ')
        n++;
    str name = str_slice(s, 0, n);
    bool known = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        known = known || str_eq(name, str_from_c(names[i]));
    must(known);
    return name;
}

/* Whether a tag is a link to where links may lead. */
static inline bool markup_leads(str tag)
{
    static const char *const starts[] = { "a href=\"http://", "a href=\"https://",
                                          "a href=\"mailto:", "a href=\"tel:" };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        str start = str_from_c(starts[i]);
        if (tag.n > start.n && str_ieq(str_slice(tag, 0, start.n), start))
            return true;
    }
    return false;
}

/* Only allowed elements, closed in order, no link in a link, no attribute that could run. */
static inline void markup_check(str s)
{
    static str open[MARKUP_DEPTH];
    size_t depth = 0;
    int links = 0;
    must(utf8_valid(s));
    for (ptrdiff_t at; (at = str_find_byte(s, '<')) >= 0;) {
        s = str_slice(s, (size_t)at + 1, s.n);
        bool close = str_starts(s, S("/"));
        str name = markup_name(close ? str_slice(s, 1, s.n) : s);
        ptrdiff_t end = str_find_byte(s, '>');
        must(end > 0);
        str tag = str_slice(s, 0, (size_t)end);
        bool link = str_eq(name, S("a"));
        must(close || str_eq(tag, name) || str_starts(tag, S("ol start=\"")) || markup_leads(tag));
        if (!str_eq(name, S("br")) && !close) {
            must(depth < MARKUP_DEPTH);
            open[depth++] = name;
            links += link;
            must(links <= 1);
        } else if (close) {
            must(depth > 0 && str_eq(open[--depth], name));
            links -= link;
        }
        s = str_slice(s, (size_t)end + 1, s.n);
    }
    must(depth == 0);
}

#endif
