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

#endif
