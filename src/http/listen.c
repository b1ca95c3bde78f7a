/* SPDX-License-Identifier: EUPL-1.2 */
/* The listening socket; see listen.h. */
#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"

/* "host:port" or "[address]:port" into an address to bind to; NULL when it is none. */
static struct addrinfo *resolve(const char *listen_on)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
    struct addrinfo *found = NULL;
    struct arena a;
    int64_t number = -1;

    arena_init(&a, 0);
    str text = str_from_c(listen_on);
    size_t colon = text.n;
    while (colon > 0 && text.p[colon - 1] != ':')
        colon--;
    str host = str_slice(text, 0, colon ? colon - 1 : 0);
    str port = str_slice(text, colon, text.n);
    if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
        host = str_slice(host, 1, host.n - 1);
    bool good = host.n && str_to_i64(port, &number) && number >= 0 && number <= 65535;
    if (good && getaddrinfo(str_to_c(&a, host), str_to_c(&a, port), &hints, &found))
        found = NULL;
    arena_free(&a);
    return found;
}

static int bind_and_listen(const struct addrinfo *to)
{
    static const int on = 1;
    int fd = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (!bind(fd, to->ai_addr, to->ai_addrlen) && !listen(fd, 1024))
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

int listen_open(const char *listen_on, int *port)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } bound = { .v6 = { 0 } };
    socklen_t length = sizeof bound;
    struct addrinfo *to = resolve(listen_on);

    if (!to) {
        log_event(LOG_ERROR, "http.listen", { "address", str_from_c(listen_on) },
                  { "reason", S("not an address with a port") });
        return -1;
    }
    int fd = bind_and_listen(to);
    freeaddrinfo(to);
    if (fd < 0 || getsockname(fd, &bound.any, &length)) {
        log_event(LOG_ERROR, "http.listen", { "address", str_from_c(listen_on) },
                  { "reason", str_from_c(strerrordesc_np(errno)) });
        return -1;
    }
    *port = ntohs(bound.any.sa_family == AF_INET6 ? bound.v6.sin6_port : bound.v4.sin_port);
    return fd;
}
