/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The stage of the tests of advice cases: a town with two offices that work as a tandem, a
 * counsellor of each, people and their cases. Included by each of those tests, once.
 */
#ifndef FEATURE_ADVICE_STAGE_TEST_H
#define FEATURE_ADVICE_STAGE_TEST_H

#include "base/clock.h"
#include "base/test.h"
#include "db/engine.h"
#include "feature/advice/pages.h"
#include "product.h"
#include "web/app.h"
#include "world.h"

#define DAY ((int64_t)86400)

static struct product product;
static int64_t town, bureau, agency;
static struct visitor here, there; /* a counsellor of each office */

static int64_t counsellor_here, counsellor_there;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        clock_set(clock_instant((struct local_time){ .day = { 2026, 3, 2 }, .hour = 12 }));
        town = world_town(&product, "stadt", "Musterstadt");
        bureau = world_office(&product, town);
        agency = world_office(&product, town);
        counsellor_here = world_account(&product, town, "counsellor", 0);
        counsellor_there = world_account(&product, town, "counsellor", 0);
        here = product_sign_in(&product, counsellor_here);
        there = product_sign_in(&product, counsellor_there);
        run();
    }
    clock_set(0);
    product_close(&product);
}

/* ---- cases ---- */

static const char *number(int64_t n)
{
    return str_to_c(&t_arena, str_fmt(&t_arena, "%lld", (long long)n));
}

static int64_t id_at(const struct answer *a, const char *before)
{
    str to = header_of(a, S("Location"));
    ptrdiff_t at = str_find(to, str_from_c(before));
    int64_t id = 0;
    if (at >= 0)
        str_to_i64(str_slice(to, (size_t)at + str_from_c(before).n, to.n), &id);
    return id;
}

#define CASES "/stadt/buero/beratungen/"

/* The page begins a case of the person at the office here. */
static struct answer begin(int64_t person, int64_t open)
{
    const struct http_field fields[] = { { S("person"), str_from_c(number(person)) },
                                         { S("open"), str_from_c(number(open)) },
                                         { S("channel"), S("phone") },
                                         { S("reason"), S("Möchte mit Kindern lesen") },
                                         { S("office"), str_from_c(number(bureau)) },
                                         LAST_FIELD };
    return post(&product, &here, CASES "neu", fields);
}

static int64_t a_case_of(int64_t person)
{
    struct answer a = begin(person, 0);
    int64_t id = id_at(&a, "beratungen/");
    must(id);
    return id;
}

static int64_t a_case(void)
{
    return a_case_of(world_person(&product, town));
}

/* ---- looking ---- */

static struct advice_row look(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    const struct advice_row *v = advice_get(&db, town, id);
    struct advice_row copy = v ? *v : (struct advice_row){ 0 };
    db_end(&db);
    return copy;
}

static struct event_row_rows events_of(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct event_row_rows rows = event_list(&db, town, S("advice"), id);
    db_end(&db);
    return rows;
}

static struct advice_talk_row_rows talks_of(int64_t id)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct advice_talk_row_rows rows = advice_talks(&db, town, id);
    db_end(&db);
    return rows;
}

static bool state_is(int64_t id, const char *state)
{
    str is = look(id).state;
    bool same = str_eq(is, str_from_c(state));
    if (!same)
        printf("# %.*s, not %s\n", STR_FMT(is), state);
    return same && str_eq(procedure_replay(events_of(id)), is);
}

/* What a form on its page holds as seen. */
static str mark_of(int64_t id)
{
    struct advice_row v = look(id);
    struct rq rq = { .arena = &t_arena };
    return advice_mark(&rq, &v);
}

#endif
