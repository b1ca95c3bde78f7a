/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * scenario: runs all scenarios of a folder against the real program, each on a fresh copy of
 * the demo database, on SQLite and, when TANDEM_TEST_POSTGRES names one, on PostgreSQL.
 *
 *     scenario TANDEM FOLDER [NAME]
 *
 * Prints TAP, one line for each check; NAME runs only FOLDER/NAME.txt.
 */
#include <dirent.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"
#include "script.h"
#include "server.h"

static int count;
static int failures;

struct story {
    const struct engine *engine;
    const char *name;
};

static void put_line(bool good, const char *what)
{
    count++;
    failures += !good;
    printf("%s %d - %s\n", good ? "ok" : "not ok", count, what);
}

static void report(void *ctx, int line, str what, str why)
{
    const struct story *s = ctx;
    bool good = str_empty(why);
    count++;
    failures += !good;
    printf("%s %d - %s %s.txt:%d: %.*s\n", good ? "ok" : "not ok", count, s->engine->name, s->name,
           line, STR_FMT(what));
    if (!good)
        printf("# %.*s\n", STR_FMT(why));
}

static void tell(const struct engine *e, const char *folder, const char *name)
{
    struct server server = { 0 };
    struct story story = { e, name };
    str text = test_read_file(str_to_c(&t_arena, str_fmt(&t_arena, "%s/%s.txt", folder, name)));
    bool started = text.p && server_start(e, name, &server);
    put_line(started,
             str_to_c(&t_arena, str_fmt(&t_arena, "%s %s: the server starts", e->name, name)));
    if (!started)
        return;
    struct script script = { &t_arena, text, server.port, report, &story };
    script_run(&script);
    put_line(server_stop(e, name, &server),
             str_to_c(&t_arena, str_fmt(&t_arena, "%s %s: the server ends", e->name, name)));
}

static int is_scenario(const struct dirent *d)
{
    return str_ends(str_from_c(d->d_name), S(".txt"));
}

static void tell_all(const struct engine *e, const char *folder, const char *only)
{
    struct dirent **files;
    int n = scandir(folder, &files, is_scenario, alphasort);
    if (n == 0) {
        printf("ok %d - %s # SKIP no scenarios\n", ++count, e->name);
        free(files);
        return;
    }
    bool filled = n > 0 && engine_fill(e);
    put_line(filled, str_to_c(&t_arena, str_fmt(&t_arena, "%s: the demo is filled", e->name)));
    for (int i = 0; i < n; i++) {
        str name = str_from_c(files[i]->d_name);
        const char *stem = str_to_c(&t_arena, str_slice(name, 0, name.n - 4));
        if (filled && (!only || str_eq(str_from_c(only), str_from_c(stem))))
            tell(e, folder, stem);
        free(files[i]);
    }
    if (n >= 0)
        free(files);
}

static void remove_tree(char *dir)
{
    pid_t pid = fork();
    if (!pid) {
        execlp("rm", "rm", "-rf", dir, (char *)NULL);
        _exit(127);
    }
    waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
    char dir[] = "/tmp/tandem-scenario.XXXXXX";
    if (argc < 3 || !mkdtemp(dir)) {
        fprintf(stderr, "usage: scenario TANDEM FOLDER [NAME]\n");
        return 2;
    }
    arena_init(&t_arena, 0);
    setvbuf(stdout, NULL, _IOLBF, 0);
    struct engine engine = { "sqlite", NULL, argv[1], dir, &t_arena };
    tell_all(&engine, argv[2], argc > 3 ? argv[3] : NULL);
    engine.name = "postgres";
    engine.postgres = getenv("TANDEM_TEST_POSTGRES");
    if (engine.postgres)
        tell_all(&engine, argv[2], argc > 3 ? argv[3] : NULL);
    else
        printf("ok %d - postgres # SKIP no TANDEM_TEST_POSTGRES\n", ++count);
    printf("1..%d\n", count);
    remove_tree(dir);
    arena_free(&t_arena);
    return failures ? 1 : 0;
}
