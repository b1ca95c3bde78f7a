/* SPDX-License-Identifier: EUPL-1.2 */
/* The office's pages on which the dated amounts are kept. */
#ifndef FEATURE_GUIDE_AMOUNT_H
#define FEATURE_GUIDE_AMOUNT_H

#include "feature/guide/view.h"

struct amount_form {
    str label, label_simple, label_en;
    str ref;
    str law, web;
    str valid_from, valid_until;
    int64_t cents;
};

extern const struct field amount_fields[];

/* The table of some rows, sorted as guide_amounts does; `today` says which column holds. */
struct guide_table guide_table_made(struct arena *a, enum lang lang,
                                    struct guide_amount_row_rows rows, struct day today);

void amount_list(struct rq *rq);
void amount_new(struct rq *rq);
void amount_create(struct rq *rq, struct tx *tx);
void amount_edit(struct rq *rq);
void amount_save(struct rq *rq, struct tx *tx);
void amount_erase(struct rq *rq, struct tx *tx);

#endif
