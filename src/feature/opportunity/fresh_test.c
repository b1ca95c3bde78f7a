/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Time travel: 400 German days over both changes of the clock, with a server that is off now
 * and then, a job that runs at any hour and sometimes twice, and contacts who answer or do
 * not. A model of a few lines says for every offer how many mails there must be and in which
 * state it is; what the public is shown is looked at before the job has run.
 */
#include "feature/opportunity/fresh.h"

#include <string.h>

#include "base/clock.h"
#include "base/test.h"
#include "feature/opportunity/states.h"
#include "feature/organisation/organisation.h"
#include "product.h"
#include "web/job.h"
#include "world.h"

#define OFFERS 24
#define DAYS   400

static struct product product;
static int64_t town, organisation;
static uint64_t lot;

static uint32_t draw(uint32_t below)
{
    lot = lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(lot >> 33) % below;
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    lot = 20261122;
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Musterverein");
        run();
    }
    clock_set(0);
    product_close(&product);
}

/* ---- the model ---- */

struct model {
    int64_t id;
    str mail;          /* empty: nobody can be written to */
    int64_t confirmed; /* day */
    int reminded;
    int mails;
    bool expired;
};

static int stage_of(const struct model *m, int64_t day)
{
    static const int stages[] = { 90, 88, 82, 75 };
    for (size_t i = 0; i < 4; i++)
        if (day - m->confirmed >= stages[i])
            return stages[i];
    return 0;
}

/* What the job must have done on a day. */
static void model_run(struct model *m, int64_t day)
{
    int stage = stage_of(m, day);
    if (m->expired || stage <= m->reminded)
        return;
    m->mails += m->mail.n > 0;
    m->expired = stage == 90;
    m->reminded = m->mail.n ? stage : 88;
}

/* ---- the program ---- */

struct making {
    struct model *m;
    int64_t at;
};

static void make(struct tx *tx, void *ctx)
{
    struct making *k = ctx;
    struct opp_arrival a = { .city_id = town,
                             .organisation_id = organisation,
                             .state = S("published"),
                             .confirmed_at = k->at,
                             .published_at = k->at,
                             .confirmed_by = S("contact") };
    struct opp_form f = { .title = S("Vorlesen"),
                          .time = S("up_to_2h"),
                          .place_kind = S("fixed"),
                          .certificate = S("none"),
                          .expenses = S("none"),
                          .contact_mail = k->m->mail };
    k->m->id = opportunity_new(tx, &a, &f);
}

struct stepping {
    const struct model *m;
    const char *verb;
    enum procedure_result result;
};

static void take(struct tx *tx, void *ctx)
{
    struct stepping *s = ctx;
    enum msg why;
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &tx->db, &cities, city_by_id(&cities, town));
    struct procedure_ask ask = { .procedure = &opportunity_procedure,
                                 .id = s->m->id,
                                 .verb = str_from_c(s->verb),
                                 .who = BY_LINK };
    s->result = procedure_step(&rq, tx, &ask, &why);
    city_list_end(product.app.cities, &cities);
}

static void in_tx(void (*work)(struct tx *tx, void *ctx), void *ctx)
{
    struct arena a;
    arena_init(&a, 0);
    must(tx_do(product.app.store, &a, work, ctx) == ERR_OK);
    arena_free(&a);
}

/* The contact says that it holds: confirms, or brings it back. */
static void answer(struct model *m, int64_t day)
{
    struct stepping s = { .m = m, .verb = m->expired ? "renew" : "confirm" };
    in_tx(take, &s);
    must(s.result == PROCEDURE_DONE);
    m->confirmed = day;
    m->reminded = 0;
    m->expired = false;
}

static void run_job(void)
{
    struct arena a;
    struct job_run run = { .arena = &a };
    arena_init(&a, 0);
    must(job_run_now(&product.app, S("opportunity.fresh"), &run) == ERR_OK);
    arena_free(&a);
}

/* How many offers are otherwise than the model says. */
static int differences(const struct model *v)
{
    struct arena a;
    struct db db;
    int wrong = 0;
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    for (size_t i = 0; i < OFFERS; i++) {
        str state = opp_record(&db, town, v[i].id)->state;
        wrong += str_eq(state, S("expired")) != v[i].expired;
        wrong += v[i].mail.n && mail_to(&db, v[i].mail).n != (size_t)v[i].mails;
    }
    db_end(&db);
    arena_free(&a);
    return wrong;
}

/* What the public is shown, whether the job has run or not: nothing that is 90 days old. */
static int too_old(const struct model *v, int64_t day)
{
    struct arena a;
    struct db db;
    int wrong = 0;
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    for (size_t i = 0; i < OFFERS; i++) {
        bool shown = opp_card_get(&db, town, v[i].id, opportunity_fresh_since()) != NULL;
        wrong += shown != (!v[i].expired && day - v[i].confirmed < 90);
    }
    db_end(&db);
    arena_free(&a);
    return wrong;
}

/* Some minute of a German day. */
static int64_t some_time(int64_t day)
{
    return clock_instant(
        (struct local_time){ day_from_number(day), (int)draw(24), (int)draw(60), 0 });
}

static struct model *offers_new(int64_t day)
{
    struct model *v = NEW_ARRAY(&t_arena, OFFERS, struct model);
    for (size_t i = 0; i < OFFERS; i++) {
        v[i].confirmed = day - draw(60);
        if (i % 6)
            v[i].mail = str_fmt(&t_arena, "kontakt%zu@verein.example", i);
        in_tx(make, &(struct making){ &v[i], some_time(v[i].confirmed) });
    }
    return v;
}

static void travels_400_days_here(void)
{
    int64_t first = day_number((struct day){ 2027, 1, 10 });
    clock_set(some_time(first));
    struct model *v = offers_new(first);
    int wrong_state = 0;
    int wrong_list = 0;
    int off = 0;
    int mails = 0;
    for (int64_t day = first + 1; day < first + DAYS; day++) {
        clock_set(some_time(day));
        wrong_list += too_old(v, day);
        off = off > 0 ? off - 1 : draw(25) ? 0 : (int)draw(12);
        if (off)
            continue;
        for (uint32_t runs = 1 + draw(8) / 7; runs; runs--)
            run_job();
        for (size_t i = 0; i < OFFERS; i++)
            model_run(&v[i], day);
        wrong_state += differences(v);
        for (size_t i = 0; i < OFFERS; i++)
            if (v[i].reminded && !draw(v[i].expired ? 30 : 12))
                answer(&v[i], day);
    }
    for (size_t i = 0; i < OFFERS; i++)
        mails += v[i].mails;
    printf("# %d mails\n", mails);
    eq_int(wrong_state, 0);
    eq_int(wrong_list, 0);
    ok(mails > 100);
}
ON_EACH_STORE(travels_400_days)

/* ---- each rule by itself ---- */

static int64_t at(int year, int month, int day, int hour)
{
    return clock_instant((struct local_time){ { year, month, day }, hour, 0, 0 });
}

static void counts_days_of_the_calendar(void)
{
    int64_t confirmed = at(2027, 1, 15, 23);
    eq_int(fresh_stage(confirmed, at(2027, 3, 30, 23)), FRESH_GOOD); /* day 74 */
    eq_int(fresh_stage(confirmed, at(2027, 3, 31, 0)), FRESH_ASKED);
    eq_int(fresh_stage(confirmed, at(2027, 4, 6, 23)), FRESH_ASKED);
    eq_int(fresh_stage(confirmed, at(2027, 4, 7, 0)), FRESH_AGAIN);
    eq_int(fresh_stage(confirmed, at(2027, 4, 13, 12)), FRESH_LAST);
    eq_int(fresh_stage(confirmed, at(2027, 4, 14, 23)), FRESH_LAST); /* day 89 */
    eq_int(fresh_stage(confirmed, at(2027, 4, 15, 0)), FRESH_OVER);
    eq_str(fresh_until(&t_arena, confirmed), S("2027-04-14"));
    /* Confirmed in summer time a minute past midnight: still the day before in UTC. */
    confirmed = clock_instant((struct local_time){ { 2027, 9, 1 }, 0, 1, 0 });
    eq_int(fresh_stage(confirmed, at(2027, 11, 29, 23)), FRESH_LAST);
    eq_int(fresh_stage(confirmed, at(2027, 11, 30, 0)), FRESH_OVER);
    clock_set(at(2027, 11, 29, 23));
    ok(confirmed >= opportunity_fresh_since());
    clock_set(at(2027, 11, 30, 0));
    ok(confirmed < opportunity_fresh_since());
    clock_set(0);
}

static void nobody_to_ask_is_the_offices_work_here(void)
{
    struct model m = { 0 };
    in_tx(make, &(struct making){ &m, at(2027, 1, 15, 12) });
    clock_set(at(2027, 3, 31, 8));
    run_job();
    struct visitor staff =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    struct answer today = get(&product, &staff, "/stadt/buero");
    ok(answer_says(&today, "Vorlesen"));
    ok(answer_says(&today, "14.\302\240April"));
    clock_set(at(2027, 4, 15, 8));
    run_job();
    staff = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    today = get(&product, &staff, "/stadt/buero");
    ok(answer_says(&today, "abgelaufen")); /* it stays in the list, to be decided about */
}
ON_EACH_STORE(nobody_to_ask_is_the_offices_work)

static struct answer press(const char *link, const char *act)
{
    const struct http_field fields[] = { { S("act"), str_from_c(act) }, LAST_FIELD };
    return post(&product, NULL, link, fields);
}

static void one_link_does_it_all_here(void)
{
    struct model m = { .mail = S("kontakt@verein.example") };
    in_tx(make, &(struct making){ &m, at(2027, 1, 15, 12) });
    const char *public = world_path("/stadt/angebote/{id}", m.id);
    clock_set(at(2027, 3, 31, 8));
    run_job();
    const char *link = world_mailed_link(&product, town, str_to_c(&t_arena, m.mail));
    struct answer page = get(&product, NULL, link);
    eq_int(page.status, 200);
    ok(answer_says(&page, "Als aktuell bestätigen"));
    ok(answer_says(&page, "14.\302\240April"));
    ok(!answer_says(&page, "Von der Liste nehmen") && !answer_says(&page, "Veröffentlichen"));
    eq_int(press(link, "confirm").status, 303);
    eq_int(press(link, "pause").status, 303);
    eq_int(get(&product, NULL, public).status, 404);
    eq_int(press(link, "fill").status, 409); /* it is not on the list */
    eq_int(press(link, "publish").status, 404);
    eq_int(press(link, "resume").status, 303);
    eq_int(press(link, "fill").status, 303);
    eq_int(press(link, "reopen").status, 303);
    eq_int(get(&product, NULL, public).status, 200);
    eq_int(get(&product, NULL, world_under(link, "/aendern")).status, 200);
    /* Nobody answers any more: 90 days later it is gone, and the same link brings it back. */
    clock_set(at(2027, 6, 29, 8));
    eq_int(get(&product, NULL, public).status, 404); /* before the job has run */
    run_job();
    ok(answer_says(&(struct answer){ .body = get(&product, NULL, link).body },
                   "Erneuern und zeigen"));
    eq_int(press(link, "renew").status, 303);
    eq_int(get(&product, NULL, public).status, 200);
}
ON_EACH_STORE(one_link_does_it_all)

static void trust(struct tx *tx, void *ctx)
{
    (void)ctx;
    org_set_trust(tx, &(struct org_set_trust_in){ 1, tx->now, town, organisation });
}

/* Whoever holds the link changes this offer, for its organisation, and nothing else. */
static void changes_by_link_here(void)
{
    in_tx(trust, NULL); /* else the change waits: release_test.c */
    struct model m = { .mail = S("kontakt@verein.example") };
    int64_t other = world_organisation(&product, town, "Anderer Verein");
    in_tx(make, &(struct making){ &m, at(2027, 1, 15, 12) });
    clock_set(at(2027, 3, 31, 8));
    run_job();
    const char *link = world_mailed_link(&product, town, str_to_c(&t_arena, m.mail));
    const char *form = world_under(link, "/aendern");
    eq_int(post(&product, NULL, form, world_offer_form(other, "Gekapert")).status, 422);
    struct answer saved = post(&product, NULL, form, world_offer_form(organisation, "Vorlesen!"));
    eq_int(saved.status, 303);
    const char *public = world_path("/stadt/angebote/{id}", m.id);
    ok(answer_says(&(struct answer){ .body = get(&product, NULL, public).body }, "Vorlesen!"));
    /* The form named no contact: the address has no key to this offer any more. */
    eq_int(get(&product, NULL, link).status, 404);
    eq_int(post(&product, NULL, form, world_offer_form(organisation, "Noch einmal")).status, 404);
    clock_set(at(2027, 6, 28, 23)); /* changing confirms: 89 days later it is still there */
    eq_int(get(&product, NULL, public).status, 200);
}
ON_EACH_STORE(changes_by_link)

static void an_ended_link_sends_a_new_one_here(void)
{
    struct model m = { .mail = S("kontakt@verein.example") };
    in_tx(make, &(struct making){ &m, at(2027, 1, 15, 12) });
    clock_set(at(2027, 4, 1, 8));
    run_job();
    const char *link = world_mailed_link(&product, town, str_to_c(&t_arena, m.mail));
    clock_set(at(2027, 9, 1, 8));
    struct answer over = get(&product, NULL, link);
    eq_int(over.status, 410);
    ok(answer_says(&over, "Neuen Link schicken"));
    eq_int(press(link, "renew").status, 410);
    for (int i = 0; i < 3; i++)
        eq_int(press(link, "neu").status, 200);
    const char *fresh = world_mailed_link(&product, town, str_to_c(&t_arena, m.mail));
    ok(strcmp(fresh, link) != 0);
    eq_int(get(&product, NULL, fresh).status, 200);
    struct arena a;
    struct db db;
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    eq_int(mail_to(&db, m.mail).n, 2); /* one a day, however often it is asked for */
    db_end(&db);
    arena_free(&a);
}
ON_EACH_STORE(an_ended_link_sends_a_new_one)

static const struct test tests[] = {
    TEST(counts_days_of_the_calendar),
    TEST(travels_400_days),
    TEST(nobody_to_ask_is_the_offices_work),
    TEST(one_link_does_it_all),
    TEST(changes_by_link),
    TEST(an_ended_link_sends_a_new_one),
};
TEST_MAIN(tests)
