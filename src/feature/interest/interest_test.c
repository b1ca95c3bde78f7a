/* SPDX-License-Identifier: EUPL-1.2 */
/* The whole life of an interest on both engines, with the mails that go with it. */
#include "base/clock.h"
#include "base/test.h"
#include "interest.sql.h"
#include "product.h"
#include "web.sql.h"
#include "web/job.h"
#include "world.h"

static struct product product;
static int64_t town, offer;

/* What somebody types, on a form that was shown a minute ago. */
static struct answer write_to(const char *mail)
{
    int64_t now = clock_now();
    struct answer page = get(&product, NULL, world_path("/stadt/angebote/{id}/interesse", offer));
    str rest = str_slice(page.body, (size_t)str_find(page.body, S("name=\"shown\"")), page.body.n);
    rest = str_slice(rest, (size_t)str_find(rest, S("value=\"")) + 7, rest.n);
    str shown = S("");
    str_next(&rest, '"', &shown);
    clock_set(now + 60);
    const struct http_field fields[] = { { S("name"), S("Muster Person") },
                                         { S("mail"), str_from_c(mail) },
                                         { S("message"), S("Guten Tag, ich lese gern vor.") },
                                         { S("consent"), S("1") },
                                         { S("shown"), shown },
                                         LAST_FIELD };
    return post(&product, NULL, world_path("/stadt/angebote/{id}/interesse", offer), fields);
}

static size_t mails(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    size_t n = mail_list(&db, town).n;
    db_end(&db);
    return n;
}

static struct answer press(const char *link, const char *act, const char *answer)
{
    const struct http_field fields[] = { { S("act"), str_from_c(act) },
                                         { S("answer"), str_from_c(answer) },
                                         LAST_FIELD };
    return post(&product, NULL, link, fields);
}

static size_t interests(str mail)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    size_t n = interest_of_mail(&db, mail).n;
    db_end(&db);
    return n;
}

static void care(int64_t at)
{
    static const char *const jobs[] = { "interest.care", "privacy.retention" };
    clock_set(at);
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        struct job_run run = { .app = &product.app, .arena = &t_arena };
        eq_int(job_run_now(&product.app, str_from_c(jobs[i]), &run), ERR_OK);
        ok(!run.failed);
    }
}

static void begin(struct test_store *store)
{
    ok(product_open(&product, store, NULL));
    clock_set(clock_now());
    town = world_town(&product, "stadt", "Stadt");
    int64_t organisation = world_organisation(&product, town, "Verein");
    offer = world_offer(&product, &(struct world_offer){ town, organisation, NULL, "Vorlesen" });
}

static void end(void)
{
    product_close(&product);
    clock_set(0);
}

static void is_answered_on(struct test_store *store)
{
    begin(store);
    eq_int(write_to("muster@example.org").status, 303);
    const char *mine = world_mailed_link(&product, town, "muster@example.org");
    struct answer page = get(&product, NULL, mine);
    ok(answer_says(&page, "Noch nicht bestätigt"));
    size_t before = mails();
    get(&product, NULL, mine); /* looking does nothing */
    eq_int(mails(), before);
    eq_int(press(mine, "bestaetigen", "").status, 303);
    eq_int(mails(), before + 1);
    struct mail_full m = world_newest_mail(&product, town, NULL);
    ok(str_find(m.body_text, S("ich lese gern vor")) >= 0);
    ok(str_find(m.subject, S("Muster")) < 0);
    const char *theirs = world_mailed_link(&product, town, NULL);
    eq_int(press(mine, "bestaetigen", "").status, 409); /* once */
    page = get(&product, NULL, theirs);
    ok(answer_says(&page, "Muster Person"));
    eq_int(press(theirs, "gespraech", "Wir rufen am Montag an.").status, 303);
    m = world_newest_mail(&product, town, NULL);
    eq_str(m.recipient, S("muster@example.org"));
    ok(str_find(m.body_text, S("Wir rufen am Montag an.")) >= 0);
    page = get(&product, NULL, mine);
    ok(answer_says(&page, "Wir rufen am Montag an."));
    eq_int(press(theirs, "nein", "").status, 409);
    end();
}
TEST_EACH_STORE(is_answered)

static void is_taken_back_on(struct test_store *store)
{
    begin(store);
    eq_int(write_to("muster@example.org").status, 303);
    const char *mine = world_mailed_link(&product, town, "muster@example.org");
    eq_int(press(mine, "bestaetigen", "").status, 303);
    const char *theirs = world_mailed_link(&product, town, NULL);
    eq_int(press(mine, "zurueckziehen", "").status, 303);
    ok(get(&product, NULL, theirs).status == 410);
    eq_int(press(theirs, "gespraech", "").status, 410);
    end();
}
TEST_EACH_STORE(is_taken_back)

static void does_not_tell_who_wrote_on(struct test_store *store)
{
    begin(store);
    eq_int(write_to("muster@example.org").status, 303);
    size_t before = mails();
    eq_int(write_to("muster@example.org").status, 303); /* the same answer … */
    eq_int(mails(), before);                            /* … but nothing more happens */
    eq_int(interests(S("muster@example.org")), 1);
    end();
}
TEST_EACH_STORE(does_not_tell_who_wrote)

static void reminds_once_and_erases_on(struct test_store *store)
{
    const int64_t day = 86400;
    begin(store);
    eq_int(write_to("muster@example.org").status, 303);
    int64_t start = clock_now();
    eq_int(press(world_mailed_link(&product, town, "muster@example.org"), "bestaetigen", "").status,
           303);
    eq_int(write_to("still@example.org").status, 303);
    size_t before = mails();
    care(start + 2 * day);
    eq_int(mails(), before);
    eq_int(interests(S("still@example.org")), 1);
    care(start + 4 * day);
    eq_int(interests(S("still@example.org")), 0); /* never confirmed */
    care(start + 8 * day);
    care(start + 9 * day);
    eq_int(mails(), before + 1); /* the contact, once */
    care(start + 15 * day);
    care(start + 16 * day);
    eq_int(mails(), before + 2); /* the citizen, once */
    eq_int(interests(S("muster@example.org")), 1);
    care(start + 181 * day);
    eq_int(interests(S("muster@example.org")), 0);
    end();
}
TEST_EACH_STORE(reminds_once_and_erases)

static const struct test tests[] = { TEST(is_answered), TEST(is_taken_back),
                                     TEST(does_not_tell_who_wrote), TEST(reminds_once_and_erases) };
TEST_MAIN(tests)
