/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The running program: what lives as long as the process and is shared by all requests.
 * Filled once by src/app before serving, then read only; what changes behind it (towns,
 * cache, index) guards itself.
 */
#ifndef WEB_APP_H
#define WEB_APP_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/crypt.h"
#include "base/err.h"
#include "db/db.h"
#include "http/http.h"

struct feature;
struct router;
struct city_registry;
struct desk;
struct page_cache;
struct workers;
struct scheduler;
struct search;
struct limits;
struct oidc;
struct tally;
struct seals;

/* Settings, from file, environment and --set; src/app/config.c is the table with the docs. */
struct config {
    const char *db; /* sqlite:PATH or postgresql://… */
    const char *listen;
    int64_t threads;
    const char *origin; /* "https://ehrenamt.example": for links in mails; empty: the request's */
    const char *secret_file;  /* 32 random bytes, made at first start */
    const char *erasure_file; /* who has left, for restores; empty: beside the secret */
    const char *trusted_proxy;
    const char *smtp; /* "smtp://host:25"; empty: mails stay in the outbox */
    const char *smtp_user;
    const char *smtp_password_file;
    const char *mail_from;
    const char *oidc_issuer; /* sign-in by a provider (feature/account/oidc.h); empty: none */
    const char *oidc_client_id;
    const char *oidc_secret_file;
    const char *oidc_label;       /* what people call it: "Stadt-Konto" */
    const char *oidc_towns;       /* slugs, by blanks; empty: all */
    const char *oidc_second_step; /* words of amr or acr that stand for one; empty: none does */
    bool oidc_mail_verified;      /* its mail addresses count as confirmed in any case */
    bool oidc_mail_connects;      /* … and connect an account without further proof */
    const char *proxy;            /* "http://host:port", for requests to the provider */
    bool demo;                    /* shows the mailbox page and the demo sign-ins */
    bool jobs;                    /* the scheduler runs in this process */
    int64_t cache_bytes;
};

struct app {
    struct config config;
    struct arena arena; /* lives as long as the process */
    struct store *store;
    const struct feature *const *features; /* ended by NULL */
    struct router *router;
    struct city_registry *cities;
    struct page_cache *cache;
    struct limits *limits; /* how often somebody may do something */
    struct seals *seals;   /* keys of sealed columns (web/seal.h) */
    struct workers *workers;
    struct scheduler *scheduler;
    const char *helper;             /* program that makes PDFs (web/pdf.h); NULL: there is none */
    struct search *search;          /* of feature/search */
    struct desk *desk;              /* of feature/desk: the index of people */
    struct oidc *oidc;              /* of feature/account; NULL: no provider is set */
    struct tally *tally;            /* of feature/tally; NULL: nothing is counted */
    _Atomic uint64_t index_version; /* of the search index; raised when it changes */
    uint8_t key[CRYPT_KEY_BYTES];
    str build;
    int64_t started_at;
    bool serving;        /* a server runs in this process, so that the index is worth building */
    _Atomic bool failed; /* a thread beside cannot go on: the program ends, and says so */
};

#endif
