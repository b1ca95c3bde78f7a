/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading JSON. The only file that knows jansson; its tree is copied and given back. */
#include "web/json_in.h"

#include <jansson.h>

#include "base/arena.h"

struct copy {
    struct arena *arena;
    size_t values;
    size_t depth;
    const char *refused; /* the limit that was reached, or NULL */
};

static void copy_value(struct copy *c, json_t *from, struct json_in *to);

static void copy_object(struct copy *c, json_t *from, struct json_in *to)
{
    const char *key = NULL;
    json_t *member = NULL;
    size_t at = 0;
    struct json_in *v = NEW_ARRAY(c->arena, json_object_size(from) + 1, struct json_in);
    json_object_foreach(from, key, member)
    {
        v[at].key = str_copy(c->arena, str_from_c(key));
        copy_value(c, member, &v[at++]);
    }
    to->v = v;
    to->n = at;
}

static void copy_array(struct copy *c, json_t *from, struct json_in *to)
{
    size_t n = json_array_size(from);
    struct json_in *v = NEW_ARRAY(c->arena, n + 1, struct json_in);
    for (size_t i = 0; i < n && !c->refused; i++)
        copy_value(c, json_array_get(from, i), &v[i]);
    to->v = v;
    to->n = n;
}

static void copy_nested(struct copy *c, json_t *from, struct json_in *to)
{
    if (++c->depth > JSON_IN_DEPTH) {
        c->refused = "nested too deeply";
        return;
    }
    to->kind = json_is_object(from) ? JSON_IN_OBJECT : JSON_IN_ARRAY;
    if (json_is_object(from))
        copy_object(c, from, to);
    else
        copy_array(c, from, to);
    c->depth--;
}

static void copy_value(struct copy *c, json_t *from, struct json_in *to)
{
    if (c->refused)
        return;
    if (++c->values > JSON_IN_VALUES) {
        c->refused = "too many values";
        return;
    }
    switch (json_typeof(from)) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        copy_nested(c, from, to);
        return;
    case JSON_STRING:
        to->kind = JSON_IN_STR;
        to->s = str_copy(c->arena, (str){ json_string_value(from), json_string_length(from) });
        return;
    case JSON_INTEGER:
        to->kind = JSON_IN_INT;
        to->i = json_integer_value(from);
        to->r = (double)to->i;
        return;
    case JSON_REAL:
        to->kind = JSON_IN_REAL;
        to->r = json_real_value(from);
        return;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = JSON_IN_BOOL;
        to->i = json_is_true(from);
        return;
    case JSON_NULL:
        to->kind = JSON_IN_NULL;
        return;
    }
}

const struct json_in *json_in_parse(struct arena *a, str text, str *problem)
{
    if (text.n > JSON_IN_BYTES) {
        *problem = S("too long");
        return NULL;
    }
    json_error_t error;
    json_t *tree =
        json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!tree) {
        *problem = str_fmt(a, "line %d: %s", error.line, error.text);
        return NULL;
    }
    struct copy c = { .arena = a };
    struct json_in *root = NEW(a, struct json_in);
    copy_value(&c, tree, root);
    json_decref(tree);
    if (c.refused) {
        *problem = str_from_c(c.refused);
        return NULL;
    }
    return root;
}

const struct json_in *json_in_find(const struct json_in *object, str key)
{
    if (!json_in_is(object, JSON_IN_OBJECT))
        return NULL;
    for (size_t i = 0; i < object->n; i++)
        if (str_eq(object->v[i].key, key))
            return &object->v[i];
    return NULL;
}

str json_in_str(const struct json_in *v)
{
    return json_in_is(v, JSON_IN_STR) ? v->s : S("");
}

int64_t json_in_int(const struct json_in *v, int64_t fallback)
{
    return json_in_is(v, JSON_IN_INT) ? v->i : fallback;
}

double json_in_real(const struct json_in *v, double fallback)
{
    bool number = json_in_is(v, JSON_IN_INT) || json_in_is(v, JSON_IN_REAL);
    return number ? v->r : fallback;
}

bool json_in_bool(const struct json_in *v, bool fallback)
{
    return json_in_is(v, JSON_IN_BOOL) ? v->i != 0 : fallback;
}

bool json_in_is(const struct json_in *v, enum json_in_kind kind)
{
    return v && v->kind == kind;
}
