/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * References between assets become fingerprinted addresses: url(…) and @import in CSS,
 * import and export … from "./x.js" in JavaScript. A reference to a file that is not
 * embedded, or to another site, is refused.
 */
#include "assetc.h"

#include "base/crypt.h"

struct scan {
    struct asset_set *set;
    const struct asset_item *item;
    const struct part *part;
    size_t at;
    struct out out;
};

str assetc_path(struct arena *a, str path)
{
    struct out o = out_new(a, 0);
    str rest = path;
    str step;
    if (str_starts(path, S("/")))
        out_char(&o, '/');
    while (str_next(&rest, '/', &step)) {
        str done = out_text(&o);
        str last = tool_base_name(done);
        bool up = str_eq(step, S("..")) && last.n && !str_eq(last, S(".."));
        if (!step.n || str_eq(step, S(".")))
            continue;
        if (up) {
            o.n -= last.n + (done.n > last.n && done.n > last.n + 1);
            continue;
        }
        if (o.n && o.p[o.n - 1] != '/')
            out_char(&o, '/');
        out_str(&o, step);
    }
    return out_text(&o);
}

struct asset_item *assetc_find(struct asset_set *set, const struct part *from, str reference)
{
    struct arena *a = &set->tool->arena;
    str path = str_fmt(a, "%.*s/%.*s", STR_FMT(tool_dir_name(from->path)), STR_FMT(reference));
    path = assetc_path(a, path);
    str name = tool_base_name(reference);
    struct asset_item *by_name = NULL;
    for (size_t i = 0; i < set->n; i++) {
        struct asset_item *item = &set->v[i];
        if (item->part_count == 1 && str_eq(item->parts[0].path, path))
            return item;
        if (str_eq(item->name, name))
            by_name = item;
    }
    return by_name;
}

static int line_at(const struct scan *x)
{
    int line = 1;
    for (size_t i = 0; i < x->at; i++)
        line += x->part->text.p[i] == '\n';
    return line;
}

static void problem(const struct scan *x, const char *what, str reference)
{
    tool_problem(x->set->tool, x->part->file, line_at(x), "%s: %.*s", what, STR_FMT(reference));
}

/* Writes the address of a reference; its #fragment stays, its ?query is dropped. */
static void put_reference(struct scan *x, str reference)
{
    size_t end = 0;
    while (end < reference.n && reference.p[end] != '?' && reference.p[end] != '#')
        end++;
    ptrdiff_t hash = str_find_byte(reference, '#');
    struct asset_item *item = NULL;
    if (str_starts(reference, S("data:")) || str_starts(reference, S("#"))) {
        out_str(&x->out, reference);
        return;
    }
    if (str_find(reference, S("//")) >= 0) {
        problem(x, "refers to another site", reference);
        return;
    }
    item = assetc_find(x->set, x->part, str_slice(reference, 0, end));
    if (!item) {
        problem(x, "refers to a file that is not in the list of assets", reference);
        return;
    }
    if (item->state == 1)
        problem(x, "refers in a circle", reference);
    else
        assetc_resolve(x->set, item);
    out_str(&x->out, item->address);
    if (hash > 0)
        out_str(&x->out, str_slice(reference, (size_t)hash, reference.n));
}

static str rest_of(const struct scan *x)
{
    return str_slice(x->part->text, x->at, x->part->text.n);
}

static void copy(struct scan *x, size_t n)
{
    out_str(&x->out, str_slice(x->part->text, x->at, x->at + n));
    x->at += n;
}

/* Length of the quoted string at the front, with its quotes. */
static size_t quoted_length(str s)
{
    size_t i = 1;
    while (i < s.n && s.p[i] != s.p[0])
        i += s.p[i] == '\\' ? 2 : 1;
    return i + 1 < s.n ? i + 1 : s.n;
}

static bool is_quote(str s)
{
    return s.n && (s.p[0] == '"' || s.p[0] == '\'');
}

static size_t blanks(str s)
{
    size_t n = 0;
    while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\n' || s.p[n] == '\t' || s.p[n] == '\r'))
        n++;
    return n;
}

/* A quoted reference at the front of the rest: quotes stay, what is between is replaced. */
static void quoted_reference(struct scan *x)
{
    str s = rest_of(x);
    size_t n = quoted_length(s);
    out_char(&x->out, s.p[0]);
    put_reference(x, str_slice(s, 1, n - 1));
    out_char(&x->out, s.p[0]);
    x->at += n;
}

/* ---- CSS ---- */

static void css_url(struct scan *x)
{
    copy(x, 4);
    copy(x, blanks(rest_of(x)));
    str s = rest_of(x);
    if (is_quote(s)) {
        quoted_reference(x);
        return;
    }
    ptrdiff_t end = str_find_byte(s, ')');
    str reference = str_trim(str_slice(s, 0, end < 0 ? s.n : (size_t)end));
    put_reference(x, reference);
    x->at += end < 0 ? s.n : (size_t)end;
}

static void css_import(struct scan *x)
{
    copy(x, 7);
    copy(x, blanks(rest_of(x)));
    if (is_quote(rest_of(x)))
        quoted_reference(x);
}

/* A comment stays, it may be a licence; but not the address of a source map. */
static void css_comment(struct scan *x)
{
    str s = rest_of(x);
    ptrdiff_t end = str_find(s, S("*/"));
    size_t n = end < 0 ? s.n : (size_t)end + 2;
    if (str_starts(s, S("/*# sourceMappingURL")))
        x->at += n;
    else
        copy(x, n);
}

static void css(struct scan *x)
{
    while (x->at < x->part->text.n) {
        str s = rest_of(x);
        if (str_starts(s, S("/*")))
            css_comment(x);
        else if (str_starts(s, S("url(")))
            css_url(x);
        else if (str_starts(s, S("@import")))
            css_import(x);
        else
            copy(x, is_quote(s) ? quoted_length(s) : 1);
    }
}

/* ---- JavaScript ---- */

static bool word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || c == '.';
}

/* from "./x.js", import "./x.js", import("./x.js"): length up to the quote, or 0. */
static size_t js_import(const struct scan *x)
{
    str s = rest_of(x);
    size_t n = str_starts(s, S("import")) ? 6 : str_starts(s, S("from")) ? 4 : 0;
    bool word = x->at > 0 && word_char(x->part->text.p[x->at - 1]);
    if (!n || word)
        return 0;
    n += blanks(str_slice(s, n, s.n));
    if (n < s.n && s.p[n] == '(')
        n += 1 + blanks(str_slice(s, n + 1, s.n));
    str after = str_slice(s, n, s.n);
    bool relative = is_quote(after) && (str_starts(str_slice(after, 1, 4), S("./")) ||
                                        str_starts(str_slice(after, 1, 4), S("../")));
    return relative ? n : 0;
}

static void js(struct scan *x)
{
    while (x->at < x->part->text.n) {
        size_t n = js_import(x);
        if (n) {
            copy(x, n);
            quoted_reference(x);
        } else if (str_starts(rest_of(x), S("//# sourceMappingURL="))) {
            ptrdiff_t end = str_find_byte(rest_of(x), '\n');
            x->at += end < 0 ? rest_of(x).n : (size_t)end;
        } else {
            copy(x, 1);
        }
    }
}

str assetc_rewrite(struct asset_set *set, const struct asset_item *item, const struct part *part)
{
    struct scan x = { .set = set, .item = item, .part = part };
    x.out = out_new(&set->tool->arena, (size_t)1 << 30);
    if (str_ends(item->name, S(".css")))
        css(&x);
    else if (str_ends(item->name, S(".js")) || str_ends(item->name, S(".mjs")))
        js(&x);
    else
        return part->text;
    return out_text(&x.out);
}

/* "kern.css" and its hash -> "/assets/kern.0123456789ab.css" */
static str address_of(struct arena *a, const struct asset_item *item)
{
    size_t dot = item->name.n;
    while (dot > 0 && item->name.p[dot - 1] != '.')
        dot--;
    return str_fmt(a, "/assets/%.*s.%.*s.%.*s", STR_FMT(str_slice(item->name, 0, dot - 1)),
                   FINGERPRINT_DIGITS, item->hash.p,
                   STR_FMT(str_slice(item->name, dot, item->name.n)));
}

void assetc_resolve(struct asset_set *set, struct asset_item *item)
{
    struct arena *a = &set->tool->arena;
    if (item->state)
        return;
    item->state = 1;
    item->text = S("");
    for (size_t i = 0; i < item->part_count; i++) {
        str text = assetc_rewrite(set, item, &item->parts[i]);
        item->text = i ? str_join(a, str_join(a, item->text, S("\n")), text) : text;
    }
    item->hash = crypt_sha256_hex(a, item->text);
    item->address = address_of(a, item);
    item->state = 2;
}
