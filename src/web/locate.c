/* SPDX-License-Identifier: EUPL-1.2 */
/* From words to a point: districts of the town first, they are smaller than postcodes. */
#include "web/locate.h"

#include "base/utf8.h"
#include "match/place.h"

struct located locate_words(struct rq *rq, str district, str postcode)
{
    str wanted = utf8_fold(rq->arena, district);
    for (size_t i = 0; i < rq->city->district_count && wanted.n; i++) {
        const struct district *d = &rq->city->districts[i];
        if (str_eq(utf8_fold(rq->arena, d->name), wanted))
            return (struct located){ { true, d->lat }, { true, d->lon }, S("district") };
    }
    double lat = 0;
    double lon = 0;
    if (postcode.n && place_centroid(postcode, &lat, &lon))
        return (struct located){ { true, lat }, { true, lon }, S("postcode") };
    return (struct located){ .from = S("") };
}
