/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `tandem bench http`: requests per second beside nginx. That needs nginx, wrk and a server that is
 * started and stopped, which a script says better: this runs bench/run.sh of the source folder, or
 * another one that is named.
 */
#include <errno.h>
#include <unistd.h>

#include "base/arena.h"
#include "bench/bench.h"

#define SCRIPT "bench/run.sh"

int bench_http(struct cli *cli)
{
    str script = cli->arg_count ? cli->args[0] : S(SCRIPT);
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n < 0)
        n = 0;
    program[n] = '\0';
    char *path = str_to_c(cli->arena, script);
    char *const args[] = { path, program, NULL };
    execv(path, args);
    cli_problem(cli,
                str_fmt(cli->arena, "%.*s: %s; call it in the source folder, or name the script",
                        STR_FMT(script), errno == ENOENT ? "not here" : "cannot be run"));
    return CLI_REFUSED;
}
