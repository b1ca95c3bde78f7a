/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Probable duplicates. Titles are compared with all offers of the town, texts only where the
 * organisation is the same or the titles have something in common: texts are long, and two offers
 * that share neither are not taken for one by anybody.
 */
#include "feature/opportunity/twin.h"

#include "base/alike.h"
#include "base/vec.h"
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

/* ---- what two offers have in common ---- */

enum { OWN = 1, TITLE_SAME = 2, TITLE_ALIKE = 4, TEXT_SAME = 8, TEXT_ALIKE = 16, DISTRICT = 32 };

const enum msg twin_reasons[] = { MSG_opp_twin_organisation,
                                  MSG_opp_twin_title_same,
                                  MSG_opp_twin_title_near,
                                  MSG_opp_twin_text_same,
                                  MSG_opp_twin_text,
                                  MSG_opp_twin_district,
                                  0 };

struct likeness {
    bool own;  /* of the same organisation */
    bool near; /* in the same district */
    int title, text;
};

static int64_t reasons_of(const struct likeness *l)
{
    int64_t r = (l->own ? OWN : 0) | (l->near ? DISTRICT : 0);
    if (l->title >= TITLE_NEARLY)
        r |= l->title == 100 ? TITLE_SAME : TITLE_ALIKE;
    if (l->text >= TEXT_NEAR)
        r |= l->text >= TEXT_NEARLY ? TEXT_SAME : TEXT_ALIKE;
    return r;
}

static bool is_likely(const struct likeness *l)
{
    if (l->own)
        return l->title >= OWN_TITLE_NEAR || l->text >= TEXT_NEAR;
    return (l->title >= TITLE_NEARLY && (l->near || l->text >= TEXT_NEAR)) ||
           l->text >= TEXT_NEARLY;
}

/* ---- of one offer ---- */

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
    struct likeness l = { .own = o->organisation_id == s->of->organisation_id,
                          .near = o->district.n && str_eq(o->district, s->of->district),
                          .title = alike_share(s->title, alike_of(a, o->title)) };
    if (!l.own && l.title < TITLE_NEAR)
        return;
    l.text = alike_share(s->text, words_of(a, o->summary, o->tasks_md));
    if (is_likely(&l))
        insert(twins, &(struct twin){ o, l.title + l.text,
                                      merge_reasons(s->rq, twin_reasons, reasons_of(&l)) });
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

/* ---- of all offers ---- */

#define PAIRS_MOST 12 /* of one offer with later ones: what more are alike in says nothing */

struct one {
    const struct opp_compare_row *row;
    struct alike title, text;
    bool known; /* whether `text` has been made */
};

static struct alike text_of_one(struct arena *a, struct one *o)
{
    if (!o->known)
        o->text = words_of(a, o->row->summary, o->row->tasks_md);
    o->known = true;
    return o->text;
}

static void compare(struct arena *a, struct one *x, struct one *y, struct merge_pairs *pairs)
{
    struct likeness l = { .own = x->row->organisation_id == y->row->organisation_id,
                          .near = x->row->district.n && str_eq(x->row->district, y->row->district),
                          .title = alike_share(x->title, y->title) };
    if (!l.own && l.title < TITLE_NEAR)
        return;
    l.text = alike_share(text_of_one(a, x), text_of_one(a, y));
    if (!is_likely(&l))
        return;
    int score = (l.title + l.text) / 2 + (l.own ? 10 : 0) + (l.near ? 5 : 0);
    *vec_add(a, pairs) =
        (struct merge_pair){ x->row->id, y->row->id, reasons_of(&l), score > 100 ? 100 : score };
}

void twins_all(struct db *db, int64_t city_id, struct merge_pairs *pairs)
{
    struct opp_compare_row_rows rows = opp_to_compare(db, city_id);
    struct one *v = NEW_ARRAY(db->arena, rows.n, struct one);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct one){ .row = &rows.v[i], .title = alike_of(db->arena, rows.v[i].title) };
    for (size_t i = 0; i < rows.n; i++) {
        size_t before = pairs->n;
        for (size_t k = i + 1; k < rows.n && pairs->n - before < PAIRS_MOST; k++)
            compare(db->arena, &v[i], &v[k], pairs);
    }
}
