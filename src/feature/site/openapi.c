/* SPDX-License-Identifier: EUPL-1.2 */
/* OpenAPI 3.1, made from the routes, their parameters and the schemas of their answers. */
#include "base/vec.h"
#include "feature/site/site.h"
#include "web/app.h"
#include "web/json.h"
#include "web/router.h"
#include "web/schema.h"

struct seen {
    const struct schema **v;
    size_t n, cap;
};

/* Collects a schema and what it is made of, each once. */
static void collect(struct arena *a, struct seen *seen, const struct schema *s)
{
    for (size_t i = 0; i < seen->n; i++)
        if (seen->v[i] == s)
            return;
    *vec_add(a, seen) = s;
    for (const struct property *p = s->properties; p->name; p++)
        if (p->of)
            collect(a, seen, p->of);
}

static void pair(struct json *j, const char *key, const char *value)
{
    json_key(j, str_from_c(key));
    json_str(j, str_from_c(value));
}

static void put_ref(struct arena *a, struct json *j, const struct schema *s)
{
    json_key(j, S("$ref"));
    json_str(j, str_fmt(a, "#/components/schemas/%s", s->name));
}

static void put_property(struct arena *a, struct json *j, const struct property *p)
{
    json_key(j, str_from_c(p->name));
    json_object(j);
    bool array = str_eq(str_from_c(p->type), S("array"));
    if (p->of && !array) {
        put_ref(a, j, p->of);
    } else {
        pair(j, "type", p->type);
        pair(j, "description", p->doc);
    }
    if (array) {
        json_key(j, S("items"));
        json_object(j);
        if (p->of)
            put_ref(a, j, p->of);
        else
            pair(j, "type", p->item ? p->item : "string");
        json_object_end(j);
    }
    json_object_end(j);
}

static void put_schema(struct arena *a, struct json *j, const struct schema *s)
{
    json_key(j, str_from_c(s->name));
    json_object(j);
    pair(j, "type", "object");
    pair(j, "description", s->doc);
    json_key(j, S("required"));
    json_array(j);
    for (const struct property *p = s->properties; p->name; p++)
        if (!p->optional)
            json_str(j, str_from_c(p->name));
    json_array_end(j);
    json_key(j, S("properties"));
    json_object(j);
    for (const struct property *p = s->properties; p->name; p++)
        put_property(a, j, p);
    json_object_end(j);
    json_object_end(j);
}

static void put_parameter(struct json *j, str name, const char *in, const char *type,
                          const char *doc)
{
    bool array = str_eq(str_from_c(type), S("array"));
    json_object(j);
    json_key(j, S("name"));
    json_str(j, name);
    pair(j, "in", in);
    if (str_eq(str_from_c(in), S("path"))) {
        json_key(j, S("required"));
        json_bool(j, true);
    }
    pair(j, "description", doc);
    json_key(j, S("schema"));
    json_object(j);
    pair(j, "type", type);
    if (array) {
        json_key(j, S("items"));
        json_object(j);
        pair(j, "type", "string");
        json_object_end(j);
    }
    json_object_end(j);
    json_object_end(j);
}

/* The {…} of the path, then the route's own parameters. */
static void put_parameters(struct json *j, const struct route *r)
{
    json_key(j, S("parameters"));
    json_array(j);
    put_parameter(j, S("city"), "path", "string", "the town's short name, as in its address");
    str rest = str_from_c(r->api);
    str part;
    while (str_next(&rest, '/', &part))
        if (part.n > 2 && part.p[0] == '{')
            put_parameter(j, str_slice(part, 1, part.n - 1), "path", "string", "decimal id");
    for (const struct param *p = r->params; p && p->name; p++)
        put_parameter(j, str_from_c(p->name), "query", p->type, p->doc);
    json_array_end(j);
}

/* "content": {"application/json": {"schema": …}}, for what comes in and what goes out. */
static void put_content(struct arena *a, struct json *j, const struct schema *s)
{
    json_key(j, S("content"));
    json_object(j);
    json_key(j, S("application/json"));
    json_object(j);
    json_key(j, S("schema"));
    json_object(j);
    put_ref(a, j, s);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
}

static void put_body(struct arena *a, struct json *j, const struct schema *s)
{
    json_key(j, S("requestBody"));
    json_object(j);
    json_key(j, S("required"));
    json_bool(j, true);
    put_content(a, j, s);
    json_object_end(j);
}

static void put_response(struct arena *a, struct json *j, const char *status, const char *doc,
                         const struct schema *s)
{
    json_key(j, str_from_c(status));
    json_object(j);
    pair(j, "description", doc);
    put_content(a, j, s);
    json_object_end(j);
}

static const struct property error_detail_properties[] = {
    { "code", "string", "short and stable" },
    { "message", "string", "for people, in the language of the request" },
    { 0 },
};
static const struct schema error_detail_schema = { "ErrorDetail", "What went wrong.",
                                                   error_detail_properties };
static const struct property error_properties[] = {
    { "error", "object", "what went wrong", .of = &error_detail_schema },
    { 0 },
};
static const struct schema error_schema = { "Error", "Every refusal and failure.",
                                            error_properties };

/* "opportunities_id_similar": unique, from the path. */
static str operation_id(struct arena *a, const struct route *r)
{
    struct out o = out_new(a, 256);
    out_str(&o, r->method == HTTP_GET ? S("get") : S("ask"));
    for (const char *p = r->api; *p; p++) {
        if (*p == '/')
            out_char(&o, '_');
        else if (*p != '{' && *p != '}')
            out_char(&o, *p);
    }
    return out_text(&o);
}

static void put_route(struct arena *a, struct json *j, const struct route *r)
{
    json_key(j, str_fmt(a, "/api/v1/{city}%s", r->api));
    json_object(j);
    json_key(j, r->method == HTTP_GET ? S("get") : S("post"));
    json_object(j);
    json_key(j, S("operationId"));
    json_str(j, operation_id(a, r));
    pair(j, "summary", r->doc);
    json_key(j, S("security"));
    json_array(j);
    json_array_end(j);
    put_parameters(j, r);
    if (r->body)
        put_body(a, j, r->body);
    json_key(j, S("responses"));
    json_object(j);
    put_response(a, j, "200", "The answer.", r->answer);
    put_response(a, j, "404", "There is no such town or object.", &error_schema);
    if (r->body)
        put_response(a, j, "422", "Something in the body is wrong: see fields.", &error_schema);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
}

static void put_head(struct json *j, const struct app *app)
{
    pair(j, "openapi", "3.1.0");
    json_key(j, S("info"));
    json_object(j);
    pair(j, "title", "Tandem");
    json_key(j, S("version"));
    json_str(j, app->build);
    pair(j, "description", "Volunteering in towns: offers and organisations, as JSON.");
    json_key(j, S("license"));
    json_object(j);
    pair(j, "name", "EUPL-1.2");
    pair(j, "identifier", "EUPL-1.2");
    json_object_end(j);
    json_object_end(j);
    json_key(j, S("servers"));
    json_array(j);
    json_object(j);
    pair(j, "url", "/");
    json_object_end(j);
    json_array_end(j);
}

void openapi_put(struct out *o, const struct app *app)
{
    struct arena *a = o->arena;
    struct json j = json_new(o);
    struct seen seen = { 0 };
    struct router_list routes = router_all(app->router);
    json_object(&j);
    put_head(&j, app);
    json_key(&j, S("paths"));
    json_object(&j);
    collect(a, &seen, &error_schema);
    for (size_t i = 0; i < routes.n; i++) {
        const struct route *r = routes.v[i];
        if (!r->api || !r->get || !r->answer)
            continue;
        put_route(a, &j, r);
        collect(a, &seen, r->answer);
        if (r->body)
            collect(a, &seen, r->body);
    }
    json_object_end(&j);
    json_key(&j, S("components"));
    json_object(&j);
    json_key(&j, S("schemas"));
    json_object(&j);
    for (size_t i = 0; i < seen.n; i++)
        put_schema(a, &j, seen.v[i]);
    json_object_end(&j);
    json_object_end(&j);
    json_object_end(&j);
    json_done(&j);
}
