/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The refusals of sqlc that are not about towns: what only one engine understands or
 * understands differently, names that C cannot have, writing into another feature's table,
 * and tables with people that forget to export or erase them.
 */
#include "sqlc.h"

#include <stdarg.h>

void problem_at(struct sqlc *c, const struct statement *s, int i, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char text[512];
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    tool_problem(&c->tool, s->feature->file, s->tokens.v[i].line, "%.*s: %s", STR_FMT(s->name),
                 text);
}

/* ---- portability ---- */

static void check_star(struct sqlc *c, const struct statement *s, int i)
{
    const struct tokens *t = &s->tokens;
    bool all = is_one_of(t, i - 1, "SELECT DISTINCT ALL RETURNING") || is_sign(t, i - 1, ".");
    if (is_sign(t, i, "*") && (all || (is_sign(t, i - 1, ",") && is_word(t, i + 1, "FROM"))))
        problem_at(c, s, i, "name the columns instead of *");
}

static void check_operator(struct sqlc *c, const struct statement *s, int i)
{
    const struct tokens *t = &s->tokens;
    if (is_word(t, i, "IS") && !is_word(t, i + 1, "NULL") && !is_word(t, i + 1, "DISTINCT") &&
        !(is_word(t, i + 1, "NOT") && is_one_of(t, i + 2, "NULL DISTINCT")))
        problem_at(c, s, i, "IS compares with NULL only; write IS NOT DISTINCT FROM");
    if (is_sign(t, i, "==") || is_sign(t, i, "!="))
        problem_at(c, s, i, "write %s", is_sign(t, i, "==") ? "=" : "<>");
    if (is_sign(t, i, "->") || is_sign(t, i, "::"))
        problem_at(c, s, i, "'%.*s' is not the same on both engines", STR_FMT(t->v[i].text));
    if (is_one_of(t, i, "MIN MAX") && is_sign(t, i + 1, "(") && items_at(t, i + 2, "").n > 1)
        problem_at(c, s, i, "%.*s of several values is SQLite's own; write CASE",
                   STR_FMT(t->v[i].text));
    if (is_sign(t, i, "(") && is_one_of(t, i - 1, "FROM JOIN") &&
        !is_one_of(t, i + 1, "SELECT WITH VALUES"))
        problem_at(c, s, i, "no brackets around joins");
    if (is_word(t, i, "LIMIT") && items_at(t, i + 1, "OFFSET RETURNING").n > 1)
        problem_at(c, s, i, "write LIMIT n OFFSET m");
    if (is_one_of(t, i, "RIGHT FULL") && is_one_of(t, i + 1, "JOIN OUTER"))
        problem_at(c, s, i, "write LEFT JOIN");
    if (is_word(t, i, "INSERT") && is_word(t, i + 1, "OR"))
        problem_at(c, s, i, "write INSERT … ON CONFLICT");
}

static void check_like(struct sqlc *c, const struct statement *s, int i)
{
    const struct tokens *t = &s->tokens;
    int k = i + 1;
    if (!is_word(t, i, "LIKE"))
        return;
    while (k < (int)t->n && !is_one_of(t, k, "AND OR WHERE GROUP ORDER ESCAPE LIMIT") &&
           !is_sign(t, k, ")") && !is_sign(t, k, ","))
        k = is_sign(t, k, "(") ? t->v[k].match + 1 : k + 1;
    if (!is_word(t, k, "ESCAPE"))
        problem_at(c, s, i, "LIKE needs ESCAPE '\\': the engines escape differently without");
}

static void check_words(struct sqlc *c, const struct statement *s, int i)
{
    static const char words[] = "GLOB MATCH REGEXP "
                                "COLLATE ROWID _ROWID_ OID ISNULL NOTNULL TRUE FALSE IFNULL IIF "
                                "REPLACE NATURAL ILIKE SIMILAR";
    const struct tokens *t = &s->tokens;
    bool function = is_word(t, i, "REPLACE") && is_sign(t, i + 1, "(");
    if (is_one_of(t, i, words) && !function)
        problem_at(c, s, i, "%.*s is not the same on both engines", STR_FMT(t->v[i].text));
}

/* SQLite puts NULL first, PostgreSQL last. */
static void check_order(struct sqlc *c, const struct statement *s, const struct scopes *all, int i)
{
    const struct tokens *t = &s->tokens;
    if (!is_word(t, i, "ORDER") || !is_word(t, i + 1, "BY"))
        return;
    struct items items = items_at(t, i + 2, "LIMIT OFFSET RETURNING ROWS RANGE");
    for (int k = 0; k < items.n; k++) {
        struct reference r = reference_at(all, t, items.v[k].from);
        bool said = false;
        for (int j = items.v[k].from; j < items.v[k].to; j++)
            said |= is_word(t, j, "NULLS");
        if (r.column && (r.column->optional || r.source->left) && !said)
            problem_at(c, s, items.v[k].from, "%.*s may be NULL: say NULLS FIRST or NULLS LAST",
                       STR_FMT(r.name));
    }
}

void check_portable(struct sqlc *c, const struct statement *s, const struct scopes *all)
{
    for (int i = 0; i < (int)s->tokens.n; i++) {
        if (s->tokens.v[i].engines != ON_BOTH)
            continue;
        check_star(c, s, i);
        check_operator(c, s, i);
        check_like(c, s, i);
        check_words(c, s, i);
        check_order(c, s, all, i);
    }
}

/* ---- kind and names ---- */

void check_kind(struct sqlc *c, const struct statement *s, int columns)
{
    if (s->kind == KIND_RUN && !s->writing)
        problem_at(c, s, 0, "reads, so its kind is :rows, :row or :each");
    else if (s->kind == KIND_RUN && columns)
        problem_at(c, s, 0, "returns rows, so its kind is :rows or :row");
    else if (s->kind != KIND_RUN && !columns)
        problem_at(c, s, 0, "returns no rows, so its kind is :run");
    else if (s->kind == KIND_EACH && s->writing)
        problem_at(c, s, 0, "writes, so its kind is :run, :rows or :row");
    else if (s->kept && (s->kind != KIND_ROW || s->writing))
        problem_at(c, s, 0, "only the row of a :row that reads can be kept");
}

bool is_c_name(str name)
{
    static const char keywords[] =
        "auto break case char const continue default do double else enum extern float for goto if "
        "inline int long register restrict return short signed sizeof static struct switch typedef "
        "union unsigned void volatile while asm typeof bool true false str errno stdin stdout";
    for (size_t i = 0; i < name.n; i++) {
        char ch = name.p[i];
        bool digit = ch >= '0' && ch <= '9';
        if (!((ch >= 'a' && ch <= 'z') || ch == '_' || (digit && i)))
            return false;
    }
    return name.n && !tool_in(keywords, name);
}

void check_names(struct sqlc *c, const struct statement *s)
{
    for (size_t i = 0; i < c->statements.n; i++) {
        const struct statement *other = &c->statements.v[i];
        if (other == s)
            break;
        if (str_eq(other->name, s->name))
            tool_problem(&c->tool, s->feature->file, s->line,
                         "%.*s is a statement already, in line %d of %s", STR_FMT(s->name),
                         other->line, other->feature->file);
    }
    for (size_t i = 0; i < s->params.n; i++)
        if (!is_c_name(s->params.v[i].name) ||
            tool_in("db tx in each ctx params str html url", s->params.v[i].name))
            tool_problem(&c->tool, s->feature->file, s->params.v[i].line,
                         "%.*s: a parameter cannot be named :%.*s", STR_FMT(s->name),
                         STR_FMT(s->params.v[i].name));
}

/* ---- whose tables ---- */

void check_owner(struct sqlc *c, const struct statement *s, const struct scopes *all)
{
    for (size_t i = 0; i < all->sources.n; i++) {
        const struct source *source = &all->sources.v[i];
        if (source->target && source->table && source->table->feature != s->feature)
            problem_at(c, s, source->at,
                       "table %.*s belongs to the feature %s; call its functions to write it",
                       STR_FMT(source->table->name), source->table->feature->name);
    }
    /* SQLite saw a table that sqlc_scope.c did not: nothing may slip through. */
    for (size_t i = 0; !s->writing && i < c->tables.n; i++) {
        const struct table *table = &c->tables.v[i];
        bool seen = !set_has(&s->reads, table->id);
        for (size_t k = 0; k < all->sources.n; k++)
            seen |= all->sources.v[k].table == table;
        if (!seen)
            problem_at(c, s, 0, "cannot see how table %.*s is used; write it simpler",
                       STR_FMT(table->name));
    }
}

/* ---- people ---- */

static const struct column *person_column(const struct table *t)
{
    for (size_t i = 0; i < t->columns.n; i++)
        if (str_eq(t->columns.v[i].name, S("person_id")) ||
            str_ends(t->columns.v[i].name, S("_person_id")))
            return &t->columns.v[i];
    return NULL;
}

static bool has_statement(struct sqlc *c, const struct table *t, str ending, bool write)
{
    for (size_t i = 0; i < c->statements.n; i++) {
        const struct statement *s = &c->statements.v[i];
        const struct db_tables *touched = write ? &s->writes : &s->reads;
        if (s->feature == t->feature && str_ends(s->name, ending) && set_has(touched, t->id))
            return true;
    }
    return false;
}

/* A described table is handed out and deleted by its description, if that says whose rows are. */
static void check_described(struct sqlc *c, const struct table *t, const struct column *person)
{
    if (!t->privacy->people.n)
        tool_problem(&c->tool, t->privacy->file, t->privacy->line,
                     "%.*s has %.*s, but nothing says whose row it is (person …)", STR_FMT(t->name),
                     STR_FMT(person->name));
}

/* Whoever keeps people's data can hand it out and delete it (GDPR, articles 15 and 17). */
void check_people(struct sqlc *c)
{
    for (size_t i = 0; i < c->tables.n; i++) {
        const struct table *t = &c->tables.v[i];
        const struct column *person = person_column(t);
        if (!person)
            continue;
        if (t->privacy) {
            check_described(c, t, person);
            continue;
        }
        if (!has_statement(c, t, S("_person_export"), false))
            tool_problem(&c->tool, t->file, t->line,
                         "%.*s has %.*s, but no statement x_person_export of %s reads it",
                         STR_FMT(t->name), STR_FMT(person->name), t->feature->name);
        if (!has_statement(c, t, S("_person_erase"), true))
            tool_problem(&c->tool, t->file, t->line,
                         "%.*s has %.*s, but no statement x_person_erase of %s writes it",
                         STR_FMT(t->name), STR_FMT(person->name), t->feature->name);
    }
}
