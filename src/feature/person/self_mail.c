/* SPDX-License-Identifier: EUPL-1.2 */
/* The mails with the link to one's own record, and the nightly question whether to keep it. */
#include "feature/person/self.h"
#include "person.text.h"
#include "web/job.h"
#include "web/mail.h"
#include "web/sweep.h"

#define DAY       86400
#define ASK_AFTER 335 /* days without contact; a month later the record goes (person.privacy) */
#define PAGE      200

/* The same request in the language in which a person is written to. */
static struct rq in_language(const struct rq *rq, str code)
{
    struct rq r = *rq;
    if (!lang_parse(code, &r.lang))
        r.lang = rq->city->lang;
    return r;
}

static str link_new(struct rq *rq, struct tx *tx, const struct person_row *p)
{
    struct token_wish wish = { .purpose = S(PERSON_LINK),
                               .subject_id = p->id,
                               .seconds = (int64_t)PERSON_LINK_DAYS * DAY,
                               .mail = p->mail };
    return token_new(rq, tx, &wish).s;
}

void self_mail_confirm(struct rq *rq, struct tx *tx, const struct person_row *p)
{
    struct rq r = in_language(rq, p->lang);
    struct notice n = {
        .to = p->mail,
        .subject = t_person_mail_confirm_subject(&r, rq->city->name),
        .text = t_person_mail_confirm_text(&r, p->name, link_new(rq, tx, p), rq->city->name),
        .dedupe = str_fmt(rq->arena, "person confirm %lld", (long long)p->id),
    };
    mail_queue(tx, rq->city->id, &n);
}

void self_mail_link(struct rq *rq, struct tx *tx, const struct person_row *p)
{
    struct rq r = in_language(rq, p->lang);
    struct notice n = {
        .to = p->mail,
        .subject = t_person_mail_link_subject(&r, rq->city->name),
        .text = t_person_mail_link_text(&r, p->name, link_new(rq, tx, p), rq->city->name),
        .dedupe = str_fmt(rq->arena, "person link %lld %lld", (long long)p->id,
                          (long long)(tx->now / 600)), /* a second press within minutes: one mail */
    };
    mail_queue(tx, rq->city->id, &n);
}

/* ---- shall we keep it? ---- */

static struct sweep_rows list(struct db *db, const struct job_run *job, int64_t behind)
{
    struct person_asking_row_rows rows =
        person_to_ask(db, job->now - (int64_t)ASK_AFTER * DAY, behind, PAGE);
    struct sweep_rows page = { NEW_ARRAY(db->arena, rows.n + 1, struct sweep_row), rows.n };
    for (size_t i = 0; i < rows.n; i++)
        page.v[i] = (struct sweep_row){ rows.v[i].id, rows.v[i].city_id };
    return page;
}

static bool ask(struct rq *rq, struct tx *tx, int64_t id)
{
    const struct person_row *p = person_find(rq->db, rq->city->id, id);
    struct person_set_asked_in in = {
        .at = tx->now, .city = rq->city->id, .id = id, .before = tx->now - (int64_t)ASK_AFTER * DAY
    };
    if (!p || person_set_asked(tx, &in) != 1)
        return false;
    struct rq r = in_language(rq, p->lang);
    struct notice n = {
        .to = p->mail,
        .subject = t_person_mail_ask_subject(&r, rq->city->name),
        .text = t_person_mail_ask_text(&r, p->name, link_new(rq, tx, p), rq->city->name),
        .dedupe =
            str_fmt(rq->arena, "person ask %lld %lld", (long long)id, (long long)p->contact_at),
    };
    mail_queue(tx, rq->city->id, &n);
    return true;
}

void self_ask(struct job_run *job)
{
    struct sweep s = {
        .job = job, .list = list, .each = ask, .trouble = "some people could not be asked"
    };
    sweep_run(&s);
    job_result(job, str_fmt(job->arena, "%lld asked", (long long)s.done));
}
