/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Appointments on both engines: how consulting hours are cut, also where summer time begins and
 * ends; the life of an appointment by mailed link; what the office does; that many people at once,
 * and hours that overlap, never lead to two appointments at one time.
 */
#include <pthread.h>

#include "appointment.sql.h"
#include "base/clock.h"
#include "base/test.h"
#include "db/engine.h"
#include "feature/appointment/appointment.h"
#include "feature/appointment/states.h"
#include "product.h"
#include "web.sql.h"
#include "web/job.h"
#include "world.h"

#define DAY ((int64_t)86400)

static struct product product;
static int64_t town, office, place, counsellor;
static struct visitor clerk;

static int64_t at(int month, int day, int hour, int minute)
{
    return clock_instant((struct local_time){ { 2026, month, day }, hour, minute, 0 });
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    clock_set(at(11, 18, 12, 0)); /* a Wednesday */
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        office = world_office(&product, town);
        place = world_office_place(&product, town, office);
        counsellor = world_account(&product, town, "office_staff", 0);
        clerk = product_sign_in(&product, counsellor);
        run();
    }
    clock_set(0);
    product_close(&product);
}

/* ---- cutting ---- */

static struct appointment_hours_row hour(int64_t opens, int64_t closes, int64_t minutes,
                                         int64_t pause)
{
    return (struct appointment_hours_row){
        .opens = opens, .closes = closes, .minutes = minutes, .pause = pause
    };
}

static str cut(struct appointment_hours_row h, struct day day)
{
    struct slot v[SLOTS_MOST];
    struct out o = out_new(&t_arena, 4096);
    size_t n = slots_cut(&h, day, v);
    for (size_t i = 0; i < n; i++) {
        struct local_time t = clock_local(v[i].starts);
        out_fmt(&o, "%02d:%02d ", t.hour, t.minute);
        if (v[i].ends != v[i].starts + h.minutes * 60 || (i && v[i].starts < v[i - 1].ends))
            OUT(&o, "WRONG ");
    }
    return str_trim(out_text(&o));
}

static void cuts_hours_into_times(void)
{
    struct day day = { 2026, 11, 24 };
    eq_str(cut(hour(540, 660, 30, 0), day), S("09:00 09:30 10:00 10:30"));
    eq_str(cut(hour(540, 660, 45, 15), day), S("09:00 10:00"));
    eq_str(cut(hour(540, 560, 30, 0), day), S(""));
    eq_str(cut(hour(23 * 60, 24 * 60, 30, 0), day), S("23:00 23:30"));
}

/* On 29 March there is no 02:30; on 25 October there are two, and one of them is offered. */
static void knows_summer_time(void)
{
    struct day spring = { 2026, 3, 29 };
    struct day autumn = { 2026, 10, 25 };
    struct slot v[SLOTS_MOST];
    struct appointment_hours_row h = hour(60, 240, 30, 0);
    eq_str(cut(h, spring), S("01:00 01:30 03:00 03:30"));
    eq_str(cut(h, autumn), S("01:00 01:30 02:00 02:30 03:00 03:30"));
    eq_str(cut(hour(90, 300, 45, 0), spring), S("01:30 03:45")); /* 03:00 would overlap */
    h = hour(9 * 60, 10 * 60, 60, 0);
    slots_cut(&h, (struct day){ 2026, 3, 28 }, v);
    int64_t before = v[0].starts;
    slots_cut(&h, spring, v);
    eq_int(v[0].starts - before, 23 * 3600); /* nine o'clock stays nine o'clock */
    slots_cut(&h, (struct day){ 2026, 10, 24 }, v);
    before = v[0].starts;
    slots_cut(&h, autumn, v);
    eq_int(v[0].starts - before, 25 * 3600);
}

static void never_cuts_overlaps(void)
{
    uint64_t random = 7;
    int wrong = 0;
    for (int i = 0; i < 3000; i++) {
        int64_t n[4];
        for (int k = 0; k < 4; k++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            n[k] = (int64_t)(random >> 40);
        }
        struct appointment_hours_row h =
            hour(n[0] % 60 * 5, n[1] % 288 * 5, 10 + n[2] % 20 * 5, n[3] % 8 * 5);
        struct day day = i % 2 ? (struct day){ 2026, 3, 29 } : (struct day){ 2026, 10, 25 };
        wrong += str_find(cut(h, day), S("WRONG")) >= 0;
    }
    eq_int(wrong, 0);
}

/* ---- a consulting hour, and who comes ---- */

struct hours {
    int64_t account;
    int weekday, opens, closes, minutes;
};

static int64_t hours_new(const struct hours *h)
{
    struct tx tx;
    struct arena a;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    struct appointment_hours_arrival in = { .city_id = town,
                                            .office_id = office,
                                            .place_id = place,
                                            .account_id = h->account,
                                            .weekday = h->weekday,
                                            .opens = h->opens,
                                            .closes = h->closes,
                                            .minutes = h->minutes,
                                            .channels = CHANNEL_ONSITE | CHANNEL_PHONE,
                                            .from = { 2026, 1, 1 } };
    int64_t id = appointment_hours_new(&tx, &in);
    eq_int(tx_commit(&tx), ERR_OK);
    arena_free(&a);
    return id;
}

/* Tuesdays from nine to eleven, half an hour each. */
static int64_t tuesday(int64_t account)
{
    return hours_new(&(struct hours){ account, 1, 9 * 60, 11 * 60, 30 });
}

static const char *booking(int64_t hours, int64_t starts)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, "/stadt/termine/buchen?hours=%lld&at=%lld",
                                      (long long)hours, (long long)starts));
}

static str number(int64_t n)
{
    return str_fmt(&t_arena, "%lld", (long long)n);
}

/* What somebody types, on a form that was shown a minute ago. */
static struct answer book(int64_t hours, int64_t starts, const char *mail)
{
    struct answer page = get(&product, NULL, booking(hours, starts));
    ptrdiff_t shown_at = str_find(page.body, S("name=\"shown\" value=\""));
    if (shown_at < 0)
        return page;
    str rest = str_slice(page.body, (size_t)shown_at + 20, page.body.n);
    str shown = S("");
    str_next(&rest, '"', &shown);
    clock_set(clock_now() + 60);
    const struct http_field fields[] = {
        { S("hours"), number(hours) },   { S("at"), number(starts) },
        { S("channel"), S("onsite") },   { S("name"), S("Mara Beispiel") },
        { S("mail"), str_from_c(mail) }, { S("subject"), S("Etwas mit Kindern") },
        { S("shown"), shown },           LAST_FIELD
    };
    return post(&product, NULL, "/stadt/termine/buchen", fields);
}

static struct answer press(const char *link, const char *act)
{
    const struct http_field fields[] = { { S("act"), str_from_c(act) }, LAST_FIELD };
    return post(&product, NULL, link, fields);
}

static bool offers(const char *path, const char *clock)
{
    struct answer page = get(&product, NULL, path);
    return str_find(page.body, str_fmt(&t_arena, ">%s<span", clock)) >= 0;
}

static size_t mails(const char *to)
{
    return world_mails(&product, str_from_c(to));
}

static void a_citizen_books_moves_and_cancels_here(void)
{
    int64_t hours = tuesday(counsellor);
    ok(offers("/stadt/termine?from=2026-11-24", "9:00"));
    eq_int(book(hours, at(11, 24, 9, 0), "mara@person.example").status, 303);
    ok(!offers("/stadt/termine?from=2026-11-24", "9:00")); /* held */
    const char *link = world_mailed_link(&product, town, "mara@person.example");
    struct answer page = get(&product, NULL, link);
    ok(answer_says(&page, "Noch nicht bestätigt"));
    eq_int(mails("buero@stadt.example"), 0);
    eq_int(press(link, "bestaetigen").status, 303);
    eq_int(press(link, "bestaetigen").status, 409);
    eq_int(mails("mara@person.example"), 2);
    struct mail_full m = world_newest_mail(&product, town, "mara@person.example");
    ok(str_find(m.body_text, S("November 2026, 9:00 bis 9:30 Uhr")) >= 0);
    page = get(&product, NULL, world_under(link, "/termin.ics"));
    eq_int(page.status, 200);
    ok(answer_says(&page, "DTSTART;TZID=Europe/Berlin:20261124T090000"));
    ok(answer_says(&page, "DTEND;TZID=Europe/Berlin:20261124T093000"));
    ok(offers(str_to_c(&t_arena, str_fmt(&t_arena, "%s/verschieben?from=2026-12-01", link)),
              "10:30"));
    const struct http_field to[] = { { S("slot"), str_fmt(&t_arena, "%lld-%lld", (long long)hours,
                                                          (long long)at(12, 1, 10, 30)) },
                                     LAST_FIELD };
    eq_int(post(&product, NULL, world_under(link, "/verschieben"), to).status, 303);
    ok(offers("/stadt/termine?from=2026-11-24", "9:00")); /* free again */
    ok(!offers("/stadt/termine?from=2026-12-01", "10:30"));
    page = get(&product, NULL, link);
    ok(answer_says(&page, "Dezember 2026, 10:30 bis 11:00 Uhr"));
    eq_int(post(&product, NULL, world_under(link, "/verschieben"), to).status, 409);
    eq_int(press(link, "absagen").status, 303);
    ok(offers("/stadt/termine?from=2026-12-01", "10:30"));
    page = get(&product, NULL, link);
    ok(answer_says(&page, "Abgesagt"));
    eq_int(press(link, "absagen").status, 409);
}
ON_EACH_STORE(a_citizen_books_moves_and_cancels)

static void a_hold_ends_after_an_hour_here(void)
{
    int64_t hours = tuesday(counsellor);
    eq_int(book(hours, at(11, 24, 9, 0), "erste@person.example").status, 303);
    const char *first = world_mailed_link(&product, town, "erste@person.example");
    eq_int(book(hours, at(11, 24, 9, 0), "zweite@person.example").status, 409);
    clock_set(clock_now() + APPOINTMENT_HOLD + 1);
    eq_int(book(hours, at(11, 24, 9, 0), "zweite@person.example").status, 303);
    const char *second = world_mailed_link(&product, town, "zweite@person.example");
    struct answer late = press(first, "bestaetigen");
    eq_int(late.status, 422);
    ok(answer_says(&late, "jemand anderes"));
    eq_int(press(second, "bestaetigen").status, 303);
    /* Whoever is late but has lost nothing is let in. */
    eq_int(book(hours, at(11, 24, 9, 30), "dritte@person.example").status, 303);
    clock_set(clock_now() + 2 * APPOINTMENT_HOLD);
    eq_int(press(world_mailed_link(&product, town, "dritte@person.example"), "bestaetigen").status,
           303);
}
ON_EACH_STORE(a_hold_ends_after_an_hour)

static void only_what_is_offered_can_be_booked_here(void)
{
    int64_t hours = tuesday(counsellor);
    eq_int(book(hours, at(11, 24, 9, 10), "m@person.example").status, 409); /* between two */
    eq_int(book(hours, at(11, 25, 9, 0), "m@person.example").status, 409);  /* a Wednesday */
    eq_int(book(hours, at(11, 17, 9, 0), "m@person.example").status, 409);  /* over */
    eq_int(book(hours + 1, at(11, 24, 9, 0), "m@person.example").status, 409);
    clock_set(at(11, 24, 7, 30)); /* less than two hours before */
    eq_int(book(hours, at(11, 24, 9, 0), "m@person.example").status, 409);
    ok(!offers("/stadt/termine?from=2026-11-24", "9:00"));
    ok(offers("/stadt/termine?from=2026-11-24", "10:00"));
    clock_set(at(11, 18, 12, 0));
    eq_int(get(&product, NULL, booking(hours, at(11, 24, 9, 0) + 57 * DAY)).status, 409);
}
ON_EACH_STORE(only_what_is_offered_can_be_booked)

/* ---- days on which nothing is held ---- */

static struct answer close_days(const char *from, const char *to, int64_t account)
{
    const struct http_field fields[] = { { S("from_day"), str_from_c(from) },
                                         { S("to_day"), str_from_c(to) },
                                         { S("account"), account ? number(account) : S("") },
                                         { S("reason"), S("Betriebsausflug") },
                                         LAST_FIELD };
    return post(&product, &clerk, "/stadt/buero/termine/schliessungen", fields);
}

static void closures_and_holidays_are_left_out_here(void)
{
    tuesday(counsellor);
    hours_new(&(struct hours){ counsellor, 4, 9 * 60, 10 * 60, 30 });
    ok(offers("/stadt/termine?from=2026-12-18", "9:00"));
    struct answer page = get(&product, NULL, "/stadt/termine?from=2026-12-25");
    ok(answer_says(&page, "Erster Weihnachtstag"));
    page = get(&product, NULL, "/stadt/termine.json?from=2026-12-25");
    ok(!answer_says(&page, "2026-12-25T"));
    page = get(&product, NULL, "/stadt/termine.json?from=2026-12-01");
    ok(answer_says(&page, "2026-12-01T08:00:00Z"));
    eq_int(close_days("1.12.2026", "2.12.2026", 0).status, 303);
    page = get(&product, NULL, "/stadt/termine.json?from=2026-12-01");
    ok(!answer_says(&page, "2026-12-01T08:00:00Z"));
    page = get(&product, NULL, "/stadt/termine?from=2026-12-01");
    ok(answer_says(&page, "Betriebsausflug"));
    ok(offers("/stadt/termine?from=2026-12-01", "9:00")); /* on Friday */
    eq_int(close_days("3.12.2026", "", counsellor + 1).status, 422);
    eq_int(close_days("5.12.2026", "4.12.2026", 0).status, 422);
}
ON_EACH_STORE(closures_and_holidays_are_left_out)

static struct answer plan(const struct http_field *more)
{
    struct http_field fields[16] = { { S("office"), number(office) },
                                     { S("account"), number(counsellor) },
                                     { S("minutes"), S("30") },
                                     { S("onsite"), S("1") },
                                     { S("place"), number(place) } };
    size_t n = 5;
    for (; more->name.n; more++)
        fields[n++] = *more;
    fields[n] = (struct http_field)LAST_FIELD;
    return post(&product, &clerk, "/stadt/buero/termine/zeiten/neu", fields);
}

static void the_office_plans_here(void)
{
    const struct http_field good[] = { { S("weekday"), S("we") },
                                       { S("opens"), S("9") },
                                       { S("closes"), S("10.30") },
                                       { S("valid_from"), S("1.12.2026") },
                                       LAST_FIELD };
    const struct http_field odd[] = { { S("weekday"), S("we") },
                                      { S("opens"), S("9:07") },
                                      { S("closes"), S("10.30") },
                                      { S("valid_from"), S("1.12.2026") },
                                      LAST_FIELD };
    const struct http_field extra[] = { { S("extra"), S("1") },
                                        { S("opens"), S("14:00") },
                                        { S("closes"), S("15:00") },
                                        { S("valid_from"), S("25.12.2026") },
                                        LAST_FIELD };
    eq_int(plan(odd).status, 422);
    eq_int(plan(good).status, 303);
    eq_int(plan(extra).status, 303);
    ok(!offers("/stadt/termine?from=2026-11-25", "9:00")); /* not valid yet */
    ok(offers("/stadt/termine?from=2026-12-02", "10:00"));
    struct answer page = get(&product, NULL, "/stadt/termine.json?from=2026-12-25");
    ok(answer_says(&page, "2026-12-25T13:00:00Z")); /* an extra day, on a holiday */
    page = get(&product, &clerk, "/stadt/buero/termine/zeiten");
    ok(answer_says(&page, "Mittwoch"));
    ok(answer_says(&page, "SFTG § 2"));
    struct visitor stranger =
        product_sign_in(&product, world_account(&product, town, "volunteer", 0));
    eq_int(get(&product, &stranger, "/stadt/buero/termine").status, 403);
}
ON_EACH_STORE(the_office_plans)

/* ---- the office ---- */

static struct answer enter(int64_t hours, int64_t starts, const char *phone)
{
    const struct http_field fields[] = {
        { S("hours"), number(hours) },     { S("at"), number(starts) },
        { S("channel"), S("phone") },      { S("name"), S("Herr Platzhalter") },
        { S("phone"), str_from_c(phone) }, LAST_FIELD
    };
    return post(&product, &clerk, "/stadt/buero/termine/neu", fields);
}

static struct answer step(const char *page, const char *verb)
{
    const struct http_field fields[] = { { S("step"), str_from_c(verb) }, LAST_FIELD };
    return post(&product, &clerk, world_under(page, "/schritt"), fields);
}

static void the_office_enters_and_closes_here(void)
{
    int64_t hours = tuesday(counsellor);
    eq_int(enter(hours, at(11, 24, 9, 0), "").status, 422);
    struct answer a = enter(hours, at(11, 24, 9, 0), "0451 000-1");
    eq_int(a.status, 303);
    const char *page = str_to_c(&t_arena, header_of(&a, S("Location")));
    eq_int(enter(hours, at(11, 24, 9, 0), "0451 000-2").status, 409);
    struct answer day = get(&product, &clerk, "/stadt/buero/termine?day=24.11.2026");
    ok(answer_says(&day, "Herr Platzhalter"));
    ok(answer_says(&day, "9:30"));
    day = get(&product, &clerk, "/stadt/buero/termine?view=week&day=2026-11-26");
    ok(answer_says(&day, "Herr Platzhalter"));
    eq_int(step(page, "miss").status, 422); /* it has not begun */
    clock_set(at(11, 24, 9, 20));
    clerk = product_sign_in(&product, counsellor);
    eq_int(step(page, "cancel").status, 422);
    eq_int(step(page, "miss").status, 303);
    eq_int(step(page, "attend").status, 303); /* came after all */
    struct answer one = get(&product, &clerk, page);
    ok(answer_says(&one, "Hat stattgefunden"));
}
ON_EACH_STORE(the_office_enters_and_closes)

static void a_feed_tells_no_names_here(void)
{
    int64_t hours = tuesday(counsellor);
    eq_int(enter(hours, at(11, 24, 9, 0), "0451 000-1").status, 303);
    struct answer made = post(&product, &clerk, "/stadt/buero/termine/kalender",
                              (const struct http_field[]){ LAST_FIELD });
    eq_int(made.status, 200);
    ptrdiff_t from = str_find(made.body, S("/stadt/l/"));
    must(from > 0);
    str rest = str_slice(made.body, (size_t)from, made.body.n);
    str path = S("");
    str_next(&rest, '"', &path);
    const char *feed = str_to_c(&t_arena, path);
    struct answer ics = get(&product, NULL, feed);
    eq_int(ics.status, 200);
    ok(answer_says(&ics, "DTSTART;TZID=Europe/Berlin:20261124T090000"));
    ok(!answer_says(&ics, "Platzhalter"));
    ok(!answer_says(&ics, "0451"));
    struct tx tx;
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    struct stmt gone = { .name = "role",
                         .sqlite = "DELETE FROM account_role",
                         .postgres = "DELETE FROM account_role",
                         .id = DB_STMT_RARE };
    tx_run(&tx, &gone, NULL);
    eq_int(tx_commit(&tx), ERR_OK);
    eq_int(get(&product, NULL, feed).status, 404); /* no longer of the office */
}
ON_EACH_STORE(a_feed_tells_no_names)

/* ---- reminders ---- */

static void remind(int64_t now)
{
    struct job_run run = { .app = &product.app, .arena = &t_arena };
    clock_set(now);
    eq_int(job_run_now(&product.app, S("appointment.remind"), &run), ERR_OK);
    ok(!run.failed);
}

static void reminds_once_a_day_before_here(void)
{
    int64_t hours = tuesday(counsellor);
    eq_int(book(hours, at(11, 24, 9, 0), "mara@person.example").status, 303);
    const char *link = world_mailed_link(&product, town, "mara@person.example");
    remind(at(11, 23, 9, 30));
    eq_int(mails("mara@person.example"), 1); /* not confirmed: nothing to remind of */
    clock_set(at(11, 18, 12, 10));
    eq_int(press(link, "bestaetigen").status, 303);
    remind(at(11, 23, 8, 0));
    eq_int(mails("mara@person.example"), 2);
    remind(at(11, 23, 9, 30));
    remind(at(11, 23, 9, 40));
    eq_int(mails("mara@person.example"), 3);
    const struct http_field to[] = { { S("slot"), str_fmt(&t_arena, "%lld-%lld", (long long)hours,
                                                          (long long)at(12, 1, 9, 0)) },
                                     LAST_FIELD };
    eq_int(post(&product, NULL, world_under(link, "/verschieben"), to).status, 303);
    remind(at(11, 30, 9, 30));
    eq_int(mails("mara@person.example"), 5); /* of the move, and of the new time */
}
ON_EACH_STORE(reminds_once_a_day_before)

/* ---- many people at once ---- */

struct hand {
    int64_t hours;
    int64_t starts;
    bool done;
};

static void take(struct tx *tx, void *ctx)
{
    struct hand *h = ctx;
    struct city_list cities = city_list_begin(product.app.cities);
    struct rq rq = rq_outside(&product.app, &tx->db, &cities, city_by_id(&cities, town));
    struct slot slot;
    struct book_form f = { .channel = S("onsite"),
                           .name = S("Viele"),
                           .mail = S("viele@person.example"),
                           .phone = S(""),
                           .subject = S("") };
    h->done = slots_find(&rq, h->hours, h->starts, &slot) &&
              appointment_keep(&rq, tx, &(struct appointment_to){ &slot, f.channel }, &f, true);
    if (!h->done)
        db_fail(&tx->db, ERR_INVALID, S("taken"));
    city_list_end(product.app.cities, &cities);
}

static void *hand(void *ctx)
{
    struct hand *h = ctx;
    struct arena a;
    arena_init(&a, 0);
    h->done = tx_do(product.app.store, &a, take, h) == ERR_OK && h->done;
    arena_free(&a);
    arena_thread_end();
    return NULL;
}

#define HANDS 8

static int at_once(struct hand hands[HANDS])
{
    pthread_t threads[HANDS];
    int done = 0;
    for (int i = 0; i < HANDS; i++)
        must(pthread_create(&threads[i], NULL, hand, &hands[i]) == 0);
    for (int i = 0; i < HANDS; i++) {
        pthread_join(threads[i], NULL);
        done += hands[i].done;
    }
    return done;
}

/* Two appointments of one counsellor that share a minute, as the table has them. */
static int64_t overlaps(void)
{
    struct db db;
    int64_t n = 0;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct appointment_days_in all = { .city = town, .to = at(12, 31, 0, 0), .now = clock_now() };
    struct appointment_day_row_rows rows = appointment_days(&db, &all);
    for (size_t i = 0; i < rows.n; i++)
        for (size_t k = i + 1; k < rows.n; k++)
            n += rows.v[i].account_id == rows.v[k].account_id &&
                 rows.v[k].starts_at < rows.v[i].ends_at;
    db_end(&db);
    return n;
}

static int64_t booked(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct appointment_days_in all = { .city = town, .to = at(12, 31, 0, 0), .now = clock_now() };
    int64_t n = (int64_t)appointment_days(&db, &all).n;
    db_end(&db);
    return n;
}

static void of_many_exactly_one_gets_the_time_here(void)
{
    int64_t hours = tuesday(counsellor);
    int wrong = 0;
    for (int round = 0; round < 4; round++) {
        struct hand hands[HANDS];
        for (int i = 0; i < HANDS; i++)
            hands[i] = (struct hand){ hours, at(11, 24, 9, 0) + round * 1800, false };
        wrong += at_once(hands) != 1;
    }
    eq_int(wrong, 0);
    eq_int(booked(), 4);
    eq_int(overlaps(), 0);
}
ON_EACH_STORE(of_many_exactly_one_gets_the_time)

/* Two hours of one counsellor, cut differently: whatever is taken first shuts the other out. */
static void hours_that_overlap_share_one_time_here(void)
{
    int64_t halves = tuesday(counsellor);
    int64_t thirds = hours_new(&(struct hours){ counsellor, 1, 9 * 60, 11 * 60, 20 });
    struct hand hands[HANDS];
    for (int i = 0; i < HANDS; i++)
        hands[i] = i % 2 ? (struct hand){ halves, at(11, 24, 9, 0) + i / 2 * 1800, false }
                         : (struct hand){ thirds, at(11, 24, 9, 0) + i / 2 * 1200, false };
    ok(at_once(hands) > 0);
    eq_int(overlaps(), 0);
    eq_int(booked() > 0, true);
}
ON_EACH_STORE(hours_that_overlap_share_one_time)

/* Who holds an hour may change; what is booked in it stays taken. */
static void a_counsellor_leaves_here(void)
{
    struct tx tx;
    int64_t hours = tuesday(counsellor);
    struct hand one = { hours, at(11, 24, 9, 0), false };
    hand(&one);
    ok(one.done);
    must(tx_begin(product.app.store, &t_arena, &tx) == ERR_OK);
    appointment_hours_leave(&tx, counsellor);
    appointment_leave(&tx, counsellor);
    eq_int(tx_commit(&tx), ERR_OK);
    hand(&one);
    ok(!one.done);
    one.starts += 1800;
    hand(&one);
    ok(one.done);
}
ON_EACH_STORE(a_counsellor_leaves)

static const struct test tests[] = {
    TEST(cuts_hours_into_times),
    TEST(knows_summer_time),
    TEST(never_cuts_overlaps),
    TEST(a_citizen_books_moves_and_cancels),
    TEST(a_hold_ends_after_an_hour),
    TEST(only_what_is_offered_can_be_booked),
    TEST(closures_and_holidays_are_left_out),
    TEST(the_office_plans),
    TEST(the_office_enters_and_closes),
    TEST(a_feed_tells_no_names),
    TEST(reminds_once_a_day_before),
    TEST(of_many_exactly_one_gets_the_time),
    TEST(hours_that_overlap_share_one_time),
    TEST(a_counsellor_leaves),
};
TEST_MAIN(tests)
