/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The stage of the tests of mentoring: a town, somebody of the staff, programmes, people on both
 * sides, pairs up to any state. Included by each of those tests, once.
 */
#ifndef FEATURE_MENTORING_STAGE_TEST_H
#define FEATURE_MENTORING_STAGE_TEST_H

#include "base/test.h"
#include "db/engine.h"
#include "feature/certificate/certificate.h"
#include "feature/mentoring/pages.h"
#include "product.h"
#include "web/app.h"
#include "web/mail.h"
#include "web/vocab.h"
#include "world.h"

#define DAY ((int64_t)86400)

#define MENTOR_MAIL "pate@beispiel.example"
#define MENTEE_MAIL "mentee@beispiel.example"

static struct product product;
static int64_t town;
static struct visitor staff;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 3, 2 }, .hour = 12 }));
        town = world_town(&product, "stadt", "Musterstadt");
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
    enum msg why;
    int64_t id, mentor, mentee, programme, person;
    bool minor;
    const char *words;
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
    a->result = procedure_step(rq, tx, &a->ask, &a->why);
}

static struct act step_of(int64_t id, const char *verb, enum procedure_who who,
                          const struct mentoring_said *f)
{
    return (struct act){ .run = take_step,
                         .staff = who == BY_PERSON,
                         .ask = { .procedure = &mentoring_pair_procedure,
                                  .id = id,
                                  .verb = str_from_c(verb),
                                  .who = who,
                                  .note = f ? f->note : S(""),
                                  .data = f } };
}

static enum procedure_result take(int64_t id, const char *verb, enum procedure_who who,
                                  const struct mentoring_said *f)
{
    struct act a = step_of(id, verb, who, f);
    act(&a);
    return a.failed ? PROCEDURE_ABSENT : a.result;
}

/* ---- people and programmes ---- */

static void make_programme(struct rq *rq, struct tx *tx, struct act *a)
{
    struct mentoring_programme_form f = { .title = S("Gemeinsam ankommen"),
                                          .aim = S("Niemand beginnt allein."),
                                          .audience = S("junge Erwachsene"),
                                          .mentor_word = S("Pate"),
                                          .mentee_word = S("Mentee"),
                                          .minors = a->minor,
                                          .rhythm = S("weekly"),
                                          .months = 12,
                                          .questions = S("Was möchten Sie gemeinsam tun?") };
    a->id = mentoring_programme_new(rq, tx, &f);
}

static int64_t a_programme(bool minors)
{
    struct act a = { .run = make_programme, .minor = minors };
    act(&a);
    return a.id;
}

static void make_person(struct rq *rq, struct tx *tx, struct act *a)
{
    struct person_form f = { .name = str_from_c(a->words),
                             .mail = a->mentor ? S(MENTOR_MAIL) : S(MENTEE_MAIL),
                             .phone = a->mentor ? S("0451 111111") : S("0451 222222"),
                             .lang = S("de"),
                             .district = S("Altstadt"),
                             .birth_year = a->minor ? 2009 : 1970 };
    (void)rq;
    a->person = person_new(tx, &(struct person_arrival){ .city_id = town }, &f);
}

static int64_t somebody(bool mentor, bool minor)
{
    struct act a = { .run = make_person,
                     .mentor = mentor,
                     .minor = minor,
                     .words = mentor ? "Paul Pate" : "Mia Mentee" };
    act(&a);
    return a.person;
}

static const struct mentoring_profile_form usual = { .topics = 1 << MENTORING_TOPIC_job |
                                                               1 << MENTORING_TOPIC_language,
                                                     .languages = 1 << LANGUAGE_de,
                                                     .grid = 1 << 2,
                                                     .room = 1,
                                                     .agreed = STR_INIT("office") };
static const struct mentoring_profile_form *profile_form = &usual;

static void make_profile(struct rq *rq, struct tx *tx, struct act *a)
{
    struct mentoring_place place = { a->programme, a->person, a->mentor };
    a->id = mentoring_profile_new(rq, tx, &place, profile_form, &a->why);
}

static int64_t a_profile(int64_t programme, int64_t person, bool mentor)
{
    struct act a = {
        .run = make_profile, .programme = programme, .person = person, .mentor = mentor
    };
    act(&a);
    return a.id;
}

static void make_pair(struct rq *rq, struct tx *tx, struct act *a)
{
    a->id = mentoring_pair_new(rq, tx, a->mentor, a->mentee, &a->why);
}

/* ---- looking ---- */

static struct mentoring_pair_row look(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct mentoring_pair_row *p = mentoring_pair_get(&db, town, id);
    struct mentoring_pair_row copy = p ? *p : (struct mentoring_pair_row){ 0 };
    db_end(&db);
    return copy;
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
    struct event_row_rows rows = event_list(&db, town, S("mentoring_pair"), id);
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

/* ---- two people ---- */

struct two {
    int64_t programme, mentor_person, mentee_person, mentor, mentee, pair;
};

/* A fresh programme with two people in it, proposed to each other. */
static struct two proposed(bool minor)
{
    struct two t = { .programme = a_programme(false) };
    t.mentor_person = somebody(true, false);
    t.mentee_person = somebody(false, minor);
    t.mentor = a_profile(t.programme, t.mentor_person, true);
    t.mentee = a_profile(t.programme, t.mentee_person, false);
    struct act a = { .run = make_pair, .mentor = t.mentor, .mentee = t.mentee };
    act(&a);
    t.pair = a.id;
    return t;
}

static const struct mentoring_said of_mentor = { .mentor = true };
static const struct mentoring_said of_mentee = { .mentor = false };

static struct two asked(bool minor)
{
    struct two t = proposed(minor);
    eq_int(take(t.pair, "ask", BY_PERSON, NULL), PROCEDURE_DONE);
    return t;
}

#endif
