/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/return_to.h"

#include "base/test.h"
#include "web/app.h"
#include "web/feature.h"
#include "web/router.h"

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
    GET("/angebote", page, ANYONE),
    GET("/angebote/{id}", page, ANYONE),
    POST("/abmelden", act, SIGNED_IN),
    GET("/", page, ANYONE, .scope = IN_NETWORK),
    GET("/ueber", page, ANYONE, .scope = IN_NETWORK),
    { 0 },
};
static const struct feature feature = { .name = "test", .routes = routes };
static const struct feature *const features[] = { &feature, 0 };

static const struct city towns[] = {
    { .id = 1, .slug = STR_INIT("luebeck") },
    { .id = 2, .slug = STR_INIT("bitburg"), .domain = STR_INIT("ehrenamt.example") },
};

static bool accepts(const char *host, str address)
{
    static struct app app;
    struct city_list cities = { .v = towns, .n = 2 };
    struct http_request http = { .method = HTTP_GET, .host = str_from_c(host) };
    struct rq rq = { .arena = &t_arena, .app = &app, .http = &http, .cities = &cities };
    app.router = router_new(&t_arena, features);
    url where = { S("untouched") };
    bool good = return_to_parse(&rq, address, &where);
    if (!good)
        eq_str(where.s, S("untouched"));
    return good;
}

static void goes_back_to_pages_of_ours(void)
{
    ok(accepts("tandem.example", S("/luebeck")));
    ok(accepts("tandem.example", S("/luebeck/")));
    ok(accepts("tandem.example", S("/luebeck/angebote")));
    ok(accepts("tandem.example", S("/luebeck/angebote/17")));
    ok(accepts("tandem.example", S("/luebeck/angebote?q=k%C3%B6nnen&near=23552,5&q=a+b")));
    ok(accepts("tandem.example", S("/")));
    ok(accepts("tandem.example", S("/ueber")));
    ok(accepts("ehrenamt.example", S("/angebote?q=x")));
    ok(accepts("ehrenamt.example", S("/ueber")));
}

static void goes_nowhere_else(void)
{
    static const char *const nasty[] = {
        "",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/%5cevil.example",
        "/%2fevil.example",
        "https://evil.example/",
        "http:evil.example",
        "evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/luebeck@evil.example",
        "@evil.example",
        "/luebeck/angebote\r\nSet-Cookie: a=b",
        "/luebeck/angebote?x=%0d%0aSet-Cookie:%20a=b",
        "/luebeck/angebote?x=%00",
        "/luebeck/\t",
        " /luebeck",
        "/luebeck/../../etc/passwd",
        "/luebeck/./angebote",
        "/luebeck//angebote",
        "/luebeck/.%2e/angebote",
        "/luebeck/angebote#x",
        "/luebeck/angebote?x=#y",
        "/luebeck/angebote?next=<script>",
        "/luebeck/angebote?x=%",
        "/luebeck/angebote?x=%4",
        "/luebeck/angebote?x=%7f",
        "/luebeck/angebote?x=%zz",
        "/luebeck/abmelden",
        "/luebeck/gibt-es-nicht",
        "/kiel/angebote",
        "/angebote",
        "/luebeck/angebote/abc",
        "/luebeck/\xc2\xad"
        "angebote",
        "/\xe3\x80\x82"
        "evil.example",
        "/luebeck/angebote?x=\xe2\x80\xae",
        "?q=x",
        "#",
        "/luebeck;evil",
        "/luebeck/ueber",
    };
    for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++) {
        bool refused = !accepts("tandem.example", str_from_c(nasty[i]));
        ok(refused);
        if (!refused)
            printf("# accepted: %s\n", nasty[i]);
    }
    char *long_one = arena_alloc(&t_arena, 4096);
    memset(long_one, 'a', 4095);
    memcpy(long_one, "/luebeck/angebote?q=", 20);
    ok(!accepts("tandem.example", str_from_c(long_one)));
    ok(!accepts("ehrenamt.example", S("/luebeck/gibt-es-nicht")));
}

static const struct test tests[] = {
    TEST(goes_back_to_pages_of_ours),
    TEST(goes_nowhere_else),
};
TEST_MAIN(tests)
