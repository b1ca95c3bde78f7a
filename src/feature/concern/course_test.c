/* SPDX-License-Identifier: EUPL-1.2 */
/* What the night does with concerns: deleted, closed, erased, each on its day and not before. */
#include "base/clock.h"
#include "base/test.h"
#include "concern.sql.h"
#include "feature/concern/states.h"
#include "product.h"
#include "web/job.h"
#include "world.h"

#define DAY 86400

static struct product product;

static void move_to(int64_t city, int64_t id, const char *state, int64_t at)
{
    struct tx tx;
    enum err e = tx_begin(product.app.store, &t_arena, &tx);
    eq_int(e, ERR_OK);
    const struct concern_full *c = concern_get(&tx.db, city, id);
    struct concern_set_state_in in = {
        .to = str_from_c(state), .city = city, .id = id, .from = c->state
    };
    concern_set_state(&tx, &in);
    concern_set_answered(&tx, at, city, id);
    if (!str_eq(in.to, S("answered")))
        concern_set_closed(&tx, at, city, id);
    concern_message_insert(&tx, &(struct concern_message_insert_in){ .id = db_new_id(),
                                                                     .city = city,
                                                                     .concern = id,
                                                                     .at = at,
                                                                     .kind = S("note"),
                                                                     .account = 0,
                                                                     .body = S("Geheim.") });
    eq_int(tx_commit(&tx), ERR_OK);
}

static void night(int64_t now)
{
    static const char *const jobs[] = { "concern.tidy", "privacy.retention" };
    clock_set(now);
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        struct job_run run = { .arena = &t_arena, .now = now };
        eq_int(job_run_now(&product.app, str_from_c(jobs[i]), &run), ERR_OK);
        ok(!run.failed);
    }
}

static const struct concern_full *look(struct db *db, int64_t city, int64_t id)
{
    enum err e = db_begin(product.app.store, &t_arena, db);
    eq_int(e, ERR_OK);
    return concern_get(db, city, id);
}

static str state_of(int64_t city, int64_t id)
{
    struct db db;
    const struct concern_full *c = look(&db, city, id);
    str state = c ? str_copy(&t_arena, c->state) : S("(none)");
    db_end(&db);
    return state;
}

static void each_on_its_day_here(void)
{
    int64_t start = clock_now();
    int64_t city = world_town(&product, "hier", "Hier");
    int64_t fresh = world_concern(&product, city);
    int64_t settled = world_concern(&product, city);
    int64_t old = world_concern(&product, city);
    int64_t withdrawn = world_concern(&product, city);
    int64_t unconfirmed = world_concern(&product, city);
    move_to(city, settled, "answered", start);
    move_to(city, old, "closed", start);
    move_to(city, withdrawn, "withdrawn", start);
    move_to(city, unconfirmed, "new", 0);

    night(start + 6 * DAY);
    eq_str(state_of(city, unconfirmed), S("new"));
    night(start + 8 * DAY);
    eq_str(state_of(city, unconfirmed), S("(none)"));
    eq_str(state_of(city, settled), S("answered"));
    night(start + 15 * DAY);
    eq_str(state_of(city, settled), S("closed"));

    struct db db;
    night(start + 31 * DAY);
    const struct concern_full *c = look(&db, city, withdrawn);
    ok(c && c->erased_at && !c->mail.n && !c->name.n && !c->subject.n && !c->question.n);
    ok(c && c->number.n && str_eq(c->topic, S("insurance")));
    eq_int(concern_messages(&db, city, withdrawn).n, 0);
    c = concern_get(&db, city, old);
    ok(c && !c->erased_at && c->mail.n);
    db_end(&db);

    night(start + 366 * DAY);
    c = look(&db, city, old);
    ok(c && c->erased_at && !c->mail.n);
    eq_int(concern_messages(&db, city, old).n, 0);
    c = concern_get(&db, city, settled); /* closed on day 15 */
    ok(c && !c->erased_at);
    c = concern_get(&db, city, fresh); /* nobody has answered it: it stays */
    ok(c && !c->erased_at && str_eq(c->state, S("confirmed")));
    db_end(&db);
    clock_set(0);
}

static void each_on_its_day_on(struct test_store *store)
{
    if (product_open(&product, store, NULL))
        each_on_its_day_here();
    product_close(&product);
}

static void each_on_its_day(void)
{
    test_each_store(each_on_its_day_on);
}

static const struct test tests[] = { TEST(each_on_its_day) };
TEST_MAIN(tests)
