/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The feature contract: a feature is one `const struct feature` of constant tables, listed
 * in src/app/feature_list.c. From these tables come the dispatch, the access table, the
 * navigation, the sitemap, OpenAPI, the job list and `tandem routes`.
 */
#ifndef WEB_FEATURE_H
#define WEB_FEATURE_H

#include "http/http.h"
#include "web/access.h"
#include "web/rq.h"
#include "web/text.h"

struct tx;
struct job_run;
struct cli;
struct schema;
struct app;
struct token;
struct record_kind;
struct procedure;
struct erasure;
struct merge_kind;
struct merge_ref;

/* A parameter of an address or its answer, for OpenAPI and for people reading the table. */
struct param {
    const char *name;
    const char *type; /* "string", "integer", "number", "boolean", "array" */
    const char *doc;
};

enum route_scope {
    IN_CITY,   /* /{city}/… or a town's own domain */
    IN_NETWORK /* /…: the same on every host */
};

struct route {
    enum http_method method;
    const char *path; /* "/angebote/{id}": {id} is decimal, any other name is one segment */
    void (*get)(struct rq *rq);
    void (*post)(struct rq *rq, struct tx *tx);
    struct access access;
    enum route_scope scope;
    const char *api;             /* English path under /api/v1/{city}; NULL: none */
    const char *doc;             /* one English sentence */
    const struct param *params;  /* query parameters, ended by {0} */
    const struct schema *answer; /* of the JSON */
    const struct schema *body;   /* of the JSON that it is asked with (ASK); NULL: none */
    /* After each 200 to a GET, also from the page cache: reads rq, must cost next to nothing. */
    void (*seen)(const struct rq *rq);
    bool slow; /* runs on a worker, never on a serving thread */
    /*
     * Of a slow POST: runs before its transaction, with a reader, so that nobody's writing
     * waits for what takes long (password hashing). Leaves what it found in rq->prepared.
     */
    void (*prepare)(struct rq *rq);
    bool lasting; /* an address with ?v= may be kept by browsers for good */
    bool listed;  /* belongs into the sitemap */
    bool asks;    /* a POST that reads: made by ASK */
    bool reads;   /* a POST that changes nothing but the read log: also for who only reads */
    bool no_csrf; /* authorised by something else than a cookie */
    bool secret;  /* the address is a key: told to nobody (Referer), kept by nobody */
    bool framed;  /* made for other sites: sees and sets no cookie, rq->framers may frame it */
    bool frames;  /* shows framed pages of ours */
    /*
     * A dangerous act: the session must have proven within SESSION_FRESH who it is, else the
     * person is asked first, and what was typed comes back (ASVS 5.0, 7.5.1).
     */
    bool fresh;
};

/*
 * A GET handler has no type through which it could write; a POST handler gets the
 * transaction. The access rule is not optional.
 */
#define GET(at, handler, rule, ...)                                                   \
    {                                                                                 \
        .method = HTTP_GET, .path = at, .get = handler, .access = rule, ##__VA_ARGS__ \
    }
#define POST(at, handler, rule, ...)                                                    \
    {                                                                                   \
        .method = HTTP_POST, .path = at, .post = handler, .access = rule, ##__VA_ARGS__ \
    }
/*
 * A question that does not fit into an address, or should not stand in one: a POST that only
 * reads. It has nothing it could write with and so needs no form token.
 */
#define ASK(at, handler, rule, ...)                                                    \
    {                                                                                  \
        .method = HTTP_POST, .path = at, .get = handler, .asks = true, .access = rule, \
        ##__VA_ARGS__                                                                  \
    }

/* A line of the navigation. */
enum nav_menu {
    NAV_ALONE,  /* stands for itself */
    NAV_PEOPLE, /* behind "Menschen": those who help, and what is done for them */
    NAV_SELDOM, /* behind "Verwaltung": not a daily task */
};

struct nav {
    enum msg label;
    const char *path;
    enum access_kind kind;
    enum permission permission; /* for ACCESS_CAN */
    bool office;                /* in the office's navigation, not in the public one */
    enum nav_menu menu;         /* of the office */
    int order;
};

/* A recurring job of the scheduler inside the process. */
struct job {
    const char *name; /* "mail.send" */
    const char *doc;
    int every; /* seconds; 0: once a day at `hour` German time */
    int hour;
    void (*run)(struct job_run *job);
};

/* A subcommand of the `tandem` binary. */
struct command {
    const char *name; /* "city add" */
    const char *usage;
    const char *doc;
    int (*run)(struct cli *cli);
    bool early; /* needs the tables of the features only: opens no store and makes no file */
};

/*
 * One of several things that a link can do, or a page below it. POST /l/{token} with
 * act=NAME, or POST /l/{token}/NAME, acts; GET /l/{token}/NAME shows, where there is a page.
 */
struct link_part {
    const char *name;                                                     /* "confirm" */
    void (*show)(struct rq *rq, const struct token *token);               /* NULL: only a button */
    void (*act)(struct rq *rq, struct tx *tx, const struct token *token); /* NULL: only a page */
    bool when_over; /* also when the link has expired: "send me a new one" */
};

/*
 * What the links of one purpose do (web/token.h): GET /l/{token} shows and never writes,
 * POST acts (mail scanners open links). Either there is one act, which uses the link up
 * unless it is rolled back, or the link lasts until it expires and has parts.
 */
struct mailed_link {
    const char *purpose; /* as given to token_new; no two features have the same */
    void (*show)(struct rq *rq, const struct token *token);
    void (*act)(struct rq *rq, struct tx *tx, const struct token *token);
    const struct link_part *parts; /* ended by {0} */
    bool lasts;
    /* What an expired or used link says (with 410); NULL: the usual page. */
    void (*over)(struct rq *rq, const struct token *token);
};

/* How rows of a table are erased where that is more than deleting them (web/erasure.h). */
struct erasure_act {
    const char *table;
    void (*erase)(struct tx *tx, const struct erasure *e);
    /* After somebody has corrected a name or number of theirs: what is derived of it. */
    void (*corrected)(struct tx *tx, int64_t city_id, str mail);
};

struct feature {
    const char *name;
    const struct route *routes; /* ended by {0}, as all tables */
    const struct nav *nav;
    const struct job *jobs;
    const struct command *commands;
    const struct mailed_link *links;
    const struct record_kind *const *records;  /* web/record.h; ended by NULL */
    const struct procedure *const *procedures; /* web/procedure.h; ended by NULL */
    const struct erasure_act *erasures;
    /* What hangs on rows of another feature's table, by its name: runs before such a row goes. */
    const struct erasure_act *hung;
    const struct merge_kind *merges;    /* web/merge.h: records of it can be merged; NULL: none */
    const struct merge_ref *merge_refs; /* rows that hang on such records; ended by {0} */
    /* Called once after migration, before serving; may fill caches. */
    enum err (*start)(struct app *app);
    void (*stop)(struct app *app);
    /*
     * Somebody leaves: what this feature refers to the account by. What belongs to the person as a
     * whole is found by the .privacy files (web/erasure.h).
     */
    void (*person_erase)(struct rq *rq, struct tx *tx, int64_t account_id);
    /* Somebody takes a consent back (feature/consent): what runs because of it. */
    void (*consent_withdrawn)(struct rq *rq, struct tx *tx, str purpose, int64_t subject_id);
};

#endif
