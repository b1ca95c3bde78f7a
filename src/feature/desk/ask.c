/* SPDX-License-Identifier: EUPL-1.2 */
/* From a person record and an address to a question. Neighbours: person (the profile). */
#include "feature/desk/ask.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "desk.text.h"
#include "web/page.h"
#include "web/vocab_label.h"

#define WORDS_MOST 200
#define PAGE_MOST  1000

const struct desk_criterion desk_criteria[DESK_CRITERIA] = {
    { MATCH_C_FIELD, "w_field", MSG_desk_c_field },
    { MATCH_C_KIND, "w_kind", MSG_desk_c_kind },
    { MATCH_C_TARGET, "w_target", MSG_desk_c_target },
    { MATCH_C_SAID, "w_said", MSG_desk_c_said },
    { MATCH_C_RATHER, "w_rather", MSG_desk_c_rather },
    { MATCH_C_GRID, "w_grid", MSG_desk_c_grid },
    { MATCH_C_TIME, "w_time", MSG_desk_c_time },
    { MATCH_C_HOURS, "w_hours", MSG_desk_c_hours },
    { MATCH_C_DISTANCE, "w_distance", MSG_desk_c_distance },
    { MATCH_C_PLACE, "w_place", MSG_desk_c_place },
    { MATCH_C_ACCESS, "w_access", MSG_desk_c_access },
    { MATCH_C_FRESH, "w_fresh", MSG_desk_c_fresh },
    { MATCH_C_WAITING, "w_waiting", MSG_desk_c_waiting },
};

const struct desk_share desk_shares[DESK_SHARES] = {
    { 0, MSG_desk_share_none },           { 50, MSG_desk_share_half },
    { DESK_USUAL, MSG_desk_share_usual }, { 200, MSG_desk_share_double },
    { 400, MSG_desk_share_most },
};

/* ---- what is said in words ---- */

struct words {
    str v[MATCH_SAID];
    size_t n;
};

static bool parts(char c)
{
    return c == ',' || c == ';' || c == '\n';
}

/* Entries parted by commas or lines; where there are none, each word is an entry. */
static void add_words(struct rq *rq, struct words *w, str text)
{
    size_t from = 0;
    bool listed = false;
    for (size_t i = 0; i < text.n; i++)
        listed = listed || parts(text.p[i]);
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && !parts(text.p[i]) && (listed || text.p[i] != ' '))
            continue;
        str entry = utf8_cut(str_trim(str_slice(text, from, i)), WORDS_MOST);
        from = i + 1;
        if (entry.n && w->n < MATCH_SAID)
            w->v[w->n++] = str_copy(rq->arena, entry);
    }
}

static void put_said(struct rq *rq, struct desk_ask *ask)
{
    struct words *w = NEW(rq->arena, struct words);
    add_words(rq, w, ask->person->skills);
    add_words(rq, w, ask->words);
    ask->profile.said = w->v;
    ask->profile.n_said = w->n;
}

/* ---- weights, needs, basket ---- */

/* Where nothing at all is to count, everything counts as usual. */
static bool counts_nothing(const struct desk_ask *ask)
{
    uint32_t sum = 0;
    for (int c = 0; c < MATCH_CRITERIA; c++)
        sum += ask->profile.weight[c];
    return sum == 0;
}

static void read_weights(struct rq *rq, struct desk_ask *ask)
{
    for (size_t i = 0; i < DESK_CRITERIA; i++) {
        int64_t percent = rq_param_int(rq, desk_criteria[i].param, DESK_USUAL);
        bool known = false;
        for (size_t k = 0; k < DESK_SHARES; k++)
            known = known || desk_shares[k].percent == percent;
        ask->percent[i] = known ? percent : DESK_USUAL;
        ask->moved = ask->moved || ask->percent[i] != DESK_USUAL;
        enum match_criterion c = desk_criteria[i].criterion;
        ask->profile.weight[c] =
            (uint16_t)(match_weights_default[c] * ask->percent[i] / DESK_USUAL);
    }
    for (size_t i = 0; counts_nothing(ask) && i < DESK_CRITERIA; i++)
        ask->percent[i] = DESK_USUAL;
    ask->moved = ask->moved && !counts_nothing(ask);
}

static void read_needs(struct rq *rq, struct desk_ask *ask)
{
    for (size_t i = 0; i < vocab_accessible.n; i++)
        if (rq_param_has(rq, str_to_c(rq->arena, vocab_accessible.codes[i]), S("1")))
            ask->profile.access |= 1u << i;
}

bool desk_in_basket(const struct desk_ask *ask, int64_t offer)
{
    for (size_t i = 0; i < ask->n_basket; i++)
        if (ask->basket[i] == offer)
            return true;
    return false;
}

static void read_basket(struct rq *rq, struct desk_ask *ask)
{
    const struct http_fields all = rq_given(rq);
    for (size_t i = 0; i < all.n; i++) {
        const struct http_field *f = &all.v[i];
        int64_t id = 0;
        if (str_eq(f->name, S("offer")) && str_to_i64(f->value, &id) && id > 0 &&
            ask->n_basket < DESK_BASKET && !desk_in_basket(ask, id))
            ask->basket[ask->n_basket++] = id;
    }
}

str desk_home(const struct rq *rq, const struct person_row *p)
{
    str place = p->district.n ? p->district : p->place;
    if (!p->postcode.n || !place.n)
        return place.n ? place : p->postcode;
    return str_fmt(rq->arena, "%.*s %.*s", STR_FMT(p->postcode), STR_FMT(place));
}

/* `words`: what is looked for besides. */
static void begin(struct rq *rq, const struct person_row *person, str words, struct desk_ask *ask)
{
    *ask = (struct desk_ask){ .person = person,
                              .profile = person_profile(person, clock_today()),
                              .words = words,
                              .page = 1 };
    for (size_t i = 0; i < DESK_CRITERIA; i++)
        ask->percent[i] = DESK_USUAL;
    for (enum match_dim d = MATCH_FIELD; d <= MATCH_TARGET; d++)
        ask->profile.rather[d] = person_rather_not(person, d);
    put_said(rq, ask);
    ask->who = (struct finder_asker){ &ask->profile, desk_home(rq, person) };
}

void desk_ask_of(struct rq *rq, const struct person_row *person, struct desk_ask *ask)
{
    begin(rq, person, S(""), ask);
}

void desk_ask_read(struct rq *rq, const struct person_row *person, struct desk_ask *ask)
{
    begin(rq, person, utf8_cut(str_trim(utf8_clean(rq->arena, rq_param(rq, "words"))), WORDS_MOST),
          ask);
    read_weights(rq, ask);
    read_needs(rq, ask);
    read_basket(rq, ask);
    int64_t page = rq_param_int(rq, "page", 1);
    ask->page = page < 1 || page > PAGE_MOST ? 1 : page;
}

bool desk_ask_says(const struct desk_ask *ask, enum match_criterion c)
{
    const struct match_profile *p = &ask->profile;
    switch (c) {
    case MATCH_C_FIELD:
        return p->like[MATCH_FIELD] != 0;
    case MATCH_C_KIND:
        return p->like[MATCH_KIND] != 0;
    case MATCH_C_TARGET:
        return p->like[MATCH_TARGET] != 0;
    case MATCH_C_TIME:
        return p->like[MATCH_TIME] != 0;
    case MATCH_C_PLACE:
        return p->like[MATCH_PLACE] != 0;
    case MATCH_C_GRID:
        return p->grid != 0;
    case MATCH_C_DISTANCE:
        return p->near.known;
    case MATCH_C_HOURS:
        return p->hours != 0;
    case MATCH_C_ACCESS:
        return p->access != 0;
    case MATCH_C_SAID:
        return p->n_said != 0;
    case MATCH_C_RATHER:
        return (p->rather[MATCH_FIELD] | p->rather[MATCH_KIND] | p->rather[MATCH_TARGET]) != 0;
    default:
        return c == MATCH_C_FRESH || c == MATCH_C_WAITING;
    }
}

/* ---- hard criteria ---- */

static str never_of(const struct rq *rq, const struct match_profile *p)
{
    const struct {
        const struct vocab *vocab;
        enum match_dim dim;
    } dims[] = { { &vocab_field, MATCH_FIELD },
                 { &vocab_kind, MATCH_KIND },
                 { &vocab_target, MATCH_TARGET } };
    struct out o = out_new(rq->arena, 8192);
    for (size_t i = 0; i < sizeof dims / sizeof *dims; i++) {
        if (!p->never[dims[i].dim])
            continue;
        if (o.n)
            OUT(&o, " · ");
        out_str(&o, vocab_labels(rq, dims[i].vocab, p->never[dims[i].dim]));
    }
    return out_text(&o);
}

static str dates_of(const struct rq *rq, const struct person_row *p)
{
    if (p->starts_on.n && p->ends_on.n)
        return t_desk_hard_from_to(rq, page_iso_day(rq, p->starts_on),
                                   page_iso_day(rq, p->ends_on));
    if (p->ends_on.n)
        return t_desk_hard_to(rq, page_iso_day(rq, p->ends_on));
    return p->starts_on.n ? t_desk_hard_from(rq, page_iso_day(rq, p->starts_on))
                          : t_desk_hard_today(rq);
}

static void add(struct desk_hards *all, enum match_hard hard, str label, str set)
{
    if (set.n)
        all->v[all->n++] = (struct desk_hard){ hard, label, set };
}

struct desk_hards desk_hards_of(const struct rq *rq, const struct desk_ask *ask)
{
    const struct match_profile *p = &ask->profile;
    struct desk_hards all = { .n = 0 };
    add(&all, MATCH_H_NEVER, t_desk_hard_never(rq), never_of(rq, p));
    add(&all, MATCH_H_AGE, t_desk_hard_age(rq), p->age ? t_desk_hard_years(rq, p->age) : S(""));
    add(&all, MATCH_H_LANGUAGE, t_desk_hard_language(rq),
        p->languages_known ? opp_languages(rq, ask->person->languages) : S(""));
    add(&all, MATCH_H_DATES, t_desk_hard_dates(rq), dates_of(rq, ask->person));
    add(&all, MATCH_H_DISTANCE, t_desk_hard_distance(rq),
        p->reach_m && p->near.known ? t_desk_hard_reach(rq, p->reach_m / 1000, ask->who.near_name)
                                    : S(""));
    add(&all, MATCH_H_CERTIFICATE, t_desk_hard_certificate(rq),
        p->certificate >= 0 ? vocab_label(rq, &vocab_certificate, p->certificate) : S(""));
    add(&all, MATCH_H_ACCESS, t_desk_hard_access(rq),
        vocab_labels(rq, &vocab_accessible, p->access));
    add(&all, MATCH_H_FULL, t_desk_hard_full(rq), t_desk_hard_always(rq));
    return all;
}

struct sentences desk_out(const struct rq *rq, uint32_t excluded)
{
    static const enum msg why[MATCH_HARDS] = {
        [MATCH_H_NEVER] = MSG_desk_out_never,
        [MATCH_H_AGE] = MSG_desk_out_age,
        [MATCH_H_LANGUAGE] = MSG_desk_out_language,
        [MATCH_H_DATES] = MSG_desk_out_dates,
        [MATCH_H_DISTANCE] = MSG_desk_out_distance,
        [MATCH_H_CERTIFICATE] = MSG_desk_out_certificate,
        [MATCH_H_ACCESS] = MSG_desk_out_access,
        [MATCH_H_FULL] = MSG_desk_out_full,
    };
    struct sentences s = { 0 };
    for (int h = 0; h < MATCH_HARDS; h++)
        if (excluded >> h & 1)
            *vec_add(rq->arena, &s) = text_of(rq, why[h]);
    return s;
}
