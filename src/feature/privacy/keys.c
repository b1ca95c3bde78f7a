/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Keys of sealed columns. Which columns there are comes from the tables (people.h), so that none
 * can be forgotten. Table: seal_key. Neighbours: web/seal.c (the file of keys).
 */
#include "feature/privacy/keys.h"

#include "base/clock.h"
#include "feature/privacy/privacy.h"
#include "people.h"
#include "web.sql.h"
#include "web/seal.h"

#define BATCH 200

/* As all statements of struct privacy_sealed give them. */
struct box_row {
    int64_t id;
    sealed box;
};
struct count_row {
    int64_t n;
};

/* ---- sealing anew ---- */

struct batch {
    struct app *app;
    const struct privacy_sealed *column;
    int64_t after;
    int64_t last; /* of the batch */
    size_t n;
    int64_t changed;
    int64_t unreadable;
};

static void one_anew(struct tx *tx, struct batch *b, const struct box_row *row)
{
    struct seal_place place = { b->column->place, row->id };
    str plain = S("");
    if (!seal_open(b->app, tx->db.arena, place, row->box, &plain)) {
        b->unreadable++;
        return;
    }
    const struct db_value values[] = { db_sealed(seal_close(b->app, tx, place, plain)),
                                       db_int(row->id), db_sealed(row->box) };
    b->changed += tx_run(tx, b->column->set, values);
}

/* May run again (PostgreSQL): counts from the beginning each time. */
static void some_anew(struct tx *tx, void *ctx)
{
    struct batch *b = ctx;
    int64_t current = seal_current_key(&tx->db);
    const struct db_value values[] = { db_int(b->after), db_text(seal_like(tx->db.arena, current)),
                                       db_int(BATCH) };
    struct db_rows rows = db_rows(&tx->db, b->column->other, values);
    const struct box_row *v = rows.v;
    b->n = rows.n;
    b->changed = b->unreadable = 0;
    b->last = rows.n ? v[rows.n - 1].id : b->after;
    for (size_t i = 0; i < rows.n; i++)
        one_anew(tx, b, &v[i]);
}

static enum err column_anew(struct app *app, const struct privacy_sealed *column, int64_t *changed,
                            int64_t *unreadable)
{
    struct batch b = { .app = app, .column = column, .n = BATCH };
    enum err e = ERR_OK;
    while (e == ERR_OK && b.n == BATCH) {
        struct arena a;
        arena_init(&a, 0);
        e = tx_do(app->store, &a, some_anew, &b);
        *changed += b.changed;
        *unreadable += b.unreadable;
        b.after = b.last; /* what could not be opened is passed over */
        arena_free(&a);
    }
    return e;
}

enum err keys_rotate(struct app *app, int64_t *changed)
{
    int64_t unreadable = 0;
    enum err e = ERR_OK;
    *changed = 0;
    for (size_t i = 0; i < privacy_table_count; i++)
        for (const struct privacy_sealed *c = privacy_tables[i].sealed; c->place && e == ERR_OK;
             c++)
            e = column_anew(app, c, changed, &unreadable);
    return e == ERR_OK && unreadable ? ERR_INVALID : e;
}

/* ---- who uses a key ---- */

static int64_t uses_of(struct db *db, int64_t number)
{
    const struct db_value like[] = { db_text(seal_like(db->arena, number)) };
    int64_t n = 0;
    for (size_t i = 0; i < privacy_table_count; i++)
        for (const struct privacy_sealed *c = privacy_tables[i].sealed; c->place; c++) {
            const struct count_row *row = db_row(db, c->count, like);
            n += row ? row->n : 0;
        }
    return n;
}

enum err keys_uses(struct app *app, struct arena *a, int64_t number, int64_t *uses)
{
    struct db db;
    enum err e = db_begin(app->store, a, &db);
    if (e != ERR_OK)
        return e;
    *uses = uses_of(&db, number);
    db_end(&db);
    return db.err;
}

/* ---- dropping ---- */

struct dropping {
    int64_t number;
    enum err refused;
};

/*
 * Uses and the current key are read in the transaction that drops it: who has sealed by it
 * meanwhile has read the same row, and one of both is run again (or waits, on SQLite).
 */
static void drop(struct tx *tx, void *ctx)
{
    struct dropping *d = ctx;
    d->refused = ERR_OK;
    if (d->number == seal_current_key(&tx->db) || uses_of(&tx->db, d->number))
        d->refused = ERR_CONFLICT;
    else if (seal_key_drop(tx, tx->now, d->number) != 1)
        d->refused = ERR_NOT_FOUND;
}

enum err keys_drop(struct app *app, int64_t number)
{
    struct arena a;
    struct dropping d = { .number = number };
    arena_init(&a, 0);
    enum err e = tx_do(app->store, &a, drop, &d);
    if (e == ERR_OK)
        e = d.refused;
    if (e == ERR_OK)
        e = seal_key_forget(app, number);
    arena_free(&a);
    return e;
}

/* ---- the command ---- */

int command_key_list(struct cli *cli)
{
    struct db db;
    if (db_begin(cli->app->store, cli->arena, &db) != ERR_OK)
        return CLI_REFUSED;
    int64_t current = seal_current_key(&db);
    struct seal_key_row_rows rows = seal_keys(&db);
    for (size_t i = 0; i < rows.n; i++) {
        const struct seal_key_row *k = &rows.v[i];
        const char *state = k->dropped_at                         ? "dropped"
                            : !seal_key_here(cli->app, k->number) ? "MISSING IN THE FILE"
                            : k->number == current                ? "current"
                                                                  : "old";
        cli_say(cli, str_fmt(cli->arena, "%lld  made %.*s  %s, %lld sealed", (long long)k->number,
                             STR_FMT(instant_iso(cli->arena, k->made_at)), state,
                             (long long)uses_of(&db, k->number)));
    }
    db_end(&db);
    return db.err == ERR_OK ? CLI_DONE : CLI_REFUSED;
}

struct making {
    struct app *app;
    int64_t number;
};

static void make(struct tx *tx, void *ctx)
{
    struct making *m = ctx;
    m->number = seal_key_new(m->app, tx);
}

int command_key_new(struct cli *cli)
{
    struct making m = { .app = cli->app };
    if (tx_do(cli->app->store, cli->arena, make, &m) != ERR_OK) {
        cli_problem(cli, S("no key was made: file of keys or database did not take it"));
        return CLI_REFUSED;
    }
    cli_say(cli, str_fmt(cli->arena,
                         "key %lld seals from now on; save the file of keys, then: tandem key "
                         "rotate",
                         (long long)m.number));
    return CLI_DONE;
}

int command_key_rotate(struct cli *cli)
{
    int64_t changed = 0;
    enum err e = keys_rotate(cli->app, &changed);
    cli_say(cli, str_fmt(cli->arena, "%lld sealed anew", (long long)changed));
    if (e == ERR_INVALID)
        cli_problem(cli, S("some could not be opened: their key is missing, or they were changed"));
    else if (e != ERR_OK)
        cli_problem(cli, S("it stopped; run it again, it goes on where it was"));
    return e == ERR_OK ? CLI_DONE : CLI_REFUSED;
}

int command_key_drop(struct cli *cli)
{
    int64_t number = 0;
    if (cli->arg_count != 1 || !str_to_i64(cli->args[0], &number))
        return CLI_USAGE;
    switch (keys_drop(cli->app, number)) {
    case ERR_OK:
        cli_say(cli, S("dropped; backups from before cannot be read without a saved copy of it"));
        return CLI_DONE;
    case ERR_CONFLICT:
        cli_problem(cli,
                    S("it is the current one, or something is sealed by it: tandem key rotate"));
        return CLI_REFUSED;
    case ERR_NOT_FOUND:
        cli_problem(cli, S("there is no such key"));
        return CLI_REFUSED;
    default:
        cli_problem(cli, S("file of keys or database did not take it"));
        return CLI_REFUSED;
    }
}
