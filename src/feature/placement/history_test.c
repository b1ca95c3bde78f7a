/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Histories of placements, on both engines: at random, where replaying the events gives the state
 * and no event is ever another one than it was; and with many hands at once.
 */
#include <pthread.h>

#include "feature/placement/stage_test.h"

/* ---- histories at random ---- */

static uint64_t lot = 20261123;

static uint32_t draw(uint32_t below)
{
    lot = lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(lot >> 33) % below;
}

#define FITS_MOST 32

static bool came_far;
static bool called_full; /* an organisation said that all places are taken, however many were */

/* Everything that any step asks for. */
static struct placement_form everything(void)
{
    struct placement_form f = placing;
    f.given = S("office");
    f.writes = draw(3) ? S("organisation") : S("person");
    f.meets_on = meeting.meets_on;
    f.meets_place = meeting.meets_place;
    f.meets_with = meeting.meets_with;
    f.commissioned_on = commissioned.commissioned_on;
    f.commissioned_by = commissioned.commissioned_by;
    f.supervisor = commissioned.supervisor;
    f.scope = commissioned.scope;
    f.trial_from = trying.trial_from;
    f.trial_to = trying.trial_to;
    f.rating_person = f.rating_organisation = 1 + draw(5);
    f.ended_on = ending.ended_on;
    f.end_reason = ending.end_reason;
    f.exit_reason = no_time.exit_reason;
    return f;
}

/* A step at random of those that begin in this state: as often as not it is refused. */
static const char *random_verb(str state)
{
    const struct procedure_step *fits[FITS_MOST];
    uint32_t n = 0;
    for (const struct procedure_step *s = placement_procedure.steps; s->verb; s++) {
        bool out = !placement_step_leads_on(str_from_c(s->verb));
        /* The ways out are many: take them more seldom, so that some come far. */
        if (n < FITS_MOST && str_eq(str_from_c(s->from), state) && (!out || !draw(8)))
            fits[n++] = s;
    }
    return n ? fits[draw(n)]->verb : "fly";
}

static bool random_step(int64_t id)
{
    static const enum procedure_who whos[] = { BY_PERSON, BY_PERSON, BY_LINK, BY_JOB };
    struct placement_form f = everything();
    const char *verb = random_verb(look(id).state);
    bool done = take(id, verb, whos[draw(4)], &f) == PROCEDURE_DONE;
    came_far |= done && str_eq(str_from_c(verb), S("place"));
    called_full |= done && str_eq(str_from_c(verb), S("answer_full"));
    return done;
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

static bool follows(struct event_row_rows rows)
{
    bool good = rows.n > 0;
    for (size_t i = 0; i + 1 < rows.n; i++)
        good &= str_eq(rows.v[i].from_state, rows.v[i + 1].to_state);
    return good;
}

enum { LIVES = 12, STEPS = 60 };

/* The books agree with the states: places, records held, what is closed. */
static void books_agree(const int64_t *ids, const int64_t *people, int64_t offer)
{
    int64_t placed = 0;
    int wrong = 0;
    for (int i = 0; i < LIVES; i++) {
        struct placement_full p = look(ids[i]);
        bool in_place = str_eq(p.state, S("placed")) || str_eq(p.state, S("followed"));
        bool over = str_eq(p.state, S("ended")) || str_eq(p.state, S("no_interest")) ||
                    str_eq(p.state, S("silent_org")) || str_eq(p.state, S("silent_person")) ||
                    str_eq(p.state, S("unfit")) || str_eq(p.state, S("broken_off"));
        placed += in_place;
        wrong += over != (p.closed_at > 0);
        wrong += held(people[i]) != !over;
        wrong += over && !p.reason.n;
    }
    eq_int(wrong, 0);
    if (called_full)
        ok(places(offer).placed >= placed);
    else
        eq_int(places(offer).placed, placed);
}

static void events_tell_the_state_here(void)
{
    int64_t ids[LIVES];
    int64_t people[LIVES];
    int64_t offer = an_offer(3, false);
    int wrong = 0;
    int steps = 0;
    came_far = called_full = false;
    for (int i = 0; i < LIVES; i++) {
        people[i] = i % 2 ? somebody() : somebody_who_agrees();
        ids[i] = proposed(people[i], offer);
    }
    for (int k = 0; k < LIVES * STEPS; k++) {
        uint32_t i = draw(LIVES);
        if (look(ids[i]).closed_at)
            ids[i] = proposed(people[i], offer); /* what is over may begin anew */
        int64_t id = ids[i];
        struct event_row_rows before = events_of(id);
        steps += random_step(id);
        struct event_row_rows after = events_of(id);
        wrong += !kept(before, after) || !follows(after);
        wrong += !str_eq(procedure_replay(after), look(id).state);
        clock_set(clock_now() + (int64_t)draw(2) * DAY);
        if (k % 8 == 0)
            books_agree(ids, people, offer);
    }
    eq_int(wrong, 0);
    ok(steps > LIVES * 5);
    printf("# %d steps were taken of %d\n", steps, LIVES * STEPS);
    ok(came_far); /* some were placed */
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

static struct hand hand_for(int64_t id, const char *verb, const struct placement_form *f)
{
    return (struct hand){ .act = { .run = take_step,
                                   .staff = true,
                                   .ask = { .procedure = &placement_procedure,
                                            .id = id,
                                            .verb = str_from_c(verb),
                                            .who = BY_PERSON,
                                            .data = f } } };
}

enum { ROUNDS = 8 };

/* Two counsellors make the same contact: the organisation hears of it once. */
static void two_counsellors_here(void)
{
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t id = proposed(somebody_who_agrees(), an_offer(1, false));
        size_t before = world_mails(&product, S("verein@verein.example"));
        struct hand hands[] = { hand_for(id, "contact", &by_organisation),
                                hand_for(id, "contact", &by_organisation) };
        at_once(hands, 2);
        int done =
            (hands[0].act.result == PROCEDURE_DONE) + (hands[1].act.result == PROCEDURE_DONE);
        wrong += done != 1 || hands[0].act.failed || hands[1].act.failed;
        wrong += world_mails(&product, S("verein@verein.example")) != before + 1;
        wrong += !state_is(id, "contact") || events_of(id).n != 2;
    }
    eq_int(wrong, 0);
}
ON_EACH_STORE(two_counsellors)

/* Two people on the last place: one has it, the other is told that it is taken. */
static void the_last_place_here(void)
{
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t offer = an_offer(1, false);
        int64_t a = on_trial(somebody_who_agrees(), offer);
        int64_t b = on_trial(somebody_who_agrees(), offer);
        struct hand hands[] = { hand_for(a, "place", &placing), hand_for(b, "place", &placing) };
        at_once(hands, 2);
        bool first = hands[0].act.result == PROCEDURE_DONE;
        wrong += first == (hands[1].act.result == PROCEDURE_DONE);
        wrong += hands[first].act.result != PROCEDURE_REFUSED;
        wrong += places(offer).placed != 1 || !str_eq(places(offer).state, S("filled"));
        wrong += !state_is(first ? a : b, "placed") || !state_is(first ? b : a, "trial");
    }
    eq_int(wrong, 0);
}
ON_EACH_STORE(the_last_place)

/*
 * A consent is withdrawn while contact is made. Either nothing went out, or what went out is frozen
 * and the organisation was told to delete it.
 */
static void a_consent_in_the_middle_here(void)
{
    int wrong = 0;
    int sent = 0;
    for (int round = 0; round < 2 * ROUNDS; round++) {
        int64_t person = somebody_who_agrees();
        int64_t id = proposed(person, an_offer(1, false));
        size_t before = world_mails(&product, S("verein@verein.example"));
        struct hand hands[] = { hand_for(id, "contact", &by_organisation),
                                { .act = { .run = make_withdrawn, .person = person } } };
        struct hand swapped[] = { hands[1], hands[0] };
        bool turn = round % 2;
        at_once(turn ? swapped : hands, 2);
        struct act contact = turn ? swapped[1].act : hands[0].act;
        size_t mails = world_mails(&product, S("verein@verein.example")) - before;
        wrong += contact.failed;
        if (contact.result == PROCEDURE_DONE) {
            sent++;
            wrong += mails != 2 || !state_is(id, "frozen");
        } else {
            wrong += contact.result != PROCEDURE_REFUSED || mails || !state_is(id, "proposed");
        }
    }
    eq_int(wrong, 0);
    printf("# contact was first in %d of %d\n", sent, 2 * ROUNDS);
}
ON_EACH_STORE(a_consent_in_the_middle)

/* The same person is proposed for the same offer by two at once: there is one placement. */
static void not_twice_here(void)
{
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t person = somebody();
        int64_t offer = an_offer(1, false);
        struct hand hands[2];
        for (int i = 0; i < 2; i++)
            hands[i] =
                (struct hand){ .act = { .run = make_placement, .person = person, .offer = offer } };
        at_once(hands, 2);
        wrong += (hands[0].act.id != 0) == (hands[1].act.id != 0);
        wrong += held(person) != 1;
    }
    eq_int(wrong, 0);
}
ON_EACH_STORE(not_twice)

static const struct test tests[] = {
    TEST(events_tell_the_state),   TEST(two_counsellors), TEST(the_last_place),
    TEST(a_consent_in_the_middle), TEST(not_twice),
};
TEST_MAIN(tests)
