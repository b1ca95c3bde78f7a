/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writing JSON (RFC 8259), piece by piece, into a struct out.
 *
 *     struct json j = json_new(&out);
 *     json_object(&j);
 *     json_key(&j, S("total"));
 *     json_int(&j, n);
 *     json_object_end(&j);
 *     json_done(&j);
 *
 * Commas and quotes are the writer's business. Misuse (a value without its key, an end
 * that does not match, two documents in one) is a programmer's mistake and stops the
 * process. The text is always valid UTF-8, and `<` is escaped, so that it may stand inside
 * a script element. Reading is json_in.h.
 */
#ifndef WEB_JSON_H
#define WEB_JSON_H

#include "base/out.h"

#define JSON_DEPTH 32

struct json {
    struct out *out;
    uint32_t objects; /* bit i: level i is an object, else an array */
    uint8_t depth;
    bool comma;  /* a value came before on this level */
    bool keyed;  /* a key waits for its value */
    bool closed; /* the document is complete */
};

struct json json_new(struct out *out);

void json_object(struct json *j);
void json_object_end(struct json *j);
void json_array(struct json *j);
void json_array_end(struct json *j);

void json_key(struct json *j, str key);
/* Broken bytes become U+FFFD. */
void json_str(struct json *j, str s);
void json_int(struct json *j, int64_t v);
/* Fixed number of decimals; what is no finite number becomes null. */
void json_real(struct json *j, double v, int decimals);
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
/* Text that is JSON already, for instance from a cache: the caller vouches for it. */
void json_raw(struct json *j, str text);

/* Checks that the document is complete. */
void json_done(const struct json *j);

#endif
