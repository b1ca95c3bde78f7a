/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages and JSON for refusals and failures. */
#include "web/error.h"

#include "web.text.h"
#include "web/feature.h"
#include "web/json.h"
#include "error.html.h"

static const struct {
    int status;
    str code;
    enum msg title;
    enum msg help;
} errors[] = {
    { 400, STR_INIT("bad_request"), MSG_error_400_title, MSG_error_400_help },
    { 401, STR_INIT("sign_in_first"), MSG_error_401_title, MSG_error_401_help },
    { 403, STR_INIT("forbidden"), MSG_error_403_title, MSG_error_403_help },
    { 404, STR_INIT("not_found"), MSG_error_404_title, MSG_error_404_help },
    { 405, STR_INIT("method_not_allowed"), MSG_error_405_title, MSG_error_405_help },
    { 409, STR_INIT("conflict"), MSG_error_409_title, MSG_error_409_help },
    { 413, STR_INIT("too_large"), MSG_error_413_title, MSG_error_413_help },
    { 422, STR_INIT("invalid"), MSG_error_422_title, MSG_error_422_help },
    { 429, STR_INIT("too_many"), MSG_error_429_title, MSG_error_429_help },
    { 500, STR_INIT("failed"), MSG_error_500_title, MSG_error_500_help },
    { 503, STR_INIT("unavailable"), MSG_error_503_title, MSG_error_503_help },
    { 507, STR_INIT("full"), MSG_error_507_title, MSG_error_507_help },
};

#define ERROR_COUNT (sizeof errors / sizeof *errors)

static size_t error_of(int status)
{
    size_t i = 0;
    while (i < ERROR_COUNT && errors[i].status != status)
        i++;
    return i < ERROR_COUNT ? i : error_of(500);
}

static void start_over(struct rq *rq, int status)
{
    rq->refused = true;
    rq->no_cache = true;
    rq->out->n = 0;
    rq->out->full = false;
    rq->reply->body = S("");
    rq->reply->status = status;
}

static void error_json(struct rq *rq, size_t i, bool fields)
{
    struct json j = json_new(rq->out);
    json_object(&j);
    json_key(&j, S("error"));
    json_object(&j);
    json_key(&j, S("code"));
    json_str(&j, errors[i].code);
    json_key(&j, S("message"));
    json_str(&j, text_of(rq, errors[i].title));
    if (fields) {
        json_key(&j, S("fields"));
        json_object(&j);
        for (size_t e = 0; e < rq->errors.n; e++) {
            json_key(&j, str_from_c(rq->errors.v[e].field ? rq->errors.v[e].field : "form"));
            json_str(&j, rq->errors.v[e].text);
        }
        json_object_end(&j);
    }
    json_object_end(&j);
    json_object_end(&j);
    rq->type = S("application/json");
}

/* ---- what somebody typed, when it could not be stored ---- */

/* Shorter texts are quickly typed again; they go along all the same. */
#define WORTH_SHOWING 40

/* What nobody should find on a page again. */
static bool is_secret(str name)
{
    return str_find(name, S("password")) >= 0 || str_eq(name, S("code"));
}

/* False where the form cannot be sent again as it was. */
static bool keep_typed(const struct rq *rq, struct error_typed *t)
{
    struct http_fields form = rq->http->form;
    struct http_field *all = NEW_ARRAY(rq->arena, form.n + 1, struct http_field);
    struct http_field *texts = NEW_ARRAY(rq->arena, form.n + 1, struct http_field);
    for (size_t i = 0; i < form.n; i++) {
        if (is_secret(form.v[i].name))
            return false;
        if (str_eq(form.v[i].name, S("csrf")))
            continue;
        all[t->all.n++] = form.v[i];
        if (form.v[i].value.n >= WORTH_SHOWING && !str_eq(form.v[i].name, S("shown")))
            texts[t->texts.n++] = form.v[i];
    }
    t->all.v = all;
    t->texts.v = texts;
    return true;
}

static bool stays_typed(const struct rq *rq, int status, struct error_typed *t)
{
    bool ours = status == 500 || status == 503 || status == 507;
    if (!ours || !rq->route || !rq->route->post || !rq->csrf.n || rq->http->upload_count)
        return false;
    t->where = rq->city ? link_to(rq, rq->path) : link_net(rq, rq->path);
    return keep_typed(rq, t);
}

void error_page(struct rq *rq, int status)
{
    struct error_typed typed = { 0 };
    size_t i = error_of(status);
    start_over(rq, status);
    if (rq->format != FORMAT_HTML) {
        error_json(rq, i, false);
        return;
    }
    rq->type = S("text/html; charset=utf-8");
    rq->crumbs.n = 0;
    bool again = stays_typed(rq, status, &typed);
    view_error_page(rq, &(struct error_said){ status, errors[i].title, errors[i].help },
                    again ? &typed : NULL);
}

void error_fields(struct rq *rq)
{
    start_over(rq, 422);
    error_json(rq, error_of(422), true);
}

/* Nothing can be allocated, so the headers are here; they are never written to. */
static struct http_field last_headers[] = {
    { STR_INIT("Content-Type"), STR_INIT("text/plain; charset=utf-8") },
    { STR_INIT("Content-Security-Policy"), STR_INIT("default-src 'none'; frame-ancestors 'none'") },
    { STR_INIT("X-Content-Type-Options"), STR_INIT("nosniff") },
    { STR_INIT("Referrer-Policy"), STR_INIT("no-referrer") },
    { STR_INIT("Cache-Control"), STR_INIT("no-store") },
    { STR_INIT("Retry-After"), STR_INIT("60") },
};

void error_last_resort(struct http_reply *reply)
{
    reply->status = 503;
    reply->headers = last_headers;
    reply->header_count = reply->header_cap = sizeof last_headers / sizeof *last_headers;
    reply->body = S("Der Dienst ist gerade nicht erreichbar. Bitte versuchen Sie es in einer "
                    "Minute noch einmal.\n");
}
