/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Opportunities, as other features may use them: the record of one, storing it, and reading
 * what the public may see.
 */
#ifndef FEATURE_OPPORTUNITY_H
#define FEATURE_OPPORTUNITY_H

#include "opportunity.sql.h"
#include "web/feature.h"

extern const struct feature opportunity_feature;

/*
 * Everything that somebody says about an offer, in a form, a file or over the API. Texts
 * are trimmed UTF-8, days ISO, bits and codes those of web/vocab.h.
 */
struct opp_form {
    str organisation; /* id as text: the choice in the form */
    str title, title_simple, title_en, summary, summary_en;
    str tasks_md, simple_md, needs_md, gives_md;
    int64_t fields, kinds, targets, suits, derived;
    str time;
    int64_t hours_week; /* tenths of an hour */
    int64_t grid;
    str starts_on, ends_on, commitment;
    int64_t wanted, placed, min_age;
    str languages, skills;
    str place_kind, street, postcode, place, district;
    opt_real lat, lon;
    str geo_from;
    int64_t access;
    str training, supervision, certificate;
    int64_t measles;
    str insurance, expenses;
    int64_t expenses_cents;
    str contact_name, contact_mail, contact_phone;
    str valid_until;
};

/* Where an offer comes from and how it arrives. */
struct opp_arrival {
    int64_t city_id;
    int64_t organisation_id;
    str source; /* "" or the name of an import */
    str ref;
    str state;
    int64_t confirmed_at;
    str confirmed_by;
    int64_t published_at; /* 0: now, when the state is published */
    int64_t account_id;   /* who did it; 0: the program, or … */
    bool by_link;         /* … whoever holds a mailed link */
};

/* What a stored offer says; the organisation is not filled in. */
struct opp_form opportunity_said(const struct opp_full *o);
/* What every member of the form says, as one hash: the same hash means that nothing changed. */
str opportunity_hash(struct arena *a, const struct opp_form *form, int64_t organisation_id);

/* Stores a new offer with its first event; returns its id. */
int64_t opportunity_new(struct tx *tx, const struct opp_arrival *arrival,
                        const struct opp_form *form);
/*
 * Replaces what an offer says; its state stays. With a source in the arrival it is that source
 * which speaks, and its hash is kept; without, somebody here has edited the offer, and from then
 * on it differs from what its source said last (`edited_at`), until both say the same again.
 */
void opportunity_save(struct tx *tx, int64_t id, const struct opp_arrival *arrival,
                      const struct opp_form *form);

/*
 * The instant from which on an offer must have been confirmed to be public today: the
 * beginning of the 89th German day before this one. Whatever shows offers to the public asks.
 */
int64_t opportunity_fresh_since(void);

/* Whether the person of the request may see it: the public, or who may edit it. */
bool opportunity_visible(const struct rq *rq, const struct opp_full *o);

/* The offer with the arrival's key at its source; NULL: unknown. */
const struct opp_ref_row *opportunity_known(struct tx *tx, const struct opp_arrival *arrival);
bool opportunity_has_title(struct tx *tx, int64_t city_id, int64_t organisation_id, str title);

/*
 * Somebody takes a place (+1) or leaves it (-1). When the last one is taken the offer is filled; it
 * is public again when a place is free and it was the program that had filled it.
 */
void opportunity_place(struct rq *rq, struct tx *tx, int64_t id, int by);
/* The organisation says that all places are taken. */
void opportunity_fill(struct rq *rq, struct tx *tx, int64_t id);

/* What the office's list of offers is narrowed down to. All zero: all but the archive. */
struct opp_filter {
    str state; /* "all": the archive too */
    int64_t organisation;
    int64_t age; /* days without confirmation, at least */
    bool lone;   /* without address of a contact */
};
/* From the parameters of the request; false when one of them makes no sense. */
bool opp_filter_read(const struct rq *rq, struct opp_filter *filter);
/* The instant before which an offer of that age was confirmed last; 0: any. */
int64_t opp_filter_before(const struct opp_filter *filter);

/* The rows of a result's hits (NULL where one has just gone), their words marked. */
struct search_result;
const struct opp_card **opp_hits(struct rq *rq, struct search_result *found);

/* The members of one offer in a list, into an open JSON object; and their description. */
struct json;
struct schema;
void opp_card_members(struct rq *rq, struct json *j, const struct opp_card *o);
extern const struct schema opp_card_schema;

/* What the title and summary are in the language of the page. */
str opp_title(const struct rq *rq, const struct opp_card *o);
str opp_summary(const struct rq *rq, const struct opp_card *o);
/* "Mo bis Mi und Fr vormittags", from the bits of the grid. Empty when nothing is set. */
str opp_when(const struct rq *rq, int64_t grid);
/* "Leseinsel e. V. · St. Jürgen · 1,2 km"; the hit may be NULL. */
struct search_hit;
str opp_who(const struct rq *rq, const struct opp_card *o, const struct search_hit *hit);
/* "1,2 km", in the language of the page. */
str opp_distance(const struct rq *rq, double km);
/* "Deutsch – im Alltag (B1); Englisch – fließend (C1)" */
str opp_languages(const struct rq *rq, str list);

#endif
