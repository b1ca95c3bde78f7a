/* SPDX-License-Identifier: EUPL-1.2 */
/* Query strings, urlencoded forms and cookies: src/http/param.c. */
#include "fuzz.h"

#include "base/err.h"
#include "base/utf8.h"
#include "http/param.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    str s = { (const char *)bytes, n };
    struct http_fields fields;
    struct arena a;

    arena_init(&a, 0);
    int status = param_parse(&a, s, &fields);
    must(status == 0 || status == 400 || status == 413);
    must(fields.n <= PARAM_MAX);
    for (size_t i = 0; i < fields.n; i++) {
        must(fields.v[i].name.n <= PARAM_NAME_MAX);
        must(utf8_valid(fields.v[i].name) && utf8_valid(fields.v[i].value));
    }
    str cookie = param_cookie(s, S("a"));
    must(cookie.n <= n && str_find_byte(cookie, ';') < 0);
    arena_free(&a);
    return 0;
}
