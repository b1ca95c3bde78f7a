/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Accessibility within one view: every control has a label (WCAG 1.3.1, 4.1.2), ids are
 * unique, headings do not jump. Views that are called are checked by themselves.
 */
#include "tmplc.h"

#define DEPTH_MAX 16

/* Where a token stands: which branch of which open @if. */
struct branch {
    int block; /* serial number of the @if or @for */
    int arm;   /* 0, 1 … */
    bool loop;
    int heading;       /* level before the block */
    int heading_least; /* smallest level at the end of an arm so far */
    bool covered;      /* there is an @else */
};

struct place {
    struct branch v[DEPTH_MAX];
    size_t n;
};

/* An id, or the name of an element that stands once in a page. */
struct id {
    str source;
    bool element;
    int line;
    struct place place;
};

struct control {
    const struct token *tag;
    str id; /* source of its id; empty: none */
};

struct access {
    struct tool *tool;
    const struct view *view;
    struct place place;
    int blocks;
    int heading; /* level of the last heading; 0: none yet */
    int labels;  /* open <label> elements */
    bool calls;
    struct {
        struct id *v;
        size_t n, cap;
    } ids;
    struct {
        struct control *v;
        size_t n, cap;
    } controls;
    struct {
        str *v;
        size_t n, cap;
    } label_for;
};

/* Both can be in one page: no @if has them in different arms. */
static bool together(const struct place *a, const struct place *b)
{
    for (size_t i = 0; i < a->n && i < b->n; i++) {
        if (a->v[i].block != b->v[i].block)
            return true;
        if (a->v[i].arm != b->v[i].arm)
            return false;
    }
    return true;
}

static bool in_loop(const struct place *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].loop)
            return true;
    return false;
}

static void note_once(struct access *x, struct id new)
{
    new.place = x->place;
    for (size_t i = 0; i < x->ids.n; i++) {
        const struct id *other = &x->ids.v[i];
        if (other->element == new.element && str_eq(other->source, new.source) &&
            together(&other->place, &x->place))
            tool_problem(x->tool, x->view->file, new.line, "%s `%.*s` is already in line %d",
                         new.element ? "element" : "id", STR_FMT(new.source), other->line);
    }
    *vec_add(&x->tool->arena, &x->ids) = new;
}

static void note_id(struct access *x, const struct attr *a)
{
    bool literal = a->value.n == 1 && a->value.v[0].kind == PIECE_LITERAL;
    if (!a->value.n || (literal && str_find_byte(a->source, ' ') >= 0))
        tool_problem(x->tool, x->view->file, a->line, "an id is one word");
    if (literal && in_loop(&x->place))
        tool_problem(x->tool, x->view->file, a->line,
                     "id `%.*s` stands in a @for and would be there several times",
                     STR_FMT(a->source));
    note_once(x, (struct id){ .source = a->source, .line = a->line });
}

static void heading(struct access *x, const struct token *t)
{
    int level = t->name.p[1] - '0';
    if (x->heading && level > x->heading + 1)
        tool_problem(x->tool, x->view->file, t->line, "<h%d> follows <h%d>: a level is left out",
                     level, x->heading);
    x->heading = level;
}

static bool is_control(const struct token *t)
{
    if (tool_in("select textarea meter progress", t->name))
        return true;
    return str_eq(t->name, S("input")) &&
           !tool_in("hidden submit button reset", attr_literal(t, S("type")));
}

static void note_control(struct access *x, const struct token *t)
{
    if (x->labels || attr_given(t, S("aria-label")) || attr_given(t, S("aria-labelledby")))
        return;
    const struct attr *id = attr_find(t, S("id"));
    *vec_add(&x->tool->arena, &x->controls) = (struct control){ t, id ? id->source : S("") };
}

static void open_tag(struct access *x, const struct token *t)
{
    const struct attr *id = attr_find(t, S("id"));
    if (id)
        note_id(x, id);
    if (tool_in("h1 main html head body", t->name))
        note_once(x, (struct id){ .source = t->name, .line = t->line, .element = true });
    if (t->name.n == 2 && t->name.p[0] == 'h' && t->name.p[1] >= '1' && t->name.p[1] <= '6')
        heading(x, t);
    if (str_eq(t->name, S("label"))) {
        const struct attr *target = attr_find(t, S("for"));
        x->labels++;
        if (target)
            *vec_add(&x->tool->arena, &x->label_for) = target->source;
    }
    if (is_control(t))
        note_control(x, t);
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void open_block(struct access *x, bool loop)
{
    if (x->place.n == DEPTH_MAX) {
        tool_problem(x->tool, x->view->file, x->view->line, "blocks are nested too deeply");
        return;
    }
    x->place.v[x->place.n++] = (struct branch){
        .block = ++x->blocks, .loop = loop, .heading = x->heading, .heading_least = 9
    };
}

/* An arm ends: the next one starts with the heading from before the block. */
static void end_arm(struct access *x, struct branch *b)
{
    b->heading_least = least(b->heading_least, x->heading);
    x->heading = b->heading;
    b->arm++;
}

static void at_line(struct access *x, const struct token *t)
{
    struct branch *b = x->place.n ? &x->place.v[x->place.n - 1] : NULL;
    if (tool_in("if for", t->name)) {
        open_block(x, str_eq(t->name, S("for")));
    } else if (str_eq(t->name, S("else")) && b) {
        end_arm(x, b);
        b->covered |= !t->rest.n;
    } else if (str_eq(t->name, S("end")) && b) {
        end_arm(x, b);
        x->heading = b->covered ? b->heading_least : least(b->heading_least, b->heading);
        x->place.n--;
    } else if (str_eq(t->name, S("call"))) {
        x->calls = true;
    }
}

static bool labelled(const struct access *x, const struct control *c)
{
    for (size_t i = 0; c->id.n && i < x->label_for.n; i++)
        if (str_eq(x->label_for.v[i], c->id))
            return true;
    return false;
}

static void check_labels(struct access *x)
{
    for (size_t i = 0; i < x->controls.n; i++) {
        const struct control *c = &x->controls.v[i];
        if (!labelled(x, c))
            tool_problem(x->tool, x->view->file, c->tag->line,
                         "<%.*s> needs a label: <label for=\"its id\">, a <label> around it, or "
                         "aria-label",
                         STR_FMT(c->tag->name));
    }
    for (size_t i = 0; i < x->label_for.n && !x->calls; i++) {
        bool found = false;
        for (size_t k = 0; k < x->ids.n; k++)
            found |= !x->ids.v[k].element && str_eq(x->ids.v[k].source, x->label_for.v[i]);
        if (!found)
            tool_problem(x->tool, x->view->file, x->view->line,
                         "view %.*s: a label is for `%.*s`, but nothing has that id",
                         STR_FMT(x->view->name), STR_FMT(x->label_for.v[i]));
    }
}

void tmplc_check_access(struct tool *t, const struct view *v)
{
    struct access x = { .tool = t, .view = v };
    for (size_t i = 0; i < v->n; i++) {
        const struct token *token = &v->v[i];
        if (token->kind == TOKEN_OPEN)
            open_tag(&x, token);
        else if (token->kind == TOKEN_CLOSE && str_eq(token->name, S("label")))
            x.labels--;
        else if (token->kind == TOKEN_LINE)
            at_line(&x, token);
    }
    check_labels(&x);
}
