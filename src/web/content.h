/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a record says, as one hash: whether a source or a person changed it. The features say what
 * belongs to it and in which order (feature/opportunity/hash.c, feature/organisation/hash.c).
 */
#ifndef WEB_CONTENT_H
#define WEB_CONTENT_H

#include "base/arena.h"
#include "base/str.h"
#include "db/opt.h"

struct content {
    const str *texts;
    size_t text_count;
    const int64_t *numbers;
    size_t number_count;
    opt_real lat, lon;
};

/* SHA-256 in hexadecimal, in the arena. Stored with records: the way of hashing never changes. */
str content_hash(struct arena *a, const struct content *content);

#endif
