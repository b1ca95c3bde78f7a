/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writing GROUP.text.h (one function per text, the names) and texts.c (the tables). The name of
 * a text is a number, its group and its place in it, so that a new text changes the header of
 * its own group alone.
 */
#include "msgc.h"

/* A text with plural forms has room for those of every language. */
static int slots_of(const struct message *m)
{
    return m->plural ? LANG_FORMS_MAX : 1;
}

static str c_name(const struct catalogue *c, const struct message *m)
{
    return msgc_c_name(&c->tool->arena, m->key);
}

/* The German words as a comment, in one line. */
static void put_comment(struct out *o, const struct message *m)
{
    str s = m->forms[m->form_count - 1];
    OUT(o, "/* ");
    for (size_t i = 0; i < s.n; i++) {
        bool ends = s.p[i] == '*' && i + 1 < s.n && s.p[i + 1] == '/';
        bool starts = s.p[i] == '/' && i + 1 < s.n && s.p[i + 1] == '*';
        out_char(o, s.p[i] == '\n' || ends || starts ? ' ' : s.p[i]);
    }
    OUT(o, " */\n");
}

static void put_prototype(struct out *o, const struct catalogue *c, const struct message *m)
{
    struct params list = msgc_params(c->tool, m);
    out_fmt(o, "str t_%.*s(const struct rq *rq", STR_FMT(c_name(c, m)));
    for (size_t i = 0; i < list.n; i++)
        out_fmt(o, ", %s%.*s", list.v[i].number ? "int64_t " : "str ", STR_FMT(list.v[i].name));
    OUT(o, ")");
}

/* "city" -> "TEXT_CITY_H" */
static str guard_of(const struct catalogue *c, size_t group)
{
    struct out o = out_new(&c->tool->arena, 0);
    str name = c->groups.v[group];
    OUT(&o, "TEXT_");
    for (size_t i = 0; i < name.n; i++)
        out_char(&o, name.p[i] >= 'a' && name.p[i] <= 'z' ? (char)(name.p[i] - 32) : name.p[i]);
    OUT(&o, "_H");
    return out_text(&o);
}

/* The names, with which constant tables refer to texts. */
static void put_names(struct out *o, const struct catalogue *c, size_t group)
{
    const struct messages *german = &c->in[LANG_DE];
    int slot = 0;
    for (size_t i = 0; i < german->n; i++) {
        if (german->v[i].group != group)
            continue;
        out_fmt(o, "#define MSG_%.*s TEXT_AT(%zu, %d)\n", STR_FMT(c_name(c, &german->v[i])), group,
                slot);
        slot += slots_of(&german->v[i]);
    }
    OUT(o, "\n");
}

str msgc_header(const struct catalogue *c, size_t group)
{
    struct out o = out_new(&c->tool->arena, 0);
    const struct messages *german = &c->in[LANG_DE];
    str guard = guard_of(c, group);
    out_fmt(&o,
            "/* Made by tool/msgc from the text.*.po files of a folder; see tool/README.md. */\n"
            "#ifndef %.*s\n#define %.*s\n\n#include \"web/text.h\"\n\n",
            STR_FMT(guard), STR_FMT(guard));
    put_names(&o, c, group);
    for (size_t i = 0; i < german->n; i++) {
        if (german->v[i].group != group)
            continue;
        put_prototype(&o, c, &german->v[i]);
        OUT(&o, ";\n");
    }
    OUT(&o, "\n#endif\n");
    return out_text(&o);
}

static void put_function(struct out *o, const struct catalogue *c, const struct message *m)
{
    struct params list = msgc_params(c->tool, m);
    put_comment(o, m);
    put_prototype(o, c, m);
    OUT(o, "\n{\n");
    if (!list.n) {
        out_fmt(o, "    return text_of(rq, MSG_%.*s);\n}\n\n", STR_FMT(c_name(c, m)));
        return;
    }
    OUT(o, "    const struct text_arg args[] = {\n");
    for (size_t i = 0; i < list.n; i++) {
        str name = list.v[i].name;
        out_fmt(o, "        { .name = STR_INIT(\"%.*s\"), ", STR_FMT(name));
        if (list.v[i].number)
            out_fmt(o, ".number = true, .i = %.*s },\n", STR_FMT(name));
        else
            out_fmt(o, ".s = %.*s },\n", STR_FMT(name));
    }
    out_fmt(o, "    };\n    return text_fmt(rq, MSG_%.*s, args, %zu);\n}\n\n",
            STR_FMT(c_name(c, m)), list.n);
}

static void put_slot(struct out *o, const struct catalogue *c, const struct message *m, int form)
{
    out_fmt(o, "    [TEXT_PLACE(MSG_%.*s)", STR_FMT(c_name(c, m)));
    if (form)
        out_fmt(o, " + %d", form);
    OUT(o, "] = ");
}

/* The words of a group in a language. */
static void put_words(struct out *o, const struct catalogue *c, size_t group, enum lang l)
{
    const struct messages *german = &c->in[LANG_DE];
    out_fmt(o, "static const str words_%zu_%d[] = { /* %.*s */\n", group, (int)l,
            STR_FMT(lang_info(l)->code));
    for (size_t i = 0; i < german->n; i++) {
        if (german->v[i].group != group)
            continue;
        const struct message *m = msgc_find(c, l, german->v[i].key);
        for (int f = 0; f < slots_of(&german->v[i]); f++) {
            put_slot(o, c, &german->v[i], f);
            if (m && f < m->form_count) {
                OUT(o, "STR_INIT(");
                tool_put_literal(o, m->forms[f]);
                OUT(o, "),\n");
            } else {
                OUT(o, "{ NULL, 0 },\n");
            }
        }
    }
    OUT(o, "};\n\n");
}

static size_t put_entries(struct out *o, const struct catalogue *c, size_t group)
{
    const struct messages *german = &c->in[LANG_DE];
    size_t n = 0;
    out_fmt(o, "static const struct text_entry entries_%zu[] = { /* %.*s */\n", group,
            STR_FMT(c->groups.v[group]));
    for (size_t i = 0; i < german->n; i++) {
        const struct message *m = &german->v[i];
        for (int f = 0; m->group == group && f < slots_of(m); f++, n++) {
            put_slot(o, c, m, f);
            out_fmt(o, "{ .key = STR_INIT(\"%.*s\")", STR_FMT(m->key));
            if (m->plural)
                out_fmt(o, ", .plural = true, .form = %d, .selector = STR_INIT(\"%.*s\")", f,
                        STR_FMT(msgc_selector(c->tool, m)));
            OUT(o, " },\n");
        }
    }
    OUT(o, "};\n\n");
    return n;
}

/* The tables of all groups, and text_groups, which has them by number. */
static void put_groups(struct out *o, const struct catalogue *c)
{
    struct out list = out_new(&c->tool->arena, 0);
    for (size_t g = 0; g < c->groups.n; g++) {
        size_t n = put_entries(o, c, g);
        out_fmt(&list, "    { .n = %zu, .entries = entries_%zu, .words = {", n, g);
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            if (!c->in[l].n)
                continue;
            put_words(o, c, g, l);
            out_fmt(&list, " [%d] = words_%zu_%d,", (int)l, g, (int)l);
        }
        OUT(&list, " } },\n");
    }
    OUT(o, "const struct text_group text_groups[] = {\n");
    out_str(o, out_text(&list));
    out_fmt(o, "};\nconst size_t text_group_count = %zu;\n\n", c->groups.n);
}

static int by_key(const void *a, const void *b)
{
    const struct message *x = a;
    const struct message *y = b;
    return str_cmp(x->key, y->key);
}

static void put_sorted(struct out *o, const struct catalogue *c)
{
    const struct messages *german = &c->in[LANG_DE];
    struct message *list = NEW_ARRAY(&c->tool->arena, german->n + 1, struct message);
    for (size_t i = 0; i < german->n; i++)
        list[i] = german->v[i];
    qsort(list, german->n, sizeof *list, by_key);
    OUT(o, "const enum msg text_sorted[] = {\n");
    for (size_t i = 0; i < german->n; i++)
        out_fmt(o, "    MSG_%.*s,\n", STR_FMT(c_name(c, &list[i])));
    out_fmt(o, "};\nconst size_t text_sorted_count = %zu;\n\n", german->n);
}

str msgc_source(const struct catalogue *c)
{
    struct out o = out_new(&c->tool->arena, 0);
    OUT(&o, "/* Made by tool/msgc from the text.*.po files; see tool/README.md. */\n"
            "#include \"web/text.h\"\n\n");
    for (size_t g = 0; g < c->groups.n; g++)
        out_fmt(&o, "#include \"%.*s.text.h\"\n", STR_FMT(c->groups.v[g]));
    out_char(&o, '\n');
    put_groups(&o, c);
    put_sorted(&o, c);
    for (size_t i = 0; i < c->in[LANG_DE].n; i++)
        put_function(&o, c, &c->in[LANG_DE].v[i]);
    return out_text(&o);
}
