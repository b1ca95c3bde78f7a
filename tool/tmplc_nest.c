/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Nesting: every element is known, stands where HTML allows it, and is closed in the
 * block (@if, @for) that opened it. Words for people come from {t …} only.
 */
#include "base/err.h"
#include "base/utf8.h"
#include "tmplc.h"

/* An open element, or an open block when `e` is NULL. */
struct frame {
    const struct token *token;
    const struct element *e;
    size_t children; /* elements, text and calls so far */
    bool otherwise;  /* the block has had its @else */
    bool words;      /* something inside can be read aloud */
};

struct nest {
    struct tool *tool;
    const struct view *view;
    struct {
        struct frame *v;
        size_t n, cap;
    } stack;
};

static struct frame *top(struct nest *s)
{
    return s->stack.n ? &s->stack.v[s->stack.n - 1] : NULL;
}

/* The innermost open element; NULL at the root of the view. */
static struct frame *parent_of(struct nest *s)
{
    for (size_t i = s->stack.n; i > 0; i--)
        if (s->stack.v[i - 1].e)
            return &s->stack.v[i - 1];
    return NULL;
}

/* The innermost open element that sets rules of its own. */
static const struct element *model_of(const struct nest *s)
{
    for (size_t i = s->stack.n; i > 0; i--) {
        const struct element *e = s->stack.v[i - 1].e;
        if (e && e->content != CONTENT_TRANSPARENT)
            return e;
    }
    return NULL;
}

static bool inside(const struct nest *s, const char *names)
{
    for (size_t i = 0; i < s->stack.n; i++)
        if (s->stack.v[i].e && tool_in(names, str_from_c(s->stack.v[i].e->name)))
            return true;
    return false;
}

static void unknown(struct nest *s, const struct token *t)
{
    const char *why = "is no element that a template may have";
    if (str_eq(t->name, S("style")))
        why = "is refused: style belongs into ui/css";
    tool_problem(s->tool, s->view->file, t->line, "<%.*s> %s", STR_FMT(t->name), why);
}

/* An interactive element inside another one cannot be reached by keyboard or touch. */
static void check_interactive(struct nest *s, const struct token *t)
{
    const char *outer = html_interactive(t->name) ? "a button" : "";
    if (tool_in("form label", t->name) && inside(s, t->name.p[0] == 'f' ? "form" : "label"))
        outer = t->name.p[0] == 'f' ? "form" : "label";
    if (outer[0] && inside(s, outer))
        tool_problem(s->tool, s->view->file, t->line, "<%.*s> may not stand inside <%s>",
                     STR_FMT(t->name),
                     tool_in("form label", str_from_c(outer)) ? outer
                     : inside(s, "a")                         ? "a"
                                                              : "button");
}

/* legend, summary and caption come first, or a browser does not show them as what they are. */
static void check_first(struct nest *s, const struct token *t, const struct frame *parent)
{
    if (tool_in("legend summary caption", t->name) && parent->children)
        tool_problem(s->tool, s->view->file, t->line, "<%.*s> must come first in <%s>",
                     STR_FMT(t->name), parent->e->name);
    str name = str_from_c(parent->e->name);
    const char *wanted = str_eq(name, S("fieldset"))  ? "legend"
                         : str_eq(name, S("details")) ? "summary"
                                                      : NULL;
    if (wanted && !parent->children && !str_eq(t->name, str_from_c(wanted)))
        tool_problem(s->tool, s->view->file, t->line, "<%s> begins with <%s>, not with <%.*s>",
                     parent->e->name, wanted, STR_FMT(t->name));
}

static bool allowed_in(const struct element *e, const struct element *model)
{
    str name = str_from_c(e->name);
    if (model->children && tool_in(model->children, name))
        return true;
    switch (model->content) {
    case CONTENT_FLOW:
        return !str_eq(name, S("html"));
    case CONTENT_PHRASING:
        return e->phrasing;
    default:
        return false;
    }
}

static void check_place(struct nest *s, const struct token *t, const struct element *e)
{
    struct frame *parent = parent_of(s);
    const struct element *model = model_of(s);
    if (!parent)
        return;
    if (e->parents && !tool_in(e->parents, str_from_c(parent->e->name)))
        tool_problem(s->tool, s->view->file, t->line,
                     "<%s> may not stand inside <%s>, only inside: %s", e->name, parent->e->name,
                     e->parents);
    else if (model &&
             !allowed_in(e, parent->e->content == CONTENT_TRANSPARENT && parent->e->children &&
                                    tool_in(parent->e->children, t->name)
                                ? parent->e
                                : model))
        tool_problem(s->tool, s->view->file, t->line, "<%s> may not stand inside <%s>", e->name,
                     model->name);
    check_interactive(s, t);
    check_first(s, t, parent);
    parent->children++;
}

static bool in_svg(const struct nest *s, str name)
{
    return str_eq(name, S("svg")) || inside(s, "svg");
}

/* An attribute gives the element a name for those who do not see it. */
static bool has_name(const struct token *t)
{
    static const char *const names[] = { "aria-label", "aria-labelledby", "alt" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (attr_given(t, str_from_c(names[i])))
            return true;
    return str_eq(t->name, S("input")) || str_eq(t->name, S("select")) ||
           str_eq(t->name, S("textarea"));
}

/* What a screen reader announces must have words: links, buttons, headings, labels. */
static void check_words_of(struct nest *s, const struct frame *f)
{
    static const char named[] =
        "a button h1 h2 h3 h4 h5 h6 label legend summary title caption figcaption";
    if (tool_in(named, str_from_c(f->e->name)) && !f->words)
        tool_problem(s->tool, s->view->file, f->token->line,
                     "<%s> has no words: text inside or aria-label", f->e->name);
}

/* Closes the innermost element or block; what it says, its parent says too. */
static void pop(struct nest *s)
{
    must(s->stack.n);
    struct frame f = s->stack.v[--s->stack.n];
    bool hidden = f.e && str_eq(attr_literal(f.token, S("aria-hidden")), S("true"));
    if (f.words && !hidden && s->stack.n)
        top(s)->words = true;
}

static void open_element(struct nest *s, const struct token *t)
{
    const struct element *e = html_element(t->name);
    if (!e) {
        unknown(s, t);
        return;
    }
    check_place(s, t, e);
    if (t->self_closing && !in_svg(s, t->name))
        tool_problem(s->tool, s->view->file, t->line, "write <%s>, without the slash", e->name);
    bool words = has_name(t);
    if (e->content != CONTENT_VOID && !t->self_closing)
        *vec_add(&s->tool->arena, &s->stack) = (struct frame){ .token = t, .e = e, .words = words };
    else if (words && top(s))
        top(s)->words = true;
}

/* How many frames to take off so that the innermost e of this block is closed; 0: none is open. */
static size_t frames_to(const struct nest *s, const struct element *e)
{
    for (size_t n = 1; n <= s->stack.n; n++) {
        const struct frame *f = &s->stack.v[s->stack.n - n];
        if (!f->e)
            return 0;
        if (f->e == e)
            return n;
    }
    return 0;
}

static void close_element(struct nest *s, const struct token *t)
{
    const struct element *e = html_element(t->name);
    const struct frame *f = top(s);
    if (!e)
        return;
    if (e->content == CONTENT_VOID)
        tool_problem(s->tool, s->view->file, t->line, "<%s> has no end tag", e->name);
    else if (!f)
        tool_problem(s->tool, s->view->file, t->line, "</%s> closes nothing", e->name);
    else if (!f->e)
        tool_problem(s->tool, s->view->file, t->line,
                     "</%s> closes an element from outside the @%.*s of line %d", e->name,
                     STR_FMT(f->token->name), f->token->line);
    else if (f->e != e)
        tool_problem(s->tool, s->view->file, t->line, "</%s> here, but <%s> of line %d is open",
                     e->name, f->e->name, f->token->line);
    size_t frames = frames_to(s, e);
    if (frames == 1)
        check_words_of(s, f);
    while (frames--)
        pop(s);
}

static bool words_allowed(const struct nest *s)
{
    for (size_t i = 0; i < s->stack.n; i++) {
        const struct frame *f = &s->stack.v[i];
        if (f->e && (html_literal(str_from_c(f->e->name)) ||
                     str_eq(attr_literal(f->token, S("translate")), S("no"))))
            return true;
    }
    return false;
}

static void check_entities(struct nest *s, const struct token *t)
{
    str rest = t->piece.s;
    ptrdiff_t at;
    while ((at = str_find_byte(rest, '&')) >= 0) {
        rest = str_slice(rest, (size_t)at + 1, rest.n);
        ptrdiff_t end = str_find_byte(rest, ';');
        if (end <= 0 || end > 10 || rest.p[0] == '#')
            continue;
        str name = str_slice(rest, 0, (size_t)end);
        if (str_find_byte(name, ' ') < 0 && !html_entity_known(name))
            tool_problem(s->tool, s->view->file, t->line, "&%.*s; is unknown", STR_FMT(name));
    }
}

static void text(struct nest *s, const struct token *t)
{
    struct frame *parent = parent_of(s);
    bool literal = t->piece.kind == PIECE_LITERAL;
    bool blank = literal && !str_trim(t->piece.s).n;
    if (blank)
        return;
    if (parent && (parent->e->content == CONTENT_LIST || parent->e->content == CONTENT_EMPTY))
        tool_problem(s->tool, s->view->file, t->line, "text may not stand directly inside <%s>",
                     parent->e->name);
    if (literal && !words_allowed(s) && tmplc_has_words(&s->tool->arena, t->piece.s))
        tool_problem(s->tool, s->view->file, t->line,
                     "words belong into text.de.po and stand here as {t key}: %.*s",
                     STR_FMT(str_trim(t->piece.s)));
    if (literal)
        check_entities(s, t);
    if (top(s) && (!literal || utf8_fold(&s->tool->arena, t->piece.s).n))
        top(s)->words = true;
    if (parent && str_eq(str_from_c(parent->e->name), S("script")) && (literal || parent->children))
        tool_problem(s->tool, s->view->file, t->line,
                     "a script element holds no code; "
                     "application/ld+json holds one {expr}");
    if (parent)
        parent->children++;
}

static void end_block(struct nest *s, const struct token *t)
{
    struct frame *f = top(s);
    if (!f)
        tool_problem(s->tool, s->view->file, t->line, "@%.*s without @if or @for",
                     STR_FMT(t->name));
    else if (f->e)
        tool_problem(s->tool, s->view->file, t->line,
                     "<%s> of line %d is not closed before this @%.*s", f->e->name, f->token->line,
                     STR_FMT(t->name));
    while (f && f->e) {
        pop(s);
        f = top(s);
    }
}

static void otherwise(struct nest *s, const struct token *t)
{
    end_block(s, t);
    struct frame *f = top(s);
    if (!f)
        return;
    if (str_eq(f->token->name, S("for")) || f->otherwise)
        tool_problem(s->tool, s->view->file, t->line, "this @else belongs to no @if");
    if (t->rest.n && (!str_starts(t->rest, S("if ")) || t->rest.n < 4))
        tool_problem(s->tool, s->view->file, t->line, "write @else or @else if condition");
    f->otherwise = !t->rest.n;
}

static void at_line(struct nest *s, const struct token *t)
{
    struct frame *parent = parent_of(s);
    if (str_eq(t->name, S("if")) || str_eq(t->name, S("for"))) {
        *vec_add(&s->tool->arena, &s->stack) = (struct frame){ .token = t };
    } else if (str_eq(t->name, S("else"))) {
        otherwise(s, t);
    } else if (str_eq(t->name, S("end"))) {
        end_block(s, t);
        if (s->stack.n)
            pop(s);
    } else if (tool_in("call body", t->name) && parent) {
        parent->children++;
        top(s)->words = true;
    }
    if (!str_eq(t->name, S("body")))
        return;
    for (size_t i = 0; i < s->stack.n; i++)
        if (!s->stack.v[i].e)
            tool_problem(s->tool, s->view->file, t->line, "@body may not stand inside a block");
}

static void check_closed(struct nest *s)
{
    for (size_t i = 0; i < s->stack.n; i++) {
        const struct frame *f = &s->stack.v[i];
        if (f->e)
            tool_problem(s->tool, s->view->file, f->token->line, "<%s> is never closed",
                         f->e->name);
        else
            tool_problem(s->tool, s->view->file, f->token->line, "@%.*s has no @end",
                         STR_FMT(f->token->name));
    }
}

void tmplc_check_nesting(struct tool *t, const struct view *v)
{
    struct nest s = { .tool = t, .view = v };
    for (size_t i = 0; i < v->n; i++) {
        const struct token *token = &v->v[i];
        switch (token->kind) {
        case TOKEN_OPEN:
            open_element(&s, token);
            break;
        case TOKEN_CLOSE:
            close_element(&s, token);
            break;
        case TOKEN_TEXT:
            text(&s, token);
            break;
        case TOKEN_LINE:
            at_line(&s, token);
            break;
        case TOKEN_DOCTYPE:
            if (s.stack.n)
                tool_problem(t, v->file, token->line, "<!doctype html> comes first");
            break;
        }
    }
    check_closed(&s);
}
