/* SPDX-License-Identifier: EUPL-1.2 */
/* What shortlist.html says and links. */
#include "feature/shortlist/shortlist.h"
#include "opportunity.text.h"
#include "shortlist.text.h"
#include "web/vocab_label.h"

str shortlist_gone_text(const struct rq *rq, const struct shortlist_gone *gone)
{
    if (str_eq(gone->state, S("filled")))
        return t_shortlist_gone_filled(rq, gone->title);
    if (str_eq(gone->state, S("paused")))
        return t_shortlist_gone_paused(rq, gone->title);
    return t_shortlist_gone_over(rq, gone->title);
}

str shortlist_ids(const struct rq *rq, const struct shortlist *list)
{
    return remember_fmt(rq->arena, &list->ids);
}

url shortlist_link(const struct rq *rq, const struct shortlist *list)
{
    struct http_field ids = { S("ids"), shortlist_ids(rq, list) };
    return link_absolute(rq, link_query(rq, S("/merkliste"), &ids, 1));
}

url shortlist_mail(const struct rq *rq, const struct shortlist *list)
{
    struct out o = out_new(rq->arena, 16384);
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].card)
            out_fmt(
                &o, "%.*s – %.*s\r\n%.*s\r\n\r\n", STR_FMT(opp_title(rq, list->v[i].card)),
                STR_FMT(list->v[i].card->organisation),
                STR_FMT(link_absolute(rq, link_id(rq, S("/angebote/"), list->v[i].card->id)).s));
    out_fmt(&o, "%.*s\r\n%.*s", STR_FMT(t_shortlist_mail_all(rq)),
            STR_FMT(shortlist_link(rq, list).s));
    return link_share(rq, t_shortlist_mail_subject(rq, rq->city->name), out_text(&o));
}

static void add(struct out *o, const char *separator, str text)
{
    if (o->n && text.n)
        out_str(o, str_from_c(separator));
    out_str(o, text);
}

str shortlist_time(const struct rq *rq, const struct shortlist_entry *e)
{
    struct out o = out_new(rq->arena, 2048);
    if (e->card->time.n)
        add(&o, ", ", vocab_label_of(rq, &vocab_time, e->card->time));
    add(&o, ", ", e->needs->commitment);
    return out_text(&o);
}

str shortlist_access(const struct rq *rq, int64_t access)
{
    struct out o = out_new(rq->arena, 2048);
    for (int i = 0; i < ACCESSIBLE_COUNT; i++)
        if (accessible_answer((uint64_t)access, (enum vocab_accessible)i) == ANSWER_yes)
            add(&o, ", ", vocab_label(rq, &vocab_accessible, i));
    return out_text(&o);
}

str shortlist_asks(const struct rq *rq, const struct shortlist_needs *n)
{
    struct out o = out_new(rq->arena, 2048);
    if (n->min_age)
        add(&o, "; ", t_opp_wanted_age(rq, n->min_age));
    add(&o, "; ", opp_languages(rq, n->languages));
    if (!str_eq(n->certificate, S("none")))
        add(&o, "; ", vocab_label_of(rq, &vocab_certificate, n->certificate));
    return out_text(&o);
}
