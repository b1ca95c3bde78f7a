/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The offers of a town on the pages of others: a frame without script, the same as JSON, and
 * the partners for whom the office has chosen filter, colours and who may frame it.
 */
#ifndef FEATURE_EMBED_H
#define FEATURE_EMBED_H

#include "embed.sql.h"
#include "feature/opportunity/opportunity.h"
#include "feature/search/search.h"
#include "web/form.h"
#include "web/procedure.h"

extern const struct feature embed_feature;

/* ---- partner.c ---- */

/* What the office says of a partner. Names of the filters are those of the list of offers. */
struct embed_form {
    str name;
    str origins; /* as typed, then "https://a.example https://b.example" */
    str shows;   /* list map both */
    str q, near;
    int64_t radius; /* km; 0: everywhere */
    int64_t field;  /* bits of vocab_field */
    str organisation;
    int64_t per;
    str accent, ink, ground;
    str query; /* the filters as they are kept */
};
extern const struct field embed_fields[];

#define EMBED_PER      10
#define EMBED_PER_MOST 50

/* Reads and checks what was sent; false: errors stand in rq. */
bool embed_read(struct rq *rq, struct embed_form *f);
/* What the form of a new partner, or of this one, begins with. */
struct embed_form embed_form_of(struct rq *rq, const struct embed_partner *p);
/*
 * "https://www.verein.example" out of an address that somebody pasted: what stands in a security
 * policy (CSP 3, "host-source"). False for anything else than a host with http or https.
 */
bool embed_origin(struct arena *a, str typed, str *origin);
/* Whether it is one of list, map, both. */
bool embed_shows(str s);

extern const struct record_kind embed_record;
extern const struct procedure embed_procedure;

/* ---- picture.c ---- */

/*
 * The map without script: markers of the hits of this request, which are links, and the names of
 * the districts, as SVG. Empty when no hit has a point.
 */
html embed_picture(struct rq *asking);

/* ---- embed.c ---- */

/* What a frame shows. */
struct embed_frame {
    const struct embed_partner *partner; /* NULL: the town's own look */
    const struct search_result *found;
    const struct opp_card **cards;
    html picture;
    bool folded; /* the list stands below the map, closed */
    url all;     /* the same search on the town's own page */
};
/* The address of a partner's frame, with scheme and host. */
url embed_address(const struct rq *rq, const struct embed_partner *p);
/* The colours of a partner as a style sheet; its address changes with them. */
url embed_style(const struct rq *rq, const struct embed_partner *p);

/* ---- desk.c: the office's pages ---- */

struct embed_desk {
    const struct embed_partner *partner; /* NULL: a new one */
    struct opp_organisation_rows organisations;
    struct procedure_view course;
    str snippet;
    url preview;
    url json;
};
str embed_snippet(const struct rq *rq, const struct embed_partner *p);
void embed_desk_list(struct rq *rq);
void embed_desk_new(struct rq *rq);
void embed_desk_create(struct rq *rq, struct tx *tx);
void embed_desk_edit(struct rq *rq);
void embed_desk_save(struct rq *rq, struct tx *tx);
void embed_desk_step(struct rq *rq, struct tx *tx);

#endif
