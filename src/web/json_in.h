/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading JSON (RFC 8259) into a tree that lives in an arena. Wraps jansson. Writing is
 * json.h.
 *
 *     str problem;
 *     const struct json_in *in = json_in_parse(rq->arena, body, &problem);
 *     str near = json_in_str(json_in_find(in, S("near")));
 *
 * The readers take NULL and values of another kind, and then give an empty answer, so that
 * a chain of them needs no checks in between. Refused: more than JSON_IN_BYTES, deeper than
 * JSON_IN_DEPTH, more than JSON_IN_VALUES, the same key twice, text behind the end.
 */
#ifndef WEB_JSON_IN_H
#define WEB_JSON_IN_H

#include "base/str.h"

#define JSON_IN_BYTES  ((size_t)1 << 20)
#define JSON_IN_DEPTH  32
#define JSON_IN_VALUES 100000

enum json_in_kind {
    JSON_IN_NULL,
    JSON_IN_BOOL,
    JSON_IN_INT,
    JSON_IN_REAL,
    JSON_IN_STR,
    JSON_IN_ARRAY,
    JSON_IN_OBJECT
};

struct json_in {
    enum json_in_kind kind;
    str key;                 /* of a member of an object */
    str s;                   /* JSON_IN_STR */
    int64_t i;               /* JSON_IN_INT, JSON_IN_BOOL */
    double r;                /* JSON_IN_REAL, and JSON_IN_INT as real */
    const struct json_in *v; /* members or items, in the order of the text */
    size_t n;
};

/* NULL when the text is refused; *problem then says why, in English, with the line. */
const struct json_in *json_in_parse(struct arena *a, str text, str *problem);

/* The member of an object, or NULL. */
const struct json_in *json_in_find(const struct json_in *object, str key);
/* The text; empty when it is none. */
str json_in_str(const struct json_in *v);
/* The whole number, else the fallback. */
int64_t json_in_int(const struct json_in *v, int64_t fallback);
/* The number, else the fallback. */
double json_in_real(const struct json_in *v, double fallback);
bool json_in_bool(const struct json_in *v, bool fallback);
/* Whether there is a value of this kind. */
bool json_in_is(const struct json_in *v, enum json_in_kind kind);

#endif
