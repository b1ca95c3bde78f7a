/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The stage of the tests of placements: a town with a club, somebody of the staff, people, offers
 * and placements up to a trial. Included by each of those tests, once.
 */
#ifndef FEATURE_PLACEMENT_STAGE_TEST_H
#define FEATURE_PLACEMENT_STAGE_TEST_H

#include "base/test.h"
#include "db/engine.h"
#include "feature/person/person.h"
#include "feature/placement/pages.h"
#include "opportunity.sql.h"
#include "product.h"
#include "web/app.h"
#include "web/mail.h"
#include "world.h"

#define DAY ((int64_t)86400)

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
    enum procedure_result result;
    int64_t person, offer, id;
    bool staff; /* the step is taken by somebody who may */
    bool failed;
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
    enum msg why;
    a->result = procedure_step(rq, tx, &a->ask, &why);
}

static enum procedure_result take(int64_t id, const char *verb, enum procedure_who who,
                                  const struct placement_form *f)
{
    struct act a = { .run = take_step,
                     .staff = who == BY_PERSON,
                     .ask = { .procedure = &placement_procedure,
                              .id = id,
                              .verb = str_from_c(verb),
                              .who = who,
                              .data = f } };
    act(&a);
    return a.failed ? PROCEDURE_ABSENT : a.result;
}

/* ---- people, offers, placements ---- */

static void make_person(struct rq *rq, struct tx *tx, struct act *a)
{
    struct person_form f = { .name = S("Heide Beispiel"),
                             .mail = S("heide@beispiel.example"),
                             .phone = S("0451 12345"),
                             .lang = S("de"),
                             .birth_year = 1970 };
    (void)rq;
    a->person = person_new(tx, &(struct person_arrival){ .city_id = town }, &f);
}

static int64_t somebody(void)
{
    struct act a = { .run = make_person };
    act(&a);
    return a.person;
}

static void make_agreed(struct rq *rq, struct tx *tx, struct act *a)
{
    person_agree(rq, tx,
                 &(struct person_consent_given){ a->person, S("heide@beispiel.example"),
                                                 S(PERSON_AGREES_PASS_ON), S("office") });
}

static void agrees(int64_t person)
{
    struct act a = { .run = make_agreed, .person = person };
    act(&a);
}

static void make_withdrawn(struct rq *rq, struct tx *tx, struct act *a)
{
    person_withdraw(rq, tx, a->person, S(PERSON_AGREES_PASS_ON));
}

/* Directly into the table: how many an offer wants, and whether it is work with children. */
static void set_offer(int64_t id, int64_t wanted, bool children)
{
    struct tx tx;
    struct arena a;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    const char *sql =
        str_to_c(&a, str_fmt(&a,
                             "UPDATE opportunity SET wanted = %lld, fields = %d WHERE "
                             "id = %lld",
                             (long long)wanted, children ? 1 : 1 << FIELD_sport, (long long)id));
    struct stmt s = { .name = "test", .sqlite = sql, .postgres = sql, .id = DB_STMT_RARE };
    eq_int(tx_run(&tx, &s, NULL), 1);
    eq_int(tx_commit(&tx), ERR_OK);
    arena_free(&a);
}

static int64_t an_offer(int64_t wanted, bool children)
{
    int64_t id = world_offer(&product, &(struct world_offer){ town, club, NULL, "Vorlesen" });
    set_offer(id, wanted, children);
    return id;
}

static void make_placement(struct rq *rq, struct tx *tx, struct act *a)
{
    enum msg why;
    struct placement_wish wish = { .person_id = a->person, .opportunity_id = a->offer };
    a->id = placement_new(rq, tx, &wish, &why);
}

static int64_t proposed(int64_t person, int64_t offer)
{
    struct act a = { .run = make_placement, .person = person, .offer = offer };
    act(&a);
    return a.id;
}

/* ---- looking ---- */

static struct placement_full look(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct placement_full *p = placement_get(&db, town, id);
    struct placement_full copy = p ? *p : (struct placement_full){ 0 };
    db_end(&db);
    return copy;
}

static struct opp_places_row places(int64_t offer)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct opp_places_row row = *opp_places(&db, town, offer);
    db_end(&db);
    return row;
}

static int64_t held(int64_t person)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    int64_t n = person_find(&db, town, person)->held;
    db_end(&db);
    return n;
}

static struct event_row_rows events_of(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct event_row_rows rows = event_list(&db, town, S("placement"), id);
    db_end(&db);
    return rows;
}

static bool state_is(int64_t id, const char *state)
{
    str is = look(id).state;
    bool same = str_eq(is, str_from_c(state));
    if (!same)
        printf("# %.*s, not %s\n", STR_FMT(is), state);
    return same && str_eq(procedure_replay(events_of(id)), is);
}

static const struct placement_form meeting = { .meets_on = STR_INIT("2026-03-10"),
                                               .meets_place = STR_INIT("Vereinsheim"),
                                               .meets_with = STR_INIT("Frau Muster") };
static const struct placement_form commissioned = { .commissioned_on = STR_INIT("2026-03-09"),
                                                    .commissioned_by = STR_INIT("Vorstand"),
                                                    .supervisor = STR_INIT("Frau Muster"),
                                                    .scope = STR_INIT("Vorlesen") };
static const struct placement_form by_organisation = { .writes = STR_INIT("organisation") };
static const struct placement_form trying = { .trial_from = STR_INIT("2026-03-11"),
                                              .trial_to = STR_INIT("2026-03-20") };
static const struct placement_form placing = { .starts_on = STR_INIT("2026-04-01"),
                                               .hours_week = 20,
                                               .expenses = STR_INIT("none"),
                                               .checked = STR_INIT("not_needed"),
                                               .person_agrees = 1,
                                               .organisation_agrees = 1 };
static const struct placement_form ending = { .ended_on = STR_INIT("2026-05-01"),
                                              .end_reason = STR_INIT("moving") };
static const struct placement_form no_time = { .exit_reason = STR_INIT("time") };

/* From the proposal up to a trial, for somebody who agrees. */
static int64_t on_trial(int64_t person, int64_t offer)
{
    int64_t id = proposed(person, offer);
    eq_int(take(id, "contact", BY_PERSON, &by_organisation), PROCEDURE_DONE);
    eq_int(take(id, "meet", BY_PERSON, &meeting), PROCEDURE_DONE);
    eq_int(take(id, "commission", BY_PERSON, &commissioned), PROCEDURE_DONE);
    eq_int(take(id, "trial", BY_PERSON, &trying), PROCEDURE_DONE);
    return id;
}

static int64_t somebody_who_agrees(void)
{
    int64_t person = somebody();
    agrees(person);
    return person;
}

#endif
