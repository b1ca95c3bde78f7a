/* SPDX-License-Identifier: EUPL-1.2 */
/* Filters and facets. */
#include "match/facet.h"

#define BIT(filter) (1u << (filter))
#define DAYS_ALL    ((1u << MATCH_DAYS) - 1)
#define PARTS_ALL   ((1u << MATCH_PARTS) - 1)

/* The cells of the grid on these days in these parts of the day. */
static uint32_t cells(uint32_t days, uint32_t parts)
{
    uint32_t mask = 0;
    for (unsigned d = 0; d < MATCH_DAYS; d++)
        if (days >> d & 1)
            mask |= parts << (d * MATCH_PARTS);
    return mask;
}

static uint32_t days_of(const struct match_query *q)
{
    return q->days & DAYS_ALL ? q->days & DAYS_ALL : DAYS_ALL;
}

static uint32_t parts_of(const struct match_query *q)
{
    return q->parts & PARTS_ALL ? q->parts & PARTS_ALL : PARTS_ALL;
}

static uint32_t grid_of(const struct match_query *q)
{
    return q->grid & MATCH_GRID_ALL ? q->grid & MATCH_GRID_ALL : MATCH_GRID_ALL;
}

static bool any_district(const struct match_query *q)
{
    uint64_t any = 0;
    for (size_t i = 0; i < MATCH_DISTRICTS / 64; i++)
        any |= q->districts[i];
    return any != 0;
}

static void add_check(struct checks *c, struct check check)
{
    c->v[c->n++] = check;
    c->active |= BIT(check.filter);
}

struct checks checks_new(const struct match_query *q)
{
    struct checks c = { .q = q };
    for (enum match_dim d = 0; d < MATCH_DIMS; d++) {
        const struct match_filter *f = &q->dim[d];
        unsigned shift = dim_place[d].shift;
        uint32_t real = dim_mask(d) >> shift;
        bool impossible = (f->all & ~real) != 0; /* no offer has a value that does not exist */
        if (f->any || f->all || f->none)
            add_check(&c, (struct check){ .word = dim_place[d].word,
                                          .filter = (uint8_t)d,
                                          .asks_any = f->any || impossible,
                                          .any = impossible ? 0 : (f->any & real) << shift,
                                          .all = (f->all & real) << shift,
                                          .none = (f->none & real) << shift });
    }
    if ((q->days & DAYS_ALL) || (q->parts & PARTS_ALL) || (q->grid & MATCH_GRID_ALL))
        add_check(&c, (struct check){ .word = GRID_WORD,
                                      .filter = MATCH_BY_GRID,
                                      .asks_any = true,
                                      .any = cells(days_of(q), parts_of(q)) & grid_of(q) });
    c.active |= any_district(q) ? BIT(MATCH_BY_DISTRICT) : 0;
    c.active |= q->age ? BIT(MATCH_BY_AGE) : 0;
    c.active |= q->hours ? BIT(MATCH_BY_HOURS) : 0;
    c.active |= q->n_orgs ? BIT(MATCH_BY_ORG) : 0;
    return c;
}

static bool has_org(const struct match_query *q, int64_t org)
{
    for (size_t i = 0; i < q->n_orgs; i++)
        if (q->orgs[i] == org)
            return true;
    return false;
}

static bool check_fails(const struct check *c, uint32_t word)
{
    return (c->asks_any && !(word & c->any)) || (word & c->all) != c->all || (word & c->none);
}

uint32_t checks_fail(const struct checks *c, const struct columns *col, size_t row)
{
    const struct match_query *q = c->q;
    uint32_t fails = 0;
    if (!c->active)
        return 0;
    for (size_t i = 0; i < c->n; i++)
        fails |= (uint32_t)check_fails(&c->v[i], col->word[c->v[i].word][row]) << c->v[i].filter;
    uint16_t district = col->district[row];
    if ((c->active & BIT(MATCH_BY_DISTRICT)) && !(q->districts[district / 64] >> district % 64 & 1))
        fails |= BIT(MATCH_BY_DISTRICT);
    if ((c->active & BIT(MATCH_BY_AGE)) && col->min_age[row] > q->age)
        fails |= BIT(MATCH_BY_AGE);
    if ((c->active & BIT(MATCH_BY_HOURS)) && col->hours[row] > q->hours)
        fails |= BIT(MATCH_BY_HOURS);
    if ((c->active & BIT(MATCH_BY_ORG)) && !has_org(q, columns_org(col, row)))
        fails |= BIT(MATCH_BY_ORG);
    return fails;
}

struct facets facets_new(const struct match_query *q, struct match_facets *out)
{
    struct facets f = { .out = out };
    for (unsigned d = 0; d < MATCH_DAYS; d++)
        f.day_mask[d] = cells(1u << d, parts_of(q)) & grid_of(q);
    for (unsigned p = 0; p < MATCH_PARTS; p++)
        f.part_mask[p] = cells(days_of(q), 1u << p) & grid_of(q);
    return f;
}

static void count_bits(uint32_t counts[32], uint32_t bits)
{
    for (; bits; bits &= bits - 1)
        counts[__builtin_ctz(bits)]++;
}

static void count_grid(struct facets *f, uint32_t grid)
{
    if (!grid)
        return;
    for (unsigned d = 0; d < MATCH_DAYS; d++)
        f->out->days[d] += (grid & f->day_mask[d]) != 0;
    for (unsigned p = 0; p < MATCH_PARTS; p++)
        f->out->parts[p] += (grid & f->part_mask[p]) != 0;
}

static void count_hit(struct facets *f, const struct columns *col, size_t row)
{
    for (int w = 0; w < COLUMN_WORDS; w++)
        count_bits(f->bit[w], col->word[w][row]);
    count_grid(f, col->word[GRID_WORD][row]);
    f->out->district[col->district[row]]++;
}

void facets_count(struct facets *f, const struct columns *col, size_t row, uint32_t fails)
{
    if (!fails) {
        f->hits++;
        if (f->out)
            count_hit(f, col, row);
        return;
    }
    if (fails & (fails - 1))
        return;
    unsigned filter = (unsigned)__builtin_ctz(fails);
    f->only[filter]++;
    if (!f->out)
        return;
    if (filter < MATCH_DIMS)
        count_bits(f->bit[dim_place[filter].word],
                   col->word[dim_place[filter].word][row] & dim_mask(filter));
    else if (filter == MATCH_BY_GRID)
        count_grid(f, col->word[GRID_WORD][row]);
    else if (filter == MATCH_BY_DISTRICT)
        f->out->district[col->district[row]]++;
}

void facets_end(struct facets *f)
{
    if (!f->out)
        return;
    for (enum match_dim d = 0; d < MATCH_DIMS; d++)
        for (unsigned i = 0; i < dim_place[d].width; i++)
            f->out->dim[d][i] = f->bit[dim_place[d].word][dim_place[d].shift + i];
}
