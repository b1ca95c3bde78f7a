/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hours on both engines: from the mailed link to the confirmed month; what may not be entered; sums
 * across organisations against the dated limits; that the past is only added to.
 */
#include "feature/hours/pages.h"

#include "base/clock.h"
#include "base/test.h"
#include "feature/guide/guide.h"
#include "feature/person/person.h"
#include "product.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/city.h"
#include "web/job.h"
#include "world.h"

static struct product product;
static int64_t town, person;
static struct visitor clerk;

/* ---- a person with a placement ---- */

static int64_t person_made(struct tx *tx)
{
    struct person_form f = { .name = S("Heide Beispiel"),
                             .lang = S("de"),
                             .mail = S("heide@person.example") };
    return person_new(tx, &(struct person_arrival){ .city_id = town }, &f);
}

static int64_t placement_made(const char *club)
{
    struct tx tx;
    struct world_offer offer = { town, world_organisation(&product, town, club), NULL, "Vorlesen" };
    struct placement_insert_in in = { .id = db_new_id(),
                                      .city = town,
                                      .person = person,
                                      .opportunity = world_offer(&product, &offer),
                                      .state = S("placed"),
                                      .at = clock_now() };
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    placement_insert(&tx, &in);
    placement_set_placed(
        &tx, &(struct placement_set_placed_in){
                 .starts_on = S("2026-01-01"), .at = tx.now, .city = town, .id = in.id });
    eq_int(tx_commit(&tx), ERR_OK);
    return in.id;
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    clock_set(clock_instant((struct local_time){ { 2026, 11, 18 }, 12, 0, 0 }));
    if (product_open(&product, store, NULL)) {
        struct tx tx;
        town = world_town(&product, "stadt", "Musterstadt");
        clerk = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
        person = person_made(&tx);
        guide_install(&tx, town);
        eq_int(tx_commit(&tx), ERR_OK);
        run();
    }
    clock_set(0);
    product_close(&product);
}

/* ---- what people press ---- */

static const char *link_of(int64_t placement)
{
    const char *send = world_path("/stadt/buero/stunden/link/{id}", placement);
    eq_int(post(&product, &clerk, send, (const struct http_field[]){ LAST_FIELD }).status, 303);
    return world_mailed_link(&product, town, "heide@person.example");
}

static int enter(const char *link, const char *day, const char *time)
{
    const struct http_field fields[] = { { S("act"), S("eintragen") },
                                         { S("day"), str_from_c(day) },
                                         { S("time"), str_from_c(time) },
                                         { S("activity"), S("Vorgelesen") },
                                         LAST_FIELD };
    return post(&product, NULL, link, fields).status;
}

static struct hours_sheet_row_rows sheets(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct hours_sheets_in in = { .city = town, .from = S("2000-01"), .to = S("9999-12") };
    struct hours_sheet_row_rows rows = hours_sheets(&db, &in);
    db_end(&db);
    return rows;
}

static int submit(const char *link, int64_t sheet, const char *allowance, const char *euro)
{
    const struct http_field fields[] = { { S("act"), S("einreichen") },
                                         { S("sheet"),
                                           str_fmt(&t_arena, "%lld", (long long)sheet) },
                                         { S("allowance"), str_from_c(allowance) },
                                         { S("cents"), str_from_c(euro) },
                                         LAST_FIELD };
    return post(&product, NULL, link, fields).status;
}

static struct answer press(const char *link, const char *act, const char *note)
{
    const struct http_field fields[] = { { S("act"), str_from_c(act) },
                                         { S("note"), str_from_c(note) },
                                         LAST_FIELD };
    return post(&product, NULL, link, fields);
}

/* ---- a month ---- */

static void a_month_is_confirmed_here(void)
{
    const char *link = link_of(placement_made("Leseclub"));
    eq_int(enter(link, "3.11.2026", "1,5"), 303);
    eq_int(enter(link, "10.11.2026", "2"), 303);
    eq_int(sheets().n, 1);
    eq_int(sheets().v[0].minutes, 210);
    eq_int(submit(link, sheets().v[0].id, "", ""), 303);
    eq_int(enter(link, "11.11.2026", "1"), 422); /* the month is closed */
    struct mail_full m = world_newest_mail(&product, town, "verein@verein.example");
    ok(str_find(m.body_text, S("3:30 Stunden")) >= 0);
    const char *theirs = world_mailed_link(&product, town, "verein@verein.example");
    eq_int(press(theirs, "zurueck", "").status, 422); /* without a reason */
    eq_int(press(theirs, "zurueck", "Am 3. war zu.").status, 200);
    eq_str(sheets().v[0].state, S("returned"));
    eq_int(press(theirs, "bestaetigen", "").status, 410); /* answered already */
    link = world_mailed_link(&product, town, "heide@person.example");
    struct answer page = get(&product, NULL, link);
    ok(answer_says(&page, "Am 3. war zu."));
    eq_int(enter(link, "12.11.2026", "0,5"), 303);
    eq_int(submit(link, sheets().v[0].id, "", ""), 303);
    theirs = world_mailed_link(&product, town, "verein@verein.example");
    eq_int(press(theirs, "bestaetigen", "").status, 200);
    eq_str(sheets().v[0].state, S("confirmed"));
    link = world_mailed_link(&product, town, "heide@person.example");
    page = get(&product, NULL, world_under(link, "/nachweis"));
    eq_int(page.status, 200);
    ok(answer_says(&page, "4:00"));
    eq_int(submit(link, sheets().v[0].id, "", ""), 409);
    page = get(&product, &clerk, "/stadt/buero/stunden");
    ok(answer_says(&page, "4:00"));
    page = get(&product, &clerk, world_path("/stadt/buero/stunden/{id}", sheets().v[0].id));
    ok(answer_says(&page, "Heide Beispiel"));
}
ON_EACH_STORE(a_month_is_confirmed)

static void entries_are_only_added_here(void)
{
    struct db db;
    const char *link = link_of(placement_made("Leseclub"));
    eq_int(enter(link, "3.11.2026", "1,5"), 303);
    int64_t sheet = sheets().v[0].id;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    int64_t entry = hours_entries(&db, town, sheet).v[0].id;
    db_end(&db);
    const struct http_field strike[] = { { S("act"), S("streichen") },
                                         { S("entry"),
                                           str_fmt(&t_arena, "%lld", (long long)entry) },
                                         LAST_FIELD };
    eq_int(post(&product, NULL, link, strike).status, 303);
    eq_int(post(&product, NULL, link, strike).status, 409); /* once */
    eq_int(sheets().v[0].minutes, 0);
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    eq_int(hours_entries(&db, town, sheet).n, 2); /* what was there, and what takes it back */
    db_end(&db);
    eq_int(submit(link, sheet, "", ""), 422);    /* nothing is left */
    eq_int(enter(link, "31.12.2025", "1"), 422); /* before it began */
    eq_int(enter(link, "19.11.2026", "1"), 422); /* tomorrow */
    eq_int(enter(link, "17.11.2026", "25"), 422);
    /* The link of one placement does not reach the other's month. */
    const char *other = link_of(placement_made("Anderer Club"));
    eq_int(submit(other, sheet, "", ""), 404);
}
ON_EACH_STORE(entries_are_only_added)

/* ---- the year ---- */

/* A month of a club with that much money: submitted. */
static void month(const char *link, const char *day, const char *allowance, const char *euro)
{
    eq_int(enter(link, day, "2"), 303);
    struct hours_sheet_row_rows rows = sheets();
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].state, S("open")))
            eq_int(submit(link, rows.v[i].id, allowance, euro), 303);
}

static struct hours_sum sum_of(int year)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &db, &cities, city_by_id(&cities, town));
    rq.arena = &t_arena;
    struct hours_sums sums = hours_sums(&rq, year, person);
    city_list_end(product.app.cities, &cities);
    db_end(&db);
    return sums.n ? sums.v[0] : (struct hours_sum){ 0 };
}

static void limits_are_per_person_and_year_here(void)
{
    const char *first = link_of(placement_made("Erster Club"));
    month(first, "3.10.2026", "ehrenamt", "500");
    struct hours_sum s = sum_of(2026);
    ok(!hours_warns(&s));
    eq_int(s.limits[1].limit->cents, 96000); /* from 2026 */
    const char *second = link_of(placement_made("Zweiter Club"));
    month(second, "4.10.2026", "ehrenamt", "400,00");
    s = sum_of(2026);
    eq_int(s.organisations, 2);
    eq_int(s.limits[1].cents, 90000);
    ok(s.limits[1].near && !s.limits[1].over);
    month(second, "4.9.2026", "ehrenamt", "60,01");
    s = sum_of(2026);
    eq_int(s.limits[1].cents, 96001);
    ok(s.limits[1].over && !s.limits[1].near && !s.mixed);
    struct answer page = get(&product, &clerk, "/stadt/buero/stunden");
    ok(answer_says(&page, "§ 3 Nr. 26a EStG"));
    month(second, "4.8.2026", "uebungsleiter", "10"); /* a warning, never a block */
    s = sum_of(2026);
    ok(s.mixed);
    eq_int(s.limits[0].cents, 1000);
    eq_int(sum_of(2025).n, 0);
    page = get(&product, &clerk, "/stadt/buero/stunden?year=2025");
    ok(!answer_says(&page, "§ 3 Nr. 26a EStG"));
    const struct http_field csv[] = { { S("format"), S("csv") }, LAST_FIELD };
    page = post(&product, &clerk, "/stadt/buero/stunden/export", csv);
    eq_int(page.status, 200);
    ok(answer_says(&page, "Zweiter Club"));
    /* Money without a rule is asked about. */
    eq_int(enter(first, "4.11.2026", "1"), 303);
    struct hours_sheet_row_rows rows = sheets();
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].state, S("open")))
            eq_int(submit(first, rows.v[i].id, "", "12"), 422);
}
ON_EACH_STORE(limits_are_per_person_and_year)

/* ---- on paper, and without an answer ---- */

static struct answer paper(int64_t placement, const char *day, const char *time)
{
    const struct http_field fields[] = { { S("day"), str_from_c(day) },
                                         { S("time"), str_from_c(time) },
                                         { S("activity"), S("Vom Zettel") },
                                         LAST_FIELD };
    return post(&product, &clerk, world_path("/stadt/buero/stunden/vermittlungen/{id}", placement),
                fields);
}

static struct answer take(int64_t sheet, const char *step, const char *note)
{
    const struct http_field fields[] = { { S("step"), str_from_c(step) },
                                         { S("note"), str_from_c(note) },
                                         LAST_FIELD };
    return post(&product, &clerk, world_path("/stadt/buero/stunden/{id}/schritt", sheet), fields);
}

static void the_office_enters_from_paper_here(void)
{
    int64_t placement = placement_made("Leseclub");
    struct answer a = paper(placement, "3.11.2026", "1,5");
    eq_int(a.status, 303);
    eq_int(paper(placement, "1.12.2026", "1").status, 422); /* not before it was done */
    eq_int(paper(placement, "3.11.2025", "1").status, 422); /* nor before it began */
    a = get(&product, &clerk, world_path("/stadt/buero/stunden/vermittlungen/{id}", placement));
    ok(answer_says(&a, "Vom Zettel"));
    int64_t sheet = sheets().v[0].id;
    eq_int(sheets().v[0].minutes, 90);
    eq_int(take(sheet, "paper", "").status, 422); /* which paper? */
    eq_str(sheets().v[0].state, S("open"));
    eq_int(take(sheet, "paper", "Zettel mit Unterschrift").status, 303);
    eq_str(sheets().v[0].state, S("confirmed"));
    a = get(&product, &clerk, world_path("/stadt/buero/stunden/{id}", sheet));
    ok(answer_says(&a, "nach Papier bestätigt"));
    ok(answer_says(&a, "Zettel mit Unterschrift"));
    eq_int(paper(placement, "4.11.2026", "1").status, 422); /* the month is closed */
}
ON_EACH_STORE(the_office_enters_from_paper)

static int64_t reminded(int64_t sheet)
{
    struct event_row_rows rows;
    struct db db;
    int64_t n = 0;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &db, &cities, city_by_id(&cities, town));
    rows = procedure_history(&rq, &hours_record, sheet);
    for (size_t i = 0; i < rows.n; i++)
        n += str_eq(rows.v[i].verb, S("remind"));
    city_list_end(product.app.cities, &cities);
    db_end(&db);
    return n;
}

static void care(int days)
{
    struct job_run run = { .app = &product.app, .arena = &t_arena };
    clock_set(clock_now() + days * (int64_t)86400);
    eq_int(job_run_now(&product.app, S("hours.care"), &run), ERR_OK);
}

/* Two reminders, two weeks apart; then it is the office's turn. An answer ends them. */
static void who_does_not_answer_is_reminded_here(void)
{
    int64_t placement = placement_made("Leseclub");
    paper(placement, "3.11.2026", "2");
    int64_t sheet = sheets().v[0].id;
    eq_int(take(sheet, "submit", "").status, 303);
    care(13);
    eq_int(reminded(sheet), 0);
    care(1);
    eq_int(reminded(sheet), 1);
    care(1);
    eq_int(reminded(sheet), 1);
    care(14);
    eq_int(reminded(sheet), 2);
    care(60);
    eq_int(reminded(sheet), 2);
    eq_str(sheets().v[0].state, S("submitted"));
    clerk = product_sign_in(&product, clerk.account_id);
    eq_int(take(sheet, "confirm", "").status, 303);
    eq_str(sheets().v[0].state, S("confirmed"));
}
ON_EACH_STORE(who_does_not_answer_is_reminded)

static const struct test tests[] = {
    TEST(a_month_is_confirmed),
    TEST(entries_are_only_added),
    TEST(limits_are_per_person_and_year),
    TEST(the_office_enters_from_paper),
    TEST(who_does_not_answer_is_reminded),
};
TEST_MAIN(tests)
