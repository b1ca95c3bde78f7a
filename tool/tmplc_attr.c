/* SPDX-License-Identifier: EUPL-1.2 */
/* Attributes: known, required, with allowed values; addresses that are safe to follow. */
#include "tmplc.h"

struct at {
    struct tool *tool;
    const struct view *view;
    const struct token *tag;
    const struct element *e;
};

const struct attr *attr_find(const struct token *open, str name)
{
    for (size_t i = 0; i < open->attrs.n; i++)
        if (str_eq(open->attrs.v[i].name, name))
            return &open->attrs.v[i];
    return NULL;
}

str attr_literal(const struct token *open, str name)
{
    const struct attr *a = attr_find(open, name);
    bool literal = a && a->value.n == 1 && a->value.v[0].kind == PIECE_LITERAL;
    return literal ? a->value.v[0].s : S("");
}

bool attr_given(const struct token *open, str name)
{
    const struct attr *a = attr_find(open, name);
    return a && !a->optional && a->value.n > 0;
}

/* "`name` what" */
static void refuse(const struct at *x, const struct attr *a, const char *what)
{
    tool_problem(x->tool, x->view->file, a->line, "`%.*s` %s", STR_FMT(a->name), what);
}

/* Attributes that have a reason of their own to be refused. */
static bool refused(const struct at *x, const struct attr *a)
{
    static const struct {
        const char *name;
        const char *why;
    } list[] = {
        { "style", "is refused: style belongs into ui/css, the page has no inline style" },
        { "autofocus", "is refused: it takes people away from the page's beginning" },
        { "accesskey", "is refused: it collides with keys of screen readers" },
        { "contenteditable", "is refused: use a textarea" },
        { "http-equiv", "is refused: headers are sent by the server" },
        { "nonce", "is refused: there is no inline script" },
    };
    if (str_starts(a->name, S("on"))) {
        refuse(x, a, "is refused: scripts are modules in ui/js");
        return true;
    }
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (str_eq(a->name, str_from_c(list[i].name))) {
            refuse(x, a, list[i].why);
            return true;
        }
    }
    return false;
}

/* ---- values ---- */

static void check_shape(const struct at *x, const struct attr *a)
{
    bool flag = html_attr_boolean(a->name);
    if (a->optional && (a->value.n != 1 || a->value.v[0].kind == PIECE_LITERAL))
        refuse(x, a, "with ?= takes one {expression}");
    else if (flag && !a->bare && !a->optional)
        refuse(x, a, "has no value: write it alone, or with ?={condition}");
    else if (a->bare && !flag && !str_starts(a->name, S("data-")))
        refuse(x, a, "needs a value");
}

static void check_words(const struct at *x, const struct attr *a)
{
    bool meta =
        str_eq(a->name, S("content")) && str_eq(attr_literal(x->tag, S("name")), S("description"));
    if (!html_attr_words(a->name) && !meta)
        return;
    for (size_t i = 0; i < a->value.n; i++)
        if (a->value.v[i].kind == PIECE_LITERAL &&
            tmplc_has_words(&x->tool->arena, a->value.v[i].s))
            refuse(x, a, "is for people: its words belong into text.de.po, {t key}");
}

static void check_closed(const struct at *x, const struct attr *a)
{
    const char *values = html_attr_values(x->e, a->name);
    if (!values)
        return;
    bool literal = a->value.n == 1 && a->value.v[0].kind == PIECE_LITERAL;
    if (literal && !tool_in(values, a->value.v[0].s))
        tool_problem(x->tool, x->view->file, a->line, "`%.*s` of <%s> is one of: %s",
                     STR_FMT(a->name), x->e->name, values);
    if (!literal && tool_in("method target tabindex rel scope", a->name))
        refuse(x, a, "must be written out");
    if (!literal && str_eq(a->name, S("type")) && !str_eq(x->tag->name, S("input")))
        refuse(x, a, "must be written out");
}

/* ---- addresses ---- */

static bool is_link(const struct at *x)
{
    return tool_in("a blockquote q ins del", x->tag->name);
}

static void check_https(const struct at *x, const struct attr *a, str s)
{
    if (!is_link(x))
        refuse(x, a, "loads from another site, which a page never does");
    else if (a->value.n > 1 && str_find_byte(str_slice(s, 8, s.n), '/') < 0)
        refuse(x, a, "must name its host, and {} stands behind a /");
}

static void check_scheme(const struct at *x, const struct attr *a, str s)
{
    bool contact = str_starts(s, S("mailto:")) || str_starts(s, S("tel:"));
    if (str_starts(s, S("https://")))
        check_https(x, a, s);
    else if (str_starts(s, S("http://")))
        refuse(x, a, "is not encrypted: write https://");
    else if (!contact)
        refuse(x, a, "begins with / # ? https:// mailto: tel: or a {url}");
    else if (a->value.n > 1)
        refuse(x, a, "takes {url_mail(…)} or {url_phone(…)} here");
}

static void check_url(const struct at *x, const struct attr *a)
{
    if (!a->value.n) {
        refuse(x, a, "is empty");
        return;
    }
    const struct piece *first = &a->value.v[0];
    if (first->kind == PIECE_TEXT)
        refuse(x, a, "begins with a text, which is no address");
    if (first->kind != PIECE_LITERAL)
        return;
    str s = first->s;
    if (str_starts(s, S("//")) || str_find_byte(s, '\\') >= 0)
        refuse(x, a, "of this site begins with one /");
    else if (str_starts(s, S("/assets/")))
        refuse(x, a, "takes {asset_url(ASSET_name_ext)} here");
    else if (!str_starts(s, S("/")) && !str_starts(s, S("#")) && !str_starts(s, S("?")))
        check_scheme(x, a, s);
}

/* ---- what an element must have ---- */

static void missing(const struct at *x, str name)
{
    const char *hint = "";
    if (str_eq(name, S("alt")))
        hint = ": what the picture shows, or \"\" when it only decorates";
    else if (str_eq(name, S("title")))
        hint = ": what is inside";
    else if (str_eq(name, S("type")))
        hint = ": submit, button or reset";
    else if (str_eq(name, S("scope")))
        hint = ": col, row, colgroup or rowgroup";
    tool_problem(x->tool, x->view->file, x->tag->line, "<%s> needs `%.*s`%s", x->e->name,
                 STR_FMT(name), hint);
}

static void check_required(const struct at *x)
{
    str rest = str_from_c(x->e->required);
    str name;
    while (rest.n && str_next(&rest, ' ', &name)) {
        const struct attr *a = attr_find(x->tag, name);
        /* An empty address has its own message. */
        bool empty_allowed = tool_in("alt value", name) || html_attr_url(name);
        if (!a || (!html_attr_boolean(name) && !empty_allowed && !a->value.n))
            missing(x, name);
        else if (a->optional && !html_attr_boolean(name))
            refuse(x, a, "may not be optional here");
    }
}

static void check_script(const struct at *x)
{
    bool data = str_eq(attr_literal(x->tag, S("type")), S("application/ld+json"));
    if (data == (attr_find(x->tag, S("src")) != NULL))
        tool_problem(x->tool, x->view->file, x->tag->line,
                     "inline script is refused: <script type=\"module\" src=\"{asset_url(…)}\">");
}

static void check_element(const struct at *x)
{
    if (str_eq(x->tag->name, S("script")))
        check_script(x);
    str rel = attr_literal(x->tag, S("rel"));
    if (attr_find(x->tag, S("target")) && str_find(rel, S("noopener")) < 0)
        tool_problem(x->tool, x->view->file, x->tag->line,
                     "target=\"_blank\" needs rel=\"noopener\"");
    if (!str_eq(x->tag->name, S("svg")))
        return;
    bool named = str_eq(attr_literal(x->tag, S("role")), S("img")) &&
                 (attr_given(x->tag, S("aria-label")) || attr_given(x->tag, S("aria-labelledby")));
    if (!named && !str_eq(attr_literal(x->tag, S("aria-hidden")), S("true")))
        tool_problem(x->tool, x->view->file, x->tag->line,
                     "<svg> needs aria-hidden=\"true\", or role=\"img\" with aria-label");
}

static void check_attr(const struct at *x, const struct attr *a)
{
    if (refused(x, a))
        return;
    if (!html_attr_known(x->e, a->name)) {
        tool_problem(x->tool, x->view->file, a->line, "<%s> has no attribute `%.*s`", x->e->name,
                     STR_FMT(a->name));
        return;
    }
    if (attr_find(x->tag, a->name) != a)
        refuse(x, a, "is there twice");
    check_shape(x, a);
    check_words(x, a);
    check_closed(x, a);
    if (html_attr_url(a->name) && !a->bare)
        check_url(x, a);
}

void tmplc_check_attrs(struct tool *t, const struct view *v)
{
    for (size_t i = 0; i < v->n; i++) {
        struct at x = { .tool = t, .view = v, .tag = &v->v[i] };
        x.e = x.tag->kind == TOKEN_OPEN ? html_element(x.tag->name) : NULL;
        if (!x.e)
            continue;
        for (size_t a = 0; a < x.tag->attrs.n; a++)
            check_attr(&x, &x.tag->attrs.v[a]);
        check_required(&x);
        check_element(&x);
    }
}
