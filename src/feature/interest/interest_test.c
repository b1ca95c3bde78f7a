/* SPDX-License-Identifier: EUPL-1.2 */
/* The whole life of an interest on both engines, with the mails that go with it. */
#include "base/clock.h"
#include "base/test.h"
#include "interest.sql.h"
#include "product.h"
#include "tables.h"
#include "web.sql.h"
#include "web/job.h"
#include "web/procedure.h"
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

/* ---- from before there were procedures ---- */

/* A town with an interest that was confirmed and answered, as version 1 of the tables kept it. */
#define WORLD                                                                                   \
    "INSERT INTO city (id, slug, name, kind, ags, land, lat, lon, created_at)"                  \
    " VALUES (1, 'stadt', 'Stadt', 'stadt', '01003000', 'SH', 53.8, 10.6, 1);"                  \
    "INSERT INTO organisation (id, city_id, name, sort_key, search, kind, created_at,"          \
    " changed_at) VALUES (2, 1, 'Verein', 'verein', 'verein', 'verein', 1, 1);"                 \
    "INSERT INTO opportunity (id, city_id, organisation_id, state, title, created_at,"          \
    " changed_at) VALUES (3, 1, 2, 'published', 'Vorlesen', 1, 1);"                             \
    "INSERT INTO interest (id, city_id, opportunity_id, state, name, mail, message, lang,"      \
    " created_at, sent_at, changed_at)"                                                         \
    " VALUES (4, 1, 3, 'declined', 'Muster', 'muster@example.org', 'Hallo', 'de', 10, 20, 30);" \
    "INSERT INTO interest_event (id, city_id, interest_id, at, by_whom, from_state, to_state)"  \
    " VALUES (5, 1, 4, 20, 'citizen', 'unconfirmed', 'sent'),"                                  \
    " (6, 1, 4, 30, 'contact', 'sent', 'declined');"

static bool is_the_move(const struct migration *m)
{
    return str_eq(str_from_c(m->feature), S("interest")) && m->number == 2;
}

static void keeps_what_happened_on(struct test_store *store)
{
    struct migration list[DB_TABLES];
    struct migration the_move = { 0 };
    struct db db;
    size_t n = 0;
    for (size_t i = 0; i < db_migration_count; i++)
        if (is_the_move(&db_migrations[i]))
            the_move = db_migrations[i];
        else
            list[n++] = db_migrations[i];
    list[n++] = (struct migration){ "before", 1, WORLD, WORLD, "0" };
    eq_int(store_migrate(store->store, list, n), ERR_OK);
    list[n++] = the_move;
    eq_int(store_migrate(store->store, list, n), ERR_OK);
    must(db_begin(store->store, &t_arena, &db) == ERR_OK);
    struct event_row_rows events = event_list(&db, 1, S("interest"), 4);
    db_end(&db);
    eq_int(events.n, 3); /* the newest first */
    if (events.n != 3)
        return;
    eq_str(events.v[0].verb, S("decline"));
    eq_str(events.v[0].from_state, S("sent"));
    eq_int(events.v[0].at, 30);
    eq_str(events.v[1].verb, S("confirm"));
    eq_str(events.v[1].actor, S("link"));
    eq_str(events.v[2].verb, S("write"));
    eq_str(procedure_replay(events), S("declined"));
}
TEST_EACH_STORE(keeps_what_happened)

static const struct test tests[] = { TEST(is_answered), TEST(is_taken_back),
                                     TEST(does_not_tell_who_wrote), TEST(reminds_once_and_erases),
                                     TEST(keeps_what_happened) };
TEST_MAIN(tests)
