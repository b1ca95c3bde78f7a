/* SPDX-License-Identifier: EUPL-1.2 */
/* Opens the program in this process and asks its dispatcher; see product.h. */
#include "product.h"

#include <semaphore.h>
#include <unistd.h>

#include "app/config.h"
#include "app/feature_list.h"
#include "app/program.h"
#include "base/clock.h"
#include "base/test.h"
#include "http/param.h"
#include "http/refuse.h"
#include "web.sql.h"
#include "web/dispatch.h"
#include "web/page_cache.h"
#include "web/router.h"
#include "web/session.h"

#define WAIT_SECONDS 30
#define FEATURES_MAX 64

/* ---- the program ---- */

static const char *key_file(const struct product *p)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, "%s/key", p->key_dir));
}

/* The program's own features, and one more. */
static bool add_feature(struct product *p, const struct feature *extra)
{
    size_t n = 0;
    p->features = NEW_ARRAY(&p->app.arena, FEATURES_MAX, const struct feature *);
    for (; features[n]; n++)
        p->features[n] = features[n];
    p->features[n] = extra;
    p->app.features = p->features;
    p->app.router = router_new(&p->app.arena, p->features);
    return p->app.router != NULL;
}

bool product_open(struct product *p, const struct test_store *store, const struct feature *extra)
{
    const char *temp = getenv("TMPDIR");
    str dir = str_fmt(&t_arena, "%s/tandem-key.XXXXXX", temp ? temp : "/tmp");
    *p = (struct product){ .store = store };
    must(dir.n < sizeof p->key_dir);
    memcpy(p->key_dir, dir.p, dir.n);
    must(mkdtemp(p->key_dir) != NULL);
    config_defaults(&p->app.config);
    p->app.config.db = store->url;
    p->app.config.secret_file = key_file(p);
    p->app.serving = true;
    p->app.helper = getenv("TANDEM_PROGRAM"); /* set by the build where there is one */
    bool good = program_open(&p->app) == ERR_OK && (!extra || add_feature(p, extra));
    test_check(good, "the program opens", __FILE__, __LINE__);
    return good;
}

void product_close(struct product *p)
{
    const char *file = key_file(p);
    program_close(&p->app);
    unlink(file);
    unlink(str_to_c(&t_arena, str_fmt(&t_arena, "%s.keys", file)));
    rmdir(p->key_dir);
}

uint64_t product_moment(const struct product *p)
{
    return page_cache_moment(&p->app);
}

/* ---- who ---- */

struct visitor product_sign_in(struct product *p, int64_t account_id)
{
    struct arena a;
    struct tx tx;
    struct visitor v = { .account_id = account_id,
                         .session_id = db_new_id(),
                         .session = crypt_token(&t_arena, 32) };
    int64_t now = clock_now();
    arena_init(&a, 0);
    must(tx_begin(p->app.store, &a, &tx) == ERR_OK);
    session_insert(&tx, &(struct session_insert_in){ .id = v.session_id,
                                                     .account = account_id,
                                                     .hash = crypt_sha256_hex(&a, v.session),
                                                     .created_at = now,
                                                     .seen_at = now,
                                                     .expires_at = now + SESSION_STAFF_LONGEST,
                                                     .proven_at = now,
                                                     .idle = SESSION_STAFF_IDLE,
                                                     .device = S("test") });
    test_check(tx_commit(&tx) == ERR_OK, "signs in", __FILE__, __LINE__);
    arena_free(&a);
    return v;
}

void product_make_stale(struct product *p, const struct visitor *who)
{
    struct arena a;
    struct tx tx;
    arena_init(&a, 0);
    must(tx_begin(p->app.store, &a, &tx) == ERR_OK);
    session_set_proven(&tx, 0, who->session_id, who->account_id);
    test_check(tx_commit(&tx) == ERR_OK, "waits", __FILE__, __LINE__);
    arena_free(&a);
}

str product_token(struct product *p, const struct visitor *who)
{
    struct rq rq = { .arena = &t_arena, .app = &p->app };
    if (who)
        rq.who = (struct who){ .account_id = who->account_id, .session_id = who->session_id };
    return csrf_token(&rq);
}

/* ---- the request ---- */

struct fields {
    struct http_field *v;
    size_t n, cap;
};

static void add(struct arena *a, struct fields *fields, str name, str value)
{
    struct http_field *grown = NEW_ARRAY(a, fields->n + 1, struct http_field);
    if (fields->n)
        memcpy(grown, fields->v, fields->n * sizeof *grown);
    grown[fields->n++] = (struct http_field){ name, value };
    fields->v = grown;
}

static void add_all(struct arena *a, struct fields *fields, const struct http_field *more)
{
    for (; more && more->name.n; more++)
        add(a, fields, more->name, more->value);
}

static str cookies_of(struct arena *a, const struct ask *ask)
{
    struct out o = out_new(a, 0);
    const struct visitor *who = ask->who;
    if (who && who->session.n)
        out_fmt(&o, "%s=%.*s; ", ask->https ? "__Host-tandem" : "tandem", STR_FMT(who->session));
    if (who && who->preferred.n)
        out_fmt(&o, "view=%.*s; ", STR_FMT(who->preferred));
    if (who && who->more.n)
        out_fmt(&o, "%.*s; ", STR_FMT(who->more));
    str all = out_text(&o);
    return all.n ? str_slice(all, 0, all.n - 2) : all;
}

static struct http_request *request_new(struct product *p, const struct ask *ask, struct arena *a)
{
    struct http_request *http = NEW(a, struct http_request);
    struct fields headers = { 0 };
    struct fields form = { 0 };
    str authority = S("");
    str host = str_from_c(ask->host ? ask->host : "tandem.example");
    *http = (struct http_request){ .method = ask->method,
                                   .target = str_from_c(ask->target),
                                   .host = host,
                                   .scheme = ask->https ? S("https") : S("http"),
                                   .peer = ask->peer.n ? ask->peer : S("192.0.2.1"),
                                   .arena = a };
    must(target_parse(http->target, http, &authority) == 0);
    add(a, &headers, S("Host"), host);
    str cookies = cookies_of(a, ask);
    if (cookies.n)
        add(a, &headers, S("Cookie"), cookies);
    add_all(a, &headers, ask->headers);
    if (ask->method == HTTP_POST && !ask->without_token)
        add(a, &form, S("csrf"), product_token(p, ask->who));
    add_all(a, &form, ask->fields);
    http->headers = (struct http_fields){ headers.v, headers.n };
    http->form = (struct http_fields){ form.v, form.n };
    http->uploads = ask->uploads;
    http->upload_count = ask->upload_count;
    http->body = ask->body;
    return http;
}

/* ---- the answer ---- */

static void resume(struct http_reply *reply)
{
    sem_post(reply->connection);
}

static void wait_for(sem_t *resumed)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_SECONDS;
    bool came = sem_timedwait(resumed, &until) == 0;
    if (!came)
        test_check(false, "a deferred reply is resumed", __FILE__, __LINE__);
    must(came);
}

static struct answer answer_of(const struct http_reply *reply, struct arena *keep)
{
    struct fields headers = { 0 };
    for (size_t i = 0; i < reply->header_count; i++)
        add(keep, &headers, str_copy(keep, reply->headers[i].name),
            str_copy(keep, reply->headers[i].value));
    return (struct answer){ .status = reply->status,
                            .body = str_copy(keep, reply->body),
                            .headers = { headers.v, headers.n } };
}

struct answer product_ask(struct product *p, const struct ask *ask)
{
    struct arena a;
    sem_t resumed;
    arena_init(&a, 0);
    sem_init(&resumed, 0, 0);
    struct http_request *http = request_new(p, ask, &a);
    struct http_reply *reply = NEW(&a, struct http_reply);
    *reply = (struct http_reply){ .status = 200, .resume = resume, .connection = &resumed };
    size_t before = a.used;
    a.limit = a.used + ARENA_REQUEST_LIMIT;
    dispatch(&p->app, http, reply);
    if (reply->deferred)
        wait_for(&resumed);
    struct answer answer = answer_of(reply, ask->keep ? ask->keep : &t_arena);
    answer.memory = a.used - before;
    if (reply->done)
        reply->done(reply->done_ctx);
    sem_destroy(&resumed);
    arena_free(&a);
    return answer;
}

struct answer get(struct product *p, const struct visitor *who, const char *target)
{
    return product_ask(p, &(struct ask){ .method = HTTP_GET, .target = target, .who = who });
}

struct answer post(struct product *p, const struct visitor *who, const char *target,
                   const struct http_field *fields)
{
    return product_ask(
        p, &(struct ask){ .method = HTTP_POST, .target = target, .who = who, .fields = fields });
}

str header_of(const struct answer *a, str name)
{
    for (size_t i = 0; i < a->headers.n; i++)
        if (str_ieq(a->headers.v[i].name, name))
            return a->headers.v[i].value;
    return S("");
}

bool answer_cookie(const struct answer *a, str name, str *value)
{
    for (size_t i = 0; i < a->headers.n; i++) {
        str v = a->headers.v[i].value;
        str given = S("");
        if (!str_ieq(a->headers.v[i].name, S("Set-Cookie")) || !str_next(&v, '=', &given) ||
            !str_eq(given, name))
            continue;
        if (value)
            str_next(&v, ';', value);
        return true;
    }
    return false;
}

bool answer_says(const struct answer *a, const char *text)
{
    return str_find(a->body, str_from_c(text)) >= 0;
}
