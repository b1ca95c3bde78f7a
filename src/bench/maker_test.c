/* SPDX-License-Identifier: EUPL-1.2 */
/* What is made: always the same, as often as the tables say, and in German. */
#include "bench/maker.h"

#include "base/crypt.h"
#include "base/map.h"
#include "base/out.h"
#include "base/test.h"
#include "base/utf8.h"
#include "web/vocab.h"

#define OFFERS 20000
#define PEOPLE 50000

static const struct maker *new_maker(uint64_t seed)
{
    return maker_new(&t_arena, seed, MAKER_TODAY);
}

/* ---- the same on every machine ---- */

static void add_offer(struct out *o, const struct made_offer *x)
{
    const struct match_offer *m = &x->m;
    for (int k = 0; k < MATCH_PIECES; k++)
        if (k != MATCH_KEYWORDS) /* the labels of the vocabularies may change */
            out_str(o, m->text[k]);
    for (int d = 0; d < MATCH_DIMS; d++)
        out_fmt(o, " %u", m->dim[d]);
    out_fmt(o, " %lld %lld %u %u %u %llx %llx", (long long)m->id, (long long)m->org, m->city,
            m->district, m->grid, (unsigned long long)m->levels, (unsigned long long)m->skills);
    out_fmt(o, " %.6f %.6f %u %u %u %lld %lld %lld %lld\n", m->point.lat, m->point.lon, m->min_age,
            m->hours, m->wanted, (long long)m->from, (long long)m->to, (long long)m->confirmed,
            (long long)m->published);
}

static void add_person(struct out *o, const struct person *x)
{
    const struct match_profile *p = &x->profile;
    for (int d = 0; d < MATCH_DIMS; d++)
        out_fmt(o, " %u/%u", p->like[d], p->never[d]);
    out_fmt(o, " %lld %u %d %lld %.6f %.6f %u %u %u %u %d", (long long)x->id, x->city, x->agreed,
            (long long)x->confirmed, p->near.lat, p->near.lon, p->reach_m, p->grid, p->hours,
            p->age, p->certificate);
    out_fmt(o, " %llx %llx %u %d\n", (unsigned long long)p->skills, (unsigned long long)p->levels,
            p->access, p->languages_known);
}

static str hash_of(uint64_t seed, int64_t from, int64_t to)
{
    const struct maker *k = new_maker(seed);
    struct out o = out_new(&t_arena, OUT_MAX);
    for (int64_t i = from; i < to; i++) {
        struct made_offer offer;
        struct person person;
        maker_offer(k, &t_arena, i, &offer);
        maker_person(k, i, &person, NULL);
        add_offer(&o, &offer);
        add_person(&o, &person);
    }
    return crypt_sha256_hex(&t_arena, out_text(&o));
}

/* Changes with the tables in data/generator, data/population, data/places: then look, and renew. */
static void is_golden(void)
{
    eq_str(hash_of(1, 1, 2001),
           S("2dddb7a96343b4992e3c04157ccf50f2b831e38d038e01e1e6383ba2f6408f86"));
    ok(!str_eq(hash_of(2, 1, 2001), hash_of(1, 1, 2001)));
}

static void needs_no_others(void)
{
    ok(str_eq(hash_of(7, 400, 410), hash_of(7, 400, 410)));
    const struct maker *k = new_maker(7);
    struct made_offer late, again;
    maker_offer(k, &t_arena, 1000000, &late);
    maker_offer(k, &t_arena, 1, &again);
    maker_offer(k, &t_arena, 1000000, &again);
    eq_str(again.title, late.title);
    eq_str(again.organisation, late.organisation);
    eq_int(again.m.org, late.m.org);
}

/* ---- as often as the tables say ---- */

/* Whether `count` of `of` is within a tenth, or half of a hundredth, of so many per cent. */
static bool about(double count, double of, double percent)
{
    double got = 100 * count / of, off = got > percent ? got - percent : percent - got;
    return off < percent / 10 || off < 0.5;
}

static void offers_follow_the_survey(void)
{
    const struct maker *k = new_maker(MAKER_SEED);
    uint32_t field[FIELD_COUNT] = { 0 }, hours[4] = { 0 }, stale = 0, nowhere = 0;
    for (int64_t i = 1; i <= OFFERS; i++) {
        struct made_offer o;
        struct arena_mark mark = arena_mark(&t_arena);
        maker_offer(k, &t_arena, i, &o);
        field[o.field]++;
        hours[o.m.hours > 5 ? 3 : o.m.hours > 2 ? 2 : o.m.hours > 0]++;
        stale += o.m.confirmed + 90 <= MAKER_TODAY;
        nowhere += !o.m.point.known;
        arena_rewind(&t_arena, mark);
    }
    double all = 12.8 + 6.3 + 4.9 + 3.8 + 3.1 + 7.9 + 8.2 + 6.8 + 10.0; /* shares.txt */
    ok(about(field[FIELD_sport], OFFERS, 100 * 12.8 / all));
    ok(about(field[FIELD_culture], OFFERS, 100 * 6.3 / all));
    ok(about(field[FIELD_school_daycare] + field[FIELD_children_youth], OFFERS, 100 * 8.2 / all));
    ok(about(field[FIELD_education], OFFERS, 100 * 3.1 / all));
    ok(about(hours[1], OFFERS, 53) && about(hours[2], OFFERS, 24) && about(hours[3], OFFERS, 19));
    ok(about(stale, OFFERS, 10));
    ok(about(nowhere, OFFERS, 8));
}

static void people_live_where_people_live(void)
{
    const struct maker *k = new_maker(MAKER_SEED);
    uint32_t berlin = 0, luebeck = 0, old = 0, agreed = 0, far = 0;
    for (int64_t i = 1; i <= PEOPLE; i++) {
        struct person p;
        const struct land_place *home = NULL;
        maker_person(k, i, &p, &home);
        berlin += str_starts(home->town, S("Berlin"));
        luebeck += str_eq(home->town, S("Lübeck"));
        old += p.profile.age >= 65;
        agreed += p.agreed;
        double north = p.profile.near.lat - home->lat / 1e6;
        far += north > 0.13 || north < -0.13;
    }
    ok(about(berlin, PEOPLE, 4.4));   /* 3.67 of 83.2 million */
    ok(about(luebeck, PEOPLE, 0.26)); /* 0.217 */
    ok(about(old, PEOPLE, 100.0 * (480 + 274) / (720 + 1172 + 1015 + 480 + 274)));
    ok(about(agreed, PEOPLE, 70));
    eq_int(far, 0);
}

/* ---- German ---- */

static void texts_are_whole(void)
{
    const struct maker *k = new_maker(MAKER_SEED);
    struct map words = map_new(&t_arena);
    uint32_t broken = 0, short_ones = 0;
    size_t all = 0;
    for (int64_t i = 1; i <= 5000; i++) {
        struct made_offer o;
        maker_offer(k, &t_arena, i, &o);
        str body = o.m.text[MATCH_BODY];
        broken += !utf8_valid(body) || str_find_byte(body, '{') >= 0 ||
                  str_find_byte(body, '}') >= 0 || str_find(body, S("  ")) >= 0 ||
                  str_find_byte(o.title, '{') >= 0;
        short_ones += o.title.n < 8 || o.summary.n < 20 || o.tasks.n < 60;
        str folded = utf8_fold(&t_arena, body);
        for (str word; str_next(&folded, ' ', &word); all++)
            *map_put(&words, word) += 1;
    }
    eq_int(broken, 0);
    eq_int(short_ones, 0);
    printf("# %zu words an offer, %zu different\n", all / 5000, words.n);
    ok(all / 5000 > 60 && all / 5000 < 200);
    ok(words.n > 3000); /* compounds and names of places */
}

/* Words that a title is made of begin as they should, after {^…} as well. */
static void titles_begin_large(void)
{
    const struct maker *k = new_maker(MAKER_SEED);
    uint32_t small = 0;
    for (int64_t i = 1; i <= 5000; i++) {
        struct made_offer o;
        maker_offer(k, &t_arena, i, &o);
        str rest = o.title;
        uint32_t c = utf8_next(&rest);
        small += (c >= 'a' && c <= 'z') || c == 0xE4 || c == 0xF6 || c == 0xFC;
    }
    eq_int(small, 0);
}

static const struct test tests[] = {
    TEST(is_golden),
    TEST(needs_no_others),
    TEST(offers_follow_the_survey),
    TEST(people_live_where_people_live),
    TEST(texts_are_whole),
    TEST(titles_begin_large),
};
TEST_MAIN(tests)
