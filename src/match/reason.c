/* SPDX-License-Identifier: EUPL-1.2 */
/* How one offer fits one profile. */
#include "match/reason.h"

#include "match/grade.h"

#define WAITING_DAYS 90u /* an offer that waits so long is helped most */
#define DAY_SECONDS  86400u

const uint16_t match_weights_default[MATCH_CRITERIA] = {
    [MATCH_C_FIELD] = 30,  [MATCH_C_KIND] = 30,   [MATCH_C_TARGET] = 20,   [MATCH_C_TIME] = 10,
    [MATCH_C_PLACE] = 10,  [MATCH_C_GRID] = 20,   [MATCH_C_DISTANCE] = 20, [MATCH_C_HOURS] = 10,
    [MATCH_C_SKILLS] = 15, [MATCH_C_ACCESS] = 15, [MATCH_C_FRESH] = 5,     [MATCH_C_WAITING] = 5,
    [MATCH_C_RATHER] = 20, [MATCH_C_SAID] = 100,
};

struct judge judge_new(const struct match_profile *p)
{
    struct judge j = { .today = day_pack(p->today) };
    uint32_t given = 0;
    for (int c = 0; c < MATCH_CRITERIA; c++)
        given += p->weight[c];
    for (int c = 0; c < MATCH_CRITERIA; c++)
        j.weight[c] = given ? p->weight[c] : match_weights_default[c];
    judge_turn(&j, p);
    return j;
}

void judge_turn(struct judge *j, const struct match_profile *p)
{
    j->p = p;
    j->from = day_pack(p->from);
    j->to = day_pack(p->to);
    j->reach = p->reach_m ? p->reach_m : RANK_RADIUS;
}

static bool never_wanted(const struct judge *j, const struct judged *o)
{
    for (enum match_dim d = 0; d < MATCH_DIMS; d++)
        if (j->p->never[d] & columns_dim(o->col, o->row, d))
            return true;
    return false;
}

/* Every second level in a byte of its own: none may borrow from the bit above it. */
static bool lacks_any(uint64_t needed, uint64_t spoken)
{
    const uint64_t levels = UINT64_C(0x0F0F0F0F0F0F0F0F), above = UINT64_C(0x8080808080808080);
    return ((((spoken & levels) | above) - (needed & levels)) & above) != above;
}

bool judge_lacks(uint64_t needed, uint64_t spoken)
{
    return lacks_any(needed, spoken) || lacks_any(needed >> 4, spoken >> 4);
}

static bool dates_miss(const struct judge *j, const struct judged *o)
{
    uint16_t from = o->col->from[o->row], to = o->col->to[o->row];
    return (from && j->to && from > j->to) || (to && j->from && to < j->from);
}

static bool certificate_too_strict(const struct judge *j, const struct judged *o)
{
    uint32_t asked = columns_dim(o->col, o->row, MATCH_CERTIFICATE);
    return j->p->certificate >= 0 && asked >> (j->p->certificate + 1);
}

uint32_t judge_excludes(const struct judge *j, const struct judged *o)
{
    const struct match_profile *p = j->p;
    uint32_t yes = columns_dim(o->col, o->row, MATCH_ACCESS);
    const struct abilities *needs = columns_needs(o->col, o->row);
    bool far = p->reach_m && o->distance != MATCH_NOWHERE && o->distance > p->reach_m;
    bool lacks = p->languages_known && judge_lacks(needs->levels, p->levels);
    return (uint32_t)never_wanted(j, o) << MATCH_H_NEVER |
           (uint32_t)(p->age && o->col->min_age[o->row] > p->age) << MATCH_H_AGE |
           (uint32_t)lacks << MATCH_H_LANGUAGE | (uint32_t)dates_miss(j, o) << MATCH_H_DATES |
           (uint32_t)far << MATCH_H_DISTANCE |
           (uint32_t)certificate_too_strict(j, o) << MATCH_H_CERTIFICATE |
           (uint32_t)((p->access & o->col->known[o->row] & ~yes) != 0) << MATCH_H_ACCESS |
           (uint32_t)(o->col->wanted[o->row] == 0) << MATCH_H_FULL;
}

/* What was judged so far; the reasons themselves only where somebody wants them. */
struct reasons {
    const struct judge *judge;
    struct match_reason *v; /* NULL: nobody does */
    size_t n;
    uint64_t sum, weights;
};

static inline void add(struct reasons *r, struct match_reason reason)
{
    reason.weight = r->judge->weight[reason.criterion];
    r->sum += (uint64_t)reason.weight * reason.grade;
    r->weights += reason.weight;
    if (r->v && reason.weight)
        r->v[r->n++] = reason;
}

/* What the person likes of one dim: any of it fits. */
static inline void add_liked(struct reasons *r, const struct judged *o, enum match_criterion c,
                             enum match_dim d)
{
    uint32_t like = r->judge->p->like[d];
    if (!like)
        return;
    uint32_t has = columns_dim(o->col, o->row, d);
    add(r, (struct match_reason){ .criterion = c,
                                  .grade = like & has ? GRADE_MAX : 0,
                                  .detail = like & has,
                                  .missing = like & ~has });
}

static inline void add_grid(struct reasons *r, const struct judged *o)
{
    uint32_t mine = r->judge->p->grid & MATCH_GRID_ALL;
    uint32_t theirs = o->col->word[GRID_WORD][o->row] & MATCH_GRID_ALL;
    if (!mine)
        return;
    add(r, (struct match_reason){ .criterion = MATCH_C_GRID,
                                  .grade = (uint16_t)grade_grid(mine, theirs),
                                  .detail = mine & theirs,
                                  .missing = mine & ~theirs });
}

static inline void add_distance(struct reasons *r, const struct judged *o)
{
    if (!r->judge->p->near.known || o->distance == MATCH_NOWHERE)
        return;
    uint32_t grade = grade_near(o->distance, r->judge->reach);
    add(r, (struct match_reason){
               .criterion = MATCH_C_DISTANCE, .grade = (uint16_t)grade, .detail = o->distance });
}

static inline void add_hours(struct reasons *r, const struct judged *o)
{
    unsigned mine = r->judge->p->hours, theirs = o->col->hours[o->row];
    if (!mine || !theirs)
        return;
    uint32_t grade = grade_hours(mine, theirs);
    add(r, (struct match_reason){
               .criterion = MATCH_C_HOURS, .grade = (uint16_t)grade, .detail = theirs });
}

static inline void add_skills(struct reasons *r, const struct judged *o)
{
    uint64_t mine = r->judge->p->skills, needed = columns_needs(o->col, o->row)->skills;
    if (!mine || !needed)
        return;
    add(r, (struct match_reason){ .criterion = MATCH_C_SKILLS,
                                  .grade = (uint16_t)grade_skills(mine, needed),
                                  .detail = mine & needed,
                                  .missing = needed & ~mine });
}

static inline void add_access(struct reasons *r, const struct judged *o)
{
    uint32_t asked = r->judge->p->access;
    uint32_t yes = columns_dim(o->col, o->row, MATCH_ACCESS) & asked;
    if (!asked)
        return;
    uint32_t grade = grade_access(asked, yes);
    add(r, (struct match_reason){ .criterion = MATCH_C_ACCESS,
                                  .grade = (uint16_t)grade,
                                  .detail = yes,
                                  .missing = asked & ~yes });
}

static bool asks_rather(const struct match_profile *p)
{
    uint32_t asked = 0;
    for (enum match_dim d = 0; d < MATCH_DIMS; d++)
        asked |= p->rather[d];
    return asked;
}

/* The dims in which an offer is something that the person would rather not. */
static inline void add_rather(struct reasons *r, const struct judged *o)
{
    const struct match_profile *p = r->judge->p;
    uint32_t has = 0;
    if (!asks_rather(p))
        return;
    for (enum match_dim d = 0; d < MATCH_DIMS; d++)
        has |= (uint32_t)((p->rather[d] & columns_dim(o->col, o->row, d)) != 0) << d;
    add(r, (struct match_reason){
               .criterion = MATCH_C_RATHER, .grade = has ? 0 : GRADE_MAX, .detail = has });
}

static inline void add_times(struct reasons *r, const struct judged *o)
{
    uint16_t today = r->judge->today, confirmed = o->col->confirmed[o->row];
    uint16_t published = day_pack(o->col->published[o->row] / DAY_SECONDS);
    if (today && confirmed)
        add(r,
            (struct match_reason){
                .criterion = MATCH_C_FRESH,
                .grade = (uint16_t)(rank_fresh(confirmed, today) / (MATCH_SCORE_MAX / GRADE_MAX)),
                .detail = today > confirmed ? (uint64_t)(today - confirmed) : 0 });
    if (!today || !published)
        return;
    uint32_t days = today > published ? (uint32_t)(today - published) : 0;
    uint32_t grade = days < WAITING_DAYS ? days * GRADE_MAX / WAITING_DAYS : GRADE_MAX;
    add(r, (struct match_reason){
               .criterion = MATCH_C_WAITING, .grade = (uint16_t)grade, .detail = days });
}

static inline void add_all(struct reasons *r, const struct judged *o)
{
    add_liked(r, o, MATCH_C_FIELD, MATCH_FIELD);
    add_liked(r, o, MATCH_C_KIND, MATCH_KIND);
    add_liked(r, o, MATCH_C_TARGET, MATCH_TARGET);
    add_liked(r, o, MATCH_C_TIME, MATCH_TIME);
    add_liked(r, o, MATCH_C_PLACE, MATCH_PLACE);
    add_grid(r, o);
    add_distance(r, o);
    add_hours(r, o);
    add_skills(r, o);
    add_access(r, o);
    add_times(r, o);
    add_rather(r, o);
}

size_t judge_reasons(const struct judge *j, const struct judged *o,
                     struct match_reason reason[MATCH_CRITERIA])
{
    struct reasons r = { .judge = j, .v = reason };
    add_all(&r, o);
    return r.n;
}

static uint32_t mean(uint64_t sum, uint64_t weights)
{
    return weights ? (uint32_t)(sum * (MATCH_SCORE_MAX / GRADE_MAX) / weights) : 0;
}

uint32_t judge_score(const struct judge *j, const struct judged *o)
{
    struct reasons r = { .judge = j };
    add_all(&r, o);
    return mean(r.sum, r.weights);
}

uint32_t judge_mean(const struct match_reason *reason, size_t n)
{
    uint64_t sum = 0, weights = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (uint64_t)reason[i].weight * reason[i].grade;
        weights += reason[i].weight;
    }
    return mean(sum, weights);
}

uint32_t judge_weight(const struct judge *j, bool placed)
{
    static const enum match_dim liked[] = { [MATCH_C_FIELD] = MATCH_FIELD,
                                            [MATCH_C_KIND] = MATCH_KIND,
                                            [MATCH_C_TARGET] = MATCH_TARGET,
                                            [MATCH_C_TIME] = MATCH_TIME,
                                            [MATCH_C_PLACE] = MATCH_PLACE };
    const struct match_profile *p = j->p;
    uint32_t sum = j->today ? j->weight[MATCH_C_FRESH] + (uint32_t)j->weight[MATCH_C_WAITING] : 0;
    for (size_t c = 0; c < sizeof liked / sizeof *liked; c++)
        sum += p->like[liked[c]] ? j->weight[c] : 0u;
    sum += p->grid & MATCH_GRID_ALL ? j->weight[MATCH_C_GRID] : 0u;
    sum += placed && p->near.known ? j->weight[MATCH_C_DISTANCE] : 0u;
    sum += p->hours ? j->weight[MATCH_C_HOURS] : 0u;
    sum += p->skills ? j->weight[MATCH_C_SKILLS] : 0u;
    sum += p->n_said ? j->weight[MATCH_C_SAID] : 0u;
    sum += asks_rather(p) ? j->weight[MATCH_C_RATHER] : 0u;
    return sum + (p->access ? j->weight[MATCH_C_ACCESS] : 0u);
}
