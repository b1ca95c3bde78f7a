/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register of processing activities (Art. 30 DSGVO), made from the tables of db/privacy.h in
 * the language of the request: so it cannot drift from what the program keeps.
 */
#ifndef FEATURE_PRIVACY_REGISTER_H
#define FEATURE_PRIVACY_REGISTER_H

#include "feature/privacy/privacy.h"

struct register_texts {
    str *v;
    size_t n, cap;
};

struct register_entry {
    str name; /* "concern": its anchor on the page */
    str title;
    str purpose;
    str people;
    struct register_texts basis;
    struct register_texts data; /* categories */
    struct register_texts to;
    struct register_texts kept;
};

struct register_entries {
    struct register_entry *v;
    size_t n, cap;
};

struct register_entries register_of(struct rq *rq);
/* What holds for all of them (Art. 32 DSGVO). */
struct register_texts register_measures(struct rq *rq);
/* The title of an activity; a class of columns ("Mail-Adresse"). */
str register_title(const struct rq *rq, str activity);
str register_class(const struct rq *rq, enum privacy_class of);
/* "a; b; c" */
str register_joined(struct arena *a, const struct register_texts *texts);

/* GET /buero/verzeichnis, …/csv and …/markdown; tandem register */
void register_page(struct rq *rq);
void register_csv(struct rq *rq);
void register_markdown(struct rq *rq);
int command_register(struct cli *cli);

#endif
