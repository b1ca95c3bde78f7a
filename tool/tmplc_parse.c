/* SPDX-License-Identifier: EUPL-1.2 */
/* Tokens to views, and the grammar of the @lines. */
#include "tmplc.h"

bool tmplc_is_name(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || c == '_' || (i && c >= '0' && c <= '9')))
            return false;
    }
    return s.n > 0;
}

bool tmplc_call(str s, str *name, str *args)
{
    ptrdiff_t open = str_find_byte(s, '(');
    if (open < 0 || !str_ends(s, S(")")))
        return false;
    *name = str_trim(str_slice(s, 0, (size_t)open));
    *args = str_trim(str_slice(s, (size_t)open + 1, s.n - 1));
    return tmplc_is_name(*name);
}

struct parser {
    struct template *t;
    const char *file;
    struct view *view; /* NULL before the first one */
    bool body;         /* the layout has its @body */
};

static void finish_view(struct parser *p, struct token *end)
{
    if (!p->view)
        return;
    p->view->n = (size_t)(end - p->view->v);
    if (p->view->layout && !p->body)
        tool_problem(p->t->tool, p->file, p->view->line, "@layoutdef %.*s has no @body",
                     STR_FMT(p->view->name));
    p->body = false;
    p->view = NULL;
}

static void begin_view(struct parser *p, struct token *line, bool layout)
{
    struct view v = { .file = p->file, .line = line->line, .layout = layout, .v = line + 1 };
    finish_view(p, line);
    if (!tmplc_call(line->rest, &v.name, &v.params)) {
        tool_problem(p->t->tool, p->file, line->line, "a view begins with @%s name(parameters)",
                     layout ? "layoutdef" : "view");
        return;
    }
    for (size_t i = 0; i < p->t->views.n; i++)
        if (str_eq(p->t->views.v[i].name, v.name) && p->t->views.v[i].layout == layout)
            tool_problem(p->t->tool, p->file, line->line, "there are two views named %.*s",
                         STR_FMT(v.name));
    p->view = vec_add(&p->t->tool->arena, &p->t->views);
    *p->view = v;
}

static void include(struct parser *p, const struct token *line)
{
    str s = line->rest;
    if (p->view)
        tool_problem(p->t->tool, p->file, line->line, "@include stands before the first view");
    if (s.n < 3 || s.p[0] != '"' || s.p[s.n - 1] != '"') {
        tool_problem(p->t->tool, p->file, line->line, "write @include \"folder/file.h\"");
        return;
    }
    for (size_t i = 0; i < p->t->includes.n; i++)
        if (str_eq(p->t->includes.v[i], s))
            return;
    *vec_add(&p->t->tool->arena, &p->t->includes) = s;
}

static void layout(struct parser *p, const struct token *line)
{
    if (p->view->wrapped.n || p->view->layout)
        tool_problem(p->t->tool, p->file, line->line, "a view has one @layout, a @layoutdef none");
    for (const struct token *before = p->view->v; before < line; before++)
        if (before->kind != TOKEN_TEXT || str_trim(before->piece.s).n)
            tool_problem(p->t->tool, p->file, line->line, "@layout is the first line of a view");
    p->view->wrapped_line = line->line;
    if (!tmplc_call(line->rest, &p->view->wrapped, &p->view->wrapped_args))
        tool_problem(p->t->tool, p->file, line->line, "write @layout name(arguments)");
}

/* @c must not leave the view behind the HTML's back. */
static void statement(struct parser *p, const struct token *line)
{
    static const char *const words[] = { "return", "goto", "break", "continue" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find(line->rest, str_from_c(words[i])) >= 0)
            tool_problem(p->t->tool, p->file, line->line, "@c may not %s", words[i]);
    if (!str_ends(line->rest, S(";")))
        tool_problem(p->t->tool, p->file, line->line, "@c is one statement and ends with ;");
}

static void view_line(struct parser *p, struct token *line)
{
    struct tool *t = p->t->tool;
    str name;
    str args;
    if (str_eq(line->name, S("layout")))
        layout(p, line);
    else if (str_eq(line->name, S("c")))
        statement(p, line);
    else if (str_eq(line->name, S("call")) && !tmplc_call(line->rest, &name, &args))
        tool_problem(t, p->file, line->line, "write @call name(arguments)");
    else if (str_eq(line->name, S("for")) &&
             (!str_starts(line->rest, S("(")) || !str_ends(line->rest, S(")"))))
        tool_problem(t, p->file, line->line, "write @for (start; condition; step)");
    else if (str_eq(line->name, S("if")) && !line->rest.n)
        tool_problem(t, p->file, line->line, "@if needs a condition");
    else if (str_eq(line->name, S("body")) && (!p->view->layout || p->body))
        tool_problem(t, p->file, line->line, "@body stands once, in a @layoutdef");
    else if (!tool_in("layout c call for if else end body", line->name))
        tool_problem(t, p->file, line->line, "@%.*s is unknown; a literal @ is &#64;",
                     STR_FMT(line->name));
    p->body |= str_eq(line->name, S("body"));
}

void tmplc_parse(struct template *t, const char *file, struct tokens tokens)
{
    struct parser p = { .t = t, .file = file };
    for (size_t i = 0; i < tokens.n; i++) {
        struct token *token = &tokens.v[i];
        if (token->kind == TOKEN_LINE && tool_in("view layoutdef", token->name))
            begin_view(&p, token, str_eq(token->name, S("layoutdef")));
        else if (token->kind == TOKEN_LINE && str_eq(token->name, S("include")))
            include(&p, token);
        else if (token->kind == TOKEN_LINE && p.view)
            view_line(&p, token);
        else if (!p.view && (token->kind != TOKEN_TEXT || str_trim(token->piece.s).n))
            tool_problem(t->tool, file, token->line,
                         "before the first @view stand only @include "
                         "lines and comments");
    }
    finish_view(&p, tokens.v + tokens.n);
}
