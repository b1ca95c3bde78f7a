/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Embedding on both engines: who may frame what, the partner's filter and colours, no cookie, the
 * same headers from the page cache, a pause and an end.
 */
#include "feature/embed/embed.h"

#include "base/test.h"
#include "product.h"
#include "world.h"

#define FRAME    "/stadt/einbetten/angebote"
#define DESK     "/stadt/buero/einbettungen/"
#define ANCESTOR "frame-ancestors "
#define POLICY   S("Content-Security-Policy")

static struct product product;
static int64_t town, other_town, club, other_club, garden;
static struct visitor office;

static int64_t offer(int64_t organisation, const char *title)
{
    return world_offer(&product, &(struct world_offer){ town, organisation, NULL, title });
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        other_town = world_town(&product, "dorf", "Musterdorf");
        club = world_organisation(&product, town, "Musterverein");
        other_club = world_organisation(&product, town, "Gartenfreunde");
        garden = offer(other_club, "Beete jäten");
        for (int i = 0; i < 3; i++)
            offer(club, "Vorlesen im Hort");
        office = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        run();
    }
    product_close(&product);
}

/* ---- the office ---- */

struct typed {
    const char *origins;
    str organisation;
    const char *accent;
};

static struct answer send(const char *target, const struct typed *t)
{
    const struct http_field fields[] = { { S("name"), S("Volkshochschule") },
                                         { S("origins"), str_from_c(t->origins) },
                                         { S("organisation"), t->organisation },
                                         { S("shows"), S("both") },
                                         { S("per"), S("2") },
                                         { S("accent"), str_from_c(t->accent) },
                                         { S("ink"), S("#1c1a17") },
                                         { S("ground"), S("#ffffff") },
                                         LAST_FIELD };
    return post(&product, &office, target, fields);
}

/* A partner that shows the offers of the club; its page in the office. */
static const char *partner(void)
{
    struct typed t = { "https://www.vhs.example/kurse\nhttps://vhs.example:8443",
                       str_fmt(&t_arena, "%lld", (long long)club), "#7a1f5c" };
    struct answer a = send("/stadt/buero/einbettungen/neu", &t);
    eq_int(a.status, 303);
    return str_to_c(&t_arena, header_of(&a, S("Location")));
}

/* A partner's page in the office ends in its key. */
static const char *key_of(const char *page)
{
    return page + sizeof DESK - 1;
}

static const char *frame_of(const char *page, const char *more)
{
    const char *id = key_of(page);
    return str_to_c(&t_arena, str_fmt(&t_arena, FRAME "?partner=%s%s", id, more));
}

static const char *status_of(const char *page)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, "%s/status", page));
}

static int step(const char *page, const char *verb)
{
    const struct http_field fields[] = { { S("step"), str_from_c(verb) }, LAST_FIELD };
    return post(&product, &office, status_of(page), fields).status;
}

static bool has_header(const struct answer *a, str name, const char *part)
{
    return str_find(header_of(a, name), str_from_c(part)) >= 0;
}

/* ---- the tests ---- */

static void an_origin_is_a_host(void)
{
    static const struct {
        const char *typed;
        const char *origin; /* NULL: refused */
    } cases[] = {
        { "https://www.verein.example", "https://www.verein.example" },
        { " HTTPS://WWW.Verein.Example/seite?x=1 ", "https://www.verein.example" },
        { "verein.example", "https://verein.example" },
        { "http://localhost:8080/", "http://localhost:8080" },
        { "https://*.verein.example", NULL },
        { "https://verein.example; script-src *", NULL },
        { "https://verein.example:0", NULL },
        { "https://verein.example:99999", NULL },
        { "https://verein.example:", NULL },
        { "https://nutzer@verein.example", NULL },
        { "https://verein..example", NULL },
        { "https://müller.example", NULL },
        { "javascript:alert(1)", NULL },
        { "'self'", NULL },
        { "*", NULL },
        { "", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str origin;
        bool good = embed_origin(&t_arena, str_from_c(cases[i].typed), &origin);
        ok(good == (cases[i].origin != NULL));
        if (good && cases[i].origin)
            eq_str(origin, str_from_c(cases[i].origin));
    }
}

static void only_frames_may_be_framed_here(void)
{
    static const char *const others[] = { "/stadt/angebote", "/stadt/", "/stadt/einbetten/nichts",
                                          "/stadt/einbetten/angebote/1", "/stadt/anmelden" };
    struct answer a = get(&product, NULL, FRAME);
    eq_int(a.status, 200);
    ok(has_header(&a, POLICY, ANCESTOR "*"));
    ok(has_header(&a, POLICY, "default-src 'none'"));
    ok(!has_header(&a, POLICY, "script-src"));
    ok(answer_says(&a, "Beete jäten"));
    ok(!answer_says(&a, "<script"));
    ok(!answer_says(&a, "<form"));
    ok(!answer_says(&a, "verein@verein.example"));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct answer b = get(&product, NULL, others[i]);
        ok(has_header(&b, POLICY, ANCESTOR "'none'"));
    }
    struct answer refused = post(&product, NULL, FRAME, (struct http_field[]){ LAST_FIELD });
    eq_int(refused.status, 405);
    ok(has_header(&refused, POLICY, ANCESTOR "'none'"));
}
ON_EACH_STORE(only_frames_may_be_framed)

/* Neither asked for nor given, whatever the browser has and the address says. */
static void no_cookie_is_set_or_seen_here(void)
{
    struct visitor known = office;
    known.preferred = S("en.xl.dark");
    known.more = S("note=12");
    const char *page = partner();
    const char *targets[] = { FRAME,
                              FRAME "?lang=en",
                              frame_of(page, ""),
                              frame_of(page, "&lang=en"),
                              frame_of(DESK "1", ""),
                              "/stadt/einbetten/farben.css",
                              "/api/v1/stadt/embed/opportunities" };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct answer stranger = get(&product, NULL, targets[i]);
        struct answer a = get(&product, &known, targets[i]);
        ok(!header_of(&a, S("Set-Cookie")).n);
        ok(!header_of(&stranger, S("Set-Cookie")).n);
        ok(!has_header(&a, S("Vary"), "Cookie"));
        eq_str(a.body, stranger.body);
    }
    struct answer english = get(&product, NULL, FRAME "?lang=en");
    ok(answer_says(&english, "Volunteering in Musterstadt"));
}
ON_EACH_STORE(no_cookie_is_set_or_seen)

static void a_partner_has_filter_colours_and_sites_here(void)
{
    const char *page = partner();
    struct answer desk = get(&product, &office, page);
    ok(answer_says(&desk, "&lt;iframe src=&quot;http://tandem.example/stadt/einbetten/angebote"));
    ok(has_header(&desk, POLICY, "frame-src 'self'"));
    for (int again = 0; again < 2; again++) { /* the second is kept by the page cache */
        struct answer a = get(&product, NULL, frame_of(page, ""));
        eq_int(a.status, 200);
        ok(has_header(&a, POLICY,
                      ANCESTOR "'self' https://www.vhs.example https://vhs.example:8443"));
        ok(answer_says(&a, "Vorlesen im Hort"));
        ok(!answer_says(&a, "Beete jäten"));
        ok(answer_says(&a, "Seite 1 von 2"));
        str tag = header_of(&a, S("ETag"));
        const struct http_field same[] = { { S("If-None-Match"), tag }, LAST_FIELD };
        struct ask ask = { .target = frame_of(page, ""), .headers = same };
        eq_int(product_ask(&product, &ask).status, 304);
    }
    struct answer second = get(&product, NULL, frame_of(page, "&page=2"));
    ok(answer_says(&second, "Seite 2 von 2"));
    ok(answer_says(&second, "rel=\"prev\""));
    const char *key = key_of(page);
    struct answer css = get(&product, NULL,
                            str_to_c(&t_arena, str_fmt(&t_arena,
                                                       "/stadt/einbetten/farben.css"
                                                       "?partner=%s",
                                                       key)));
    ok(answer_says(&css, "--e-accent: #7a1f5c"));
}
ON_EACH_STORE(a_partner_has_filter_colours_and_sites)

static void json_is_for_scripts_of_others_here(void)
{
    const char *key = key_of(partner());
    struct answer a = get(
        &product, NULL,
        str_to_c(&t_arena, str_fmt(&t_arena, "/api/v1/stadt/embed/opportunities?partner=%s", key)));
    eq_int(a.status, 200);
    eq_str(header_of(&a, S("Access-Control-Allow-Origin")), S("*"));
    ok(answer_says(&a, "\"total\":3,\"page\":1,\"per\":2"));
    ok(!answer_says(&a, "verein@verein.example"));
    struct answer list = get(&product, NULL, "/api/v1/stadt/opportunities");
    ok(!header_of(&list, S("Access-Control-Allow-Origin")).n);
    struct answer none = get(&product, NULL, "/api/v1/stadt/embed/opportunities?partner=1");
    eq_int(none.status, 404);
}
ON_EACH_STORE(json_is_for_scripts_of_others)

static void wrong_colours_and_sites_are_refused_here(void)
{
    const struct typed pale = { "https://vhs.example", S(""), "#f0d060" };
    struct answer a = send("/stadt/buero/einbettungen/neu", &pale);
    eq_int(a.status, 422);
    ok(answer_says(&a, "Kontrast von 1,5 zu 1"));
    const struct typed just = { "https://vhs.example", S(""), "#777777" }; /* 4.48 */
    eq_int(send("/stadt/buero/einbettungen/neu", &just).status, 422);
    const struct typed enough = { "https://vhs.example", S(""), "#767676" }; /* 4.54 */
    eq_int(send("/stadt/buero/einbettungen/neu", &enough).status, 303);
    const struct typed header = { "https://vhs.example; script-src *", S(""), "#000000" };
    struct answer b = send("/stadt/buero/einbettungen/neu", &header);
    eq_int(b.status, 422);
    ok(answer_says(&b, "keine Adresse einer Website"));
    const struct typed nowhere = { " \n ", S(""), "#000000" };
    eq_int(send("/stadt/buero/einbettungen/neu", &nowhere).status, 422);
}
ON_EACH_STORE(wrong_colours_and_sites_are_refused)

static void what_changes_is_seen_at_once_here(void)
{
    const char *page = partner();
    get(&product, NULL, frame_of(page, ""));
    const struct typed t = { "https://neu.example",
                             str_fmt(&t_arena, "%lld", (long long)other_club), "#000000" };
    eq_int(send(page, &t).status, 303);
    struct answer a = get(&product, NULL, frame_of(page, ""));
    ok(has_header(&a, POLICY, ANCESTOR "'self' https://neu.example"));
    ok(!has_header(&a, POLICY, "vhs.example"));
    ok(answer_says(&a, "Beete jäten"));
    eq_int(step(page, "pause"), 303);
    struct answer closed = get(&product, NULL, frame_of(page, ""));
    eq_int(closed.status, 200);
    ok(answer_says(&closed, "gerade nicht zu sehen"));
    ok(answer_says(&closed, "href=\"/stadt/angebote\""));
    ok(!answer_says(&closed, "Beete jäten"));
    ok(has_header(&closed, POLICY, ANCESTOR "'self' https://neu.example"));
    eq_int(step(page, "resume"), 303);
    eq_int(step(page, "end"), 303);
    eq_int(send(page, &t).status, 409); /* over is over */
    eq_int(step(page, "resume"), 409);
    struct answer over = get(&product, NULL, frame_of(page, ""));
    ok(!answer_says(&over, "Beete jäten"));
    struct answer course = get(&product, &office, page);
    ok(answer_says(&course, "Beendet"));
    ok(answer_says(&course, "Angehalten"));
}
ON_EACH_STORE(what_changes_is_seen_at_once)

static void another_town_has_its_own_here(void)
{
    const char *page = partner();
    const char *key = key_of(page);
    struct answer a =
        get(&product, NULL,
            str_to_c(&t_arena, str_fmt(&t_arena, "/dorf/einbetten/angebote?partner=%s", key)));
    eq_int(a.status, 404);
    ok(answer_says(&a, "Diese Liste gibt es nicht"));
    struct visitor there =
        product_sign_in(&product, world_account(&product, other_town, "office_staff", 0));
    eq_int(get(&product, &there, page).status, 403);
    ok(garden > 0);
}
ON_EACH_STORE(another_town_has_its_own)

static const struct test tests[] = {
    TEST(an_origin_is_a_host),           TEST(only_frames_may_be_framed),
    TEST(no_cookie_is_set_or_seen),      TEST(a_partner_has_filter_colours_and_sites),
    TEST(json_is_for_scripts_of_others), TEST(wrong_colours_and_sites_are_refused),
    TEST(what_changes_is_seen_at_once),  TEST(another_town_has_its_own),
};
TEST_MAIN(tests)
