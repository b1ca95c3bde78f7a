/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Migrations: numbered per feature, append-only, each in a transaction. The table
 * schema_migration keeps what was applied with the hash of its source, so that history
 * which was edited afterwards is noticed before it does harm.
 */
#include "base/clock.h"
#include "base/log.h"
#include "db/engine.h"

static const struct db_column applied_columns[] = {
    { "feature", DB_TEXT, false, offsetof(struct migration_applied, feature) },
    { "number", DB_INT, false, offsetof(struct migration_applied, number) },
    { "sha256", DB_TEXT, false, offsetof(struct migration_applied, sha256) },
};
static const struct db_row_type applied_type = { "applied", applied_columns, 3,
                                                 sizeof(struct migration_applied) };

static const char create_sqlite[] = "CREATE TABLE IF NOT EXISTS schema_migration ("
                                    "feature TEXT NOT NULL, number INTEGER NOT NULL, "
                                    "sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL, "
                                    "PRIMARY KEY (feature, number)) STRICT";
static const char create_postgres[] = "CREATE TABLE IF NOT EXISTS schema_migration ("
                                      "feature text NOT NULL, number bigint NOT NULL, "
                                      "sha256 text NOT NULL, applied_at bigint NOT NULL, "
                                      "PRIMARY KEY (feature, number))";

static const struct stmt list_applied = {
    .name = "list_applied",
    .sqlite = "SELECT feature, number, sha256 FROM schema_migration",
    .postgres = "SELECT feature, number, sha256 FROM schema_migration",
    .row = &applied_type,
    .id = DB_STMT_RARE,
};
static const enum db_type insert_params[] = { DB_TEXT, DB_INT, DB_TEXT, DB_INT };
static const struct stmt insert_applied = {
    .name = "insert_applied",
    .sqlite = "INSERT INTO schema_migration (feature, number, sha256, applied_at) "
              "VALUES (?1, ?2, ?3, ?4)",
    .postgres = "INSERT INTO schema_migration (feature, number, sha256, applied_at) "
                "VALUES ($1, $2, $3, $4)",
    .params = insert_params,
    .param_count = 4,
    .id = DB_STMT_RARE,
};

static void log_problem(const char *problem, str feature, int64_t number, str why)
{
    struct arena a;
    arena_init(&a, 0);
    log_event(LOG_ERROR, "db.migrate", { "problem", str_from_c(problem) }, { "feature", feature },
              { "number", str_fmt(&a, "%lld", (long long)number) }, { "why", why });
    arena_free(&a);
}

static const struct migration_applied *find_applied(struct db_rows rows, const struct migration *m)
{
    const struct migration_applied *v = rows.v;
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(v[i].feature, str_from_c(m->feature)) && v[i].number == m->number)
            return &v[i];
    return NULL;
}

static const struct migration *find_migration(const struct migration *list, size_t n,
                                              const struct migration_applied *a)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(a->feature, str_from_c(list[i].feature)) && a->number == list[i].number)
            return &list[i];
    return NULL;
}

/* What was applied must be what the program would apply. */
static enum err check_history(struct db_rows rows, const struct migration *list, size_t n)
{
    const struct migration_applied *v = rows.v;
    for (size_t i = 0; i < rows.n; i++) {
        const struct migration *m = find_migration(list, n, &v[i]);
        if (!m) {
            log_problem("the database is newer than this program", v[i].feature, v[i].number,
                        S("a migration was applied that this program does not know"));
            return ERR_INVALID;
        }
        if (!str_eq(v[i].sha256, str_from_c(m->sha256))) {
            log_problem("an applied migration was edited", v[i].feature, v[i].number,
                        S("undo the edit and write a new migration instead"));
            return ERR_INVALID;
        }
    }
    return ERR_OK;
}

void migration_apply(struct tx *tx, const struct migration *m)
{
    bool postgres = store_is_postgres(tx->db.store);
    tx->db.store->engine->script(tx, postgres ? m->postgres : m->sqlite);
    const struct db_value params[] = {
        db_text(str_from_c(m->feature)),
        db_int(m->number),
        db_text(str_from_c(m->sha256)),
        db_int(clock_now()),
    };
    tx_run(tx, &insert_applied, params);
}

/* Another process may be doing the same: what is applied is looked up inside. */
static enum err migrate_one(struct store *store, const struct migration *m, struct arena *a)
{
    struct tx tx;
    enum err e = tx_begin_mode(store, a, &tx, TX_SCHEMA);
    if (e != ERR_OK)
        return e;
    bool done = find_applied(db_rows(&tx.db, &list_applied, NULL), m) != NULL;
    if (!done)
        migration_apply(&tx, m);
    e = tx_commit(&tx);
    if (e != ERR_OK)
        log_problem("a migration failed", str_from_c(m->feature), m->number, tx.db.err_text);
    else if (!done)
        log_event(LOG_INFO, "db.migrated", { "feature", str_from_c(m->feature) },
                  { "number", str_fmt(a, "%d", m->number) });
    return e;
}

struct db_rows migrations_applied(struct db *db)
{
    return db_rows(db, &list_applied, NULL);
}

void migrations_begin(struct tx *tx)
{
    bool postgres = store_is_postgres(tx->db.store);
    tx->db.store->engine->script(tx, postgres ? create_postgres : create_sqlite);
}

static enum err read_history(struct store *store, struct arena *a, struct db_rows *rows)
{
    struct tx tx;
    enum err e = tx_begin_mode(store, a, &tx, TX_SCHEMA);
    if (e != ERR_OK)
        return e;
    migrations_begin(&tx);
    *rows = migrations_applied(&tx.db);
    e = tx_commit(&tx);
    if (e != ERR_OK)
        log_problem("the history cannot be read", S("schema_migration"), 0, tx.db.err_text);
    return e;
}

enum err store_migrate(struct store *store, const struct migration *list, size_t n)
{
    struct arena a;
    arena_init(&a, 0);
    struct db_rows rows = { NULL, 0 };
    enum err e = read_history(store, &a, &rows);
    if (e == ERR_OK)
        e = check_history(rows, list, n);
    for (size_t i = 0; i < n && e == ERR_OK; i++)
        if (!find_applied(rows, &list[i]))
            e = migrate_one(store, &list[i], &a);
    arena_free(&a);
    return e;
}
