/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Histories of advice cases, on both engines: at random, where replaying the events gives the state
 * and no event is ever another one than it was; and with two counsellors at the same moment.
 */
#include <pthread.h>

#include "feature/advice/stage_test.h"

/* ---- histories at random ---- */

static uint64_t lot = 20261123;

static uint32_t draw(uint32_t below)
{
    lot = lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(lot >> 33) % below;
}

struct act {
    struct procedure_ask ask;
    enum procedure_result result;
};

static void in_town(struct tx *tx, void *ctx)
{
    struct act *a = ctx;
    enum msg why;
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &tx->db, &cities, city_by_id(&cities, town));
    rq.who.city_permissions = UINT32_C(1) << PERM_person_handle;
    rq.who.account_id = counsellor_here;
    a->result = procedure_step(&rq, tx, &a->ask, &why);
    city_list_end(product.app.cities, &cities);
}

static enum procedure_result take(const struct procedure_ask *ask)
{
    struct act a = { .ask = *ask };
    struct arena arena;
    arena_init(&arena, 0);
    bool failed = tx_do(product.app.store, &arena, in_town, &a) != ERR_OK;
    arena_free(&arena);
    return failed ? PROCEDURE_ABSENT : a.result;
}

/* Any step at all, of those that begin here or of others: as often as not it is refused. */
static const struct procedure_step *random_step(str state)
{
    const struct procedure_step *steps = advice_procedure.steps;
    const struct procedure_step *fits[64] = { NULL };
    uint32_t n = 0;
    for (const struct procedure_step *s = steps; s->verb; s++) {
        str from = str_from_c(s->from);
        bool here_or_any = str_eq(from, state) || str_eq(from, S("*"));
        if (s->who && n < 64 && (here_or_any || !draw(12)))
            fits[n++] = s;
    }
    must(n);
    return fits[draw(n)];
}

static bool happens(int64_t id)
{
    struct advice_hand hand = { .office_id = draw(2) ? bureau : agency, .agreed = draw(4) };
    const struct procedure_step *s = random_step(look(id).state);
    struct procedure_ask ask = { .procedure = &advice_procedure,
                                 .id = id,
                                 .verb = str_from_c(s->verb),
                                 .who = draw(8) ? BY_PERSON : BY_LINK,
                                 .note = draw(4) ? S("Weil es so ist") : S(""),
                                 .data = &hand };
    return take(&ask) == PROCEDURE_DONE;
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

/* Closed when it says so; it waits for an answer exactly when the last of the three says so. */
static bool books_agree(int64_t id, struct event_row_rows events)
{
    struct advice_row v = look(id);
    bool waits = false;
    for (size_t i = events.n; i-- > 0;) {
        if (str_eq(events.v[i].verb, S("hand_over")))
            waits = true;
        else if (str_eq(events.v[i].verb, S("accept")) || str_eq(events.v[i].verb, S("decline")))
            waits = false;
    }
    return (v.closed_at > 0) == str_eq(v.state, S("closed")) && (v.handed_at > 0) == waits;
}

enum { LIVES = 10, STEPS = 60 };

static void events_tell_the_state_here(void)
{
    int64_t ids[LIVES];
    int wrong = 0;
    int steps = 0;
    int handed = 0;
    for (int i = 0; i < LIVES; i++)
        ids[i] = a_case();
    for (int k = 0; k < LIVES * STEPS; k++) {
        int64_t id = ids[draw(LIVES)];
        struct event_row_rows before = events_of(id);
        bool done = happens(id);
        struct event_row_rows after = events_of(id);
        steps += done;
        wrong += after.n != before.n + done;
        wrong += !kept(before, after) || !follows(after) || !books_agree(id, after);
        wrong += !str_eq(procedure_replay(after), look(id).state);
        handed += done && str_eq(after.v[0].verb, S("accept"));
        clock_set(clock_now() + (int64_t)draw(2) * DAY);
    }
    eq_int(wrong, 0);
    ok(steps > LIVES * 8);
    ok(handed > 3);
    printf("# %d steps were taken of %d, %d hand-overs accepted\n", steps, LIVES * STEPS, handed);
}
ON_EACH_STORE(events_tell_the_state)

/* ---- two counsellors at the same moment ---- */

struct hand {
    pthread_t thread;
    struct ask ask;
    struct arena keep;
    struct answer answer;
};

static void *work(void *ctx)
{
    struct hand *h = ctx;
    h->ask.keep = &h->keep;
    h->answer = product_ask(&product, &h->ask);
    arena_thread_end();
    return NULL;
}

static void at_once(struct hand hands[2])
{
    for (int i = 0; i < 2; i++) {
        arena_init(&hands[i].keep, 0);
        must(pthread_create(&hands[i].thread, NULL, work, &hands[i]) == 0);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(hands[i].thread, NULL);
}

static void let_go(struct hand hands[2])
{
    for (int i = 0; i < 2; i++)
        arena_free(&hands[i].keep);
}

static int count(const struct hand hands[2], int status)
{
    return (hands[0].answer.status == status) + (hands[1].answer.status == status);
}

#define FIELDS_MOST 8

/* Both send the form that both have seen; `typed` is what each of them wrote. */
static void both_send(struct hand hands[2], const char *target, const struct http_field *fields)
{
    const struct visitor *who[2] = { &here, &there };
    for (int i = 0; i < 2; i++) {
        struct http_field *all = NEW_ARRAY(&t_arena, FIELDS_MOST, struct http_field);
        size_t n = 0;
        all[n++] = (struct http_field){ S("csrf"), product_token(&product, who[i]) };
        for (const struct http_field *f = fields; f->name.n; f++)
            all[n++] = *f;
        all[n] = (struct http_field)LAST_FIELD;
        hands[i] = (struct hand){ .ask = { .method = HTTP_POST,
                                           .target = target,
                                           .who = who[i],
                                           .fields = all,
                                           .without_token = true } };
    }
    at_once(hands);
}

static const char *part_of(int64_t id, const char *part)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, CASES "%lld/%s", (long long)id, part));
}

enum { ROUNDS = 8 };

/* One talk is kept; the other counsellor is told, and has everything before them still. */
static void two_talks_here(void)
{
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t id = a_case();
        struct hand hands[2];
        const struct http_field fields[] = { { S("seen"), mark_of(id) },
                                             { S("held_on"), S("2.3.2026") },
                                             { S("channel"), S("phone") },
                                             { S("minutes"), S("33") },
                                             { S("protocol"), S("Was ich gehört habe") },
                                             LAST_FIELD };
        both_send(hands, part_of(id, "gespraech"), fields);
        wrong += count(hands, 303) != 1 || count(hands, 409) != 1;
        const struct answer *late = &hands[hands[0].answer.status == 303].answer;
        wrong += !answer_says(late, "Inzwischen hat jemand") ||
                 !answer_says(late, "Was ich gehört habe") || !answer_says(late, "value=\"33\"");
        wrong += talks_of(id).n != 1 || events_of(id).n != 2 || !state_is(id, "advised");
        let_go(hands);
    }
    eq_int(wrong, 0);
}
ON_EACH_STORE(two_talks)

/* One begins the case; the other is told that there is one, and loses nothing. */
static void two_beginnings_here(void)
{
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t person = world_person(&product, town);
        struct hand hands[2];
        const struct http_field fields[] = { { S("person"), str_from_c(number(person)) },
                                             { S("open"), S("0") },
                                             { S("channel"), S("phone") },
                                             { S("reason"), S("Möchte vorlesen") },
                                             LAST_FIELD };
        both_send(hands, CASES "neu", fields);
        wrong += count(hands, 303) != 1 || count(hands, 409) != 1;
        const struct answer *late = &hands[hands[0].answer.status == 303].answer;
        wrong += !answer_says(late, "Möchte vorlesen");
        let_go(hands);
    }
    eq_int(wrong, 0);
}
ON_EACH_STORE(two_beginnings)

/* One accepts and one declines at once: one answer holds. */
static void two_answers_here(void)
{
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t id = a_case();
        struct hand hands[2];
        struct advice_hand hand = { agency, true };
        struct procedure_ask ask = { .procedure = &advice_procedure,
                                     .id = id,
                                     .verb = S("hand_over"),
                                     .note = S("Dort gibt es Lesepaten"),
                                     .data = &hand };
        wrong += take(&ask) != PROCEDURE_DONE;
        const struct http_field fields[] = { { S("step"), S("accept") }, LAST_FIELD };
        both_send(hands, part_of(id, "uebernahme"), fields);
        wrong += count(hands, 303) != 1 || count(hands, 422) != 1;
        wrong += look(id).handed_at != 0 || !look(id).account_id || events_of(id).n != 3;
        let_go(hands);
    }
    eq_int(wrong, 0);
}
ON_EACH_STORE(two_answers)

static const struct test tests[] = {
    TEST(events_tell_the_state),
    TEST(two_talks),
    TEST(two_beginnings),
    TEST(two_answers),
};
TEST_MAIN(tests)
