/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The program under test as a process: demo databases on either engine, a server on a free
 * port. Everything lies in one directory, which the caller removes.
 */
#ifndef SCENARIO_SERVER_H
#define SCENARIO_SERVER_H

#include <sys/types.h>

#include "base/str.h"

/* Where databases come from. */
struct engine {
    const char *name;     /* "sqlite" or "postgres" */
    const char *postgres; /* address of a PostgreSQL that may be filled; NULL for SQLite */
    const char *tandem;   /* path of the program */
    const char *dir;      /* for databases, keys and logs */
    struct arena *arena;
};

struct server {
    pid_t pid; /* 0: none */
    int port;
    const char *log; /* what the server wrote */
};

/* Makes the demo database that copies are taken of; false with a reason on stderr. */
bool engine_fill(const struct engine *e);
/* Copies it and serves the copy; waits until it answers. `name` is of letters and digits. */
bool server_start(const struct engine *e, const char *name, struct server *s);
/* Ends the server; false when it did not end by itself and cleanly. */
bool server_stop(const struct engine *e, const char *name, struct server *s);

#endif
