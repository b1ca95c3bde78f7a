/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparing every language with German: keys, values, plural forms. */
#include "msgc.h"
#include "web/text_piece.h"

const struct message *msgc_find(const struct catalogue *c, enum lang l, str key)
{
    const uint64_t *place = map_find(&c->index[l], key);
    if (!place || !*place)
        return NULL;
    const struct message *m = &c->in[l].v[*place - 1];
    return m->fuzzy || !m->forms[0].n ? NULL : m;
}

str msgc_c_name(struct arena *a, str key)
{
    char *p = arena_bytes(a, key.n);
    for (size_t i = 0; i < key.n; i++)
        p[i] = key.p[i] == '.' ? '_' : key.p[i];
    return (str){ p, key.n };
}

/* The form that has all values: the last one. */
static str model_of(const struct message *m)
{
    return m->forms[m->form_count - 1];
}

struct params msgc_params(struct tool *t, const struct message *m)
{
    struct params list = { 0 };
    str rest = model_of(m);
    struct text_piece piece;
    while (text_piece_next(&rest, &piece)) {
        bool known = !piece.value;
        for (size_t i = 0; i < list.n; i++)
            known |= str_eq(list.v[i].name, piece.s);
        if (!known)
            *vec_add(&t->arena, &list) = (struct param){ piece.s, piece.number };
    }
    return list;
}

str msgc_selector(struct tool *t, const struct message *m)
{
    struct params list = msgc_params(t, m);
    for (size_t i = 0; m->plural && i < list.n; i++)
        if (list.v[i].number)
            return list.v[i].name;
    return S("");
}

static void check_pieces(struct catalogue *c, const struct message *m, const struct message *german)
{
    str selector = msgc_selector(c->tool, german);
    for (int i = 0; i < m->form_count; i++) {
        if (!text_pieces_good(m->forms[i]))
            tool_problem(c->tool, m->file, m->line,
                         "text `%.*s`: a value is {name} or {number#}, a brace is {{",
                         STR_FMT(m->key));
        else if (!text_pieces_fit(m->forms[i], model_of(german), selector))
            tool_problem(c->tool, m->file, m->line,
                         "text `%.*s`: the values in {} differ from those of the German text",
                         STR_FMT(m->key));
    }
}

static void check_forms(struct catalogue *c, enum lang l, const struct message *m)
{
    const struct lang_info *info = lang_info(l);
    int given = 0;
    for (int i = 0; i < info->forms; i++)
        given += m->forms[i].n > 0;
    if (m->plural && (given != info->forms || m->form_count != info->forms))
        tool_problem(c->tool, m->file, m->line,
                     "text `%.*s`: %.*s has %d plural forms, msgstr[0] to msgstr[%d]",
                     STR_FMT(m->key), STR_FMT(info->code), info->forms, info->forms - 1);
}

/* A value is a parameter of a C function. */
static void check_names(struct catalogue *c, const struct message *m)
{
    static const char taken[] = "rq args str auto bool break case char const continue default do "
                                "double else enum extern float for goto if inline int long "
                                "register restrict return short signed sizeof static struct switch "
                                "typedef typeof union unsigned void volatile while";
    struct params list = msgc_params(c->tool, m);
    for (size_t i = 0; i < list.n; i++)
        if (tool_in(taken, list.v[i].name))
            tool_problem(c->tool, m->file, m->line,
                         "text `%.*s`: {%.*s} cannot be the name of a value, C has that word",
                         STR_FMT(m->key), STR_FMT(list.v[i].name));
}

/* Two kinds of one value would be one C parameter with two types. */
static void check_types(struct catalogue *c, const struct message *m)
{
    str rest = model_of(m);
    struct text_piece piece;
    struct params list = msgc_params(c->tool, m);
    while (text_piece_next(&rest, &piece))
        for (size_t i = 0; piece.value && i < list.n; i++)
            if (str_eq(list.v[i].name, piece.s) && list.v[i].number != piece.number)
                tool_problem(c->tool, m->file, m->line,
                             "text `%.*s`: {%.*s} is used with and without #", STR_FMT(m->key),
                             STR_FMT(piece.s));
}

static void check_german(struct catalogue *c)
{
    struct map names = map_new(&c->tool->arena);
    for (size_t i = 0; i < c->in[LANG_DE].n; i++) {
        const struct message *m = &c->in[LANG_DE].v[i];
        uint64_t *seen = map_put(&names, msgc_c_name(&c->tool->arena, m->key));
        if (*seen)
            tool_problem(c->tool, m->file, m->line, "text `%.*s` has the C name of `%.*s`",
                         STR_FMT(m->key), STR_FMT(c->in[LANG_DE].v[*seen - 1].key));
        *seen = i + 1;
        if (!msgc_find(c, LANG_DE, m->key)) {
            tool_problem(c->tool, m->file, m->line, "text `%.*s` has no German words",
                         STR_FMT(m->key));
            continue;
        }
        check_forms(c, LANG_DE, m);
        check_types(c, m);
        check_names(c, m);
        check_pieces(c, m, m);
        if (m->plural && !msgc_selector(c->tool, m).n)
            tool_problem(c->tool, m->file, m->line,
                         "text `%.*s`: plural forms need a {number#} in the last form",
                         STR_FMT(m->key));
    }
}

static void check_other(struct catalogue *c, enum lang l, const struct message *m)
{
    const struct message *german = msgc_find(c, LANG_DE, m->key);
    if (!german) {
        tool_problem(c->tool, m->file, m->line, "text `%.*s` is not in any text.de.po",
                     STR_FMT(m->key));
        return;
    }
    if (!msgc_find(c, l, m->key))
        return;
    if (m->plural != german->plural) {
        tool_problem(c->tool, m->file, m->line, "text `%.*s` %s in German", STR_FMT(m->key),
                     german->plural ? "has plural forms" : "has no plural forms");
        return;
    }
    check_forms(c, l, m);
    check_pieces(c, m, german);
}

void msgc_check(struct catalogue *c)
{
    check_german(c);
    for (enum lang l = LANG_DE + 1; l < LANG_COUNT; l++)
        for (size_t i = 0; i < c->in[l].n; i++)
            check_other(c, l, &c->in[l].v[i]);
}
