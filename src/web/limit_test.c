/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/limit.h"

#include "base/clock.h"
#include "base/test.h"

#define NOON 1800000000

static const struct limit_rule rule = { "test", 3, 10 };
static const struct limit_rule other = { "other", 1, 60 };

static void gives_a_burst_then_one_at_a_time(void)
{
    struct limits *l = limits_new(&t_arena, 64);
    clock_set(NOON);
    for (int i = 0; i < 3; i++)
        eq_int(limit_take(l, &rule, 7), 0);
    eq_int(limit_take(l, &rule, 7), 10);
    clock_set(NOON + 9);
    eq_int(limit_take(l, &rule, 7), 1);
    clock_set(NOON + 10);
    eq_int(limit_take(l, &rule, 7), 0);
    eq_int(limit_take(l, &rule, 7), 10);
    clock_set(NOON + 1000);
    for (int i = 0; i < 3; i++)
        eq_int(limit_take(l, &rule, 7), 0);
    ok(limit_take(l, &rule, 7) > 0);
    limits_end(l);
    clock_set(0);
}

static void keeps_callers_and_rules_apart(void)
{
    struct limits *l = limits_new(&t_arena, 64);
    clock_set(NOON);
    eq_int(limit_take(l, &other, 1), 0);
    ok(limit_take(l, &other, 1) > 0);
    eq_int(limit_take(l, &other, 2), 0);
    eq_int(limit_take(l, &rule, 1), 0);
    limit_forget(l, &other, 1);
    eq_int(limit_take(l, &other, 1), 0);
    limits_end(l);
    clock_set(0);
}

static void stays_bounded_and_remembers_who_is_waiting(void)
{
    struct limits *l = limits_new(&t_arena, 64);
    size_t before = t_arena.used;
    clock_set(NOON);
    for (int i = 0; i < 3; i++)
        limit_take(l, &rule, 0); /* 30 seconds from full: farther than any of the flood */
    for (uint64_t key = 1; key < 10000; key++)
        limit_take(l, &rule, key);
    ok(limit_take(l, &rule, 0) > 0);
    eq_int(t_arena.used, before);
    limits_end(l);
    clock_set(0);
}

static void takes_a_household_as_one(void)
{
    eq_str(limit_peer(S("192.0.2.7")), S("192.0.2.7"));
    eq_str(limit_peer(S("2001:db8:1:2:3:4:5:6")), S("2001:db8:1:2"));
    eq_str(limit_peer(S("2001:db8:1:2::6")), S("2001:db8:1:2"));
    eq_str(limit_peer(S("2001:db8::6")), S("2001:db8:"));
    eq_str(limit_peer(S("::ffff:192.0.2.7")), S("192.0.2.7"));
    eq_str(limit_peer(S("::1")), S(":"));
    eq_str(limit_peer(S("")), S(""));
}

static const struct test tests[] = {
    TEST(gives_a_burst_then_one_at_a_time),
    TEST(keeps_callers_and_rules_apart),
    TEST(stays_bounded_and_remembers_who_is_waiting),
    TEST(takes_a_household_as_one),
};
TEST_MAIN(tests)
