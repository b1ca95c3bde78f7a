/* SPDX-License-Identifier: EUPL-1.2 */
/* The offers of one part as columns. */
#include "match/columns.h"

#include "match/numbers.h"

uint16_t day_pack(int64_t day_number)
{
    if (!day_number)
        return 0;
    int64_t d = day_number - DAY_ZERO;
    return (uint16_t)(d < 1 ? 1 : d > UINT16_MAX ? UINT16_MAX : d);
}

static uint32_t instant_pack(int64_t instant)
{
    return (uint32_t)(instant < 0 ? 0 : instant > UINT32_MAX ? UINT32_MAX : instant);
}

/* One bit for each language that is needed at any level. */
static uint32_t languages_of(uint64_t levels)
{
    uint32_t set = 0;
    for (unsigned i = 0; i < 16; i++)
        if (levels >> (4 * i) & 15)
            set |= 1u << i;
    return set;
}

static void pack_dims(struct row *r, const struct match_offer *o)
{
    for (enum match_dim d = 0; d < MATCH_DIMS; d++) {
        uint32_t value = d == MATCH_LANGUAGE ? languages_of(o->levels) : o->dim[d];
        r->word[dim_place[d].word] |= value << dim_place[d].shift & dim_mask(d);
    }
    r->word[GRID_WORD] |= o->grid & MATCH_GRID_ALL;
}

struct row row_from_offer(const struct match_offer *o)
{
    struct geo_point p = geo_point(o->point);
    struct row r = {
        .id = o->id,
        .org = o->org,
        .needs = { o->levels, o->skills },
        .lat = p.lat,
        .lon = p.lon,
        .published = instant_pack(o->published),
        .city = o->city,
        .district = o->district < MATCH_DISTRICTS ? o->district : 0,
        .confirmed = day_pack(o->confirmed),
        .from = day_pack(o->from),
        .to = day_pack(o->to),
        .wanted = (uint8_t)(o->wanted < UINT8_MAX ? o->wanted : UINT8_MAX),
        .min_age = o->min_age,
        .hours = o->hours,
        .known = (uint8_t)(o->access_known | o->dim[MATCH_ACCESS]),
    };
    pack_dims(&r, o);
    return r;
}

static void put_ids(struct arena *a, struct columns *c, const struct row *rows,
                    const uint32_t *order, size_t n)
{
    uint64_t most = 0;
    c->first_id = n ? INT64_MAX : 0;
    for (size_t i = 0; i < n; i++)
        c->first_id = rows[i].id < c->first_id ? rows[i].id : c->first_id;
    for (size_t i = 0; i < n; i++) {
        uint64_t apart = (uint64_t)rows[order[i]].id - (uint64_t)c->first_id;
        c->id_low[i] = (uint32_t)apart;
        most = apart > most ? apart : most;
    }
    if (most <= UINT32_MAX)
        return;
    c->id_high = NEW_ARRAY(a, n + COLUMN_SPARE, uint32_t);
    for (size_t i = 0; i < n; i++)
        c->id_high[i] = (uint32_t)(((uint64_t)rows[order[i]].id - (uint64_t)c->first_id) >> 32);
}

struct columns columns_new(struct arena *a, const struct row *rows, const uint32_t *order, size_t n)
{
    struct columns c = { 0 };
    struct numbers orgs = numbers_new(sizeof(int64_t)),
                   needs = numbers_new(sizeof(struct abilities));
#define X(type, name) c.name = NEW_ARRAY(a, n + COLUMN_SPARE, type);
    COLUMNS(X)
    COLUMNS_SHORT(X)
#undef X
    for (int w = 0; w < COLUMN_WORDS; w++)
        c.word[w] = NEW_ARRAY(a, n + COLUMN_SPARE, uint32_t);
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[order[i]];
#define X(type, name) c.name[i] = r->name;
        COLUMNS(X)
#undef X
        for (int w = 0; w < COLUMN_WORDS; w++)
            c.word[w][i] = r->word[w];
        c.org[i] = numbers_add(&orgs, &r->org);
        c.needs[i] = numbers_add(&needs, &r->needs);
    }
    put_ids(a, &c, rows, order, n);
    c.orgs = numbers_values(&orgs, a);
    c.needed = numbers_values(&needs, a);
    numbers_free(&orgs);
    numbers_free(&needs);
    return c;
}

struct row columns_get(const struct columns *c, size_t i)
{
    struct row r = { .id = columns_id(c, i),
                     .org = columns_org(c, i),
                     .needs = *columns_needs(c, i) };
#define X(type, name) r.name = c->name[i];
    COLUMNS(X)
#undef X
    for (int w = 0; w < COLUMN_WORDS; w++)
        r.word[w] = c->word[w][i];
    return r;
}
