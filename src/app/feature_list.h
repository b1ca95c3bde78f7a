/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of features: explicit, in one place. */
#ifndef APP_FEATURE_LIST_H
#define APP_FEATURE_LIST_H

struct feature;

/* Ended by NULL. */
extern const struct feature *const features[];

#endif
