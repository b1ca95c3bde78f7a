/* SPDX-License-Identifier: EUPL-1.2 */
/* Preferences of reading: "en.l.dark" in the cookie `view`. */
#include "web/prefer.h"

static const str sizes[] = { STR_INIT("s"), STR_INIT("m"), STR_INIT("l"), STR_INIT("xl") };
static const str schemes[] = { STR_INIT("auto"), STR_INIT("light"), STR_INIT("dark") };

static int position(const str *names, int n, str name, int fallback)
{
    for (int i = 0; i < n; i++)
        if (str_eq(names[i], name))
            return i;
    return fallback;
}

static bool offered(const struct rq *rq, enum lang lang)
{
    return !rq->city || rq->city->langs & (1u << lang);
}

void prefer_load(struct rq *rq)
{
    rq->size = SIZE_M;
    str view = http_cookie(rq->http, S("view"));
    str lang_code = S("");
    str size = S("");
    str scheme = S("");
    if (str_next(&view, '.', &lang_code) && str_next(&view, '.', &size))
        str_next(&view, '.', &scheme);
    rq->size = (enum text_size)position(sizes, 4, size, SIZE_M);
    rq->scheme = (enum scheme)position(schemes, 3, scheme, SCHEME_AUTO);
    str asked = http_param(rq->http->params, S("lang"), NULL);
    if ((lang_parse(asked, &rq->lang) && offered(rq, rq->lang)) ||
        (lang_parse(lang_code, &rq->lang) && offered(rq, rq->lang)) ||
        lang_accepted(http_header(rq->http, S("Accept-Language")),
                      rq->city ? rq->city->langs : UINT32_MAX, &rq->lang))
        return;
    rq->lang = rq->city ? rq->city->lang : LANG_DE;
}

void prefer_save(struct rq *rq)
{
    rq_header(rq, S("Set-Cookie"),
              str_fmt(rq->arena,
                      "view=%.*s.%.*s.%.*s; Path=/; HttpOnly; SameSite=Lax; "
                      "Max-Age=31536000",
                      STR_FMT(lang_info(rq->lang)->code), STR_FMT(sizes[rq->size]),
                      STR_FMT(schemes[rq->scheme])));
}

void prefer_remember(struct rq *rq)
{
    enum lang lang;
    str asked = http_param(rq->http->params, S("lang"), NULL);
    if (rq->format == FORMAT_HTML && lang_parse(asked, &lang) && lang == rq->lang)
        prefer_save(rq);
}

void prefer_note(struct rq *rq)
{
    int64_t number = -1;
    str note = http_cookie(rq->http, S("note"));
    if (!str_to_i64(note, &number) || !text_known(number))
        return;
    rq->note = text_of(rq, (enum msg)number);
    rq_header(rq, S("Set-Cookie"), S("note=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
}

str prefer_class(const struct rq *rq)
{
    /* KERN's tokens have classes of their own for what was chosen against the system. */
    static const char *const kern[] = { "", " kern-light", " kern-dark" };
    return str_fmt(rq->arena, "size-%.*s scheme-%.*s%s", STR_FMT(sizes[rq->size]),
                   STR_FMT(schemes[rq->scheme]), kern[rq->scheme]);
}
