/* SPDX-License-Identifier: EUPL-1.2 */
/* Ids grow, whatever the clock does, and never meet. */
#include "db/id.h"

#include <pthread.h>

#include "base/crypt.h"
#include "base/test.h"
#include "db/db.h"

#define START INT64_C(1704067200000)

static void orders_by_time(void)
{
    ok(id_next(0, START + 5, 0xffffffff) < id_next(0, START + 6, 0));
    ok(id_next(0, START, 0) > 0);
    eq_int(id_next(0, START + 1, 0) >> 22, 1);
}

static void survives_a_clock_set_back(void)
{
    int64_t id = id_next(0, START + 1000000, 7);
    eq_int(id_next(id, START + 5, 7), id + 1);
    eq_int(id_next(id, START - 5, 7), id + 1);
}

static void lasts_until_2093(void)
{
    int64_t end = START + (INT64_C(1) << 41) - 1;
    ok(id_next(0, end, UINT64_MAX) > 0);
}

static void grows_within_a_millisecond(void)
{
    int64_t id = id_next(0, START, UINT64_MAX);
    for (int i = 0; i < 1000; i++) {
        int64_t next = id_next(id, START, UINT64_MAX);
        if (next <= id)
            ok(next > id);
        id = next;
    }
    eq_int(id >> 22, 0);
}

#define THREADS 4
#define EACH    20000

static void *make_ids(void *out)
{
    int64_t *ids = out;
    for (int i = 0; i < EACH; i++)
        ids[i] = db_new_id();
    return NULL;
}

static int compare(const void *a, const void *b)
{
    const int64_t *x = a;
    const int64_t *y = b;
    return (*x > *y) - (*x < *y);
}

static void never_gives_one_twice(void)
{
    int64_t *ids = NEW_ARRAY(&t_arena, THREADS * EACH, int64_t);
    pthread_t threads[THREADS];
    crypt_init();
    for (int i = 0; i < THREADS; i++)
        ok(pthread_create(&threads[i], NULL, make_ids, ids + i * EACH) == 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    int backwards = 0;
    for (int i = 1; i < EACH; i++)
        backwards += ids[i] <= ids[i - 1];
    eq_int(backwards, 0);
    qsort(ids, THREADS * EACH, sizeof *ids, compare);
    int same = 0;
    for (int i = 1; i < THREADS * EACH; i++)
        same += ids[i] == ids[i - 1];
    eq_int(same, 0);
}

static const struct test tests[] = {
    TEST(orders_by_time),        TEST(survives_a_clock_set_back),
    TEST(lasts_until_2093),      TEST(grows_within_a_millisecond),
    TEST(never_gives_one_twice),
};
TEST_MAIN(tests)
