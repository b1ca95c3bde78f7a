/* SPDX-License-Identifier: EUPL-1.2 */
/* Small answers for home.html. */
#ifndef FEATURE_HOME_VIEW_H
#define FEATURE_HOME_VIEW_H

#include "feature/home/home.h"

/* The list of offers with one filter set. */
url home_quick(const struct rq *rq, const char *param, str value);
url home_logo(const struct rq *rq, const struct city *city);
str home_about(const struct rq *rq, const struct home_office *office);

#endif
