/* SPDX-License-Identifier: EUPL-1.2 */
/* The peer PostgreSQL with PostGIS (bench/postgres.sql), in a schema of its own. */
#include <libpq-fe.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "bench/peer.h"

extern const unsigned char peer_postgres_sql[];
extern const size_t peer_postgres_sql_size;

#define ROW_MOST      ((size_t)512 << 10)
#define POSITION_LAST 16383 /* of a word in a tsvector */

struct postgres_peer {
    struct arena *arena;
    struct arena scratch;
    PGconn *conn;
    bool copying;
    const char *schema;
    struct peer_sql ask[PEER_QUESTIONS];
};

static str file(void)
{
    return (str){ (const char *)peer_postgres_sql, peer_postgres_sql_size };
}

static bool run_sql(struct postgres_peer *p, const char *sql)
{
    PGresult *r = PQexec(p->conn, sql);
    ExecStatusType status = PQresultStatus(r);
    PQclear(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN;
}

/* Statement by statement: VACUUM stands in no transaction. */
static bool run_section(struct postgres_peer *p, str section)
{
    str all = str_from_c(peer_sql(p->arena, file(), section, '$').sql);
    for (str sql; str_next(&all, ';', &sql);)
        if (str_trim(sql).n && !run_sql(p, str_to_c(p->arena, sql)))
            return false;
    return true;
}

static const char *name_of(struct arena *a, int question)
{
    return str_to_c(a, str_fmt(a, "q%d", question));
}

/* Once it is known how many rows there are. */
static bool prepare_questions(struct postgres_peer *p)
{
    bool good = true;
    for (int q = 0; good && q < PEER_QUESTIONS; q++) {
        p->ask[q] = peer_sql(p->arena, file(), peer_section((enum peer_question)q), '$');
        PGresult *r = PQprepare(p->conn, name_of(p->arena, q), p->ask[q].sql, 0, NULL);
        good = PQresultStatus(r) == PGRES_COMMAND_OK;
        PQclear(r);
    }
    return good;
}

/* ---- filling: lines of COPY ---- */

static void put_numbers(struct out *o, const struct match_offer *m)
{
    out_fmt(o, "%lld\t", (long long)m->id);
    if (m->point.known)
        out_fmt(o, "POINT(%.6f %.6f)\t", m->point.lon, m->point.lat);
    else
        OUT(o, "\\N\t");
    for (int d = 0; d < MATCH_DIMS; d++) {
        static const enum match_dim order[MATCH_DIMS] = {
            MATCH_FIELD, MATCH_KIND,  MATCH_TARGET, MATCH_LANGUAGE,   MATCH_TIME,
            MATCH_PLACE, MATCH_SUITS, MATCH_ACCESS, MATCH_CERTIFICATE
        };
        out_fmt(o, "%d\t", (int)m->dim[order[d]]);
    }
    out_fmt(o, "%u\t%lld\t%lld\t%lld\t", m->grid, (long long)m->to, (long long)m->confirmed,
            (long long)m->published);
}

/* 'word':1 'other':2 … */
static void put_words(struct out *o, str terms)
{
    uint32_t at = 1;
    for (str term; terms.n && str_next(&terms, ' ', &term);)
        if (term.n)
            out_fmt(o, "'%.*s':%u ", STR_FMT(term), at < POSITION_LAST ? at++ : at);
}

static bool add(void *impl, const struct peer_offer *offer)
{
    struct postgres_peer *p = impl;
    struct arena_mark mark = arena_mark(&p->scratch);
    struct out o = out_new(&p->scratch, ROW_MOST);
    out_reserve(&o, 8192);
    put_numbers(&o, offer->offer);
    put_words(&o, offer->terms);
    out_char(&o, '\n');
    must(!o.full);
    if (!p->copying)
        p->copying = run_section(p, S("insert"));
    bool good = p->copying && PQputCopyData(p->conn, o.p, (int)o.n) == 1;
    arena_rewind(&p->scratch, mark);
    return good;
}

static bool finish(void *impl)
{
    struct postgres_peer *p = impl;
    bool good = !p->copying || PQputCopyEnd(p->conn, NULL) == 1;
    for (PGresult *r; p->copying && (r = PQgetResult(p->conn)); PQclear(r))
        good = good && PQresultStatus(r) == PGRES_COMMAND_OK;
    p->copying = false;
    return good && run_section(p, S("finish")) && prepare_questions(p);
}

/* ---- asking ---- */

static const char *value_of(struct arena *a, const struct peer_asked *asked, enum peer_param param)
{
    double v = peer_param(asked->q, param);
    bool whole = param == PARAM_FIELD || param == PARAM_GRID || param == PARAM_TODAY;
    if (param == PARAM_TEXT)
        return str_to_c(a, asked->text);
    return str_to_c(a, whole ? str_fmt(a, "%lld", (long long)v) : str_fmt(a, "%.9f", v));
}

static uint32_t number(const PGresult *r, int column)
{
    int64_t n = 0;
    must(str_to_i64(str_from_c(PQgetvalue(r, 0, column)), &n));
    return (uint32_t)n;
}

static void read_answer(const PGresult *r, struct peer_answer *answer)
{
    peer_ids(str_from_c(PQgetvalue(r, 0, 0)), answer);
    answer->total = number(r, 1);
    answer->has_facets = PQnfields(r) == 2 + PEER_FACETS;
    for (int i = 0; answer->has_facets && i < PEER_FACETS; i++)
        answer->facets[i] = number(r, 2 + i);
}

static bool ask(void *impl, enum peer_question question, const struct peer_asked *asked,
                struct peer_answer *answer)
{
    struct postgres_peer *p = impl;
    struct arena_mark mark = arena_mark(&p->scratch);
    const struct peer_sql *sql = &p->ask[question];
    const char *values[PEER_PARAMS] = { 0 };
    for (size_t i = 0; i < sql->n; i++)
        values[i] = value_of(&p->scratch, asked, sql->param[i]);
    PGresult *r = PQexecPrepared(p->conn, name_of(&p->scratch, (int)question), (int)sql->n, values,
                                 NULL, NULL, 0);
    bool good = PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 1;
    if (good)
        read_answer(r, answer);
    PQclear(r);
    arena_rewind(&p->scratch, mark);
    return good;
}

static int64_t bytes(void *impl)
{
    struct postgres_peer *p = impl;
    PGresult *r = PQexec(p->conn, peer_sql(p->arena, file(), S("size"), '$').sql);
    int64_t n = 0;
    if (PQresultStatus(r) == PGRES_TUPLES_OK)
        str_to_i64(str_from_c(PQgetvalue(r, 0, 0)), &n);
    PQclear(r);
    return n;
}

static str why(void *impl)
{
    struct postgres_peer *p = impl;
    return str_trim(str_from_c(PQerrorMessage(p->conn)));
}

static void end(void *impl)
{
    struct postgres_peer *p = impl;
    run_sql(p,
            str_to_c(p->arena, str_fmt(p->arena, "DROP SCHEMA IF EXISTS %s CASCADE", p->schema)));
    PQfinish(p->conn);
    arena_free(&p->scratch);
}

static bool begin(struct postgres_peer *p)
{
    str schema = str_from_c(p->schema);
    str create = str_fmt(p->arena, "CREATE SCHEMA %.*s", STR_FMT(schema));
    str path = str_fmt(p->arena, "SET search_path = %.*s, public", STR_FMT(schema));
    return PQstatus(p->conn) == CONNECTION_OK && run_section(p, S("settings")) &&
           run_sql(p, str_to_c(p->arena, create)) && run_sql(p, str_to_c(p->arena, path)) &&
           run_section(p, S("schema"));
}

bool peer_postgres_open(struct arena *a, const char *address, struct peer *peer, str *reason)
{
    struct postgres_peer *p = NEW(a, struct postgres_peer);
    p->arena = a;
    arena_init(&p->scratch, 0);
    p->schema = str_to_c(a, str_fmt(a, "tandem_bench_%ld", (long)getpid()));
    p->conn = PQconnectdb(address);
    if (!begin(p)) {
        *reason = str_copy(a, why(p));
        end(p);
        return false;
    }
    *peer = (struct peer){ .name = "PostgreSQL",
                           .dialect = PEER_TSQUERY,
                           .elsewhere = true,
                           .impl = p,
                           .add = add,
                           .finish = finish,
                           .ask = ask,
                           .bytes = bytes,
                           .why = why,
                           .close = end };
    return true;
}
