/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/hash.h"

#include "base/test.h"

static str hashed(str s)
{
    char *hex = arena_bytes(&t_arena, HASH_HEX);
    hash_hex(s, hex);
    return (str){ hex, HASH_HEX };
}

static void tells_texts_apart(void)
{
    /* The library's own value for nothing. */
    eq_str(hashed(S("")), S("99aa06d3014798d86001c324468d497f"));
    eq_str(hashed(S("one")), hashed(S("one")));
    ok(!str_eq(hashed(S("one")), hashed(S("onf"))));
    char *page = arena_alloc(&t_arena, 40000);
    str before = hashed((str){ page, 40000 });
    page[39999] = 1;
    ok(!str_eq(hashed((str){ page, 40000 }), before));
}

static const struct test tests[] = { TEST(tells_texts_apart) };
TEST_MAIN(tests)
