/* SPDX-License-Identifier: EUPL-1.2 */
/* The index of people again, plain, slow and obviously right. */
#include "base/vec.h"
#include "match/geo.h"
#include "match/reference.h"

void reference_people_erase(struct reference_people *r, int64_t id)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i].id == id) {
            r->v[i] = r->v[--r->n];
            return;
        }
}

void reference_people_put(struct reference_people *r, const struct person *p)
{
    reference_people_erase(r, p->id);
    *vec_add(r->arena, r) = *p;
}

static bool asked(const struct people_query *q, const struct person *p)
{
    bool city = q->n_cities == 0;
    for (size_t i = 0; i < q->n_cities; i++)
        city = city || q->cities[i] == p->city;
    uint32_t metres = geo_metres(geo_point(p->profile.near), geo_point(q->offer->point));
    bool far = q->radius_m && metres != MATCH_NOWHERE && metres > q->radius_m;
    bool stale = q->confirmed_since && (!p->confirmed || p->confirmed < q->confirmed_since);
    return city && p->agreed && !far && !stale;
}

const struct people_fits *reference_people_find(const struct reference_people *r,
                                                const struct people_query *q)
{
    struct people_fits *fits = NEW(r->arena, struct people_fits);
    struct match_fit *v = NEW_ARRAY(r->arena, r->n, struct match_fit);
    uint32_t total = 0;
    for (size_t i = 0; i < r->n; i++) {
        struct match_profile p = r->v[i].profile;
        struct reference_fit f;
        p.today = q->today;
        memcpy(p.weight, q->weight, sizeof p.weight);
        if (!asked(q, &r->v[i]) || !reference_fit(r->arena, &p, q->offer, &f))
            continue;
        v[total] = f.fit;
        v[total++].id = r->v[i].id;
    }
    if (total)
        qsort(v, total, sizeof *v, reference_compare_fit);
    uint32_t from = q->offset < total ? q->offset : total;
    fits->total = q->count ? total : UINT32_MAX;
    fits->v = v + from;
    fits->n = total - from < q->limit ? total - from : q->limit;
    return fits;
}

struct batch_row reference_batch(const struct reference *offers, const struct person *p,
                                 const struct batch_query *q)
{
    struct match_fit *v = NEW_ARRAY(offers->arena, offers->n, struct match_fit);
    struct match_profile x = p->profile;
    struct batch_row row = { .person = p->id, .city = p->city };
    size_t n = 0;
    x.today = q->today;
    memcpy(x.weight, q->weight, sizeof x.weight);
    for (size_t i = 0; i < offers->n; i++) {
        const struct match_offer *o = &offers->v[i].o;
        struct reference_fit f;
        bool fits = reference_fit(offers->arena, &x, o, &f);
        bool far = !x.reach_m && q->radius_m && f.fit.distance_m != MATCH_NOWHERE &&
                   f.fit.distance_m > q->radius_m;
        if (fits && !far && (!q->own_city || o->city == p->city))
            v[n++] = f.fit;
    }
    if (n)
        qsort(v, n, sizeof *v, reference_compare_fit);
    for (row.n = 0; row.n < n && row.n < q->limit; row.n++)
        row.hit[row.n] = (struct batch_hit){ v[row.n].id, v[row.n].score, v[row.n].distance_m };
    return row;
}

/* One side's view of the other: false when anything keeps them apart. */
static bool sees(struct arena *a, const struct pairs_query *q, const struct pair_side *who,
                 const struct pair_side *whom, struct match_fit *fit)
{
    struct match_profile wants = who->wants;
    struct match_offer gives = whom->gives;
    struct reference_fit f;
    wants.today = q->today;
    memcpy(wants.weight, q->weight, sizeof wants.weight);
    gives.wanted = 1;
    bool good = reference_fit(a, &wants, &gives, &f);
    *fit = f.fit;
    return good;
}

static int compare_pair(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->mentor != y->mentor)
        return x->mentor < y->mentor ? -1 : 1;
    return (x->mentee > y->mentee) - (x->mentee < y->mentee);
}

/* Every pair that is possible, best first. */
static size_t all_pairs(struct arena *a, const struct pairs_query *q, struct pair *v)
{
    size_t n = 0;
    for (size_t i = 0; i < q->n_mentors; i++)
        for (size_t k = 0; k < q->n_mentees; k++) {
            const struct pair_side *x = &q->mentors[i], *y = &q->mentees[k];
            struct match_fit up, down;
            bool good = sees(a, q, y, x, &up);
            good = sees(a, q, x, y, &down) && good;
            uint32_t score = (up.score + down.score) / 2;
            uint32_t away = geo_metres(geo_point(x->wants.near), geo_point(y->wants.near));
            if (good && score >= q->least)
                v[n++] = (struct pair){ x->id, y->id,        score,      down.score, up.score,
                                        away,  down.reasons, up.reasons, 0,          0 };
        }
    if (n)
        qsort(v, n, sizeof *v, compare_pair);
    return n;
}

static uint16_t *room_of(const struct pair_side *v, uint16_t *room, int64_t id)
{
    while (v->id != id) {
        v++;
        room++;
    }
    return room;
}

const struct pairs *reference_pairs(struct arena *a, const struct pairs_query *q)
{
    struct pairs *pairs = NEW(a, struct pairs);
    struct pair *v = NEW_ARRAY(a, q->n_mentors * q->n_mentees, struct pair);
    uint16_t *mentors = NEW_ARRAY(a, q->n_mentors, uint16_t);
    uint16_t *mentees = NEW_ARRAY(a, q->n_mentees, uint16_t);
    for (size_t i = 0; i < q->n_mentors; i++)
        mentors[i] = q->mentors[i].room;
    for (size_t i = 0; i < q->n_mentees; i++)
        mentees[i] = q->mentees[i].room;
    size_t n = all_pairs(a, q, v);
    pairs->v = v;
    for (size_t i = 0; i < n; i++) {
        uint16_t *x = room_of(q->mentors, mentors, v[i].mentor);
        uint16_t *y = room_of(q->mentees, mentees, v[i].mentee);
        if (!*x || !*y)
            continue;
        --*x;
        --*y;
        v[pairs->n++] = v[i];
    }
    return pairs;
}
