/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Partners: what the office says of one, checked; and its states as a procedure. The filter is
 * kept as one query of the list of offers, so the search alone knows what it means.
 */
#include "embed.text.h"
#include "feature/embed/embed.h"
#include "opportunity.text.h"
#include "search.text.h"
#include "web.text.h"
#include "web/colour.h"

#define ORIGINS_MOST 10

const struct field embed_fields[] = {
    FIELD(struct embed_form, name, TEXT, MSG_embed_field_name, .required = true, .max = 100),
    FIELD(struct embed_form, origins, LONG, MSG_embed_field_origins, .required = true, .max = 2000,
          .hint = MSG_embed_field_origins_hint),
    FIELD(struct embed_form, q, TEXT, MSG_embed_field_q, .max = 200),
    FIELD(struct embed_form, near, TEXT, MSG_embed_field_near, .max = 200,
          .hint = MSG_embed_field_near_hint),
    FIELD(struct embed_form, radius, INT, MSG_embed_field_radius, .max = 100),
    FIELD(struct embed_form, field, BITS, MSG_search_facet_field, .vocab = &vocab_field),
    FIELD(struct embed_form, per, INT, MSG_embed_field_per, .required = true, .min = 1,
          .max = EMBED_PER_MOST),
    FIELD(struct embed_form, accent, COLOUR, MSG_embed_field_accent, .required = true),
    FIELD(struct embed_form, ink, COLOUR, MSG_embed_field_ink, .required = true),
    FIELD(struct embed_form, ground, COLOUR, MSG_embed_field_ground, .required = true),
    { 0 },
};

bool embed_shows(str s)
{
    return str_eq(s, S("list")) || str_eq(s, S("map")) || str_eq(s, S("both"));
}

/* ---- where it is shown ---- */

/* Letters, digits, '-' and dots between them; in lower case. */
static bool is_host(str host)
{
    bool dot = true; /* one stands before */
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (!good && (c != '.' || dot))
            return false;
        dot = c == '.';
    }
    return host.n && host.n <= 253 && !dot;
}

static bool is_port(str port)
{
    int64_t n = 0;
    return port.n <= 5 && port.p[0] != '+' && str_to_i64(port, &n) && n > 0 && n < 65536;
}

/* Hosts and schemes are ASCII; what else there is, is_host refuses. */
static str lower(struct arena *a, str s)
{
    char *p = arena_bytes(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (str){ p, s.n };
}

bool embed_origin(struct arena *a, str typed, str *origin)
{
    str s = lower(a, str_trim(typed));
    str scheme = str_starts(s, S("http://")) ? S("http://") : S("https://");
    if (str_starts(s, scheme))
        s = str_slice(s, scheme.n, s.n);
    ptrdiff_t end = str_find_byte(s, '/');
    s = str_slice(s, 0, end < 0 ? s.n : (size_t)end);
    ptrdiff_t colon = str_find_byte(s, ':');
    str host = str_slice(s, 0, colon < 0 ? s.n : (size_t)colon);
    str port = colon < 0 ? S("443") : str_slice(s, (size_t)colon + 1, s.n);
    *origin = str_join(a, scheme, s);
    return is_host(host) && port.n && is_port(port);
}

/* Whatever stands between blanks and line breaks, each once; errors stand in rq. */
static str read_origins(struct rq *rq, str typed)
{
    struct out o = out_new(rq->arena, 0);
    size_t count = 0;
    for (size_t i = 0, from = 0; i <= typed.n; i++) {
        if (i < typed.n && typed.p[i] != ' ' && typed.p[i] != '\n' && typed.p[i] != '\r' &&
            typed.p[i] != ',')
            continue;
        str one = str_slice(typed, from, i);
        str origin;
        from = i + 1;
        if (!one.n)
            continue;
        if (!embed_origin(rq->arena, one, &origin)) {
            rq_error(rq, "origins", t_embed_error_origin(rq, one));
            break;
        }
        out_str(&o, count++ ? S(" ") : S(""));
        out_str(&o, origin);
    }
    if (count > ORIGINS_MOST)
        rq_error(rq, "origins", t_embed_error_origins(rq, ORIGINS_MOST));
    return out_text(&o);
}

/* ---- what is shown ---- */

static str number(struct rq *rq, int64_t n)
{
    return n ? str_fmt(rq->arena, "%lld", (long long)n) : S("");
}

/* The filters as a query that the search itself has read. */
static str read_query(struct rq *rq, const struct embed_form *f)
{
    struct http_field fields[4 + 64] = { { S("q"), f->q },
                                         { S("near"), f->near },
                                         { S("radius"), number(rq, f->radius) },
                                         { S("organisation"), f->organisation } };
    size_t n = 4;
    for (size_t i = 0; i < vocab_field.n; i++)
        if ((uint64_t)f->field & vocab_bit((int)i))
            fields[n++] = (struct http_field){ S("field"), vocab_field.codes[i] };
    str link = link_query(rq, S("/"), fields, n).s;
    str query = S("");
    ptrdiff_t mark = str_find_byte(link, '?');
    if (!search_kept(rq, mark < 0 ? S("") : str_slice(link, (size_t)mark + 1, link.n), &query))
        rq_error(rq, "q", t_embed_error_query(rq));
    struct rq asking = search_asking(rq, query);
    struct search_result found = { 0 };
    search_run(&asking, &found);
    if (found.near_unknown)
        rq_error(rq, "near", t_opp_search_unknown_place(rq));
    return query;
}

/* ---- how it looks ---- */

static void check_contrast(struct rq *rq, const char *field, str front, str ground)
{
    struct colour a;
    struct colour b;
    if (!colour_parse(front, &a) || !colour_parse(ground, &b))
        return; /* said at the field already */
    double contrast = colour_contrast(a, b);
    if (contrast >= COLOUR_READABLE)
        return;
    int tenths = (int)(contrast * 10);
    rq_error(rq, field,
             t_embed_error_contrast(rq, str_fmt(rq->arena, "%d,%d", tenths / 10, tenths % 10)));
}

bool embed_read(struct rq *rq, struct embed_form *f)
{
    rq_form(rq, embed_fields, f);
    f->shows = rq_param(rq, "shows");
    f->organisation = rq_param(rq, "organisation");
    int64_t id = 0;
    if (!embed_shows(f->shows))
        rq_error(rq, "shows", t_form_error_choice(rq));
    if (f->organisation.n && !str_to_i64(f->organisation, &id))
        rq_error(rq, "organisation", t_form_error_choice(rq));
    if (f->radius && !f->near.n)
        rq_error(rq, "near", t_embed_error_near(rq));
    f->origins = read_origins(rq, f->origins);
    check_contrast(rq, "ink", f->ink, f->ground);
    check_contrast(rq, "accent", f->accent, f->ground);
    if (rq_ok(rq))
        f->query = read_query(rq, f);
    return rq_ok(rq);
}

static int64_t bits_of(const struct rq *asking)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < vocab_field.n; i++)
        bits |= rq_param_has(asking, "field", vocab_field.codes[i]) ? vocab_bit((int)i) : 0;
    return (int64_t)bits;
}

static str on_lines(struct arena *a, str origins)
{
    char *p = arena_bytes(a, origins.n + 1);
    for (size_t i = 0; i < origins.n; i++)
        p[i] = origins.p[i] == ' ' ? '\n' : origins.p[i];
    return (str){ p, origins.n };
}

struct embed_form embed_form_of(struct rq *rq, const struct embed_partner *p)
{
    if (!p)
        return (struct embed_form){ .shows = S("list"),
                                    .per = EMBED_PER,
                                    .accent = rq->city->colour,
                                    .ink = S("#1c1a17"),
                                    .ground = S("#ffffff") };
    struct rq asking = search_asking(rq, p->query);
    return (struct embed_form){ .name = p->name,
                                .origins = on_lines(rq->arena, p->origins),
                                .shows = p->shows,
                                .q = rq_param(&asking, "q"),
                                .near = rq_param(&asking, "near"),
                                .radius = rq_param_int(&asking, "radius", 0),
                                .field = bits_of(&asking),
                                .organisation = rq_param(&asking, "organisation"),
                                .per = p->per,
                                .accent = p->accent,
                                .ink = p->ink,
                                .ground = p->ground,
                                .query = p->query };
}

/* ---- the procedure ---- */

static bool find(struct rq *rq, int64_t id, struct record *record)
{
    const struct embed_partner *p = embed_get(rq->db, rq->city->id, id);
    if (!p)
        return false;
    record->title = p->name;
    record->state = p->state;
    record->page = link_id(rq, S("/buero/einbettungen/"), id);
    return true;
}

const struct record_kind embed_record = {
    .name = "embed",
    .label = MSG_embed_record,
    .permission = PERM_opportunity_publish,
    .find = find,
};

static bool move(struct tx *tx, const struct procedure_move *m)
{
    struct embed_set_state_in in = {
        .to = m->to, .at = tx->now, .city = m->city_id, .id = m->id, .from = m->from
    };
    return embed_set_state(tx, &in) == 1;
}

static const struct procedure_state states[] = {
    { "active", MSG_embed_state_active, .starts = true },
    { "paused", MSG_embed_state_paused },
    { "ended", MSG_embed_state_ended },
    { 0 },
};

#define STEP(name, a, b)                                                                         \
    .verb = #name, .from = a, .to = b, .who = BY_PERSON, .permission = PERM_opportunity_publish, \
    .label = MSG_embed_step_##name, .past = MSG_embed_past_##name

static const struct procedure_step steps[] = {
    { .verb = "create", .from = "", .past = MSG_embed_past_create },
    { .verb = "change", .from = "*", .past = MSG_embed_past_change },
    { STEP(pause, "active", "paused") },
    { STEP(resume, "paused", "active") },
    { STEP(end, "active", "ended") },
    { STEP(end, "paused", "ended") },
    { 0 },
};

const struct procedure embed_procedure = {
    .record = &embed_record,
    .states = states,
    .steps = steps,
    .move = move,
};
