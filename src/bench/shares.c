/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading the tables of shares. */
#include "bench/shares.h"

#include "base/arena.h"
#include "base/err.h"

static const str hours_codes[] = { STR_INIT("up_to_2"), STR_INIT("3_5"), STR_INIT("from_6"),
                                   STR_INIT("unsaid") };
static const str age_codes[] = { STR_INIT("14_29"), STR_INIT("30_49"), STR_INIT("50_64"),
                                 STR_INIT("65_74"), STR_INIT("75_90") };
static const str time_codes[] = { STR_INIT("weekly"),  STR_INIT("once"),    STR_INIT("project"),
                                  STR_INIT("monthly"), STR_INIT("on_call"), STR_INIT("free") };
static const str reach_codes[] = { STR_INIT("3"), STR_INIT("5"), STR_INIT("10"), STR_INIT("20"),
                                   STR_INIT("50") };
static const str german_codes[] = { STR_INIT("none"), STR_INIT("a1"), STR_INIT("a2"),
                                    STR_INIT("b1"), STR_INIT("b2") };

#define CODES(codes)                             \
    {                                            \
        { 0 }, codes, sizeof codes / sizeof(str) \
    }
static const struct vocab hours = CODES(hours_codes), age = CODES(age_codes);
static const struct vocab times = CODES(time_codes), reach = CODES(reach_codes);
static const struct vocab german = CODES(german_codes);

const struct age_band shares_ages[AGES] = {
    { 14, 29 }, { 30, 49 }, { 50, 64 }, { 65, 74 }, { 75, 90 }
};
const uint32_t shares_reaches[REACHES] = { 3000, 5000, 10000, 20000, 50000 };
const enum vocab_time shares_times[] = { TIME_up_to_2h, TIME_once,    TIME_project,
                                         TIME_monthly,  TIME_on_call, TIME_freely };

/* The table of a name and what it chooses from; NULL: there is no such table. */
static struct shares *find_table(struct share_tables *t, str name, const struct vocab **v)
{
    const struct {
        str name;
        struct shares *shares;
        const struct vocab *vocab;
    } plain[] = {
        { S("field"), &t->field, &vocab_field },
        { S("hours"), &t->hours, &hours },
        { S("age"), &t->age, &age },
        { S("time"), &t->time, &times },
        { S("place"), &t->place, &vocab_place_kind },
        { S("reach"), &t->reach, &reach },
        { S("german"), &t->german, &german },
        { S("other_language"), &t->other_language, &vocab_language },
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (str_eq(name, plain[i].name)) {
            *v = plain[i].vocab;
            return plain[i].shares;
        }
    str table = name, field = name;
    str_next(&field, '.', &table);
    int f = vocab_find(&vocab_field, field);
    bool is_kind = str_eq(table, S("kind"));
    *v = is_kind ? &vocab_kind : &vocab_target;
    if (f < 0 || (!is_kind && !str_eq(table, S("target"))))
        return NULL;
    return is_kind ? &t->kind[f] : &t->target[f];
}

/* "sport 128": one value more of a table. */
static void read_share(struct shares *s, const struct vocab *v, str item)
{
    str code = S(""), rest = str_trim(item);
    int64_t share = 0;
    str_next(&rest, ' ', &code);
    int value = vocab_find(v, code);
    must(value >= 0 && str_to_i64(str_trim(rest), &share) && share > 0);
    s->weight[value] += (uint64_t)share;
    s->sum += (uint64_t)share;
}

static void read_line(struct arena *a, struct share_tables *t, str line)
{
    str name = S(""), list = line;
    const struct vocab *v = NULL;
    str_next(&list, ':', &name);
    struct shares *s = find_table(t, name, &v);
    must(s);
    if (!s->weight) {
        s->weight = NEW_ARRAY(a, v->n, uint64_t);
        s->weights.n = (uint32_t)v->n;
    }
    for (str item; str_next(&list, ',', &item);)
        read_share(s, v, item);
}

static void settle(struct arena *a, struct shares *s)
{
    must(s->sum);
    s->weights = weights_new(a, s->weight, s->weights.n);
}

struct share_tables shares_read(struct arena *a, str text)
{
    struct share_tables t = { 0 };
    for (str line; str_next(&text, '\n', &line);)
        if (line.n && line.p[0] != '#')
            read_line(a, &t, line);
    for (int f = 0; f < FIELD_COUNT; f++) {
        settle(a, &t.kind[f]);
        settle(a, &t.target[f]);
    }
    struct shares *plain[] = { &t.field, &t.hours, &t.age,    &t.time,
                               &t.place, &t.reach, &t.german, &t.other_language };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        settle(a, plain[i]);
    return t;
}
