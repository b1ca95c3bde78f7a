/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Files that the office takes in: recognising, trying, applying, keeping, erasing. An import has
 * a transaction of its own, so it runs before that of the request (`prepare` of its route).
 */
#include "exchange.text.h"
#include "feature/exchange/intake.h"
#include "feature/exchange/report.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/job.h"

/* ---- recognising ---- */

static const struct import_reader *recognise(const struct import_source *source)
{
    const struct import_reader *r = import_reader_for(source, S("opportunities"), S(""));
    return r ? r : import_reader_for(source, S("organisations"), S(""));
}

/* ---- running ---- */

/* What import_alone calls when it is for good. */
struct keeping {
    struct rq *rq;
    int64_t id;
};

static void put_lines(struct tx *tx, int64_t city_id, int64_t id, const struct import_report *r)
{
    for (size_t i = 0; i < r->line_count; i++) {
        const struct import_line *l = &r->lines[i];
        import_line_insert(tx, &(struct import_line_insert_in){ .id = db_new_id(),
                                                                .city = city_id,
                                                                .file = id,
                                                                .line = l->line,
                                                                .refused = l->rejected,
                                                                .text = l->text });
    }
}

static void put_first(struct tx *tx, int64_t city_id, int64_t id, const struct import_report *r)
{
    static const str outcomes[] = { [IMPORT_NEW] = STR_INIT("new"),
                                    [IMPORT_CHANGED] = STR_INIT("changed"),
                                    [IMPORT_SAME] = STR_INIT("same") };
    for (size_t i = 0; i < r->first_count; i++) {
        const struct import_first *f = &r->first[i];
        import_first_insert(tx, &(struct import_first_insert_in){ .id = db_new_id(),
                                                                  .city = city_id,
                                                                  .file = id,
                                                                  .line = f->line,
                                                                  .outcome = outcomes[f->outcome],
                                                                  .title = f->title,
                                                                  .organisation = f->organisation,
                                                                  .summary = f->summary,
                                                                  .place = f->place });
    }
}

/* In place of what was told before. */
static void put_report(struct tx *tx, int64_t city_id, int64_t id, const struct import_report *r)
{
    import_lines_delete(tx, city_id, id);
    import_first_delete(tx, city_id, id);
    put_lines(tx, city_id, id, r);
    put_first(tx, city_id, id, r);
}

static void kept(void *ctx, struct tx *tx, const struct import_report *r)
{
    const struct keeping *k = ctx;
    const struct rq *rq = k->rq;
    struct import_file_applied_in in = { .nothing = S(""),
                                         .imported = r->imported,
                                         .updated = r->updated,
                                         .unchanged = r->unchanged,
                                         .failed = r->failed,
                                         .kept = r->kept,
                                         .at = tx->now,
                                         .city = rq->city->id,
                                         .id = k->id };
    if (import_file_applied(tx, &in) != 1) {
        db_fail(&tx->db, ERR_CONFLICT, S("the file has been applied or erased meanwhile"));
        return;
    }
    put_report(tx, rq->city->id, k->id, r);
    audit_add(tx, (struct audit_by){ rq->city->id, rq->who.account_id }, S("exchange.import"),
              k->id, report_sum(tx->db.arena, r));
}

/*
 * Runs the import; `id` of a kept file: for good, 0: as a trial. Nothing of the request may be
 * unwound while the import has its own transaction and memory.
 */
static void run(struct rq *rq, struct intake *in, int64_t id)
{
    struct keeping keeping = { rq, id };
    struct import_job job = { .app = rq->app,
                              .city_id = rq->city->id,
                              .account_id = rq->who.account_id,
                              .overwrite = in->overwrite,
                              .kept = kept,
                              .ctx = &keeping };
    str problem = S("");
    FILE *file = fmemopen((void *)(uintptr_t)in->bytes.p, in->bytes.n, "rb");
    if (!file) {
        in->refused = t_exchange_error_read(rq);
        return;
    }
    struct arena_hold hold = arena_hold(rq->arena);
    job.source = (struct import_source){ .file = file,
                                         .head = str_slice(in->bytes, 0, IMPORT_HEAD),
                                         .map = in->mapping };
    job.source.arena = rq->arena;
    job.reader = import_reader_for(&job.source, in->kind, in->format);
    enum err e = job.reader ? import_alone(&job, id != 0, &in->report, &problem) : ERR_INVALID;
    fclose(file);
    arena_release(rq->arena, hold);
    if (e == ERR_INVALID)
        in->refused = t_exchange_error_broken(rq, import_said(rq, problem));
    else if (e != ERR_OK)
        in->refused = t_exchange_error_engine(rq);
}

void intake_look(struct rq *rq, struct intake *in)
{
    struct import_source source = { .head = str_slice(in->bytes, 0, IMPORT_HEAD),
                                    .map = S(""),
                                    .arena = rq->arena };
    const struct import_reader *reader = recognise(&source);
    in->columns = !reader;
    in->kind = str_from_c(reader ? reader->kind : "opportunities");
    in->format = str_from_c(reader ? reader->name : "map");
    if (reader)
        run(rq, in, 0);
    else if (str_starts(str_trim(source.head), S("<")) || sample_of(rq->arena, in->bytes).n < 2)
        in->refused = t_exchange_error_unknown(rq);
}

static bool load(struct rq *rq, const struct import_file_row *f, struct intake *in)
{
    const struct import_bytes *b = import_file_bytes(rq->db, rq->city->id, f->id);
    in->name = f->name;
    in->kind = f->kind;
    in->format = f->format;
    in->bytes = b ? b->bytes : S("");
    if (!in->bytes.n)
        in->refused = t_exchange_error_gone(rq);
    return in->bytes.n > 0;
}

void intake_try(struct rq *rq, const struct import_file_row *f, struct intake *in)
{
    if (load(rq, f, in))
        run(rq, in, 0);
}

void intake_apply(struct rq *rq, const struct import_file_row *f, struct intake *in)
{
    in->mapping = f->mapping;
    in->overwrite = f->overwrite != 0;
    if (load(rq, f, in))
        run(rq, in, f->id);
}

/* ---- keeping ---- */

int64_t intake_keep(struct rq *rq, struct tx *tx, const struct intake *in)
{
    struct import_file_insert_in row = { .id = db_new_id(),
                                         .city = rq->city->id,
                                         .account = rq->who.account_id,
                                         .name = in->name,
                                         .kind = in->kind,
                                         .format = in->format,
                                         .state = S("columns"),
                                         .list = S(""),
                                         .mapping = S(""),
                                         .bytes = in->bytes,
                                         .size = (int64_t)in->bytes.n,
                                         .at = tx->now };
    import_file_insert(tx, &row);
    if (!in->columns)
        intake_checked(rq, tx, row.id, in);
    return row.id;
}

void intake_checked(struct rq *rq, struct tx *tx, int64_t id, const struct intake *in)
{
    const struct import_report *r = &in->report;
    struct import_file_checked_in row = { .list = in->list,
                                          .mapping = in->mapping,
                                          .overwrite = in->overwrite,
                                          .imported = r->imported,
                                          .updated = r->updated,
                                          .unchanged = r->unchanged,
                                          .failed = r->failed,
                                          .kept = r->kept,
                                          .city = rq->city->id,
                                          .id = id };
    if (import_file_checked(tx, &row) == 1)
        put_report(tx, rq->city->id, id, r);
}

void intake_erase(struct tx *tx, int64_t city_id, int64_t id)
{
    import_lines_delete(tx, city_id, id);
    import_first_delete(tx, city_id, id);
    import_file_delete(tx, city_id, id);
}

/* ---- the job ---- */

struct tidying {
    int64_t before;
    int64_t n;
};

static void tidy(struct tx *tx, void *ctx)
{
    struct tidying *t = ctx;
    struct import_file_key_rows rows = import_file_old(&tx->db, t->before);
    t->n = (int64_t)rows.n;
    for (size_t i = 0; i < rows.n; i++)
        intake_erase(tx, rows.v[i].city_id, rows.v[i].id);
}

void intake_tidy(struct job_run *job)
{
    struct tidying t = { .before = job->now - INTAKE_SECONDS };
    if (tx_do(job->app->store, job->arena, tidy, &t) != ERR_OK)
        job_failed(job, S("not committed"));
    else
        job_result(job, str_fmt(job->arena, "erased %lld", (long long)t.n));
}
