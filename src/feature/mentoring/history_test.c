/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Histories of pairs, on both engines: at random, where replaying the events gives the state and no
 * event is ever another one than it was; and with both sides and the office at once.
 */
#include <pthread.h>

#include "feature/consent/consent.h"
#include "feature/mentoring/stage_test.h"

/* ---- histories at random ---- */

static uint64_t lot = 20261123;

static uint32_t draw(uint32_t below)
{
    lot = lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(lot >> 33) % below;
}

#define FITS_MOST 16

static bool is_way_out(const char *verb)
{
    str v = str_from_c(verb);
    return str_eq(v, S("decline")) || str_eq(v, S("call_off")) || str_eq(v, S("withdraw")) ||
           str_eq(v, S("end"));
}

/* A step at random of those that begin in this state: as often as not it is refused. */
static const char *random_verb(str state)
{
    const struct procedure_step *fits[FITS_MOST];
    uint32_t n = 0;
    for (const struct procedure_step *s = mentoring_pair_procedure.steps; s->verb; s++)
        if (n < FITS_MOST && str_eq(str_from_c(s->from), state) &&
            (!is_way_out(s->verb) || !draw(8)))
            fits[n++] = s;
    return n ? fits[draw(n)]->verb : "fly";
}

static bool random_step(int64_t id)
{
    static const enum procedure_who whos[] = { BY_PERSON, BY_LINK, BY_LINK, BY_JOB };
    struct mentoring_said f = { .mentor = draw(2),
                                .day = day_iso(&t_arena, clock_today()),
                                .minutes = 30 + draw(60),
                                .going = S("good"),
                                .call = draw(2),
                                .reason = S("reached"),
                                .note = S("Notiz") };
    return take(id, random_verb(look(id).state), whos[draw(4)], &f) == PROCEDURE_DONE;
}

/* What was written stays as it was: the older events of the list are those that were there. */
static bool kept(struct event_row_rows before, struct event_row_rows after)
{
    bool same = after.n >= before.n;
    for (size_t i = 0; same && i < before.n; i++) {
        const struct event_row *a = &before.v[before.n - 1 - i];
        const struct event_row *b = &after.v[after.n - 1 - i];
        same = a->id == b->id && a->at == b->at && str_eq(a->verb, b->verb) &&
               str_eq(a->from_state, b->from_state) && str_eq(a->to_state, b->to_state) &&
               str_eq(a->note, b->note) && str_eq(a->actor, b->actor);
    }
    return same;
}

enum { LIVES = 6, STEPS = 40 };

/* The books agree with the states: what is closed, who is held, what began and ended. */
static int wrong_books(const struct two *t)
{
    struct mentoring_pair_row p = look(t->pair);
    bool over = str_eq(p.state, S("ended")) || str_eq(p.state, S("declined")) ||
                str_eq(p.state, S("called_off"));
    bool ran = str_eq(p.state, S("running")) || str_eq(p.state, S("ended"));
    int yes = (p.mentor_yes_at > 0) + (p.mentee_yes_at > 0);
    int wrong = over != (p.closed_at > 0);
    wrong += held(t->mentor_person) != !over || held(t->mentee_person) != !over;
    wrong += ran != (p.started_on.n > 0);
    wrong += str_eq(p.state, S("ended")) != (p.ended_on.n > 0);
    wrong += (ran || str_eq(p.state, S("agreed"))) && yes != 2;
    wrong += str_eq(p.state, S("half")) && yes != 1;
    return wrong;
}

static void events_tell_the_state_here(void)
{
    struct two lives[LIVES];
    int wrong = 0;
    int steps = 0;
    int ran = 0;
    for (int i = 0; i < LIVES; i++)
        lives[i] = proposed(i % 3 == 2);
    for (int k = 0; k < LIVES * STEPS; k++) {
        struct two *t = &lives[draw(LIVES)];
        if (look(t->pair).closed_at)
            *t = proposed(false);
        struct event_row_rows before = events_of(t->pair);
        steps += random_step(t->pair);
        struct event_row_rows after = events_of(t->pair);
        wrong += !kept(before, after);
        wrong += !str_eq(procedure_replay(after), look(t->pair).state);
        wrong += wrong_books(t);
        ran += look(t->pair).started_on.n > 0;
        clock_set(clock_now() + (int64_t)draw(3) * DAY);
    }
    eq_int(wrong, 0);
    printf("# %d steps were taken of %d\n", steps, LIVES * STEPS);
    ok(steps > LIVES * 5);
    ok(ran > 0); /* some began */
}
ON_EACH_STORE(events_tell_the_state)

/* ---- many hands at once ---- */

struct hand {
    struct act act;
    pthread_t thread;
};

static void *work(void *ctx)
{
    struct hand *h = ctx;
    act(&h->act);
    arena_thread_end();
    return NULL;
}

static void at_once(struct hand *hands, size_t n)
{
    for (size_t i = 0; i < n; i++)
        must(pthread_create(&hands[i].thread, NULL, work, &hands[i]) == 0);
    for (size_t i = 0; i < n; i++)
        pthread_join(hands[i].thread, NULL);
}

enum { ROUNDS = 6 };

/*
 * Both say yes in the same moment: either both count, and it runs, or one is told that the page was
 * older; pressed again, it runs. Contacts go out once.
 */
static void both_at_once_here(void)
{
    int wrong = 0;
    int conflicts = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct two t = asked(false);
        size_t before = world_mails(&product, S(MENTOR_MAIL));
        struct hand hands[] = { { .act = step_of(t.pair, "accept_mentor", BY_LINK, &of_mentor) },
                                { .act = step_of(t.pair, "accept_mentee", BY_LINK, &of_mentee) } };
        at_once(hands, 2);
        for (int i = 0; i < 2; i++)
            if (hands[i].act.failed || hands[i].act.result != PROCEDURE_DONE) {
                conflicts++;
                wrong += take(t.pair, i ? "accept_mentee" : "accept_mentor", BY_LINK,
                              i ? &of_mentee : &of_mentor) != PROCEDURE_DONE;
            }
        wrong += !state_is(t.pair, "running");
        wrong += world_mails(&product, S(MENTOR_MAIL)) != before + 1;
        wrong += wrong_books(&t);
    }
    eq_int(wrong, 0);
    printf("# %d of %d had to press again\n", conflicts, 2 * ROUNDS);
}
ON_EACH_STORE(both_at_once)

/* The office calls it off while the second one says yes: one of both, never a bit of each. */
static void called_off_meanwhile_here(void)
{
    int wrong = 0;
    int began = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct two t = asked(false);
        eq_int(take(t.pair, "accept_mentor", BY_LINK, &of_mentor), PROCEDURE_DONE);
        struct hand hands[] = { { .act = step_of(t.pair, "call_off", BY_PERSON, NULL) },
                                { .act = step_of(t.pair, "accept_mentee", BY_LINK, &of_mentee) } };
        at_once(hands, 2);
        bool off = !hands[0].act.failed && hands[0].act.result == PROCEDURE_DONE;
        bool yes = !hands[1].act.failed && hands[1].act.result == PROCEDURE_DONE;
        began += yes;
        wrong += off == yes;
        wrong += !state_is(t.pair, off ? "called_off" : "running");
        wrong += wrong_books(&t);
    }
    eq_int(wrong, 0);
    printf("# began in %d of %d\n", began, ROUNDS);
}
ON_EACH_STORE(called_off_meanwhile)

static void make_withdrawn(struct rq *rq, struct tx *tx, struct act *a)
{
    consent_withdraw(rq, tx, S(MENTORING_AGREES), a->person);
}

/* A consent is withdrawn while the second one says yes: whoever was first, it does not run on. */
static void a_consent_in_the_middle_here(void)
{
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct two t = asked(false);
        eq_int(take(t.pair, "accept_mentor", BY_LINK, &of_mentor), PROCEDURE_DONE);
        struct hand hands[] = { { .act = { .run = make_withdrawn, .person = t.mentee_person } },
                                { .act = step_of(t.pair, "accept_mentee", BY_LINK, &of_mentee) } };
        at_once(hands, 2);
        wrong += hands[0].act.failed || !look(t.pair).closed_at;
        wrong += wrong_books(&t);
    }
    eq_int(wrong, 0);
}
ON_EACH_STORE(a_consent_in_the_middle)

static const struct test tests[] = {
    TEST(events_tell_the_state),
    TEST(both_at_once),
    TEST(called_off_meanwhile),
    TEST(a_consent_in_the_middle),
};
TEST_MAIN(tests)
