/* SPDX-License-Identifier: EUPL-1.2 */
/* From the words of a form to a point on the map, without any service. */
#ifndef WEB_LOCATE_H
#define WEB_LOCATE_H

#include "db/opt.h"
#include "match/place.h"
#include "web/rq.h"

struct located {
    opt_real lat;
    opt_real lon;
    str from; /* "district", "postcode", or empty: no point */
};

/* The middle of a district of this town, else of the postcode. */
struct located locate_words(struct rq *rq, str district, str postcode);

/*
 * What somebody typed as a place (postcode, town, district, "53.86,10.68"), as seen from
 * this town. False when nothing fits.
 */
bool locate_place(struct rq *rq, str typed, struct place *place);

#endif
