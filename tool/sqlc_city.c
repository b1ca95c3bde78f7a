/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Keeps towns apart: every table with a city_id must be tied to the parameter :city,
 * directly or through a table that is. What counts:
 *
 *   WHERE a.city_id = :city            ties a
 *   ON b.city_id = a.city_id           ties b to a, and a to b unless the join is a LEFT one
 *   INSERT … city_id … VALUES (:city)  ties the row; an ON CONFLICT … DO UPDATE must name
 *                                      city_id in its target or compare it
 *
 * An equation counts only where it must hold: not beside an OR, not under NOT, CASE or a
 * function, not in SET or a select list. "-- cross-city: reason" lifts the rule.
 */
#include "sqlc.h"

static const char clauses[] = "WHERE ON SET SELECT HAVING GROUP ORDER LIMIT RETURNING VALUES FROM "
                              "JOIN LEFT INNER CROSS WITH UNION INTERSECT EXCEPT DO";

struct tying {
    struct sqlc *c;
    const struct statement *s;
    const struct tokens *t;
    struct scopes *all;
    bool changed;
};

/* What stands on one side of an equation. */
struct side {
    bool is_city_param;
    bool is_tied; /* a subselect's or the inserted row's city_id: tied by its own rule */
    struct source *source;
    int length; /* tokens; 0: neither a parameter nor a column */
};

/* `at` is the last token of the side. */
static struct side side_of(const struct tying *x, struct reference r, int at)
{
    struct side side = { .source = NULL };
    if (x->t->v[at].kind == T_PARAM) {
        side.is_city_param = str_eq(x->t->v[at].text, S("city"));
        side.length = 1;
        return side;
    }
    side.length = r.length;
    if (!r.length || !str_ieq(r.name, S("city_id")))
        return side;
    if (r.source && r.source->table)
        side.source = r.source;
    else
        side.is_tied = r.source || is_word(x->t, at - 2, "excluded");
    return side;
}

/* The clause that token i stands in, at its bracket level: token of the keyword, or -1. */
static int clause_of(const struct tokens *t, int i)
{
    int level = t->v[i].open;
    for (int k = i; k > level; k--)
        if (t->v[k].open == level && is_one_of(t, k, clauses))
            return k;
    return -1;
}

/* An OR or CASE in the clause at this level, before or after token i. */
static bool is_weakened(const struct tokens *t, int i)
{
    int level = t->v[i].open;
    int clause = clause_of(t, i);
    for (int k = clause < 0 ? level + 1 : clause; k < (int)t->n; k++) {
        if (t->v[k].open != level)
            continue;
        if (k > i && is_one_of(t, k, clauses))
            return false;
        if (is_one_of(t, k, "OR CASE"))
            return true;
    }
    return false;
}

/* The AND at i belongs to a BETWEEN. */
static bool is_between(const struct tokens *t, int i)
{
    for (int k = i - 1; k > t->v[i].open; k--) {
        if (t->v[k].open == t->v[i].open && is_word(t, k, "BETWEEN"))
            return true;
        if (t->v[k].open == t->v[i].open && (is_word(t, k, "AND") || is_one_of(t, k, clauses)))
            return false;
    }
    return false;
}

/* Tokens from..to are a term of an AND, not a part of something larger. */
static bool is_term(const struct tokens *t, int from, int to)
{
    bool begins = is_one_of(t, from - 1, "WHERE ON AND") || is_sign(t, from - 1, "(");
    bool ends = is_word(t, to, "AND") || is_sign(t, to, ")") || t->v[to].kind == T_END ||
                is_one_of(t, to, clauses);
    return begins && ends && !(is_word(t, from - 1, "AND") && is_between(t, from - 1));
}

/*
 * The WHERE or ON whose truth implies the term from..to, or -1. Climbs out of plain
 * brackets; a function's or a subselect's bracket ends the climb.
 */
static int condition_of(const struct tokens *t, int from, int to)
{
    for (;;) {
        int clause = clause_of(t, from);
        int open = t->v[from].open;
        if (!is_term(t, from, to) || is_weakened(t, from))
            return -1;
        if (clause >= 0)
            return is_one_of(t, clause, "WHERE ON") ? clause : -1;
        if (open < 0)
            return -1;
        from = open;
        to = t->v[open].match + 1;
    }
}

/* ON of a LEFT JOIN ties the joined table only: the rows of the left side stay anyway. */
static const struct source *only_tied(const struct tying *x, int clause)
{
    const struct source *joined = NULL;
    if (clause < 0 || !is_word(x->t, clause, "ON"))
        return NULL;
    for (size_t i = 0; i < x->all->sources.n; i++) {
        const struct source *s = &x->all->sources.v[i];
        if (s->at < clause && x->t->v[s->at].open == x->t->v[clause].open)
            joined = s; /* the last one before ON */
    }
    return joined && joined->left ? joined : NULL;
}

/* An equation between two sides, and the condition that it is a term of. */
struct equation {
    struct side left, right;
    int scope;
    int clause; /* -1: it need not hold */
    const struct source *only;
};

static struct equation equation_at(const struct tying *x, int i)
{
    struct reference l = reference_before(x->all, x->t, i - 1);
    struct reference r = reference_at(x->all, x->t, i + 1);
    struct equation e = { .clause = -1 };
    e.left = side_of(x, l, i - 1);
    e.right = side_of(x, r, r.length == 3 ? i + 3 : i + 1);
    e.scope = scope_at(x->all, x->t, i);
    if (!e.left.length || !e.right.length)
        return e;
    e.clause = condition_of(x->t, i - e.left.length, i + 1 + e.right.length);
    e.only = only_tied(x, e.clause);
    return e;
}

/* A condition ties the tables of its own select; it says nothing about an outer one. */
static void tie(struct tying *x, const struct equation *e, struct side what, struct side to)
{
    struct source *s = what.source;
    bool holds = to.is_city_param || to.is_tied || (to.source && to.source->constrained);
    if (!holds || !s || s->constrained || s->inserted || s->scope != e->scope)
        return;
    if (e->only && s != e->only)
        return;
    s->constrained = true;
    x->changed = true;
}

static void look_at_equation(struct tying *x, int i)
{
    struct equation e = equation_at(x, i);
    if (e.clause < 0)
        return;
    tie(x, &e, e.left, e.right);
    tie(x, &e, e.right, e.left);
}

/* ---- INSERT ---- */

static bool is_city_value(struct tying *x, int from, int to)
{
    if (to == from + 1 && x->t->v[from].kind == T_PARAM)
        return str_eq(x->t->v[from].text, S("city"));
    struct reference r = reference_at(x->all, x->t, from);
    return r.length == to - from && str_ieq(r.name, S("city_id")) && r.source &&
           (!r.source->table || r.source->constrained);
}

static int index_of_city(const struct tokens *t, struct items names)
{
    for (int k = 0; k < names.n; k++)
        if (is_word(t, names.v[k].from, "city_id"))
            return k;
    return -1;
}

static bool is_row_city(struct tying *x, int from, int k)
{
    struct items items = items_at(x->t, from, "FROM WHERE UNION INTERSECT EXCEPT");
    return k < items.n && is_city_value(x, items.v[k].from, items.v[k].to);
}

/* All rows of VALUES, or the select list, have the town in place k. */
static bool are_values_tied(struct tying *x, int i, int k)
{
    if (is_word(x->t, i, "SELECT"))
        return is_row_city(x, i + 1, k);
    if (!is_word(x->t, i, "VALUES"))
        return false;
    do {
        if (!is_sign(x->t, i + 1, "(") || !is_row_city(x, i + 2, k))
            return false;
        i = x->t->v[i + 1].match + 1;
    } while (is_sign(x->t, i, ","));
    return true;
}

/* DO UPDATE changes a row that was there: it must be this town's. */
static bool is_upsert_tied(struct tying *x)
{
    for (int i = 0; i < (int)x->t->n; i++) {
        if (!is_word(x->t, i, "CONFLICT") || !is_sign(x->t, i + 1, "("))
            continue;
        int close = x->t->v[i + 1].match;
        if (is_word(x->t, close + 2, "NOTHING"))
            return true;
        if (index_of_city(x->t, items_at(x->t, i + 2, "")) >= 0)
            return true;
        for (int k = close; k < (int)x->t->n; k++) {
            struct equation e = { .clause = -1 };
            if (is_sign(x->t, k, "="))
                e = equation_at(x, k);
            if (e.clause > close && e.left.source && e.left.source->inserted &&
                (e.right.is_city_param || e.right.is_tied))
                return true;
        }
        return false;
    }
    return true;
}

static bool is_insert_tied(struct tying *x)
{
    int columns = insert_columns(x->t);
    if (columns < 0)
        return false;
    int k = index_of_city(x->t, items_at(x->t, columns + 1, ""));
    return k >= 0 && are_values_tied(x, x->t->v[columns].match + 1, k) && is_upsert_tied(x);
}

/* ---- the rule ---- */

static void refuse_moving(struct tying *x)
{
    for (int i = 1; i < (int)x->t->n; i++) {
        int clause = is_sign(x->t, i, "=") ? clause_of(x->t, i) : -1;
        if (clause >= 0 && is_word(x->t, clause, "SET") && is_word(x->t, i - 1, "city_id"))
            problem_at(x->c, x->s, i, "city_id is never changed");
    }
}

void check_city(struct sqlc *c, const struct statement *s, struct scopes *all)
{
    struct tying x = { .c = c, .s = s, .t = &s->tokens, .all = all, .changed = true };
    if (s->cross_city)
        return;
    while (x.changed) {
        x.changed = false;
        for (int i = 1; i < (int)s->tokens.n; i++)
            if (is_sign(&s->tokens, i, "="))
                look_at_equation(&x, i);
    }
    refuse_moving(&x);
    for (size_t i = 0; i < all->sources.n; i++) {
        const struct source *source = &all->sources.v[i];
        if (!source->table || !has_city(source->table) || source->constrained)
            continue;
        if (source->inserted && is_insert_tied(&x))
            continue;
        problem_at(c, s, source->at,
                   "table %.*s is not tied to one town: add \"%.*s.city_id = :city\", or lift the "
                   "rule by \"-- cross-city: reason\"",
                   STR_FMT(source->table->name), STR_FMT(source->alias));
    }
}
