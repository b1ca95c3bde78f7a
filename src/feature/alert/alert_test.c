/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The life of a saved search on both engines, and sixty days of digests over the end of summer
 * time, with days on which the server is off and days on which the job runs twice.
 */
#include "feature/alert/alert.h"

#include "base/clock.h"
#include "base/test.h"
#include "feature/opportunity/opportunity.h"
#include "product.h"
#include "web.sql.h"
#include "web/job.h"
#include "world.h"

#define DAYS   60
#define SEARCH "/stadt/suche-merken?q=hafenkran&page=3&sort=new"

static struct product product;
static int64_t town, organisation;
static uint64_t lot;

static uint32_t draw(uint32_t below)
{
    lot = lot * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(lot >> 33) % below;
}

/* The clock begins before the program does: its index asks what has changed since. */
static void with_product(void (*run)(void), const struct test_store *store)
{
    lot = 20261001;
    clock_set(clock_instant((struct local_time){ { 2026, 10, 1 }, 12, 0, 0 }));
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Musterverein");
        run();
    }
    clock_set(0);
    product_close(&product);
}

static int64_t offer(const char *title)
{
    return world_offer(&product, &(struct world_offer){ town, organisation, NULL, title });
}

/* The value of a hidden field of a page. */
static str hidden(const struct answer *page, const char *name)
{
    str mark = str_fmt(&t_arena, "name=\"%s\" value=\"", name);
    ptrdiff_t at = str_find(page->body, mark);
    must(at >= 0);
    str rest = str_slice(page->body, (size_t)at + mark.n, page->body.n);
    str value = S("");
    str_next(&rest, '"', &value);
    return value;
}

static struct answer save(const char *mail, const char *every)
{
    struct answer page = get(&product, NULL, SEARCH);
    eq_int(page.status, 200);
    clock_set(clock_now() + 60);
    const struct http_field fields[] = {
        { S("mail"), str_from_c(mail) },        { S("every"), str_from_c(every) },
        { S("query"), hidden(&page, "query") }, { S("consent"), S("1") },
        { S("shown"), hidden(&page, "shown") }, LAST_FIELD
    };
    return post(&product, NULL, "/stadt/suche-merken", fields);
}

static int press(const char *link, const char *act)
{
    const struct http_field fields[] = { { S("act"), str_from_c(act) }, LAST_FIELD };
    return post(&product, NULL, link, fields).status;
}

static const char *saved(const char *mail, const char *every)
{
    eq_int(save(mail, every).status, 303);
    const char *link = world_mailed_link(&product, town, mail);
    eq_int(press(link, "bestaetigen"), 303);
    return link;
}

static void run_job(str name)
{
    struct arena a;
    arena_init(&a, 0);
    struct job_run run = { .app = &product.app, .arena = &a };
    must(job_run_now(&product.app, name, &run) == ERR_OK);
    ok(!run.failed);
    arena_free(&a);
}

static void digest(void)
{
    run_job(S("alert.digest"));
}

static void go_on(int days)
{
    struct local_time t = clock_local(clock_now());
    t.day = day_add(t.day, days);
    clock_set(clock_instant(t));
}

static size_t mails(const char *to)
{
    return world_mails(&product, str_from_c(to));
}

static size_t searches(const char *mail)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    size_t n = alert_of_mail(&db, str_from_c(mail)).n;
    db_end(&db);
    return n;
}

static void what_is_new_is_told_once_here(void)
{
    const char *who = "muster@example.org";
    offer("Hafenkran von gestern");
    eq_int(save(who, "daily").status, 303);
    eq_int(mails(who), 1);
    const char *link = world_mailed_link(&product, town, who);
    go_on(1);
    offer("Hafenkran am Morgen");
    digest();
    eq_int(mails(who), 1); /* not yet confirmed */
    get(&product, NULL, link);
    struct answer page = get(&product, NULL, link);
    ok(answer_says(&page, "Sollen wir an"));
    ok(answer_says(&page, "hafenkran"));
    clock_set(clock_now() + 60);
    eq_int(press(link, "bestaetigen"), 303);
    eq_int(press(link, "bestaetigen"), 409);
    go_on(1);
    digest();
    eq_int(mails(who), 1); /* nothing since */
    int64_t mine = offer("Hafenkran am Abend");
    offer("Garten pflegen");
    digest();
    eq_int(mails(who), 1); /* today has been looked at */
    go_on(1);
    digest();
    digest();
    eq_int(mails(who), 2);
    struct mail_full m = world_newest_mail(&product, town, who);
    ok(str_find(m.subject, S("1 neues Angebot")) >= 0);
    ok(str_find(m.body_text, S("Hafenkran am Abend")) >= 0);
    ok(str_find(m.body_text, str_from_c(world_path("/stadt/angebote/{id}\n", mine))) >= 0);
    ok(str_find(m.body_text, S("Garten")) < 0 && str_find(m.body_text, S("gestern")) < 0);
}
ON_EACH_STORE(what_is_new_is_told_once)

static void one_click_leaves_here(void)
{
    const char *who = "muster@example.org";
    static const struct http_field click[] = {
        { STR_INIT("List-Unsubscribe"), STR_INIT("One-Click") }, LAST_FIELD
    };
    const char *link = saved(who, "daily");
    str token = str_slice(str_from_c(link), sizeof "/stadt/l/" - 1, str_from_c(link).n);
    const char *leave =
        str_to_c(&t_arena, str_fmt(&t_arena, "/stadt/suche-merken/ende/%.*s", STR_FMT(token)));
    struct ask ask = {
        .method = HTTP_POST, .target = leave, .fields = click, .without_token = true
    };
    eq_int(get(&product, NULL, leave).status, 200); /* looking does nothing */
    eq_int(press(link, "woechentlich"), 303);
    eq_int(product_ask(&product, &ask).status, 200);
    eq_int(product_ask(&product, &ask).status, 200); /* a program may ask twice */
    eq_int(press(link, "taeglich"), 409);
    ask.target = "/stadt/suche-merken/ende/AAAAAAAAAAAAAAAAAAAAAA";
    eq_int(product_ask(&product, &ask).status, 404);
    go_on(8);
    offer("Hafenkran");
    digest();
    eq_int(mails(who), 1);
    eq_int(searches(who), 1);
    go_on(30);
    run_job(S("privacy.retention"));
    eq_int(searches(who), 0); /* erased */
}
ON_EACH_STORE(one_click_leaves)

static void the_mail_names_where_to_leave_here(void)
{
    saved("muster@example.org", "daily");
    offer("Hafenkran");
    go_on(1);
    digest();
    struct db db;
    bool named = false;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct mail_due_row_rows due = mail_due(&db, clock_now());
    for (size_t i = 0; i < due.n; i++)
        named |= str_find(due.v[i].leave_at, S("/stadt/suche-merken/ende/")) > 0;
    db_end(&db);
    ok(named);
}
ON_EACH_STORE(the_mail_names_where_to_leave)

static void nobody_learns_who_has_saved_here(void)
{
    const char *who = "muster@example.org";
    saved(who, "daily");
    struct answer again = save(who, "daily");
    struct answer other = save("andere@example.org", "daily");
    eq_int(again.status, other.status);
    eq_str(header_of(&again, S("Location")), header_of(&other, S("Location")));
    eq_int(mails(who), 1);
    eq_int(searches(who), 1);
    go_on(4);
    run_job(S("privacy.retention"));
    eq_int(searches("andere@example.org"), 0); /* never confirmed */
    int status = 303;
    for (int i = 0; i < 10 && status == 303; i++)
        status = save(who, "weekly").status;
    eq_int(status, 429);
}
ON_EACH_STORE(nobody_learns_who_has_saved)

static void an_account_sees_and_ends_its_own_here(void)
{
    int64_t account = world_account(&product, town, NULL, 0);
    int64_t stranger = world_account(&product, town, NULL, 0);
    struct visitor who = product_sign_in(&product, account);
    struct visitor other = product_sign_in(&product, stranger);
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const char *mail = str_to_c(&t_arena, account_by_id(&db, account)->mail);
    db_end(&db);
    saved(mail, "weekly");
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    int64_t id = alert_of_mail(&db, str_from_c(mail)).v[0].id;
    db_end(&db);
    struct answer page = get(&product, &who, "/stadt/konto/suchen");
    ok(answer_says(&page, "hafenkran"));
    page = get(&product, &other, "/stadt/konto/suchen");
    ok(!answer_says(&page, "hafenkran"));
    const char *end = world_path("/stadt/konto/suchen/{id}/ende", id);
    eq_int(post(&product, &other, end, (const struct http_field[]){ LAST_FIELD }).status, 404);
    page = get(&product, &who, "/stadt/konto/daten.json");
    ok(answer_says(&page, "q=hafenkran"));
    eq_int(post(&product, &who, end, (const struct http_field[]){ LAST_FIELD }).status, 303);
    page = get(&product, &who, "/stadt/konto/suchen");
    ok(!answer_says(&page, "hafenkran"));
}
ON_EACH_STORE(an_account_sees_and_ends_its_own)

/* ---- sixty days ---- */

struct model {
    const char *mail;
    int interval; /* days */
    int64_t due;  /* day */
    int untold;   /* offers since it was looked at last */
    size_t mails;
};

static void model_run(struct model *m, int64_t day)
{
    if (day < m->due)
        return;
    m->mails += m->untold > 0;
    m->untold = 0;
    m->due = day + m->interval;
}

/* In how many of the mails to an address the offer stands. */
static size_t told(const char *mail, int64_t id)
{
    struct db db;
    size_t n = 0;
    str mark = str_from_c(world_path("/angebote/{id}\n", id));
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct mail_list_row_rows rows = mail_list(&db, town);
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_full *m = mail_show(&db, town, rows.v[i].id);
        n += m && str_eq(m->recipient, str_from_c(mail)) && str_find(m->body_text, mark) >= 0;
    }
    db_end(&db);
    return n;
}

static void set_hour(int64_t day, int hour, int minute)
{
    clock_set(clock_instant((struct local_time){ day_from_number(day), hour, minute, 0 }));
}

static void each_offer_is_told_once_in_sixty_days_here(void)
{
    int64_t first = clock_day_number(clock_now());
    struct model m[] = { { "taeglich@example.org", 1, first + 1, 0, 1 },
                         { "woche@example.org", 7, first + 7, 0, 1 } };
    int64_t offers[DAYS];
    size_t n = 0;
    saved(m[0].mail, "daily");
    saved(m[1].mail, "weekly");
    for (int64_t day = first + 1; day < first + DAYS; day++) {
        for (int runs = (int)draw(3); runs > 0; runs--) { /* none: the server was off */
            set_hour(day, 13 - 4 * runs, (int)draw(60));
            digest();
            for (int i = 0; i < 2; i++)
                model_run(&m[i], day);
        }
        set_hour(day, 14, 0);
        if (draw(3) == 0) {
            offers[n++] = offer("Hafenkran");
            m[0].untold++;
            m[1].untold++;
        }
        if (day % 5 == 0)
            offer("Garten");
    }
    set_hour(first + DAYS + 10, 9, 0);
    digest();
    for (int i = 0; i < 2; i++) {
        model_run(&m[i], first + DAYS + 10);
        eq_int(mails(m[i].mail), m[i].mails);
        size_t wrong = 0;
        for (size_t k = 0; k < n; k++)
            wrong += told(m[i].mail, offers[k]) != 1;
        eq_int(wrong, 0);
    }
    ok(n > 10 && m[0].mails > m[1].mails && m[1].mails > 4);
}
ON_EACH_STORE(each_offer_is_told_once_in_sixty_days)

static const struct test tests[] = {
    TEST(what_is_new_is_told_once),         TEST(one_click_leaves),
    TEST(the_mail_names_where_to_leave),    TEST(nobody_learns_who_has_saved),
    TEST(an_account_sees_and_ends_its_own), TEST(each_offer_is_told_once_in_sixty_days),
};
TEST_MAIN(tests)
