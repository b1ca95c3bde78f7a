/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Settings: one table with name, type, default and explanation. They come from a file
 * (`key = value`), then the environment (TANDEM_KEY), then --set key=value; unknown keys
 * are errors. Secrets are read from files that a setting names, never from a setting.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include "base/arena.h"
#include "base/err.h"
#include "base/out.h"
#include "web/app.h"

/* All defaults. */
void config_defaults(struct config *c);
/* ERR_INVALID with a line about the reason in *why. */
MUST_CHECK enum err config_file(struct arena *a, struct config *c, const char *path, str *why);
MUST_CHECK enum err config_environment(struct arena *a, struct config *c, str *why);
/* "key=value" */
MUST_CHECK enum err config_set(struct arena *a, struct config *c, str pair, str *why);
/* The reference, as printed by `tandem config --doc`. */
void config_doc(struct out *o);

#endif
