/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mentoring on both engines: the whole way by the pages and both links, every guard refused, the
 * sentences recomputed from the profiles, check-ins, consents that end, people who leave.
 */
#include "consent.sql.h"
#include "feature/consent/consent.h"
#include "feature/mentoring/stage_test.h"
#include "mentoring.text.h"
#include "web/job.h"

/* ---- what only these tests need ---- */

/* Refused, and for that reason. */
static bool refused(int64_t id, const char *verb, enum msg why, const struct mentoring_said *f)
{
    struct act a = step_of(id, verb, BY_PERSON, f);
    act(&a);
    return !a.failed && a.result == PROCEDURE_REFUSED && a.why == why;
}

static str due_of(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct due_row *row = due_find(&db, town, S("mentoring_pair"), id);
    str day = row ? row->due_on : S("");
    db_end(&db);
    return day;
}

static struct two running(void)
{
    struct two t = asked(false);
    eq_int(take(t.pair, "accept_mentor", BY_LINK, &of_mentor), PROCEDURE_DONE);
    eq_int(take(t.pair, "accept_mentee", BY_LINK, &of_mentee), PROCEDURE_DONE);
    return t;
}

/* ---- pages ---- */

#define FIELDS_MOST 16
#define V(name, value)                  \
    {                                   \
        STR_INIT(name), STR_INIT(value) \
    }

static int follow(const char *link, const char *part, const char *name, const char *value)
{
    const struct http_field fields[] = { { S("act"), str_from_c(part) },
                                         { str_from_c(name), str_from_c(value) },
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

static struct answer press(int64_t pair, const char *verb)
{
    const struct http_field fields[] = { { S("step"), str_from_c(verb) }, LAST_FIELD };
    return post(&product, &staff, world_path("/stadt/buero/mentoring/paare/{id}/schritt", pair),
                fields);
}

static int64_t programme_by_page(void)
{
    const struct http_field fields[] = { V("title", "Lesen und Ankommen"),
                                         V("aim", "Zwei Menschen lesen zusammen."),
                                         V("audience", "Erwachsene"),
                                         V("mentor_word", "Lotsin"),
                                         V("mentee_word", "Gast"),
                                         V("rhythm", "weekly"),
                                         V("months", "6"),
                                         V("questions", "Was lesen Sie gern?"),
                                         LAST_FIELD };
    struct answer a = post(&product, &staff, "/stadt/buero/mentoring/neu", fields);
    eq_int(a.status, 303);
    return id_after(&a, "mentoring/");
}

static int64_t profile_by_page(int64_t programme, int64_t person, bool mentor)
{
    const struct http_field fields[] = { { S("person"),
                                           str_fmt(&t_arena, "%lld", (long long)person) },
                                         { S("side"), mentor ? S("mentor") : S("mentee") },
                                         V("topics", "reading"),
                                         V("languages", "de"),
                                         V("languages", "tr"),
                                         V("grid", "mo-afternoon"),
                                         V("room", "1"),
                                         V("frage-0", "Krimis"),
                                         V("agreed", "office"),
                                         LAST_FIELD };
    struct answer a = post(&product, &staff,
                           world_path("/stadt/buero/mentoring/{id}/aufnehmen", programme), fields);
    eq_int(a.status, 303);
    return id_after(&a, "profile/");
}

static void the_whole_way_here(void)
{
    int64_t programme = programme_by_page();
    int64_t mentor = profile_by_page(programme, somebody(true, false), true);
    int64_t mentee = profile_by_page(programme, somebody(false, false), false);
    struct answer page =
        get(&product, &staff, world_path("/stadt/buero/mentoring/profile/{id}", mentor));
    ok(answer_says(&page, "Krimis") && answer_says(&page, "Türkisch"));
    page = get(&product, &staff, world_path("/stadt/buero/mentoring/{id}/vorschlaege", programme));
    ok(answer_says(&page, "Gemeinsame Themen: Lesen"));
    ok(answer_says(&page, "Paul Pate") && answer_says(&page, "Mia Mentee"));
    const struct http_field both[] = {
        { S("mentor"), str_fmt(&t_arena, "%lld", (long long)mentor) },
        { S("mentee"), str_fmt(&t_arena, "%lld", (long long)mentee) },
        LAST_FIELD
    };
    struct answer a = post(&product, &staff,
                           world_path("/stadt/buero/mentoring/{id}/vorschlaege", programme), both);
    int64_t pair = id_after(&a, "paare/");
    ok(state_is(pair, "proposed"));
    eq_int(press(pair, "ask").status, 303);
    const char *theirs = world_mailed_link(&product, town, MENTOR_MAIL);
    const char *hers = world_mailed_link(&product, town, MENTEE_MAIL);
    size_t before = events_of(pair).n;
    page = get(&product, NULL, theirs);
    ok(answer_says(&page, "Beide haben Zeit: Montag nachmittags"));
    ok(answer_says(&page, "Mia") && !answer_says(&page, "Mia Mentee"));
    ok(!answer_says(&page, MENTEE_MAIL) && !answer_says(&page, "0451 222222"));
    eq_int(events_of(pair).n, before); /* looking answers nothing */
    eq_int(follow(theirs, "ja", "said", "Ich freue mich."), 303);
    ok(state_is(pair, "half"));
    eq_int(follow(theirs, "ja", "said", ""), 422); /* once */
    eq_int(follow(hers, "ja", "said", ""), 303);
    ok(state_is(pair, "running"));
    eq_str(look(pair).mentor_said, S("Ich freue mich."));
    eq_str(look(pair).started_on, S("2026-03-02"));
    eq_str(look(pair).ends_on, S("2026-09-02"));
    struct mail_full m = world_newest_mail(&product, town, MENTOR_MAIL);
    ok(str_find(m.body_text, S("0451 222222")) >= 0);
    page = get(&product, NULL, theirs);
    ok(answer_says(&page, "Mia Mentee"));
    page = get(&product, &staff, "/stadt/buero/mentoring/paare?q=mia");
    ok(answer_says(&page, "Paul Pate und Mia Mentee"));
    page = get(&product, &staff, "/stadt/buero/mentoring/paare?q=niemand");
    ok(!answer_says(&page, "Paul Pate"));
}
ON_EACH_STORE(the_whole_way)

/* ---- guards ---- */

static void withdrawn(struct rq *rq, struct tx *tx, struct act *a)
{
    consent_withdraw(rq, tx, a->words ? str_from_c(a->words) : S(MENTORING_AGREES), a->person);
}

static void make_inspected(struct rq *rq, struct tx *tx, struct act *a)
{
    struct certificate_facts facts = { .person_id = a->person,
                                       .inspected_on = S("2026-03-01"),
                                       .issued_on = S("2026-02-20") };
    certificate_keep(rq, tx, &facts);
}

static void close_programme(struct rq *rq, struct tx *tx, struct act *a)
{
    struct procedure_ask ask = { .procedure = &mentoring_programme_procedure,
                                 .id = a->programme,
                                 .verb = S("close") };
    a->result = procedure_step(rq, tx, &ask, &a->why);
}

static void who_may_begin_here(void)
{
    static struct mentoring_profile_form silent;
    struct two t = proposed(false);
    struct act again = { .run = make_pair, .mentor = t.mentor, .mentee = t.mentee };
    act(&again);
    ok(!again.id && again.why == MSG_mentoring_not_room);
    struct act swapped = { .run = make_pair, .mentor = t.mentee, .mentee = t.mentor };
    act(&swapped);
    ok(!swapped.id && swapped.why == MSG_mentoring_not_pair);
    eq_int(a_profile(t.programme, t.mentor_person, true), 0); /* not twice */
    eq_int(held(t.mentor_person), 1);
    eq_int(held(t.mentee_person), 1);

    silent = usual; /* the same, but nobody agreed */
    silent.agreed = S("");
    profile_form = &silent;
    struct two u = proposed(false);
    profile_form = &usual;
    ok(refused(u.pair, "ask", MSG_mentoring_not_agreed_mentor, NULL));
    struct act closing = { .run = close_programme, .programme = t.programme, .staff = true };
    act(&closing);
    ok(refused(t.pair, "ask", MSG_mentoring_not_open, NULL));
    eq_int(a_profile(t.programme, somebody(true, false), true), 0);
}
ON_EACH_STORE(who_may_begin)

/* Section 72a SGB VIII: both have said yes, and still it does not begin. */
static void with_a_minor_here(void)
{
    struct two t = asked(true);
    ok(refused(t.pair, "remind", MSG_mentoring_not_yet, NULL));
    eq_int(take(t.pair, "start", BY_PERSON, NULL), PROCEDURE_CONFLICT);
    size_t before = world_mails(&product, S(MENTOR_MAIL));
    eq_int(take(t.pair, "accept_mentee", BY_LINK, &of_mentee), PROCEDURE_DONE);
    eq_int(take(t.pair, "accept_mentor", BY_LINK, &of_mentor), PROCEDURE_DONE);
    ok(state_is(t.pair, "agreed"));
    eq_int(world_mails(&product, S(MENTOR_MAIL)), before); /* no data went out */
    eq_str(due_of(t.pair), S("2026-03-03"));
    ok(refused(t.pair, "start", MSG_mentoring_not_inspected, NULL));
    struct act inspecting = { .run = make_inspected, .person = t.mentor_person };
    act(&inspecting);
    eq_int(take(t.pair, "start", BY_PERSON, NULL), PROCEDURE_DONE);
    ok(state_is(t.pair, "running"));
    eq_int(world_mails(&product, S(MENTOR_MAIL)), before + 1);
    eq_str(due_of(t.pair), S("2026-03-16"));
}
ON_EACH_STORE(with_a_minor)

static void meetings_and_the_end_here(void)
{
    struct two t = running();
    struct mentoring_said f = { .day = S("2026-03-02"), .minutes = 0 };
    ok(refused(t.pair, "meet", MSG_mentoring_not_when, &f));
    f.minutes = 90;
    f.day = S("2026-03-03");
    ok(refused(t.pair, "meet", MSG_mentoring_not_future, &f));
    f.day = S("2026-03-01");
    ok(refused(t.pair, "meet", MSG_mentoring_not_before, &f));
    f.day = S("2026-03-02");
    eq_int(take(t.pair, "meet", BY_LINK, &f), PROCEDURE_DONE);
    const char *theirs = world_mailed_link(&product, town, MENTOR_MAIL);
    const struct http_field met[] = { V("act", "treffen"), V("day", "02.03.2026"),
                                      V("minutes", "45"), V("sentence", "Im Park"), LAST_FIELD };
    eq_int(post(&product, NULL, theirs, met).status, 303);
    eq_int(look(t.pair).meetings, 2);
    eq_int(look(t.pair).minutes, 135);
    ok(refused(t.pair, "check", MSG_mentoring_not_yet, NULL));
    struct mentoring_said over = { .day = S("2026-03-02") };
    ok(refused(t.pair, "end", MSG_mentoring_not_reason, &over));
    over.reason = S("reached");
    over.day = S("2026-02-01");
    ok(refused(t.pair, "end", MSG_mentoring_not_before, &over));
    over.day = S("2026-03-02");
    eq_int(take(t.pair, "end", BY_PERSON, &over), PROCEDURE_DONE);
    ok(state_is(t.pair, "ended"));
    eq_str(look(t.pair).ended_on, S("2026-03-02"));
    eq_str(look(t.pair).reason, S("reached"));
    eq_int(held(t.mentor_person), 0);
    theirs = world_mailed_link(&product, town, MENTOR_MAIL);
    eq_int(follow(theirs, "antworten", "going", "good"), 303); /* how it was */
    eq_int(follow(theirs, "antworten", "going", "good"), 422); /* once */
    eq_int(follow(theirs, "antworten", "going", "superb"), 422);
    eq_int(follow(theirs, "treffen", "day", "2026-03-02"), 409);
}
ON_EACH_STORE(meetings_and_the_end)

/* ---- the sentences ---- */

static bool says(const char *text, const char *sentence)
{
    return str_find(str_from_c(text), str_from_c(sentence)) >= 0;
}

static const char *lines_of(struct mentoring_sentences s)
{
    struct out o = out_new(&t_arena, 8192);
    for (size_t i = 0; i < s.n; i++) {
        out_str(&o, s.v[i]);
        OUT(&o, "\n");
    }
    return str_to_c(&t_arena, out_text(&o));
}

/* Two profiles that differ from `usual` as given: what is said about them. */
static struct mentoring_fit said_of(const struct mentoring_profile_row *mentor,
                                    const struct mentoring_profile_row *mentee)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &db, &cities, city_by_id(&cities, town));
    struct mentoring_fit f = { .mentor = mentor, .mentee = mentee };
    mentoring_reasons(&rq, &f);
    city_list_end(product.app.cities, &cities);
    db_end(&db);
    return f;
}

static void sentences_are_true_here(void)
{
    struct mentoring_profile_row a = { .mentor_word = S("Pate"),
                                       .mentee_word = S("Mentee"),
                                       .name = S("A"),
                                       .district = S("Altstadt"),
                                       .gender = S("male"),
                                       .topics = 3,
                                       .languages = 1,
                                       .grid = 4,
                                       .birth_year = 1970 };
    struct mentoring_profile_row b = a;
    b.birth_year = 2009;
    b.gender = S("female");
    struct mentoring_fit f = said_of(&a, &b);
    ok(f.minor);
    ok(says(lines_of(f.fits), "Gemeinsame Sprache: Deutsch"));
    ok(says(lines_of(f.fits), "Beide wohnen im Stadtteil Altstadt."));
    ok(says(lines_of(f.fits), "Beide haben Zeit: Montag nachmittags"));
    eq_int(f.misses.n, 0);
    b.languages = 2;
    b.grid = 8;
    b.district = S("Neustadt");
    b.topics = 6; /* one in common, one beside it */
    b.wish_gender = S("female");
    b.wish = S("gern mit Hund");
    f = said_of(&a, &b);
    ok(says(lines_of(f.misses), "Es gibt keine gemeinsame Sprache."));
    ok(says(lines_of(f.misses), "Die Zeiten überschneiden sich nicht."));
    ok(says(lines_of(f.misses), "verschiedenen Stadtteilen"));
    ok(says(lines_of(f.misses), "Gewünscht, aber nicht angeboten: Ausbildung und Beruf"));
    ok(says(lines_of(f.misses), "Der Wunsch passt nicht (Mentee wünscht sich"));
    ok(says(lines_of(f.remarks), "gern mit Hund"));
    ok(!says(lines_of(f.misses), "Hund") && !says(lines_of(f.fits), "Hund"));
    a.gender = S("");
    b.grid = 0;
    b.languages = 0;
    f = said_of(&a, &b);
    ok(says(lines_of(f.misses), "Ob der Wunsch passt, wissen wir nicht"));
    ok(says(lines_of(f.misses), "wissen wir die Zeiten nicht"));
    ok(says(lines_of(f.misses), "wissen wir die Sprachen nicht"));
    a.gender = S("female");
    ok(says(lines_of(said_of(&a, &b).fits), "Der Wunsch passt (Mentee"));
}
ON_EACH_STORE(sentences_are_true)

/* Who shares most comes first; without a language in common nobody is proposed. */
static void the_best_first_here(void)
{
    static struct mentoring_profile_form f;
    int64_t programme = a_programme(false);
    int64_t mentor = a_profile(programme, somebody(true, false), true);
    f = usual;
    f.topics = 1 << MENTORING_TOPIC_music;
    profile_form = &f;
    int64_t second = a_profile(programme, somebody(false, false), false);
    f.languages = 1 << LANGUAGE_ar;
    int64_t mute = a_profile(programme, somebody(false, false), false);
    profile_form = &usual;
    int64_t first = a_profile(programme, somebody(false, false), false);
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &db, &cities, city_by_id(&cities, town));
    struct mentoring_profile_row_rows all = mentoring_profiles(&db, town, programme);
    struct mentoring_fits best = mentoring_best(&rq, all, mentoring_tried(&db, town, programme));
    eq_int(best.n, 1); /* there is room for one */
    ok(best.n && best.v[0].mentee->id == first);
    struct mentoring_fits fits = mentoring_for(&rq, all, mentor);
    eq_int(fits.n, 3);
    ok(fits.n == 3 && fits.v[0].mentee->id == first && fits.v[1].mentee->id == second &&
       fits.v[2].mentee->id == mute && fits.v[0].score > fits.v[1].score);
    city_list_end(product.app.cities, &cities);
    db_end(&db);
}
ON_EACH_STORE(the_best_first)

/* ---- the night ---- */

static void night(int64_t at)
{
    struct arena a;
    arena_init(&a, 0);
    struct job_run job = { .app = &product.app, .arena = &a, .now = at };
    clock_set(at);
    mentoring_care(&job);
    ok(!job.failed);
    arena_free(&a);
}

static void check_ins_here(void)
{
    struct two t = running();
    int64_t start = clock_now();
    size_t before = world_mails(&product, S(MENTOR_MAIL));
    night(start + 13 * DAY);
    eq_int(world_mails(&product, S(MENTOR_MAIL)), before);
    night(start + 14 * DAY);
    night(start + 15 * DAY);
    eq_int(world_mails(&product, S(MENTOR_MAIL)), before + 1); /* once */
    eq_str(due_of(t.pair), S("2026-03-23")); /* a week to answer, then it is the office's */
    const char *theirs = world_mailed_link(&product, town, MENTOR_MAIL);
    const char *hers = world_mailed_link(&product, town, MENTEE_MAIL);
    eq_int(follow(theirs, "antworten", "going", "good"), 303);
    eq_str(due_of(t.pair), S("2026-03-23")); /* one is missing */
    eq_int(follow(hers, "antworten", "going", "mixed"), 303);
    eq_str(due_of(t.pair), S(""));
    night(start + 56 * DAY);
    theirs = world_mailed_link(&product, town, MENTOR_MAIL);
    eq_int(follow(theirs, "antworten", "going", "bad"), 303);
    eq_str(due_of(t.pair), S("2026-04-27")); /* today */
    struct visitor later = product_sign_in(&product, staff.account_id);
    struct answer page = get(&product, &later, "/stadt/buero");
    ok(answer_says(&page, "Paul Pate und Mia Mentee"));
    struct mentoring_said talked = { .note = S("Wir haben telefoniert.") };
    eq_int(take(t.pair, "settle", BY_PERSON, &talked), PROCEDURE_DONE);
    eq_str(due_of(t.pair), S(""));
    ok(refused(t.pair, "check", MSG_mentoring_not_more_checks, NULL));
}
ON_EACH_STORE(check_ins)

static void reminded_once_here(void)
{
    struct two t = asked(false);
    int64_t start = clock_now();
    eq_int(take(t.pair, "accept_mentor", BY_LINK, &of_mentor), PROCEDURE_DONE);
    size_t theirs = world_mails(&product, S(MENTOR_MAIL));
    size_t hers = world_mails(&product, S(MENTEE_MAIL));
    for (int day = 6; day < 10; day++)
        night(start + day * DAY);
    eq_int(world_mails(&product, S(MENTOR_MAIL)), theirs); /* has answered */
    eq_int(world_mails(&product, S(MENTEE_MAIL)), hers + 1);
    const char *link = world_mailed_link(&product, town, MENTEE_MAIL);
    eq_int(follow(link, "nein", "said", ""), 200);
    ok(state_is(t.pair, "declined"));
    eq_int(get(&product, NULL, link).status, 410);
    eq_int(held(t.mentor_person), 0);
}
ON_EACH_STORE(reminded_once)

/* ---- consents, and people who go ---- */

static void a_consent_ends_here(void)
{
    struct two t = running();
    struct two u = asked(false);
    const char *theirs = world_mailed_link(&product, town, MENTOR_MAIL);
    struct act a = { .run = withdrawn, .person = t.mentee_person };
    act(&a);
    ok(state_is(t.pair, "ended"));
    eq_str(look(t.pair).reason, S("withdrawn"));
    ok(state_is(u.pair, "asked"));
    eq_int(held(t.mentor_person), 0);
    struct act b = { .run = withdrawn, .person = u.mentor_person, .words = PERSON_AGREES_KEEP };
    act(&b); /* there was none: nothing ends */
    ok(state_is(u.pair, "asked"));
    struct act c = { .run = withdrawn, .person = u.mentor_person };
    act(&c);
    ok(state_is(u.pair, "called_off"));
    eq_int(get(&product, NULL, theirs).status, 410);
}
ON_EACH_STORE(a_consent_ends)

static void make_erased(struct rq *rq, struct tx *tx, struct act *a)
{
    struct erasure e = { rq->app, town, a->person, ERASE_BY_PERSON };
    erasure_do(tx, privacy_table_get(S("person")), &e);
}

static void goes_with_the_person_here(void)
{
    struct two t = running();
    struct mentoring_said f = { .day = S("2026-03-02"), .minutes = 60, .said = S("Im Park") };
    eq_int(take(t.pair, "meet", BY_LINK, &f), PROCEDURE_DONE);
    struct act a = { .run = make_erased, .person = t.mentee_person };
    act(&a);
    struct mentoring_pair_row p = look(t.pair);
    ok(p.erased_at && p.closed_at && !p.fits.n && !p.mentee.n);
    eq_str(p.state, S("ended"));
    eq_int(p.meetings, 1); /* the figures stay */
    eq_int(events_of(t.pair).n, 0);
    eq_int(held(t.mentor_person), 0);
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    eq_int(mentoring_meetings(&db, town, t.pair).n, 0);
    eq_int(mentoring_started_between(&db, town, S("2026-01-01"), S("2026-12-31"))->pairs, 1);
    eq_int(mentoring_ended_by_month(&db, town, S("2026-01-01"), S("2026-12-31")).n, 1);
    struct mentoring_month_rows months =
        mentoring_started_by_month(&db, town, S("2026-01-01"), S("2026-12-31"));
    ok(months.n == 1 && months.v[0].n == 1 && str_eq(months.v[0].month, S("2026-03")));
    struct mentoring_reason_rows why =
        mentoring_ended_by_reason(&db, town, S("2026-01-01"), S("2026-12-31"));
    ok(why.n == 1 && str_eq(why.v[0].reason, S("unknown")));
    eq_int(mentoring_running_on(&db, town, S("2026-03-02"))->n, 0); /* over on its first day */
    db_end(&db);
}
ON_EACH_STORE(goes_with_the_person)

/* ---- the sealed note ---- */

static void a_sealed_note_here(void)
{
    struct two t = proposed(true);
    const char *save = world_path("/stadt/buero/mentoring/profile/{id}/notiz/speichern", t.mentee);
    const char *open = world_path("/stadt/buero/mentoring/profile/{id}/notiz", t.mentee);
    const char *at = world_path("/stadt/buero/mentoring/profile/{id}", t.mentee);
    const struct http_field note[] = { V("note", "Lebt in einer Wohngruppe."), LAST_FIELD };
    const struct http_field nothing[] = { LAST_FIELD };
    eq_int(post(&product, &staff, save, note).status, 303);
    struct answer page = get(&product, &staff, at);
    ok(!answer_says(&page, "Wohngruppe"));
    page = post(&product, &staff, open, nothing);
    ok(answer_says(&page, "Wohngruppe"));
    struct visitor clerk =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    eq_int(post(&product, &clerk, open, nothing).status, 403);
    eq_int(get(&product, &clerk, at).status, 200);
    eq_int(get(&product, NULL, at).status, 303); /* to sign in */
}
ON_EACH_STORE(a_sealed_note)

static const struct test tests[] = {
    TEST(the_whole_way),      TEST(who_may_begin),
    TEST(with_a_minor),       TEST(meetings_and_the_end),
    TEST(sentences_are_true), TEST(the_best_first),
    TEST(check_ins),          TEST(reminded_once),
    TEST(a_consent_ends),     TEST(goes_with_the_person),
    TEST(a_sealed_note),
};
TEST_MAIN(tests)
