/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of the statistics, within this feature: show.c makes them, tally.html draws them. */
#ifndef FEATURE_TALLY_PAGES_H
#define FEATURE_TALLY_PAGES_H

#include "feature/tally/tally.h"

#define TALLY_WEEKS 12

struct tally_week {
    str begins; /* its Monday, ISO */
    int64_t views;
    int64_t interests;
};

/* The last weeks of an offer, the present one last. */
struct tally_figures {
    const struct tally_offer_row *offer;
    struct tally_week weeks[TALLY_WEEKS];
    int64_t ways[TALLY_WAY_COUNT];
    int64_t views;
    int64_t interests;
    int64_t most; /* views of the strongest week */
    url back;
};

/* The Monday with which the first of those weeks begins: ISO. */
str tally_since(struct arena *a);
/* The views of the weeks as a picture. */
html tally_chart(const struct rq *rq, const struct tally_figures *f);
str tally_way_label(const struct rq *rq, enum tally_way way);

void tally_desk(struct rq *rq);
void tally_all(struct rq *rq);
void tally_export(struct rq *rq, struct tx *tx);
enum err tally_start(struct app *app);
void tally_stop(struct app *app);

#endif
