/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writing a backup. The tables and columns are asked from the engine, so that a backup has
 * whatever the database has; reading it again is restore.c.
 */
#include "db/dump.h"

#include "base/clock.h"
#include "base/crypt.h"
#include "base/out.h"
#include "db/dump_format.h"

/* ---- the file ---- */

struct dump_out {
    FILE *file;
    struct crypt_hash hash;
    bool failed;
};

static void put(struct dump_out *o, const void *p, size_t n)
{
    o->failed = o->failed || fwrite(p, 1, n, o->file) != n;
    crypt_hash_add(&o->hash, (str){ p, n });
}

static void put_tag(struct dump_out *o, char tag)
{
    put(o, &tag, 1);
}

static void put_number(struct dump_out *o, uint64_t v, size_t bytes)
{
    uint8_t b[8];
    for (size_t i = 0; i < bytes; i++)
        b[i] = (uint8_t)(v >> (8 * i));
    put(o, b, bytes);
}

static void put_text(struct dump_out *o, str s)
{
    put_number(o, s.n, 4);
    put(o, s.p, s.n);
}

static char kind_of(enum db_type type)
{
    static const char kinds[] = {
        [DB_INT] = DUMP_INT, [DB_REAL] = DUMP_REAL, [DB_TEXT] = DUMP_TEXT, [DB_BLOB] = DUMP_BLOB
    };
    return kinds[type];
}

static void put_column(struct dump_out *o, const struct db_column *c)
{
    put_text(o, str_from_c(c->name));
    put_tag(o, kind_of(c->type));
}

static void put_value(struct dump_out *o, const struct db_value *v)
{
    if (v->null) {
        put_tag(o, DUMP_NULL);
    } else if (v->type == DB_INT) {
        put_tag(o, DUMP_INT);
        put_number(o, (uint64_t)v->i, 8);
    } else if (v->type == DB_REAL) {
        uint64_t bits;
        memcpy(&bits, &v->r, sizeof bits);
        put_tag(o, DUMP_REAL);
        put_number(o, bits, 8);
    } else {
        put_tag(o, v->type == DB_TEXT ? DUMP_TEXT : DUMP_BLOB);
        put_text(o, v->s);
    }
}

/* ---- what there is ---- */

bool dump_is_name(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && i) || c == '_'))
            return false;
    }
    return s.n > 0 && s.n < 64;
}

struct named {
    str name;
    str type;
};

static const struct db_column named_columns[] = {
    { "name", DB_TEXT, false, offsetof(struct named, name) },
    { "type", DB_TEXT, false, offsetof(struct named, type) },
};
static const struct db_row_type named_type = { "named", named_columns, 2, sizeof(struct named) };

static const struct stmt list_tables = {
    .name = "dump_tables",
    .sqlite = "SELECT name, '' AS type FROM sqlite_master WHERE type = 'table' "
              "AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name <> 'schema_migration' ORDER BY 1",
    .postgres = "SELECT table_name::text AS name, '' AS type FROM information_schema.tables "
                "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' "
                "AND table_name <> 'schema_migration' ORDER BY 1",
    .row = &named_type,
    .id = DB_STMT_RARE,
};

static const enum db_type columns_params[] = { DB_TEXT };
static const struct stmt list_columns = {
    .name = "dump_columns",
    .sqlite = "SELECT name, lower(type) AS type FROM pragma_table_info(?1) ORDER BY cid",
    .postgres = "SELECT column_name::text AS name, data_type::text AS type "
                "FROM information_schema.columns WHERE table_schema = current_schema() "
                "AND table_name = $1 ORDER BY ordinal_position",
    .params = columns_params,
    .param_count = 1,
    .row = &named_type,
    .id = DB_STMT_RARE,
};

static enum db_type type_of(str type)
{
    if (str_eq(type, S("real")) || str_eq(type, S("double precision")))
        return DB_REAL;
    if (str_eq(type, S("text")))
        return DB_TEXT;
    return str_eq(type, S("blob")) || str_eq(type, S("bytea")) ? DB_BLOB : DB_INT;
}

/* ---- rows ---- */

/* Room for any optional value. */
#define SLOT sizeof(opt_str)

struct dumping {
    struct dump_out out;
    struct db *db;
    const struct db_row_type *row; /* of the table being written */
    int64_t rows, all;
};

static struct db_value value_at(const struct db_column *c, const void *row)
{
    const char *at = (const char *)row + c->offset;
    switch (c->type) {
    case DB_INT:
        return db_opt_int(*(const opt_int *)(const void *)at);
    case DB_REAL:
        return db_opt_real(*(const opt_real *)(const void *)at);
    case DB_TEXT:
    case DB_SEALED:
        return db_opt_text(*(const opt_str *)(const void *)at);
    case DB_BLOB:
        break;
    }
    return db_opt_blob(*(const opt_str *)(const void *)at);
}

static bool put_row(void *ctx, const void *row)
{
    struct dumping *d = ctx;
    put_tag(&d->out, 'R');
    for (unsigned i = 0; i < d->row->count; i++) {
        struct db_value v = value_at(&d->row->columns[i], row);
        put_value(&d->out, &v);
    }
    d->rows++;
    return !d->out.failed;
}

static const struct db_row_type *row_type(struct arena *a, struct db_rows columns)
{
    const struct named *names = columns.v;
    struct db_column *c = NEW_ARRAY(a, columns.n, struct db_column);
    struct db_row_type *type = NEW(a, struct db_row_type);
    must(columns.n <= DB_COLUMNS_MAX);
    for (size_t i = 0; i < columns.n; i++)
        c[i] = (struct db_column){ str_to_c(a, names[i].name), type_of(names[i].type), true,
                                   (uint16_t)(i * SLOT) };
    *type =
        (struct db_row_type){ "dump_row", c, (uint16_t)columns.n, (uint16_t)(columns.n * SLOT) };
    return type;
}

static const char *select_all(struct arena *a, const struct db_row_type *row, str table)
{
    struct out o = out_new(a, 0);
    OUT(&o, "SELECT ");
    for (unsigned i = 0; i < row->count; i++)
        out_fmt(&o, "%s%s", i ? ", " : "", row->columns[i].name);
    out_fmt(&o, " FROM %.*s", STR_FMT(table));
    return str_to_c(a, out_text(&o));
}

static void put_table(struct dumping *d, str table)
{
    const struct db_value name = db_text(table);
    struct arena *a = d->db->arena;
    struct db_rows columns = db_rows(d->db, &list_columns, &name);
    d->row = row_type(a, columns);
    const char *sql = select_all(a, d->row, table);
    const struct stmt all = {
        .name = "dump_all", .sqlite = sql, .postgres = sql, .row = d->row, .id = DB_STMT_RARE
    };
    put_tag(&d->out, 'T');
    put_text(&d->out, table);
    put_number(&d->out, columns.n, 4);
    for (unsigned i = 0; i < d->row->count; i++)
        put_column(&d->out, &d->row->columns[i]);
    d->rows = 0;
    db_stream(d->db, &all, NULL, (struct db_each){ put_row, d });
    put_tag(&d->out, 'E');
    put_number(&d->out, (uint64_t)d->rows, 8);
    d->all += d->rows;
}

static void put_head(struct dumping *d, const struct dump_info *info)
{
    struct db_rows applied = migrations_applied(d->db);
    const struct migration_applied *m = applied.v;
    put(&d->out, DUMP_MAGIC, sizeof DUMP_MAGIC - 1);
    put_text(&d->out, info->build);
    put_number(&d->out, (uint64_t)info->at, 8);
    put_number(&d->out, applied.n, 4);
    for (size_t i = 0; i < applied.n; i++) {
        put_text(&d->out, m[i].feature);
        put_number(&d->out, (uint64_t)m[i].number, 8);
        put_text(&d->out, m[i].sha256);
    }
}

static void put_end(struct dumping *d)
{
    uint8_t hash[CRYPT_HASH_BYTES];
    put_tag(&d->out, 'Z');
    put_number(&d->out, (uint64_t)d->all, 8);
    crypt_hash_end(&d->out.hash, hash);
    d->out.failed = d->out.failed || fwrite(hash, 1, sizeof hash, d->out.file) != sizeof hash ||
                    fflush(d->out.file) != 0;
}

enum err store_dump(struct store *store, FILE *file, struct dump_info *info)
{
    struct arena a;
    struct db db;
    struct dumping d = { .out = { .file = file }, .db = &db };
    arena_init(&a, 0);
    enum err e = db_begin(store, &a, &db);
    if (e == ERR_OK) {
        info->at = clock_now();
        crypt_hash_begin(&d.out.hash);
        put_head(&d, info);
        struct db_rows tables = db_rows(&db, &list_tables, NULL);
        for (size_t i = 0; i < tables.n && db.err == ERR_OK && !d.out.failed; i++)
            put_table(&d, ((const struct named *)tables.v)[i].name);
        put_end(&d);
        info->tables = (int64_t)tables.n;
        info->rows = d.all;
        db_end(&db);
        e = db.err != ERR_OK ? db.err : d.out.failed ? ERR_IO : ERR_OK;
    }
    arena_free(&a);
    return e;
}
