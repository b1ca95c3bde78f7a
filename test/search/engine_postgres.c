/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PostgreSQL's text search with the configuration `german` and ts_rank(), on the server that
 * TANDEM_TEST_POSTGRES names (test/with-postgres.sh); what it is asked stands in engine.h.
 */
#include <libpq-fe.h>

#include "base/err.h"
#include "engine.h"

/* The table is gone with the connection. */
static const char create[] = "CREATE TEMPORARY TABLE offer (id bigint PRIMARY KEY, words tsvector)";
static const char insert[] = "INSERT INTO offer VALUES ($1,"
                             " setweight(to_tsvector('german', $2), 'A') ||"
                             " setweight(to_tsvector('german', $3), 'B') ||"
                             " setweight(to_tsvector('german', $4), 'D') ||"
                             " setweight(to_tsvector('german', $5), 'D'))";
/*
 * D, C, B, A as 1 : 1 : 3 : 8; 1 divides by the logarithm of the length. $2: whether any of the
 * words is enough, $3: whether the last one may go on. Ties by id.
 */
static const char search[] =
    "WITH typed AS (SELECT plainto_tsquery('german', $1)::text AS words),"
    " going AS (SELECT CASE WHEN $3 AND words <> '' THEN words || ':*' ELSE words END AS words"
    " FROM typed),"
    " asked AS (SELECT (CASE WHEN $2 THEN replace(words, ' & ', ' | ') ELSE words END)::tsquery"
    " AS q FROM going)"
    " SELECT id FROM offer, asked WHERE words @@ q"
    " ORDER BY ts_rank('{0.125, 0.125, 0.375, 1}', words, q, 1) DESC, id";

struct postgres {
    struct arena *arena;
    PGconn *conn;
};

static PGresult *run(struct postgres *p, const char *sql, int n, const char *const *params)
{
    PGresult *r = PQexecParams(p->conn, sql, n, NULL, params, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fprintf(stderr, "%s", PQerrorMessage(p->conn));
    must(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
    return r;
}

static void *postgres_open(struct arena *a, const struct offers *offers)
{
    const char *server = getenv("TANDEM_TEST_POSTGRES");
    if (!server)
        return NULL;
    struct postgres *p = NEW(a, struct postgres);
    *p = (struct postgres){ a, PQconnectdb(server) };
    must(PQstatus(p->conn) == CONNECTION_OK);
    PQclear(run(p, create, 0, NULL));
    PQclear(run(p, "BEGIN", 0, NULL));
    for (size_t i = 0; i < offers->n; i++) {
        const struct match_offer *o = &offers->v[i];
        const char *params[] = { str_to_c(a, str_fmt(a, "%lld", (long long)o->id)),
                                 str_to_c(a, o->text[MATCH_TITLE]),
                                 str_to_c(a, o->text[MATCH_KEYWORDS]),
                                 str_to_c(a, o->text[MATCH_BODY]),
                                 str_to_c(a, o->text[MATCH_ORG_NAME]) };
        PQclear(run(p, insert, 5, params));
    }
    PQclear(run(p, "COMMIT", 0, NULL));
    return p;
}

/* Appends what is not there yet; the total becomes that of this question. */
static void ask(struct postgres *p, const struct query *q, const char *any, struct answer *got)
{
    const char *params[] = { str_to_c(p->arena, q->text), any, q->typing ? "true" : "false" };
    PGresult *r = run(p, search, 3, params);
    got->total = 0;
    for (int i = 0; i < PQntuples(r); i++) {
        int64_t id = 0;
        must(str_to_i64(str_from_c(PQgetvalue(r, i, 0)), &id));
        judge_take(got, id);
    }
    PQclear(r);
}

static void postgres_ask(void *self, const struct query *q, struct answer *got)
{
    struct postgres *p = self;
    *got = (struct answer){ 0 };
    ask(p, q, "false", got);
    if (got->n < JUDGE_TOP)
        ask(p, q, "true", got);
}

static void postgres_close(void *self)
{
    struct postgres *p = self;
    PQfinish(p->conn);
}

const struct engine engine_postgres = { "PostgreSQL german", "unseen PostgreSQL german",
                                        postgres_open, postgres_ask, postgres_close };
