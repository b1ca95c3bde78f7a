/* SPDX-License-Identifier: EUPL-1.2 */
/* The program's life: open, serve, drain, close. */
#include "app/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/feature_list.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/http.h"
#include "tables.h"
#include "version.h"
#include "web/city.h"
#include "web/dispatch.h"
#include "web/feature.h"
#include "web/job.h"
#include "web/limit.h"
#include "web/page_cache.h"
#include "web/procedure.h"
#include "web/router.h"
#include "web/seal.h"
#include "web/worker.h"

#define WORKERS       2
#define DRAIN_SECONDS 10
/* Callers whose rate is remembered at once; 16 bytes each. */
#define LIMITED_CALLERS 65536

/* Directories of a path, as far as they are missing. */
static void make_parents(struct arena *a, const char *path)
{
    char *copy = str_to_c(a, str_from_c(path));
    for (char *p = copy + 1; *p; p++)
        if (*p == '/') {
            *p = '\0';
            mkdir(copy, 0750); /* an existing one is fine, any other failure shows at open */
            *p = '/';
        }
}

/* Reads the installation's secret, or makes it when there is none. */
static enum err load_key(struct app *app)
{
    const char *path = app->config.secret_file;
    make_parents(&app->arena, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        crypt_random(app->key, sizeof app->key);
        fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        bool written =
            fd >= 0 && write(fd, app->key, sizeof app->key) == sizeof app->key && fsync(fd) == 0;
        if (fd >= 0)
            close(fd);
        return written ? ERR_OK : ERR_IO;
    }
    ssize_t n = read(fd, app->key, sizeof app->key);
    close(fd);
    return n == sizeof app->key ? ERR_OK : ERR_IO;
}

static enum err open_store(struct app *app)
{
    str address = str_from_c(app->config.db);
    if (str_starts(address, S("sqlite:")))
        make_parents(&app->arena, app->config.db + 7);
    struct store_options options = { .url = app->config.db };
    enum err e = store_open(&options, &app->store);
    if (e == ERR_OK)
        e = store_migrate(app->store, db_migrations, db_migration_count);
    return e;
}

static enum err start_features(struct app *app)
{
    enum err e = ERR_OK;
    for (const struct feature *const *f = app->features; *f && e == ERR_OK; f++)
        if ((*f)->start)
            e = (*f)->start(app);
    return e;
}

bool program_tables(struct app *app)
{
    app->features = features;
    app->build = S(TANDEM_VERSION);
    app->started_at = clock_now();
    app->router = router_new(&app->arena, features);
    return app->router && procedure_check(features);
}

enum err program_open(struct app *app)
{
    if (!program_tables(app))
        return ERR_INVALID;
    enum err e = load_key(app);
    if (e != ERR_OK)
        log_event(LOG_ERROR, "start.no_secret", { "file", str_from_c(app->config.secret_file) });
    if (e == ERR_OK)
        e = open_store(app);
    if (e == ERR_OK)
        e = city_registry_open(&app->arena, app->store, &app->cities);
    if (e == ERR_OK)
        e = seals_open(app);
    if (e != ERR_OK)
        return e;
    app->cache = page_cache_new(app, (size_t)app->config.cache_bytes);
    app->limits = limits_new(&app->arena, LIMITED_CALLERS);
    app->workers = workers_start(app, WORKERS);
    e = jobs_register(app);
    return e == ERR_OK ? start_features(app) : e;
}

void program_close(struct app *app)
{
    if (app->workers)
        workers_stop(app->workers);
    for (const struct feature *const *f = app->features; f && *f && app->workers; f++)
        if ((*f)->stop)
            (*f)->stop(app);
    if (app->cache)
        page_cache_free(app->cache);
    if (app->limits)
        limits_end(app->limits);
    seals_close(app);
    if (app->cities)
        city_registry_close(app->cities);
    if (app->store)
        store_close(app->store);
    arena_free(&app->arena);
    arena_thread_end();
}

/* Blocked in every thread, so that one place waits for them. */
static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    pthread_sigmask(SIG_BLOCK, set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int program_serve(struct app *app)
{
    sigset_t set;
    int got = 0;
    block_signals(&set);
    app->serving = true;
    if (program_open(app) != ERR_OK)
        return 1;
    struct http_options options = { .listen = app->config.listen,
                                    .threads = (int)app->config.threads,
                                    .trusted_proxy = str_from_c(app->config.trusted_proxy),
                                    .handler = dispatch,
                                    .refused = dispatch_refused,
                                    .ctx = app };
    struct http_server *server = NULL;
    if (http_start(&options, &server) != ERR_OK) {
        log_event(LOG_ERROR, "start.no_address", { "listen", str_from_c(app->config.listen) });
        return 1;
    }
    if (app->config.jobs)
        app->scheduler = scheduler_start(app);
    log_event(LOG_INFO, "serving", { "port", str_fmt(&app->arena, "%d", http_port(server)) },
              { "version", app->build });
    sigwait(&set, &got);
    log_event(LOG_INFO, "stopping", { "signal", str_fmt(&app->arena, "%d", got) });
    http_stop(server, DRAIN_SECONDS);
    if (app->scheduler)
        scheduler_stop(app->scheduler);
    return atomic_load(&app->failed) ? 1 : 0;
}
