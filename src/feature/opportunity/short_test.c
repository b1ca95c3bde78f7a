/* SPDX-License-Identifier: EUPL-1.2 */
#include "feature/opportunity/short.h"

#include "base/test.h"

static int64_t read_back(str code)
{
    int64_t id = -1;
    return short_parse(code, &id) ? id : -1;
}

static void every_id_comes_back(void)
{
    eq_str(short_fmt(&t_arena, 0), S("0"));
    eq_str(short_fmt(&t_arena, 32), S("10"));
    eq_str(short_fmt(&t_arena, INT64_C(1) << 25), S("1000-00"));
    for (uint64_t id = 1; id < UINT64_C(1) << 62; id = id * 3 + 7)
        eq_int(read_back(short_fmt(&t_arena, (int64_t)id)), id);
    eq_int(read_back(short_fmt(&t_arena, INT64_MAX)), INT64_MAX);
}

static void it_is_read_as_people_type_it(void)
{
    int64_t id = read_back(S("1a0b-zzzz"));
    ok(id > 0);
    eq_int(read_back(S("1A0BZZZZ")), id);
    eq_int(read_back(S("lAoB-ZZzz")), id);
    eq_int(read_back(S("")), -1);
    eq_int(read_back(S("--")), -1);
    eq_int(read_back(S("1a0u")), -1);
    eq_int(read_back(S("1a0b zzzz")), -1);
    eq_int(read_back(S("zzzzzzzzzzzzzz")), -1);
}

static const struct test tests[] = { TEST(every_id_comes_back),
                                     TEST(it_is_read_as_people_type_it) };
TEST_MAIN(tests)
