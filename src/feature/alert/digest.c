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
#include "web/mail.h"
#include "web/page.h"
#include "web/sweep.h"

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

/* True: there is something new, and it is mailed. */
static bool look_for(struct rq *rq, struct tx *tx, const struct alert_row *w)
{
    struct alert_digested_in done = { .next = alert_next(rq->arena, tx->now, w->every),
                                      .at = tx->now,
                                      .city = rq->city->id,
                                      .id = w->id,
                                      .was = w->due_on };
    if (alert_digested(tx, &done) != 1)
        return false;
    struct alert_offers_in in = { .city = rq->city->id,
                                  .fresh = opportunity_fresh_since(),
                                  .since = w->seen_at,
                                  .until = tx->now };
    struct alert_id_rows fresh = alert_offers(&tx->db, &in);
    int64_t *ids = NEW_ARRAY(rq->arena, fresh.n, int64_t);
    size_t n = fresh.n ? found_among(rq, fresh, w, ids) : 0;
    if (!n)
        return false;
    send(rq, tx, w, words_of(rq, w, ids, n), n);
    return true;
}

static bool look(struct rq *rq, struct tx *tx, int64_t id)
{
    str today = day_iso(rq->arena, clock_local(tx->now).day);
    const struct alert_row *w = alert_get(&tx->db, rq->city->id, id);
    if (!w || !str_eq(w->state, S("active")) || str_cmp(w->due_on, today) > 0)
        return false;
    lang_parse(w->lang, &rq->lang);
    return look_for(rq, tx, w);
}

/* ---- all of them ---- */

static struct sweep_rows list(struct db *db, const struct job_run *job, int64_t behind)
{
    str today = day_iso(db->arena, clock_local(job->now).day);
    struct alert_due_row_rows rows = alert_due(db, today, behind);
    struct sweep_rows page = { NEW_ARRAY(db->arena, rows.n, struct sweep_row), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        page.v[i] = (struct sweep_row){ rows.v[i].id, rows.v[i].city_id };
    return page;
}

void alert_digest(struct job_run *job)
{
    struct sweep s = {
        .job = job, .list = list, .each = look, .trouble = "some searches could not be looked after"
    };
    /* Without the index everything would be told as nothing, and never again. */
    if (search_ready(job->app) != ERR_OK) {
        job_failed(job, S("the index of offers could not be built"));
        return;
    }
    sweep_run(&s);
    job_result(job, str_fmt(job->arena, "%lld looked at, %lld mails", (long long)s.tried,
                            (long long)s.done));
}
