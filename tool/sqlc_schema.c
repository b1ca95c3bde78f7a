/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Applies the migrations to an SQLite in memory, statement by statement, and keeps whose
 * table is whose: a table belongs to the feature that created it, and only that feature
 * may write or change it.
 */
#include "sqlc.h"

#include "base/err.h"

void schema_open(struct sqlc *c)
{
    must(sqlite3_open(":memory:", &c->db) == SQLITE_OK);
    /* "x" is a name and never a string. */
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    must(sqlite3_exec(c->db, "PRAGMA foreign_keys=ON", NULL, NULL, NULL) == SQLITE_OK);
}

struct table *table_find(struct sqlc *c, str name)
{
    for (size_t i = 0; i < c->tables.n; i++)
        if (str_ieq(c->tables.v[i].name, name))
            return &c->tables.v[i];
    return NULL;
}

const struct column *column_find(const struct table *t, str name)
{
    for (size_t i = 0; t && i < t->columns.n; i++)
        if (str_ieq(t->columns.v[i].name, name))
            return &t->columns.v[i];
    return NULL;
}

bool has_city(const struct table *t)
{
    return column_find(t, S("city_id")) != NULL;
}

/* ---- one migration ---- */

struct applying {
    struct sqlc *c;
    struct migration_source *m;
    int line; /* of the statement being run */
};

/* SQLite asks before every access: other features' tables are taboo. */
static int authorize(void *ctx, int action, const char *a, const char *b, const char *database,
                     const char *trigger)
{
    struct applying *x = ctx;
    const char *name = a;
    if (action == SQLITE_ALTER_TABLE || action == SQLITE_CREATE_INDEX)
        name = b;
    else if (action != SQLITE_DROP_TABLE && action != SQLITE_INSERT && action != SQLITE_UPDATE &&
             action != SQLITE_DELETE)
        return SQLITE_OK;
    struct table *t = name ? table_find(x->c, str_from_c(name)) : NULL;
    if (!t || t->feature == x->m->feature)
        return SQLITE_OK;
    /* A feature may hand rows over to the layer below, when that takes a task from it. */
    if (action == SQLITE_INSERT && str_eq(str_from_c(t->feature->name), S("web")))
        return SQLITE_OK;
    tool_problem(&x->c->tool, x->m->file, x->line, "table %s belongs to the feature %s", name,
                 t->feature->name);
    return SQLITE_DENY;
}

static void refuse_words(struct applying *x, const struct piece *p)
{
    static const char words[] = "AUTOINCREMENT DEFERRABLE COLLATE CURRENT_TIME CURRENT_DATE "
                                "CURRENT_TIMESTAMP GENERATED TRUE FALSE";
    const struct tokens *t = p->t;
    for (int i = p->from; i < p->to; i++)
        if (is_one_of(t, i, words) && t->v[i].engines == ON_BOTH)
            tool_problem(&x->c->tool, x->m->file, t->v[i].line,
                         "%.*s is not the same on both engines", STR_FMT(t->v[i].text));
    bool good = is_one_of(t, p->from, "INSERT UPDATE DELETE ALTER DROP") ||
                (is_word(t, p->from, "CREATE") && is_one_of(t, p->from + 1, "TABLE INDEX UNIQUE"));
    if (!good)
        tool_problem(&x->c->tool, x->m->file, x->line,
                     "a migration consists of CREATE TABLE, CREATE INDEX, ALTER, DROP, INSERT, "
                     "UPDATE and DELETE");
}

/* Runs one statement; its tokens' offsets tell the line that SQLite complains about. */
static bool run(struct applying *x, const struct piece *p)
{
    struct arena *a = &x->c->tool.arena;
    size_t *offsets = NEW_ARRAY(a, (size_t)(p->to - p->from), size_t);
    str sql = schema_text(x->c, p, ON_SQLITE, offsets);
    x->m->sqlite = str_fmt(a, "%.*s%.*s;\n", STR_FMT(x->m->sqlite), STR_FMT(sql));
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(x->c->db, sql.p, (int)sql.n, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    int at = sqlite3_error_offset(x->c->db);
    sqlite3_finalize(stmt);
    if (rc == SQLITE_DONE || rc == SQLITE_ROW || rc == SQLITE_AUTH)
        return true;
    int line = x->line;
    for (int i = p->from; i < p->to && at >= 0 && offsets[i - p->from] <= (size_t)at; i++)
        line = p->t->v[i].line;
    tool_problem(&x->c->tool, x->m->file, line, "%s", sqlite3_errmsg(x->c->db));
    return false;
}

/* Does the piece say anything to this engine? */
static bool is_for(const struct piece *p, enum engine e)
{
    for (int i = p->from; i < p->to; i++)
        if (p->t->v[i].engines & e)
            return true;
    return false;
}

/* Whether the comment right above the line has a line of its own that says so. */
static bool is_append_only(str text, int line)
{
    str rest = text;
    str s;
    bool said = false;
    for (int i = 1; i < line && str_next(&rest, '\n', &s); i++) {
        str words = str_trim(s);
        said = str_starts(words, S("--")) && (said || str_eq(words, S("-- append-only")));
    }
    return said;
}

static void add_table(struct applying *x, const char *name)
{
    struct table *t = vec_add(&x->c->tool.arena, &x->c->tables);
    t->name = str_copy(&x->c->tool.arena, str_from_c(name));
    t->feature = x->m->feature;
    t->file = x->m->file;
    t->line = x->line;
    t->append_only = is_append_only(x->m->text, x->line);
    if (str_eq(t->name, S("schema_migration")))
        tool_problem(&x->c->tool, x->m->file, x->line, "schema_migration is db/migrate.c's own");
}

/* The list of tables is what SQLite says it is after each statement. */
static void sync_tables(struct applying *x)
{
    struct sqlc *c = x->c;
    sqlite3_stmt *stmt = NULL;
    static const char exists[] = "SELECT 1 FROM sqlite_master WHERE type='table' AND name=?1";
    static const char all[] = "SELECT name FROM sqlite_master WHERE type='table' "
                              "AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    must(sqlite3_prepare_v2(c->db, exists, -1, &stmt, NULL) == SQLITE_OK);
    size_t kept = 0;
    for (size_t i = 0; i < c->tables.n; i++) {
        sqlite3_bind_text(stmt, 1, c->tables.v[i].name.p, (int)c->tables.v[i].name.n, NULL);
        if (sqlite3_step(stmt) == SQLITE_ROW)
            c->tables.v[kept++] = c->tables.v[i];
        sqlite3_reset(stmt);
    }
    c->tables.n = kept;
    sqlite3_finalize(stmt);
    must(sqlite3_prepare_v2(c->db, all, -1, &stmt, NULL) == SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        if (!table_find(c, str_from_c(name)))
            add_table(x, name);
    }
    sqlite3_finalize(stmt);
}

static void apply_one(struct applying *x, const struct piece *p)
{
    struct arena *a = &x->c->tool.arena;
    x->line = p->t->v[p->from].line;
    refuse_words(x, p);
    sqlite3_set_authorizer(x->c->db, authorize, x);
    bool good = !is_for(p, ON_SQLITE) || run(x, p);
    sqlite3_set_authorizer(x->c->db, NULL, NULL);
    if (good)
        sync_tables(x);
    if (!is_for(p, ON_POSTGRES))
        return;
    str sql = schema_text(x->c, p, ON_POSTGRES, NULL);
    x->m->postgres = str_fmt(a, "%.*s%.*s;\n", STR_FMT(x->m->postgres), STR_FMT(sql));
}

void schema_apply(struct sqlc *c, struct migration_source *m)
{
    struct applying x = { .c = c, .m = m };
    struct tokens t = tokens_of(&c->tool, m->file, m->text, 1);
    int from = 0;
    for (int i = 0; i < (int)t.n; i++) {
        bool end = t.v[i].kind == T_END || (is_sign(&t, i, ";") && t.v[i].open < 0);
        if (!end)
            continue;
        if (i > from)
            apply_one(&x, &(struct piece){ &t, from, i });
        from = i + 1;
    }
}

/* ---- columns ---- */

static void load_column(struct sqlc *c, struct table *t, sqlite3_stmt *stmt)
{
    static const char names[][8] = { "INTEGER", "REAL", "TEXT", "BLOB" };
    struct column *col = vec_add(&c->tool.arena, &t->columns);
    str type = str_from_c((const char *)sqlite3_column_text(stmt, 2));
    col->name = str_copy(&c->tool.arena, str_from_c((const char *)sqlite3_column_text(stmt, 1)));
    col->optional = !sqlite3_column_int(stmt, 3) && !sqlite3_column_int(stmt, 5);
    if (is_keyword(col->name)) {
        tool_problem(&c->tool, t->file, t->line, "%.*s.%.*s: a word of SQL cannot name a column",
                     STR_FMT(t->name), STR_FMT(col->name));
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_ieq(type, str_from_c(names[i]))) {
            col->type = (enum db_type)i;
            return;
        }
    }
    tool_problem(&c->tool, t->file, t->line,
                 "%.*s.%.*s: the type is one of INTEGER, REAL, TEXT, BLOB", STR_FMT(t->name),
                 STR_FMT(col->name));
}

void schema_load(struct sqlc *c)
{
    sqlite3_stmt *stmt = NULL;
    if (c->tables.n > DB_TABLES)
        tool_problem(&c->tool, NULL, 0, "more than %d tables: raise DB_TABLE_WORDS", DB_TABLES);
    must(sqlite3_prepare_v2(c->db, "SELECT * FROM pragma_table_xinfo(?1)", -1, &stmt, NULL) ==
         SQLITE_OK);
    for (size_t i = 0; i < c->tables.n; i++) {
        struct table *t = &c->tables.v[i];
        t->id = (unsigned)i;
        sqlite3_bind_text(stmt, 1, t->name.p, (int)t->name.n, NULL);
        while (sqlite3_step(stmt) == SQLITE_ROW)
            load_column(c, t, stmt);
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
}
