/* SPDX-License-Identifier: EUPL-1.2 */
/* Two years of an organisation's page: when it is asked, by which way it answers, and who else
 * hears. */
#include "feature/organisation/review.h"

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "web/job.h"
#include "world.h"

#define MAIL "verein@verein.example" /* what world_organisation gives them */

static struct product product;
static int64_t town, organisation;
static int64_t start;

static int64_t at(int days)
{
    struct local_time t = { .day = day_add(clock_local(start).day, days), .hour = 9 };
    return clock_instant(t);
}

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        start = clock_instant((struct local_time){ { 2027, 1, 15 }, 12, 0, 0 });
        clock_set(start);
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Leseinsel");
        run();
    }
    clock_set(0);
    product_close(&product);
}

static void night(int days)
{
    struct arena a;
    struct job_run run = { .arena = &a };
    arena_init(&a, 0);
    clock_set(at(days));
    must(job_run_now(&product.app, S("organisation.review"), &run) == ERR_OK);
    ok(!run.failed);
    arena_free(&a);
}

static struct answer press(const char *link, const char *act)
{
    const struct http_field fields[] = { { S("act"), str_from_c(act) }, LAST_FIELD };
    return post(&product, NULL, link, fields);
}

static bool today_says(const char *text)
{
    struct visitor staff =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    struct answer today = get(&product, &staff, "/stadt/buero");
    return answer_says(&today, text);
}

static void asks_once_a_year_here(void)
{
    night(364);
    eq_int(world_mails(&product, S(MAIL)), 0);
    night(365);
    night(365);
    night(370);
    eq_int(world_mails(&product, S(MAIL)), 1);
    const char *link = world_mailed_link(&product, town, MAIL);
    struct answer page = get(&product, NULL, link);
    eq_int(page.status, 200);
    ok(answer_says(&page, "Leseinsel") && answer_says(&page, "Ja, alles stimmt"));
    eq_int(press(link, "bestaetigen").status, 303);
    night(395); /* answered: no reminder */
    night(370 + 364);
    eq_int(world_mails(&product, S(MAIL)), 1);
    night(370 + 365);
    eq_int(world_mails(&product, S(MAIL)), 2);
}
ON_EACH_STORE(asks_once_a_year)

static void reminds_once_then_the_office_hears_here(void)
{
    night(365);
    night(394);
    eq_int(world_mails(&product, S(MAIL)), 1);
    night(395);
    eq_int(world_mails(&product, S(MAIL)), 2);
    ok(!today_says("Niemand hat die Seite"));
    night(425);
    eq_int(world_mails(&product, S(MAIL)), 2);
    ok(today_says("Niemand hat die Seite seit dem 15.\302\240Januar\302\2402027 bestätigt") ||
       today_says("Niemand hat die Seite seit dem"));
    night(500); /* and that is that */
    eq_int(world_mails(&product, S(MAIL)), 2);
}
ON_EACH_STORE(reminds_once_then_the_office_hears)

static const struct http_field *form_of(const char *name, const char *mail)
{
    size_t n = 0;
    struct http_field *f = NEW_ARRAY(&t_arena, 8 + vocab_accessible.n, struct http_field);
    f[n++] = (struct http_field){ S("name"), str_from_c(name) };
    f[n++] = (struct http_field){ S("kind"), S("verein") };
    f[n++] = (struct http_field){ S("purpose_md"), S("Wir lesen vor.") };
    f[n++] = (struct http_field){ S("fields"), vocab_code(&vocab_field, 0) };
    f[n++] = (struct http_field){ S("mail"), str_from_c(mail) };
    for (size_t i = 0; i < vocab_accessible.n; i++)
        f[n++] = (struct http_field){
            str_fmt(&t_arena, "access_%.*s", STR_FMT(vocab_accessible.codes[i])), S("unknown")
        };
    return f;
}

static void changes_by_the_link_here(void)
{
    night(365);
    const char *link = world_mailed_link(&product, town, MAIL);
    const char *form = world_under(link, "/aendern");
    eq_int(get(&product, NULL, form).status, 200);
    eq_int(post(&product, NULL, form, form_of("", MAIL)).status, 422);
    eq_int(post(&product, NULL, form, form_of("Leseinsel am Markt", MAIL)).status, 303);
    struct answer page =
        get(&product, NULL, world_path("/stadt/organisationen/{id}", organisation));
    ok(answer_says(&page, "Leseinsel am Markt") && answer_says(&page, "Wir lesen vor."));
    night(396);
    eq_int(world_mails(&product, S(MAIL)), 1); /* who edits has reviewed */
    /* With another address the key is another one's. */
    eq_int(post(&product, NULL, form, form_of("Leseinsel", "neu@verein.example")).status, 303);
    eq_int(get(&product, NULL, link).status, 404);
    eq_int(press(link, "bestaetigen").status, 404);
    world_town(&product, "fern", "Fern");
    eq_int(get(&product, NULL, world_under("/fern", link + sizeof "/stadt" - 1)).status, 410);
}
ON_EACH_STORE(changes_by_the_link)

static const struct test tests[] = {
    TEST(asks_once_a_year),
    TEST(reminds_once_then_the_office_hears),
    TEST(changes_by_the_link),
};
TEST_MAIN(tests)
