/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The offers of Essen in ../shared with the labels that people gave them, brought into a town of
 * the product as an office would: by an import with a mapping. Test input only: nothing of their
 * text may be printed or kept.
 */
#ifndef RANKING_ESSEN_H
#define RANKING_ESSEN_H

#include "product.h"

/* An offer's id in ../shared, and in the product. */
struct essen_offer {
    int64_t source, id;
};

struct essen {
    struct essen_offer *v;
    size_t n, cap;
};

/* Imports all of them; false when they are not on this machine. */
bool essen_import(struct product *p, int64_t town, struct essen *essen);
/* The id in ../shared of an offer of the product; 0: none of these. */
int64_t essen_source(const struct essen *e, int64_t id);

#endif
