/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing texts.h (one function per text, the enum) and texts.c (the tables). */
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

str msgc_header(const struct catalogue *c)
{
    struct out o = out_new(&c->tool->arena, 0);
    const struct messages *german = &c->in[LANG_DE];
    OUT(&o, "/* Made by tool/msgc from the text.*.po files; see tool/README.md. */\n"
            "#ifndef TEXTS_H\n#define TEXTS_H\n\n#include \"base/str.h\"\n\nstruct rq;\n\n"
            "/* The name of a text in constant tables. */\nenum msg {\n");
    int slot = 0;
    for (size_t i = 0; i < german->n; i++) {
        out_fmt(&o, "    MSG_%.*s = %d,\n", STR_FMT(c_name(c, &german->v[i])), slot);
        slot += slots_of(&german->v[i]);
    }
    out_fmt(&o, "    MSG_COUNT = %d\n};\n\n", slot);
    for (size_t i = 0; i < german->n; i++) {
        put_prototype(&o, c, &german->v[i]);
        OUT(&o, ";\n");
    }
    OUT(&o, "/* A text without values, by its name; web/text.h has more. */\n"
            "str text_of(const struct rq *rq, enum msg m);\n\n#endif\n");
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
    out_fmt(o, "    [MSG_%.*s", STR_FMT(c_name(c, m)));
    if (form)
        out_fmt(o, " + %d", form);
    OUT(o, "] = ");
}

static void put_table(struct out *o, const struct catalogue *c, enum lang l)
{
    const struct messages *german = &c->in[LANG_DE];
    out_fmt(o, "static const str texts_%d[MSG_COUNT] = { /* %.*s */\n", (int)l,
            STR_FMT(lang_info(l)->code));
    for (size_t i = 0; i < german->n; i++) {
        const struct message *m = msgc_find(c, l, german->v[i].key);
        for (int f = 0; m && f < m->form_count; f++) {
            put_slot(o, c, m, f);
            OUT(o, "STR_INIT(");
            tool_put_literal(o, m->forms[f]);
            OUT(o, "),\n");
        }
    }
    OUT(o, "};\n\n");
}

static void put_entries(struct out *o, const struct catalogue *c)
{
    const struct messages *german = &c->in[LANG_DE];
    OUT(o, "const struct text_entry text_entries[MSG_COUNT] = {\n");
    for (size_t i = 0; i < german->n; i++) {
        const struct message *m = &german->v[i];
        for (int f = 0; f < slots_of(m); f++) {
            put_slot(o, c, m, f);
            out_fmt(o, "{ .key = STR_INIT(\"%.*s\")", STR_FMT(m->key));
            if (m->plural)
                out_fmt(o, ", .plural = true, .form = %d, .selector = STR_INIT(\"%.*s\")", f,
                        STR_FMT(msgc_selector(c->tool, m)));
            OUT(o, " },\n");
        }
    }
    OUT(o, "};\n\n");
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

str msgc_source(const struct catalogue *c, str header_name)
{
    struct out o = out_new(&c->tool->arena, 0);
    out_fmt(&o,
            "/* Made by tool/msgc from the text.*.po files; see tool/README.md. */\n"
            "#include \"%.*s\"\n\n#include \"web/text.h\"\n\n",
            STR_FMT(header_name));
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (c->in[l].n)
            put_table(&o, c, l);
    OUT(&o, "const str *const text_tables[LANG_COUNT] = {\n");
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (c->in[l].n)
            out_fmt(&o, "    [%d] = texts_%d,\n", (int)l, (int)l);
    OUT(&o, "};\n\n");
    put_entries(&o, c);
    put_sorted(&o, c);
    for (size_t i = 0; i < c->in[LANG_DE].n; i++)
        put_function(&o, c, &c->in[LANG_DE].v[i]);
    return out_text(&o);
}
