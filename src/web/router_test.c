/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/router.h"

#include "base/err.h"
#include "base/test.h"
#include "web/feature.h"

static void page(struct rq *rq)
{
    (void)rq;
}

static void act(struct rq *rq, struct tx *tx)
{
    (void)rq;
    (void)tx;
}

static const struct route routes[] = {
    GET("/", page, ANYONE),
    GET("/angebote", page, ANYONE, .api = "/opportunities"),
    GET("/angebote/{id}", page, ANYONE, .api = "/opportunities/{id}"),
    GET("/angebote/neu", page, ANYONE),
    GET("/angebote/{name}", page, ANYONE),
    POST("/angebote/{id}", act, ANYONE),
    GET("/a/{id}/b/{word}", page, ANYONE),
    GET("/healthz", page, ANYONE, .scope = IN_NETWORK),
    { 0 },
};
static const struct feature feature = { .name = "test", .routes = routes };

static struct router *router_of(const struct route *table)
{
    struct feature *f = NEW(&t_arena, struct feature);
    const struct feature **list = NEW_ARRAY(&t_arena, 3, const struct feature *);
    *f = (struct feature){ .name = "more", .routes = table };
    list[0] = &feature;
    list[1] = table ? f : NULL;
    return router_new(&t_arena, list);
}

static struct router_match find(enum http_method method, const char *path)
{
    return router_find(router_of(NULL), method, str_from_c(path), true, false);
}

static const char *found(const char *path)
{
    struct router_match m = find(HTTP_GET, path);
    return m.route ? m.route->path : "nothing";
}

static void prefers_the_more_specific(void)
{
    eq_str(str_from_c(found("/")), S("/"));
    eq_str(str_from_c(found("/angebote")), S("/angebote"));
    eq_str(str_from_c(found("/angebote/neu")), S("/angebote/neu"));
    eq_str(str_from_c(found("/angebote/17")), S("/angebote/{id}"));
    eq_str(str_from_c(found("/angebote/siebzehn")), S("/angebote/{name}"));
}

static void finds_nothing_beside(void)
{
    static const char *const rows[] = {
        "",         "/angebot", "/angebote/", "//angebote",         "/angebote//", "/angebote/17/",
        "/a/x/b/y", "/a/1/b/",  "/healthz",   "/1/2/3/4/5/6/7/8/9", "/Angebote"
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        eq_str(str_from_c(found(rows[i])), S("nothing"));
}

static void an_id_is_a_number_that_fits(void)
{
    static const struct {
        const char *id;
        bool good;
    } rows[] = {
        { "0", true },
        { "999999999999999999", true },
        { "1000000000000000000", true }, /* ids have 19 digits from the year 2031 on */
        { "9223372036854775807", true },
        { "9223372036854775808", false },
        { "99999999999999999999", false },
        { "-1", false },
        { "+1", false },
        { "1e3", false },
        { "0x10", false },
        { "1 ", false },
        { "\xd9\xa1", false }, /* an Arabic one */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str path = str_fmt(&t_arena, "/angebote/%s", rows[i].id);
        bool is_id = str_eq(str_from_c(found(str_to_c(&t_arena, path))), S("/angebote/{id}"));
        ok(is_id == rows[i].good);
    }
}

static void gives_the_values_in_order(void)
{
    struct router_match m = find(HTTP_GET, "/a/12/b/wort");
    eq_int(m.value_count, 2);
    eq_str(m.values[0], S("12"));
    eq_str(m.values[1], S("wort"));
}

static void knows_the_methods(void)
{
    ok(find(HTTP_HEAD, "/angebote").route != NULL);
    ok(find(HTTP_POST, "/angebote/5").route->post == act);
    struct router_match m = find(HTTP_POST, "/angebote");
    ok(!m.route);
    eq_int(m.methods, 1u << HTTP_GET);
    m = find(HTTP_DELETE, "/angebote/5");
    ok(!m.route);
    eq_int(m.methods, 1u << HTTP_GET | 1u << HTTP_POST);
    eq_int(find(HTTP_POST, "/nichts").methods, 0);
}

static void keeps_scopes_and_api_apart(void)
{
    struct router *r = router_of(NULL);
    ok(router_find(r, HTTP_GET, S("/healthz"), false, false).route != NULL);
    ok(!router_find(r, HTTP_GET, S("/healthz"), true, false).route);
    ok(router_find(r, HTTP_GET, S("/opportunities/3"), true, true).route != NULL);
    ok(!router_find(r, HTTP_GET, S("/opportunities/3"), true, false).route);
    ok(!router_find(r, HTTP_GET, S("/angebote/3"), true, true).route);
    eq_int(router_all(r).n, 8);
}

/* What would be a mistake in a feature's table stops the program before it serves. */
static void refuses_bad_tables(void)
{
    static const struct route bad[][2] = {
        { { .method = HTTP_GET, .path = "/x", .get = page } }, /* no access rule */
        { { .method = HTTP_GET, .path = "/x", .post = act, .access = ANYONE } },
        { { .method = HTTP_POST, .path = "/x", .get = page, .access = ANYONE } },
        { { .method = HTTP_GET, .path = "/x", .get = page, .post = act, .access = ANYONE } },
        { GET("/x", page, CAN_OWN(opportunity_edit, NULL)) },
        { GET("x", page, ANYONE) },
        { GET("/1/2/3/4/5/6/7/8/9", page, ANYONE) },
        { GET("/angebote", page, ANYONE) },
        { GET("/angebote/{other}", page, ANYONE) },
        { GET("/y", page, ANYONE, .api = "/opportunities/{id}") },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ok(!router_of(bad[i]));
    static const struct route good[] = { GET("/angebote", page, ANYONE, .scope = IN_NETWORK),
                                         { 0 } };
    ok(router_of(good) != NULL);
}

static const struct test tests[] = {
    TEST(prefers_the_more_specific), TEST(finds_nothing_beside), TEST(an_id_is_a_number_that_fits),
    TEST(gives_the_values_in_order), TEST(knows_the_methods),    TEST(keeps_scopes_and_api_apart),
    TEST(refuses_bad_tables),
};
TEST_MAIN(tests)
