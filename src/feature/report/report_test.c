/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Figures, on both engines: a life of two years made at random and counted by the test itself, in
 * its own way, against the report as JSON, CSV and XLSX; that years end at the town's midnight; and
 * that whoever is erased leaves the figures of last year as they were.
 */
#include "feature/report/report.h"

#include <stdio.h>
#include <stdlib.h>

#include "advice.sql.h"
#include "base/clock.h"
#include "base/test.h"
#include "feature/hours/hours.h"
#include "feature/person/person.h"
#include "placement.sql.h"
#include "product.h"
#include "web/csv_in.h"
#include "web/erasure.h"
#include "web/json_in.h"
#include "web/xlsx_in.h"
#include "world.h"

#define DAY ((int64_t)86400)
/* Midnight of New Year in Germany (UTC+1), worked out by hand. */
#define Y2024 INT64_C(1704063600)
#define Y2025 INT64_C(1735686000)
#define Y2026 INT64_C(1767222000)

#define LIVES 150

static struct product product;
static int64_t town, offices[2], offers[2];
static struct visitor clerk;

static uint64_t lot;

static int64_t draw(int64_t below)
{
    lot = lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)(lot >> 33) % below;
}

/* ---- lives ---- */

/* What happened to one person; 0: it did not. */
static struct life {
    int64_t person;
    int office;
    int offer;
    int64_t entered, contact, answered, placed, closed;
    const char *reason;
    int64_t talk; /* a local day, as number */
    int64_t minutes;
    int64_t hours; /* confirmed in March 2025 */
} lives[LIVES];

static const char *const reasons[] = { "time", "moving", "health" };

/* Most between 2024 and 2026, some of it at the edge of a year. */
static int64_t instant(int64_t after)
{
    static const int64_t edges[] = { Y2025 - 1, Y2025, Y2026 - 1, Y2026 };
    int64_t edge = edges[draw(4)];
    if (!draw(6) && edge > after)
        return edge;
    return after + draw(120 * DAY);
}

static struct life random_life(void)
{
    struct life l = { .office = (int)draw(2), .offer = (int)draw(2) };
    l.entered = Y2024 + draw(640 * DAY);
    l.talk = clock_day_number(l.entered) + draw(30);
    l.minutes = 10 + draw(80);
    l.contact = draw(5) ? instant(l.entered) : 0;
    l.answered = l.contact && draw(5) ? l.contact + draw(20 * DAY) : 0;
    l.placed = l.answered && draw(4) ? instant(l.answered) : 0;
    l.closed = l.placed && draw(2) ? l.placed + 1 + draw(400 * DAY) : 0;
    l.reason = reasons[draw(3)];
    l.hours = l.placed && l.placed < Y2025 + 59 * DAY ? 60 + draw(200) : 0;
    return l;
}

static int64_t person_of(struct tx *tx, const struct life *l)
{
    struct person_form f = { .name = S("Heide Beispiel"), .lang = S("de"), .birth_year = 1996 };
    struct person_arrival a = { .city_id = town, .office_id = some_int(offices[l->office]) };
    tx->now = l->entered;
    return person_new(tx, &a, &f);
}

static void talk_of(struct tx *tx, const struct life *l)
{
    struct advice_insert_in in = { .id = db_new_id(),
                                   .city = town,
                                   .person = l->person,
                                   .office = some_int(offices[l->office]),
                                   .channel = S("phone"),
                                   .at = l->entered };
    advice_insert(tx, &in);
    advice_talk_insert(
        tx, &(struct advice_talk_insert_in){ .id = db_new_id(),
                                             .city = town,
                                             .advice = in.id,
                                             .person = l->person,
                                             .office = some_int(offices[l->office]),
                                             .held_on = day_iso(&t_arena, day_from_number(l->talk)),
                                             .channel = S("phone"),
                                             .minutes = l->minutes,
                                             .at = l->entered });
}

static void hours_of(struct tx *tx, const struct life *l, int64_t placement)
{
    struct hours_arrival a = { .city_id = town,
                               .person_id = l->person,
                               .placement_id = placement,
                               .day = S("2025-03-20"),
                               .minutes = l->hours,
                               .activity = S("Vorgelesen") };
    int64_t sheet = hours_add(tx, &a);
    hours_sheet_set_state(
        tx,
        &(struct hours_sheet_set_state_in){
            .to = S("confirmed"), .at = tx->now, .city = town, .id = sheet, .from = S("open") });
}

static void placement_of_life(struct tx *tx, const struct life *l)
{
    struct placement_insert_in in = { .id = db_new_id(),
                                      .city = town,
                                      .person = l->person,
                                      .opportunity = offers[l->offer],
                                      .state = S("proposed"),
                                      .at = l->entered };
    placement_insert(tx, &in);
    if (l->contact)
        placement_set_contact(
            tx, &(struct placement_set_contact_in){ S("organisation"), l->contact, town, in.id });
    if (l->answered)
        placement_set_answer(
            tx, &(struct placement_set_answer_in){ l->answered, S("Gern"), town, in.id });
    if (l->placed)
        placement_set_placed(tx,
                             &(struct placement_set_placed_in){
                                 .starts_on = S(""), .at = l->placed, .city = town, .id = in.id });
    if (l->closed)
        placement_set_closed(tx, &(struct placement_set_closed_in){ .at = l->closed,
                                                                    .ended_on = S(""),
                                                                    .reason = str_from_c(l->reason),
                                                                    .city = town,
                                                                    .id = in.id });
    if (l->hours)
        hours_of(tx, l, in.id);
}

static void live(void)
{
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    for (int i = 0; i < LIVES; i++) {
        lives[i] = random_life();
        lives[i].person = person_of(&tx, &lives[i]);
        talk_of(&tx, &lives[i]);
        placement_of_life(&tx, &lives[i]);
    }
    eq_int(tx_commit(&tx), ERR_OK);
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    clock_set(Y2026 + 200 * DAY);
    lot = 20261123;
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        int64_t club = world_organisation(&product, town, "Musterverein");
        for (int i = 0; i < 2; i++) {
            offices[i] = world_office(&product, town);
            offers[i] = world_offer(&product,
                                    &(struct world_offer){ town, club, NULL, "Vorlesen im Hort" });
        }
        clerk = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        run();
    }
    clock_set(0);
    product_close(&product);
}

/* ---- counting, in the test's own way ---- */

static bool in_2025(int64_t at)
{
    return at >= Y2025 && at < Y2026;
}

typedef bool counts_fn(const struct life *l);

static bool was_contacted(const struct life *l)
{
    return in_2025(l->contact);
}
static bool was_placed(const struct life *l)
{
    return in_2025(l->placed);
}
static bool was_entered(const struct life *l)
{
    return in_2025(l->entered);
}
static bool talked(const struct life *l)
{
    return day_from_number(l->talk).year == 2025;
}
static bool half_a_year_later(const struct life *l)
{
    return l->placed && in_2025(l->placed + 182 * DAY);
}
static bool still_there(const struct life *l)
{
    return half_a_year_later(l) && (!l->closed || l->closed > l->placed + 182 * DAY);
}
static bool ended(const struct life *l)
{
    return l->placed && in_2025(l->closed);
}
static bool ended_by_moving(const struct life *l)
{
    return ended(l) && str_eq(str_from_c(l->reason), S("moving"));
}
static bool placed_in_july(const struct life *l) /* 1 July 2025, 00:00 in UTC+2 */
{
    return l->placed >= INT64_C(1751320800) && l->placed < INT64_C(1753999200);
}

static int64_t count(counts_fn *f, int office)
{
    int64_t n = 0;
    for (int i = 0; i < LIVES; i++)
        n += (office < 0 || lives[i].office == office) && f(&lives[i]);
    return n;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Days from the contact to the answer, of the answers of 2025, in tenths. */
static int64_t median_answer(void)
{
    int64_t v[LIVES] = { 0 };
    size_t n = 0;
    for (int i = 0; i < LIVES; i++)
        if (in_2025(lives[i].answered))
            v[n++] = lives[i].answered - lives[i].contact;
    must(n > 0);
    qsort(v, n, sizeof *v, by_size);
    double seconds = n % 2 ? (double)v[n / 2] : (double)(v[n / 2 - 1] + v[n / 2]) / 2;
    return (int64_t)(seconds / 8640 + 0.5);
}

static int64_t tenths_of_hours(int64_t minutes)
{
    return (int64_t)((double)minutes / 6 + 0.5);
}

/* ---- the report, as it goes out ---- */

#define HIDDEN (-1)
#define ABSENT (-2)

static const struct json_in *json_of(const char *query)
{
    str problem;
    char target[200];
    snprintf(target, sizeof target, "/stadt/buero/zahlen/bericht.json?%s", query);
    struct answer a = get(&product, &clerk, target);
    eq_int(a.status, 200);
    const struct json_in *in = json_in_parse(&t_arena, a.body, &problem);
    must(in != NULL);
    return in;
}

static int64_t number_in(const struct json_in *v, bool tenths)
{
    if (json_in_bool(json_in_find(v, S("hidden")), false))
        return HIDDEN;
    const struct json_in *n = json_in_find(v, S("value"));
    return n ? (int64_t)(json_in_real(n, 0) * (tenths ? 10 : 1) + 0.5) : ABSENT;
}

static const struct json_in *figure_in(const struct json_in *report, const char *key)
{
    const struct json_in *list = json_in_find(report, S("figures"));
    for (size_t i = 0; list && i < list->n; i++)
        if (str_eq(json_in_str(json_in_find(&list->v[i], S("key"))), str_from_c(key)))
            return &list->v[i];
    return NULL;
}

static int64_t told(const struct json_in *report, const char *key)
{
    const struct json_in *f = figure_in(report, key);
    bool tenths = !str_eq(json_in_str(json_in_find(f, S("unit"))), S("count"));
    return f ? number_in(json_in_find(f, S("now")), tenths) : ABSENT;
}

static int64_t told_line(const struct json_in *report, const char *key, const char *code)
{
    const struct json_in *lines = json_in_find(figure_in(report, key), S("lines"));
    for (size_t i = 0; lines && i < lines->n; i++)
        if (str_eq(json_in_str(json_in_find(&lines->v[i], S("code"))), str_from_c(code)))
            return number_in(json_in_find(&lines->v[i], S("now")), false);
    return ABSENT;
}

/* A number is told, or it is hidden and small; the whole town has enough for all but a few. */
static void counted(int64_t is, int64_t want)
{
    if (is == HIDDEN)
        ok(want > 0 && want < 5);
    else
        eq_int(is == ABSENT ? 0 : is, want);
}

static void figures_are_what_happened_here(void)
{
    live();
    const struct json_in *r = json_of("year=2025");
    int64_t minutes = 0, hours = 0;
    for (int i = 0; i < LIVES; i++) {
        minutes += talked(&lives[i]) ? lives[i].minutes : 0;
        hours += lives[i].hours;
    }
    ok(count(was_placed, -1) > 20);
    eq_int(told(r, "people"), count(was_entered, -1));
    eq_int(told(r, "talks"), count(talked, -1));
    eq_int(told(r, "talk_hours"), tenths_of_hours(minutes));
    eq_int(told(r, "proposals"), count(was_entered, -1));
    eq_int(told(r, "contacts"), count(was_contacted, -1));
    eq_int(told(r, "placements"), count(was_placed, -1));
    eq_int(told(r, "placements_field"), count(was_placed, -1));
    counted(told_line(r, "placements", "2025-07"), count(placed_in_july, -1));
    eq_int(told(r, "answer_days"), median_answer());
    counted(told(r, "after_half"), count(half_a_year_later, -1));
    counted(told_line(r, "after_half", "running"), count(still_there, -1));
    counted(told(r, "ends"), count(ended, -1));
    counted(told_line(r, "ends", "moving"), count(ended_by_moving, -1));
    eq_int(told(r, "hours"), tenths_of_hours(hours));
    eq_int(told_line(r, "people_age", "18_29"), count(was_entered, -1)); /* born in 1996 */
    eq_int(told_line(r, "talks", "phone"), count(talked, -1));
}
ON_EACH_STORE(figures_are_what_happened)

static void offices_share_the_town_here(void)
{
    char query[100];
    live();
    for (int i = 0; i < 2; i++) {
        snprintf(query, sizeof query, "year=2025&office=%lld", (long long)offices[i]);
        const struct json_in *r = json_of(query);
        eq_int(told(r, "placements"), count(was_placed, i));
        eq_int(told(r, "talks"), count(talked, i));
        ok(figure_in(r, "offers_new") == NULL); /* of the town alone */
    }
}
ON_EACH_STORE(offices_share_the_town)

/* A second too early or too late is another year; in summer time the same holds for months. */
static void years_begin_at_midnight_here(void)
{
    static const struct {
        int64_t at;
        int year;
    } cases[] = { { Y2025 - 1, 2024 }, { Y2025, 2025 }, { Y2026 - 1, 2025 }, { Y2026, 2026 } };
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < 5 + i; k++) {
            struct life l = { .entered = cases[i].at, .office = 0 };
            person_of(&tx, &l);
        }
    eq_int(tx_commit(&tx), ERR_OK);
    eq_int(told(json_of("year=2024"), "people"), 5);
    eq_int(told(json_of("year=2025"), "people"), 6 + 7);
    eq_int(told(json_of("year=2026"), "people"), 8);
    eq_int(told(json_of("from=31.12.2024&to=1.1.2025"), "people"), 5 + 6);
    eq_int(told(json_of("from=2.1.2025&to=30.12.2025"), "people"), 0);
}
ON_EACH_STORE(years_begin_at_midnight)

/* ---- files ---- */

static str file_of(const char *format)
{
    const struct http_field fields[] = { { S("year"), S("2025") },
                                         { S("format"), str_from_c(format) },
                                         LAST_FIELD };
    struct answer a = post(&product, &clerk, "/stadt/buero/zahlen/bericht/export", fields);
    eq_int(a.status, 200);
    return a.body;
}

/* Key, label of the value, number: each line of the file that has one, with a point in numbers. */
static str lines_of(str csv)
{
    struct out o = out_new(&t_arena, 0);
    FILE *file = fmemopen((void *)(uintptr_t)csv.p, csv.n, "r");
    must(file != NULL);
    struct csv_in *in = csv_in_new(&t_arena, file);
    eq_int(csv_in_header(in), CSV_IN_ROW);
    int now = csv_in_column(in, S("2025"));
    ok(now > 0 && csv_in_column(in, S("2024")) == now + 1);
    while (csv_in_next(in) == CSV_IN_ROW) {
        str number = csv_in_cell(in, now);
        out_str(&o, csv_in_cell(in, 0));
        out_str(&o, S(" "));
        out_str(&o, csv_in_cell(in, 4));
        out_str(&o, S(" "));
        for (size_t i = 0; i < number.n; i++)
            out_char(&o, number.p[i] == ',' ? '.' : number.p[i]);
        out_str(&o, S("\n"));
    }
    csv_in_free(in);
    fclose(file);
    return out_text(&o);
}

/* The same lines, made of what JSON says. */
static void put_told(struct out *o, const struct json_in *f, str label, const struct json_in *v)
{
    bool tenths = !str_eq(json_in_str(json_in_find(f, S("unit"))), S("count"));
    int64_t n = number_in(json_in_find(v, S("now")), tenths);
    str number = str_fmt(&t_arena, "%lld", (long long)n);
    if (n == HIDDEN || n == ABSENT)
        number = n == HIDDEN ? S("nicht gezeigt") : S("");
    else if (tenths)
        number = str_fmt(&t_arena, "%lld.%lld", (long long)(n / 10), (long long)(n % 10));
    out_fmt(o, "%.*s %.*s %.*s\n", STR_FMT(json_in_str(json_in_find(f, S("key")))), STR_FMT(label),
            STR_FMT(number));
}

static str lines_of_json(void)
{
    struct out o = out_new(&t_arena, 0);
    const struct json_in *list = json_in_find(json_of("year=2025"), S("figures"));
    for (size_t i = 0; i < list->n; i++) {
        const struct json_in *lines = json_in_find(&list->v[i], S("lines"));
        put_told(&o, &list->v[i], S("Insgesamt"), &list->v[i]);
        for (size_t k = 0; k < lines->n; k++)
            put_told(&o, &list->v[i], json_in_str(json_in_find(&lines->v[k], S("label"))),
                     &lines->v[k]);
    }
    return out_text(&o);
}

/* "10.0" of CSV is 10 in a workbook, as JSON has it: zeros behind the point say nothing. */
static str without_zeros(str lines)
{
    struct out o = out_new(&t_arena, 0);
    for (size_t i = 0; i < lines.n; i++)
        if (str_starts(str_slice(lines, i, lines.n), S(".0\n")))
            i++;
        else
            out_char(&o, lines.p[i]);
    return out_text(&o);
}

static void files_have_the_same_numbers_here(void)
{
    live();
    str csv = lines_of(file_of("csv"));
    str book, problem;
    must(xlsx_in_csv(&t_arena, file_of("xlsx"), &book, &problem) == ERR_OK);
    ok(str_find(csv, S("placements Insgesamt ")) > 0);
    ok(str_find(csv, S("nicht gezeigt")) > 0);
    eq_str(lines_of_json(), csv);
    eq_str(without_zeros(lines_of(book)), without_zeros(csv));
    struct answer page = get(&product, &clerk, "/stadt/buero/zahlen/bericht?year=2025");
    eq_int(page.status, 200);
    str cell = str_fmt(&t_arena, "<strong>%lld</strong>", (long long)count(was_placed, -1));
    ok(str_find(page.body, cell) > 0);
    ok(answer_says(&page, "role=\"img\""));
    page = get(&product, &clerk, "/stadt/buero/zahlen");
    ok(page.status == 200 && answer_says(&page, "36,7"));
}
ON_EACH_STORE(files_have_the_same_numbers)

/* ---- erasing ---- */

static void erase(const char *table, int64_t id)
{
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    struct erasure e = { .app = &product.app, .city_id = town, .id = id };
    erasure_do(&tx, privacy_table_get(str_from_c(table)), &e);
    eq_int(tx_commit(&tx), ERR_OK);
}

static void erasing_leaves_last_year_here(void)
{
    live();
    str before = lines_of_json();
    for (int i = 0; i < LIVES; i++)
        if (i % 3)
            erase("person", lives[i].person);
    eq_str(lines_of_json(), before);
    for (int i = 0; i < LIVES; i++)
        if (i % 3 == 0)
            erase("person", lives[i].person);
    eq_str(lines_of_json(), before);
}
ON_EACH_STORE(erasing_leaves_last_year)

/* Appointments are deleted soon after they are over. */
static void erased_appointments_count_here(void)
{
    int64_t ids[6];
    for (int i = 0; i < 6; i++)
        ids[i] = world_appointment(&product, town);
    eq_int(told(json_of("year=2026"), "appointments"), 0); /* they are yet to come */
    clock_set(clock_now() + 15 * DAY);
    clerk = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    eq_int(told(json_of("year=2026"), "appointments"), 6);
    for (int i = 0; i < 6; i++)
        erase("appointment", ids[i]);
    eq_int(told(json_of("year=2026"), "appointments"), 6);
    eq_int(told_line(json_of("year=2026"), "appointments", "booked"), 6);
}
ON_EACH_STORE(erased_appointments_count)

static void days_that_are_none_are_refused_here(void)
{
    struct answer a = get(&product, &clerk, "/stadt/buero/zahlen/bericht?from=gestern+vielleicht");
    eq_int(a.status, 422);
    ok(answer_says(&a, "1.1.2025"));
    a = get(&product, &clerk, "/stadt/buero/zahlen/bericht?from=1.1.2001&to=1.1.2025");
    eq_int(a.status, 422);
    a = get(&product, &clerk, "/stadt/buero/zahlen/bericht?from=31.12.2025&to=1.1.2025");
    eq_int(a.status, 200);
}
ON_EACH_STORE(days_that_are_none_are_refused)

static const struct test tests[] = {
    TEST(figures_are_what_happened),      TEST(offices_share_the_town),
    TEST(years_begin_at_midnight),        TEST(files_have_the_same_numbers),
    TEST(erasing_leaves_last_year),       TEST(erased_appointments_count),
    TEST(days_that_are_none_are_refused),
};
TEST_MAIN(tests)
