/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's list: filters of one's own, and doing one thing to many, all or nothing. */
#include "feature/opportunity/bulk.h"

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "world.h"

#define CHOSEN "/stadt/buero/angebote/auswahl"

static struct product product;
static int64_t town, organisation;
static struct visitor staff;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Musterverein");
        staff = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        run();
    }
    clock_set(0);
    product_close(&product);
}

static int64_t offer(const char *state, const char *title)
{
    return world_offer(&product, &(struct world_offer){ town, organisation, state, title });
}

static str number(int64_t n)
{
    return str_fmt(&t_arena, "%lld", (long long)n);
}

static str state_of(int64_t id)
{
    struct arena a;
    struct db db;
    arena_init(&a, 0);
    must(db_begin(product.app.store, &a, &db) == ERR_OK);
    str state = str_copy(&t_arena, opp_record(&db, town, id)->state);
    db_end(&db);
    arena_free(&a);
    return state;
}

static const char *question(const char *step, int64_t a, int64_t b)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, CHOSEN "?step=%s&id=%lld&id=%lld", step,
                                      (long long)a, (long long)b));
}

static struct answer act(const char *step, int64_t a, int64_t b)
{
    const struct http_field fields[] = {
        { S("step"), str_from_c(step) }, { S("id"), number(a) }, { S("id"), number(b) }, LAST_FIELD
    };
    return post(&product, &staff, CHOSEN, fields);
}

/* ---- many at once ---- */

static void shows_how_many_and_does_it_here(void)
{
    int64_t a = offer(NULL, "Erstes");
    int64_t b = offer(NULL, "Zweites");
    int64_t draft = offer("draft", "Entwurf");
    struct answer page = get(&product, &staff, question("pause", a, draft));
    ok(answer_says(&page, "Ein Angebot: Pausieren"));
    ok(answer_says(&page, "Ein Angebot bleibt, wie es ist"));
    page = get(&product, &staff, question("pause", a, b));
    ok(answer_says(&page, "2 Angebote: Pausieren"));
    eq_str(state_of(a), S("published")); /* looking changes nothing */
    eq_int(act("pause", a, b).status, 303);
    eq_str(state_of(a), S("paused"));
    eq_str(state_of(b), S("paused"));
}
ON_EACH_STORE(shows_how_many_and_does_it)

static void all_or_nothing_here(void)
{
    int64_t a = offer(NULL, "Erstes");
    int64_t paused = offer("paused", "Zweites");
    eq_int(act("pause", a, paused).status, 409);
    eq_str(state_of(a), S("published"));
    eq_int(act("pause", 0, 0).status, 422);
    eq_int(act("vanish", a, a).status, 422);
    eq_int(act("accept", a, a).status, 422); /* not one of the list's deeds */
}
ON_EACH_STORE(all_or_nothing)

static void only_offers_of_this_town_here(void)
{
    int64_t far = world_town(&product, "fern", "Fern");
    int64_t theirs = world_organisation(&product, far, "Fremder Verein");
    int64_t foreign =
        world_offer(&product, &(struct world_offer){ far, theirs, NULL, "Fernes Angebot" });
    int64_t own = offer(NULL, "Eigenes");
    struct answer page = get(&product, &staff, question("pause", own, foreign));
    ok(answer_says(&page, "Ein Angebot: Pausieren") && !answer_says(&page, "Fernes Angebot"));
    eq_int(act("pause", own, foreign).status, 303);
    eq_int(get(&product, NULL, world_path("/fern/angebote/{id}", foreign)).status, 200);
}
ON_EACH_STORE(only_offers_of_this_town)

static void gives_many_one_contact_here(void)
{
    int64_t a = offer(NULL, "Erstes");
    int64_t b = offer("draft", "Zweites");
    const struct http_field wrong[] = { { S("step"), S("contact") },
                                        { S("id"), number(a) },
                                        { S("contact_name"), S("Frau Beispiel") },
                                        { S("contact_mail"), S("keine") },
                                        LAST_FIELD };
    eq_int(post(&product, &staff, CHOSEN, wrong).status, 422);
    const struct http_field right[] = { { S("step"), S("contact") },
                                        { S("id"), number(a) },
                                        { S("id"), number(b) },
                                        { S("contact_name"), S("Frau Beispiel") },
                                        { S("contact_mail"), S("frau@beispiel.example") },
                                        LAST_FIELD };
    eq_int(post(&product, &staff, CHOSEN, right).status, 303);
    struct answer page = get(&product, &staff, world_path("/stadt/buero/angebote/{id}", b));
    ok(answer_says(&page, "frau@beispiel.example"));
    ok(answer_says(&page, "Was geändert wurde"));
}
ON_EACH_STORE(gives_many_one_contact)

/* ---- filters ---- */

static struct answer save(const char *name, const char *age)
{
    const struct http_field fields[] = { { S("name"), str_from_c(name) },
                                         { S("age"), str_from_c(age) },
                                         { S("state"), S("published") },
                                         LAST_FIELD };
    return post(&product, &staff, "/stadt/buero/angebote/filter", fields);
}

static void filters_by_age_and_contact_here(void)
{
    offer(NULL, "Altes");
    clock_set(clock_now() + 40 * 86400);
    offer(NULL, "Frisches");
    staff = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    struct answer all = get(&product, &staff, "/stadt/buero/angebote?lone=1");
    ok(answer_says(&all, "Altes") && answer_says(&all, "Frisches"));
    struct answer old = get(&product, &staff, "/stadt/buero/angebote?age=30");
    ok(answer_says(&old, "Altes") && !answer_says(&old, "Frisches"));
    struct answer none = get(&product, &staff, "/stadt/buero/angebote?age=60");
    ok(!answer_says(&none, "Altes"));
    eq_int(get(&product, &staff, "/stadt/buero/angebote?state=unsinn").status, 404);
    const struct http_field csv[] = { { S("format"), S("csv") },
                                      { S("age"), S("30") },
                                      LAST_FIELD };
    struct answer file = post(&product, &staff, "/stadt/buero/angebote/export", csv);
    ok(answer_says(&file, "Altes") && !answer_says(&file, "Frisches"));
}
ON_EACH_STORE(filters_by_age_and_contact)

static void saves_filters_for_oneself_here(void)
{
    offer(NULL, "Vorlesen");
    eq_int(save("", "30").status, 422);
    eq_int(save("Lange nichts gehört", "30").status, 303);
    struct answer list = get(&product, &staff, "/stadt/buero/angebote");
    ok(answer_says(&list, "Lange nichts gehört"));
    ok(answer_says(&list, "?state=published&amp;age=30"));
    ptrdiff_t at = str_find(list.body, S("name=\"delete\" value=\""));
    must(at > 0);
    str rest = str_slice(list.body, (size_t)at + 21, list.body.n);
    str id = S("");
    str_next(&rest, '"', &id);
    const struct http_field gone[] = { { S("delete"), id }, LAST_FIELD };
    struct visitor other =
        product_sign_in(&product, world_account(&product, town, "office_staff", 0));
    struct answer theirs = get(&product, &other, "/stadt/buero/angebote");
    ok(!answer_says(&theirs, "Lange nichts gehört"));
    eq_int(post(&product, &other, "/stadt/buero/angebote/filter", gone).status, 404);
    eq_int(post(&product, &staff, "/stadt/buero/angebote/filter", gone).status, 303);
    list = get(&product, &staff, "/stadt/buero/angebote");
    ok(!answer_says(&list, "Lange nichts gehört"));
}
ON_EACH_STORE(saves_filters_for_oneself)

static const struct test tests[] = {
    TEST(shows_how_many_and_does_it), TEST(all_or_nothing),
    TEST(only_offers_of_this_town),   TEST(gives_many_one_contact),
    TEST(filters_by_age_and_contact), TEST(saves_filters_for_oneself),
};
TEST_MAIN(tests)
