/* SPDX-License-Identifier: EUPL-1.2 */
/* The peer SQLite (bench/sqlite.sql), in a file of its own. */
#include <sys/stat.h>

#include "base/arena.h"
#include "base/err.h"
#include "bench/peer.h"
#include "db/sqlite.h"

extern const unsigned char peer_sqlite_sql[];
extern const size_t peer_sqlite_sql_size;

#define COMMIT_EVERY 10000 /* rows */

struct prepared {
    struct peer_sql sql;
    sqlite3_stmt *stmt;
};

struct sqlite_peer {
    struct arena *arena;
    const char *path;
    sqlite3 *db;
    struct prepared insert, place, text;
    struct prepared ask[PEER_QUESTIONS];
    int64_t rows;
};

static str file(void)
{
    return (str){ (const char *)peer_sqlite_sql, peer_sqlite_sql_size };
}

static bool run_sql(struct sqlite_peer *p, const char *sql)
{
    return sqlite3_exec(p->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool run_section(struct sqlite_peer *p, str section)
{
    return run_sql(p, peer_sql(p->arena, file(), section, '?').sql);
}

static bool prepare(struct sqlite_peer *p, struct prepared *s, str section)
{
    s->sql = peer_sql(p->arena, file(), section, '?');
    return sqlite3_prepare_v3(p->db, s->sql.sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, NULL) ==
           SQLITE_OK;
}

static bool prepare_inserts(struct sqlite_peer *p)
{
    return prepare(p, &p->insert, S("insert")) && prepare(p, &p->place, S("insert_place")) &&
           prepare(p, &p->text, S("insert_text"));
}

/* Once it is known how many rows there are. */
static bool prepare_questions(struct sqlite_peer *p)
{
    bool good = true;
    for (int q = 0; good && q < PEER_QUESTIONS; q++)
        good = prepare(p, &p->ask[q], peer_section((enum peer_question)q));
    return good;
}

static bool step_and_reset(sqlite3_stmt *s)
{
    bool good = sqlite3_step(s) == SQLITE_DONE;
    sqlite3_reset(s);
    return good;
}

/* ---- filling ---- */

static bool add_row(struct sqlite_peer *p, const struct match_offer *m)
{
    sqlite3_stmt *s = p->insert.stmt;
    const int64_t v[] = { m->dim[MATCH_FIELD],
                          m->dim[MATCH_KIND],
                          m->dim[MATCH_TARGET],
                          m->dim[MATCH_LANGUAGE],
                          m->dim[MATCH_TIME],
                          m->dim[MATCH_PLACE],
                          m->dim[MATCH_SUITS],
                          m->dim[MATCH_ACCESS],
                          m->dim[MATCH_CERTIFICATE],
                          m->grid,
                          m->to,
                          m->confirmed,
                          m->published };
    sqlite3_bind_int64(s, 1, m->id);
    if (m->point.known) {
        sqlite3_bind_double(s, 2, m->point.lat);
        sqlite3_bind_double(s, 3, m->point.lon);
    } else {
        sqlite3_bind_null(s, 2);
        sqlite3_bind_null(s, 3);
    }
    for (int i = 0; i < (int)(sizeof v / sizeof *v); i++)
        sqlite3_bind_int64(s, 4 + i, v[i]);
    return step_and_reset(s);
}

static bool add_place(struct sqlite_peer *p, const struct match_offer *m)
{
    sqlite3_stmt *s = p->place.stmt;
    int64_t east = (int64_t)(m->point.lon * 1e6 + 0.5), north = (int64_t)(m->point.lat * 1e6 + 0.5);
    const int64_t v[] = { m->id, east, east, north, north };
    for (int i = 0; i < 5; i++)
        sqlite3_bind_int64(s, i + 1, v[i]);
    return !m->point.known || step_and_reset(s);
}

static bool add_text(struct sqlite_peer *p, const struct peer_offer *o)
{
    sqlite3_stmt *s = p->text.stmt;
    sqlite3_bind_int64(s, 1, o->offer->id);
    sqlite3_bind_text(s, 2, o->terms.p, (int)o->terms.n, SQLITE_STATIC);
    return step_and_reset(s);
}

static bool add(void *impl, const struct peer_offer *o)
{
    struct sqlite_peer *p = impl;
    bool good =
        p->rows % COMMIT_EVERY != 0 || ((!p->rows || run_sql(p, "COMMIT")) && run_sql(p, "BEGIN"));
    p->rows++;
    return good && add_row(p, o->offer) && add_place(p, o->offer) && add_text(p, o);
}

static void end(struct sqlite_peer *p)
{
    struct prepared *all[] = { &p->insert, &p->place, &p->text };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sqlite3_finalize(all[i]->stmt);
    for (int q = 0; q < PEER_QUESTIONS; q++)
        sqlite3_finalize(p->ask[q].stmt);
    sqlite3_close(p->db);
    p->insert.stmt = p->place.stmt = p->text.stmt = NULL;
    p->db = NULL;
}

static bool open_file(struct sqlite_peer *p)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    return sqlite3_open_v2(p->path, &p->db, flags, NULL) == SQLITE_OK &&
           run_section(p, S("settings"));
}

/* Opened anew, because an R*Tree learns only then how many rows it has, which plans depend on. */
static bool finish(void *impl)
{
    struct sqlite_peer *p = impl;
    if ((p->rows && !run_sql(p, "COMMIT")) || !run_section(p, S("finish")))
        return false;
    end(p);
    return open_file(p) && prepare_questions(p);
}

/* ---- asking ---- */

static void bind(struct prepared *s, const struct peer_asked *asked)
{
    for (size_t i = 0; i < s->sql.n; i++) {
        enum peer_param param = s->sql.param[i];
        int at = (int)i + 1;
        double v = peer_param(asked->q, param);
        if (param == PARAM_TEXT)
            sqlite3_bind_text(s->stmt, at, asked->text.p, (int)asked->text.n, SQLITE_STATIC);
        else if (param == PARAM_FIELD || param == PARAM_GRID || param == PARAM_TODAY)
            sqlite3_bind_int64(s->stmt, at, (int64_t)v);
        else
            sqlite3_bind_double(s->stmt, at, v);
    }
}

static void read_answer(sqlite3_stmt *s, struct peer_answer *answer)
{
    str ids = { (const char *)sqlite3_column_text(s, 0), (size_t)sqlite3_column_bytes(s, 0) };
    peer_ids(ids, answer);
    answer->total = (uint32_t)sqlite3_column_int64(s, 1);
    answer->has_facets = sqlite3_column_count(s) == 2 + PEER_FACETS;
    for (int i = 0; answer->has_facets && i < PEER_FACETS; i++)
        answer->facets[i] = (uint32_t)sqlite3_column_int64(s, 2 + i);
}

static bool ask(void *impl, enum peer_question question, const struct peer_asked *asked,
                struct peer_answer *answer)
{
    struct sqlite_peer *p = impl;
    struct prepared *s = &p->ask[question];
    bind(s, asked);
    bool good = sqlite3_step(s->stmt) == SQLITE_ROW;
    if (good)
        read_answer(s->stmt, answer);
    good = good && sqlite3_step(s->stmt) == SQLITE_DONE;
    sqlite3_reset(s->stmt);
    return good;
}

static int64_t bytes(void *impl)
{
    struct sqlite_peer *p = impl;
    struct stat st;
    return stat(p->path, &st) == 0 ? st.st_size : 0;
}

static str why(void *impl)
{
    struct sqlite_peer *p = impl;
    return str_from_c(sqlite3_errmsg(p->db));
}

static void close_peer(void *impl)
{
    end(impl);
}

bool peer_sqlite_open(struct arena *a, const char *path, struct peer *peer, str *reason)
{
    struct sqlite_peer *p = NEW(a, struct sqlite_peer);
    p->arena = a;
    p->path = path;
    bool good = open_file(p) && run_section(p, S("schema")) && prepare_inserts(p);
    if (!good) {
        *reason = str_copy(a, str_from_c(sqlite3_errmsg(p->db)));
        end(p);
        return false;
    }
    *peer = (struct peer){ .name = "SQLite",
                           .dialect = PEER_FTS5,
                           .impl = p,
                           .add = add,
                           .finish = finish,
                           .ask = ask,
                           .bytes = bytes,
                           .why = why,
                           .close = close_peer };
    return true;
}
