/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Probable duplicates. Titles are compared with all offers of the town, texts only where the
 * organisation is the same or the titles have something in common: texts are long, and two offers
 * that share neither are not taken for one by anybody.
 */
#include "feature/opportunity/twin.h"

#include "base/alike.h"
#include "opportunity.text.h"

/* Hundredths of alike_share. */
#define TITLE_NEAR     40
#define TITLE_NEARLY   70
#define TEXT_NEAR      50
#define TEXT_NEARLY    75
#define OWN_TITLE_NEAR 60

struct seeking {
    struct rq *rq;
    const struct opp_full *of;
    struct alike title, text;
};

static struct alike words_of(struct arena *a, str summary, str tasks)
{
    return alike_of(a, str_fmt(a, "%.*s %.*s", STR_FMT(summary), STR_FMT(tasks)));
}

static void add_reason(struct out *o, str reason)
{
    out_fmt(o, "%s%.*s", o->n ? ", " : "", STR_FMT(reason));
}

static str reasons(const struct seeking *s, const struct opp_twin_row *o, int title, int text)
{
    struct rq *rq = s->rq;
    struct out out = out_new(rq->arena, 1024);
    if (o->organisation_id == s->of->organisation_id)
        add_reason(&out, t_opp_twin_organisation(rq));
    if (title == 100)
        add_reason(&out, t_opp_twin_title_same(rq));
    else if (title >= TITLE_NEARLY)
        add_reason(&out, t_opp_twin_title_near(rq));
    if (text >= TEXT_NEAR)
        add_reason(&out, text >= TEXT_NEARLY ? t_opp_twin_text_same(rq) : t_opp_twin_text(rq));
    if (o->district.n && str_eq(o->district, s->of->district))
        add_reason(&out, t_opp_twin_district(rq));
    return out_text(&out);
}

static bool is_likely(bool own, bool near, int title, int text)
{
    if (own)
        return title >= OWN_TITLE_NEAR || text >= TEXT_NEAR;
    return (title >= TITLE_NEARLY && (near || text >= TEXT_NEAR)) || text >= TEXT_NEARLY;
}

static void insert(struct twins *twins, const struct twin *twin)
{
    size_t at = twins->n;
    while (at > 0 && twins->v[at - 1].share < twin->share)
        at--;
    if (at == TWINS_MOST)
        return;
    twins->n += twins->n < TWINS_MOST;
    for (size_t i = twins->n - 1; i > at; i--)
        twins->v[i] = twins->v[i - 1];
    twins->v[at] = *twin;
}

static void look_at(const struct seeking *s, const struct opp_twin_row *o, struct twins *twins)
{
    struct arena *a = s->rq->arena;
    bool own = o->organisation_id == s->of->organisation_id;
    bool near = o->district.n && str_eq(o->district, s->of->district);
    int title = alike_share(s->title, alike_of(a, o->title));
    if (!own && title < TITLE_NEAR)
        return;
    int text = alike_share(s->text, words_of(a, o->summary, o->tasks_md));
    if (is_likely(own, near, title, text))
        insert(twins, &(struct twin){ o, title + text, reasons(s, o, title, text) });
}

void twins_find(struct rq *rq, const struct opp_full *o, struct twins *twins)
{
    struct seeking s = { .rq = rq,
                         .of = o,
                         .title = alike_of(rq->arena, o->title),
                         .text = words_of(rq->arena, o->summary, o->tasks_md) };
    struct opp_twin_row_rows rows =
        opp_twins(rq->db, rq->city->id, o->id, opportunity_fresh_since());
    *twins = (struct twins){ 0 };
    for (size_t i = 0; i < rows.n; i++)
        look_at(&s, &rows.v[i], twins);
}
