/* SPDX-License-Identifier: EUPL-1.2 */
/* Making offers; people are made in maker_person.c. */
#include "bench/maker.h"

#include "base/out.h"
#include "bench/maker_tables.h"
#include "web/vocab_label.h"

extern const unsigned char generator_shares[], generator_grammar[], population_kreis[];
extern const size_t generator_shares_size, generator_grammar_size, population_kreis_size;

#define TEXT_MOST 8192 /* bytes of one offer */

static str label_of(struct arena *a, const struct vocab *v, int value)
{
    str de = vocab_label_in(LANG_DE, v, value), en = vocab_label_in(LANG_EN, v, value);
    return str_fmt(a, "%.*s %.*s ", STR_FMT(de), STR_FMT(en));
}

static void read_labels(struct arena *a, struct maker *k)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        k->labels.field[i] = label_of(a, &vocab_field, i);
    for (int i = 0; i < KIND_COUNT; i++)
        k->labels.kind[i] = label_of(a, &vocab_kind, i);
    for (int i = 0; i < TARGET_COUNT; i++)
        k->labels.target[i] = label_of(a, &vocab_target, i);
}

struct maker *maker_new(struct arena *a, uint64_t seed, int64_t today)
{
    struct maker *k = NEW(a, struct maker);
    k->seed = seed;
    k->today = today;
    k->land = land_read(a, (str){ (const char *)population_kreis, population_kreis_size });
    k->shares = shares_read(a, (str){ (const char *)generator_shares, generator_shares_size });
    k->grammar = grammar_read(a, (str){ (const char *)generator_grammar, generator_grammar_size });
    k->rules = (struct maker_rules){ .title = grammar_rule(k->grammar, S("title@kind")),
                                     .summary = grammar_rule(k->grammar, S("summary")),
                                     .tasks = grammar_rule(k->grammar, S("tasks")),
                                     .needs = grammar_rule(k->grammar, S("needs")),
                                     .gives = grammar_rule(k->grammar, S("gives")),
                                     .org = grammar_rule(k->grammar, S("org@field")) };
    read_labels(a, k);
    return k;
}

const struct land *maker_land(const struct maker *k)
{
    return &k->land;
}

/* ---- organisations: sixteen offers in a row belong to eight of them ---- */

static int64_t org_of(int64_t number)
{
    static const uint8_t within[16] = { 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7 };
    return (number - 1) / 16 * 8 + within[(number - 1) % 16] + 1;
}

struct org {
    uint32_t place;
    int field;
    struct dice name; /* thrown anew for each of its offers: always the same name */
};

static struct org make_org(const struct maker *k, int64_t number)
{
    struct dice d = dice_new(k->seed, MAKE_ORG, (uint64_t)number);
    struct org o = { .place = land_pick(&k->land, &d) };
    o.field = shares_pick(&k->shares.field, &d);
    o.name = d;
    return o;
}

/* ---- what an offer is ---- */

/* One value, and in so many of a hundred cases a second one. */
static uint32_t one_or_two(const struct shares *s, struct dice *d, uint32_t percent, int *first)
{
    *first = shares_pick(s, d);
    uint32_t bits = 1u << *first;
    return dice_chance(d, percent) ? bits | 1u << shares_pick(s, d) : bits;
}

static uint8_t hours_of(enum shares_hours band, struct dice *d)
{
    return (uint8_t)(band == HOURS_UP_TO_2  ? 1 + dice_below(d, 2)
                     : band == HOURS_3_5    ? 3 + dice_below(d, 3)
                     : band == HOURS_FROM_6 ? 6 + dice_below(d, 7)
                                            : 0);
}

/* A weekly offer names its hours by the band; others by what they are. */
static void make_time(const struct maker *k, struct dice *d, struct made_offer *o)
{
    static const enum vocab_time weekly[] = { TIME_up_to_2h, TIME_3_5h, TIME_from_6h, TIME_freely };
    enum shares_hours band = (enum shares_hours)shares_pick(&k->shares.hours, d);
    int time = shares_pick(&k->shares.time, d);
    o->time = (int)(time ? shares_times[time] : weekly[band]);
    o->m.dim[MATCH_TIME] = 1u << o->time;
    o->m.hours = hours_of(band, d);
}

/* Days and parts of days: mostly some weekdays at one time of the day; one in six says nothing. */
static uint32_t make_grid(struct dice *d)
{
    uint32_t grid = 0;
    if (dice_below(d, 6) == 0)
        return 0;
    uint32_t part = dice_below(d, MATCH_PARTS);
    for (uint32_t n = 1 + dice_small(d, 6); n > 0; n--) {
        uint32_t day = dice_chance(d, 80) ? dice_below(d, 5) : 5 + dice_below(d, 2);
        grid |= 1u << (day * MATCH_PARTS + part);
        if (dice_chance(d, 20))
            part = dice_below(d, MATCH_PARTS);
    }
    return grid;
}

static void make_languages(const struct maker *k, struct dice *d, struct match_offer *m)
{
    m->levels = MATCH_LEVEL(0, shares_pick(&k->shares.german, d));
    bool migration = m->dim[MATCH_FIELD] & 1u << FIELD_migration_diversity;
    if (dice_chance(d, migration ? 25 : 2))
        m->levels |= MATCH_LEVEL(shares_pick(&k->shares.other_language, d), 3);
    for (unsigned i = 0; i < 16; i++)
        m->dim[MATCH_LANGUAGE] |= (uint32_t)((m->levels >> (4 * i) & 15) != 0) << i;
}

static void make_access(struct dice *d, struct match_offer *m)
{
    for (unsigned i = 0; i < ACCESSIBLE_COUNT; i++) {
        uint32_t answer = dice_below(d, 10);
        m->access_known |= (uint32_t)(answer < 6) << i;
        m->dim[MATCH_ACCESS] |= (uint32_t)(answer < 3) << i;
    }
}

/* Whoever is alone with children or teenagers needs one, mostly. */
static int make_certificate(struct dice *d, uint32_t targets)
{
    bool young = targets & (1u << TARGET_children | 1u << TARGET_youth);
    return dice_chance(d, young ? 70 : 8)   ? CERTIFICATE_extended
           : dice_chance(d, young ? 30 : 6) ? CERTIFICATE_simple
                                            : CERTIFICATE_none;
}

static void make_place(const struct maker *k, struct dice *d, uint32_t place, struct made_offer *o)
{
    o->place = &k->land.places[place];
    o->place_kind = shares_pick(&k->shares.place, d);
    o->m.city = o->place->kreis;
    o->m.district = o->place->district;
    o->m.dim[MATCH_PLACE] = 1u << o->place_kind;
    struct land_point p = land_point(&k->land, place, d);
    if (o->place_kind != PLACE_KIND_at_home && o->place_kind != PLACE_KIND_whole_area)
        o->m.point = (struct match_point){ true, p.lat / 1e6, p.lon / 1e6 };
}

static void make_dates(const struct maker *k, struct dice *d, struct match_offer *m)
{
    m->confirmed = k->today - dice_below(d, 100); /* one in ten is no longer fresh */
    m->published = (k->today - dice_below(d, 900)) * 86400;
    m->published += dice_below(d, 86400);
    if (dice_chance(d, 12))
        m->from = k->today - 60 + dice_below(d, 120);
    if (dice_chance(d, 15))
        m->to = k->today - 20 + dice_below(d, 300);
    m->wanted = (uint16_t)(dice_chance(d, 30) ? 255 : 1 + dice_small(d, 12));
    m->min_age = (uint8_t)(dice_chance(d, 60) ? 0 : dice_chance(d, 70) ? 18 : 16);
}

static uint32_t make_set(struct dice *d, uint32_t width, uint32_t percent)
{
    uint32_t set = 0;
    for (uint32_t i = 0; i < width; i++)
        set |= (uint32_t)dice_chance(d, percent) << i;
    return set;
}

static void make_values(const struct maker *k, struct dice *d, const struct org *org,
                        struct made_offer *o)
{
    struct match_offer *m = &o->m;
    o->field = org->field;
    m->dim[MATCH_FIELD] = 1u << o->field;
    if (dice_chance(d, 30))
        m->dim[MATCH_FIELD] |= 1u << shares_pick(&k->shares.field, d);
    m->dim[MATCH_KIND] = one_or_two(&k->shares.kind[o->field], d, 40, &o->kind);
    m->dim[MATCH_TARGET] = one_or_two(&k->shares.target[o->field], d, 30, &o->target);
    make_time(k, d, o);
    m->grid = make_grid(d);
    make_languages(k, d, m);
    make_access(d, m);
    o->certificate = make_certificate(d, m->dim[MATCH_TARGET]);
    m->dim[MATCH_CERTIFICATE] = 1u << o->certificate;
    m->dim[MATCH_SUITS] = make_set(d, SUITS_COUNT, 20);
    m->skills = dice_chance(d, 25) ? UINT64_C(1) << dice_below(d, 15) : 0;
    make_dates(k, d, m);
}

/* ---- what it says ---- */

static str piece(const struct out *o, size_t from)
{
    return (str){ o->p + from, o->n - from };
}

static str put_piece(const struct maker *k, struct out *o, uint32_t rule,
                     const struct grammar_about *about, struct dice *d)
{
    size_t from = o->n;
    grammar_put(k->grammar, o, rule, about, d);
    return piece(o, from);
}

static void put_labels(struct out *o, const str *labels, uint32_t bits)
{
    for (; bits; bits &= bits - 1)
        out_str(o, labels[__builtin_ctz(bits)]);
}

/* All texts are pieces of one buffer that never moves. */
static void make_texts(const struct maker *k, struct arena *a, struct dice *d,
                       const struct org *org, struct made_offer *o)
{
    struct out out = out_new(a, TEXT_MOST);
    struct dice name = org->name;
    struct grammar_about about = { .value = { 0, o->field, o->kind, o->target },
                                   .town = k->land.places[org->place].town };
    out_reserve(&out, TEXT_MOST / 2);
    o->organisation = put_piece(k, &out, k->rules.org, &about, &name);
    about.org = o->organisation;
    o->title = put_piece(k, &out, k->rules.title, &about, d);
    o->summary = put_piece(k, &out, k->rules.summary, &about, d);
    size_t body = out.n;
    o->tasks = put_piece(k, &out, k->rules.tasks, &about, d);
    out_char(&out, '\n');
    o->needs = put_piece(k, &out, k->rules.needs, &about, d);
    out_char(&out, '\n');
    o->gives = put_piece(k, &out, k->rules.gives, &about, d);
    o->m.text[MATCH_BODY] = piece(&out, body);
    size_t keywords = out.n;
    put_labels(&out, k->labels.field, o->m.dim[MATCH_FIELD]);
    put_labels(&out, k->labels.kind, o->m.dim[MATCH_KIND]);
    put_labels(&out, k->labels.target, o->m.dim[MATCH_TARGET]);
    out_str(&out, o->place->town);
    o->m.text[MATCH_KEYWORDS] = piece(&out, keywords);
    must(out.n < TEXT_MOST / 2);
    o->m.text[MATCH_TITLE] = o->title;
    o->m.text[MATCH_SUMMARY] = o->summary;
    o->m.text[MATCH_ORG_NAME] = o->organisation;
}

void maker_offer(const struct maker *k, struct arena *a, int64_t number, struct made_offer *o)
{
    int64_t org_number = org_of(number);
    struct org org = make_org(k, org_number);
    struct dice d = dice_new(k->seed, MAKE_OFFER, (uint64_t)number);
    *o = (struct made_offer){ .m = { .id = number, .org = org_number } };
    make_values(k, &d, &org, o);
    make_place(k, &d, org.place, o);
    make_texts(k, a, &d, &org, o);
}
