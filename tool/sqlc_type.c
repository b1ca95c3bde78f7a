/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Types. A parameter takes the type of the column that it is compared with or stored in, a
 * result column that of its table's column; everything else says it: ":n::int", CAST(… AS
 * INTEGER). COUNT(…) is an integer.
 */
#include "sqlc.h"

#include "base/err.h"

/* ---- lists ---- */

static void end_item(struct items *items, int from, int to)
{
    must(items->n < (int)(sizeof items->v / sizeof *items->v));
    items->v[items->n].from = from;
    items->v[items->n].to = to;
    items->n++;
}

struct items items_at(const struct tokens *t, int i, const char *ends)
{
    struct items items = { .n = 0 };
    int level = t->v[i].open;
    for (int from = i;; i++) {
        const struct token *k = &t->v[i];
        bool closing = level >= 0 && k->match == level;
        bool over = k->kind == T_END || closing || (k->open == level && is_one_of(t, i, ends));
        if (!over && !(k->open == level && is_sign(t, i, ",")))
            continue;
        end_item(&items, from, i);
        from = i + 1;
        if (over)
            return items;
    }
}

struct items result_items(const struct tokens *t)
{
    const char *start = is_one_of(t, 0, "INSERT UPDATE DELETE") ? "RETURNING" : "SELECT";
    for (int i = 0; i < (int)t->n; i++) {
        if (!is_word(t, i, start) || t->v[i].open >= 0)
            continue;
        bool distinct = is_one_of(t, i + 1, "DISTINCT ALL");
        return items_at(t, i + 1 + distinct, "FROM UNION INTERSECT EXCEPT ORDER LIMIT WHERE GROUP");
    }
    return (struct items){ .n = 0 };
}

int insert_columns(const struct tokens *t)
{
    for (int i = 0; is_word(t, 0, "INSERT") && i < (int)t->n; i++) {
        if (is_sign(t, i, "("))
            return i;
        if (is_one_of(t, i, "VALUES SELECT DEFAULT"))
            return -1;
    }
    return -1;
}

static bool type_of_word(str word, enum db_type *type)
{
    static const struct {
        const char *names;
        enum db_type type;
    } map[] = { { "int INTEGER", DB_INT },
                { "real REAL", DB_REAL },
                { "text TEXT", DB_TEXT },
                { "blob BLOB", DB_BLOB } };
    for (size_t i = 0; i < sizeof map / sizeof *map; i++) {
        if (tool_in(map[i].names, word)) {
            *type = map[i].type;
            return true;
        }
    }
    return false;
}

/* ---- parameters ---- */

struct typing {
    struct sqlc *c;
    struct statement *s;
    const struct scopes *all;
};

static bool is_comparison(const struct tokens *t, int i)
{
    static const char signs[][3] = { "=",  "==", "<>", "!=", "<", ">",
                                     "<=", ">=", "+",  "-",  "*", "||" };
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if (is_sign(t, i, signs[k]))
            return true;
    return is_word(t, i, "LIKE");
}

/* The token before "a IS [NOT] DISTINCT FROM :x" or "a [NOT] LIKE", "a [NOT] IN". */
static int before_not(const struct tokens *t, int i)
{
    return is_word(t, i, "NOT") ? i - 1 : i;
}

static int before_operator(const struct tokens *t, int i)
{
    if (is_comparison(t, i))
        return before_not(t, i - 1);
    if (is_word(t, i, "FROM") && is_word(t, i - 1, "DISTINCT"))
        return before_not(t, i - 2) - 1;
    if (is_word(t, i, "BETWEEN"))
        return before_not(t, i - 1);
    if (is_word(t, i, "AND") && t->v[i - 1].kind == T_PARAM && is_word(t, i - 2, "BETWEEN"))
        return before_not(t, i - 3);
    if (t->v[i].match > i && is_word(t, i - 1, "IN"))
        return before_not(t, i - 2);
    return -1;
}

/* A parameter in a list: IN (:a, :b). Its operator is the bracket. */
static int operator_of(const struct tokens *t, int i)
{
    int open = t->v[i].open;
    if (open > 0 && is_word(t, open - 1, "IN"))
        return open;
    return i - 1;
}

static const struct column *compared_column(const struct typing *x, int i)
{
    const struct tokens *t = &x->s->tokens;
    int left = i > 0 ? before_operator(t, operator_of(t, i)) : -1;
    struct reference r = { .length = 0 };
    if (left >= 0)
        r = reference_before(x->all, t, left);
    if (!r.column && is_comparison(t, i + 1))
        r = reference_at(x->all, t, i + 2);
    return r.column;
}

/* The column that an INSERT stores the parameter in: by its place in VALUES or SELECT. */
static const struct column *inserted_column(const struct typing *x, int i)
{
    const struct tokens *t = &x->s->tokens;
    int columns = insert_columns(t);
    int open = t->v[i].open;
    if (columns < 0 || i < t->v[columns].match)
        return NULL;
    struct items values = { .n = 0 };
    if (open >= 0 && (is_word(t, open - 1, "VALUES") || is_sign(t, open - 1, ",")))
        values = items_at(t, open + 1, "");
    else if (open < 0 && is_word(t, t->v[columns].match + 1, "SELECT"))
        values = items_at(t, t->v[columns].match + 2, "FROM WHERE");
    struct items names = items_at(t, columns + 1, "");
    const struct table *target = NULL;
    for (size_t k = 0; k < x->all->sources.n; k++)
        if (x->all->sources.v[k].inserted)
            target = x->all->sources.v[k].table;
    for (int k = 0; k < values.n && k < names.n; k++)
        if (values.v[k].from == i && values.v[k].to == i + 1)
            return column_find(target, t->v[names.v[k].from].text);
    return NULL;
}

static bool cast_type(const struct tokens *t, int i, enum db_type *type)
{
    return is_word(t, i + 1, "AS") && is_word(t, t->v[i].open - 1, "CAST") &&
           type_of_word(t->v[i + 2].text, type);
}

/* The type of one use of a parameter; false when it cannot be seen there. */
static bool type_of_use(struct typing *x, int i, enum db_type *type)
{
    const struct tokens *t = &x->s->tokens;
    if (t->v[i].type.n) {
        if (!type_of_word(t->v[i].type, type))
            problem_at(x->c, x->s, i, "::%.*s is none of ::int ::real ::text ::blob",
                       STR_FMT(t->v[i].type));
        return true;
    }
    if (is_one_of(t, i - 1, "LIMIT OFFSET")) {
        *type = DB_INT;
        return true;
    }
    if (cast_type(t, i, type))
        return true;
    const struct column *col = compared_column(x, i);
    if (!col)
        col = inserted_column(x, i);
    if (col)
        *type = col->type;
    return col != NULL;
}

void type_params(struct sqlc *c, struct statement *s, const struct scopes *all)
{
    struct typing x = { c, s, all };
    for (int i = 0; i < (int)s->tokens.n; i++) {
        enum db_type type = DB_INT;
        if (s->tokens.v[i].kind != T_PARAM || !type_of_use(&x, i, &type))
            continue;
        struct param *p = &s->params.v[s->tokens.v[i].param];
        if (p->typed && p->type != type)
            problem_at(c, s, i, ":%.*s is used with two types", STR_FMT(p->name));
        p->type = type;
        p->typed = true;
    }
    for (size_t i = 0; i < s->params.n; i++)
        if (!s->params.v[i].typed)
            tool_problem(&c->tool, s->feature->file, s->params.v[i].line,
                         "%.*s: the type of :%.*s cannot be seen; write :%.*s::int, ::real, "
                         "::text or ::blob",
                         STR_FMT(s->name), STR_FMT(s->params.v[i].name),
                         STR_FMT(s->params.v[i].name));
}

/* ---- result columns ---- */

static bool type_of_call(const struct tokens *t, int from, int close, enum db_type *type)
{
    if (is_word(t, from, "COUNT")) {
        *type = DB_INT;
        return true;
    }
    return is_word(t, from, "CAST") && is_word(t, close - 2, "AS") &&
           type_of_word(t->v[close - 1].text, type);
}

/* CAST(… AS TYPE), COUNT(…) or a select of one of them, as the whole item but for its alias. */
static bool type_of_expression(const struct tokens *t, int from, int to, enum db_type *type)
{
    int open = is_sign(t, from, "(") ? from : from + 1;
    int close = is_sign(t, open, "(") ? t->v[open].match : -1;
    if (close < 0 || !(close + 1 == to || is_word(t, close + 1, "AS")))
        return false;
    if (open > from)
        return type_of_call(t, from, close, type);
    if (!is_word(t, open + 1, "SELECT"))
        return false;
    struct items inner = items_at(t, open + 2, "FROM WHERE");
    return inner.n == 1 && !is_sign(t, inner.v[0].from, "(") &&
           type_of_expression(t, inner.v[0].from, inner.v[0].to, type);
}

static void type_by_table(struct typing *x, sqlite3_stmt *stmt, int i, struct column *col)
{
    struct items items = result_items(&x->s->tokens);
    const char *table = sqlite3_column_table_name(stmt, i);
    const struct table *t = table ? table_find(x->c, str_from_c(table)) : NULL;
    const struct column *from =
        t ? column_find(t, str_from_c(sqlite3_column_origin_name(stmt, i))) : NULL;
    if (from) {
        struct reference r = { .length = 0 };
        if (i < items.n)
            r = reference_at(x->all, &x->s->tokens, items.v[i].from);
        col->type = from->type;
        col->optional = from->optional || (r.source && r.source->left);
    } else if (i >= items.n ||
               !type_of_expression(&x->s->tokens, items.v[i].from, items.v[i].to, &col->type)) {
        tool_problem(&x->c->tool, x->s->feature->file, x->s->line,
                     "%.*s: the type of %.*s cannot be seen; write CAST(… AS INTEGER), REAL, TEXT "
                     "or BLOB",
                     STR_FMT(x->s->name), STR_FMT(col->name));
    }
}

/* "name?" may be absent, "name!" is not, whatever the table says. */
static void apply_mark(struct column *col)
{
    bool may = str_ends(col->name, S("?"));
    if (!may && !str_ends(col->name, S("!")))
        return;
    col->optional = may;
    col->name.n--;
}

static bool same_columns(const struct columns *a, const struct columns *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = str_eq(a->v[i].name, b->v[i].name) && a->v[i].type == b->v[i].type &&
               a->v[i].optional == b->v[i].optional;
    return same;
}

static struct row *row_find(struct sqlc *c, str name)
{
    for (size_t i = 0; i < c->rows.n; i++)
        if (str_eq(c->rows.v[i].row->name, name))
            return c->rows.v[i].row;
    return NULL;
}

static void keep_row(struct sqlc *c, struct statement *s, const struct columns *columns)
{
    struct row *row = row_find(c, s->row_name);
    if (!row) {
        row = NEW(&c->tool.arena, struct row);
        *row = (struct row){ s->feature, s->row_name, s->line, *columns, false };
        *vec_add(&c->tool.arena, &c->rows) = (struct row_entry){ row };
    } else if (row->feature != s->feature) {
        tool_problem(&c->tool, s->feature->file, s->line, "%.*s is a row type of the feature %s",
                     STR_FMT(row->name), row->feature->name);
    } else if (!same_columns(&row->columns, columns)) {
        tool_problem(&c->tool, s->feature->file, s->line,
                     "%.*s: its columns are not those that %.*s has in line %d", STR_FMT(s->name),
                     STR_FMT(row->name), row->line);
    }
    row->listed |= s->kind == KIND_ROWS;
    s->row = row;
}

void type_columns(struct sqlc *c, struct statement *s, const struct scopes *all, sqlite3_stmt *stmt)
{
    struct typing x = { c, s, all };
    struct columns columns = { NULL, 0, 0 };
    for (int i = 0; i < sqlite3_column_count(stmt); i++) {
        struct column *col = vec_add(&c->tool.arena, &columns);
        col->name = str_copy(&c->tool.arena, str_from_c(sqlite3_column_name(stmt, i)));
        type_by_table(&x, stmt, i, col);
        apply_mark(col);
        if (!is_c_name(col->name))
            tool_problem(&c->tool, s->feature->file, s->line,
                         "%.*s: the column \"%.*s\" needs a name: AS name", STR_FMT(s->name),
                         STR_FMT(col->name));
        for (size_t k = 0; k + 1 < columns.n; k++)
            if (str_eq(columns.v[k].name, col->name))
                tool_problem(&c->tool, s->feature->file, s->line, "%.*s: two columns named %.*s",
                             STR_FMT(s->name), STR_FMT(col->name));
    }
    keep_row(c, s, &columns);
}
