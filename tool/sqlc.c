/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * sqlc: compiles the .sql files of all features into C.
 *
 *     sqlc OUT-FOLDER DEPFILE web=src/web city=src/feature/city …
 *
 * For each feature x: x.sql.h, x.sql.c, x.sql.web.h; for all: tables.h, tables.c,
 * migrations.c, people.h, people.c. README.md beside this file says how the sources are written.
 */
#include "sqlc.h"

#include "base/crypt.h"

bool set_has(const struct db_tables *set, unsigned id)
{
    return set->w[id / 64] >> (id % 64) & 1;
}

void set_add(struct db_tables *set, unsigned id)
{
    set->w[id / 64] |= (uint64_t)1 << (id % 64);
}

static void compile(struct sqlc *c, struct statement *s)
{
    check_names(c, s);
    sqlite3_stmt *stmt = s->broken ? NULL : prepare_statement(c, s);
    if (!stmt)
        return;
    struct scopes all = scopes_of(c, s);
    int columns = sqlite3_column_count(stmt);
    check_kind(c, s, columns);
    check_portable(c, s, &all);
    check_owner(c, s, &all);
    check_city(c, s, &all);
    type_params(c, s, &all);
    if (columns)
        type_columns(c, s, &all, stmt);
    sqlite3_finalize(stmt);
}

static void compile_all(struct sqlc *c)
{
    schema_open(c);
    for (size_t i = 0; i < c->migrations.n; i++)
        schema_apply(c, &c->migrations.v[i]);
    schema_load(c);
    privacy_read(c);
    for (size_t i = 0; i < c->statements.n; i++)
        compile(c, &c->statements.v[i]);
    check_people(c);
    sqlite3_close(c->db);
}

/* ---- outputs ---- */

struct outputs {
    struct tool_output *v;
    size_t n, cap;
};

static void add_output(struct sqlc *c, struct outputs *o, str path, str text)
{
    *vec_add(&c->tool.arena, o) = (struct tool_output){ str_to_c(&c->tool.arena, path), text };
}

/* The first output stands for all of them: one command makes them together. */
static str emit_depfile(struct sqlc *c, const char *first)
{
    struct out o = out_new(&c->tool.arena, 0);
    out_fmt(&o, "%s:", first);
    for (size_t i = 0; i < c->sources.n; i++)
        out_fmt(&o, " \\\n  %s", c->sources.v[i]);
    out_char(&o, '\n');
    return out_text(&o);
}

static int write_all(struct sqlc *c, const char *folder, const char *depfile)
{
    struct arena *a = &c->tool.arena;
    struct outputs all = { NULL, 0, 0 };
    if (c->tool.problems)
        return tool_write(&c->tool, NULL, 0);
    add_output(c, &all, str_fmt(a, "%s/tables.h", folder), emit_tables_header(c));
    add_output(c, &all, str_fmt(a, "%s/tables.c", folder), emit_tables(c));
    add_output(c, &all, str_fmt(a, "%s/migrations.c", folder), emit_migrations(c));
    add_output(c, &all, str_fmt(a, "%s/people.h", folder), emit_privacy_header(c));
    add_output(c, &all, str_fmt(a, "%s/people.c", folder), emit_privacy(c));
    for (size_t i = 0; i < c->features.n; i++) {
        const struct feature *f = &c->features.v[i];
        add_output(c, &all, str_fmt(a, "%s/%s.sql.h", folder, f->name), emit_header(c, f));
        add_output(c, &all, str_fmt(a, "%s/%s.sql.c", folder, f->name), emit_source(c, f));
        add_output(c, &all, str_fmt(a, "%s/%s.sql.web.h", folder, f->name), emit_web_header(c, f));
    }
    str depends = emit_depfile(c, all.v[0].path);
    add_output(c, &all, str_from_c(depfile), depends);
    return tool_write(&c->tool, all.v, all.n);
}

/* "city=src/feature/city" */
static void add_feature(struct sqlc *c, const char *arg)
{
    str name = str_from_c(arg);
    ptrdiff_t at = str_find_byte(name, '=');
    if (at < 1)
        tool_usage(&c->tool, "OUT-FOLDER DEPFILE NAME=FOLDER…");
    struct feature *f = vec_add(&c->tool.arena, &c->features);
    f->name = str_to_c(&c->tool.arena, str_slice(name, 0, (size_t)at));
    f->dir = arg + at + 1;
}

int main(int argc, char **argv)
{
    static struct sqlc c; /* one run, one thread */
    tool_init(&c.tool, "sqlc");
    crypt_init();
    if (argc < 4)
        tool_usage(&c.tool, "OUT-FOLDER DEPFILE NAME=FOLDER…");
    for (int i = 3; i < argc; i++)
        add_feature(&c, argv[i]);
    for (size_t i = 0; i < c.features.n; i++)
        read_feature(&c, &c.features.v[i]);
    compile_all(&c);
    return write_all(&c, argv[1], argv[2]);
}
