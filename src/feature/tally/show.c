/* SPDX-License-Identifier: EUPL-1.2 */
/* The figures of one offer, by week; and of all offers, as list and as file. */
#include "base/clock.h"
#include "feature/tally/pages.h"
#include "office.text.h"
#include "opportunity.text.h"
#include "tally.html.h"
#include "tally.text.h"
#include "web/chart.h"
#include "web/export.h"

#define LIST_MOST 1000
#define FEW       3 /* interests below are not told exactly where a file travels */

static struct day first_monday(void)
{
    struct day today = clock_today();
    return day_add(today, -day_weekday(today) - 7 * (TALLY_WEEKS - 1));
}

str tally_since(struct arena *a)
{
    return day_iso(a, first_monday());
}

/* ---- one offer ---- */

static bool way_find(str code, enum tally_way *way)
{
    for (unsigned i = 0; i < TALLY_WAY_COUNT; i++)
        if (str_eq(tally_way_code((enum tally_way)i), code)) {
            *way = (enum tally_way)i;
            return true;
        }
    return false;
}

static void take(struct tally_figures *f, int64_t begin, const struct tally_day *d)
{
    struct day day;
    enum tally_way way;
    if (!day_parse_iso(d->day, &day) || !way_find(d->way, &way))
        return;
    int64_t week = (day_number(day) - begin) / 7;
    if (week < 0 || week >= TALLY_WEEKS)
        return;
    f->ways[way] += d->n;
    if (way == TALLY_interest) {
        f->weeks[week].interests += d->n;
        f->interests += d->n;
    } else {
        f->weeks[week].views += d->n;
        f->views += d->n;
    }
}

static void load(struct rq *rq, struct tally_figures *f)
{
    struct day monday = first_monday();
    struct tally_day_rows rows =
        tally_days(rq->db, rq->city->id, f->offer->id, day_iso(rq->arena, monday));
    for (int i = 0; i < TALLY_WEEKS; i++)
        f->weeks[i].begins = day_iso(rq->arena, day_add(monday, 7 * i));
    for (size_t i = 0; i < rows.n; i++)
        take(f, day_number(monday), &rows.v[i]);
    for (int i = 0; i < TALLY_WEEKS; i++)
        f->most = f->weeks[i].views > f->most ? f->weeks[i].views : f->most;
}

html tally_chart(const struct rq *rq, const struct tally_figures *f)
{
    struct chart_bar bars[TALLY_WEEKS];
    for (size_t i = 0; i < TALLY_WEEKS; i++)
        bars[i] = (struct chart_bar){ .value = { f->weeks[i].views } };
    struct chart c = { .id = S("wochen"),
                       .title = t_tally_weeks(rq),
                       .desc = t_tally_chart(rq, f->views, f->most),
                       .v = bars,
                       .n = TALLY_WEEKS,
                       .standing = true,
                       .most = lang_number(rq->arena, rq->lang, f->most) };
    return chart_svg(rq->arena, &c);
}

str tally_way_label(const struct rq *rq, enum tally_way way)
{
    static const enum msg labels[] = { MSG_tally_way_search, MSG_tally_way_site,
                                       MSG_tally_way_embed,  MSG_tally_way_feed,
                                       MSG_tally_way_paper,  MSG_tally_way_elsewhere,
                                       MSG_tally_way_direct, MSG_tally_interests };
    return text_of(rq, labels[way]);
}

void tally_page(struct rq *rq, int64_t offer_id, url back)
{
    struct tally_figures f = { .offer = tally_offer(rq->db, rq->city->id, offer_id), .back = back };
    if (!f.offer) {
        rq_not_found(rq);
        return;
    }
    load(rq, &f);
    rq_crumb(rq, f.offer->title, back);
    rq_crumb(rq, t_tally_title(rq), link_to(rq, rq->path));
    view_tally_page(rq, &f);
}

/* GET /buero/angebote/{id}/statistik */
void tally_desk(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    tally_page(rq, rq_id(rq), link_id(rq, S("/buero/angebote/"), rq_id(rq)));
}

/* ---- all ---- */

static struct tally_line_rows lines(struct rq *rq)
{
    return tally_list(rq->db, tally_since(rq->arena), rq->city->id, LIST_MOST);
}

/* GET /buero/statistik */
void tally_all(struct rq *rq)
{
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_tally_nav(rq), link_to(rq, S("/buero/statistik")));
    view_tally_all(rq, lines(rq));
}

static str few(const struct rq *rq, int64_t n)
{
    if (n > 0 && n < FEW)
        return t_tally_few(rq, FEW);
    return str_fmt(rq->arena, "%lld", (long long)n);
}

static str plain(const struct rq *rq, int64_t n)
{
    return str_fmt(rq->arena, "%lld", (long long)n);
}

static void put_line(struct rq *rq, struct sheet *s, const struct tally_line *l)
{
    sheet_cell(s, plain(rq, l->id));
    sheet_cell(s, l->title);
    sheet_cell(s, l->organisation);
    sheet_cell(s, plain(rq, l->views));
    sheet_cell(s, plain(rq, l->search));
    sheet_cell(s, plain(rq, l->embed));
    sheet_cell(s, plain(rq, l->feed));
    sheet_cell(s, plain(rq, l->paper));
    sheet_cell(s, few(rq, l->interests));
    sheet_row_end(s);
}

static enum err write_all(struct rq *rq, void *ctx, enum sheet_format format, int64_t *rows)
{
    (void)ctx;
    struct tally_line_rows found = lines(rq);
    const str names[] = { S("id"),
                          t_tally_offer(rq),
                          t_tally_organisation(rq),
                          t_tally_views(rq),
                          tally_way_label(rq, TALLY_search),
                          tally_way_label(rq, TALLY_embed),
                          tally_way_label(rq, TALLY_feed),
                          tally_way_label(rq, TALLY_paper),
                          t_tally_interests(rq) };
    struct sheet s =
        sheet_begin(rq->out, format,
                    &(struct sheet_head){ S("Statistik"), names, sizeof names / sizeof *names });
    for (size_t i = 0; i < found.n; i++)
        put_line(rq, &s, &found.v[i]);
    *rows = s.rows;
    int64_t cut;
    return sheet_end(&s, &cut);
}

/* POST /buero/statistik/export */
void tally_export(struct rq *rq, struct tx *tx)
{
    static const struct export_file file = { STR_INIT("statistik"), STR_INIT("Statistik"),
                                             STR_INIT("tally.export"),
                                             STR_INIT("/buero/statistik") };
    export_answer(rq, tx, &file, write_all, NULL);
}
