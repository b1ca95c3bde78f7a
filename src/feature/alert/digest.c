/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The daily job: for each saved search whose German day has come, the offers that came or came
 * back since it was looked at last and that the search finds; where there are none, no mail. A day
 * that was missed is made up for by one mail. Then searches that are over are erased.
 */
#include "base/clock.h"
#include "feature/opportunity/opportunity.h"
#include "feature/search/search.h"
#include "feature/alert/alert.h"
#include "alert.text.h"
#include "web/app.h"
#include "web/city.h"
#include "web/job.h"
#include "web/mail.h"
#include "web/page.h"

#define HITS_MOST 20000
#define SHOWN     15

str alert_next(struct arena *a, int64_t now, str every)
{
    struct day today = clock_local(now).day;
    return day_iso(a, day_add(today, str_eq(every, S("daily")) ? 1 : 7));
}

/* ---- one mail ---- */

/* Of what is new, what the search finds: moved to the front; how many. */
static size_t found_among(struct rq *rq, struct alert_id_rows fresh, const struct alert_row *w,
                          int64_t *ids)
{
    struct rq asking = search_asking(rq, w->query);
    int64_t *hits = NEW_ARRAY(rq->arena, HITS_MOST, int64_t);
    size_t count = search_points(&asking, hits, HITS_MOST);
    size_t n = 0;
    for (size_t i = 0; i < fresh.n; i++) {
        bool hit = false;
        for (size_t k = 0; k < count && !hit; k++)
            hit = hits[k] == fresh.v[i].id;
        if (hit)
            ids[n++] = fresh.v[i].id;
    }
    return n;
}

static void put_offer(struct rq *rq, struct out *o, const struct opp_card *c)
{
    str where = c->district.n ? c->district : c->place;
    str link = link_absolute(rq, link_id(rq, S("/angebote/"), c->id)).s;
    out_fmt(o, "%.*s\n%.*s%s%.*s\n", STR_FMT(opp_title(rq, c)), STR_FMT(c->organisation),
            where.n ? ", " : "", STR_FMT(where));
    if (c->grid)
        out_fmt(o, "%.*s\n", STR_FMT(opp_when(rq, c->grid)));
    out_fmt(o, "%.*s\n\n", STR_FMT(link));
}

static str words_of(struct rq *rq, const struct alert_row *w, const int64_t *ids, size_t n)
{
    struct out o = out_new(rq->arena, 65536);
    str words = search_words(rq, w->query);
    out_str(&o, t_alert_mail_digest_text(rq, words));
    for (size_t i = 0; i < n && i < SHOWN; i++) {
        const struct opp_card *c =
            opp_card_get(rq->db, rq->city->id, ids[i], opportunity_fresh_since());
        if (c)
            put_offer(rq, &o, c);
    }
    if (n > SHOWN)
        out_str(&o, t_alert_mail_digest_more(rq, (int64_t)(n - SHOWN),
                                             link_absolute(rq, search_link(rq, w->query)).s));
    return out_text(&o);
}

static void send(struct rq *rq, struct tx *tx, const struct alert_row *w, str text, size_t n)
{
    url link = alert_link_new(rq, tx, w);
    str end = t_alert_mail_digest_end(rq, page_day(rq, w->created_at), link.s, rq->city->name);
    struct notice notice = {
        .to = w->mail,
        .subject = t_alert_mail_digest_subject(rq, (int64_t)n, rq->city->name),
        .text = str_join(rq->arena, text, end),
        .leave = alert_leave_link(rq, link),
        .dedupe = str_fmt(rq->arena, "alert %lld %.*s", (long long)w->id, STR_FMT(w->due_on)),
    };
    mail_queue(tx, rq->city->id, &notice);
}

/* ---- one search ---- */

struct looking {
    struct job_run *job;
    const struct alert_due_row *row;
    bool sent;
};

static void look_for(struct rq *rq, struct tx *tx, const struct alert_row *w, struct looking *l)
{
    struct alert_digested_in done = { .next = alert_next(rq->arena, tx->now, w->every),
                                      .at = tx->now,
                                      .city = rq->city->id,
                                      .id = w->id,
                                      .was = w->due_on };
    if (alert_digested(tx, &done) != 1)
        return;
    struct alert_offers_in in = { .city = rq->city->id,
                                  .fresh = opportunity_fresh_since(),
                                  .since = w->seen_at,
                                  .until = tx->now };
    struct alert_id_rows fresh = alert_offers(&tx->db, &in);
    int64_t *ids = NEW_ARRAY(rq->arena, fresh.n, int64_t);
    size_t n = fresh.n ? found_among(rq, fresh, w, ids) : 0;
    if (!n)
        return;
    send(rq, tx, w, words_of(rq, w, ids, n), n);
    l->sent = true;
}

/* Looks again inside the transaction: the person may have left meanwhile. */
static void look(struct tx *tx, void *ctx)
{
    struct looking *l = ctx;
    str today = day_iso(l->job->arena, clock_local(l->job->now).day);
    l->sent = false;
    tx->now = l->job->now;
    const struct alert_row *w = alert_get(&tx->db, l->row->city_id, l->row->id);
    if (!w || !str_eq(w->state, S("active")) || str_cmp(w->due_on, today) > 0)
        return;
    struct city_list cities = city_list_begin(l->job->app->cities);
    const struct city *city = city_by_id(&cities, l->row->city_id);
    if (city) {
        struct rq rq = rq_outside(l->job->app, &tx->db, &cities, city);
        lang_parse(w->lang, &rq.lang);
        look_for(&rq, tx, w, l);
    }
    city_list_end(l->job->app->cities, &cities);
}

/* ---- all of them ---- */

struct counts {
    int64_t looked, sent, failed;
};

/* One page of what is due, behind an id; that of the last one, 0 at the end. */
static int64_t look_at_some(struct job_run *job, int64_t behind, struct counts *n)
{
    struct db db;
    str today = day_iso(job->arena, clock_local(job->now).day);
    if (db_begin(job->app->store, job->arena, &db) != ERR_OK) {
        job_failed(job, S("no database"));
        return 0;
    }
    struct alert_due_row_rows rows = alert_due(&db, today, behind);
    db_end(&db);
    for (size_t i = 0; i < rows.n; i++) {
        struct arena a;
        struct looking l = { .job = job, .row = &rows.v[i] };
        arena_init(&a, 0);
        n->looked++;
        if (tx_do(job->app->store, &a, look, &l) != ERR_OK)
            n->failed++;
        else
            n->sent += l.sent;
        arena_free(&a);
    }
    return rows.n ? rows.v[rows.n - 1].id : 0;
}

void alert_digest(struct job_run *job)
{
    struct counts n = { 0 };
    int64_t behind = 0;
    if (!job->app->search) {
        /* Without the index everything would be told as nothing, and never again. */
        job_failed(job, S("only the server has the index of offers"));
        return;
    }
    do
        behind = look_at_some(job, behind, &n);
    while (behind);
    if (n.failed)
        job_failed(job, S("some searches could not be looked after"));
    job_result(job, str_fmt(job->arena, "%lld looked at, %lld mails", (long long)n.looked,
                            (long long)n.sent));
}
