/* SPDX-License-Identifier: EUPL-1.2 */
/* Erasing what is due. Writes: retention_proof, and through web/erasure.h every table. */
#include "feature/privacy/retention.h"

#include "base/clock.h"
#include "base/vec.h"
#include "people.h"
#include "office.text.h"
#include "privacy.html.h"
#include "privacy.text.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/cli.h"
#include "web/erasure.h"
#include "web/job.h"

#define BATCH 500
/* A class that is still not empty after so many batches goes on in the next night. */
#define BATCHES 2000

/* What the statements of sqlc_privacy.c return. */
struct keep_due {
    int64_t id;
    int64_t city_id;
};
struct keep_count {
    int64_t city_id;
    int64_t n;
};

/* ---- looking ---- */

int64_t retention_before(const struct privacy_keep *keep, int64_t now)
{
    struct day day = day_add(clock_local(now).day, -keep->days);
    return clock_instant((struct local_time){ .day = day });
}

static int64_t count(struct db *db, const struct privacy_keep *keep, int64_t now, int64_t city_id)
{
    const struct db_value before[] = { db_int(retention_before(keep, now)) };
    struct db_rows rows = db_rows(db, keep->count, before);
    const struct keep_count *v = rows.v;
    int64_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        if (!city_id || v[i].city_id == city_id || !v[i].city_id)
            n += v[i].n;
    return n;
}

struct retention_lines retention_look(struct db *db, int64_t now, int64_t city_id)
{
    struct retention_lines lines = { 0 };
    for (size_t i = 0; i < privacy_table_count; i++)
        for (const struct privacy_keep *k = privacy_tables[i].keeps; k->name; k++)
            *vec_add(db->arena, &lines) =
                (struct retention_line){ &privacy_tables[i], k, count(db, k, now, city_id) };
    return lines;
}

str retention_label(const struct rq *rq, str class)
{
    static const struct {
        str class;
        enum msg label;
    } labels[] = {
#define LABEL(table, keep) { STR_INIT(#table "." #keep), MSG_privacy_keep_##table##_##keep },
        PRIVACY_KEEPS(LABEL)
#undef LABEL
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_eq(labels[i].class, class))
            return text_of(rq, labels[i].label);
    return class; /* of an older program */
}

str retention_days(const struct rq *rq, int days)
{
    return days ? t_privacy_days(rq, days) : t_privacy_days_none(rq);
}

/* ---- erasing ---- */

struct batch {
    struct app *app;
    const struct privacy_table *table;
    const struct privacy_keep *keep;
    int64_t now;
    int64_t first; /* id of the first row, 0: none was due */
    size_t n;
};

/* How many of the rows are the town's. */
static int64_t of_city(struct db_rows rows, int64_t city_id)
{
    const struct keep_due *v = rows.v;
    int64_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        n += v[i].city_id == city_id;
    return n;
}

static bool seen_before(struct db_rows rows, size_t at)
{
    const struct keep_due *v = rows.v;
    for (size_t i = 0; i < at; i++)
        if (v[i].city_id == v[at].city_id)
            return true;
    return false;
}

/* One line for each town: what, how many, when. No names, no ids. */
static void prove(struct tx *tx, const struct batch *b, struct db_rows rows)
{
    const struct keep_due *v = rows.v;
    str class = str_from_c(b->keep->name);
    str day = day_iso(tx->db.arena, clock_local(b->now).day);
    for (size_t i = 0; i < rows.n; i++) {
        if (seen_before(rows, i))
            continue;
        int64_t n = of_city(rows, v[i].city_id);
        proof_insert(tx, &(struct proof_insert_in){ .id = db_new_id(),
                                                    .city = v[i].city_id,
                                                    .class = class,
                                                    .day = day,
                                                    .n = n,
                                                    .at = b->now });
        audit_add(tx, (struct audit_by){ v[i].city_id, 0 }, S("retention.erase"), 0,
                  str_fmt(tx->db.arena, "%.*s %lld", STR_FMT(class), (long long)n));
    }
}

static void erase_batch(struct tx *tx, void *ctx)
{
    struct batch *b = ctx;
    const struct db_value params[] = { db_int(retention_before(b->keep, b->now)), db_int(BATCH) };
    tx->now = b->now;
    struct db_rows rows = db_rows(&tx->db, b->keep->due, params);
    const struct keep_due *v = rows.v;
    for (size_t i = 0; i < rows.n; i++)
        erasure_do(tx, b->table, &(struct erasure){ b->app, v[i].city_id, v[i].id, ERASE_BY_TIME });
    prove(tx, b, rows);
    b->first = rows.n ? v[0].id : 0;
    b->n = rows.n;
}

/* Rows erased, or -1. A batch that begins where the last one did has erased nothing: that fails. */
static int64_t erase_class(struct job_run *job, struct batch *b)
{
    int64_t erased = 0;
    int64_t last = 0;
    for (int i = 0; i < BATCHES; i++) {
        struct arena_mark mark = arena_mark(job->arena);
        enum err e = tx_do(job->app->store, job->arena, erase_batch, b);
        arena_rewind(job->arena, mark);
        if (e != ERR_OK || (b->n && b->first == last))
            return -1;
        erased += (int64_t)b->n;
        last = b->first;
        if (b->n < BATCH)
            return erased;
    }
    return erased;
}

void retention_job(struct job_run *job)
{
    int64_t erased = 0;
    const char *failed = NULL;
    for (size_t i = 0; i < privacy_table_count; i++)
        for (const struct privacy_keep *k = privacy_tables[i].keeps; k->name; k++) {
            struct batch b = {
                .app = job->app, .table = &privacy_tables[i], .keep = k, .now = job->now
            };
            int64_t n = erase_class(job, &b);
            if (n < 0)
                failed = k->name;
            else
                erased += n;
        }
    /* Also what people have erased themselves during the day. */
    if (store_scrub(job->app->store) != ERR_OK && !failed)
        failed = "the write-ahead log";
    if (failed)
        job_failed(job, str_fmt(job->arena, "%s could not be erased", failed));
    else
        job_result(job, str_fmt(job->arena, "%lld", (long long)erased));
}

/* ---- page and command ---- */

/* GET /buero/aufbewahrung: what is kept for how long, what goes tonight, what has gone. */
void retention_page(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_privacy_retention_title(rq), link_to(rq, S("/buero/aufbewahrung")));
    struct retention_lines lines = retention_look(rq->db, clock_now(), rq->city->id);
    view_retention(rq, &lines, proof_list(rq->db, rq->city->id));
}

static int dry_run(struct cli *cli)
{
    struct db db;
    if (db_begin(cli->app->store, cli->arena, &db) != ERR_OK)
        return CLI_REFUSED;
    struct retention_lines lines = retention_look(&db, clock_now(), 0);
    for (size_t i = 0; i < lines.n; i++)
        cli_say(cli,
                str_fmt(cli->arena, "%6lld  %-28s kept %d days after %s", (long long)lines.v[i].due,
                        lines.v[i].keep->name, lines.v[i].keep->days, lines.v[i].keep->after));
    db_end(&db);
    return db.err == ERR_OK ? CLI_DONE : CLI_REFUSED;
}

int command_retention(struct cli *cli)
{
    struct job_run run = { .arena = cli->arena };
    if (cli->arg_count)
        return CLI_USAGE;
    if (cli_switch(cli, "dry-run"))
        return dry_run(cli);
    if (job_run_now(cli->app, S("privacy.retention"), &run) != ERR_OK) {
        cli_problem(cli, run.result);
        return CLI_REFUSED;
    }
    cli_say(cli, str_fmt(cli->arena, "%.*s rows erased", STR_FMT(run.result)));
    return CLI_DONE;
}
