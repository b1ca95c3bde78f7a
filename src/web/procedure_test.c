/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Procedures, on both engines: a probe whose state is a variable of this test shows guards,
 * reasons, due days and mails; offers show the rest with a table behind them, histories at
 * random and many hands at once included.
 */
#include "web/procedure.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/test.h"
#include "feature/opportunity/states.h"
#include "product.h"
#include "web.text.h"
#include "web/feature.h"
#include "web/mail.h"
#include "world.h"

static struct product product;
static int64_t town, far_town, organisation, offer;

/* ---- the probe: one record, whose state is here ---- */

static const char *state;
static bool guarded;
static int effects;

static bool probe_find(struct rq *rq, int64_t id, struct record *record)
{
    record->title = S("Probe");
    record->state = str_from_c(state);
    record->organisation_id = organisation;
    record->page = link_to(rq, S("/probe"));
    return id == 1 && rq->city->id == town;
}

static const struct record_kind probe_record = { .name = "probe",
                                                 .label = MSG_procedure_history,
                                                 .permission = PERM_opportunity_edit,
                                                 .find = probe_find };

static bool probe_move(struct tx *tx, const struct procedure_move *m)
{
    (void)tx;
    if (!str_eq(m->from, str_from_c(state)))
        return false;
    state = str_to_c(&t_arena, m->to);
    return true;
}

static enum msg closed_today(struct rq *rq, const struct procedure_at *at)
{
    (void)rq;
    (void)at;
    return guarded ? MSG_procedure_back : 0;
}

static void send_mail(struct rq *rq, struct tx *tx, const struct procedure_at *at)
{
    const struct notice n = { .to = S("verein@verein.example"),
                              .subject = S("Betreff"),
                              .text = S("Guten Tag") };
    effects++;
    procedure_mail(tx, rq->city->id, at, &n);
    procedure_mail(tx, rq->city->id, at, &n);
}

#define WORDS .label = MSG_procedure_back, .past = MSG_procedure_history

static const struct procedure_state probe_states[] = {
    { "new", MSG_procedure_back, .starts = true },
    { "open", MSG_procedure_back },
    { "done", MSG_procedure_back },
    { 0 },
};
static const struct procedure_step probe_steps[] = {
    { .verb = "begin", .from = "", .past = MSG_procedure_history },
    { .verb = "open",
      .from = "new",
      .to = "open",
      .who = BY_PERSON | BY_LINK,
      .permission = PERM_opportunity_edit,
      WORDS,
      .due_days = 7,
      .guard = closed_today,
      .effect = send_mail },
    { .verb = "close",
      .from = "open",
      .to = "done",
      .who = BY_PERSON,
      .permission = PERM_opportunity_publish,
      WORDS,
      .reason = true },
    { .verb = "remind", .from = "open", .who = BY_JOB, .past = MSG_procedure_history },
    { .verb = "calm",
      .from = "open",
      .who = BY_JOB,
      .past = MSG_procedure_history,
      .due_days = PROCEDURE_NOT_DUE },
    { .verb = "again", .from = "*", .to = "new", .who = BY_JOB, .past = MSG_procedure_history },
    { 0 },
};
static const struct procedure probe_procedure = {
    .record = &probe_record, .states = probe_states, .steps = probe_steps, .move = probe_move
};

static void probe_show(struct rq *rq)
{
    struct procedure_view view;
    ok(procedure_view(rq, &probe_procedure, 1, &view));
    rq_type(rq, S("text/plain; charset=utf-8"));
    for (size_t i = 0; i < view.choices.n; i++)
        out_fmt(rq->out, "%s%s ", view.choices.v[i].step->verb,
                view.choices.v[i].why_not ? "(not)" : "");
}

static void probe_step(struct rq *rq, struct tx *tx)
{
    struct procedure_ask ask = { .procedure = &probe_procedure,
                                 .id = rq_id(rq),
                                 .verb = rq_param(rq, "step"),
                                 .seen = rq_param(rq, "seen"),
                                 .note = rq_param(rq, "note") };
    if (procedure_take(rq, tx, &ask))
        rq_see(rq, S("/probe"), 0);
}

static const struct route routes[] = {
    GET("/probe", probe_show, ANYONE),
    POST("/probe/{id}", probe_step, ANYONE),
    { 0 },
};
static const struct record_kind *const records[] = { &probe_record, NULL };
static const struct procedure *const procedures[] = { &probe_procedure, NULL };
static const struct feature probe = {
    .name = "probe", .routes = routes, .records = records, .procedures = procedures
};

/* ---- asking ---- */

static void with_product(void (*run)(void), const struct test_store *store)
{
    state = "new";
    guarded = false;
    effects = 0;
    if (product_open(&product, store, &probe)) {
        town = world_town(&product, "stadt", "Musterstadt");
        far_town = world_town(&product, "anderswo", "Anderswo");
        organisation = world_organisation(&product, town, "Musterverein");
        offer =
            world_offer(&product, &(struct world_offer){ town, organisation, "draft", "Vorlesen" });
        run();
    }
    clock_set(0);
    product_close(&product);
}

static struct visitor clerk(void)
{
    return product_sign_in(&product, world_account(&product, town, "office_staff", 0));
}

static int press(const struct visitor *who, const char *step, const char *seen, const char *note)
{
    const struct http_field fields[] = { { S("step"), str_from_c(step) },
                                         { S("seen"), str_from_c(seen) },
                                         { S("note"), str_from_c(note) },
                                         LAST_FIELD };
    return post(&product, who, "/stadt/probe/1", fields).status;
}

/* A step outside of a request, as a job or the holder of a link takes it. */
struct outside {
    struct procedure_ask ask;
    int64_t town;
    int64_t now;
    enum procedure_result result;
};

static void take_outside(struct tx *tx, void *ctx)
{
    struct outside *o = ctx;
    enum msg why;
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &tx->db, &cities, city_by_id(&cities, o->town));
    if (o->now)
        tx->now = o->now;
    o->result = procedure_step(&rq, tx, &o->ask, &why);
    city_list_end(product.app.cities, &cities);
}

static enum procedure_result outside(struct outside *o)
{
    struct arena a;
    arena_init(&a, 0);
    o->result = PROCEDURE_REFUSED;
    if (tx_do(product.app.store, &a, take_outside, o) != ERR_OK)
        o->result = PROCEDURE_ABSENT;
    arena_free(&a);
    return o->result;
}

static enum procedure_result by(enum procedure_who who, const struct procedure *p, int64_t id,
                                const char *verb)
{
    struct outside o = { .ask = { .procedure = p, .id = id, .verb = str_from_c(verb), .who = who },
                         .town = town };
    return outside(&o);
}

/* What the database has of a record. */
struct seen {
    struct arena arena;
    struct db db;
};

static void look(struct seen *s)
{
    arena_init(&s->arena, 0);
    must(db_begin(product.app.store, &s->arena, &s->db) == ERR_OK);
}

static void look_away(struct seen *s)
{
    eq_int(s->db.err, ERR_OK);
    db_end(&s->db);
    arena_free(&s->arena);
}

static str due_of(const char *kind, int64_t id)
{
    struct seen s;
    look(&s);
    const struct due_row *row = due_find(&s.db, town, str_from_c(kind), id);
    str day = row ? str_copy(&t_arena, row->due_on) : S("");
    look_away(&s);
    return day;
}

static size_t events_of(const char *kind, int64_t id)
{
    struct seen s;
    look(&s);
    size_t n = event_list(&s.db, town, str_from_c(kind), id).n;
    look_away(&s);
    return n;
}

/* ---- who, when, why ---- */

static void steps_have_their_rules_here(void)
{
    struct visitor staff = clerk();
    struct visitor member = product_sign_in(
        &product, world_account(&product, town, "organisation_member", organisation));
    struct visitor volunteer = product_sign_in(&product, world_account(&product, town, NULL, 0));
    eq_int(press(NULL, "open", "", ""), 403);
    eq_int(press(&volunteer, "open", "", ""), 403);
    eq_int(press(&staff, "fly", "", ""), 404);
    eq_int(press(&staff, "remind", "", ""), 404); /* only jobs do */
    eq_int(press(&staff, "close", "", "darum"), 409);
    eq_int(press(&staff, "open", "open", ""), 409); /* not what the page showed */
    eq_int(post(&product, &staff, "/stadt/probe/2", NULL).status, 404);
    eq_int(events_of("probe", 1), 0);
    eq_int(press(&member, "open", "new", ""), 303); /* of the organisation */
    eq_int(press(&member, "close", "open", "darum"), 403);
    eq_int(press(&staff, "close", "open", "  "), 422);
    eq_int(press(&staff, "close", "open", "darum"), 303);
    eq_str(str_from_c(state), S("done"));
    eq_int(events_of("probe", 1), 2);
}
ON_EACH_STORE(steps_have_their_rules)

static void links_and_jobs_take_theirs_here(void)
{
    eq_int(by(BY_JOB, &probe_procedure, 1, "open"), PROCEDURE_ABSENT);
    eq_int(by(BY_LINK, &probe_procedure, 1, "open"), PROCEDURE_DONE);
    eq_int(by(BY_LINK, &probe_procedure, 1, "close"), PROCEDURE_ABSENT);
    eq_int(by(BY_LINK, &probe_procedure, 1, "remind"), PROCEDURE_ABSENT);
    eq_int(by(BY_JOB, &probe_procedure, 1, "remind"), PROCEDURE_DONE);
    struct outside far = { .ask = { .procedure = &opportunity_procedure,
                                    .id = offer,
                                    .verb = S("submit"),
                                    .who = BY_LINK },
                           .town = far_town };
    eq_int(outside(&far), PROCEDURE_ABSENT); /* another town's record */
    far.town = town;
    eq_int(outside(&far), PROCEDURE_DONE);
    struct seen s;
    look(&s);
    struct event_row_rows rows = event_list(&s.db, town, S("probe"), 1);
    eq_int(rows.n, 2);
    eq_str(rows.v[0].actor, S("job"));
    eq_str(rows.v[1].actor, S("link"));
    eq_int(rows.v[1].account_id, 0);
    look_away(&s);
}
ON_EACH_STORE(links_and_jobs_take_theirs)

static void a_guard_says_why_here(void)
{
    struct visitor staff = clerk();
    guarded = true;
    ok(answer_says(&(struct answer){ .body = get(&product, &staff, "/stadt/probe").body },
                   "open(not)"));
    const struct http_field open[] = { { S("step"), S("open") }, LAST_FIELD };
    struct answer a = post(&product, &staff, "/stadt/probe/1", open);
    eq_int(a.status, 422);
    ok(answer_says(&a, "Zurück"));
    eq_int(events_of("probe", 1), 0);
    eq_int(effects, 0);
    guarded = false;
    eq_str(get(&product, &staff, "/stadt/probe").body, S("open "));
    eq_str(get(&product, NULL, "/stadt/probe").body, S(""));
    eq_int(post(&product, &staff, "/stadt/probe/1", open).status, 303);
    eq_int(effects, 1);
}
ON_EACH_STORE(a_guard_says_why)

static void the_slower_one_is_told_here(void)
{
    struct visitor staff = clerk();
    const struct http_field open[] = { { S("step"), S("open") },
                                       { S("seen"), S("new") },
                                       LAST_FIELD };
    eq_int(post(&product, &staff, "/stadt/probe/1", open).status, 303);
    struct answer a = post(&product, &staff, "/stadt/probe/1", open);
    eq_int(a.status, 409);
    ok(answer_says(&a, "Jemand war schneller"));
    ok(answer_says(&a, "href=\"/stadt/probe\""));
    eq_int(events_of("probe", 1), 1);
}
ON_EACH_STORE(the_slower_one_is_told)

/* ---- days and mails ---- */

static void sets_and_clears_the_day_here(void)
{
    /* The evening before summer time begins: seven German days later, not 168 hours. */
    struct outside o = {
        .ask = { .procedure = &probe_procedure, .id = 1, .verb = S("open"), .who = BY_LINK },
        .town = town,
        .now = clock_instant((struct local_time){ { 2027, 3, 27 }, 23, 30, 0 })
    };
    eq_int(outside(&o), PROCEDURE_DONE);
    eq_str(due_of("probe", 1), S("2027-04-03"));
    eq_int(by(BY_JOB, &probe_procedure, 1, "remind"), PROCEDURE_DONE);
    eq_str(due_of("probe", 1), S("2027-04-03")); /* it stays, and so does the day */
    eq_int(by(BY_JOB, &probe_procedure, 1, "calm"), PROCEDURE_DONE);
    eq_str(due_of("probe", 1), S(""));
    eq_int(by(BY_JOB, &probe_procedure, 1, "again"), PROCEDURE_DONE);
    eq_int(by(BY_LINK, &probe_procedure, 1, "open"), PROCEDURE_DONE);
    ok(due_of("probe", 1).n);
    eq_int(by(BY_JOB, &probe_procedure, 1, "again"), PROCEDURE_DONE);
    eq_str(due_of("probe", 1), S("")); /* the state changed */
}
ON_EACH_STORE(sets_and_clears_the_day)

static size_t mails(void)
{
    struct seen s;
    look(&s);
    size_t n = mail_list(&s.db, town).n;
    look_away(&s);
    return n;
}

static void a_step_writes_to_somebody_once_here(void)
{
    eq_int(by(BY_LINK, &probe_procedure, 1, "open"), PROCEDURE_DONE);
    eq_int(mails(), 1);
    eq_int(by(BY_JOB, &probe_procedure, 1, "again"), PROCEDURE_DONE);
    eq_int(by(BY_LINK, &probe_procedure, 1, "open"), PROCEDURE_DONE);
    eq_int(mails(), 2); /* another occasion */
}
ON_EACH_STORE(a_step_writes_to_somebody_once)

/* A contact may go between the look of the night's job and its step. */
static void nobody_is_written_to_where_nobody_is_here(void)
{
    struct world_offer wish = { town, organisation, NULL, "Ohne Kontakt" };
    int64_t id = world_offer(&product, &wish);
    size_t before = mails();
    eq_int(by(BY_JOB, &opportunity_procedure, id, "remind"), PROCEDURE_DONE);
    eq_int(by(BY_JOB, &opportunity_procedure, id, "expire"), PROCEDURE_DONE);
    eq_int(mails(), before);
}
ON_EACH_STORE(nobody_is_written_to_where_nobody_is)

/* ---- histories at random ---- */

static uint64_t lot = 20261122;

static uint32_t draw(uint32_t below)
{
    lot = lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(lot >> 33) % below;
}

static bool history_is_true(int64_t id)
{
    struct seen s;
    look(&s);
    struct event_row_rows rows = event_list(&s.db, town, S("opportunity"), id);
    const struct opp_record_row *row = opp_record(&s.db, town, id);
    bool good = str_eq(procedure_replay(rows), row->state);
    /* Each event begins where the one before it ended. */
    for (size_t i = 0; i + 1 < rows.n; i++)
        good &= str_eq(rows.v[i].from_state, rows.v[i + 1].to_state);
    look_away(&s);
    return good;
}

/* A step at random, by somebody of the office over the page, by a link or by a job. */
static bool random_step(const struct visitor *staff, const char *verb)
{
    static const enum procedure_who whos[] = { BY_LINK, BY_JOB };
    const struct http_field fields[] = { { S("step"), str_from_c(verb) }, LAST_FIELD };
    if (draw(2))
        return by(whos[draw(2)], &opportunity_procedure, offer, verb) == PROCEDURE_DONE;
    return post(&product, staff, world_path("/stadt/buero/angebote/{id}/status", offer), fields)
               .status == 303;
}

static void events_tell_the_state_here(void)
{
    struct visitor staff = clerk();
    uint32_t verbs = 0;
    int done = 0;
    int wrong = 0;
    while (opportunity_procedure.steps[verbs].verb)
        verbs++;
    for (int i = 0; i < 300; i++) {
        size_t before = events_of("opportunity", offer);
        bool took = random_step(&staff, opportunity_procedure.steps[draw(verbs)].verb);
        done += took;
        wrong += events_of("opportunity", offer) != before + took;
        wrong += !history_is_true(offer);
    }
    printf("# %d steps of 300 were taken\n", done);
    eq_int(wrong, 0);
    ok(done > 10);
}
ON_EACH_STORE(events_tell_the_state)

/* ---- many hands ---- */

#define HANDS  4
#define ROUNDS 25

static void *hand(void *ctx)
{
    outside(ctx);
    arena_thread_end();
    return NULL;
}

/* Of several who take the same step at once one succeeds, and the others learn why not. */
static void exactly_one_wins_here(void)
{
    static const char *const verbs[] = { "pause", "resume" };
    int64_t id =
        world_offer(&product, &(struct world_offer){ town, organisation, NULL, "Für alle" });
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        pthread_t threads[HANDS];
        struct outside hands[HANDS];
        int done = 0;
        int told = 0;
        for (int i = 0; i < HANDS; i++) {
            hands[i] = (struct outside){ .ask = { .procedure = &opportunity_procedure,
                                                  .id = id,
                                                  .verb = str_from_c(verbs[round % 2]),
                                                  .who = BY_LINK },
                                         .town = town };
            must(pthread_create(&threads[i], NULL, hand, &hands[i]) == 0);
        }
        for (int i = 0; i < HANDS; i++) {
            pthread_join(threads[i], NULL);
            done += hands[i].result == PROCEDURE_DONE;
            told += hands[i].result == PROCEDURE_CONFLICT;
        }
        wrong += done != 1 || told != HANDS - 1;
    }
    eq_int(wrong, 0);
    eq_int(events_of("opportunity", id), ROUNDS + 1);
    ok(history_is_true(id));
}
ON_EACH_STORE(exactly_one_wins)

/* ---- what the start refuses ---- */

static bool starts_with(const struct procedure *p)
{
    const struct record_kind *const kinds[] = { &probe_record, NULL };
    const struct procedure *const list[] = { p, NULL };
    const struct feature f = { .name = "f", .records = kinds, .procedures = list };
    const struct feature *const features[] = { &f, NULL };
    return procedure_check(features);
}

static bool starts_with_step(struct procedure_step step)
{
    const struct procedure_step table[] = {
        { .verb = "open", .from = "new", .to = "open", .past = MSG_procedure_back },
        { .verb = "close", .from = "open", .to = "done", .past = MSG_procedure_back },
        step,
        { 0 },
    };
    struct procedure p = probe_procedure;
    p.steps = table;
    return starts_with(&p);
}

static void bad_tables_stop_the_start(void)
{
    ok(starts_with(&probe_procedure));
    ok(starts_with_step((struct procedure_step){ .verb = "x", .from = "done", .past = 1 }));
    ok(!starts_with_step((struct procedure_step){ .verb = "x", .from = "lost", .past = 1 }));
    ok(!starts_with_step(
        (struct procedure_step){ .verb = "x", .from = "new", .to = "lost", .past = 1 }));
    ok(!starts_with_step((struct procedure_step){ .verb = "x", .from = "new" }));
    ok(!starts_with_step((struct procedure_step){ .verb = "x", .past = 1 }));
    ok(!starts_with_step((struct procedure_step){
        .verb = "x", .from = "new", .past = 1, .who = BY_PERSON })); /* a button without words */
    ok(!starts_with_step((struct procedure_step){ .verb = "open", .from = "new", .past = 1 }));
    ok(!starts_with_step((struct procedure_step){ .verb = "open", .from = "*", .past = 1 }));
    struct procedure p = probe_procedure;
    const struct procedure_step no_way[] = { probe_steps[1], { 0 } };
    p.steps = no_way; /* nothing leads to "done" */
    ok(!starts_with(&p));
    p = probe_procedure;
    p.move = NULL;
    ok(!starts_with(&p));
    const struct procedure_state mute[] = {
        probe_states[0], probe_states[1], { "done", 0 }, { 0 }
    };
    p = probe_procedure;
    p.states = mute;
    ok(!starts_with(&p));
    p.states = probe_states + 1; /* nowhere to begin */
    ok(!starts_with(&p));
    const struct record_kind stranger = { .name = "x", .label = 1, .find = probe_find };
    p = probe_procedure;
    p.record = &stranger;
    ok(!starts_with(&p));
}

static const struct test tests[] = {
    TEST(steps_have_their_rules),
    TEST(links_and_jobs_take_theirs),
    TEST(a_guard_says_why),
    TEST(the_slower_one_is_told),
    TEST(sets_and_clears_the_day),
    TEST(a_step_writes_to_somebody_once),
    TEST(nobody_is_written_to_where_nobody_is),
    TEST(events_tell_the_state),
    TEST(exactly_one_wins),
    TEST(bad_tables_stop_the_start),
};
TEST_MAIN(tests)
