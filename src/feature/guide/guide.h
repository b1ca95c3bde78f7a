/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The guide (Ratgeber): articles that answer what offices are asked again and again. What
 * other features may use: fitting articles for a question, and the installing of the texts
 * that come with Tandem.
 */
#ifndef FEATURE_GUIDE_H
#define FEATURE_GUIDE_H

#include "base/clock.h"
#include "guide.sql.h"
#include "web/feature.h"

extern const struct feature guide_feature;

struct guide_hits {
    const struct guide_card **v;
    size_t n;
};

/*
 * Public articles that may answer a question, best first, at most `max`: those whose words
 * fit, then others of the topic. Both may be empty; with no words and no topic: all.
 */
struct guide_hits guide_fitting(struct rq *rq, str topic, str question, size_t max);
/* The page of an article. */
url guide_link(const struct rq *rq, str slug);

struct guide_installed {
    int64_t added, updated, kept;
};

/*
 * Gives a town the articles and amounts that come with Tandem: new ones are added, untouched
 * ones brought up to date, edited ones left alone.
 */
struct guide_installed guide_install(struct tx *tx, int64_t city_id);
/* Says that somebody has checked the articles; the next check is due a year after `day`. */
void guide_reviewed(struct tx *tx, int64_t city_id, str slug, struct day day);
/* The address of the i-th article that comes with Tandem; empty behind the last one. */
str guide_shipped_slug(size_t i);

#endif
