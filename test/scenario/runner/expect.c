/* SPDX-License-Identifier: EUPL-1.2 */
/* Subjects and comparisons of scenarios; see expect.h. Uses jansson for JSON. */
#include "expect.h"

#include <jansson.h>

#include "base/vec.h"

static void add(struct arena *a, struct values *values, str s)
{
    *vec_add(a, values) = s;
}

static bool text_values(struct arena *a, const struct browser *b, str left, struct values *values)
{
    struct elements found;
    if (!page_find(a, b->page, left, &found))
        return false;
    for (size_t i = 0; i < found.n; i++)
        add(a, values, page_text(a, found.v[i]));
    return true;
}

/* "selector name" */
static bool attr_values(struct arena *a, const struct browser *b, str left, struct values *values)
{
    size_t at = left.n;
    while (at > 0 && left.p[at - 1] != ' ')
        at--;
    struct elements found;
    if (at == 0 || !page_find(a, b->page, str_slice(left, 0, at), &found))
        return false;
    const char *name = str_to_c(a, str_slice(left, at, left.n));
    for (size_t i = 0; i < found.n; i++) {
        str value = page_attribute(a, found.v[i], name);
        if (value.p)
            add(a, values, value);
    }
    return true;
}

static bool count_values(struct arena *a, const struct browser *b, str left, struct values *values)
{
    struct elements found;
    if (!page_find(a, b->page, left, &found))
        return false;
    add(a, values, str_fmt(a, "%zu", found.n));
    return true;
}

static bool header_values(struct arena *a, const struct browser *b, str left, struct values *values)
{
    for (size_t i = 0; i < b->answer.headers.n; i++)
        if (str_ieq(b->answer.headers.v[i].name, left))
            add(a, values, b->answer.headers.v[i].value);
    return true;
}

static bool body_values(struct arena *a, const struct browser *b, str left, struct values *values)
{
    if (left.n)
        return false;
    add(a, values, b->answer.body);
    return true;
}

static bool cookie_values(struct arena *a, const struct browser *b, str left, struct values *values)
{
    str value = pairs_find(&b->cookies, left);
    if (value.p)
        add(a, values, value);
    return true;
}

/* One step of a JSON pointer (RFC 6901); its ~0 and ~1 are not needed by our names. */
static const json_t *json_step(struct arena *a, const json_t *at, str name)
{
    int64_t index = 0;
    if (json_is_array(at) && str_to_i64(name, &index) && index >= 0)
        return json_array_get(at, (size_t)index);
    return json_object_get(at, str_to_c(a, name));
}

static str json_text(struct arena *a, const json_t *v)
{
    if (json_is_string(v))
        return str_copy(a, (str){ json_string_value(v), json_string_length(v) });
    char *dump = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
    str copy = str_copy(a, str_from_c(dump));
    free(dump);
    return copy;
}

/* The value at the pointer or NULL; *root is to be given back. */
static const json_t *json_at(struct arena *a, const struct browser *b, str pointer, json_t **root)
{
    *root = json_loadb(b->answer.body.p, b->answer.body.n, JSON_DECODE_ANY, NULL);
    const json_t *at = *root;
    str name;
    str rest = str_slice(pointer, 1, pointer.n);
    while (at && str_next(&rest, '/', &name))
        at = json_step(a, at, name);
    return at;
}

static bool json_values(struct arena *a, const struct browser *b, str left, struct values *values)
{
    json_t *root;
    const json_t *at = json_at(a, b, left, &root);
    if (at)
        add(a, values, json_text(a, at));
    json_decref(root);
    return str_starts(left, S("/"));
}

static bool length_values(struct arena *a, const struct browser *b, str left, struct values *values)
{
    json_t *root;
    const json_t *at = json_at(a, b, left, &root);
    if (at)
        add(a, values,
            str_fmt(a, "%zu", json_is_object(at) ? json_object_size(at) : json_array_size(at)));
    json_decref(root);
    return str_starts(left, S("/"));
}

static const struct {
    str name;
    bool (*values)(struct arena *a, const struct browser *b, str left, struct values *values);
} subjects[] = {
    { STR_INIT("text"), text_values },   { STR_INIT("attr"), attr_values },
    { STR_INIT("count"), count_values }, { STR_INIT("header"), header_values },
    { STR_INIT("body"), body_values },   { STR_INIT("cookie"), cookie_values },
    { STR_INIT("json"), json_values },   { STR_INIT("length"), length_values },
};

bool expect_values(struct arena *a, const struct browser *b, str subject, struct values *values)
{
    str kind = subject;
    str left = S("");
    ptrdiff_t gap = str_find_byte(subject, ' ');
    if (gap > 0) {
        kind = str_slice(subject, 0, (size_t)gap);
        left = str_trim(str_slice(subject, (size_t)gap, subject.n));
    }
    *values = (struct values){ 0 };
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        if (str_eq(subjects[i].name, kind))
            return subjects[i].values(a, b, left, values);
    return false;
}

static const str operators[] = {
    STR_INIT("="), STR_INIT("!="), STR_INIT("~"), STR_INIT("!~"),
    STR_INIT("<"), STR_INIT("<="), STR_INIT(">"), STR_INIT(">="),
};

static bool is_operator(str s)
{
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_eq(operators[i], s))
            return true;
    return false;
}

bool expect_parse(str line, str *subject, str *op, str *value)
{
    if (str_ends(line, S(" absent"))) {
        *subject = str_trim(str_slice(line, 0, line.n - 7));
        *op = S("absent");
        *value = S("");
        return true;
    }
    size_t at = 0;
    str rest = line;
    while (str_next(&rest, ' ', op)) {
        if (is_operator(*op)) {
            *subject = str_trim(str_slice(line, 0, at));
            *value = str_trim(rest);
            return subject->n > 0;
        }
        at += op->n + 1;
    }
    return false;
}

static bool fulfils(str have, str op, str want)
{
    double h = 0;
    double w = 0;
    if (str_eq(op, S("=")) || str_eq(op, S("!=")))
        return str_eq(str_trim(have), want);
    if (str_eq(op, S("~")) || str_eq(op, S("!~")))
        return str_find(have, want) >= 0;
    if (!str_to_f64(have, &h) || !str_to_f64(want, &w))
        return false;
    if (str_eq(op, S("<")))
        return h < w;
    if (str_eq(op, S("<=")))
        return h <= w;
    return str_eq(op, S(">")) ? h > w : h >= w;
}

bool expect_holds(const struct values *values, str op, str value)
{
    bool none = str_starts(op, S("!"));
    if (str_eq(op, S("absent")))
        return values->n == 0;
    for (size_t i = 0; i < values->n; i++)
        if (fulfils(values->v[i], op, value))
            return !none;
    return none;
}
