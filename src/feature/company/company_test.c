/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Company engagement on both engines: a company offers itself by the web, an organisation says what
 * it needs by link, both are brought together, meet and say how it was; every guard refused; the
 * sentences recomputed; both sides at once; contacts that are erased.
 */
#include <pthread.h>

#include "base/test.h"
#include "company.text.h"
#include "db/engine.h"
#include "feature/company/pages.h"
#include "product.h"
#include "web/app.h"
#include "web/mail.h"
#include "web/trap.h"
#include "world.h"

#define COMPANY_MAIL "firma@firma.example"
#define CLUB_MAIL    "verein@verein.example"
#define V(name, value)                  \
    {                                   \
        STR_INIT(name), STR_INIT(value) \
    }

static struct product product;
static int64_t town, club;
static struct visitor staff;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 3, 2 }, .hour = 12 }));
        town = world_town(&product, "stadt", "Musterstadt");
        club = world_organisation(&product, town, "Musterverein");
        staff = product_sign_in(&product, world_account(&product, town, "counsellor", 0));
        run();
    }
    clock_set(0);
    product_close(&product);
}

/* ---- something in a transaction of the town ---- */

struct act {
    void (*run)(struct rq *rq, struct tx *tx, struct act *act);
    struct procedure_ask ask;
    struct company_said said;
    enum procedure_result result;
    enum msg why;
    int64_t id, company, offer, need;
    const struct company_item_form *form;
    bool staff, failed;
    pthread_t thread;
};

static void in_town(struct tx *tx, void *ctx)
{
    struct act *a = ctx;
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &tx->db, &cities, city_by_id(&cities, town));
    if (a->staff)
        rq.who.city_permissions = UINT32_C(1) << PERM_person_handle;
    a->run(&rq, tx, a);
    city_list_end(product.app.cities, &cities);
}

static void act(struct act *a)
{
    struct arena arena;
    arena_init(&arena, 0);
    a->failed = tx_do(product.app.store, &arena, in_town, a) != ERR_OK;
    arena_free(&arena);
}

static void take_step(struct rq *rq, struct tx *tx, struct act *a)
{
    a->ask.data = &a->said;
    a->result = procedure_step(rq, tx, &a->ask, &a->why);
}

static struct act step_of(int64_t id, const char *verb, enum procedure_who who)
{
    return (struct act){ .run = take_step,
                         .staff = who == BY_PERSON,
                         .ask = { .procedure = &company_match_procedure,
                                  .id = id,
                                  .verb = str_from_c(verb),
                                  .who = who } };
}

static enum procedure_result take(int64_t id, const char *verb, enum procedure_who who)
{
    struct act a = step_of(id, verb, who);
    act(&a);
    return a.failed ? PROCEDURE_ABSENT : a.result;
}

static enum msg why_not(int64_t id, const char *verb, const struct company_said *said)
{
    struct act a = step_of(id, verb, BY_PERSON);
    a.said = *said;
    act(&a);
    return a.result == PROCEDURE_REFUSED ? a.why : 0;
}

/* ---- what there is ---- */

static const struct company_item_form team_day = { .kind = STR_INIT("team_day"),
                                                   .title = STR_INIT("Zwölf packen an"),
                                                   .people = 12,
                                                   .hours = 4,
                                                   .starts_on = STR_INIT("2026-05-01"),
                                                   .ends_on = STR_INIT("2026-05-31"),
                                                   .setting = STR_INIT("outdoors"),
                                                   .district = STR_INIT("Altstadt") };

static void make_company(struct rq *rq, struct tx *tx, struct act *a)
{
    struct company_form f = { .name = S("Musterwerk"),
                              .contact_name = S("Frau Muster"),
                              .mail = S(COMPANY_MAIL),
                              .phone = S("0451 333333") };
    a->company = company_new(rq, tx, &f, false);
}

static void make_item(struct rq *rq, struct tx *tx, struct act *a)
{
    a->id = company_item_new(rq, tx, a->company, a->company ? 0 : club, a->form);
}

static void make_match(struct rq *rq, struct tx *tx, struct act *a)
{
    a->id = company_match_new(rq, tx, a->offer, a->need, &a->why);
}

static int64_t an_item(int64_t company, const struct company_item_form *form)
{
    struct act a = { .run = make_item, .company = company, .form = form };
    act(&a);
    return a.id;
}

static int64_t a_match(void)
{
    struct act c = { .run = make_company };
    act(&c);
    struct act m = { .run = make_match,
                     .offer = an_item(c.company, &team_day),
                     .need = an_item(0, &team_day) };
    act(&m);
    return m.id;
}

static struct company_match_row look(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct company_match_row row = *company_match_get(&db, town, id);
    db_end(&db);
    return row;
}

static bool state_is(int64_t id, const char *state)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    str told = procedure_replay(event_list(&db, town, S("company_match"), id));
    bool same = str_eq(told, str_from_c(state));
    db_end(&db);
    return same && str_eq(look(id).state, str_from_c(state));
}

static int follow(const char *link, const char *part, const char *rating)
{
    const struct http_field fields[] = { { S("act"), str_from_c(part) },
                                         { S("rating"), str_from_c(rating) },
                                         V("said", "Ein guter Tag."),
                                         LAST_FIELD };
    return post(&product, NULL, link, fields).status;
}

static int64_t id_after(const struct answer *a, const char *part)
{
    int64_t id = 0;
    str to = header_of(a, S("Location"));
    str before = str_from_c(part);
    ptrdiff_t at = str_find(to, before);
    if (at >= 0)
        str_to_i64(str_slice(to, (size_t)at + before.n, to.n), &id);
    return id;
}

/* ---- the whole way ---- */

/* The form with the token of its trap, sent a while after it was shown. */
static struct answer send_public(void)
{
    struct answer page = get(&product, NULL, "/stadt/unternehmen");
    ptrdiff_t at = str_find(page.body, S("name=\"shown\""));
    must(at >= 0);
    str rest = str_slice(page.body, (size_t)at, page.body.n);
    rest = str_slice(rest, (size_t)str_find(rest, S("value=\"")) + 7, rest.n);
    str shown = S("");
    str_next(&rest, '"', &shown);
    clock_set(clock_now() + 60);
    const struct http_field fields[] = { V("name", "Musterwerk"),
                                         V("contact_name", "Frau Muster"),
                                         V("mail", COMPANY_MAIL),
                                         V("phone", "0451 333333"),
                                         V("kind", "team_day"),
                                         V("title", "Zwölf packen an"),
                                         V("people", "12"),
                                         V("hours", "4"),
                                         V("starts_on", "1.5.2026"),
                                         V("ends_on", "31.5.2026"),
                                         V("setting", "outdoors"),
                                         { S("shown"), shown },
                                         LAST_FIELD };
    return post(&product, NULL, "/stadt/unternehmen", fields);
}

static void it_offers_itself(void)
{
    eq_int(send_public().status, 303);
    struct answer page = get(&product, &staff, "/stadt/buero/unternehmen/bedarf");
    ok(!answer_says(&page, "Zwölf packen an")); /* nobody has confirmed it */
    const char *link = world_mailed_link(&product, town, COMPANY_MAIL);
    eq_int(get(&product, NULL, link).status, 200);
    eq_int(follow(link, "bestaetigen", ""), 303);
    page = get(&product, &staff, "/stadt/buero/unternehmen/bedarf?side=offer");
    ok(answer_says(&page, "Zwölf packen an") && answer_says(&page, "Musterwerk"));
    page = get(&product, &staff, "/stadt/buero");
    ok(answer_says(&page, "Musterwerk")); /* somebody ought to call */
}

static void it_says_what_it_needs(void)
{
    const struct http_field ask[] = {
        { S("organisation"), str_fmt(&t_arena, "%lld", (long long)club) }, LAST_FIELD
    };
    eq_int(post(&product, &staff, "/stadt/buero/unternehmen/bedarf/fragen", ask).status, 303);
    const char *link = world_mailed_link(&product, town, CLUB_MAIL);
    const struct http_field need[] = { V("act", "eintragen"),
                                       V("kind", "team_day"),
                                       V("title", "Neue Beete"),
                                       V("people", "15"),
                                       V("starts_on", "15.5.2026"),
                                       V("setting", "either"),
                                       LAST_FIELD };
    eq_int(post(&product, NULL, link, need).status, 303);
    const struct http_field nothing[] = { V("act", "eintragen"), V("kind", "team_day"),
                                          V("title", "Ohne Größe"), LAST_FIELD };
    eq_int(post(&product, NULL, link, nothing).status, 422);
}

static int64_t item_called(const char *title)
{
    struct db db;
    int64_t id = 0;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct company_items_in in = {
        .city = town, .state = S("all"), .kind = S(""), .side = S(""), .pattern = S("%")
    };
    struct company_item_row_rows rows = company_items(&db, &in);
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].title, str_from_c(title)))
            id = rows.v[i].id;
    db_end(&db);
    return id;
}

static void the_whole_way_here(void)
{
    it_offers_itself();
    it_says_what_it_needs();
    int64_t need = item_called("Neue Beete");
    int64_t offer = item_called("Zwölf packen an");
    struct answer page =
        get(&product, &staff, world_path("/stadt/buero/unternehmen/bedarf/{id}", need));
    ok(answer_says(&page, "12 kommen, Platz ist für 15."));
    ok(answer_says(&page, "Gemeinsam möglich: 15. Mai 2026 bis 31. Mai 2026"));
    page = get(&product, &staff, world_path("/stadt/buero/unternehmen/bedarf/{id}", offer));
    ok(answer_says(&page, "Neue Beete")); /* the other way round */
    const struct http_field both[] = { { S("other"), str_fmt(&t_arena, "%lld", (long long)offer) },
                                       LAST_FIELD };
    struct answer a =
        post(&product, &staff, world_path("/stadt/buero/unternehmen/bedarf/{id}/vermitteln", need),
             both);
    int64_t id = id_after(&a, "vermittlungen/");
    ok(state_is(id, "new"));
    a = post(&product, &staff, world_path("/stadt/buero/unternehmen/bedarf/{id}/vermitteln", need),
             both);
    eq_int(a.status, 422); /* once at a time */
    eq_int(take(id, "ask", BY_PERSON), PROCEDURE_DONE);
    const char *theirs = world_mailed_link(&product, town, COMPANY_MAIL);
    page = get(&product, NULL, theirs);
    ok(answer_says(&page, "Neue Beete") && !answer_says(&page, CLUB_MAIL));
    eq_int(follow(theirs, "ja", ""), 303);
    eq_int(follow(theirs, "ja", ""), 422); /* once */
    eq_int(follow(world_mailed_link(&product, town, CLUB_MAIL), "ja", ""), 303);
    ok(state_is(id, "agreed"));
    struct mail_full m = world_newest_mail(&product, town, CLUB_MAIL);
    ok(str_find(m.body_text, S("Frau Muster")) < 0); /* not before the office passes it on */
    eq_int(take(id, "pass_on", BY_PERSON), PROCEDURE_DONE);
    m = world_newest_mail(&product, town, CLUB_MAIL);
    ok(str_find(m.body_text, S("Frau Muster")) >= 0);
    ok(look(id).passed_at > 0);
}
ON_EACH_STORE(the_whole_way)

/* ---- guards ---- */

static void guards_here(void)
{
    struct company_said said = { .day = S("") };
    int64_t id = a_match();
    struct act again = { .run = make_match, .offer = look(id).offer_id, .need = look(id).need_id };
    act(&again);
    ok(!again.id && again.why == MSG_company_not_twice);
    struct act swapped = { .run = make_match,
                           .offer = look(id).need_id,
                           .need = look(id).offer_id };
    act(&swapped);
    ok(!swapped.id && swapped.why == MSG_company_not_pair);
    eq_int(take(id, "done", BY_PERSON), PROCEDURE_CONFLICT);
    eq_int(take(id, "ask", BY_PERSON), PROCEDURE_DONE);
    eq_int(take(id, "accept_company", BY_LINK), PROCEDURE_DONE);
    eq_int(take(id, "accept_company", BY_LINK), PROCEDURE_REFUSED);
    eq_int(take(id, "accept_organisation", BY_LINK), PROCEDURE_DONE);
    ok(why_not(id, "done", &said) == MSG_company_not_passed);
    eq_int(take(id, "pass_on", BY_PERSON), PROCEDURE_DONE);
    ok(why_not(id, "pass_on", &said) == MSG_company_not_passed_twice);
    ok(why_not(id, "done", &said) == MSG_company_not_day);
    said.day = S("2026-03-03");
    ok(why_not(id, "done", &said) == MSG_company_not_future);
    struct act done = step_of(id, "done", BY_PERSON);
    done.said = (struct company_said){ .day = S("2026-03-02"), .people = 11 };
    act(&done);
    eq_int(done.result, PROCEDURE_DONE);
    ok(state_is(id, "done"));
    const char *theirs = world_mailed_link(&product, town, COMPANY_MAIL);
    eq_int(follow(theirs, "bewerten", "6"), 422);
    eq_int(follow(theirs, "bewerten", "5"), 303);
    eq_int(follow(theirs, "bewerten", "1"), 422); /* once */
    eq_int(look(id).rating_company, 5);
    eq_str(look(id).said_company, S("Ein guter Tag."));
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct company_figure_rows figures =
        company_done_between(&db, town, S("2026-01-01"), S("2026-12-31"));
    ok(figures.n == 1 && figures.v[0].n == 1 && figures.v[0].people == 11);
    struct company_month_rows months =
        company_team_days_by_month(&db, town, S("2026-01-01"), S("2026-12-31"));
    ok(months.n == 1 && str_eq(months.v[0].month, S("2026-03")));
    db_end(&db);
}
ON_EACH_STORE(guards)

static void declined_here(void)
{
    int64_t id = a_match();
    eq_int(take(id, "ask", BY_PERSON), PROCEDURE_DONE);
    const char *theirs = world_mailed_link(&product, town, CLUB_MAIL);
    size_t before = world_mails(&product, S(COMPANY_MAIL));
    eq_int(follow(theirs, "nein", ""), 200);
    ok(state_is(id, "declined"));
    eq_int(world_mails(&product, S(COMPANY_MAIL)), before + 1);
    eq_int(get(&product, NULL, theirs).status, 410);
}
ON_EACH_STORE(declined)

/* ---- the sentences ---- */

static struct company_fit fit_of(const struct company_item_row *offer,
                                 const struct company_item_row *need)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &db, &cities, city_by_id(&cities, town));
    struct company_fit f = { .offer = offer, .need = need };
    company_reasons(&rq, &f);
    for (size_t i = 0; i < f.fits.n; i++)
        f.fits.v[i] = str_copy(&t_arena, f.fits.v[i]);
    for (size_t i = 0; i < f.misses.n; i++)
        f.misses.v[i] = str_copy(&t_arena, f.misses.v[i]);
    city_list_end(product.app.cities, &cities);
    db_end(&db);
    return f;
}

static bool has(struct company_sentences s, const char *words)
{
    for (size_t i = 0; i < s.n; i++)
        if (str_find(s.v[i], str_from_c(words)) >= 0)
            return true;
    return false;
}

static void sentences_are_true_here(void)
{
    struct company_item_row a = { .kind = S("team_day"),
                                  .people = 12,
                                  .starts_on = S("2026-05-01"),
                                  .ends_on = S("2026-05-10"),
                                  .setting = S("indoors"),
                                  .district = S("Altstadt") };
    struct company_item_row b = a;
    b.people = 12;
    struct company_fit f = fit_of(&a, &b);
    eq_int(f.misses.n, 0);
    ok(has(f.fits, "12 kommen, Platz ist für 12."));
    ok(has(f.fits, "Beide im Stadtteil Altstadt"));
    b.people = 11;
    b.starts_on = S("2026-05-11");
    b.ends_on = S("");
    b.setting = S("outdoors");
    b.district = S("Neustadt");
    f = fit_of(&a, &b);
    ok(has(f.misses, "12 kommen, Platz ist nur für 11."));
    ok(has(f.misses, "Die Zeiträume überschneiden sich nicht."));
    ok(has(f.misses, "die andere draußen"));
    ok(has(f.misses, "Altstadt und Neustadt"));
    b.starts_on = S("2026-05-10"); /* the last day counts */
    f = fit_of(&a, &b);
    ok(has(f.fits, "10. Mai 2026 bis 10. Mai 2026"));
    b.starts_on = S("");
    ok(has(fit_of(&a, &b).misses, "wissen wir den Zeitraum nicht"));
    a.kind = b.kind = S("goods");
    f = fit_of(&a, &b);
    ok(!has(f.misses, "kommen") && !has(f.misses, "draußen")); /* goods have no size */
}
ON_EACH_STORE(sentences_are_true)

/* ---- both at once, and going ---- */

static void *work(void *ctx)
{
    act(ctx);
    arena_thread_end();
    return NULL;
}

static void at_once(struct act *acts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        must(pthread_create(&acts[i].thread, NULL, work, &acts[i]) == 0);
    for (size_t i = 0; i < n; i++)
        pthread_join(acts[i].thread, NULL);
}

/* Both say yes in one moment: each counts once, and nothing is half. */
static void both_at_once_here(void)
{
    int wrong = 0;
    for (int round = 0; round < 6; round++) {
        int64_t id = a_match();
        eq_int(take(id, "ask", BY_PERSON), PROCEDURE_DONE);
        struct act acts[] = { step_of(id, "accept_company", BY_LINK),
                              step_of(id, "accept_organisation", BY_LINK) };
        at_once(acts, 2);
        for (int i = 0; i < 2; i++)
            if (acts[i].failed || acts[i].result != PROCEDURE_DONE)
                wrong += take(id, i ? "accept_organisation" : "accept_company", BY_LINK) !=
                         PROCEDURE_DONE;
        wrong +=
            !state_is(id, "agreed") || !look(id).company_yes_at || !look(id).organisation_yes_at;
    }
    eq_int(wrong, 0);
}
ON_EACH_STORE(both_at_once)

static void make_erased(struct rq *rq, struct tx *tx, struct act *a)
{
    struct erasure e = { rq->app, town, a->company, ERASE_BY_PERSON };
    erasure_do(tx, privacy_table_get(S("company")), &e);
}

static void a_contact_goes_here(void)
{
    int64_t id = a_match();
    struct act a = { .run = make_erased, .company = look(id).company_id };
    act(&a);
    struct company_match_row m = look(id);
    ok(m.erased_at && !m.contact_name.n && !m.company_mail.n);
    eq_str(m.company, S("Musterwerk")); /* what it gave stays */
    struct answer page =
        get(&product, &staff, world_path("/stadt/buero/unternehmen/{id}", m.company_id));
    ok(answer_says(&page, "(Kontakt gelöscht)"));
}
ON_EACH_STORE(a_contact_goes)

static const struct test tests[] = {
    TEST(the_whole_way),      TEST(guards),       TEST(declined),
    TEST(sentences_are_true), TEST(both_at_once), TEST(a_contact_goes),
};
TEST_MAIN(tests)
