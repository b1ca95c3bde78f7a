/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Putting values into a page, escaped for the place where they stand. Compiled templates
 * (tool/tmplc) call these; C code that makes markup itself calls them too.
 *
 * What is not listed in a _Generic does not compile: text that could be markup, an address
 * that nobody has checked, a bool, a struct, an enum. (Enumerations are `unsigned int` to
 * gcc and clang, which is why that type is not listed.)
 */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include "base/out.h"
#include "base/str.h"

struct rq;

/* Between tags: text is escaped, html is not. */
#define html_put(o, x)                       \
    _Generic((x), str                        \
             : html_put_str, html            \
             : html_put_html, int            \
             : html_put_int, long            \
             : html_put_i64, long long       \
             : html_put_llong, unsigned long \
             : html_put_size)((o), (x))

/* Inside a quoted attribute value, and in elements that hold text only (title, option). */
#define html_put_attr(o, x)                  \
    _Generic((x), str                        \
             : html_put_str, url             \
             : html_put_url, int             \
             : html_put_int, long            \
             : html_put_i64, long long       \
             : html_put_llong, unsigned long \
             : html_put_size)((o), (x))

/* A part of an address behind its beginning: all but letters, digits and -._~ as %XX. */
#define html_put_part(o, x)                  \
    _Generic((x), str                        \
             : html_put_part_str, int        \
             : html_put_int, long            \
             : html_put_i64, long long       \
             : html_put_llong, unsigned long \
             : html_put_size)((o), (x))

void html_put_str(struct out *o, str s);
void html_put_html(struct out *o, html h);
void html_put_int(struct out *o, int v);
void html_put_i64(struct out *o, long v);
void html_put_llong(struct out *o, long long v);
void html_put_size(struct out *o, unsigned long v);
void html_put_part_str(struct out *o, str s);

/* A whole address at the front of href, src, action … */
void html_put_url(struct out *o, url u);
/*
 * A whole attribute, or nothing when the value is empty or false; `name` comes with its
 * blank in front: S(" id").
 */
void html_put_attr_if(struct out *o, str name, str value);
void html_put_url_if(struct out *o, str name, url value);
void html_put_flag(struct out *o, str name, bool on);
/* JSON inside a script element; `<`, `>` and `&` become \u00XX, which JSON reads the same. */
void html_put_json(struct out *o, str json);

/* Text as markup, escaped, in the arena. */
html html_of(struct arena *a, str s);
/*
 * A sentence with a link in it: "Lesen Sie die [Hinweise zum Datenschutz]." has its first
 * [bracketed] words linked; the rest is escaped. Without brackets there is no link.
 */
html html_link(struct arena *a, str sentence, url target);
/* What a struct out holds, as markup: the caller vouches for having escaped all of it. */
html html_trusted(const struct out *o);

/* The hidden field of a form with method="post"; in a template it comes by itself. */
void view_csrf(struct rq *rq);

#endif
