/* SPDX-License-Identifier: EUPL-1.2 */
/* Judged profiles: people as a counsellor would write them down, and what should come first. */
#ifndef RANKING_PROFILES_H
#define RANKING_PROFILES_H

#include "base/str.h"
#include "web/vocab.h"

#define PROFILE_GOOD  40
#define PROFILE_WORDS 8

struct profile {
    str kind, who; /* "school", "Retired teacher …" */
    uint64_t field, kinds, target;
    uint64_t never_field, never_kind, never_target;
    str words[PROFILE_WORDS];
    size_t n_words;
    str postcode;
    int64_t km; /* 0: however far */
    int64_t good[PROFILE_GOOD];
    size_t n_good;
};

struct profiles {
    struct profile *v;
    size_t n, cap;
};

/* Reads the file; stops with a failed check at what it does not understand. */
struct profiles profiles_read(struct arena *a, const char *file);
/* The body that asks the API for what fits, twenty offers. */
str profile_json(struct arena *a, const struct profile *p);
bool profile_is_good(const struct profile *p, int64_t source);

#endif
