/* SPDX-License-Identifier: EUPL-1.2 */
/* Request targets and hosts: src/http/target.c and refuse.c. */
#include "fuzz.h"

#include "base/err.h"
#include "base/utf8.h"
#include "http/refuse.h"

static void check_path(str path)
{
    str segment;
    str rest = path;

    must(path.n && path.p[0] == '/' && utf8_valid(path) && !str_starts(path, S("//")));
    must(str_find_byte(path, '\\') < 0 && str_find_byte(path, '\n') < 0);
    while (str_next(&rest, '/', &segment))
        must(!str_eq(segment, S(".")) && !str_eq(segment, S("..")));
}

static void check_host(str host)
{
    must(host.n && host.n <= 255);
    for (size_t i = 0; i < host.n; i++)
        must(host.p[i] > ' ' && host.p[i] < 0x7f && !(host.p[i] >= 'A' && host.p[i] <= 'Z'));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    str s = { (const char *)bytes, n };
    struct arena a;
    struct http_request rq = { .arena = &a };
    str authority;
    str host;

    arena_init(&a, 0);
    int status = target_parse(s, &rq, &authority);
    must(status == 0 || status == 400 || status == 414);
    if (!status)
        check_path(rq.path);
    if (host_parse(&a, s, &host))
        check_host(host);
    arena_free(&a);
    return 0;
}
