/* SPDX-License-Identifier: EUPL-1.2 */
/* Sixty-four offers against one profile. */
#include "match/judge_block.h"

#include "match/rank.h"

#define HARD(h)     (1u << (h))
#define GRADE_MOST  1000.0f
#define GRADE_HALF  500.0f
#define ACCESS_WORD 4
#define ACCESS_AT   24
#define DAY_SECONDS 86400.0f

struct block_judge block_judge_new(const struct judge *judge)
{
    struct block_judge j = { .judge = judge, .near = geo_point(judge->p->near) };
    for (enum match_dim d = 0; d < MATCH_DIMS; d++)
        j.never[dim_place[d].word] |= judge->p->never[d] << dim_place[d].shift & dim_mask(d);
    return j;
}

/* ---- what excludes ---- */

static void exclude_bits(struct block *b, uint8_t word, uint32_t bits, uint32_t hard)
{
    const lanes *w = (const lanes *)b->col.word[word];
    lanes *fails = (lanes *)b->fails;
    for (int i = 0; bits && i < BLOCK / LANES; i++)
        fails[i] |= (lanes)((w[i] & bits) != 0) & hard;
}

/* Questions that must not be answered with no: it is known that there is no yes. */
static void exclude_access(struct block *b, uint32_t access)
{
    const uint32_t *word = b->col.word[ACCESS_WORD];
    const uint8_t *known = b->col.known;
    for (uint32_t i = 0; access && i < BLOCK; i++)
        b->fails[i] |= access & known[i] & ~(word[i] >> ACCESS_AT) ? HARD(MATCH_H_ACCESS) : 0;
}

/* Begins when the person is gone, or is over before. Days are at least 1, 0 stands for open. */
static void exclude_dates(struct block *b, uint16_t from, uint16_t to)
{
    for (uint32_t i = 0; to && i < BLOCK; i++)
        b->fails[i] |= b->col.from[i] > to ? HARD(MATCH_H_DATES) : 0;
    for (uint32_t i = 0; from && i < BLOCK; i++)
        b->fails[i] |=
            (uint16_t)(b->col.to[i] - 1) < (uint16_t)(from - 1) ? HARD(MATCH_H_DATES) : 0;
}

static void exclude_numbers(const struct match_profile *p, struct block *b)
{
    for (uint32_t i = 0; i < BLOCK; i++)
        b->fails[i] |= b->col.wanted[i] ? 0 : HARD(MATCH_H_FULL);
    for (uint32_t i = 0; p->age && i < BLOCK; i++)
        b->fails[i] |= b->col.min_age[i] > p->age ? HARD(MATCH_H_AGE) : 0;
}

static void exclude_far(const struct block_judge *j, struct block *b)
{
    uint8_t unsure[BLOCK];
    float reach = (float)j->judge->p->reach_m;
    for (uint32_t i = 0; i < BLOCK; i++) {
        bool nowhere = b->col.lat[i] == GEO_NONE;
        b->fails[i] |= (!nowhere & (b->least[i] > reach)) ? HARD(MATCH_H_DISTANCE) : 0;
        unsure[i] = !nowhere & (b->least[i] <= reach) & (b->most[i] >= reach);
    }
    for (uint64_t rows = block_bits(unsure); rows; rows &= rows - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(rows);
        if (geo_metres(j->near, columns_point(&b->col, i)) > j->judge->p->reach_m)
            b->fails[i] |= HARD(MATCH_H_DISTANCE);
    }
}

/* Languages that somebody may need at a higher level than they are spoken, as in word 3. */
static uint32_t unsure_languages(uint64_t spoken)
{
    const struct dim_place *place = &dim_place[MATCH_LANGUAGE];
    uint32_t unsure = 0;
    for (unsigned i = 0; i < place->width; i++)
        unsure |= (uint32_t)((spoken >> (4 * i) & 15) < MATCH_LEVELS) << (place->shift + i);
    return unsure;
}

static void exclude_languages(const struct match_profile *p, struct block *b)
{
    const uint32_t *word = b->col.word[dim_place[MATCH_LANGUAGE].word];
    uint32_t unsure = unsure_languages(p->levels);
    uint8_t asked[BLOCK];
    for (uint32_t i = 0; i < BLOCK; i++)
        asked[i] = (word[i] & unsure) != 0;
    for (uint64_t rows = block_bits(asked) & block_inside(b); rows; rows &= rows - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(rows);
        bool lacks = judge_lacks(columns_needs(&b->col, i)->levels, p->levels);
        b->fails[i] |= lacks ? HARD(MATCH_H_LANGUAGE) : 0;
    }
}

void block_exclude(const struct block_judge *j, struct block *b)
{
    const struct match_profile *p = j->judge->p;
    const struct dim_place *certificate = &dim_place[MATCH_CERTIFICATE];
    for (uint8_t w = 0; w < COLUMN_WORDS; w++)
        exclude_bits(b, w, j->never[w], HARD(MATCH_H_NEVER));
    if (p->certificate >= 0)
        exclude_bits(b, certificate->word,
                     (UINT32_MAX << (p->certificate + 1)) << certificate->shift &
                         dim_mask(MATCH_CERTIFICATE),
                     HARD(MATCH_H_CERTIFICATE));
    exclude_access(b, p->access);
    exclude_dates(b, j->judge->from, j->judge->to);
    exclude_numbers(p, b);
    if (p->reach_m && j->near.lat != GEO_NONE)
        exclude_far(j, b);
    if (p->languages_known)
        exclude_languages(p, b);
}

/* ---- the best score that may be ---- */

/* Weighted grades, and the weights of those that are judged. */
struct means {
    float sum[BLOCK], weights[BLOCK];
};

static void mean_liked(const struct judge *j, const struct block *b, struct means *m)
{
    static const struct {
        enum match_criterion criterion;
        enum match_dim dim;
    } liked[] = { { MATCH_C_FIELD, MATCH_FIELD },
                  { MATCH_C_KIND, MATCH_KIND },
                  { MATCH_C_TARGET, MATCH_TARGET },
                  { MATCH_C_TIME, MATCH_TIME },
                  { MATCH_C_PLACE, MATCH_PLACE } };
    for (size_t k = 0; k < sizeof liked / sizeof *liked; k++) {
        const struct dim_place *place = &dim_place[liked[k].dim];
        uint32_t like = j->p->like[liked[k].dim] << place->shift & dim_mask(liked[k].dim);
        float weight = j->weight[liked[k].criterion];
        const uint32_t *word = b->col.word[place->word];
        for (uint32_t i = 0; j->p->like[liked[k].dim] && i < BLOCK; i++) {
            m->sum[i] += word[i] & like ? weight * GRADE_MOST : 0;
            m->weights[i] += weight;
        }
    }
}

/* Two cells in common are enough, or all if the offer has only one (reason.c). */
static void mean_grid(const struct judge *j, const struct block *b, struct means *m)
{
    uint32_t mine = j->p->grid & MATCH_GRID_ALL;
    float weight = j->weight[MATCH_C_GRID];
    const uint32_t *word = b->col.word[GRID_WORD];
    for (uint32_t i = 0; mine && i < BLOCK; i++) {
        uint32_t theirs = word[i] & MATCH_GRID_ALL, common = theirs & mine;
        uint32_t enough =
            (uint32_t)((common & (common - 1)) != 0) | (uint32_t)((theirs & (theirs - 1)) == 0);
        uint32_t halves = common ? 1 + enough : !theirs;
        m->sum[i] += weight * GRADE_HALF * (float)(int32_t)halves;
        m->weights[i] += weight;
    }
}

static void mean_distance(const struct judge *j, const struct block *b, struct means *m)
{
    float weight = j->weight[MATCH_C_DISTANCE], reach = (float)j->reach;
    const int32_t *lat = b->col.lat;
    for (uint32_t i = 0; i < BLOCK; i++) {
        float judged = lat[i] == GEO_NONE ? 0 : weight;
        float share = 1 - b->least[i] / reach;
        share = share > 0 ? share : 0;
        m->sum[i] += judged * (share * GRADE_MOST + 1);
        m->weights[i] += judged;
    }
}

static void mean_hours(const struct judge *j, const struct block *b, struct means *m)
{
    float weight = j->weight[MATCH_C_HOURS], mine = j->p->hours;
    const uint8_t *hours = b->col.hours;
    for (uint32_t i = 0; mine > 0 && i < BLOCK; i++) {
        float theirs = hours[i], judged = theirs > 0 ? weight : 0;
        float share = mine / (theirs > mine ? theirs : mine);
        m->sum[i] += judged * (share * GRADE_MOST);
        m->weights[i] += judged;
    }
}

/*
 * Skills, what the person would rather not, and what is said are not looked up, but taken for full
 * marks; of the questions at least one counts.
 */
static void mean_asked(const struct judge *j, const struct block *b, struct means *m)
{
    float full = j->p->skills ? j->weight[MATCH_C_SKILLS] : 0;
    float access = j->p->access ? j->weight[MATCH_C_ACCESS] : 0;
    const uint32_t *word = b->col.word[ACCESS_WORD];
    full += j->p->n_said ? j->weight[MATCH_C_SAID] : 0;
    for (enum match_dim d = 0; d < MATCH_DIMS; d++)
        if (j->p->rather[d]) {
            full += j->weight[MATCH_C_RATHER];
            break;
        }
    for (uint32_t i = 0; i < BLOCK; i++) {
        bool any = word[i] >> ACCESS_AT & j->p->access;
        m->sum[i] += full * GRADE_MOST + access * (any ? GRADE_MOST : GRADE_HALF);
        m->weights[i] += full + access;
    }
}

static void mean_times(const struct judge *j, const struct block *b, struct means *m)
{
    float fresh = j->weight[MATCH_C_FRESH], waiting = j->weight[MATCH_C_WAITING];
    int32_t today = j->today;
    for (uint32_t i = 0; today && i < BLOCK; i++) {
        int32_t confirmed = b->col.confirmed[i], left = confirmed + FRESH_DAYS - today;
        left = left > FRESH_DAYS ? FRESH_DAYS : left < 0 ? 0 : left;
        m->sum[i] += confirmed ? fresh * (GRADE_MOST / FRESH_DAYS) * (float)left : 0;
        m->weights[i] += confirmed ? fresh : 0;
    }
    for (uint32_t i = 0; today && i < BLOCK; i++) {
        uint32_t published = b->col.published[i];
        float since = (float)(int32_t)(published >> 1) * (2 / DAY_SECONDS) - DAY_ZERO;
        float days = (float)today - since + 2;
        float grade = days * (GRADE_MOST / FRESH_DAYS);
        grade = grade < 0 ? 0 : grade > GRADE_MOST ? GRADE_MOST : grade;
        m->sum[i] += published ? waiting * grade : 0;
        m->weights[i] += published ? waiting : 0;
    }
}

/* A thousandth of a grade more than single precision may have lost. */
#define LOST 2.0f

void block_best_scores(const struct block_judge *j, const struct block *b, float best[BLOCK])
{
    struct means m = { { 0 }, { 0 } };
    mean_liked(j->judge, b, &m);
    mean_grid(j->judge, b, &m);
    if (j->judge->p->near.known && j->near.lat != GEO_NONE)
        mean_distance(j->judge, b, &m);
    mean_hours(j->judge, b, &m);
    mean_asked(j->judge, b, &m);
    mean_times(j->judge, b, &m);
    for (uint32_t i = 0; i < BLOCK; i++)
        best[i] =
            m.sum[i] * (MATCH_SCORE_MAX / GRADE_MOST) / (m.weights[i] > 0 ? m.weights[i] : 1) +
            LOST;
}
