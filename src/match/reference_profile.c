/* SPDX-License-Identifier: EUPL-1.2 */
/* The index again, plain, slow and obviously right: a profile and every offer. */
#include "base/arena.h"
#include "base/vec.h"
#include "match/geo.h"
#include "match/reference.h"

/* A grade, or -1 where the criterion cannot be judged. */
static int liked(uint32_t like, uint32_t has)
{
    return !like ? -1 : like & has ? 1000 : 0;
}

static int grid_grade(uint32_t mine, uint32_t theirs)
{
    if (!mine)
        return -1;
    if (!theirs)
        return 500;
    int common = __builtin_popcount(mine & theirs);
    if (common >= 2 || common == __builtin_popcount(theirs))
        return 1000;
    return common ? 500 : 0;
}

static int near_grade(const struct match_profile *p, uint32_t metres)
{
    uint64_t reach = p->reach_m ? p->reach_m : 20000;
    if (!p->near.known || metres == MATCH_NOWHERE)
        return -1;
    return metres >= reach ? 0 : (int)((reach - metres) * MATCH_SCORE_MAX / reach / 1000);
}

static int hours_grade(int mine, int theirs)
{
    return !mine || !theirs ? -1 : theirs <= mine ? 1000 : mine * 1000 / theirs;
}

static int skills_grade(uint64_t mine, uint64_t needed)
{
    if (!mine || !needed)
        return -1;
    return __builtin_popcountll(mine & needed) * 1000 / __builtin_popcountll(needed);
}

static int access_grade(uint32_t asked, uint32_t yes)
{
    if (!asked)
        return -1;
    return 500 + 500 * __builtin_popcount(asked & yes) / __builtin_popcount(asked);
}

static int fresh_grade(int64_t today, int64_t confirmed)
{
    if (!today || !confirmed)
        return -1;
    int64_t age = today > confirmed ? today - confirmed : 0;
    return age >= 90 ? 0 : (int)((90 - age) * (1000000 / 90) / 1000);
}

static int waiting_grade(int64_t today, int64_t published)
{
    int64_t day = published / 86400;
    if (!today || !day)
        return -1;
    int64_t days = today > day ? today - day : 0;
    return days >= 90 ? 1000 : (int)(days * 1000 / 90);
}

static int rather_grade(const struct match_profile *p, const struct match_offer *o)
{
    bool asked = false, has = false;
    for (int d = 0; d < MATCH_DIMS; d++) {
        asked = asked || p->rather[d];
        has = has || (d != MATCH_LANGUAGE && (p->rather[d] & o->dim[d]));
    }
    for (unsigned i = 0; i < 16; i++)
        has = has || ((o->levels >> 4 * i & 15) && (p->rather[MATCH_LANGUAGE] >> i & 1));
    return !asked ? -1 : has ? 0 : 1000;
}

static void grades(const struct match_profile *p, const struct match_offer *o, uint32_t metres,
                   int grade[MATCH_CRITERIA])
{
    grade[MATCH_C_FIELD] = liked(p->like[MATCH_FIELD], o->dim[MATCH_FIELD]);
    grade[MATCH_C_KIND] = liked(p->like[MATCH_KIND], o->dim[MATCH_KIND]);
    grade[MATCH_C_TARGET] = liked(p->like[MATCH_TARGET], o->dim[MATCH_TARGET]);
    grade[MATCH_C_TIME] = liked(p->like[MATCH_TIME], o->dim[MATCH_TIME]);
    grade[MATCH_C_PLACE] = liked(p->like[MATCH_PLACE], o->dim[MATCH_PLACE]);
    grade[MATCH_C_GRID] = grid_grade(p->grid, o->grid);
    grade[MATCH_C_DISTANCE] = near_grade(p, metres);
    grade[MATCH_C_HOURS] = hours_grade(p->hours, o->hours);
    grade[MATCH_C_SKILLS] = skills_grade(p->skills, o->skills);
    grade[MATCH_C_ACCESS] = access_grade(p->access, o->dim[MATCH_ACCESS]);
    grade[MATCH_C_FRESH] = fresh_grade(p->today, o->confirmed);
    grade[MATCH_C_WAITING] = waiting_grade(p->today, o->published);
    grade[MATCH_C_RATHER] = rather_grade(p, o);
    grade[MATCH_C_SAID] = -1;
}

static bool never(const struct match_profile *p, const struct match_offer *o)
{
    for (unsigned i = 0; i < 16; i++)
        if ((o->levels >> 4 * i & 15) && (p->never[MATCH_LANGUAGE] >> i & 1))
            return true;
    for (int d = 0; d < MATCH_DIMS; d++)
        if (d != MATCH_LANGUAGE && (p->never[d] & o->dim[d]))
            return true;
    return false;
}

static bool lacks_language(const struct match_profile *p, const struct match_offer *o)
{
    for (unsigned i = 0; i < 16; i++)
        if (p->languages_known && (o->levels >> 4 * i & 15) > (p->levels >> 4 * i & 15))
            return true;
    return false;
}

static bool certificate(const struct match_profile *p, const struct match_offer *o)
{
    for (int c = 0; c < 4; c++)
        if ((o->dim[MATCH_CERTIFICATE] >> c & 1) && p->certificate >= 0 && c > p->certificate)
            return true;
    return false;
}

static void exclusions(const struct match_profile *p, const struct match_offer *o, uint32_t metres,
                       bool out[MATCH_HARDS])
{
    uint32_t no = o->access_known & ~o->dim[MATCH_ACCESS];
    out[MATCH_H_NEVER] = never(p, o);
    out[MATCH_H_AGE] = p->age && o->min_age > p->age;
    out[MATCH_H_LANGUAGE] = lacks_language(p, o);
    out[MATCH_H_DATES] =
        (o->from && p->to && o->from > p->to) || (o->to && p->from && o->to < p->from);
    out[MATCH_H_DISTANCE] = p->reach_m && metres != MATCH_NOWHERE && metres > p->reach_m;
    out[MATCH_H_CERTIFICATE] = certificate(p, o);
    out[MATCH_H_ACCESS] = (p->access & no) != 0;
    out[MATCH_H_FULL] = o->wanted == 0;
}

static uint32_t score(const struct match_profile *p, const int grade[MATCH_CRITERIA])
{
    uint64_t given = 0, sum = 0, weights = 0;
    for (int c = 0; c < MATCH_CRITERIA; c++)
        given += p->weight[c];
    for (int c = 0; c < MATCH_CRITERIA; c++) {
        uint64_t weight = given ? p->weight[c] : match_weights_default[c];
        if (grade[c] < 0)
            continue;
        sum += weight * (uint64_t)grade[c];
        weights += weight;
    }
    return weights ? (uint32_t)(sum * 1000 / weights) : 0;
}

int reference_compare_fit(const void *a, const void *b)
{
    const struct match_fit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static bool asked_city(const struct match_profile *p, uint16_t city)
{
    for (size_t i = 0; i < p->n_cities; i++)
        if (p->cities[i] == city)
            return true;
    return p->n_cities == 0;
}

/* With the grade of what is said in words, or -1. */
static bool fit_with(struct arena *a, const struct match_profile *p, const struct match_offer *o,
                     int said, struct reference_fit *f)
{
    uint32_t metres = geo_metres(geo_point(p->near), geo_point(o->point));
    int grade[MATCH_CRITERIA];
    bool excluded = false;
    exclusions(p, o, metres, f->out);
    for (int h = 0; h < MATCH_HARDS; h++)
        excluded = excluded || f->out[h];
    grades(p, o, metres, grade);
    grade[MATCH_C_SAID] = said;
    struct match_reason *reasons = NEW_ARRAY(a, MATCH_CRITERIA, struct match_reason);
    for (int c = 0; c < MATCH_CRITERIA; c++)
        reasons[c].grade = (uint16_t)(grade[c] < 0 ? UINT16_MAX : grade[c]);
    f->fit = (struct match_fit){ o->id, score(p, grade), metres, reasons, 0 };
    return !excluded;
}

bool reference_fit(struct arena *a, const struct match_profile *p, const struct match_offer *o,
                   struct reference_fit *f)
{
    return fit_with(a, p, o, -1, f);
}

/* What the offer has of an entry; 0 where a word is missing. */
static uint64_t said_entry(const struct reference_offer *o, const struct text_query *text)
{
    struct reference_text has = reference_text(o, text);
    return text->required && has.words >= text->required ? has.sum : 0;
}

static bool near_enough(const struct match_profile *p, const struct match_offer *o)
{
    uint32_t metres = geo_metres(geo_point(p->near), geo_point(o->point));
    return p->n_cities || !p->reach_m || metres == MATCH_NOWHERE || metres <= p->reach_m;
}

/* One offer: counted as excluded, or added to the list. */
static void judge(const struct reference *r, const struct match_profile *p,
                  const struct match_offer *o, int said, struct match_fits *fits)
{
    struct reference_fit f;
    bool good = fit_with(r->arena, p, o, said, &f);
    if (f.out[MATCH_H_DISTANCE] && !p->n_cities)
        return;
    for (int h = 0; h < MATCH_HARDS; h++)
        fits->excluded[h] += f.out[h];
    struct match_fit *v = (struct match_fit *)(uintptr_t)fits->v;
    if (good)
        v[fits->total++] = f.fit;
}

/* What each offer in scope has of all entries. */
static uint64_t *said_sums(const struct reference *r, const struct snapshot *s,
                           const struct match_profile *p)
{
    uint64_t *sum = NEW_ARRAY(r->arena, r->n, uint64_t);
    for (size_t e = 0; e < p->n_said; e++) {
        struct match_query q = { .text = p->said[e], .own = p->own };
        struct text_query text = expand(r->arena, s, &q);
        for (size_t i = 0; i < r->n; i++)
            if (asked_city(p, r->v[i].o.city) && near_enough(p, &r->v[i].o))
                sum[i] += said_entry(&r->v[i], &text);
    }
    return sum;
}

const struct match_fits *reference_profile(const struct reference *r, const struct snapshot *s,
                                           const struct match_profile *p)
{
    struct match_fits *fits = NEW(r->arena, struct match_fits);
    struct match_fit *v = NEW_ARRAY(r->arena, r->n, struct match_fit);
    fits->v = v;
    uint64_t most = 0, *sum = said_sums(r, s, p);
    for (size_t i = 0; i < r->n; i++)
        most = sum[i] > most ? sum[i] : most;
    for (size_t i = 0; i < r->n; i++)
        if (asked_city(p, r->v[i].o.city))
            judge(r, p, &r->v[i].o, most ? (int)(sum[i] * 1000 / most) : -1, fits);
    if (fits->total)
        qsort(v, fits->total, sizeof *v, reference_compare_fit);
    uint32_t from = p->offset < fits->total ? p->offset : fits->total;
    fits->v = v + from;
    fits->n = fits->total - from < p->limit ? fits->total - from : p->limit;
    return fits;
}
