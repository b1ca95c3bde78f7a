/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Views to C. Literal output is collected and written by one call; each expression and
 * each @line has a #line, so that the compiler's messages name the template.
 */
#include "tmplc.h"

struct emit {
    struct tool *tool;
    struct out *o;
    const struct view *view;
    struct out pending;          /* literal output not yet written */
    bool fresh;                  /* an @line came last: a line break is there already */
    const struct element *plain; /* inside an element that holds text only */
    bool json;                   /* … and that is application/ld+json */
};

static void flush(struct emit *x)
{
    str s = out_text(&x->pending);
    if (!s.n)
        return;
    OUT(x->o, "    OUT(rq->out, ");
    tool_put_literal(x->o, s);
    OUT(x->o, ");\n");
    x->pending.n = 0;
}

/* Whether "&…" at the front is a character reference that may stay. */
static bool is_reference(str s)
{
    ptrdiff_t end = str_find_byte(s, ';');
    if (end < 2 || end > 10)
        return false;
    return s.p[1] == '#' || html_entity_known(str_slice(s, 1, (size_t)end));
}

/* Literal text or attribute value of the template: what the author left unescaped. */
static void literal(struct emit *x, str s)
{
    bool line_end = x->pending.n && x->pending.p[x->pending.n - 1] == '\n';
    if ((x->fresh || line_end) && str_starts(s, S("\n")))
        s = str_slice(s, 1, s.n);
    x->fresh = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '&' && !is_reference(str_slice(s, i, s.n)))
            OUT(&x->pending, "&amp;");
        else if (c == '"')
            OUT(&x->pending, "&quot;");
        else if (c == '<' || c == '>')
            out_str(&x->pending, c == '<' ? S("&lt;") : S("&gt;"));
        else
            out_char(&x->pending, c);
    }
}

static void source_line(struct emit *x, int line)
{
    flush(x);
    out_fmt(x->o, "#line %d ", line);
    tool_put_literal(x->o, str_from_c(x->view->file));
    OUT(x->o, "\n");
}

/* The C expression of a piece: as written, or the call that gives a text. */
static str c_expr(struct emit *x, const struct piece *p)
{
    if (p->kind == PIECE_EXPR)
        return p->s;
    char *name = str_to_c(&x->tool->arena, p->s);
    for (char *c = name; *c; c++)
        *c = *c == '.' ? '_' : *c;
    return str_fmt(&x->tool->arena, "t_%s(rq%.*s)", name, STR_FMT(p->args));
}

static void put_call(struct emit *x, const char *function, const struct piece *p)
{
    source_line(x, p->line);
    out_fmt(x->o, "    %s(rq->out, %.*s);\n", function, STR_FMT(c_expr(x, p)));
}

/* ---- attributes ---- */

static void put_optional(struct emit *x, const struct attr *a)
{
    const char *function = html_attr_boolean(a->name) ? "html_put_flag"
                           : html_attr_url(a->name)   ? "html_put_url_if"
                                                      : "html_put_attr_if";
    const struct piece *p = &a->value.v[0];
    source_line(x, p->line);
    out_fmt(x->o, "    %s(rq->out, S(\" %.*s\"), %.*s);\n", function, STR_FMT(a->name),
            STR_FMT(c_expr(x, p)));
}

/* An address: this town's prefix before a path, a checked url at the front, parts encoded. */
static void put_address(struct emit *x, const struct attr *a)
{
    bool each = str_eq(a->name, S("srcset"));
    for (size_t i = 0; i < a->value.n; i++) {
        const struct piece *p = &a->value.v[i];
        if (p->kind != PIECE_LITERAL) {
            put_call(x, i == 0 || each ? "html_put_url" : "html_put_part", p);
            continue;
        }
        if (i == 0 && str_starts(p->s, S("/"))) {
            flush(x);
            OUT(x->o, "    out_str(rq->out, rq->base);\n");
        }
        literal(x, p->s);
    }
}

static void put_attr(struct emit *x, const struct attr *a)
{
    if (a->optional) {
        put_optional(x, a);
        return;
    }
    out_fmt(&x->pending, " %.*s", STR_FMT(a->name));
    if (a->bare)
        return;
    OUT(&x->pending, "=\"");
    if (html_attr_url(a->name)) {
        put_address(x, a);
    } else {
        for (size_t i = 0; i < a->value.n; i++) {
            const struct piece *p = &a->value.v[i];
            if (p->kind == PIECE_LITERAL)
                literal(x, p->s);
            else
                put_call(x, "html_put_attr", p);
        }
    }
    OUT(&x->pending, "\"");
}

/* ---- tokens ---- */

static void put_open(struct emit *x, const struct token *t)
{
    const struct element *e = html_element(t->name);
    out_fmt(&x->pending, "<%.*s", STR_FMT(t->name));
    for (size_t i = 0; i < t->attrs.n; i++)
        put_attr(x, &t->attrs.v[i]);
    out_str(&x->pending, t->self_closing ? S("/>") : S(">"));
    x->plain = e->content == CONTENT_TEXT ? e : NULL;
    x->json = str_eq(t->name, S("script"));
    if (str_eq(t->name, S("form")) && str_eq(attr_literal(t, S("method")), S("post"))) {
        source_line(x, t->line);
        OUT(x->o, "    view_csrf(rq);\n");
    }
}

static void put_text(struct emit *x, const struct token *t)
{
    x->fresh &= t->piece.kind == PIECE_LITERAL;
    if (t->piece.kind == PIECE_LITERAL)
        literal(x, t->piece.s);
    else
        put_call(x, x->json ? "html_put_json" : x->plain ? "html_put_attr" : "html_put", &t->piece);
}

/* The rest of a call, behind "name(". */
static void put_args(struct emit *x, str args)
{
    OUT(x->o, "(rq");
    if (args.n)
        out_fmt(x->o, ", %.*s", STR_FMT(args));
    OUT(x->o, ");\n");
}

static void put_layout(struct emit *x, const char *suffix)
{
    if (!x->view->wrapped.n)
        return;
    out_fmt(x->o, "    layout_%.*s%s", STR_FMT(x->view->wrapped), suffix);
    put_args(x, x->view->wrapped_args);
}

static void put_view_call(struct emit *x, str name, str args)
{
    out_fmt(x->o, "    view_%.*s", STR_FMT(name));
    put_args(x, args);
}

static void put_line(struct emit *x, const struct token *t)
{
    str name;
    str args;
    source_line(x, t->line);
    x->fresh = true;
    if (str_eq(t->name, S("if")))
        out_fmt(x->o, "    if (%.*s) {\n", STR_FMT(t->rest));
    else if (str_eq(t->name, S("for")))
        out_fmt(x->o, "    for %.*s {\n", STR_FMT(t->rest));
    else if (str_eq(t->name, S("else")) && t->rest.n)
        out_fmt(x->o, "    } else if (%.*s) {\n",
                STR_FMT(str_trim(str_slice(t->rest, 2, t->rest.n))));
    else if (str_eq(t->name, S("else")))
        OUT(x->o, "    } else {\n");
    else if (str_eq(t->name, S("end")))
        OUT(x->o, "    }\n");
    else if (str_eq(t->name, S("c")))
        out_fmt(x->o, "    %.*s\n", STR_FMT(t->rest));
    else if (str_eq(t->name, S("call")) && tmplc_call(t->rest, &name, &args))
        put_view_call(x, name, args);
}

static void put_token(struct emit *x, const struct token *t)
{
    if (t->kind != TOKEN_TEXT && t->kind != TOKEN_LINE)
        x->fresh = false;
    switch (t->kind) {
    case TOKEN_OPEN:
        put_open(x, t);
        break;
    case TOKEN_CLOSE:
        out_fmt(&x->pending, "</%.*s>", STR_FMT(t->name));
        x->plain = NULL;
        x->json = false;
        break;
    case TOKEN_TEXT:
        put_text(x, t);
        break;
    case TOKEN_DOCTYPE:
        OUT(&x->pending, "<!doctype html>");
        break;
    case TOKEN_LINE:
        put_line(x, t);
        break;
    }
}

/* ---- views ---- */

/* "void view_name(struct rq *rq, …)" */
static void put_prototype(struct out *o, const struct view *v, const char *suffix)
{
    out_fmt(o, "void %s_%.*s%s(struct rq *rq", v->layout ? "layout" : "view", STR_FMT(v->name),
            suffix);
    if (v->params.n)
        out_fmt(o, ", %.*s", STR_FMT(v->params));
    OUT(o, ")");
}

static void begin_function(struct emit *x, const char *suffix)
{
    source_line(x, x->view->line);
    put_prototype(x->o, x->view, suffix);
    OUT(x->o, "\n{\n");
    x->fresh = true;
}

static void end_function(struct emit *x)
{
    flush(x);
    OUT(x->o, "}\n\n");
}

static void put_view(struct emit *x, const struct view *v)
{
    x->view = v;
    begin_function(x, v->layout ? "_begin" : "");
    source_line(x, v->wrapped.n ? v->wrapped_line : v->line);
    put_layout(x, "_begin");
    for (size_t i = 0; i < v->n; i++) {
        if (v->v[i].kind == TOKEN_LINE && str_eq(v->v[i].name, S("body"))) {
            end_function(x);
            begin_function(x, "_end");
        } else if (v->v[i].kind != TOKEN_LINE || !str_eq(v->v[i].name, S("layout"))) {
            put_token(x, &v->v[i]);
        }
    }
    source_line(x, v->wrapped.n ? v->wrapped_line : v->line);
    put_layout(x, "_end");
    end_function(x);
}

str tmplc_header(const struct template *t, str guard)
{
    struct out o = out_new(&t->tool->arena, 0);
    OUT(&o, "/* Made by tool/tmplc from *.html; see tool/README.md. */\n");
    out_fmt(&o, "#ifndef %.*s\n#define %.*s\n\n#include \"base/str.h\"\n", STR_FMT(guard),
            STR_FMT(guard));
    for (size_t i = 0; i < t->includes.n; i++)
        out_fmt(&o, "#include %.*s\n", STR_FMT(t->includes.v[i]));
    OUT(&o, "\nstruct rq;\n\n");
    for (size_t i = 0; i < t->views.n; i++) {
        const struct view *v = &t->views.v[i];
        put_prototype(&o, v, v->layout ? "_begin" : "");
        OUT(&o, ";\n");
        if (!v->layout)
            continue;
        put_prototype(&o, v, "_end");
        OUT(&o, ";\n");
    }
    OUT(&o, "\n#endif\n");
    return out_text(&o);
}

str tmplc_source(const struct template *t, str header_name)
{
    struct out o = out_new(&t->tool->arena, 0);
    struct emit x = { .tool = t->tool, .o = &o, .pending = out_new(&t->tool->arena, 0) };
    out_fmt(&o,
            "/* Made by tool/tmplc from *.html; see tool/README.md. */\n"
            "#include \"%.*s\"\n\n#include \"web/html.h\"\n#include \"web/rq.h\"\n"
            "#include \"web/text.h\"\n\n",
            STR_FMT(header_name));
    for (size_t i = 0; i < t->views.n; i++)
        put_view(&x, &t->views.v[i]);
    return out_text(&o);
}
