/* SPDX-License-Identifier: EUPL-1.2 */
/* What the templates of the desk say in words. */
#ifndef FEATURE_DUPLICATE_VIEW_H
#define FEATURE_DUPLICATE_VIEW_H

#include "feature/duplicate/duplicate.h"

/* "Sehr wahrscheinlich dasselbe." */
str duplicate_level_words(const struct rq *rq, enum duplicate_level level);
/* For a class of the style sheet: sure, likely, possible. */
str duplicate_level_code(enum duplicate_level level);
/* What an empty list says. */
str duplicate_none(const struct rq *rq, str view);

#endif
