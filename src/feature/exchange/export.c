/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing offers and organisations, the command `tandem export`, and the office's buttons. */
#include "feature/exchange/export.h"

#include <unistd.h>

#include "feature/exchange/put_cells.h"
#include "web/app.h"
#include "web/cli.h"
#include "web/export.h"
#include "web/vocab.h"

/* How deep umbrellas of umbrellas are followed. */
#define UMBRELLAS 8
/* Bytes after which the command writes what it has. */
#define CHUNK ((size_t)64 << 10)

/* ---- writing ---- */

struct writing {
    const struct export_order *order;
    struct sheet sheet;
    struct cell_names names;
    struct stored_keys keys;
    struct arena *arena; /* of the statement: rewound row by row */
    int depth;           /* of the organisations of this pass */
};

static void put_row(struct writing *w, const struct cells *cells)
{
    for (size_t i = 0; i < w->names.n; i++)
        sheet_cell(&w->sheet, cell_of(cells, w->names.v[i]));
    sheet_row_end(&w->sheet);
    if (w->order->row_done)
        w->order->row_done(w->order->ctx, w->sheet.out);
}

static bool put_offer(void *ctx, const struct opp_full *o)
{
    struct writing *w = ctx;
    struct arena_mark mark = arena_mark(w->arena);
    struct stored_offer stored = stored_offer(w->arena, o);
    stored.keys = w->keys;
    struct cells cells = offer_cells(&stored);
    put_row(w, &cells);
    arena_rewind(w->arena, mark);
    return !w->sheet.out->full;
}

/* Members come behind their umbrellas, so that the import finds these. */
static int depth_of(const struct writing *w, const struct org_full *g)
{
    int depth = 0;
    opt_int above = g->umbrella_id;
    for (; above.has && depth < UMBRELLAS; depth++) {
        const struct org_key *key = stored_key(w->keys, above.v);
        above = key ? key->umbrella_id : no_int;
    }
    return depth;
}

static bool put_organisation(void *ctx, const struct org_full *g)
{
    struct writing *w = ctx;
    if (depth_of(w, g) != w->depth)
        return true;
    struct arena_mark mark = arena_mark(w->arena);
    struct stored_organisation stored = stored_organisation(w->arena, g);
    stored.keys = w->keys;
    struct cells cells = organisation_cells(&stored);
    put_row(w, &cells);
    arena_rewind(w->arena, mark);
    return !w->sheet.out->full;
}

static void begin(struct writing *w, struct db *db, const struct export_order *order)
{
    struct org_key_rows keys = org_keys(db, order->city_id);
    *w = (struct writing){ .order = order, .keys = { keys.v, keys.n } };
    w->arena = NEW(db->arena, struct arena);
    arena_init(w->arena, 0);
}

static enum err end(struct writing *w, struct exported *done)
{
    enum err e = sheet_end(&w->sheet, &done->cut);
    done->rows = w->sheet.rows;
    arena_free(w->arena);
    return e;
}

enum err export_offers(struct db *db, struct out *out, const struct export_order *order,
                       struct exported *done)
{
    struct writing w;
    begin(&w, db, order);
    w.names = offer_cell_names(db->arena);
    w.sheet = sheet_begin(out, order->format,
                          &(struct sheet_head){ S("Angebote"), w.names.v, w.names.n });
    struct opp_export_in in = { .city = order->city_id,
                                .state = order->filter.state,
                                .organisation = order->filter.organisation,
                                .before = opp_filter_before(&order->filter),
                                .lone = order->filter.lone };
    opp_export(db, &in, put_offer, &w);
    return end(&w, done);
}

enum err export_organisations(struct db *db, struct out *out, const struct export_order *order,
                              struct exported *done)
{
    struct writing w;
    begin(&w, db, order);
    w.names = organisation_cell_names(db->arena);
    w.sheet = sheet_begin(out, order->format,
                          &(struct sheet_head){ S("Organisationen"), w.names.v, w.names.n });
    for (; w.depth <= UMBRELLAS; w.depth++)
        org_export(db, order->city_id, order->pattern, put_organisation, &w);
    return end(&w, done);
}

/* ---- the command ---- */

static void write_out(void *ctx, struct out *out)
{
    bool *failed = ctx;
    if (out->n >= CHUNK) {
        *failed = *failed || fwrite(out->p, 1, out->n, stdout) != out->n;
        out->n = 0;
    }
}

static int export_kind(struct cli *cli, const struct export_order *order, bool offers)
{
    struct db db;
    struct exported done = { 0 };
    struct out out = out_new(cli->arena, (size_t)1 << 30);
    bool *failed = order->ctx;
    if (db_begin(cli->app->store, cli->arena, &db) != ERR_OK) {
        cli_problem(cli, S("the database cannot be read"));
        return CLI_REFUSED;
    }
    enum err e = offers ? export_offers(&db, &out, order, &done)
                        : export_organisations(&db, &out, order, &done);
    db_end(&db);
    *failed = *failed || fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0;
    if (done.cut)
        cli_problem(cli, str_fmt(cli->arena,
                                 "note: %lld texts are longer than a cell of XLSX holds and were "
                                 "cut; CSV and JSON have them whole",
                                 (long long)done.cut));
    if (e == ERR_OK && db.err == ERR_OK && !*failed)
        return CLI_DONE;
    cli_problem(cli, S("the file could not be written to its end"));
    return CLI_REFUSED;
}

/* tandem export KIND --city SLUG [--format csv|xlsx|json] */
int command_export(struct cli *cli)
{
    bool failed = false;
    bool has_format = false;
    struct export_order order = {
        .filter.state = S("all"), .pattern = S("%"), .row_done = write_out, .ctx = &failed
    };
    str format = cli_option(cli, "format", &has_format);
    bool offers = cli->arg_count == 1 && str_eq(cli->args[0], S("opportunities"));
    if (!offers && !(cli->arg_count == 1 && str_eq(cli->args[0], S("organisations"))))
        return CLI_USAGE;
    if (has_format && !sheet_format_find(format, &order.format))
        return CLI_USAGE;
    if (!cli_city(cli, &order.city_id))
        return CLI_REFUSED;
    if (order.format == SHEET_XLSX && isatty(STDOUT_FILENO)) {
        cli_problem(cli, S("XLSX is no text; send it to a file: tandem export … > FILE"));
        return CLI_REFUSED;
    }
    return export_kind(cli, &order, offers);
}

/* ---- the office ---- */

static enum err write_offers(struct rq *rq, void *ctx, enum sheet_format format, int64_t *rows)
{
    struct export_order *order = ctx;
    struct exported done = { 0 };
    order->format = format;
    enum err e = export_offers(rq->db, rq->out, order, &done);
    *rows = done.rows;
    return e;
}

static enum err write_organisations(struct rq *rq, void *ctx, enum sheet_format format,
                                    int64_t *rows)
{
    struct export_order *order = ctx;
    struct exported done = { 0 };
    order->format = format;
    enum err e = export_organisations(rq->db, rq->out, order, &done);
    *rows = done.rows;
    return e;
}

void office_export_offers(struct rq *rq, struct tx *tx)
{
    static const struct export_file offers = { .name = STR_INIT("angebote"),
                                               .action = STR_INIT("opportunity.export"),
                                               .back = STR_INIT("/buero/angebote") };
    struct export_order order = { .city_id = rq->city->id };
    if (opp_filter_read(rq, &order.filter))
        export_answer(rq, tx, &offers, write_offers, &order);
    else
        rq_not_found(rq);
}

void office_export_organisations(struct rq *rq, struct tx *tx)
{
    static const struct export_file organisations = { .name = STR_INIT("organisationen"),
                                                      .action = STR_INIT("organisation.export"),
                                                      .back = STR_INIT("/buero/organisationen") };
    struct export_order order = { .city_id = rq->city->id,
                                  .pattern = organisation_pattern(rq->arena, rq_param(rq, "q")) };
    export_answer(rq, tx, &organisations, write_organisations, &order);
}
