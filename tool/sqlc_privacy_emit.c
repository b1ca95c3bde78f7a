/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * people.h and people.c: what sqlc_privacy.c has read, as constant tables (db/privacy.h).
 */
#include "sqlc.h"

static const char head[] = "/* SPDX-"
                           "License-Identifier: EUPL-1.2 */\n"
                           "/* Made by tool/sqlc from all .privacy files; do not edit. */\n";

static bool named_before(const struct sqlc *c, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (str_eq(c->tables.v[k].privacy->activity, c->tables.v[i].privacy->activity))
            return true;
    return false;
}

str emit_privacy_header(struct sqlc *c)
{
    struct out o = out_new(&c->tool.arena, 0);
    out_fmt(&o, "%s#ifndef PEOPLE_H\n#define PEOPLE_H\n\n#include \"db/privacy.h\"\n\n", head);
    OUT(&o, "/* In the order of enum table. */\n");
    OUT(&o, "extern const struct privacy_table privacy_tables[];\n");
    OUT(&o, "extern const size_t privacy_table_count;\n\n");
    OUT(&o, "/* The processing activities, each once. */\n");
    OUT(&o, "#define PRIVACY_ACTIVITIES(X)");
    for (size_t i = 0; c->private && i < c->tables.n; i++)
        if (!named_before(c, i))
            out_fmt(&o, " \\\n    X(%.*s)", STR_FMT(c->tables.v[i].privacy->activity));
    OUT(&o, "\n\n/* The classes of retention: table and name. */\n");
    OUT(&o, "#define PRIVACY_KEEPS(X)");
    for (size_t i = 0; c->private && i < c->tables.n; i++)
        for (size_t k = 0; k < c->tables.v[i].privacy->keeps.n; k++)
            out_fmt(&o, " \\\n    X(%.*s, %.*s)", STR_FMT(c->tables.v[i].name),
                    STR_FMT(c->tables.v[i].privacy->keeps.v[k].name));
    OUT(&o, "\n\n#endif\n");
    return out_text(&o);
}

static void put_list(struct out *o, const struct table *t, const char *list, const char *type)
{
    out_fmt(o, "static const struct privacy_%s privacy_%.*s_%s[] = {\n", type, STR_FMT(t->name),
            list);
}

static void put_keeps(struct out *o, const struct table *t)
{
    put_list(o, t, "keeps", "keep");
    for (size_t i = 0; i < t->privacy->keeps.n; i++) {
        const struct keep *k = &t->privacy->keeps.v[i];
        out_fmt(o, "    { \"%.*s.%.*s\", %lld, \"%.*s\", ", STR_FMT(t->name), STR_FMT(k->name),
                (long long)k->days, STR_FMT(k->after));
        tool_put_literal(o, k->when);
        out_fmt(o, ", &stmt_keep_%.*s_%.*s, &stmt_keep_%.*s_%.*s_count },\n", STR_FMT(t->name),
                STR_FMT(k->name), STR_FMT(t->name), STR_FMT(k->name));
    }
    OUT(o, "    { 0 }\n};\n");
}

static void put_people(struct out *o, const struct table *t)
{
    static const char *const by[] = { "PERSON_MAIL", "PERSON_ACCOUNT", "PERSON_MARK" };
    put_list(o, t, "people", "person");
    for (size_t i = 0; i < t->privacy->people.n; i++) {
        const struct person *p = &t->privacy->people.v[i];
        out_fmt(o, "    { %s, &stmt_person_%.*s_%zu, ", by[p->by], STR_FMT(t->name), i + 1);
        if (p->parent)
            OUT(o, "NULL },\n");
        else
            out_fmt(o, "&stmt_person_%.*s_%zu_ids },\n", STR_FMT(t->name), i + 1);
    }
    OUT(o, "    { 0 }\n};\n");
    put_list(o, t, "corrects", "correct");
    for (size_t i = 0; i < t->privacy->people.n; i++)
        for (size_t k = 0; k < t->columns.n; k++)
            if (can_correct(t, k, &t->privacy->people.v[i]))
                out_fmt(o, "    { \"%.*s\", %s, &stmt_correct_%.*s_%.*s },\n",
                        STR_FMT(t->columns.v[k].name),
                        t->columns.v[k].class == PRIVACY_NAME ? "PRIVACY_NAME" : "PRIVACY_PHONE",
                        STR_FMT(t->name), STR_FMT(t->columns.v[k].name));
    OUT(o, "    { 0 }\n};\n");
}

static void put_sealed(struct out *o, const struct table *t)
{
    put_list(o, t, "sealed", "sealed");
    for (size_t i = 0; i < t->columns.n; i++) {
        str n = t->columns.v[i].name;
        if (t->columns.v[i].type != DB_SEALED)
            continue;
        out_fmt(o, "    { \"%.*s.%.*s\"", STR_FMT(t->name), STR_FMT(n));
        static const char *const ends[] = { "", "_set", "_count" };
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            out_fmt(o, ", &stmt_sealed_%.*s_%.*s%s", STR_FMT(t->name), STR_FMT(n), ends[k]);
        OUT(o, " },\n");
    }
    OUT(o, "    { 0 }\n};\n");
}

static void put_columns(struct out *o, const struct table *t)
{
    static const char *const classes[] = { "PLAIN",   "NAME", "MAIL",   "PHONE",    "TEXT",
                                           "ACCOUNT", "MARK", "SECRET", "SENSITIVE" };
    put_list(o, t, "columns", "column");
    for (size_t i = 0; i < t->columns.n; i++)
        out_fmt(o, "    { \"%.*s\", PRIVACY_%s },\n", STR_FMT(t->columns.v[i].name),
                classes[t->columns.v[i].class]);
    OUT(o, "    { 0 }\n};\n");
}

static void put_member(struct out *o, const char *member, str text)
{
    if (!text.n)
        return;
    out_fmt(o, "      .%s = ", member);
    tool_put_literal(o, text);
    OUT(o, ",\n");
}

static void put_table(struct out *o, const struct table *t)
{
    const struct privacy *p = t->privacy;
    str n = t->name;
    OUT(o, "    {\n");
    put_member(o, "name", n);
    put_member(o, "feature", str_from_c(t->feature->name));
    put_member(o, "activity", p->activity);
    out_fmt(o, "      .basis = %u,\n      .to = %u,\n", p->basis, p->to);
    put_member(o, "with", p->with);
    put_member(o, "always", p->always);
    static const char *const lists[] = { "columns", "keeps", "people", "corrects", "sealed" };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        out_fmt(o, "      .%s = privacy_%.*s_%s,\n", lists[i], STR_FMT(n), lists[i]);
    if (!p->by_feature && (p->keeps.n || p->people.n) && !p->with.n)
        out_fmt(o, "      .erase = &stmt_erase_%.*s,\n", STR_FMT(n));
    if (p->people.n && !p->with.n)
        out_fmt(o, "      .all = &stmt_all_%.*s,\n", STR_FMT(n));
    OUT(o, "    },\n");
}

str emit_privacy(struct sqlc *c)
{
    struct out o = out_new(&c->tool.arena, 0);
    out_fmt(&o, "%s#include \"people.h\"\n\n", head);
    for (size_t i = 0; i < c->features.n; i++)
        out_fmt(&o, "#include \"%s.sql.h\"\n", c->features.v[i].name);
    OUT(&o, "\n");
    for (size_t i = 0; c->private && i < c->tables.n; i++) {
        put_columns(&o, &c->tables.v[i]);
        put_keeps(&o, &c->tables.v[i]);
        put_people(&o, &c->tables.v[i]);
        put_sealed(&o, &c->tables.v[i]);
    }
    OUT(&o, "const struct privacy_table privacy_tables[] = {\n");
    for (size_t i = 0; c->private && i < c->tables.n; i++)
        put_table(&o, &c->tables.v[i]);
    out_fmt(&o, "    { 0 }\n};\nconst size_t privacy_table_count = %zu;\n",
            c->private ? c->tables.n : 0);
    return out_text(&o);
}
