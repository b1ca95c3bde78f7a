/* SPDX-License-Identifier: EUPL-1.2 */
/* Helpers for commands. */
#include "web/cli.h"

#include "web/city.h"

str cli_option(const struct cli *cli, const char *name, bool *found)
{
    str wanted = str_from_c(name);
    if (found)
        *found = false;
    for (size_t i = cli->option_count; i-- > 0;)
        if (str_eq(cli->options[i].name, wanted)) {
            if (found)
                *found = true;
            return cli->options[i].value;
        }
    return S("");
}

bool cli_switch(const struct cli *cli, const char *name)
{
    bool found = false;
    cli_option(cli, name, &found);
    return found;
}

void cli_problem(const struct cli *cli, str text)
{
    (void)cli;
    fprintf(stderr, "tandem: %.*s\n", STR_FMT(text));
}

void cli_say(const struct cli *cli, str text)
{
    (void)cli;
    printf("%.*s\n", STR_FMT(text));
}

bool cli_city(struct cli *cli, int64_t *city_id)
{
    str slug = cli_option(cli, "city", NULL);
    if (!slug.n) {
        cli_problem(cli, S("which town? --city SLUG"));
        return false;
    }
    struct city_list list = city_list_begin(cli->app->cities);
    const struct city *city = city_by_slug(&list, slug);
    *city_id = city ? city->id : 0;
    city_list_end(cli->app->cities, &list);
    if (!*city_id)
        cli_problem(cli, str_fmt(cli->arena, "there is no town '%.*s'", STR_FMT(slug)));
    return *city_id != 0;
}
