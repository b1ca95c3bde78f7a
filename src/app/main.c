/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * `tandem`: cuts up the command line, reads the settings, runs one command. Commands are
 * listed by the features; `serve`, `config`, `version` and `help` are here.
 */
#include "app/config.h"
#include "app/feature_list.h"
#include "app/program.h"
#include "base/crypt.h"
#include "base/vec.h"
#include "version.h"
#include "web/cli.h"
#include "web/feature.h"
#include "web/pdf.h"
#include "web/pdf_helper.h"

struct words {
    str *v;
    size_t n, cap;
};

struct options {
    struct cli_option *v;
    size_t n, cap;
};

/* Options that take no value. */
static bool is_switch(str name)
{
    return str_eq(name, S("dry-run")) || str_eq(name, S("json")) || str_eq(name, S("doc")) ||
           str_eq(name, S("overwrite")) || str_eq(name, S("assured")) ||
           str_eq(name, S("all-new")) || str_eq(name, S("password-stdin")) ||
           str_eq(name, S("help"));
}

/* False when an option lacks its value. */
static bool cut(struct arena *a, int argc, char **argv, struct words *words,
                struct options *options)
{
    for (int i = 1; i < argc; i++) {
        str arg = str_from_c(argv[i]);
        if (!str_starts(arg, S("--")) || arg.n == 2) {
            *vec_add(a, words) = arg;
            continue;
        }
        str name = str_slice(arg, 2, arg.n);
        str value = S("");
        ptrdiff_t at = str_find_byte(name, '=');
        if (at > 0 && !str_eq(str_slice(name, 0, (size_t)at), S("set"))) {
            value = str_slice(name, (size_t)at + 1, name.n);
            name = str_slice(name, 0, (size_t)at);
        } else if (!is_switch(name)) {
            if (++i == argc)
                return false;
            value = str_from_c(argv[i]);
        }
        *vec_add(a, options) = (struct cli_option){ name, value };
    }
    return true;
}

static enum err settle(struct arena *a, struct config *c, const struct options *options, str *why)
{
    config_defaults(c);
    enum err e = ERR_OK;
    for (size_t i = 0; i < options->n && e == ERR_OK; i++)
        if (str_eq(options->v[i].name, S("config")))
            e = config_file(a, c, str_to_c(a, options->v[i].value), why);
    if (e == ERR_OK)
        e = config_environment(a, c, why);
    for (size_t i = 0; i < options->n && e == ERR_OK; i++) {
        str name = options->v[i].name;
        str value = options->v[i].value;
        if (str_eq(name, S("set")))
            e = config_set(a, c, value, why);
        else if (str_eq(name, S("db")) || str_eq(name, S("listen")))
            e = config_set(a, c, str_fmt(a, "%.*s=%.*s", STR_FMT(name), STR_FMT(value)), why);
    }
    return e;
}

static void print_help(void)
{
    printf("tandem — the software of a town's volunteering office\n\n"
           "  serve [--listen 127.0.0.1:8080]\n      serve all towns\n"
           "  config --doc\n      print all settings\n"
           "  version\n");
    for (const struct feature *const *f = features; *f; f++)
        for (const struct command *c = (*f)->commands; c && c->name; c++)
            printf("  %s %s\n      %s\n", c->name, c->usage, c->doc);
    printf("\nEvery command takes --db URL, --config FILE and --set key=value.\n");
}

/* The command whose name is the beginning of the words; *used is its number of words. */
static const struct command *find_command(struct arena *a, const struct words *words, size_t *used)
{
    for (const struct feature *const *f = features; *f; f++)
        for (const struct command *c = (*f)->commands; c && c->name; c++) {
            str name = str_from_c(c->name);
            bool two = str_find_byte(name, ' ') > 0;
            *used = two ? 2 : 1;
            str said = words->v[0];
            if (two && words->n > 1)
                said = str_fmt(a, "%.*s %.*s", STR_FMT(words->v[0]), STR_FMT(words->v[1]));
            if (str_eq(said, name))
                return c;
        }
    return NULL;
}

/* Of "city" alone: how "city add" and "city list" are used. */
static int refuse_command(str first)
{
    bool begins = false;
    for (const struct feature *const *f = features; *f; f++)
        for (const struct command *c = (*f)->commands; c && c->name; c++) {
            str rest = str_from_c(c->name), word;
            if (!str_next(&rest, ' ', &word) || !rest.n || !str_eq(word, first))
                continue;
            fprintf(stderr, "tandem: usage: tandem %s %s\n", c->name, c->usage);
            begins = true;
        }
    if (!begins)
        fprintf(stderr, "tandem: there is no command '%.*s'; see tandem help\n", STR_FMT(first));
    return CLI_USAGE;
}

static int run_command(struct app *app, struct arena *a, const struct words *words,
                       const struct options *options)
{
    size_t used = 0;
    const struct command *c = find_command(a, words, &used);
    if (!c)
        return refuse_command(words->v[0]);
    struct cli cli = { .app = app,
                       .arena = a,
                       .args = words->v + used,
                       .arg_count = words->n - used,
                       .options = options->v,
                       .option_count = options->n };
    int status = CLI_REFUSED;
    if (c->early ? program_tables(app) : program_open(app) == ERR_OK)
        status = c->run(&cli);
    else
        cli_problem(&cli, S("the installation cannot be opened"));
    if (status == CLI_USAGE)
        cli_problem(&cli, str_fmt(a, "usage: tandem %s %s", c->name, c->usage));
    return status;
}

static int run(struct app *app, struct arena *a, int argc, char **argv)
{
    struct words words = { 0 };
    struct options options = { 0 };
    str why = S("");
    if (!cut(a, argc, argv, &words, &options) || !words.n) {
        print_help();
        return words.n ? CLI_USAGE : argc > 1 ? CLI_DONE : CLI_USAGE;
    }
    if (settle(a, &app->config, &options, &why) != ERR_OK) {
        fprintf(stderr, "tandem: %.*s\n", STR_FMT(why));
        return CLI_USAGE;
    }
    str name = words.v[0];
    if (str_eq(name, S("serve")))
        return program_serve(app);
    if (str_eq(name, S("version"))) {
        printf("tandem %s\n", TANDEM_VERSION);
        return CLI_DONE;
    }
    if (str_eq(name, S("config"))) {
        struct out o = out_new(a, 0);
        config_doc(&o);
        printf("%.*s", STR_FMT(out_text(&o)));
        return CLI_DONE;
    }
    if (str_eq(name, S("help"))) {
        print_help();
        return CLI_DONE;
    }
    return run_command(app, a, &words, &options);
}

int main(int argc, char **argv)
{
    struct arena a;
    static struct app app; /* the one process-wide object; threads hold pointers to it */
    if (argc == 2 && str_eq(str_from_c(argv[1]), S(PDF_VERB)))
        pdf_helper();
    crypt_init();
    arena_init(&a, 0);
    app.helper = "/proc/self/exe";
    int status = run(&app, &a, argc, argv);
    program_close(&app);
    arena_free(&a);
    arena_thread_end();
    return status;
}
