/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The SQL compiler. The path of a statement through it:
 *
 *   sqlc_read.c   .sql files -> features, migrations, statements (name, comments, text)
 *   sqlc_token.c  text -> tokens with brackets matched
 *   sqlc_text.c   tokens -> SQL for SQLite and for PostgreSQL
 *   sqlc_schema.c migrations applied to an SQLite in memory -> tables with columns and owners
 *   sqlc_scope.c  tokens -> selects and their tables with aliases
 *   sqlc_prepare.c a statement prepared on that SQLite -> what it reads, writes, returns
 *   sqlc_type.c   types of parameters and result columns
 *   sqlc_check.c  the refusals: portability, ownership, people's data
 *   sqlc_city.c   the refusal that keeps towns apart
 *   sqlc_emit.c, sqlc_emit_all.c  C
 *
 * Problems are reported as file:line: message and do not end the run.
 */
#ifndef TOOL_SQLC_H
#define TOOL_SQLC_H

#include <sqlite3.h>

#include "db/privacy.h"
#include "tool.h"

/* ---- tokens ---- */

enum token_kind { T_WORD, T_NAME, T_STRING, T_NUMBER, T_PARAM, T_SIGN, T_END };

enum engine { ON_SQLITE = 1, ON_POSTGRES = 2, ON_BOTH = 3 };

struct token {
    enum token_kind kind;
    str text; /* T_NAME (quoted name): without its quotes; T_PARAM: without colon and marks */
    int line;
    uint8_t engines; /* bits of enum engine */
    bool space;      /* white space came before */
    int open;        /* the innermost bracket around it, -1 at top level */
    int match;       /* of a bracket: its partner; else -1 */
    int param;       /* T_PARAM: index into the statement's parameters */
    bool optional;   /* T_PARAM: ":x?" */
    str type;        /* T_PARAM: "int" of ":x::int", or empty */
};

struct tokens {
    struct token *v;
    size_t n, cap;
};

/* The tokens end with a T_END, which is counted in n. */
struct tokens tokens_of(struct tool *t, const char *file, str text, int line);
/* The word at i, case ignored; out of range is no word. */
bool is_word(const struct tokens *t, int i, const char *word);
bool is_sign(const struct tokens *t, int i, const char *sign);
/* A word of the blank-separated list, which is written in capitals. */
bool is_one_of(const struct tokens *t, int i, const char *list);
/* A word that means something in SQL and so cannot name a column. */
bool is_keyword(str word);
/* A name that is no keyword, bare or quoted. */
bool is_name(const struct tokens *t, int i);

/* ---- what was read ---- */

struct column {
    str name;
    enum db_type type;
    bool optional;
    bool classed; /* by a .privacy file */
    enum privacy_class class;
};

struct columns {
    struct column *v;
    size_t n, cap;
};

/* ---- what a .privacy file says of a table ---- */

struct keep {
    str name;
    int64_t days;
    str after;
    str when;
    int line;
};

struct person {
    enum person_by by;
    str column;
    const struct table *parent; /* NULL: the column names the person itself */
    struct columns shows;       /* none: all but secrets */
    int line;
};

struct privacy {
    const char *file;
    int line;
    str activity;
    unsigned basis;
    unsigned to;
    str key;
    str with;
    str always;
    bool by_feature; /* erasing a row is more than deleting it */
    struct {
        struct keep *v;
        size_t n, cap;
    } keeps;
    struct {
        struct person *v;
        size_t n, cap;
    } people;
};

struct table {
    str name;
    struct feature *feature; /* who may write it */
    struct columns columns;
    const char *file; /* where it was created last */
    int line;
    unsigned id;
    bool append_only;        /* "-- append-only" stands above it */
    struct privacy *privacy; /* NULL: not described */
};

struct migration_source {
    struct feature *feature;
    int number;
    const char *file;
    str text;
    str sqlite;
    str postgres;
    str sha256;
};

struct param {
    str name;
    enum db_type type;
    bool typed;
    bool optional;
    int line;
};

enum stmt_kind { KIND_ROWS, KIND_ROW, KIND_EACH, KIND_RUN };

struct statement {
    struct feature *feature;
    int line;
    str name;
    enum stmt_kind kind;
    str row_name;
    str doc;
    bool cross_city; /* with a reason */
    bool erases;     /* from an append-only table, with a reason */
    bool kept;       /* its row stays in memory, with a reason */
    bool broken;     /* its head is wrong: reported already */
    bool by_engine;  /* parts are for one engine only */
    struct tokens tokens;
    struct {
        struct param *v;
        size_t n, cap;
    } params;
    struct row *row;
    str sqlite;
    str postgres;
    struct db_tables reads;
    struct db_tables writes;
    bool writing; /* INSERT, UPDATE, DELETE */
};

/* A row struct, shared by the statements of a feature that name it. */
struct row {
    struct feature *feature;
    str name;
    int line;
    struct columns columns;
    bool listed; /* a :rows statement uses it */
};

struct feature {
    const char *name;
    const char *dir;
    const char *file;    /* its x.sql */
    const char *privacy; /* its x.privacy, or NULL */
};

struct sqlc {
    struct tool tool;
    sqlite3 *db;  /* in memory, all migrations applied */
    bool private; /* the tables are described by .privacy files */
    struct {
        struct feature *v;
        size_t n, cap;
    } features;
    struct {
        struct migration_source *v;
        size_t n, cap;
    } migrations;
    struct {
        struct statement *v;
        size_t n, cap;
    } statements;
    struct {
        struct row_entry {
            struct row *row;
        } * v;
        size_t n, cap;
    } rows;
    struct {
        struct table *v;
        size_t n, cap;
    } tables;
    struct {
        const char **v;
        size_t n, cap;
    } sources; /* every file and folder that was looked at, for the depfile */
};

/* ---- sqlc_read.c ---- */

void read_feature(struct sqlc *c, struct feature *f);
/* Named statements, one after the other. */
void read_statements(struct sqlc *c, struct feature *f, str text);
/* The next word of a line; empty at its end. */
str next_word(str *rest);

/* ---- sqlc_text.c ---- */

/* offsets, if given, gets for each token where it stands in the text (n entries). */
str statement_text(struct sqlc *c, const struct tokens *t, enum engine e, size_t *offsets);
/* One statement of a migration: tokens from..to. */
struct piece {
    const struct tokens *t;
    int from, to;
};
str schema_text(struct sqlc *c, const struct piece *p, enum engine e, size_t *offsets);

/* ---- sqlc_schema.c ---- */

void schema_open(struct sqlc *c);
void schema_apply(struct sqlc *c, struct migration_source *m);
/* After the last migration: reads the tables' columns. */
void schema_load(struct sqlc *c);
struct table *table_find(struct sqlc *c, str name);
const struct column *column_find(const struct table *t, str name);
bool has_city(const struct table *t);

/* ---- sqlc_privacy.c ---- */

/* Reads the .privacy files, reports what is missing, adds the statements that come of them. */
void privacy_read(struct sqlc *c);
/* Whether the column is one that the person may correct. */
bool can_correct(const struct table *t, size_t column, const struct person *p);
str emit_privacy_header(struct sqlc *c);
str emit_privacy(struct sqlc *c);

/* ---- sqlc_prepare.c ---- */

/* NULL, with a problem reported, when SQLite does not accept the statement. */
sqlite3_stmt *prepare_statement(struct sqlc *c, struct statement *s);

/* ---- sqlc_scope.c ---- */

struct source {
    str alias;
    const struct table *table; /* NULL: a subselect or a WITH */
    int scope;
    int at;           /* its token */
    bool left;        /* may be missing: right side of LEFT JOIN */
    bool target;      /* of INSERT, UPDATE, DELETE */
    bool inserted;    /* of INSERT */
    bool constrained; /* to :city, found by sqlc_city.c */
};

struct scope {
    int open;   /* bracket that holds the select, -1 for the statement itself */
    int from;   /* first token */
    int to;     /* one past the last */
    int parent; /* index, or -1 */
};

struct scopes {
    struct {
        struct scope *v;
        size_t n, cap;
    } scopes;
    struct {
        struct source *v;
        size_t n, cap;
    } sources;
};

struct scopes scopes_of(struct sqlc *c, const struct statement *s);
int scope_at(const struct scopes *all, const struct tokens *t, int i);
/* A column reference that begins at token i ("a.b" or "b"). */
struct reference {
    int length;            /* tokens: 3, 1, or 0: none */
    struct source *source; /* NULL when unknown, for instance an output name */
    const struct column *column;
    str name;
};
struct reference reference_at(const struct scopes *all, const struct tokens *t, int i);
/* The same for a reference that ends at token i. */
struct reference reference_before(const struct scopes *all, const struct tokens *t, int i);

/* ---- sqlc_type.c ---- */

void type_params(struct sqlc *c, struct statement *s, const struct scopes *all);
void type_columns(struct sqlc *c, struct statement *s, const struct scopes *all,
                  sqlite3_stmt *stmt);

/* ---- sqlc_check.c, sqlc_city.c ---- */

/* A problem of the statement at token i. */
void problem_at(struct sqlc *c, const struct statement *s, int i, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void check_portable(struct sqlc *c, const struct statement *s, const struct scopes *all);
void check_kind(struct sqlc *c, const struct statement *s, int columns);
void check_names(struct sqlc *c, const struct statement *s);
void check_owner(struct sqlc *c, const struct statement *s, const struct scopes *all);
void check_people(struct sqlc *c);
bool is_c_name(str name);
void check_city(struct sqlc *c, const struct statement *s, struct scopes *all);
/* Comma-separated items (tokens from..to), until the bracket closes or one of `ends` comes. */
struct items {
    struct {
        int from, to;
    } v[256];
    int n;
};
struct items items_at(const struct tokens *t, int i, const char *ends);
/* The result columns: the select list or what comes after RETURNING. */
struct items result_items(const struct tokens *t);
/* For an INSERT: the token where its column list opens, or -1. */
int insert_columns(const struct tokens *t);

/* ---- sqlc_emit.c, sqlc_emit_all.c ---- */

struct emit {
    struct sqlc *c;
    const struct feature *feature;
    struct out o;
};

str emit_header(struct sqlc *c, const struct feature *f);
str emit_source(struct sqlc *c, const struct feature *f);
str emit_web_header(struct sqlc *c, const struct feature *f);
str emit_tables_header(struct sqlc *c);
str emit_tables(struct sqlc *c);
str emit_migrations(struct sqlc *c);

/* ---- small things ---- */

bool set_has(const struct db_tables *set, unsigned id);
void set_add(struct db_tables *set, unsigned id);

#endif
