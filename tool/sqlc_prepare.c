/* SPDX-License-Identifier: EUPL-1.2 */
/* One statement on the real SQLite: is it right, and what does it touch? */
#include "sqlc.h"

struct touching {
    struct sqlc *c;
    struct statement *s;
};

/* What both engines have, with the same result. Sorting and searching text is C's work. */
static bool is_portable_function(const char *name)
{
    return tool_in("abs avg coalesce count dense_rank first_value lag last_value lead length like "
                   "max min nullif rank replace row_number substr sum trim",
                   str_from_c(name));
}

static int authorize(void *ctx, int action, const char *a, const char *b, const char *database,
                     const char *trigger)
{
    struct touching *x = ctx;
    const char *file = x->s->feature->file;
    if (action == SQLITE_FUNCTION && !x->s->by_engine && !is_portable_function(b)) {
        tool_problem(&x->c->tool, file, x->s->line,
                     "%.*s: %s() is not the same on both engines; compute it in C",
                     STR_FMT(x->s->name), b);
        return SQLITE_OK;
    }
    bool write = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
    if (!write && action != SQLITE_READ)
        return SQLITE_OK;
    const struct table *t = a ? table_find(x->c, str_from_c(a)) : NULL;
    if (t)
        set_add(write ? &x->s->writes : &x->s->reads, t->id);
    if (t && t->append_only && write && action != SQLITE_INSERT && !x->s->erases)
        tool_problem(&x->c->tool, file, x->s->line,
                     "%.*s: rows of %s are only added; say \"-- erases: reason\" where somebody's "
                     "right to be forgotten wants it",
                     STR_FMT(x->s->name), a);
    if (!t && (write || (b && *b)))
        tool_problem(&x->c->tool, file, x->s->line, "%.*s: %s is no table of a feature",
                     STR_FMT(x->s->name), a ? a : "this");
    return SQLITE_OK;
}

/* The line of the token that SQLite complains about. */
static int error_line(const struct sqlc *c, const struct statement *s, const size_t *offsets)
{
    int at = sqlite3_error_offset(c->db);
    int line = s->tokens.v[0].line;
    for (size_t i = 0; at >= 0 && i < s->tokens.n && offsets[i] <= (size_t)at; i++)
        line = s->tokens.v[i].line;
    return line;
}

sqlite3_stmt *prepare_statement(struct sqlc *c, struct statement *s)
{
    struct touching x = { c, s };
    size_t *offsets = NEW_ARRAY(&c->tool.arena, s->tokens.n, size_t);
    s->sqlite = statement_text(c, &s->tokens, ON_SQLITE, offsets);
    s->postgres = statement_text(c, &s->tokens, ON_POSTGRES, NULL);
    s->writing = is_one_of(&s->tokens, 0, "INSERT UPDATE DELETE");
    if (!s->writing && !is_one_of(&s->tokens, 0, "SELECT WITH VALUES")) {
        tool_problem(&c->tool, s->feature->file, s->tokens.v[0].line,
                     "%.*s: a statement begins with SELECT, WITH, INSERT, UPDATE or DELETE",
                     STR_FMT(s->name));
        return NULL;
    }
    sqlite3_stmt *stmt = NULL;
    sqlite3_set_authorizer(c->db, authorize, &x);
    int rc = sqlite3_prepare_v2(c->db, s->sqlite.p, (int)s->sqlite.n, &stmt, NULL);
    if (rc != SQLITE_OK)
        tool_problem(&c->tool, s->feature->file, error_line(c, s, offsets), "%.*s: %s",
                     STR_FMT(s->name), sqlite3_errmsg(c->db));
    sqlite3_set_authorizer(c->db, NULL, NULL);
    return stmt;
}
