/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finds the selects in a statement (scopes), the tables that each reads or writes under
 * which alias (sources), and what a column reference means. SQLite has already accepted
 * the statement, so this need not be a full parser.
 */
#include "sqlc.h"

static const char from_ends[] = "WHERE GROUP ORDER LIMIT HAVING WINDOW SET VALUES RETURNING SELECT";

struct finder {
    struct sqlc *c;
    const struct tokens *t;
    struct scopes all;
};

static void add_scope(struct finder *f, int open, int from, int to)
{
    int parent = -1;
    for (size_t i = 0; i < f->all.scopes.n; i++) {
        const struct scope *s = &f->all.scopes.v[i];
        if (s->open != open && s->from <= from && s->to >= to)
            parent = (int)i; /* later ones are further inside */
    }
    *vec_add(&f->c->tool.arena, &f->all.scopes) =
        (struct scope){ .open = open, .from = from, .to = to, .parent = parent };
}

/* The parts of a compound select are scopes of their own. */
static void add_scopes(struct finder *f, int open, int from, int to)
{
    int begin = from;
    for (int i = from; i < to; i++) {
        if (f->t->v[i].open != open || !is_one_of(f->t, i, "UNION INTERSECT EXCEPT"))
            continue;
        add_scope(f, open, begin, i);
        begin = i + 1;
    }
    add_scope(f, open, begin, to);
}

static void find_scopes(struct finder *f)
{
    add_scopes(f, -1, 0, (int)f->t->n);
    for (int i = 0; i < (int)f->t->n; i++)
        if (is_sign(f->t, i, "(") && is_one_of(f->t, i + 1, "SELECT WITH VALUES"))
            add_scopes(f, i, i + 1, f->t->v[i].match);
}

int scope_at(const struct scopes *all, const struct tokens *t, int i)
{
    int found = 0;
    for (size_t k = 0; k < all->scopes.n; k++)
        if (all->scopes.v[k].from <= i && i < all->scopes.v[k].to)
            found = (int)k;
    return found;
}

static bool is_left_join(const struct tokens *t, int join)
{
    return is_word(t, join, "JOIN") &&
           (is_word(t, join - 1, "LEFT") ||
            (is_word(t, join - 1, "OUTER") && is_word(t, join - 2, "LEFT")));
}

/* Adds the table, subselect or bracket that begins after the keyword at `before`. */
static void add_source(struct finder *f, int before)
{
    const struct tokens *t = f->t;
    int i = before + 1;
    int end = i; /* last token of what it is called by */
    if (is_sign(t, i, "("))
        end = t->v[i].match;
    else if (!is_name(t, i))
        return;
    struct source s = {
        .table = is_sign(t, i, "(") ? NULL : table_find(f->c, t->v[i].text),
        .alias = t->v[i].text,
        .at = i,
        .scope = scope_at(&f->all, t, before),
        .left = is_left_join(t, before),
        .inserted = is_word(t, before, "INTO"),
        .target = is_one_of(t, before, "INTO UPDATE") || is_word(t, before - 1, "DELETE"),
    };
    if (is_word(t, end + 1, "AS") && is_name(t, end + 2))
        s.alias = t->v[end + 2].text;
    else if (is_name(t, end + 1) && !is_one_of(t, end + 1, from_ends))
        s.alias = t->v[end + 1].text;
    *vec_add(&f->c->tool.arena, &f->all.sources) = s;
}

/* FROM and UPDATE have other uses: IS DISTINCT FROM, DO UPDATE. */
static bool begins_sources(const struct tokens *t, int i)
{
    if (is_word(t, i, "FROM"))
        return !is_word(t, i - 1, "DISTINCT");
    return is_one_of(t, i, "JOIN INTO") || (is_word(t, i, "UPDATE") && !is_word(t, i - 1, "DO"));
}

/* Does the comma at i separate tables? So it does when its clause is a FROM. */
static bool is_in_from(const struct tokens *t, int i)
{
    int level = t->v[i].open;
    for (int k = i - 1; k > level; k--) {
        if (t->v[k].open != level)
            continue;
        if (is_word(t, k, "FROM") && begins_sources(t, k))
            return true;
        if (is_one_of(t, k, from_ends))
            return false;
    }
    return false;
}

static void find_sources(struct finder *f)
{
    for (int i = 0; i < (int)f->t->n; i++)
        if (begins_sources(f->t, i) || (is_sign(f->t, i, ",") && is_in_from(f->t, i)))
            add_source(f, i);
}

struct scopes scopes_of(struct sqlc *c, const struct statement *s)
{
    struct finder f = { .c = c, .t = &s->tokens };
    find_scopes(&f);
    find_sources(&f);
    return f.all;
}

/* ---- references ---- */

static struct source *source_of_alias(const struct scopes *all, int scope, str alias)
{
    for (; scope >= 0; scope = all->scopes.v[scope].parent)
        for (size_t i = 0; i < all->sources.n; i++)
            if (all->sources.v[i].scope == scope && str_ieq(all->sources.v[i].alias, alias))
                return &all->sources.v[i];
    return NULL;
}

/* The table that an INSERT fills comes last: its SELECT does not see it. */
static struct source *source_with_column(const struct scopes *all, int scope, str column)
{
    struct source *inserted = NULL;
    for (; scope >= 0; scope = all->scopes.v[scope].parent) {
        for (size_t i = 0; i < all->sources.n; i++) {
            struct source *s = &all->sources.v[i];
            if (s->scope != scope || !column_find(s->table, column))
                continue;
            if (!s->inserted)
                return s;
            inserted = s;
        }
    }
    return inserted;
}

struct reference reference_at(const struct scopes *all, const struct tokens *t, int i)
{
    struct reference r = { .length = 0 };
    int scope = scope_at(all, t, i);
    if (!is_name(t, i) || is_sign(t, i - 1, "."))
        return r;
    if (is_sign(t, i + 1, ".") && i + 2 < (int)t->n) {
        r.length = 3;
        r.name = t->v[i + 2].text;
        r.source = source_of_alias(all, scope, t->v[i].text);
        r.column = r.source ? column_find(r.source->table, r.name) : NULL;
        return r;
    }
    if (is_sign(t, i + 1, "("))
        return r; /* a function */
    r.length = 1;
    r.name = t->v[i].text;
    r.source = source_with_column(all, scope, r.name);
    r.column = r.source ? column_find(r.source->table, r.name) : NULL;
    return r;
}

struct reference reference_before(const struct scopes *all, const struct tokens *t, int i)
{
    struct reference none = { .length = 0 };
    int begin = is_sign(t, i - 1, ".") ? i - 2 : i;
    if (i < 0 || begin < 0)
        return none;
    struct reference r = reference_at(all, t, begin);
    return r.length == i - begin + 1 ? r : none;
}
