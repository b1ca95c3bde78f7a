/* SPDX-License-Identifier: EUPL-1.2 */
/* Ids: 41 bits of milliseconds, 22 bits that keep ids of one millisecond apart. */
#include "db/id.h"

#include <stdatomic.h>

#include "base/crypt.h"
#include "base/err.h"
#include "db/db.h"

#define LOW_BITS 22
/* 2024-01-01T00:00:00Z in milliseconds since 1970. */
#define EPOCH_MS INT64_C(1704067200000)

/* The newest id of this process: that ids only grow is a promise across threads. */
static _Atomic int64_t newest;

int64_t id_next(int64_t last, int64_t ms, uint64_t random)
{
    int64_t since = ms > EPOCH_MS ? ms - EPOCH_MS : 0;
    must(since < INT64_C(1) << (63 - LOW_BITS));
    /* Half of the random range is left free for counting up within the millisecond. */
    int64_t id = since << LOW_BITS | (int64_t)(random & ((1U << (LOW_BITS - 1)) - 1));
    return id > last ? id : last + 1;
}

int64_t db_new_id(void)
{
    struct timespec now;
    must(clock_gettime(CLOCK_REALTIME, &now) == 0);
    int64_t ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    uint64_t random = crypt_random_u64();
    int64_t last = atomic_load(&newest);
    int64_t id = 0;
    do {
        id = id_next(last, ms, random);
    } while (!atomic_compare_exchange_weak(&newest, &last, id));
    return id;
}
