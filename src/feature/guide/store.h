/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing articles: every change is a new version. */
#ifndef FEATURE_GUIDE_STORE_H
#define FEATURE_GUIDE_STORE_H

#include "feature/guide/document.h"
#include "feature/guide/guide.h"

/* An article before its first version. */
struct guide_arrival {
    int64_t city_id;
    str slug;
    str source; /* "shared" or empty */
    str topic;
    opt_int office;
    bool published; /* else a draft */
};

int64_t guide_new(struct tx *tx, const struct guide_arrival *arrival);

struct guide_edition {
    int64_t city_id;
    int64_t account_id; /* 0: came with Tandem */
    int64_t article_id;
    int64_t before; /* number of the version that it follows */
    str event;      /* shared, edited, restored, reviewed */
    str note;
    str shared_hash; /* of the shared text that the article goes back to */
    bool edited;     /* no longer the shared text */
    const struct guide_document *document;
};

/* Adds version before + 1; false when there is one already: somebody was faster. */
bool guide_add(struct tx *tx, const struct guide_edition *e);
/* What a version says. */
struct guide_document guide_document_of(struct db *db, int64_t city_id,
                                        const struct guide_version_row *version);
/* Where an article of this topic belongs, by what the offices say of themselves. */
opt_int guide_office_of(struct db *db, int64_t city_id, str topic);

#endif
