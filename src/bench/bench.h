/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `tandem bench …`: made data and the published measurements (doc/performance.md). A layer of
 * its own beside the features; nothing of it runs unless it is asked for.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "web/cli.h"
#include "web/feature.h"

extern const struct feature bench_feature;

int bench_data(struct cli *cli);
int bench_search(struct cli *cli);
int bench_match(struct cli *cli);
int bench_germany(struct cli *cli);
int bench_http(struct cli *cli);

/*
 * The number of --name, or `usual` when it is not given; false, after saying so, when it is no
 * number of 0 … `most`.
 */
bool bench_number(struct cli *cli, const char *name, int64_t *number, int64_t most);
/* "1800,100000" of --name, at most eight; *n and sizes stay when it is not given. */
bool bench_sizes(struct cli *cli, const char *name, int64_t sizes[8], size_t *n);

#endif
