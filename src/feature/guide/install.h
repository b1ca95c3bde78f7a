/* SPDX-License-Identifier: EUPL-1.2 */
/* Giving a town what comes with Tandem. */
#ifndef FEATURE_GUIDE_INSTALL_H
#define FEATURE_GUIDE_INSTALL_H

#include "feature/guide/document.h"
#include "feature/guide/guide.h"
#include "web/cli.h"

/* The shared text of that address as it is today, and its hash; false when there is none. */
bool guide_shared(struct arena *a, str slug, struct guide_document *d, str *hash);
/* A day a year later; 29 February becomes 28. */
struct day guide_year_later(struct day day);
/* tandem guide install --city SLUG */
int guide_command_install(struct cli *cli);

#endif
