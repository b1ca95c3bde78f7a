/* SPDX-License-Identifier: EUPL-1.2 */
/* The commands. */
#include "bench/bench.h"

#define SIZE_MOST 50000000

static const struct command commands[] = {
    { "bench data",
      "[--offers N] [--people M] [--seed S] [--format csv|jsonl] [--out DIR] [--today DAY]",
      "make a believable Germany of offers and people; offers.csv is what `import` reads",
      bench_data, .early = true },
    { "bench search",
      "[--sizes 1800,100000,1000000] [--postgres URL] [--peers no] [--questions N] [--seconds N] "
      "[--svg FILE]",
      "the index beside SQLite (FTS5, R*Tree) and PostgreSQL (GIN, PostGIS), with the same answers",
      bench_search, .early = true },
    { "bench match", "[--people 100000,1000000,10000000] [--questions N]",
      "who fits an offer, among so many people", bench_match, .early = true },
    { "bench germany", "[--people 29000000] [--offers 600000] [--threads 2]",
      "everyone's ten best offers: a region and the country, or as many as are named",
      bench_germany, .early = true },
    { "bench http", "[SCRIPT]",
      "requests beside nginx, start, memory, writes: runs bench/run.sh of the source folder",
      bench_http, .early = true },
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

bool bench_sizes(struct cli *cli, const char *name, int64_t sizes[8], size_t *n)
{
    bool given = false, good = true;
    str list = cli_option(cli, name, &given);
    size_t count = 0;
    if (!given)
        return true;
    for (str part; good && str_next(&list, ',', &part); count++)
        good = count < 8 && str_to_i64(part, &sizes[count]) && sizes[count] > 0 &&
               sizes[count] <= SIZE_MOST;
    if (!good || !count)
        cli_problem(cli,
                    str_fmt(cli->arena, "--%s are up to eight numbers, parted by commas", name));
    *n = count;
    return good && count;
}
