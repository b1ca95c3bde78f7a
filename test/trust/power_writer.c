/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is cut off from power: eight threads that write through src/db, half of them with
 * tx_commit, half with tx_commit_later, and say which of their transactions were acknowledged.
 * Each transaction writes two tables: both rows are there, or none.
 *
 *     LD_PRELOAD=recorder.so TRUST_DATABASE=F TRUST_RECORD=R power_writer F COUNT [early]
 *
 * "early" is the planted fault: acknowledged before the commit.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "sample.sql.h"
#include "tables.h"
#include "trust/recorder.h"

#define TOWN    1
#define THREADS 8
/* Numbers of one thread follow each other; those of the next begin this much later. */
#define APART 1000000

struct writer {
    struct store *store;
    int number;
    int count;
    bool later;
    bool early;
    pthread_t thread;
};

/* A transaction whose commit another thread finishes. */
struct pending {
    struct arena arena;
    struct tx tx;
    uint64_t id;
    atomic_bool done;
};

/* The recorder's trust_ack, which is there when it was preloaded. */
static void ack(uint64_t id)
{
    union {
        void *object;
        void (*function)(uint64_t number);
    } found = { dlsym(RTLD_DEFAULT, "trust_ack") };
    must(found.object);
    found.function(id);
}

static void fill(struct tx *tx, int64_t id)
{
    struct sample_stall_insert_in stall = {
        .id = id, .city = TOWN, .name = S("Bücher und Spiele"), .price = (double)id
    };
    sample_stall_insert(tx, &stall);
    sample_visit_insert(tx, &(struct sample_visit_insert_in){ id, TOWN, some_int(id), id });
}

static void committed(void *ctx, enum err e)
{
    struct pending *p = ctx;
    must(e == ERR_OK);
    ack(p->id);
    atomic_store(&p->done, true);
}

static void write_later(struct writer *w, uint64_t id)
{
    struct pending p = { .id = id };
    arena_init(&p.arena, 0);
    must(tx_begin(w->store, &p.arena, &p.tx) == ERR_OK);
    fill(&p.tx, (int64_t)id);
    tx_commit_later(&p.tx, committed, &p);
    while (!atomic_load(&p.done))
        usleep(50);
    arena_free(&p.arena);
}

static void write_now(struct writer *w, uint64_t id)
{
    struct arena a;
    struct tx tx;
    arena_init(&a, 0);
    must(tx_begin(w->store, &a, &tx) == ERR_OK);
    fill(&tx, (int64_t)id);
    if (w->early)
        ack(id);
    must(tx_commit(&tx) == ERR_OK);
    if (!w->early)
        ack(id);
    arena_free(&a);
}

static void *run(void *ctx)
{
    struct writer *w = ctx;
    for (int i = 1; i <= w->count; i++) {
        uint64_t id = (uint64_t)w->number * APART + (uint64_t)i;
        if (w->later)
            write_later(w, id);
        else
            write_now(w, id);
    }
    arena_thread_end();
    return NULL;
}

static struct store *open_store(str path)
{
    struct arena a;
    struct tx tx;
    struct store *store = NULL;
    arena_init(&a, 0);
    const char *address = str_to_c(&a, str_join(&a, S("sqlite:"), path));
    must(store_open(&(struct store_options){ .url = address }, &store) == ERR_OK);
    must(store_migrate(store, db_migrations, db_migration_count) == ERR_OK);
    must(tx_begin(store, &a, &tx) == ERR_OK);
    sample_city_insert(&tx, TOWN, S("Musterstadt"));
    must(tx_commit(&tx) == ERR_OK);
    arena_free(&a);
    return store;
}

int main(int argc, char **argv)
{
    struct writer writers[THREADS];
    int64_t count = 0;
    must(argc >= 3 && str_to_i64(str_from_c(argv[2]), &count));
    bool early = argc > 3;
    struct store *store = open_store(str_from_c(argv[1]));
    ack(0);
    for (int i = 0; i < THREADS; i++) {
        writers[i] = (struct writer){ .store = store,
                                      .number = i + 1,
                                      .count = (int)(count / THREADS),
                                      .later = !early && i % 2,
                                      .early = early };
        must(!pthread_create(&writers[i].thread, NULL, run, &writers[i]));
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(writers[i].thread, NULL);
    store_close(store);
    return 0;
}
