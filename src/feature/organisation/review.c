/* SPDX-License-Identifier: EUPL-1.2 */
/* The yearly review of an organisation's page: the job, its mails, and the pages behind the link.
 */
#include "feature/organisation/review.h"

#include "base/clock.h"
#include "organisation.html.h"
#include "organisation.text.h"
#include "web/audit.h"
#include "web/mail.h"
#include "web/page.h"
#include "web/sweep.h"
#include "web/token.h"

#define DAY          86400
#define LINK_SECONDS (90 * DAY)

enum stage { ASKED = 1, REMINDED = 2, LEFT_TO_THE_OFFICE = 3 };

/* ---- behind the link ---- */

/*
 * The link opens as long as the organisation has the address that it was sent to; when it has been
 * merged, it opens the other one.
 */
static const struct org_full *find(struct rq *rq, const struct token *token)
{
    const struct org_full *g = org_get(rq->db, rq->city->id, token->subject_id);
    bool known = g && str_eq(g->mail, token->mail);
    const struct org_merged_row *m = known ? org_merged(rq->db, rq->city->id, g->id) : NULL;
    if (m)
        g = org_get(rq->db, rq->city->id, m->merged_into.v);
    if (g && known && !g->archived_at)
        return g;
    rq_not_found(rq);
    return NULL;
}

void review_show(struct rq *rq, const struct token *token)
{
    const struct org_full *g = find(rq, token);
    if (!g)
        return;
    rq_crumb(rq, t_org_review_title(rq), token_page(rq, S("")));
    view_org_review(rq, g);
}

static void act_confirm(struct rq *rq, struct tx *tx, const struct token *token)
{
    const struct org_full *g = find(rq, token);
    if (!g)
        return;
    org_reviewed(tx, tx->now, rq->city->id, g->id);
    audit(rq, tx, S("organisation.review"), g->id, S("link"));
    rq_note(rq, MSG_org_review_done);
    rq_see_url(rq, token_page(rq, S("")));
}

static void show_form(struct rq *rq, const struct org_full *g, const struct org_form *f)
{
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_org_review_title(rq), token_page(rq, S("")));
    rq_crumb(rq, t_org_review_change(rq), token_page(rq, S("aendern")));
    view_org_review_form(rq, g, f);
}

static void edit(struct rq *rq, const struct token *token)
{
    const struct org_full *g = find(rq, token);
    if (!g)
        return;
    struct org_form f = organisation_said(g);
    show_form(rq, g, &f);
}

static void act_save(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct org_form f = { 0 };
    const struct org_full *g = find(rq, token);
    if (!g)
        return;
    if (!org_form_read(rq, &f)) {
        show_form(rq, g, &f);
        return;
    }
    f.umbrella = g->umbrella_id;
    org_form_keep_point(&f, g);
    organisation_save(tx, g->id, &(struct org_arrival){ .city_id = rq->city->id }, &f);
    audit(rq, tx, S("organisation.review"), g->id, S("link"));
    rq_note(rq, MSG_org_review_done);
    if (str_eq(f.mail, token->mail))
        rq_see_url(rq, token_page(rq, S("")));
    else /* the key belongs to another address from now on */
        rq_see(rq, S("/organisationen/"), g->id);
}

const struct link_part review_parts[] = {
    { .name = "bestaetigen", .act = act_confirm },
    { .name = "aendern", .show = edit, .act = act_save },
    { 0 },
};

/* ---- the job ---- */

static int64_t days_ago(int64_t now, int days)
{
    struct local_time t = { .day = day_add(clock_local(now).day, -days + 1) };
    return clock_instant(t);
}

static void ask(struct rq *rq, struct tx *tx, const struct org_to_review_row *g)
{
    bool again = g->asked == ASKED;
    struct rq r = *rq;
    r.lang = rq->city->lang;
    struct token_wish wish = {
        .purpose = S(REVIEW_LINK), .subject_id = g->id, .seconds = LINK_SECONDS, .mail = g->mail
    };
    str link = token_new(rq, tx, &wish).s;
    struct notice n = {
        .to = g->mail,
        .subject = again ? t_org_review_mail_again(&r, rq->city->name, g->name)
                         : t_org_review_mail_subject(&r, rq->city->name, g->name),
        .text =
            t_org_review_mail_text(&r, g->name, page_day(&r, g->reviewed_at), link, rq->city->name),
        .dedupe = str_fmt(rq->arena, "organisation review %lld %lld %d", (long long)g->id,
                          (long long)g->reviewed_at, again ? REMINDED : ASKED),
    };
    mail_queue(tx, rq->city->id, &n);
}

/* Nobody answers, or nobody can be asked: somebody of the office looks at it. */
static void leave_to_the_office(struct rq *rq, struct tx *tx, const struct org_to_review_row *g)
{
    struct record record;
    struct rq r = *rq;
    r.lang = rq->city->lang;
    struct follow_up_form f = { .due_on = day_iso(rq->arena, clock_local(tx->now).day),
                                .what = t_org_review_left(&r, page_day(&r, g->reviewed_at)),
                                .everybody = 1 };
    if (record_find(rq, &organisation_record, g->id, &record))
        follow_up_new(rq, tx, &record, &f);
}

static bool review_one(struct rq *rq, struct tx *tx, int64_t id)
{
    struct org_to_review_one_in in = { .city = rq->city->id,
                                       .id = id,
                                       .year = days_ago(tx->now, REVIEW_DAYS),
                                       .month = days_ago(tx->now, REVIEW_AGAIN) };
    const struct org_to_review_row *g = org_to_review_one(&tx->db, &in);
    if (!g)
        return false;
    int64_t stage = mail_valid(g->mail) ? g->asked + 1 : LEFT_TO_THE_OFFICE;
    if (org_asked(tx, &(struct org_asked_in){ stage, tx->now, g->city_id, g->id }) != 1)
        return false;
    if (stage == LEFT_TO_THE_OFFICE)
        leave_to_the_office(rq, tx, g);
    else
        ask(rq, tx, g);
    return true;
}

static struct sweep_rows list(struct db *db, const struct job_run *job, int64_t behind)
{
    struct org_to_review_id_rows rows = org_to_review(db, days_ago(job->now, REVIEW_DAYS), behind,
                                                      days_ago(job->now, REVIEW_AGAIN));
    struct sweep_rows page = { NEW_ARRAY(db->arena, rows.n, struct sweep_row), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        page.v[i] = (struct sweep_row){ rows.v[i].id, rows.v[i].city_id };
    return page;
}

void review_run(struct job_run *job)
{
    struct sweep s = { .job = job,
                       .list = list,
                       .each = review_one,
                       .trouble = "some organisations could not be asked" };
    sweep_run(&s);
    job_result(job, str_fmt(job->arena, "%lld asked", (long long)s.done));
}
