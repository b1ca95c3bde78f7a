/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A command of the `tandem` binary, as a feature sees it: arguments cut up, program opened.
 * Problems go to stderr, one line each; a command returns CLI_DONE, CLI_REFUSED (nothing
 * half-done remains) or CLI_USAGE.
 */
#ifndef WEB_CLI_H
#define WEB_CLI_H

#include "base/out.h"
#include "web/app.h"

enum { CLI_DONE = 0, CLI_REFUSED = 1, CLI_USAGE = 2 };

struct cli_option {
    str name;  /* without the dashes */
    str value; /* empty for a switch */
};

struct cli {
    struct app *app; /* the store is open and migrated, unless the command is `early` */
    struct arena *arena;
    str *args; /* what follows the command's name, without options */
    size_t arg_count;
    struct cli_option *options;
    size_t option_count;
};

/* The value of --name; *found may be NULL. */
str cli_option(const struct cli *cli, const char *name, bool *found);
bool cli_switch(const struct cli *cli, const char *name);
/* One line on stderr. */
void cli_problem(const struct cli *cli, str text);
/* One line on stdout. */
void cli_say(const struct cli *cli, str text);
/* The town that --city names; says so and returns false when there is none. */
struct city;
struct db;
bool cli_city(struct cli *cli, int64_t *city_id);

#endif
