/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a feature gets: x.sql.h with row structs and typed functions, x.sql.c with the
 * statements, x.sql.web.h with typed JSON and CSV writers (for code above db/ only).
 */
#include "sqlc.h"

/* More parameters than this become a struct with designated members. */
#define POSITIONAL 3

static const char *c_type(enum db_type type, bool optional)
{
    static const char *const plain[] = { "int64_t", "double", "str", "str", "sealed" };
    static const char *const opt[] = { "opt_int", "opt_real", "opt_str", "opt_str", "sealed" };
    return optional ? opt[type] : plain[type];
}

static const char *type_name(enum db_type type)
{
    static const char *const names[] = { "DB_INT", "DB_REAL", "DB_TEXT", "DB_BLOB", "DB_SEALED" };
    return names[type];
}

/* ---- rows ---- */

static void put_row(struct out *o, const struct row *r)
{
    out_fmt(o, "struct %.*s {\n", STR_FMT(r->name));
    for (size_t i = 0; i < r->columns.n; i++) {
        const struct column *c = &r->columns.v[i];
        out_fmt(o, "    %s %.*s;\n", c_type(c->type, c->optional), STR_FMT(c->name));
    }
    OUT(o, "};\n");
    if (r->listed)
        out_fmt(o, "struct %.*s_rows {\n    const struct %.*s *v;\n    size_t n;\n};\n",
                STR_FMT(r->name), STR_FMT(r->name));
    out_fmt(o, "extern const struct db_row_type %.*s_type;\n\n", STR_FMT(r->name));
}

static void put_row_type(struct out *o, const struct row *r)
{
    out_fmt(o, "static const struct db_column %.*s_columns[] = {\n", STR_FMT(r->name));
    for (size_t i = 0; i < r->columns.n; i++) {
        const struct column *c = &r->columns.v[i];
        out_fmt(o, "    { \"%.*s\", %s, %s, offsetof(struct %.*s, %.*s) },\n", STR_FMT(c->name),
                type_name(c->type), c->optional ? "true" : "false", STR_FMT(r->name),
                STR_FMT(c->name));
    }
    out_fmt(o,
            "};\nconst struct db_row_type %.*s_type = {\n    \"%.*s\", %.*s_columns, %d, "
            "sizeof(struct %.*s)\n};\n\n",
            STR_FMT(r->name), STR_FMT(r->name), STR_FMT(r->name), (int)r->columns.n,
            STR_FMT(r->name));
}

/* ---- functions ---- */

static void put_doc(struct out *o, const struct statement *s)
{
    str rest = s->doc;
    str line;
    if (!s->doc.n)
        return;
    OUT(o, "/*\n");
    while (str_next(&rest, '\n', &line))
        out_fmt(o, " * %.*s\n", STR_FMT(line));
    OUT(o, " */\n");
}

static void put_in_struct(struct out *o, const struct statement *s)
{
    if (s->params.n <= POSITIONAL)
        return;
    out_fmt(o, "struct %.*s_in {\n", STR_FMT(s->name));
    for (size_t i = 0; i < s->params.n; i++) {
        const struct param *p = &s->params.v[i];
        out_fmt(o, "    %s %.*s;\n", c_type(p->type, p->optional), STR_FMT(p->name));
    }
    OUT(o, "};\n");
}

static void put_result_type(struct out *o, const struct statement *s)
{
    if (s->kind == KIND_ROWS)
        out_fmt(o, "struct %.*s_rows ", STR_FMT(s->row_name));
    else if (s->kind == KIND_ROW)
        out_fmt(o, "const struct %.*s *", STR_FMT(s->row_name));
    else
        out_fmt(o, "%s ", s->kind == KIND_EACH ? "void" : "int64_t");
}

static void put_signature(struct out *o, const struct statement *s)
{
    put_result_type(o, s);
    out_fmt(o, "%.*s(struct %s", STR_FMT(s->name), s->writing ? "tx *tx" : "db *db");
    if (s->params.n > POSITIONAL)
        out_fmt(o, ", const struct %.*s_in *in", STR_FMT(s->name));
    for (size_t i = 0; i < s->params.n && s->params.n <= POSITIONAL; i++) {
        const struct param *p = &s->params.v[i];
        out_fmt(o, ", %s %.*s", c_type(p->type, p->optional), STR_FMT(p->name));
    }
    if (s->kind == KIND_EACH)
        out_fmt(o, ", bool (*each)(void *ctx, const struct %.*s *row), void *ctx",
                STR_FMT(s->row_name));
    out_char(o, ')');
}

static void put_params(struct out *o, const struct statement *s)
{
    static const char *const makers[] = { "int", "real", "text", "blob", "sealed" };
    if (!s->params.n)
        return;
    OUT(o, "    const struct db_value params[] = {\n");
    for (size_t i = 0; i < s->params.n; i++) {
        const struct param *p = &s->params.v[i];
        out_fmt(o, "        db_%s%s(%s%.*s),\n", p->optional ? "opt_" : "", makers[p->type],
                s->params.n > POSITIONAL ? "in->" : "", STR_FMT(p->name));
    }
    OUT(o, "    };\n");
}

static void put_call(struct out *o, const struct statement *s, const char *function)
{
    out_fmt(o, "%s_%s(%s, &stmt_%.*s, %s", s->writing ? "tx" : "db", function,
            s->writing ? "tx" : "db", STR_FMT(s->name), s->params.n ? "params" : "NULL");
}

/* The function that turns an untyped row into the typed one of the caller's function. */
static void put_trampoline(struct out *o, const struct statement *s)
{
    str n = s->name;
    str r = s->row_name;
    if (s->kind != KIND_EACH)
        return;
    out_fmt(o,
            "struct %.*s_each {\n    bool (*each)(void *ctx, const struct %.*s *row);\n    void "
            "*ctx;\n};\nstatic bool %.*s_row(void *ctx, const void *row)\n{\n"
            "    const struct %.*s_each *e = ctx;\n    return e->each(e->ctx, row);\n}\n\n",
            STR_FMT(n), STR_FMT(r), STR_FMT(n), STR_FMT(n));
}

static void put_function(struct out *o, const struct statement *s)
{
    put_trampoline(o, s);
    put_signature(o, s);
    OUT(o, "\n{\n");
    put_params(o, s);
    if (s->kind == KIND_ROWS) {
        OUT(o, "    struct db_rows rows = ");
        put_call(o, s, "rows");
        out_fmt(o, ");\n    return (struct %.*s_rows){ rows.v, rows.n };\n", STR_FMT(s->row_name));
    } else if (s->kind == KIND_EACH) {
        out_fmt(o, "    struct %.*s_each e = { each, ctx };\n    ", STR_FMT(s->name));
        put_call(o, s, "stream");
        out_fmt(o, ", (struct db_each){ %.*s_row, &e });\n", STR_FMT(s->name));
    } else {
        OUT(o, "    return ");
        put_call(o, s, s->kind == KIND_RUN ? "run" : s->kept ? "row_kept" : "row");
        OUT(o, ");\n");
    }
    OUT(o, "}\n\n");
}

/* ---- statements ---- */

static void put_set(struct out *o, const char *member, const struct db_tables *set)
{
    out_fmt(o, "    .%s = { {", member);
    for (int i = 0; i < DB_TABLE_WORDS; i++)
        out_fmt(o, "%s 0x%llxu", i ? "," : "", (unsigned long long)set->w[i]);
    OUT(o, " } },\n");
}

static void put_statement(struct out *o, const struct statement *s, int id)
{
    if (s->params.n) {
        out_fmt(o, "static const enum db_type %.*s_params[] = {", STR_FMT(s->name));
        for (size_t i = 0; i < s->params.n; i++)
            out_fmt(o, "%s %s", i ? "," : "", type_name(s->params.v[i].type));
        OUT(o, " };\n");
    }
    out_fmt(o, "const struct stmt stmt_%.*s = {\n    .name = \"%.*s\",\n    .sqlite = ",
            STR_FMT(s->name), STR_FMT(s->name));
    tool_put_literal(o, s->sqlite);
    OUT(o, ",\n    .postgres = ");
    tool_put_literal(o, s->postgres);
    OUT(o, ",\n");
    if (s->params.n)
        out_fmt(o, "    .params = %.*s_params,\n    .param_count = %d,\n", STR_FMT(s->name),
                (int)s->params.n);
    if (s->row)
        out_fmt(o, "    .row = &%.*s_type,\n", STR_FMT(s->row->name));
    out_fmt(o, "    .id = %d,\n", id);
    put_set(o, "reads", &s->reads);
    put_set(o, "writes", &s->writes);
    OUT(o, "};\n\n");
}

/* ---- files ---- */

static void put_head(struct out *o, const struct feature *f)
{
    OUT(o, "/* SPDX-"
           "License-Identifier: EUPL-1.2 */\n");
    out_fmt(o, "/* Made by tool/sqlc from %s.sql and its migrations; do not edit. */\n", f->name);
}

static void put_guard(struct out *o, const struct feature *f, const char *ending)
{
    str name = str_from_c(f->name);
    for (size_t i = 0; i < name.n; i++) {
        char ch = name.p[i];
        out_char(o, ch >= 'a' && ch <= 'z' ? (char)(ch - 'a' + 'A') : ch);
    }
    out_fmt(o, "%s\n", ending);
}

str emit_header(struct sqlc *c, const struct feature *f)
{
    struct out o = out_new(&c->tool.arena, 0);
    put_head(&o, f);
    OUT(&o, "#ifndef ");
    put_guard(&o, f, "_SQL_H");
    OUT(&o, "#define ");
    put_guard(&o, f, "_SQL_H");
    OUT(&o, "\n#include \"db/stmt.h\"\n\n");
    for (size_t i = 0; i < c->rows.n; i++)
        if (c->rows.v[i].row->feature == f)
            put_row(&o, c->rows.v[i].row);
    for (size_t i = 0; i < c->statements.n; i++) {
        const struct statement *s = &c->statements.v[i];
        if (s->feature != f)
            continue;
        put_in_struct(&o, s);
        put_doc(&o, s);
        put_signature(&o, s);
        out_fmt(&o, ";\nextern const struct stmt stmt_%.*s;\n\n", STR_FMT(s->name));
    }
    OUT(&o, "#endif\n");
    return out_text(&o);
}

str emit_source(struct sqlc *c, const struct feature *f)
{
    struct out o = out_new(&c->tool.arena, 0);
    put_head(&o, f);
    out_fmt(&o, "#include \"%s.sql.h\"\n\n", f->name);
    for (size_t i = 0; i < c->rows.n; i++)
        if (c->rows.v[i].row->feature == f)
            put_row_type(&o, c->rows.v[i].row);
    for (size_t i = 0; i < c->statements.n; i++) {
        const struct statement *s = &c->statements.v[i];
        if (s->feature != f)
            continue;
        put_statement(&o, s, (int)i);
        put_function(&o, s);
    }
    return out_text(&o);
}

/* None of a row with something sealed: it would go out unopened, and nobody would know. */
static void put_writers(struct out *o, const struct row *r)
{
    str n = r->name;
    for (size_t i = 0; i < r->columns.n; i++)
        if (r->columns.v[i].type == DB_SEALED)
            return;
    out_fmt(o,
            "static inline void %.*s_json(struct json *j, const struct %.*s *row)\n{\n"
            "    row_json(j, &%.*s_type, row);\n}\n",
            STR_FMT(n), STR_FMT(n), STR_FMT(n));
    out_fmt(o,
            "static inline void %.*s_export(struct rq *rq, struct tx *tx, const struct export_file "
            "*e,\n"
            "                               const struct %.*s *v, size_t n)\n{\n"
            "    export_rows(rq, tx, e, &(struct row_list){ &%.*s_type, v, n });\n}\n\n",
            STR_FMT(n), STR_FMT(n), STR_FMT(n));
}

str emit_web_header(struct sqlc *c, const struct feature *f)
{
    struct out o = out_new(&c->tool.arena, 0);
    put_head(&o, f);
    OUT(&o, "#ifndef ");
    put_guard(&o, f, "_SQL_WEB_H");
    OUT(&o, "#define ");
    put_guard(&o, f, "_SQL_WEB_H");
    out_fmt(&o, "\n#include \"%s.sql.h\"\n#include \"web/export.h\"\n\n", f->name);
    for (size_t i = 0; i < c->rows.n; i++)
        if (c->rows.v[i].row->feature == f)
            put_writers(&o, c->rows.v[i].row);
    OUT(&o, "#endif\n");
    return out_text(&o);
}
