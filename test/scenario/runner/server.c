/* SPDX-License-Identifier: EUPL-1.2 */
/* Processes: the program's commands, a server, PostgreSQL's client tools. See server.h. */
#include "server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "client.h"

#define START_SECONDS 60
#define STOP_SECONDS  20

/* Starts a program with its output in a file; the last argument is NULL. */
static pid_t spawn(const char *log, const char *const argv[])
{
    pid_t pid = fork();
    if (pid)
        return pid;
    int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd >= 0) {
        dup2(fd, STDOUT_FILENO);
        dup2(fd, STDERR_FILENO);
    }
    execvp(argv[0], (char *const *)(uintptr_t)argv); /* it changes nothing of them */
    _exit(127);
}

/* Shows what a program wrote before it failed. */
static void show(const char *log)
{
    char line[400];
    FILE *f = fopen(log, "r");
    while (f && fgets(line, sizeof line, f))
        fprintf(stderr, "# %s", line);
    if (f)
        fclose(f);
}

static bool run(const struct engine *e, const char *const argv[])
{
    const char *log = str_to_c(e->arena, str_fmt(e->arena, "%s/run.log", e->dir));
    int status = 0;
    pid_t pid = spawn(log, argv);
    if (pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && !WEXITSTATUS(status))
        return true;
    fprintf(stderr, "# %s failed:\n", argv[0]);
    show(log);
    return false;
}

/* "--db" for a database of this name. */
static char *address(const struct engine *e, const char *name)
{
    if (!e->postgres)
        return str_to_c(e->arena, str_fmt(e->arena, "sqlite:%s/%s.db", e->dir, name));
    /* postgresql:///postgres?host=… with another database */
    str base = str_from_c(e->postgres);
    ptrdiff_t query = str_find_byte(base, '?');
    str rest = query < 0 ? S("") : str_slice(base, (size_t)query, base.n);
    return str_to_c(e->arena, str_fmt(e->arena, "postgresql:///%s%.*s", name, STR_FMT(rest)));
}

/* For PostgreSQL's own tools. */
static const char *cluster(const struct engine *e)
{
    return str_to_c(e->arena, str_fmt(e->arena, "--maintenance-db=%s", e->postgres));
}

static char *setting(const struct engine *e, const char *name)
{
    return str_to_c(e->arena, str_fmt(e->arena, "secret_file=%s/%s", e->dir, name));
}

static bool create(const struct engine *e, const char *name, const char *from)
{
    const char *const argv[] = { "createdb", cluster(e), "-T", from, name, NULL };
    return run(e, argv);
}

bool engine_fill(const struct engine *e)
{
    const char *const demo[] = {
        e->tandem, "demo",     "--db", address(e, "scenario_demo"), "--set", setting(e, "key"),
        "--set",   "demo=yes", NULL
    };
    return (!e->postgres || create(e, "scenario_demo", "template0")) && run(e, demo);
}

static bool copy(const struct engine *e, const char *name)
{
    if (e->postgres)
        return create(e, name, "scenario_demo");
    const char *to = str_to_c(e->arena, str_fmt(e->arena, "%s/%s.db", e->dir, name));
    const char *from = str_to_c(e->arena, str_fmt(e->arena, "%s/scenario_demo.db", e->dir));
    const char *const argv[] = { "cp", from, to, NULL };
    return run(e, argv);
}

static bool drop(const struct engine *e, const char *name)
{
    const char *const argv[] = { "dropdb", cluster(e), name, NULL };
    return run(e, argv);
}

/* A port that is free now. */
static int free_port(void)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&a, n) || getsockname(fd, (struct sockaddr *)&a, &n))
        return 0;
    close(fd);
    return ntohs(a.sin_port);
}

static bool answers(const struct engine *e, int port)
{
    struct client c;
    if (!client_open(&c, e->arena, port))
        return false;
    client_close(&c);
    return true;
}

/* Waits for the process to end, at most so many seconds. */
static bool ends(pid_t pid, int seconds, int *status)
{
    int64_t until = clock_ticks() + (int64_t)seconds * 1000000;
    while (waitpid(pid, status, WNOHANG) == 0) {
        if (clock_ticks() > until)
            return false;
        usleep(5000);
    }
    return true;
}

bool server_start(const struct engine *e, const char *name, struct server *s)
{
    if (!copy(e, name))
        return false;
    s->port = free_port();
    s->log = str_to_c(e->arena, str_fmt(e->arena, "%s/%s.log", e->dir, name));
    char *listen = str_to_c(e->arena, str_fmt(e->arena, "127.0.0.1:%d", s->port));
    const char *const argv[] = { e->tandem,  "serve",    "--db",  address(e, name),
                                 "--listen", listen,     "--set", setting(e, "key"),
                                 "--set",    "demo=yes", NULL };
    s->pid = spawn(s->log, argv);
    int64_t until = clock_ticks() + (int64_t)START_SECONDS * 1000000;
    int status;
    while (s->pid > 0 && !answers(e, s->port)) {
        bool gone = waitpid(s->pid, &status, WNOHANG) != 0;
        if (!gone && clock_ticks() < until) {
            usleep(5000);
            continue;
        }
        fprintf(stderr, "# the server does not start:\n");
        show(s->log);
        if (!gone)
            kill(s->pid, SIGKILL);
        s->pid = 0;
    }
    return s->pid > 0;
}

bool server_stop(const struct engine *e, const char *name, struct server *s)
{
    int status = 0;
    kill(s->pid, SIGTERM);
    bool ended = ends(s->pid, STOP_SECONDS, &status);
    if (!ended) {
        kill(s->pid, SIGKILL);
        waitpid(s->pid, &status, 0);
    }
    s->pid = 0;
    bool clean = ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!clean)
        show(s->log);
    return (!e->postgres || drop(e, name)) && clean;
}
