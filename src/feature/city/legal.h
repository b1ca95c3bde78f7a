/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The legal pages: a sample text for each, in the texts of this feature, with the town's own
 * data filled in; a town may write its own (table legal_page) in every language.
 */
#ifndef FEATURE_CITY_LEGAL_H
#define FEATURE_CITY_LEGAL_H

#include "web/rq.h"

struct legal_page {
    str name; /* also its address: "/impressum" */
    enum msg title;
    str (*sample)(const struct rq *rq); /* Markdown, in the language of rq */
};

extern const struct legal_page legal_imprint, legal_privacy, legal_accessibility;
/* All three, ended by NULL. */
extern const struct legal_page *const legal_pages[];

const struct legal_page *legal_find(str name);
/* The name of a Land by its code: "SH" is "Schleswig-Holstein". */
str legal_land(const struct rq *rq);

struct legal_text {
    str body_md;
    bool sample;        /* not written by the town */
    int64_t changed_at; /* of its own text */
};

/* The town's text in this language, else its German one, else the sample. */
struct legal_text legal_text_of(struct rq *rq, const struct legal_page *page);

#endif
