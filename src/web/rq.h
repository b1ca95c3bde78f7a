/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One request, from the dispatcher through a handler to the reply. Everything in it lives
 * until the reply is sent. Handlers are straight-line C: they read from rq, run
 * statements, and end by calling one view, one rq_see (redirect) or one of the refusals.
 */
#ifndef WEB_RQ_H
#define WEB_RQ_H

#include "base/arena.h"
#include "base/out.h"
#include "base/str.h"
#include "db/db.h"
#include "http/http.h"
#include "web/access.h"
#include "web/city.h"
#include "web/lang.h"
#include "web/text.h"
#include "web/url.h"

struct app;
struct route;
struct json;
struct limit_rule;

enum format { FORMAT_HTML, FORMAT_JSON, FORMAT_ICS };

enum text_size { SIZE_S, SIZE_M, SIZE_L, SIZE_XL };
enum scheme { SCHEME_AUTO, SCHEME_LIGHT, SCHEME_DARK };

/* The person behind the request; all zero for somebody who is not signed in. */
struct who {
    int64_t account_id;
    int64_t session_id;
    str name;
    str mail;
    int64_t proven_at;          /* when this session last showed who it is */
    int64_t ends_at;            /* when it is over, however much it is used */
    int way;                    /* the session came in: enum session_way */
    bool second_step;           /* the account signs in with a second step */
    bool step_missing;          /* … and needs one here, but has none */
    const struct grant *grants; /* in the town of this request */
    size_t grant_count;
    uint32_t city_permissions; /* of all town-wide grants, as bits */
};

/* What a person typed wrong: shown at the field and in the summary above the form. */
struct form_error {
    const char *field;
    str text;
};

struct rq {
    struct arena *arena;
    struct out *out;
    struct db *db; /* reads; inside a POST it looks through the transaction */
    struct app *app;
    const struct http_request *http;
    struct http_reply *reply;
    const struct route *route;
    const struct city *city;        /* NULL on the network's own pages */
    const struct city_list *cities; /* all towns, as long as the request */
    str base;                       /* prefix of the town's addresses: "/luebeck", or empty */
    str path;                       /* below the base, without ".json" */
    str segments[4];                /* values of {…} in the route, in order */
    size_t segment_count;
    enum lang lang;
    enum text_size size;
    enum scheme scheme;
    enum format format;
    struct who who;
    str csrf; /* token for forms of this page */
    struct {
        struct form_error *v;
        size_t n, cap;
    } errors;
    struct {
        struct crumb *v;
        size_t n, cap;
    } crumbs;
    const struct remembered *remembered; /* by the cookie, NULL without one: remember.h */
    str note;               /* what the request before this one had to say; may be empty */
    str type;               /* content type of the answer */
    str framers;            /* of a framed route: who may frame it, for CSP; empty: nobody */
    uint64_t index_version; /* of the search index that the answer came from; 0: none */
    struct page_days *days; /* what page_day wrote already; NULL: it keeps nothing */
    void *prepared;         /* by the route's `prepare`, for its handler */
    bool refused;           /* a refusal has been written: nothing may be committed */
    bool no_cache;          /* the answer depends on more than its key */
    bool personal;          /* Cache-Control: no-store */
};

/* A step of the breadcrumb. */
struct crumb {
    str label;
    url link;
};

/* ---- what was asked ---- */

/* The first {id} of the route, as number: digits are guaranteed by the router. */
int64_t rq_id(const struct rq *rq);
/* The n-th {…} of the route as text. */
str rq_segment(const struct rq *rq, size_t n);
/* All parameters, in order: of the form (POST), or of the query. */
struct http_fields rq_given(const struct rq *rq);
/* First value of a query (GET) or form (POST) parameter; empty when absent. */
str rq_param(const struct rq *rq, const char *name);
bool rq_has_param(const struct rq *rq, const char *name);
/* A whole number within bounds, else the fallback. */
int64_t rq_param_int(const struct rq *rq, const char *name, int64_t fallback);
/* Whether a repeated parameter has this value among its values. */
bool rq_param_has(const struct rq *rq, const char *name, str value);

/* ---- addresses ---- */

/* An address of this town: link(rq, S("/angebote")) is "/luebeck/angebote". */
url link_to(const struct rq *rq, str path);
url link_id(const struct rq *rq, str path, int64_t id);
/* The same with a part behind the id: link_id_sub(rq, S("/angebote/"), 7, S("/bearbeiten")). */
url link_id_sub(const struct rq *rq, str path, int64_t id, str sub);
/* An address of another town: on its own domain, where it has one. */
url link_in(const struct rq *rq, const struct city *city, str path);
/* An address outside of any town: the network's page, assets. */
url link_net(const struct rq *rq, str path);
/* An address with a place on its page: link_place(rq, page, S("angebot-"), 7) ends in "#angebot-7".
 */
url link_place(const struct rq *rq, url page, str name, int64_t id);
/* This page with one query parameter set (or removed, when the value is empty). */
url link_with(const struct rq *rq, const char *name, str value);
/* This page with one more value of a repeatable parameter, or with that one less. */
url link_plus(const struct rq *rq, const char *name, str value);
url link_minus(const struct rq *rq, const char *name, str value);
/* Another page of the same list; the same query at another path. */
url link_page(const struct rq *rq, int64_t page);
url link_same(const struct rq *rq, str path);
/* mailto: with a subject (may be empty); see also url_phone and url_of in url.h. */
url link_mail(const struct rq *rq, str address, str subject);
/* mailto: to nobody yet, with subject and text. */
url link_share(const struct rq *rq, str subject, str text);
/* A path of this town with a query made of the fields, percent-encoded. */
url link_query(const struct rq *rq, str path, const struct http_field *fields, size_t n);
/* Absolute, with scheme and host: for mails, feeds and JSON. */
url link_absolute(const struct rq *rq, url relative);

/*
 * What a job or a command needs to write in a town's name: texts in its language (`lang` may
 * be changed), links as its pages have them. There is no visitor and nothing to answer.
 */
struct rq rq_outside(struct app *app, struct db *db, const struct city_list *cities,
                     const struct city *city);

/* ---- answers ---- */

void rq_status(struct rq *rq, int status);
void rq_header(struct rq *rq, str name, str value);
void rq_type(struct rq *rq, str content_type);
/* 303 to an address of this town, path and id: "see there what came of it". */
void rq_see(struct rq *rq, str path, int64_t id);
void rq_see_url(struct rq *rq, url where);
/* 301: the same thing is at another address for good. */
void rq_moved(struct rq *rq, url where);
void rq_not_found(struct rq *rq);
void rq_forbidden(struct rq *rq);
/* 409: somebody else was faster; the page says what to do. */
void rq_conflict(struct rq *rq);
void rq_too_many(struct rq *rq, int seconds);
/* Takes a token of a limit (limit.h): true, and answered by rq_too_many, when there is none. */
bool rq_limited(struct rq *rq, const struct limit_rule *rule, uint64_t key);
/*
 * A cookie for this host alone, out of reach of scripts, kept for so many seconds (0: gone).
 * Its name gets "__Host-" in front where the browser would believe it, which needs TLS.
 */
void rq_cookie_set(struct rq *rq, str name, str value, int64_t seconds);
/* What it holds; empty when there is none. */
str rq_cookie(const struct rq *rq, str name);
/* A message for the next page that this person sees, across one redirect. */
void rq_note(struct rq *rq, enum msg text);

/* ---- forms ---- */

/* Adds an error at a field (NULL: at the form as a whole). */
void rq_error(struct rq *rq, const char *field, str text);
/* The error of a field; empty when there is none. */
str rq_error_of(const struct rq *rq, const char *field);
static inline bool rq_ok(const struct rq *rq)
{
    return rq->errors.n == 0;
}

void rq_crumb(struct rq *rq, str label, url link);

static inline bool rq_signed_in(const struct rq *rq)
{
    return rq->who.account_id != 0;
}

static inline bool rq_wants_json(const struct rq *rq)
{
    return rq->format == FORMAT_JSON;
}

#endif
