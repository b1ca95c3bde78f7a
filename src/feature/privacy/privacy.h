/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How personal data is kept: for how long, why, and what of somebody. Everything here reads
 * the tables that sqlc makes of the .privacy files (db/privacy.h).
 */
#ifndef FEATURE_PRIVACY_H
#define FEATURE_PRIVACY_H

#include "db/privacy.h"
#include "web/feature.h"

extern const struct feature privacy_feature;

struct somebody;
/* Answers with all that is kept of somebody, as JSON to take along (Art. 15 and 20 DSGVO). */
void privacy_put_data(struct rq *rq, const struct somebody *who, int64_t city_id);
/* The same to print. In routes that are `slow` only (web/pdf.h). */
void privacy_put_pdf(struct rq *rq, const struct somebody *who, int64_t city_id);

/* ---- keys of sealed columns (keys.c), for `tandem key` and tests ---- */

/*
 * Seals everything anew that another key than the current one has sealed, in batches with a
 * transaction each; stopped half-way it goes on where it was. *changed: how many boxes.
 */
MUST_CHECK enum err keys_rotate(struct app *app, int64_t *changed);
/* How many boxes a key has sealed. */
MUST_CHECK enum err keys_uses(struct app *app, struct arena *a, int64_t number, int64_t *uses);
/* ERR_CONFLICT: it is the current one, or something is still sealed by it; ERR_NOT_FOUND. */
MUST_CHECK enum err keys_drop(struct app *app, int64_t number);

#endif
