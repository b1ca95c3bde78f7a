/* SPDX-License-Identifier: EUPL-1.2 */
/* The mail server of the tests; see smtp_sink.h. */
#include "smtp_sink.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "base/out.h"
#include "base/vec.h"

struct smtp_sink {
    struct arena arena;
    pthread_t thread;
    pthread_mutex_t lock;
    int listener;
    char url[40];
    struct {
        struct smtp_taken *v;
        size_t n, cap;
    } taken;
};

/* One connection, read line by line. */
struct session {
    struct smtp_sink *sink;
    int fd;
    char in[4096];
    size_t at, n;
    char line[4096];
    struct smtp_taken mail;
};

static void say(const struct session *s, const char *line)
{
    str text = str_from_c(line);
    ssize_t written = write(s->fd, text.p, text.n);
    (void)written; /* the sender notices */
}

/* Reads on where everything has been used; false at the end. */
static bool more(struct session *s)
{
    if (s->at < s->n)
        return true;
    ssize_t got = read(s->fd, s->in, sizeof s->in);
    s->at = 0;
    s->n = got > 0 ? (size_t)got : 0;
    return got > 0;
}

/* The next line without its CR LF; a NULL text at the end. */
static str next_line(struct session *s)
{
    size_t n = 0;
    while (more(s)) {
        char c = s->in[s->at++];
        if (c == '\n')
            return (str){ s->line, n && s->line[n - 1] == '\r' ? n - 1 : n };
        must(n < sizeof s->line);
        s->line[n++] = c;
    }
    return (str){ NULL, 0 };
}

/* What is between the brackets. */
static str address(struct session *s, str line)
{
    ptrdiff_t from = str_find_byte(line, '<');
    ptrdiff_t to = str_find_byte(line, '>');
    must(from >= 0 && to > from);
    return str_copy(&s->sink->arena, str_slice(line, (size_t)from + 1, (size_t)to));
}

static void take_data(struct session *s)
{
    struct out o = out_new(&s->sink->arena, 0);
    str line;
    say(s, "354 go on\r\n");
    while ((line = next_line(s)).p && !str_eq(line, S("."))) {
        out_str(&o, str_starts(line, S(".")) ? str_slice(line, 1, line.n) : line);
        OUT(&o, "\r\n");
    }
    if (!line.p)
        return;
    s->mail.data = out_text(&o);
    *vec_add(&s->sink->arena, &s->sink->taken) = s->mail;
    say(s, "250 taken\r\n");
}

static bool recipient(struct session *s, str line)
{
    str one = address(s, line);
    if (str_starts(one, S("hangup")))
        return false;
    if (str_starts(one, S("refused"))) {
        say(s, "550 nobody here\r\n");
        return true;
    }
    s->mail.to = s->mail.to.n
                     ? str_fmt(&s->sink->arena, "%.*s %.*s", STR_FMT(s->mail.to), STR_FMT(one))
                     : one;
    say(s, "250 fine\r\n");
    return true;
}

/* Answers one line; false when the connection is over. */
static bool answer(struct session *s, str line)
{
    if (str_starts(line, S("QUIT"))) {
        say(s, "221 bye\r\n");
        return false;
    }
    if (str_starts(line, S("MAIL FROM:"))) {
        s->mail = (struct smtp_taken){ .from = address(s, line) };
        say(s, "250 fine\r\n");
    } else if (str_starts(line, S("RCPT TO:"))) {
        return recipient(s, line);
    } else if (str_eq(line, S("DATA"))) {
        take_data(s);
    } else {
        say(s, str_starts(line, S("EHLO")) ? "250 sink\r\n" : "500 what?\r\n");
    }
    return true;
}

static void serve(struct smtp_sink *sink, int fd)
{
    struct session s = { .sink = sink, .fd = fd };
    str line;
    bool go_on = true;
    say(&s, "220 sink\r\n");
    while (go_on && (line = next_line(&s)).p) {
        pthread_mutex_lock(&sink->lock);
        go_on = answer(&s, line);
        pthread_mutex_unlock(&sink->lock);
    }
    close(fd);
}

static void *run(void *ctx)
{
    struct smtp_sink *s = ctx;
    int fd;
    while ((fd = accept(s->listener, NULL, NULL)) >= 0)
        serve(s, fd);
    arena_thread_end();
    return NULL;
}

struct smtp_sink *smtp_sink_start(void)
{
    struct arena a;
    arena_init(&a, 0);
    struct smtp_sink *s = NEW(&a, struct smtp_sink);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t n = sizeof at;
    s->arena = a;
    s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(bind(s->listener, (const void *)&at, n) == 0 && listen(s->listener, 16) == 0);
    must(getsockname(s->listener, (void *)&at, &n) == 0);
    snprintf(s->url, sizeof s->url, "smtp://127.0.0.1:%d", ntohs(at.sin_port));
    pthread_mutex_init(&s->lock, NULL);
    must(pthread_create(&s->thread, NULL, run, s) == 0);
    return s;
}

void smtp_sink_stop(struct smtp_sink *s)
{
    shutdown(s->listener, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->listener);
    pthread_mutex_destroy(&s->lock);
    struct arena whole = s->arena; /* it lives in it itself */
    arena_free(&whole);
}

const char *smtp_sink_url(const struct smtp_sink *s)
{
    return s->url;
}

size_t smtp_sink_count(struct smtp_sink *s)
{
    pthread_mutex_lock(&s->lock);
    size_t n = s->taken.n;
    pthread_mutex_unlock(&s->lock);
    return n;
}

struct smtp_taken smtp_sink_get(struct smtp_sink *s, size_t n)
{
    pthread_mutex_lock(&s->lock);
    must(n < s->taken.n);
    struct smtp_taken taken = s->taken.v[n];
    pthread_mutex_unlock(&s->lock);
    return taken;
}
