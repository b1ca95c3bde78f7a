/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The scenario runner against a small server of canned answers: what it must accept, and
 * above all what it must not. The server answers from src/http's real server.
 */
#include "script.h"

#include "base/out.h"
#include "base/test.h"
#include "http/http.h"

static struct http_server *server;

static const char form_page[] =
    "<!DOCTYPE html><html lang=de><head><title>T</title></head><body><main id=content>"
    "<h1>Hallo&nbsp;\n  Welt</h1><ul class='list big'><li>eins</li><li>zwei</li></ul>"
    "<a class=next href='/seite?x=1#f'>weiter</a>"
    "<form id=f method=post action='/neu'><input type=hidden name=csrf value=abc>"
    "<input name=title value='alt &amp; neu'><input type=checkbox name=box checked>"
    "<input type=checkbox name=off value=1><select name=s><option value=1>a"
    "<option value=2 selected>b</select><textarea name=t>zwei\nZeilen</textarea>"
    "<button name=go value=first>A</button><button name=go value=second>B</button></form>"
    "<form id=g action='echo?x=1'><input name=q></form></main></body></html>";

static void put_fields(struct out *o, const char *kind, struct http_fields fields)
{
    for (size_t i = 0; i < fields.n; i++)
        out_fmt(o, "%s %.*s=%.*s;", kind, STR_FMT(fields.v[i].name), STR_FMT(fields.v[i].value));
}

/* Says what it was asked, as text. */
static void echo(const struct http_request *rq, struct http_reply *reply)
{
    struct out o = out_new(rq->arena, OUT_MAX);
    out_fmt(&o, "path %.*s;host %.*s;cookie %.*s;", STR_FMT(rq->path), STR_FMT(rq->host),
            STR_FMT(http_cookie(rq, S("who"))));
    put_fields(&o, "param", rq->params);
    put_fields(&o, "form", rq->form);
    out_fmt(&o, "body %.*s;accept %.*s", STR_FMT(rq->body), STR_FMT(http_header(rq, S("Accept"))));
    http_reply_header(rq, reply, S("Content-Type"), S("text/plain"));
    reply->body = out_text(&o);
}

static void answer(void *ctx, const struct http_request *rq, struct http_reply *reply)
{
    (void)ctx;
    if (str_eq(rq->path, S("/form"))) {
        http_reply_header(rq, reply, S("Content-Type"), S("text/html; charset=utf-8"));
        reply->body = str_from_c(form_page);
    } else if (str_eq(rq->path, S("/json"))) {
        http_reply_header(rq, reply, S("Content-Type"), S("application/json"));
        reply->body = S("{\"total\":12,\"items\":[{\"id\":\"7\",\"ok\":true},{\"id\":\"8\"}]}");
    } else if (str_eq(rq->path, S("/login"))) {
        http_reply_header(rq, reply, S("Set-Cookie"), S("who=ada; Path=/; HttpOnly"));
        http_reply_header(rq, reply, S("Location"), S("/echo"));
        reply->status = 303;
    } else if (str_eq(rq->path, S("/logout"))) {
        http_reply_header(rq, reply, S("Set-Cookie"), S("who=; Path=/; Max-Age=0"));
    } else {
        echo(rq, reply);
    }
}

struct tally {
    int good;
    int bad;
    int line; /* of the last failure */
};

static void count(void *ctx, int line, str what, str why)
{
    struct tally *t = ctx;
    if (str_empty(why)) {
        t->good++;
        return;
    }
    t->bad++;
    t->line = line;
    printf("# line %d: %.*s: %.*s\n", line, STR_FMT(what), STR_FMT(why));
}

static struct tally run(const char *text)
{
    struct tally t = { 0 };
    struct script s = { &t_arena, str_from_c(text), http_port(server), count, &t };
    script_run(&s);
    return t;
}

/* A scenario of n good checks and no failure. */
static void good(int n, const char *text)
{
    struct tally t = run(text);
    eq_int(t.bad, 0);
    eq_int(t.good, n);
}

/* A scenario with exactly one failure, in this line. */
static void bad(int line, const char *text)
{
    struct tally t = run(text);
    eq_int(t.bad, 1);
    eq_int(t.line, line);
}

static void looks_at_pages(void)
{
    good(9,
         "GET /form\n  status 200\n  header content-type ~ text/html\n  text h1 = Hallo Welt\n"
         "  text #content .list.big li = zwei\n  count li = 2\n  attr a.next href = /seite?x=1#f\n"
         "  text [name=t] ~ Zeilen\n  text .nothing absent\n  text li !~ drei\n");
    bad(3, "GET /form\n  status 200\n  text h1 = Hallo\n");
    bad(3, "GET /form\n  status 200\n  text li !~ zwei\n");
    bad(3, "GET /form\n  status 200\n  count li > 2\n");
    bad(3, "GET /form\n  status 200\n  text li li = zwei\n");
    bad(3, "GET /form\n  status 200\n  text h1 absent\n");
    bad(3, "GET /form\n  status 200\n  text .nothing = x\n");
    bad(2, "GET /form\n  status 404\n");
}

static void looks_at_json(void)
{
    good(6, "GET /json\n  status 200\n  json /total >= 12\n  json /items/1/id = 8\n"
            "  json /items/0/ok = true\n  length /items = 2\n  json /items/2 absent\n");
    bad(3, "GET /json\n  status 200\n  json /total < 12\n");
    bad(3, "GET /json\n  status 200\n  json /nothing = 1\n");
    bad(3, "GET /form\n  status 200\n  json /total = 12\n");
}

static void fills_forms(void)
{
    good(3,
         "GET /form\n  status 200\nsubmit #f\n  field title = A & B\n  add box = zwei\n"
         "  status 200\n  body ~ path /neu;host localhost;cookie ;form csrf=abc;form title=A & B;"
         "form box=on;form s=2;form t=zwei\n");
    bad(7, "GET /form\n  status 200\nsubmit #f\n  field title = A\n  without csrf\n"
           "  status 200\n  body ~ csrf\n");
    good(4, "GET /form\n  status 200\nsubmit #f\n  status 200\n  body ~ form go=first;body\n"
            "GET /form\n  status 200\n");
    good(3, "GET /form\n  status 200\nsubmit #g\n  field q = ä b\n  status 200\n"
            "  body ~ path /echo;host localhost;cookie ;param q=ä b;\n");
    bad(3, "GET /form\n  status 200\nsubmit form\n");
}

static void keeps_people_apart(void)
{
    good(10, "as ada\nPOST /login\n  status 303\nfollow\n  status 200\n  body ~ cookie ada;\n"
             "as eve\nGET /echo\n  status 200\n  body ~ cookie ;\nas ada\nGET /echo\n  status 200\n"
             "  body ~ cookie ada;\n  cookie who = ada\nGET /logout\n  status 200\n"
             "  cookie who absent\n");
    bad(3, "GET /form\n  status 200\nfollow\n");
}

static void sends_what_it_is_told(void)
{
    good(2,
         "POST /api\n  send Accept: application/json\n  send Content-Type: application/json\n"
         "  body {\"a\": [1]}\n  status 200\n  body ~ body {\"a\": [1]};accept application/json\n");
    good(2, "GET /echo\n  host stadt.example\n  status 200\n  body ~ host stadt.example;\n");
    good(3, "GET /form\n  status 200\n  save to = attr .next href\nGET {to}\n  status 200\n"
            "  body ~ path /seite;host localhost;cookie ;param x=1;\n");
}

static void refuses_bad_scenarios(void)
{
    bad(1, "GET /form\n");
    bad(1, "GET /form\n  text h1 ~ Hallo\nGET /json\n  status 200\n");
    bad(1, "  status 200\n");
    bad(1, "GTE /form\n");
    bad(3, "GET /form\n  status 200\n  txt h1 = Hallo\n");
    bad(3, "GET /form\n  status 200\n  text h1 Hallo\n");
    bad(3, "GET /form\n  status 200\n  text h1[ = Hallo\n");
    bad(3, "GET /form\n  status 200\n  save x = text .nothing\n");
    eq_int(run("GET /form\n  stat 200\n").bad, 2);
}

static void start(void)
{
    struct http_options options = { .listen = "127.0.0.1:0", .threads = 1, .handler = answer };
    ok(http_start(&options, &server) == ERR_OK);
}

static void stop(void)
{
    http_stop(server, 1);
    struct script s = { &t_arena, S("GET /form\n  status 200\n"), 1, count, &(struct tally){ 0 } };
    script_run(&s);
    eq_int(((struct tally *)s.ctx)->bad, 2); /* no answer, and not 200 */
}

static const struct test tests[] = {
    TEST(start),
    TEST(looks_at_pages),
    TEST(looks_at_json),
    TEST(fills_forms),
    TEST(keeps_people_apart),
    TEST(sends_what_it_is_told),
    TEST(refuses_bad_scenarios),
    TEST(stop),
};
TEST_MAIN(tests)
