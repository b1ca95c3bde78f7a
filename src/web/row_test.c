/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows as JSON and as cells: every type, present and absent. */
#include "web/row.h"

#include "base/test.h"

struct sample {
    int64_t id;
    int64_t seats;
    double price;
    str name;
    opt_int owner_id;
    opt_real share;
    opt_str note;
    int64_t seen_at;
};

static const struct db_column columns[] = {
    { "id", DB_INT, false, offsetof(struct sample, id) },
    { "seats", DB_INT, false, offsetof(struct sample, seats) },
    { "price", DB_REAL, false, offsetof(struct sample, price) },
    { "name", DB_TEXT, false, offsetof(struct sample, name) },
    { "owner_id", DB_INT, true, offsetof(struct sample, owner_id) },
    { "share", DB_REAL, true, offsetof(struct sample, share) },
    { "note", DB_TEXT, true, offsetof(struct sample, note) },
    { "seen_at", DB_INT, false, offsetof(struct sample, seen_at) },
};
static const struct db_row_type type = { "sample", columns, 8, sizeof(struct sample) };

static const struct sample full = {
    .id = INT64_MAX,
    .seats = -3,
    .price = 2.5,
    .name = STR_INIT("=1+1"),
    .owner_id = { true, 7 },
    .share = { true, 0.25 },
    .note = { true, STR_INIT("a;\"b\"") },
    .seen_at = 1782907500, /* summer time */
};
static const struct sample empty = { .id = 1 };

static void writes_json(void)
{
    struct out o = out_new(&t_arena, 0);
    struct json j = json_new(&o);
    json_array(&j);
    row_json(&j, &type, &full);
    row_json(&j, &type, &empty);
    json_array_end(&j);
    json_done(&j);
    eq_str(
        out_text(&o),
        S("[{\"id\":\"9223372036854775807\",\"seats\":-3,\"price\":2.500000,\"name\":\"=1+1\","
          "\"owner_id\":\"7\",\"share\":0.250000,\"note\":\"a;\\\"b\\\"\",\"seen_at\":1782907500},"
          "{\"id\":\"1\",\"seats\":0,\"price\":0.000000,\"name\":\"\",\"owner_id\":null,"
          "\"share\":null,\"note\":null,\"seen_at\":0}]"));
}

static str cells(const struct sample *row)
{
    struct out o = out_new(&t_arena, 0);
    for (unsigned i = 0; i < type.count; i++)
        out_fmt(&o, "%s%.*s", i ? "|" : "", STR_FMT(row_cell(&t_arena, &type, row, i)));
    return out_text(&o);
}

static void writes_cells(void)
{
    eq_str(cells(&full),
           S("9223372036854775807|-3|2.500000|=1+1|7|0.250000|a;\"b\"|2026-07-01 14:05"));
    eq_str(cells(&empty), S("1|0|0.000000|||||"));
}

static const struct test tests[] = { TEST(writes_json), TEST(writes_cells) };
TEST_MAIN(tests)
