/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the program gets once: tables.h and tables.c (the tables' numbers and names, all
 * statements), migrations.c.
 */
#include "sqlc.h"

static const char head[] = "/* SPDX-"
                           "License-Identifier: EUPL-1.2 */\n"
                           "/* Made by tool/sqlc from all features; do not edit. */\n";

str emit_tables_header(struct sqlc *c)
{
    struct out o = out_new(&c->tool.arena, 0);
    out_fmt(&o, "%s#ifndef TABLES_H\n#define TABLES_H\n\n#include \"db/stmt.h\"\n\n", head);
    OUT(&o, "/* Numbers of the tables, for struct db_tables and store_version. */\nenum table {\n");
    for (size_t i = 0; i < c->tables.n; i++)
        out_fmt(&o, "    TABLE_%.*s,\n", STR_FMT(c->tables.v[i].name));
    OUT(&o, "    TABLE_COUNT\n};\n");
    OUT(&o, "extern const char *const table_names[TABLE_COUNT + 1];\n\n");
    OUT(&o, "/* In the order in which they are applied: by feature, then by number. */\n");
    OUT(&o, "extern const struct migration db_migrations[];\n");
    OUT(&o, "extern const size_t db_migration_count;\n\n");
    OUT(&o, "/* All statements by id. */\n");
    OUT(&o, "extern const struct stmt *const db_statements[];\n");
    OUT(&o, "extern const size_t db_statement_count;\n\n#endif\n");
    return out_text(&o);
}

str emit_tables(struct sqlc *c)
{
    struct out o = out_new(&c->tool.arena, 0);
    out_fmt(&o, "%s#include \"tables.h\"\n\n", head);
    for (size_t i = 0; i < c->features.n; i++)
        out_fmt(&o, "#include \"%s.sql.h\"\n", c->features.v[i].name);
    OUT(&o, "\nconst char *const table_names[TABLE_COUNT + 1] = {\n");
    for (size_t i = 0; i < c->tables.n; i++)
        out_fmt(&o, "    \"%.*s\",\n", STR_FMT(c->tables.v[i].name));
    OUT(&o, "    NULL\n};\n\nconst struct stmt *const db_statements[] = {\n");
    for (size_t i = 0; i < c->statements.n; i++)
        out_fmt(&o, "    &stmt_%.*s,\n", STR_FMT(c->statements.v[i].name));
    out_fmt(&o, "    NULL\n};\nconst size_t db_statement_count = %zu;\n", c->statements.n);
    return out_text(&o);
}

str emit_migrations(struct sqlc *c)
{
    struct out o = out_new(&c->tool.arena, 0);
    out_fmt(&o, "%s#include \"tables.h\"\n\nconst struct migration db_migrations[] = {\n", head);
    for (size_t i = 0; i < c->migrations.n; i++) {
        const struct migration_source *m = &c->migrations.v[i];
        out_fmt(&o, "    { \"%s\", %d,\n      ", m->feature->name, m->number);
        tool_put_literal(&o, m->sqlite);
        OUT(&o, ",\n      ");
        tool_put_literal(&o, m->postgres);
        out_fmt(&o, ",\n      \"%.*s\" },\n", STR_FMT(m->sha256));
    }
    out_fmt(&o, "    { NULL, 0, NULL, NULL, NULL }\n};\nconst size_t db_migration_count = %zu;\n",
            c->migrations.n);
    return out_text(&o);
}
