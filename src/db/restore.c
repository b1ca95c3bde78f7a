/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading a backup: verifying it, and putting it in the place of what is there. */
#include "base/crypt.h"
#include "base/log.h"
#include "base/out.h"
#include "db/dump_format.h"

/* No value is longer; a file that says so is broken. */
#define VALUE_MOST ((size_t)64 << 20)
#define TRIES      3

/* ---- the file ---- */

struct dump_in {
    FILE *file;
    struct crypt_hash hash;
    struct arena *arena; /* of the row: rewound */
    const char *why;     /* what is wrong; NULL: nothing yet */
};

static void wrong(struct dump_in *in, const char *why)
{
    if (!in->why)
        in->why = why;
}

static bool get(struct dump_in *in, void *p, size_t n)
{
    if (in->why)
        return false;
    if (fread(p, 1, n, in->file) != n) {
        wrong(in, "the file ends too early");
        return false;
    }
    crypt_hash_add(&in->hash, (str){ p, n });
    return true;
}

static char get_tag(struct dump_in *in)
{
    char tag = 0;
    return get(in, &tag, 1) ? tag : 0;
}

static uint64_t get_number(struct dump_in *in, size_t bytes)
{
    uint8_t b[8] = { 0 };
    uint64_t v = 0;
    if (!get(in, b, bytes))
        return 0;
    for (size_t i = bytes; i-- > 0;)
        v = v << 8 | b[i];
    return v;
}

static str get_text(struct dump_in *in)
{
    size_t n = (size_t)get_number(in, 4);
    if (n > VALUE_MOST) {
        wrong(in, "a value is too long");
        return S("");
    }
    char *p = arena_bytes(in->arena, n + 1);
    return get(in, p, n) ? (str){ p, n } : S("");
}

static str get_name(struct dump_in *in)
{
    str name = get_text(in);
    if (!in->why && !dump_is_name(name))
        wrong(in, "a name is none");
    return name;
}

/* A null is of the type of its column. */
static struct db_value get_value(struct dump_in *in, enum db_type type)
{
    struct db_value v = { .type = type, .null = true };
    uint64_t bits;
    switch (get_tag(in)) {
    case DUMP_NULL:
        return v;
    case DUMP_INT:
        return db_int((int64_t)get_number(in, 8));
    case DUMP_REAL:
        bits = get_number(in, 8);
        v = db_real(0);
        memcpy(&v.r, &bits, sizeof bits);
        return v;
    case DUMP_TEXT:
        return db_text(get_text(in));
    case DUMP_BLOB:
        return db_blob(get_text(in));
    default:
        wrong(in, "a value is of no known kind");
        return v;
    }
}

/* ---- walking through it ---- */

struct table {
    str name;
    str columns[DB_COLUMNS_MAX];
    enum db_type types[DB_COLUMNS_MAX];
    size_t n;
};

/* What is done with the parts; any may be NULL. */
struct walk {
    void (*migration)(void *ctx, const struct migration_applied *m);
    void (*filled)(void *ctx); /* behind the last migration; tables follow */
    void (*row)(void *ctx, const struct table *t, const struct db_value *values);
    void *ctx;
};

static void walk_head(struct dump_in *in, const struct walk *w, struct dump_info *info)
{
    char magic[sizeof DUMP_MAGIC - 1];
    if (!get(in, magic, sizeof magic))
        return;
    if (memcmp(magic, DUMP_MAGIC, sizeof magic) != 0)
        wrong(in, "this is no backup of Tandem, or one of a later format");
    info->build = get_text(in);
    info->at = (int64_t)get_number(in, 8);
    size_t n = (size_t)get_number(in, 4);
    for (size_t i = 0; i < n && !in->why; i++) {
        struct migration_applied m = { .feature = get_text(in) };
        m.number = (int64_t)get_number(in, 8);
        m.sha256 = get_text(in);
        if (!in->why)
            w->migration(w->ctx, &m);
    }
    if (!in->why && w->filled)
        w->filled(w->ctx);
}

static str get_column(struct dump_in *in, enum db_type *type)
{
    str name = get_name(in);
    switch (get_tag(in)) {
    case DUMP_INT:
        *type = DB_INT;
        break;
    case DUMP_REAL:
        *type = DB_REAL;
        break;
    case DUMP_TEXT:
        *type = DB_TEXT;
        break;
    case DUMP_BLOB:
        *type = DB_BLOB;
        break;
    default:
        wrong(in, "a column is of no known kind");
    }
    return name;
}

static int64_t walk_table(struct dump_in *in, const struct walk *w)
{
    struct db_value values[DB_COLUMNS_MAX];
    struct table t = { .name = get_name(in), .n = (size_t)get_number(in, 4) };
    int64_t rows = 0;
    char tag = 0;
    if (t.n > DB_COLUMNS_MAX)
        wrong(in, "a table has too many columns");
    for (size_t i = 0; i < t.n && !in->why; i++)
        t.columns[i] = get_column(in, &t.types[i]);
    while (!in->why && (tag = get_tag(in)) == 'R') {
        struct arena_mark mark = arena_mark(in->arena);
        for (size_t i = 0; i < t.n && !in->why; i++)
            values[i] = get_value(in, t.types[i]);
        if (!in->why && w->row)
            w->row(w->ctx, &t, values);
        arena_rewind(in->arena, mark);
        rows++;
    }
    if (!in->why && (tag != 'E' || (int64_t)get_number(in, 8) != rows))
        wrong(in, "a table has another number of rows than it says");
    return rows;
}

static void walk_end(struct dump_in *in)
{
    uint8_t is[CRYPT_HASH_BYTES];
    uint8_t said[CRYPT_HASH_BYTES];
    if (in->why)
        return;
    crypt_hash_end(&in->hash, is);
    if (fread(said, 1, sizeof said, in->file) != sizeof said)
        wrong(in, "the file ends too early");
    else if (memcmp(is, said, sizeof is) != 0)
        wrong(in, "its checksum is wrong: the file has been damaged");
    else if (fgetc(in->file) != EOF)
        wrong(in, "something follows its end");
}

/* The whole file from its beginning; what is wrong with it, or NULL. */
static const char *walk(FILE *file, struct arena *a, const struct walk *w, struct dump_info *info)
{
    struct arena rows;
    struct dump_in in = { .file = file, .arena = &rows };
    char tag = 0;
    arena_init(&rows, 0);
    rewind(file);
    crypt_hash_begin(&in.hash);
    *info = (struct dump_info){ .rows = 0 };
    walk_head(&in, w, info);
    info->build = str_copy(a, info->build);
    while (!in.why && (tag = get_tag(&in)) == 'T') {
        info->rows += walk_table(&in, w);
        info->tables++;
    }
    if (!in.why && (tag != 'Z' || (int64_t)get_number(&in, 8) != info->rows))
        wrong(&in, "it has another number of rows than it says");
    walk_end(&in);
    arena_free(&rows);
    return in.why;
}

/* ---- verifying ---- */

struct verifying {
    const struct dump_history *history;
    const char *why;
};

static const struct migration *find(const struct dump_history *h, const struct migration_applied *m)
{
    for (size_t i = 0; i < h->n; i++)
        if (str_eq(str_from_c(h->list[i].feature), m->feature) && h->list[i].number == m->number)
            return &h->list[i];
    return NULL;
}

static void check_migration(void *ctx, const struct migration_applied *m)
{
    struct verifying *v = ctx;
    const struct migration *known = find(v->history, m);
    if (!known)
        v->why = "it was written by a newer program: update Tandem first";
    else if (!str_eq(str_from_c(known->sha256), m->sha256) && !v->why)
        v->why = "its tables are not those of this program";
}

enum err dump_verify(FILE *file, const struct dump_history *history, struct arena *a,
                     struct dump_info *info)
{
    struct verifying v = { .history = history };
    const struct walk w = { .migration = check_migration, .ctx = &v };
    const char *wrong = walk(file, a, &w, info);
    wrong = wrong ? wrong : v.why;
    if (!wrong)
        return ERR_OK;
    info->why = str_from_c(wrong);
    return ERR_INVALID;
}

/* ---- restoring ---- */

struct restoring {
    struct tx *tx;
    const struct dump_history *history;
    bool *wanted; /* for each migration: the file has it */
    struct arena scratch;
};

static const char drop_postgres[] =
    "DO $$ DECLARE t text; BEGIN "
    "FOR t IN SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
    "LOOP EXECUTE format('DROP TABLE %I CASCADE', t); END LOOP; END $$";

/* References are checked when all rows are there: they may come in any order. */
static const char defer_postgres[] =
    "DO $$ DECLARE c record; BEGIN "
    "FOR c IN SELECT conrelid::regclass AS t, conname AS n FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace "
    "LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', "
    "c.t, c.n); END LOOP; END $$";
static const char check_postgres[] =
    "SET CONSTRAINTS ALL IMMEDIATE; "
    "DO $$ DECLARE c record; BEGIN "
    "FOR c IN SELECT conrelid::regclass AS t, conname AS n FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace "
    "LOOP EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I NOT DEFERRABLE', c.t, c.n); "
    "END LOOP; END $$";

struct dropped {
    str name;
};
static const struct db_column dropped_columns[] = {
    { "name", DB_TEXT, false, offsetof(struct dropped, name) },
};
static const struct db_row_type dropped_type = { "dropped", dropped_columns, 1,
                                                 sizeof(struct dropped) };
static const struct stmt tables_sqlite = {
    .name = "restore_tables",
    .sqlite = "SELECT name FROM sqlite_master WHERE type = 'table' "
              "AND name NOT LIKE 'sqlite~_%' ESCAPE '~'",
    .postgres = "SELECT '' AS name",
    .row = &dropped_type,
    .id = DB_STMT_RARE,
};

static void drop_all(struct tx *tx)
{
    const struct engine *engine = tx->db.store->engine;
    if (store_is_postgres(tx->db.store)) {
        engine->script(tx, drop_postgres);
        return;
    }
    struct db_rows rows = db_rows(&tx->db, &tables_sqlite, NULL);
    const struct dropped *t = rows.v;
    for (size_t i = 0; i < rows.n && tx->db.err == ERR_OK; i++)
        engine->script(tx, str_to_c(tx->db.arena, str_fmt(tx->db.arena, "DROP TABLE \"%.*s\"",
                                                          STR_FMT(t[i].name))));
}

static void want_migration(void *ctx, const struct migration_applied *m)
{
    struct restoring *r = ctx;
    const struct migration *known = find(r->history, m);
    if (known)
        r->wanted[known - r->history->list] = true;
}

static void apply_some(struct restoring *r, bool wanted)
{
    for (size_t i = 0; i < r->history->n && r->tx->db.err == ERR_OK; i++)
        if (r->wanted[i] == wanted)
            migration_apply(r->tx, &r->history->list[i]);
}

static void make_tables(void *ctx)
{
    struct restoring *r = ctx;
    drop_all(r->tx);
    migrations_begin(r->tx);
    apply_some(r, true);
    if (store_is_postgres(r->tx->db.store))
        r->tx->db.store->engine->script(r->tx, defer_postgres);
}

/* "INSERT INTO t (a, b) VALUES (?1, ?2)"; the sign for parameters is the engine's. */
static const char *insert_sql(struct arena *a, const struct table *t, char sign)
{
    struct out o = out_new(a, 0);
    out_fmt(&o, "INSERT INTO %.*s (", STR_FMT(t->name));
    for (size_t i = 0; i < t->n; i++)
        out_fmt(&o, "%s%.*s", i ? ", " : "", STR_FMT(t->columns[i]));
    OUT(&o, ") VALUES (");
    for (size_t i = 0; i < t->n; i++)
        out_fmt(&o, "%s%c%zu", i ? ", " : "", sign, i + 1);
    OUT(&o, ")");
    return str_to_c(a, out_text(&o));
}

static void insert_row(void *ctx, const struct table *t, const struct db_value *values)
{
    struct restoring *r = ctx;
    enum db_type types[DB_COLUMNS_MAX];
    if (r->tx->db.err != ERR_OK)
        return;
    for (size_t i = 0; i < t->n; i++)
        types[i] = values[i].type;
    const struct stmt insert = { .name = "restore_row",
                                 .sqlite = insert_sql(&r->scratch, t, '?'),
                                 .postgres = insert_sql(&r->scratch, t, '$'),
                                 .params = types,
                                 .param_count = (uint16_t)t->n,
                                 .id = DB_STMT_RARE };
    tx_run(r->tx, &insert, values);
    arena_free(&r->scratch);
}

static enum err restore_once(struct tx *tx, FILE *file, const struct dump_restore *restore,
                             str *why)
{
    struct dump_info info;
    struct arena *a = tx->db.arena;
    struct restoring r = { .tx = tx, .history = &restore->history };
    r.wanted = NEW_ARRAY(a, restore->history.n + 1, bool);
    arena_init(&r.scratch, 0);
    const struct walk w = {
        .migration = want_migration, .filled = make_tables, .row = insert_row, .ctx = &r
    };
    const char *wrong = walk(file, a, &w, &info);
    if (!wrong && store_is_postgres(tx->db.store) && tx->db.err == ERR_OK)
        tx->db.store->engine->script(tx, check_postgres);
    apply_some(&r, false);
    if (!wrong && tx->db.err == ERR_OK && restore->then)
        restore->then(restore->ctx, tx);
    arena_free(&r.scratch);
    memset(&tx->written, 0xff, sizeof tx->written); /* all of it, for caches */
    if (wrong) {
        tx_rollback(tx);
        *why = str_from_c(wrong);
        return ERR_INVALID;
    }
    enum err e = tx_commit(tx);
    if (e != ERR_OK && !tx->db.again)
        log_event(LOG_ERROR, "db.restore", { "statement", str_from_c(tx->db.err_stmt) },
                  { "text", tx->db.err_text });
    return e;
}

enum err store_restore(struct store *store, FILE *file, const struct dump_restore *restore,
                       str *why)
{
    struct arena a;
    enum err e = ERR_OK;
    *why = S("");
    arena_init(&a, 0);
    for (int i = 0; i < TRIES; i++) {
        struct tx tx;
        e = tx_begin_mode(store, &a, &tx, TX_SCHEMA);
        if (e == ERR_OK)
            e = restore_once(&tx, file, restore, why);
        if (e == ERR_OK || e == ERR_INVALID || !tx.db.again)
            break;
    }
    if (e != ERR_OK && !why->n)
        *why = S("the database refused it");
    arena_free(&a);
    return e;
}
