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

static void check_word(const struct check *c, struct block *b)
{
    const lanes *word = (const lanes *)b->col.word[c->word];
    lanes *fails = (lanes *)b->fails;
    uint32_t any_bit = c->asks_any ? BIT(c->filter) : 0, bit = BIT(c->filter);
    for (int i = 0; i < BLOCK / LANES; i++)
        fails[i] |= ((lanes)((word[i] & c->any) == 0) & any_bit) |
                    ((lanes)((word[i] & c->all) != c->all) & bit) |
                    ((lanes)((word[i] & c->none) != 0) & bit);
}

static void check_most(struct block *b, const uint8_t *values, uint8_t most, uint32_t bit)
{
    for (uint32_t i = 0; i < BLOCK; i++)
        b->fails[i] |= values[i] > most ? bit : 0;
}

static void check_districts(const struct match_query *q, struct block *b)
{
    for (uint32_t i = 0; i < BLOCK; i++) {
        uint16_t d = b->col.district[i] % MATCH_DISTRICTS;
        b->fails[i] |= q->districts[d / 64] >> d % 64 & 1 ? 0 : BIT(MATCH_BY_DISTRICT);
    }
}

static void check_orgs(const struct match_query *q, struct block *b)
{
    for (uint64_t rows = block_inside(b); rows; rows &= rows - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(rows);
        b->fails[i] |= has_org(q, columns_org(&b->col, i)) ? 0 : BIT(MATCH_BY_ORG);
    }
}

/* Rows that are out have all bits set already and stay so. */
void checks_block(const struct checks *c, struct block *b)
{
    for (size_t i = 0; i < c->n; i++)
        check_word(&c->v[i], b);
    if (c->active & BIT(MATCH_BY_AGE))
        check_most(b, b->col.min_age, c->q->age, BIT(MATCH_BY_AGE));
    if (c->active & BIT(MATCH_BY_HOURS))
        check_most(b, b->col.hours, c->q->hours, BIT(MATCH_BY_HOURS));
    if (c->active & BIT(MATCH_BY_DISTRICT))
        check_districts(c->q, b);
    if (c->active & BIT(MATCH_BY_ORG))
        check_orgs(c->q, b);
}

/* ---- facets ---- */

#define HIT_BIT (1u << 31) /* of `alone`: no filter has it */

void facets_begin(struct facets *f, const struct checks *c, struct match_facets *out)
{
    f->checks = c;
    f->out = out;
    f->districts = out && c->q->n_cities == 1;
    f->day_cells = cells(DAYS_ALL, parts_of(c->q)) & grid_of(c->q);
    f->part_cells = cells(days_of(c->q), PARTS_ALL) & grid_of(c->q);
}

/* The only filter that a row fails, or HIT_BIT; 0: it fails several. */
static void find_alone(const struct block *b, uint32_t alone[BLOCK])
{
    const lanes *fails = (const lanes *)b->fails;
    lanes *out = (lanes *)alone;
    for (int i = 0; i < BLOCK / LANES; i++)
        out[i] = ((lanes)((fails[i] & (fails[i] - 1)) == 0) & fails[i]) |
                 ((lanes)(fails[i] == 0) & HIT_BIT);
}

/* For a word of bits: all of it in hits, and its own dim in what fails only there. */
static void count_word(struct facets *f, const struct block *b, const uint32_t alone[BLOCK],
                       uint8_t word)
{
    uint32_t select[BLOCK];
    lanes *s = (lanes *)select;
    const lanes *a = (const lanes *)alone;
    for (int i = 0; i < BLOCK / LANES; i++)
        s[i] = (lanes)(a[i] == HIT_BIT);
    for (size_t k = 0; k < f->checks->n; k++) {
        const struct check *c = &f->checks->v[k];
        if (c->word != word || c->filter == MATCH_BY_GRID)
            continue;
        for (int i = 0; i < BLOCK / LANES; i++)
            s[i] |= (lanes)(a[i] == BIT(c->filter)) & dim_mask(c->filter);
    }
    bitcount_add(&f->bit[word], b->col.word[word], select);
}

#define DAY_BITS  0x01111111u /* the first part of each day */
#define PART_BITS 0xFu        /* the parts of the first day */

/* On which days a row has any cell that counts, and in which parts of the day. */
static void count_grid(struct facets *f, const struct block *b, const uint32_t alone[BLOCK])
{
    uint32_t select[BLOCK], folded[BLOCK];
    lanes *s = (lanes *)select, *out = (lanes *)folded;
    const lanes *a = (const lanes *)alone, *grid = (const lanes *)b->col.word[GRID_WORD];
    for (int i = 0; i < BLOCK / LANES; i++) {
        lanes days = grid[i] & f->day_cells, parts = grid[i] & f->part_cells;
        days |= days >> 1;
        days |= days >> 2;
        parts |= parts >> 16;
        parts |= parts >> 8;
        parts |= parts >> 4;
        out[i] = (days & DAY_BITS) | (parts & PART_BITS) << 28;
        s[i] = (lanes)(a[i] == HIT_BIT) | (lanes)(a[i] == BIT(MATCH_BY_GRID));
    }
    bitcount_add(&f->grid, folded, select);
}

static void count_districts(struct facets *f, const struct block *b)
{
    uint8_t flags[BLOCK];
    for (uint32_t i = 0; i < BLOCK; i++)
        flags[i] = (b->fails[i] & ~BIT(MATCH_BY_DISTRICT)) == 0;
    for (uint64_t rows = block_bits(flags); rows; rows &= rows - 1)
        f->out->district[b->col.district[__builtin_ctzll(rows)]]++;
}

void facets_block(struct facets *f, const struct block *b)
{
    static const uint32_t all[BLOCK] = { [0 ... BLOCK - 1] = UINT32_MAX };
    uint32_t alone[BLOCK];
    find_alone(b, alone);
    bitcount_add(&f->alone, alone, all);
    if (!f->out)
        return;
    for (uint8_t w = 0; w < COLUMN_WORDS; w++)
        count_word(f, b, alone, w);
    count_grid(f, b, alone);
    if (f->districts)
        count_districts(f, b);
}

void facets_end(struct facets *f)
{
    bitcount_end(&f->alone);
    f->hits = f->alone.count[31];
    for (unsigned i = 0; i < MATCH_FILTERS; i++)
        f->only[i] = f->alone.count[i];
    if (!f->out)
        return;
    for (int w = 0; w < COLUMN_WORDS; w++)
        bitcount_end(&f->bit[w]);
    bitcount_end(&f->grid);
    for (enum match_dim d = 0; d < MATCH_DIMS; d++)
        for (unsigned i = 0; i < dim_place[d].width; i++)
            f->out->dim[d][i] = f->bit[dim_place[d].word].count[dim_place[d].shift + i];
    for (unsigned d = 0; d < MATCH_DAYS; d++)
        f->out->days[d] = f->grid.count[d * MATCH_PARTS];
    for (unsigned p = 0; p < MATCH_PARTS; p++)
        f->out->parts[p] = f->grid.count[28 + p];
}
