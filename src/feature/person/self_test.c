/* SPDX-License-Identifier: EUPL-1.2 */
/* A person's own way, without account: entering, confirming, changing, resting, leaving. */
#include "base/test.h"
#include "db/engine.h"
#include "feature/person/self.h"
#include "product.h"
#include "web/job.h"
#include "world.h"

#define MAIL "kiefer@probe.example"

static struct product product;
static int64_t town;
static struct db db;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 11, 23 }, .hour = 9 }));
        town = world_town(&product, "hier", "Hier");
        run();
    }
    product_close(&product);
    clock_set(0);
}

/* All of the town as the office's list has them now. */
static struct person_card_rows people(const char *state)
{
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct person_card_rows rows = person_list(
        &db, &(struct person_list_in){
                 .city = town, .state = str_from_c(state), .pattern = S("%"), .limit = 10 });
    db_end(&db);
    return rows;
}

static bool agrees(int64_t id, const char *purpose)
{
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    bool yes = person_consent_now(&db, town, id, str_from_c(purpose)) != NULL;
    db_end(&db);
    return yes;
}

static struct answer enter(void)
{
    struct answer form = get(&product, NULL, "/hier/mitmachen");
    ptrdiff_t at = str_find(form.body, S("name=\"shown\""));
    must(at >= 0);
    str rest = str_slice(form.body, (size_t)at, form.body.n);
    rest = str_slice(rest, (size_t)str_find(rest, S("value=\"")) + 7, rest.n);
    str shown = S("");
    str_next(&rest, '"', &shown);
    clock_set(clock_now() + 60);
    const struct http_field fields[] = { { S("name"), S("Probe Kiefer") },
                                         { S("mail"), S(MAIL) },
                                         { S("birth_year"), S("1999") },
                                         { S("like_fields"), S("sport") },
                                         { S("agree_keep"), S("1") },
                                         { S("agree_propose"), S("1") },
                                         { S("shown"), shown },
                                         LAST_FIELD };
    return post(&product, NULL, "/hier/mitmachen", fields);
}

static struct answer act(const char *link, const char *name)
{
    const struct http_field fields[] = { { S("act"), str_from_c(name) }, LAST_FIELD };
    return post(&product, NULL, link, fields);
}

static void a_link_is_the_key_here(void)
{
    eq_int(enter().status, 303);
    struct person_card_rows rows = people("waiting");
    must(rows.n == 1);
    int64_t id = rows.v[0].id;
    ok(!agrees(id, PERSON_AGREES_PROPOSE));
    eq_int(enter().status, 303); /* twice: nothing is said, nothing is stored */
    eq_int(people("waiting").n, 1);

    const char *link = world_mailed_link(&product, town, MAIL);
    ok(answer_says(&(struct answer){ .body = get(&product, NULL, link).body }, "Probe Kiefer"));
    eq_int(people("waiting").n, 1); /* opening it changes nothing */
    eq_int(act(link, "ruhen").status, 409);
    eq_int(act(link, "bestaetigen").status, 303);
    eq_int(people("active").n, 1);
    ok(agrees(id, PERSON_AGREES_KEEP) && agrees(id, PERSON_AGREES_PROPOSE));
    ok(!agrees(id, PERSON_AGREES_PASS_ON));

    const struct http_field changed[] = { { S("name"), S("Probe Kiefer") },
                                          { S("phone"), S("0451 4711") },
                                          LAST_FIELD };
    eq_int(post(&product, NULL, world_under(link, "/aendern"), changed).status, 303);
    eq_str(people("active").v[0].phone, S("0451 4711"));
    eq_int(act(link, "einwilligung").status, 303); /* nothing is ticked any more */
    ok(agrees(id, PERSON_AGREES_KEEP) && !agrees(id, PERSON_AGREES_PROPOSE));
    eq_int(act(link, "ruhen").status, 303);
    eq_int(people("resting").n, 1);
    eq_int(act(link, "wieder").status, 303);

    eq_int(get(&product, NULL, world_under(link, "/loeschen")).status, 200);
    eq_int(people("").n, 1);
    eq_int(post(&product, NULL, world_under(link, "/loeschen"), changed).status, 303);
    eq_int(people("").n, 0);
    eq_int(get(&product, NULL, link).status, 410);
    ok(!agrees(id, PERSON_AGREES_KEEP));
}
ON_EACH_STORE(a_link_is_the_key)

static void night(int days, const char *name)
{
    struct arena a;
    arena_init(&a, 0);
    struct job_run run = { .arena = &a };
    clock_set(clock_now() + (int64_t)days * 86400);
    eq_int(job_run_now(&product.app, str_from_c(name), &run), ERR_OK);
    arena_free(&a);
}

/* Asked once, a month before; whoever answers stays, whoever does not is erased. */
static void nobody_is_kept_for_ever_here(void)
{
    enter();
    act(world_mailed_link(&product, town, MAIL), "bestaetigen");
    size_t mails = world_mails(&product, S(MAIL));
    night(330, "person.ask");
    eq_int(world_mails(&product, S(MAIL)), mails);
    night(6, "person.ask");
    night(1, "person.ask");
    eq_int(world_mails(&product, S(MAIL)), mails + 1);
    eq_int(act(world_mailed_link(&product, town, MAIL), "behalten").status, 303);
    night(60, "privacy.retention");
    eq_int(people("active").n, 1);
    night(310, "privacy.retention");
    eq_int(people("active").n, 0);
}
ON_EACH_STORE(nobody_is_kept_for_ever)

static const struct test tests[] = { TEST(a_link_is_the_key), TEST(nobody_is_kept_for_ever) };
TEST_MAIN(tests)
