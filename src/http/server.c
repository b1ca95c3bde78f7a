/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The seam over libmicrohttpd: the only file that knows it. Written against 0.9.75.
 *
 * One connection serves one request at a time, so that its struct conn holds all that is
 * known of the request. The library calls, all on the connection's own serving thread:
 *   connection_event  at its begin and end
 *   target_seen       when the request line has been read: the request begins
 *   serve             when the head is complete, for each piece of the body, when all is
 *                     there, and once more after a deferred reply was resumed
 *   request_ended     when the reply is sent or the connection lost
 *
 * The library frames requests itself, and leniently. What it hides by that is found again by
 * looking at where its strings lie in its buffer, see head_is_as_sent().
 */
#include "http/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/vec.h"
#include "http/accept.h"
#include "http/form.h"
#include "http/listen.h"
#include "http/refuse.h"
#include "http/watch.h"

/* In the library's pool beside the head: its records of the headers, and the head of our reply. */
#define POOL_BESIDE_HEAD ((size_t)8 << 10)
#define BODY_FIRST_CAP   ((size_t)64 << 10)
/* A body up to so many times the limit is read and dropped, so that its sender hears of it. */
#define BODY_SWALLOW 4
#define SWEEP_MS     250

enum phase {
    PHASE_IDLE, /* no request, or not yet the whole request line */
    PHASE_HEAD,
    PHASE_BODY,
    PHASE_RUN,   /* the handler runs, or has deferred its reply */
    PHASE_REPLY, /* the reply has been handed to the library */
};

/* Of a reply that may be deferred. */
enum hold { HOLD_RUNNING, HOLD_SUSPENDED, HOLD_RESUMED };

struct conn {
    struct watched watched; /* first: the list of all connections holds these */
    struct http_server *server;
    struct MHD_Connection *mhd;
    enum phase phase;
    bool first; /* no request yet: the deadline runs from the connection's begin */
    bool http_1_0;
    bool close; /* this reply is the connection's last */
    bool trusted;
    _Atomic int hold;
    struct arena arena;
    struct http_request rq;
    struct http_reply reply;
    struct body_plan plan;
    char *body;
    size_t body_n;
    size_t body_cap;
    int refused; /* the status for which the body is being swallowed; 0 */
};

struct http_server {
    struct http_options options;
    char *trusted_proxy;
    struct MHD_Daemon *mhd;
    struct acceptor acceptor;
    struct watch watch;
    int port;
    bool layout_known; /* the library is the release whose buffers we can read */
    _Atomic bool draining;
    _Atomic bool closed;
    _Atomic int running; /* handlers at work and deferred replies */
    _Atomic int sending; /* replies handed to the library and not yet sent */
    _Atomic size_t bodies;
};

/* The library asks for writable bytes where it only reads, and shows as constant what it owns. */
static void *writable(const void *p)
{
    union {
        const void *constant;
        void *writable;
    } u = { p };
    return u.writable;
}

/* --- connections ----------------------------------------------------------------------- */

/* The cache of arena chunks of a serving thread ends with it. */
static pthread_key_t thread_key;
static pthread_once_t thread_once = PTHREAD_ONCE_INIT;

static void thread_end(void *unused)
{
    arena_thread_end();
}

static void thread_key_make(void)
{
    must(!pthread_key_create(&thread_key, thread_end));
}

static void address_text(const struct sockaddr *sa, char text[48])
{
    static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

    text[0] = '\0';
    if (sa->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, text, 48);
    } else if (sa->sa_family == AF_INET6) {
        const uint8_t *ip = ((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr.s6_addr;
        bool v4 = !memcmp(ip, mapped, sizeof mapped);
        inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? ip + 12 : ip, text, 48);
    }
}

static bool is_trusted(const struct http_server *s, str address)
{
    str rest = s->options.trusted_proxy;
    str one;

    while (address.n && str_next(&rest, ',', &one))
        if (str_eq(str_trim(one), address))
            return true;
    return false;
}

static void conn_begin(struct http_server *s, struct MHD_Connection *mhd, void **slot)
{
    struct conn *c = calloc(1, sizeof *c);

    *slot = c;
    if (!c)
        return;
    c->server = s;
    c->mhd = mhd;
    c->first = true;
    c->watched.fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    address_text(MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
                 c->watched.address);
    c->trusted = is_trusted(s, str_from_c(c->watched.address));
    watch_deadline(&c->watched, s->options.limits.head_ms, false);
    watch_add(&s->watch, &c->watched, c->trusted ? 0 : (size_t)s->options.limits.per_address);
}

static void connection_event(void *ctx, struct MHD_Connection *mhd, void **slot,
                             enum MHD_ConnectionNotificationCode code)
{
    struct http_server *s = ctx;
    struct conn *c = *slot;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        conn_begin(s, mhd, slot);
    } else if (c) {
        watch_remove(&s->watch, &c->watched);
        free(c);
    }
}

/* --- requests -------------------------------------------------------------------------- */

/*
 * The library would parse the query, leniently and into its small pool. It looks at what
 * follows the '?' after it has shown us the target: an end there leaves the query to us.
 */
static void hide_query(const char *target)
{
    ptrdiff_t question = str_find_byte(str_from_c(target), '?');
    if (question >= 0)
        ((char *)writable(target))[question + 1] = '\0';
}

/*
 * It would also copy the cookies and take them apart, into the same pool; it looks for the
 * first header of that name, so that an empty one in front leaves the cookies to us.
 */
static const char no_cookies[] = "Cookie";

/* What http_resume does for this server. */
static void resume(struct http_reply *reply)
{
    struct conn *c = reply->connection;

    if (atomic_exchange(&c->hold, HOLD_RESUMED) == HOLD_SUSPENDED)
        MHD_resume_connection(c->mhd);
}

/* Its answer becomes the request's context. */
static void *target_seen(void *ctx, const char *target, struct MHD_Connection *mhd)
{
    struct http_server *s = ctx;
    struct conn *c =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;

    if (!c)
        return NULL;
    pthread_setspecific(thread_key, s);
    if (!c->first)
        watch_deadline(&c->watched, s->options.limits.head_ms, false);
    c->first = false;
    c->phase = PHASE_HEAD;
    c->close = false;
    c->refused = 0;
    c->rq = (struct http_request){ .arena = &c->arena };
    c->reply = (struct http_reply){ .connection = c, .resume = resume };
    arena_init(&c->arena, 0);
    c->rq.target = str_copy(&c->arena, str_from_c(target));
    if (s->layout_known)
        hide_query(target);
    MHD_set_connection_value_n(mhd, MHD_HEADER_KIND, no_cookies, sizeof no_cookies - 1, "", 0);
    return c;
}

/* Leaves all text as it is: refuse.c decodes, strictly. */
static size_t leave_escaped(void *ctx, struct MHD_Connection *mhd, char *text)
{
    return str_from_c(text).n;
}

static void body_drop(struct conn *c)
{
    if (c->body)
        atomic_fetch_sub(&c->server->bodies, c->body_cap);
    free(c->body);
    c->body = NULL;
    c->body_n = 0;
    c->body_cap = 0;
}

static void request_ended(void *ctx, struct MHD_Connection *mhd, void **slot,
                          enum MHD_RequestTerminationCode how)
{
    struct http_server *s = ctx;
    struct conn *c = *slot;

    if (!c)
        return;
    if (c->reply.done)
        c->reply.done(c->reply.done_ctx);
    c->reply.done = NULL;
    if (c->phase == PHASE_REPLY)
        atomic_fetch_sub(&s->sending, 1);
    body_drop(c);
    arena_free(&c->arena);
    c->phase = PHASE_IDLE;
    watch_deadline(&c->watched, s->options.limits.idle_ms, true);
}

/* --- replies --------------------------------------------------------------------------- */

static enum MHD_Result send_reply(struct conn *c)
{
    struct http_reply *reply = &c->reply;
    /* With 304 the library would announce the body's length, and many clients then wait for it. */
    if (reply->status == 304)
        reply->body = (str){ NULL, 0 };
    struct MHD_Response *response = MHD_create_response_from_buffer(
        reply->body.n, writable(reply->body.p), MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result = response ? MHD_YES : MHD_NO;

    for (size_t i = 0; result == MHD_YES && i < reply->header_count; i++)
        result = MHD_add_response_header(response, str_to_c(&c->arena, reply->headers[i].name),
                                         str_to_c(&c->arena, reply->headers[i].value));
    if (result == MHD_YES && (c->close || c->http_1_0 || atomic_load(&c->server->draining)))
        result = MHD_add_response_header(response, "Connection", "close");
    if (result == MHD_YES)
        result = MHD_queue_response(c->mhd, (unsigned)reply->status, response);
    if (response)
        MHD_destroy_response(response);
    if (result == MHD_YES) {
        c->phase = PHASE_REPLY;
        atomic_fetch_add(&c->server->sending, 1);
        const struct http_limits *l = &c->server->options.limits;
        int64_t ms = l->reply_ms + (int64_t)(reply->body.n / l->reply_rate) * 1000;
        watch_deadline(&c->watched, ms, false);
    }
    return result;
}

/* Answers with a refusal and lets the connection end. */
static enum MHD_Result refuse(struct conn *c, int status)
{
    const struct http_options *o = &c->server->options;
    struct http_reply *reply = &c->reply;

    c->close = true;
    reply->status = status;
    if (o->refused) {
        c->arena.limit = c->arena.used + ARENA_REQUEST_LIMIT;
        o->refused(o->ctx, &c->rq, reply);
        must(!reply->deferred);
        reply->status = status;
    } else {
        http_reply_header(&c->rq, reply, S("Content-Type"), S("text/plain; charset=utf-8"));
        reply->body = str_join(&c->arena, refuse_reason(status), S("\n"));
    }
    if (status == 405)
        http_reply_header(&c->rq, reply, S("Allow"), S("GET, HEAD, POST, PUT, DELETE, OPTIONS"));
    return send_reply(c);
}

/* --- heads ----------------------------------------------------------------------------- */

struct fields {
    struct http_field *v;
    size_t n, cap;
    struct arena *arena;
};

static enum MHD_Result add_field(void *ctx, enum MHD_ValueKind kind, const char *name,
                                 size_t name_n, const char *value, size_t value_n)
{
    struct fields *fields = ctx;

    if (name != no_cookies)
        *vec_add(fields->arena, fields) =
            (struct http_field){ { name, name_n }, { value, value_n } };
    return MHD_YES;
}

/* One CR LF, of which the library has made two NUL, lies between the two places. */
static bool one_line_break(const char *end, const char *next)
{
    return next - end == 2 && !end[0] && !end[1];
}

/*
 * The library 0.9.75 hides some things that a strict server must refuse: it ends lines at a
 * bare LF, cuts values at a NUL, joins folded lines and skips blanks in the request line. But
 * its strings are slices of the head as it was received, with separators overwritten by NUL.
 * So they must follow each other without a gap; where they do not, something was hidden.
 */
static bool head_is_as_sent(const struct head *head, const char *path)
{
    const char *p = head->method.p + head->method.n;
    const char *end = head->method.p + head->bytes;

    if (path != p + 1 || head->version.p != path + head->target.n + 1)
        return false;
    p = head->version.p + head->version.n;
    for (size_t i = 0; i < head->headers.n; i++) {
        const struct http_field *f = &head->headers.v[i];
        if (!one_line_break(p, f->name.p) || f->value.p <= f->name.p + f->name.n)
            return false;
        p = f->value.p + f->value.n;
    }
    return one_line_break(p, p + 2) && one_line_break(p + 2, end);
}

static void set_peer(struct conn *c)
{
    str forwarded = { NULL, 0 };
    str proto = { NULL, 0 };
    str part = S("");

    c->rq.peer = str_copy(&c->arena, str_from_c(c->watched.address));
    c->rq.scheme = S("http");
    if (!c->trusted)
        return;
    for (size_t i = 0; i < c->rq.headers.n; i++) {
        if (str_ieq(c->rq.headers.v[i].name, S("X-Forwarded-For")))
            forwarded = c->rq.headers.v[i].value;
        else if (str_ieq(c->rq.headers.v[i].name, S("X-Forwarded-Proto")))
            proto = c->rq.headers.v[i].value;
    }
    if (str_ieq(str_trim(proto), S("https")))
        c->rq.scheme = S("https");
    /* The proxy appends the address it saw; all before it is hearsay. */
    while (str_next(&forwarded, ',', &part))
        ;
    unsigned char binary[16];
    part = str_trim(part);
    const char *text = str_to_c(&c->arena, part);
    if (inet_pton(AF_INET, text, binary) == 1 || inet_pton(AF_INET6, text, binary) == 1)
        c->rq.peer = part;
}

/* The head is complete: refused, or the body is awaited. */
static enum MHD_Result head_complete(struct conn *c, const char *path, const char *method,
                                     const char *version)
{
    struct fields fields = { .arena = &c->arena };
    const struct http_limits *limits = &c->server->options.limits;

    MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, add_field, &fields);
    struct head head = {
        .method = str_from_c(method),
        .target = c->rq.target,
        .version = str_from_c(version),
        .headers = { fields.v, fields.n },
        .bytes =
            MHD_get_connection_info(c->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size,
    };
    c->http_1_0 = str_eq(head.version, S("HTTP/1.0"));
    bool hidden = c->server->layout_known && !head_is_as_sent(&head, path);
    int status = hidden ? 400 : refuse_head(&head, limits, &c->rq, &c->plan);
    set_peer(c);
    if (!status && c->plan.length > limits->body) {
        bool asked = http_header(&c->rq, S("Expect")).n > 0;
        if (asked || c->plan.length / BODY_SWALLOW > limits->body)
            status = 413;
        else
            c->refused = 413;
    }
    if (status)
        return refuse(c, status);
    /* A second reading of the chunks by a proxy in front cannot matter when nothing follows. */
    c->close = c->plan.chunked || c->refused;
    c->phase = PHASE_BODY;
    if (c->plan.chunked || c->plan.length)
        watch_deadline(&c->watched, limits->body_ms, false);
    return MHD_YES;
}

/* --- bodies ---------------------------------------------------------------------------- */

static bool body_room(struct conn *c, size_t n)
{
    const struct http_limits *limits = &c->server->options.limits;

    if (n <= c->body_cap - c->body_n)
        return true;
    size_t cap = c->body_cap ? c->body_cap * 2 : BODY_FIRST_CAP;
    if (c->plan.length && cap > c->plan.length)
        cap = c->plan.length;
    while (cap < c->body_n + n)
        cap *= 2;
    size_t more = cap - c->body_cap;
    if (atomic_fetch_add(&c->server->bodies, more) + more > limits->bodies) {
        atomic_fetch_sub(&c->server->bodies, more);
        return false;
    }
    char *p = realloc(c->body, cap);
    if (!p) {
        atomic_fetch_sub(&c->server->bodies, more);
        return false;
    }
    c->body = p;
    c->body_cap = cap;
    return true;
}

/* A piece of the body. After a refusal pieces are only counted, up to a point. */
static enum MHD_Result body_piece(struct conn *c, const char *p, size_t n)
{
    size_t limit = c->server->options.limits.body;

    if (!c->refused && n > limit - c->body_n)
        c->refused = 413;
    else if (!c->refused && !body_room(c, n))
        c->refused = 503;
    if (!c->refused) {
        memcpy(c->body + c->body_n, p, n);
        c->body_n += n;
        return MHD_YES;
    }
    c->close = true;
    size_t seen = c->body_n;
    body_drop(c);
    c->body_n = seen + n;
    return c->body_n / BODY_SWALLOW > limit ? MHD_NO : MHD_YES;
}

/* --- the library's handler ------------------------------------------------------------- */

static enum MHD_Result after_handler(struct conn *c)
{
    int running = HOLD_RUNNING;

    if (!c->reply.deferred) {
        atomic_fetch_sub(&c->server->running, 1);
        return send_reply(c);
    }
    /* From here on http_resume may come at any time, and may have come already. */
    MHD_suspend_connection(c->mhd);
    if (!atomic_compare_exchange_strong(&c->hold, &running, HOLD_SUSPENDED))
        MHD_resume_connection(c->mhd);
    return MHD_YES;
}

static enum MHD_Result dispatch(struct conn *c)
{
    const struct http_options *o = &c->server->options;

    if (c->refused)
        return refuse(c, c->refused);
    c->rq.body = (str){ c->body, c->body_n };
    int status = c->rq.method == HTTP_POST ? form_decode(&c->rq) : 0;
    atomic_fetch_add(&c->server->running, 1);
    if (!status && atomic_load(&c->server->closed))
        status = 503;
    if (status) {
        atomic_fetch_sub(&c->server->running, 1);
        return refuse(c, status);
    }
    c->phase = PHASE_RUN;
    watch_deadline(&c->watched, 0, false);
    atomic_store(&c->hold, HOLD_RUNNING);
    c->arena.limit = c->arena.used + ARENA_REQUEST_LIMIT;
    c->reply.status = 200;
    o->handler(o->ctx, &c->rq, &c->reply);
    return after_handler(c);
}

static enum MHD_Result serve(void *ctx, struct MHD_Connection *mhd, const char *path,
                             const char *method, const char *version, const char *piece,
                             size_t *piece_n, void **slot)
{
    struct conn *c = *slot;

    if (!c)
        return MHD_NO;
    if (c->phase == PHASE_HEAD)
        return head_complete(c, path, method, version);
    if (c->phase == PHASE_BODY && *piece_n) {
        size_t n = *piece_n;
        *piece_n = 0;
        return body_piece(c, piece, n);
    }
    if (c->phase == PHASE_BODY)
        return dispatch(c);
    if (c->phase == PHASE_RUN && atomic_load(&c->hold) == HOLD_RESUMED) {
        atomic_fetch_sub(&c->server->running, 1);
        return send_reply(c);
    }
    return MHD_YES;
}

/* --- starting and stopping ------------------------------------------------------------- */

static void set_defaults(struct http_options *o)
{
    struct http_limits *l = &o->limits;

    l->target = l->target ? l->target : (size_t)4 << 10;
    l->head = l->head ? l->head : (size_t)8 << 10;
    l->headers = l->headers ? l->headers : 100;
    l->body = l->body ? l->body : (size_t)12 << 20;
    l->bodies = l->bodies ? l->bodies : (size_t)256 << 20;
    l->head_ms = l->head_ms ? l->head_ms : 10000;
    l->body_ms = l->body_ms ? l->body_ms : 60000;
    l->idle_ms = l->idle_ms ? l->idle_ms : 30000;
    l->reply_ms = l->reply_ms ? l->reply_ms : 30000;
    l->reply_rate = l->reply_rate ? l->reply_rate : (size_t)16 << 10;
    l->connections = l->connections ? l->connections : 4096;
    if (o->threads <= 0)
        o->threads = (int)sysconf(_SC_NPROCESSORS_ONLN);
}

/* The library gives it to a thread by its number, so that they get equally many; it closes it. */
static void take_connection(void *ctx, int fd, const struct sockaddr *from, socklen_t length)
{
    struct http_server *s = ctx;

    MHD_add_connection(s->mhd, fd, from, length);
}

static struct MHD_Daemon *start_library(struct http_server *s)
{
    const struct http_limits *l = &s->options.limits;
    unsigned threads = (unsigned)s->options.threads;

    /* Above our own cap, so that watch.c can choose whom to close. */
    unsigned most = (unsigned)l->connections + 64 * threads;
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME |
            MHD_USE_NO_LISTEN_SOCKET,
        0, NULL, NULL, serve, s, MHD_OPTION_THREAD_POOL_SIZE, threads > 1 ? threads : 0,
        MHD_OPTION_CONNECTION_LIMIT, most, MHD_OPTION_CONNECTION_TIMEOUT, 0U,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, l->head + POOL_BESIDE_HEAD,
        MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_URI_LOG_CALLBACK, target_seen, s,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, s, MHD_OPTION_NOTIFY_COMPLETED, request_ended,
        s, MHD_OPTION_NOTIFY_CONNECTION, connection_event, s, MHD_OPTION_END);
}

static enum err server_start(struct http_server *s)
{
    int shortest = s->options.limits.head_ms;
    int fd = listen_open(s->options.listen, &s->port);

    if (fd < 0)
        return ERR_IO;
    shortest = shortest < s->options.limits.body_ms ? shortest : s->options.limits.body_ms;
    shortest = shortest < s->options.limits.idle_ms ? shortest : s->options.limits.idle_ms;
    int period = shortest / 8 < SWEEP_MS ? shortest / 8 + 1 : SWEEP_MS;
    enum err e = watch_start(&s->watch, (size_t)s->options.limits.connections, period);
    if (e)
        goto close_listener;
    s->mhd = start_library(s);
    s->acceptor = (struct acceptor){ .fd = fd, .take = take_connection, .ctx = s };
    e = s->mhd ? accept_start(&s->acceptor) : ERR_ENGINE;
    if (!e)
        return ERR_OK;
    log_event(LOG_ERROR, "http.start", { "reason", S("the library does not start") });
    if (s->mhd)
        MHD_stop_daemon(s->mhd);
    watch_stop(&s->watch);
close_listener:
    close(fd);
    return e;
}

enum err http_start(const struct http_options *options, struct http_server **server)
{
    struct http_server *s = calloc(1, sizeof *s);

    if (!s)
        return ERR_LIMIT;
    must(options->handler);
    pthread_once(&thread_once, thread_key_make);
    s->options = *options;
    set_defaults(&s->options);
    s->layout_known = str_eq(str_from_c(MHD_get_version()), S("0.9.75"));
    if (!s->layout_known)
        log_event(LOG_WARNING, "http.library", { "version", str_from_c(MHD_get_version()) },
                  { "tested", S("0.9.75") });
    enum err e = server_start(s);
    if (e)
        free(s);
    else
        *server = s;
    return e;
}

int http_port(const struct http_server *server)
{
    return server->port;
}

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000L }, NULL);
}

void http_stop(struct http_server *s, int seconds)
{
    int64_t deadline = clock_ticks() + (int64_t)seconds * 1000000;

    atomic_store(&s->draining, true);
    accept_stop(&s->acceptor);
    while ((atomic_load(&s->running) || atomic_load(&s->sending)) && clock_ticks() < deadline)
        pause_ms(2);
    atomic_store(&s->closed, true);
    if (atomic_load(&s->running))
        log_event(LOG_WARNING, "http.stop", { "reason", S("waiting for deferred replies") });
    while (atomic_load(&s->running))
        pause_ms(2);
    MHD_stop_daemon(s->mhd);
    watch_stop(&s->watch);
    free(s);
}
