/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tokens back to SQL, for one engine. The sources are written in the subset that both
 * engines understand; what differs is rewritten here:
 *
 *              SQLite                        PostgreSQL
 *   :city      ?1                            $1
 *   types      INTEGER REAL TEXT BLOB        bigint, double precision, text COLLATE "C", bytea
 *   tables     STRICT                        (always strict)
 *
 * COLLATE "C" makes PostgreSQL compare and sort text bytewise, as SQLite does, whatever the
 * database's locale is.
 */
#include "sqlc.h"

static const char *postgres_type(str type, bool column)
{
    static const struct {
        const char *ours, *theirs;
    } map[] = { { "INTEGER", "bigint" }, { "REAL", "double precision" }, { "BLOB", "bytea" } };
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (str_ieq(type, str_from_c(map[i].ours)))
            return map[i].theirs;
    if (str_ieq(type, S("TEXT")))
        return column ? "text COLLATE \"C\"" : "text";
    return NULL;
}

static void put_token(struct out *o, const struct token *t, enum engine e)
{
    if (t->kind == T_PARAM)
        out_fmt(o, "%c%d", e == ON_SQLITE ? '?' : '$', t->param + 1);
    else if (t->kind == T_NAME)
        out_fmt(o, "\"%.*s\"", STR_FMT(t->text));
    else
        out_str(o, t->text);
}

/* The type in CAST(… AS type). */
static bool is_cast_type(const struct tokens *t, int i)
{
    int open = t->v[i].open;
    return t->v[i].kind == T_WORD && open > 0 && is_word(t, i - 1, "AS") &&
           is_word(t, open - 1, "CAST") && t->v[open].match == i + 1;
}

str statement_text(struct sqlc *c, const struct tokens *t, enum engine e, size_t *offsets)
{
    struct out o = out_new(&c->tool.arena, 0);
    for (int i = 0; i < (int)t->n; i++) {
        const struct token *k = &t->v[i];
        if (offsets)
            offsets[i] = o.n;
        if (!(k->engines & e) || k->kind == T_END)
            continue;
        if (k->space && o.n)
            out_char(&o, ' ');
        const char *type =
            e == ON_POSTGRES && is_cast_type(t, i) ? postgres_type(k->text, false) : NULL;
        if (type)
            out_fmt(&o, "%s", type);
        else
            put_token(&o, k, e);
    }
    return out_text(&o);
}

/* ---- migrations ---- */

/* Is token i the type in a column's definition? */
static bool is_column_type(const struct piece *p, int i)
{
    const struct tokens *t = p->t;
    if (is_word(t, p->from, "CREATE")) {
        bool first = is_sign(t, i - 2, "(") || is_sign(t, i - 2, ",");
        return is_word(t, p->from + 1, "TABLE") && t->v[i].open >= p->from &&
               t->v[t->v[i].open].open < 0 && first && is_name(t, i - 1) &&
               !is_one_of(t, i - 1, "PRIMARY UNIQUE CHECK FOREIGN CONSTRAINT");
    }
    return is_word(t, p->from, "ALTER") && is_name(t, i - 1) &&
           (is_word(t, i - 2, "ADD") || is_word(t, i - 2, "COLUMN"));
}

/* The bracket that ends the column list of a CREATE TABLE, or -1. */
static int end_of_columns(const struct piece *p)
{
    if (!is_word(p->t, p->from, "CREATE") || !is_word(p->t, p->from + 1, "TABLE"))
        return -1;
    for (int i = p->from; i < p->to; i++)
        if (is_sign(p->t, i, "("))
            return p->t->v[i].match;
    return -1;
}

/* A token of a migration as it is on PostgreSQL. */
static void put_postgres(struct out *o, const struct piece *p, int i)
{
    const struct token *k = &p->t->v[i];
    const char *type = NULL;
    if (is_column_type(p, i))
        type = postgres_type(k->text, true);
    else if (is_cast_type(p->t, i))
        type = postgres_type(k->text, false);
    if (type)
        out_fmt(o, "%s", type);
    else
        put_token(o, k, ON_POSTGRES);
}

str schema_text(struct sqlc *c, const struct piece *p, enum engine e, size_t *offsets)
{
    struct out o = out_new(&c->tool.arena, 0);
    int end = end_of_columns(p);
    for (int i = p->from; i < p->to; i++) {
        const struct token *k = &p->t->v[i];
        bool rowid = end >= 0 && i > end && is_one_of(p->t, i, "WITHOUT ROWID");
        if (offsets)
            offsets[i - p->from] = o.n;
        if (!(k->engines & e) || (e == ON_POSTGRES && rowid))
            continue;
        if (k->space && o.n)
            out_char(&o, k->line > k[-1].line ? '\n' : ' ');
        if (e == ON_POSTGRES)
            put_postgres(&o, p, i);
        else
            put_token(&o, k, e);
        if (e == ON_SQLITE && i == end)
            out_fmt(&o, " STRICT%s", p->to > end + 1 ? "," : "");
    }
    return out_text(&o);
}
