/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Compiled statements: what tool/sqlc emits, and the functions that only its output calls.
 * Features use the typed functions in their x.sql.h instead.
 */
#ifndef DB_STMT_H
#define DB_STMT_H

#include "db/db.h"

/* DB_SEALED is text in the database: the columns that a .privacy file calls sealed. */
enum db_type { DB_INT, DB_REAL, DB_TEXT, DB_BLOB, DB_SEALED };

/*
 * What is in a sealed column: no str, so that no page, mail or export shows it before it has been
 * opened (web/seal.h). Empty: there is nothing.
 */
typedef struct {
    str box;
} sealed;

static inline bool db_is_text(enum db_type type)
{
    return type == DB_TEXT || type == DB_BLOB || type == DB_SEALED;
}

struct db_value {
    enum db_type type;
    bool null;
    union {
        int64_t i;
        double r;
        str s; /* TEXT and BLOB */
    };
};

/* A column of a row struct: its member is an int64_t, double or str, or an opt_… of it. */
struct db_column {
    const char *name;
    enum db_type type;
    bool optional;
    uint16_t offset;
};

/* How a row struct is laid out; JSON, CSV and OpenAPI are made from it too. */
struct db_row_type {
    const char *name; /* "opp_card" */
    const struct db_column *columns;
    uint16_t count;
    uint16_t size;
};

struct stmt {
    const char *name;     /* "opp_list" */
    const char *sqlite;   /* SQL with ?1 ?2 … */
    const char *postgres; /* SQL with $1 $2 … */
    const enum db_type *params;
    const struct db_row_type *row; /* NULL: returns no rows */
    uint16_t param_count;
    uint16_t id; /* dense over the whole program: index of prepared-statement caches */
    struct db_tables reads;
    struct db_tables writes;
};

/* Rows of the statement's row struct, one after the other, in the reader's arena. */
struct db_rows {
    const void *v;
    size_t n;
};

struct db_rows db_rows(struct db *db, const struct stmt *s, const struct db_value *params);
/* The only row or NULL; more than one is an error. */
const void *db_row(struct db *db, const struct stmt *s, const struct db_value *params);
/*
 * The same, of a statement marked "-- kept:": from memory, as long as nothing that it reads has
 * been written. In a transaction it asks the database.
 */
const void *db_row_kept(struct db *db, const struct stmt *s, const struct db_value *params);
/* Row by row until `each` returns false. The row and its text are valid during the call only. */
struct db_each {
    bool (*each)(void *ctx, const void *row);
    void *ctx;
};
void db_stream(struct db *db, const struct stmt *s, const struct db_value *params,
               struct db_each each);

/*
 * Prepares a statement without running it and compares its columns with its row struct:
 * a difference is the reader's error. For `tandem check` and tests.
 */
void db_check(struct db *db, const struct stmt *s);

/* Statements that write; tx_run returns the number of rows changed. */
int64_t tx_run(struct tx *tx, const struct stmt *s, const struct db_value *params);
struct db_rows tx_rows(struct tx *tx, const struct stmt *s, const struct db_value *params);
const void *tx_row(struct tx *tx, const struct stmt *s, const struct db_value *params);

/* ---- parameters ---- */

static inline struct db_value db_int(int64_t v)
{
    return (struct db_value){ .type = DB_INT, .i = v };
}

static inline struct db_value db_real(double v)
{
    return (struct db_value){ .type = DB_REAL, .r = v };
}

static inline struct db_value db_text(str v)
{
    return (struct db_value){ .type = DB_TEXT, .s = v };
}

static inline struct db_value db_blob(str v)
{
    return (struct db_value){ .type = DB_BLOB, .s = v };
}

static inline struct db_value db_sealed(sealed v)
{
    return (struct db_value){ .type = DB_SEALED, .s = v.box };
}

static inline struct db_value db_opt_int(opt_int v)
{
    return (struct db_value){ .type = DB_INT, .null = !v.has, .i = v.v };
}

static inline struct db_value db_opt_real(opt_real v)
{
    return (struct db_value){ .type = DB_REAL, .null = !v.has, .r = v.v };
}

static inline struct db_value db_opt_text(opt_str v)
{
    return (struct db_value){ .type = DB_TEXT, .null = !v.has, .s = v.v };
}

static inline struct db_value db_opt_blob(opt_str v)
{
    return (struct db_value){ .type = DB_BLOB, .null = !v.has, .s = v.v };
}

#endif
