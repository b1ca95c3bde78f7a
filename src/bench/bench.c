/* SPDX-License-Identifier: EUPL-1.2 */
/* The commands. */
#include "bench/bench.h"

static const struct command commands[] = {
    { "bench data",
      "[--offers N] [--people M] [--seed S] [--format csv|jsonl] [--out DIR] [--today DAY]",
      "make a believable Germany of offers and people; offers.csv is what `import` reads",
      bench_data, .early = true },
    { 0 },
};

const struct feature bench_feature = { .name = "bench", .commands = commands };

bool bench_number(struct cli *cli, const char *name, int64_t *number, int64_t most)
{
    bool given = false;
    str text = cli_option(cli, name, &given);
    if (!given)
        return true;
    if (str_to_i64(text, number) && *number >= 0 && *number <= most)
        return true;
    cli_problem(cli, str_fmt(cli->arena, "--%s is a number up to %lld", name, (long long)most));
    return false;
}
