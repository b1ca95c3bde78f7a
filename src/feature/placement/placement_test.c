/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Placements on both engines: the whole way with every guard that stands in it, waiting lists in
 * their order, reminders, consents that end, people who leave.
 */
#include "feature/placement/stage_test.h"
#include "web/erasure.h"
#include "web/job.h"

static str due_of(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct due_row *row = due_find(&db, town, S("placement"), id);
    str day = row ? row->due_on : S("");
    db_end(&db);
    return day;
}

static void withdraws(int64_t person)
{
    struct act a = { .run = make_withdrawn, .person = person };
    act(&a);
}

/* ---- the page ---- */

#define FIELDS_MOST          16
#define PRESS(id, verb, ...) press(id, verb, (const struct http_field[]){ __VA_ARGS__, LAST_FIELD })
#define V(name, value)                  \
    {                                   \
        STR_INIT(name), STR_INIT(value) \
    }

static struct answer press(int64_t id, const char *verb, const struct http_field *more)
{
    struct http_field fields[FIELDS_MOST] = { { S("step"), str_from_c(verb) } };
    size_t n = 1;
    for (; more->name.n; more++)
        fields[n++] = *more;
    fields[n] = (struct http_field)LAST_FIELD;
    return post(&product, &staff, world_path("/stadt/buero/vermittlungen/{id}/schritt", id),
                fields);
}

static bool refuses(const struct answer *a, const char *words)
{
    if (a->status != 422)
        printf("# status %d\n", a->status);
    return a->status == 422 && answer_says(a, words);
}

static int follow_link(const char *link, const char *part, const char *sentence)
{
    const struct http_field fields[] = { { S("act"), str_from_c(part) },
                                         { S("answer"), str_from_c(sentence) },
                                         LAST_FIELD };
    return post(&product, NULL, link, fields).status;
}

/* ---- the whole way ---- */

static int64_t begin_by_page(int64_t person, int64_t offer, int status)
{
    const struct http_field fields[] = {
        { S("person"), str_fmt(&t_arena, "%lld", (long long)person) },
        { S("offer"), str_fmt(&t_arena, "%lld", (long long)offer) },
        { S("why"), S("Sie lesen gern.") },
        LAST_FIELD
    };
    struct answer a = post(&product, &staff, "/stadt/buero/vermittlungen/neu", fields);
    int64_t id = 0;
    eq_int(a.status, status);
    str to = header_of(&a, S("Location"));
    ptrdiff_t at = str_find(to, S("vermittlungen/"));
    if (at >= 0)
        str_to_i64(str_slice(to, (size_t)at + 14, to.n), &id);
    return id;
}

/* Proposed and passed on; what stands in the way is said. */
static void contact_is_made(int64_t id)
{
    struct answer a = PRESS(id, "contact", V("writes", "organisation"));
    ok(refuses(&a, "Ohne gültige Einwilligung"));
    a = PRESS(id, "withdraw", V("x", ""));
    ok(refuses(&a, "keine Einwilligung"));
    a = PRESS(id, "wait", V("x", ""));
    ok(refuses(&a, "noch Plätze frei"));
    a = PRESS(id, "silent_person", V("x", ""));
    ok(refuses(&a, "eine Woche Zeit"));
    a = PRESS(id, "no_interest", V("note", "ohne Grund"));
    eq_int(a.status, 422);
    eq_int(PRESS(id, "tell", V("x", "")).status, 303);
    eq_int(PRESS(id, "agree", V("given", "office")).status, 303);
    size_t before = world_mails(&product, S("verein@verein.example"));
    eq_int(PRESS(id, "contact", V("writes", "organisation")).status, 303);
    ok(state_is(id, "contact"));
    eq_int(world_mails(&product, S("verein@verein.example")), before + 1);
    struct mail_full m = world_newest_mail(&product, town, "verein@verein.example");
    ok(str_find(m.body_text, S("0451 12345")) >= 0);
    ok(str_find(m.subject, S("„Vorlesen“")) >= 0);
    ok(str_ends(m.subject, S("in Musterstadt")));
    eq_str(due_of(id), S("2026-03-09"));
    ok(look(id).consent.n == 6 && look(id).consent_at);
}

static void it_is_tried(int64_t id)
{
    struct answer a = PRESS(id, "silent_org", V("x", ""));
    ok(refuses(&a, "eine Woche Zeit"));
    const char *theirs = world_mailed_link(&product, town, "verein@verein.example");
    size_t before = events_of(id).n;
    eq_int(get(&product, NULL, theirs).status, 200);
    eq_int(events_of(id).n, before); /* looking answers nothing */
    eq_int(follow_link(theirs, "ja", "Kommen Sie am Dienstag."), 303);
    struct mail_full m = world_newest_mail(&product, town, "heide@beispiel.example");
    ok(str_find(m.body_text, S("Kommen Sie am Dienstag.")) >= 0);
    a = PRESS(id, "silent_org", V("x", ""));
    ok(refuses(&a, "schon geantwortet"));
    eq_int(PRESS(id, "meet", V("meets_on", "10.3.2026"), V("meets_place", "Vereinsheim"),
                 V("meets_with", "Frau Muster"))
               .status,
           303);
    eq_str(due_of(id), S("2026-03-11"));
    a = PRESS(id, "trial", V("trial_from", "11.3.2026"), V("trial_to", "20.3.2026"));
    ok(refuses(&a, "Beauftragung durch die Organisation"));
    const struct http_field commission[] = { V("commissioned_on", "9.3.2026"),
                                             V("commissioned_by", "Vorstand"),
                                             V("supervisor", "Frau Muster"), V("scope", "Vorlesen"),
                                             LAST_FIELD };
    eq_int(post(&product, NULL, world_under(theirs, "/beauftragen"), commission).status, 303);
    eq_int(PRESS(id, "trial", V("trial_from", "11.3.2026"), V("trial_to", "20.3.2026")).status,
           303);
    ok(state_is(id, "trial"));
    eq_str(due_of(id), S("2026-03-20"));
}

#define PLACE(id, ...)                                                                          \
    PRESS(id, "place", V("starts_on", "1.4.2026"), V("hours_week", "2"), V("expenses", "none"), \
          V("person_agrees", "1"), V("organisation_agrees", "1"), __VA_ARGS__)

static void it_is_placed(int64_t id)
{
    struct answer a = PRESS(id, "place", V("starts_on", "1.4.2026"), V("hours_week", "2"),
                            V("expenses", "none"), V("checked", "not_needed"));
    ok(refuses(&a, "wenn beide Seiten zugesagt haben"));
    a = PLACE(id, V("checked", "not_needed"));
    ok(refuses(&a, "Arbeit mit Kindern"));
    a = PLACE(id, V("checked", "inspected"));
    ok(refuses(&a, "keine Einsicht"));
    a = PLACE(id, V("checked", "exempt"));
    ok(refuses(&a, "braucht eine Begründung"));
    ok(state_is(id, "trial"));
    eq_int(PLACE(id, V("checked", "exempt"), V("checked_why", "Nie allein.")).status, 303);
    ok(state_is(id, "placed"));
    eq_str(due_of(id), S("2026-05-13"));
}

static void it_is_looked_after(int64_t id)
{
    struct answer a = PRESS(id, "follow_up", V("rating_person", "5"));
    ok(refuses(&a, "Zufriedenheit beider Seiten"));
    eq_int(PRESS(id, "ask", V("x", "")).status, 303);
    const char *theirs = world_mailed_link(&product, town, "verein@verein.example");
    const struct http_field rating[] = { V("act", "bewerten"), V("rating", "4"),
                                         V("answer", "Sehr gut."), LAST_FIELD };
    eq_int(post(&product, NULL, theirs, rating).status, 303);
    eq_int(PRESS(id, "follow_up", V("rating_person", "5")).status, 303);
    ok(state_is(id, "followed"));
    eq_str(due_of(id), S("2026-09-30"));
    eq_int(PRESS(id, "go_on", V("x", "")).status, 303);
    ok(state_is(id, "placed"));
    a = PRESS(id, "end", V("ended_on", "1.3.2026"));
    eq_int(a.status, 422);
    eq_int(PRESS(id, "end", V("ended_on", "1.3.2026"), V("end_reason", "moving")).status, 303);
    ok(state_is(id, "ended"));
    eq_str(due_of(id), S(""));
}

static void the_whole_way_here(void)
{
    int64_t person = somebody();
    int64_t offer = an_offer(1, true);
    int64_t id = begin_by_page(person, offer, 303);
    must(id);
    ok(state_is(id, "proposed"));
    eq_str(due_of(id), S("2026-03-09"));
    begin_by_page(person, offer, 422); /* not twice */
    eq_int(held(person), 1);
    contact_is_made(id);
    it_is_tried(id);
    it_is_placed(id);
    eq_int(places(offer).placed, 1);
    eq_str(places(offer).state, S("filled"));
    it_is_looked_after(id);
    eq_int(places(offer).placed, 0);
    eq_str(places(offer).state, S("published"));
    eq_int(held(person), 0);
    struct answer page = get(&product, &staff, world_path("/stadt/buero/vermittlungen/{id}", id));
    ok(answer_says(&page, "Umzug"));
    ok(answer_says(&page, "Nie allein."));
    ok(begin_by_page(person, offer, 303)); /* what has ended may begin anew */
}
ON_EACH_STORE(the_whole_way)

/* ---- who may ---- */

static void others_see_nothing_here(void)
{
    int64_t id = proposed(somebody(), an_offer(1, false));
    const char *page = world_path("/stadt/buero/vermittlungen/{id}", id);
    struct visitor member =
        product_sign_in(&product, world_account(&product, town, "organisation_manager", club));
    eq_int(get(&product, NULL, page).status, 303);
    eq_int(get(&product, &member, page).status, 403);
    int64_t far = world_town(&product, "fern", "Fernstadt");
    struct visitor stranger =
        product_sign_in(&product, world_account(&product, far, "counsellor", 0));
    eq_int(get(&product, &stranger, page).status, 403);
    eq_int(get(&product, &stranger, world_path("/fern/buero/vermittlungen/{id}", id)).status, 404);
    eq_int(take(id, "place", BY_LINK, &placing), PROCEDURE_ABSENT);
    eq_int(take(id, "move_up", BY_LINK, NULL), PROCEDURE_ABSENT);
}
ON_EACH_STORE(others_see_nothing)

/* ---- waiting lists ---- */

static void lists_move_up_in_order_here(void)
{
    int64_t offer = an_offer(1, false);
    int64_t first = on_trial(somebody_who_agrees(), offer);
    int64_t late = on_trial(somebody_who_agrees(), offer);
    eq_int(take(first, "place", BY_PERSON, &placing), PROCEDURE_DONE);
    eq_int(take(late, "place", BY_PERSON, &placing), PROCEDURE_REFUSED);
    eq_int(take(late, "break_off", BY_PERSON, &no_time), PROCEDURE_DONE);
    int64_t second = proposed(somebody(), offer);
    clock_set(clock_now() + 60);
    int64_t third = proposed(somebody(), offer);
    ok(state_is(second, "waiting"));
    ok(state_is(third, "waiting"));
    eq_int(take(third, "move_up", BY_JOB, NULL), PROCEDURE_REFUSED);
    eq_int(take(first, "end", BY_PERSON, &ending), PROCEDURE_DONE);
    ok(state_is(second, "proposed")); /* and nobody else */
    ok(state_is(third, "waiting"));
    ok(due_of(second).n);
    eq_int(take(second, "no_interest", BY_LINK, &no_time), PROCEDURE_DONE);
    ok(state_is(third, "proposed"));
    struct mail_full m = world_newest_mail(&product, town, "heide@beispiel.example");
    ok(str_find(m.subject, S("Ein Platz ist frei")) >= 0);
}
ON_EACH_STORE(lists_move_up_in_order)

static void night(int64_t now)
{
    struct job_run run = { .arena = &t_arena, .now = now };
    clock_set(now);
    staff = product_sign_in(&product, world_account(&product, town, "counsellor", 0));
    eq_int(job_run_now(&product.app, S("placement.care"), &run), ERR_OK);
    ok(!run.failed);
}

static void the_night_reminds_and_moves_here(void)
{
    int64_t start = clock_now();
    int64_t offer = an_offer(1, false);
    int64_t id = proposed(somebody_who_agrees(), offer);
    eq_int(take(id, "contact", BY_PERSON, &by_organisation), PROCEDURE_DONE);
    size_t before = world_mails(&product, S("verein@verein.example"));
    night(start + 6 * DAY);
    eq_int(world_mails(&product, S("verein@verein.example")), before);
    struct answer page = get(&product, &staff, "/stadt/buero/vermittlungen?list=unanswered");
    ok(answer_says(&page, "Hier ist nichts zu tun."));
    night(start + 8 * DAY);
    night(start + 9 * DAY);
    eq_int(world_mails(&product, S("verein@verein.example")), before + 1); /* once */
    page = get(&product, &staff, "/stadt/buero/vermittlungen?list=unanswered");
    ok(answer_says(&page, "Heide Beispiel"));
    eq_str(due_of(id), S("2026-03-09")); /* it is late, and stays so */
    const char *theirs = world_mailed_link(&product, town, "verein@verein.example");
    eq_int(follow_link(theirs, "voll", ""), 303);
    ok(state_is(id, "waiting"));
    eq_str(places(offer).state, S("filled"));
    eq_int(places(offer).placed, 1); /* the organisation says so */
    set_offer(offer, 2, false);
    night(start + 10 * DAY);
    ok(state_is(id, "waiting")); /* it is still said to be filled */
    page = get(&product, &staff, "/stadt/buero/vermittlungen/antwortzeiten");
    ok(answer_says(&page, "9 Tage"));
}
ON_EACH_STORE(the_night_reminds_and_moves)

/* ---- consents ---- */

static void a_withdrawn_consent_freezes_here(void)
{
    int64_t person = somebody_who_agrees();
    int64_t id = proposed(person, an_offer(2, false));
    int64_t other = proposed(person, an_offer(2, false));
    eq_int(take(id, "contact", BY_PERSON, &by_organisation), PROCEDURE_DONE);
    const char *theirs = world_mailed_link(&product, town, "verein@verein.example");
    withdraws(person);
    ok(state_is(id, "frozen"));
    ok(state_is(other, "proposed"));
    struct mail_full m = world_newest_mail(&product, town, "verein@verein.example");
    ok(str_find(m.subject, S("Bitte löschen")) >= 0);
    eq_int(get(&product, NULL, theirs).status, 410);
    struct answer a = PRESS(id, "contact", V("writes", "organisation"));
    ok(refuses(&a, "Ohne gültige Einwilligung"));
    eq_int(take(other, "contact", BY_PERSON, &by_organisation), PROCEDURE_REFUSED);
    eq_int(take(id, "meet", BY_PERSON, &meeting), PROCEDURE_CONFLICT);
    eq_int(PRESS(id, "agree", V("given", "paper")).status, 303);
    eq_int(PRESS(id, "contact", V("writes", "organisation")).status, 303);
    ok(state_is(id, "contact"));
    eq_int(look(id).withdrawn_at, 0);
}
ON_EACH_STORE(a_withdrawn_consent_freezes)

static void by_link_and_back_here(void)
{
    int64_t person = somebody();
    int64_t id = proposed(person, an_offer(1, false));
    eq_int(PRESS(id, "tell", V("x", "")).status, 303);
    const char *mine = world_mailed_link(&product, town, "heide@beispiel.example");
    struct answer page = get(&product, NULL, mine);
    ok(answer_says(&page, "Kontakt herstellen"));
    eq_int(follow_link(mine, "ja", ""), 303);
    ok(state_is(id, "contact"));
    ok(look(id).consent_at > 0);
    eq_int(follow_link(mine, "ja", ""), 409); /* once */
    eq_int(follow_link(mine, "widerrufen", ""), 303);
    ok(state_is(id, "frozen"));
    eq_int(follow_link(mine, "nein", "Keine Zeit."), 303);
    ok(state_is(id, "no_interest"));
    eq_str(events_of(id).v[0].note, S("Keine Zeit."));
    eq_int(held(person), 0);
}
ON_EACH_STORE(by_link_and_back)

/* The link ends with the "no": whoever said it is thanked all the same. */
static void an_organisation_declines_here(void)
{
    int64_t id = proposed(somebody_who_agrees(), an_offer(1, false));
    eq_int(take(id, "contact", BY_PERSON, &by_organisation), PROCEDURE_DONE);
    const char *theirs = world_mailed_link(&product, town, "verein@verein.example");
    const struct http_field no[] = { { S("act"), S("nein") }, LAST_FIELD };
    struct answer a = post(&product, NULL, theirs, no);
    eq_int(a.status, 200);
    ok(answer_says(&a, "Danke für Ihre Antwort"));
    ok(!answer_says(&a, "Heide Beispiel"));
    ok(state_is(id, "unfit"));
    eq_int(get(&product, NULL, theirs).status, 410);
}
ON_EACH_STORE(an_organisation_declines)

/* ---- the person goes ---- */

static void make_erased(struct rq *rq, struct tx *tx, struct act *a)
{
    struct erasure e = { rq->app, town, a->person, ERASE_BY_PERSON };
    erasure_do(tx, privacy_table_get(S("person")), &e);
}

static void goes_with_the_person_here(void)
{
    int64_t person = somebody_who_agrees();
    int64_t offer = an_offer(1, false);
    int64_t id = on_trial(person, offer);
    eq_int(take(id, "place", BY_PERSON, &placing), PROCEDURE_DONE);
    int64_t next = proposed(somebody(), offer);
    ok(state_is(next, "waiting"));
    struct act a = { .run = make_erased, .person = person };
    act(&a);
    struct placement_full p = look(id);
    ok(p.erased_at && p.closed_at && !p.commissioned_by.n && !p.meets_with.n && !p.name.n);
    eq_str(p.state, S("ended"));
    eq_int(events_of(id).n, 0);
    eq_int(places(offer).placed, 0);
    ok(state_is(next, "proposed")); /* a place is free */
}
ON_EACH_STORE(goes_with_the_person)

static const struct test tests[] = {
    TEST(the_whole_way),
    TEST(others_see_nothing),
    TEST(lists_move_up_in_order),
    TEST(the_night_reminds_and_moves),
    TEST(a_withdrawn_consent_freezes),
    TEST(by_link_and_back),
    TEST(an_organisation_declines),
    TEST(goes_with_the_person),
};
TEST_MAIN(tests)
