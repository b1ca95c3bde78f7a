/* SPDX-License-Identifier: EUPL-1.2 */
/* CREATE DATABASE and DROP DATABASE around a test. */
#include "db/postgres_scratch.h"

#include <libpq-fe.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/arena.h"

/* "postgresql://host/NAME?x=y": what comes before and after the name. */
static bool split(str address, str *before, str *name, str *after)
{
    ptrdiff_t scheme = str_find(address, S("://"));
    if (scheme < 0)
        return false;
    str rest = str_slice(address, (size_t)scheme + 3, address.n);
    ptrdiff_t slash = str_find_byte(rest, '/');
    if (slash < 0)
        return false;
    size_t at = (size_t)scheme + 3 + (size_t)slash + 1;
    rest = str_slice(address, at, address.n);
    ptrdiff_t query = str_find_byte(rest, '?');
    *name = str_slice(rest, 0, query < 0 ? rest.n : (size_t)query);
    *before = str_slice(address, 0, at);
    *after = str_slice(rest, name->n, rest.n);
    return true;
}

static bool command(const char *server, const char *sql)
{
    PGconn *c = PQconnectdb(server);
    PGresult *r = PQexec(c, sql);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!good)
        printf("# %s: %s", sql, PQerrorMessage(c));
    PQclear(r);
    PQfinish(c);
    return good;
}

const char *postgres_scratch_new(struct arena *a, const char *server)
{
    static _Atomic int count; /* names differ within a process by it */
    str before;
    str name;
    str after;
    if (!split(str_from_c(server), &before, &name, &after))
        return NULL;
    str scratch = str_fmt(a, "tandem_%ld_%d", (long)getpid(), atomic_fetch_add(&count, 1));
    if (!command(server, str_to_c(a, str_fmt(a, "CREATE DATABASE %.*s", STR_FMT(scratch)))))
        return NULL;
    return str_to_c(a,
                    str_fmt(a, "%.*s%.*s%.*s", STR_FMT(before), STR_FMT(scratch), STR_FMT(after)));
}

void postgres_scratch_erase(const char *server, const char *scratch)
{
    str before;
    str name;
    str after;
    char sql[128];
    if (!split(str_from_c(scratch), &before, &name, &after))
        return;
    snprintf(sql, sizeof sql, "DROP DATABASE %.*s WITH (FORCE)", STR_FMT(name));
    command(server, sql);
}
