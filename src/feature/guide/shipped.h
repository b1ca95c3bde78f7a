/* SPDX-License-Identifier: EUPL-1.2 */
/* The texts of data/guide, which are embedded. */
#ifndef FEATURE_GUIDE_SHIPPED_H
#define FEATURE_GUIDE_SHIPPED_H

#include "base/str.h"

struct guide_shipped {
    str slug;
    str text;
};

/* By its address; NULL when there is none. */
const struct guide_shipped *guide_shipped_find(str slug);
const struct guide_shipped *guide_shipped_at(size_t i);
/* amounts.csv */
str guide_shipped_amounts(void);

#endif
