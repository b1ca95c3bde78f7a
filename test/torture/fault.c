/* SPDX-License-Identifier: EUPL-1.2 */
/* Stands between the program and what can fail; see fault.h. */
#include "fault.h"

#include "db/stmt.h"

static _Thread_local long left[2];
static _Thread_local bool happened;

void fault_plant(enum fault fault, long n)
{
    left[FAULT_MEMORY] = left[FAULT_DATABASE] = 0;
    left[fault] = n;
    happened = false;
}

bool fault_clear(void)
{
    left[FAULT_MEMORY] = left[FAULT_DATABASE] = 0;
    return happened;
}

static bool fails(enum fault fault)
{
    if (!left[fault] || --left[fault])
        return false;
    happened = true;
    return true;
}

/* ---- memory: what a request does at its arena's limit ---- */

void *__real_arena_alloc(struct arena *a, size_t size);
void *__wrap_arena_alloc(struct arena *a, size_t size);
void *__real_arena_array(struct arena *a, size_t count, size_t size);
void *__wrap_arena_array(struct arena *a, size_t count, size_t size);
char *__real_arena_bytes(struct arena *a, size_t size);
char *__wrap_arena_bytes(struct arena *a, size_t size);

static void maybe_full(const struct arena *a)
{
    if (a->full && fails(FAULT_MEMORY))
        a->full(a->full_ctx);
}

void *__wrap_arena_alloc(struct arena *a, size_t size)
{
    maybe_full(a);
    return __real_arena_alloc(a, size);
}

void *__wrap_arena_array(struct arena *a, size_t count, size_t size)
{
    maybe_full(a);
    return __real_arena_array(a, count, size);
}

char *__wrap_arena_bytes(struct arena *a, size_t size)
{
    maybe_full(a);
    return __real_arena_bytes(a, size);
}

/* ---- the database ---- */

enum err __real_db_begin(struct store *store, struct arena *arena, struct db *db);
enum err __wrap_db_begin(struct store *store, struct arena *arena, struct db *db);
enum err __real_tx_begin(struct store *store, struct arena *arena, struct tx *tx);
enum err __wrap_tx_begin(struct store *store, struct arena *arena, struct tx *tx);
enum err __real_tx_commit(struct tx *tx);
enum err __wrap_tx_commit(struct tx *tx);
typedef void committed(void *ctx, enum err e);
void __real_tx_commit_later(struct tx *tx, committed *done, void *ctx);
void __wrap_tx_commit_later(struct tx *tx, committed *done, void *ctx);
struct db_rows __real_db_rows(struct db *db, const struct stmt *s, const struct db_value *params);
struct db_rows __wrap_db_rows(struct db *db, const struct stmt *s, const struct db_value *params);
const void *__real_db_row(struct db *db, const struct stmt *s, const struct db_value *params);
const void *__wrap_db_row(struct db *db, const struct stmt *s, const struct db_value *params);
int64_t __real_tx_run(struct tx *tx, const struct stmt *s, const struct db_value *params);
int64_t __wrap_tx_run(struct tx *tx, const struct stmt *s, const struct db_value *params);

enum err __wrap_db_begin(struct store *store, struct arena *arena, struct db *db)
{
    *db = (struct db){ .store = store, .arena = arena };
    return fails(FAULT_DATABASE) ? ERR_ENGINE : __real_db_begin(store, arena, db);
}

enum err __wrap_tx_begin(struct store *store, struct arena *arena, struct tx *tx)
{
    *tx = (struct tx){ .db = { .store = store, .arena = arena, .tx = tx } };
    return fails(FAULT_DATABASE) ? ERR_ENGINE : __real_tx_begin(store, arena, tx);
}

enum err __wrap_tx_commit(struct tx *tx)
{
    if (fails(FAULT_DATABASE))
        db_fail(&tx->db, ERR_IO, S("planted"));
    return __real_tx_commit(tx);
}

void __wrap_tx_commit_later(struct tx *tx, committed *done, void *ctx)
{
    if (fails(FAULT_DATABASE))
        db_fail(&tx->db, ERR_IO, S("planted"));
    __real_tx_commit_later(tx, done, ctx);
}

struct db_rows __wrap_db_rows(struct db *db, const struct stmt *s, const struct db_value *params)
{
    if (fails(FAULT_DATABASE))
        db_fail(db, ERR_ENGINE, S("planted"));
    return __real_db_rows(db, s, params);
}

const void *__wrap_db_row(struct db *db, const struct stmt *s, const struct db_value *params)
{
    if (fails(FAULT_DATABASE))
        db_fail(db, ERR_ENGINE, S("planted"));
    return __real_db_row(db, s, params);
}

int64_t __wrap_tx_run(struct tx *tx, const struct stmt *s, const struct db_value *params)
{
    if (fails(FAULT_DATABASE))
        db_fail(&tx->db, ERR_ENGINE, S("planted"));
    return __real_tx_run(tx, s, params);
}
