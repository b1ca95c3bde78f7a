/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The whole program in the test's own process: opened on an empty store, asked through its
 * dispatcher without a socket. Replies that wait for their commit are waited for.
 * Neighbours: world.h (towns, people and offers to ask for), db/test_store.h (the stores).
 */
#ifndef TEST_PRODUCT_H
#define TEST_PRODUCT_H

#include "db/test_store.h"
#include "web/app.h"
#include "web/rq.h"

struct product {
    struct app app;
    const struct test_store *store;
    const struct feature **features;
    char key_dir[64];
};

/*
 * Opens the program on the store; `extra` is one more feature (routes, jobs), or NULL. False,
 * with a failed check, when it does not open; product_close must be called all the same.
 */
bool product_open(struct product *p, const struct test_store *store, const struct feature *extra);
void product_close(struct product *p);

/*
 * The test `name`: `name_here` on each store, in the world that the file's own
 * `with_product(run, store)` opens and closes around it.
 */
#define ON_EACH_STORE(name)                     \
    static void name##_on(struct test_store *t) \
    {                                           \
        with_product(name##_here, t);           \
    }                                           \
    TEST_EACH_STORE(name)

/* Somebody's browser. All zero: nobody that the program knows. */
struct visitor {
    int64_t account_id;
    int64_t session_id;
    str session;   /* value of the cookie that product_sign_in made */
    str preferred; /* value of the cookie `view` */
    str more;      /* other cookies: "a=b; c=d" */
};

/* A browser in which that account is signed in, just now. It is kept in t_arena. */
struct visitor product_sign_in(struct product *p, int64_t account_id);
/* Its proof of who it is was long ago: dangerous acts ask for a new one. */
void product_make_stale(struct product *p, const struct visitor *who);
/* The token that a form on a page of this browser carries. */
str product_token(struct product *p, const struct visitor *who);

/* Ends a list of headers or fields. */
#define LAST_FIELD                 \
    {                              \
        STR_INIT(""), STR_INIT("") \
    }

struct ask {
    enum http_method method;
    const char *target;
    const struct visitor *who;         /* NULL: nobody */
    const struct http_field *headers;  /* ended by LAST_FIELD; may be NULL */
    const struct http_field *fields;   /* of the form, ended by LAST_FIELD; may be NULL */
    const struct http_upload *uploads; /* files of the form */
    size_t upload_count;
    str body;         /* that is no form */
    const char *host; /* NULL: "tandem.example" */
    str peer;         /* empty: 192.0.2.1 */
    bool https;
    bool without_token; /* the fields are the whole form */
    /* Where the answer is kept; NULL: in t_arena. Who asks from a thread of its own brings one,
     * and the token among its fields. */
    struct arena *keep;
};

struct answer {
    int status;
    str body;
    struct http_fields headers;
    size_t memory; /* bytes of its arena that the request used */
};

/* Asks and waits for the answer, which is kept in t_arena. */
struct answer product_ask(struct product *p, const struct ask *ask);
/* The usual requests: a page; a form with its token. `fields` as in ask. */
struct answer get(struct product *p, const struct visitor *who, const char *target);
struct answer post(struct product *p, const struct visitor *who, const char *target,
                   const struct http_field *fields);

/* First header of that name; empty when absent. */
str header_of(const struct answer *a, str name);
/* Whether a Set-Cookie sets a cookie of that name; its value goes to *value, unless NULL. */
bool answer_cookie(const struct answer *a, str name, str *value);
bool answer_says(const struct answer *a, const char *text);

/* A number that every commit changes: equal before and after means that nothing was written. */
uint64_t product_moment(const struct product *p);

#endif
