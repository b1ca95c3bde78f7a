/* SPDX-License-Identifier: EUPL-1.2 */
/* What machines ask a site: health, metrics, robots, sitemap, OpenAPI, feeds. */
#ifndef FEATURE_SITE_H
#define FEATURE_SITE_H

#include "web/feature.h"

extern const struct feature site_feature;

/* The OpenAPI 3.1 document of all routes with an API path. */
void openapi_put(struct out *o, const struct app *app);

/* Commands; see site.c. */
int command_routes(struct cli *cli);
int command_openapi(struct cli *cli);
int command_check(struct cli *cli);
int command_job_list(struct cli *cli);
int command_job_run(struct cli *cli);
int command_backup(struct cli *cli);
int command_restore(struct cli *cli);

#endif
