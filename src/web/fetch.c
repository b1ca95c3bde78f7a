/* SPDX-License-Identifier: EUPL-1.2 */
/* One request by HTTPS. Beside smtp.c (mail) the only file that knows libcurl. */
#include "web/fetch.h"

#include <curl/curl.h>

#include "base/arena.h"
#include "base/out.h"

/* The host with its port, of an address that begins with the scheme. */
static str authority(str address, str scheme)
{
    str rest = str_slice(address, scheme.n, address.n);
    size_t n = 0;
    while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?' && rest.p[n] != '#')
        n++;
    return str_slice(rest, 0, n);
}

static bool is_printable(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '\\')
            return false;
    return true;
}

bool fetch_may(str address)
{
    bool plain = str_starts(address, S("http://"));
    str host = authority(address, plain ? S("http://") : S("https://"));
    if ((!plain && !str_starts(address, S("https://"))) || !is_printable(address))
        return false;
    if (!host.n || host.p[0] == ':' || str_find_byte(host, '@') >= 0)
        return false;
    str name = host;
    str port = host;
    if (plain && !str_starts(host, S("[::1]"))) {
        str_next(&port, ':', &name);
        return str_eq(name, S("127.0.0.1"));
    }
    return true;
}

static size_t take(char *bytes, size_t size, size_t n, void *ctx)
{
    struct out *o = ctx;
    out_bytes(o, bytes, size * n);
    return o->full ? 0 : size * n; /* less than there was: libcurl gives up */
}

static void set_options(CURL *curl, struct arena *a, const struct fetch_ask *ask, struct out *body)
{
    curl_easy_setopt(curl, CURLOPT_URL, str_to_c(a, ask->address));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR,
                     str_starts(ask->address, S("https://")) ? "https" : "http");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)FETCH_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, (long)FETCH_BYTES);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Tandem");
    curl_easy_setopt(curl, CURLOPT_PROXY, ask->proxy ? ask->proxy : "");
    if (ask->form.n) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)ask->form.n);
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, ask->form.p);
    }
    if (ask->user.n) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, str_to_c(a, ask->user));
        curl_easy_setopt(curl, CURLOPT_PASSWORD, str_to_c(a, ask->password));
    }
}

enum err fetch(struct arena *a, const struct fetch_ask *ask, struct fetch_answer *answer, str *why)
{
    *answer = (struct fetch_answer){ 0 };
    if (!fetch_may(ask->address)) {
        *why = S("not an address of HTTPS");
        return ERR_INVALID;
    }
    CURL *curl = curl_easy_init();
    if (!curl)
        return ERR_ENGINE;
    struct arena_hold hold = arena_hold(a); /* nothing may be unwound through the library */
    struct out body = out_new(a, FETCH_BYTES);
    struct curl_slist *accept = curl_slist_append(NULL, "Accept: application/json");
    long status = 0;
    set_options(curl, a, ask, &body);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, accept);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(accept);
    curl_easy_cleanup(curl);
    arena_release(a, hold);
    *answer = (struct fetch_answer){ (int)status, out_text(&body) };
    if (code == CURLE_OK)
        return ERR_OK;
    *why = body.full ? S("the answer is too large") : str_from_c(curl_easy_strerror(code));
    return body.full ? ERR_LIMIT : ERR_IO;
}
