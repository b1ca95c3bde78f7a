/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What must never be in the product, so that scan.sh can show that its scanners see: a statement
 * put together from what was asked (/suche?q=), and text that reaches the page unescaped
 * (/echo?text=). It stands on our own HTTP layer and on no other part of Tandem.
 *
 *     planted      prints its port and serves until it is ended
 */
#include <sqlite3.h>
#include <unistd.h>

#include "base/out.h"
#include "http/http.h"

static sqlite3 *database;

static int put_row(void *ctx, int n, char **values, char **names)
{
    (void)names;
    for (int i = 0; i < n; i++)
        out_fmt(ctx, "<li>%s</li>", values[i] ? values[i] : "");
    return 0;
}

/* The planted fault: the statement is made of what somebody sent. */
static void search(struct out *o, str q)
{
    char statement[8192];
    char *problem = NULL;
    snprintf(statement, sizeof statement, "SELECT title FROM offer WHERE title LIKE '%%%.*s%%'",
             STR_FMT(q));
    OUT(o, "<ul>");
    if (sqlite3_exec(database, statement, put_row, o, &problem) != SQLITE_OK)
        out_fmt(o, "</ul><p>SQLite3::SQLException: %s", problem);
    OUT(o, "</ul>");
    sqlite3_free(problem);
}

static void answer(void *ctx, const struct http_request *rq, struct http_reply *reply)
{
    (void)ctx;
    struct out o = out_new(rq->arena, 0);
    OUT(&o, "<!doctype html><html lang=\"de\"><title>planted</title><body>");
    if (str_eq(rq->path, S("/suche")))
        search(&o, http_param(rq->params, S("q"), NULL));
    else if (str_eq(rq->path, S("/echo"))) /* the second one: nothing is escaped */
        out_str(&o, http_param(rq->params, S("text"), NULL));
    else
        OUT(&o, "<a href=\"/suche?q=lesen\">suche</a> <a href=\"/echo?text=hallo\">echo</a>");
    OUT(&o, "</body></html>");
    reply->status = 200;
    reply->body = out_text(&o);
    http_reply_header(rq, reply, S("Content-Type"), S("text/html; charset=utf-8"));
}

int main(void)
{
    struct http_options options = { .listen = "127.0.0.1:0", .threads = 1, .handler = answer };
    struct http_server *server;
    if (sqlite3_open(":memory:", &database) != SQLITE_OK ||
        sqlite3_exec(database,
                     "CREATE TABLE offer (title TEXT); INSERT INTO offer VALUES ('Vorlesen'),"
                     " ('Lesen lernen'), ('Fahren')",
                     NULL, NULL, NULL) != SQLITE_OK ||
        http_start(&options, &server) != ERR_OK)
        return 1;
    printf("%d\n", http_port(server));
    fflush(stdout);
    for (;;)
        pause();
}
