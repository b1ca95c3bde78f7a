/* SPDX-License-Identifier: EUPL-1.2 */
/* From words to a point: districts of the town first, they are smaller than postcodes. */
#include "web/locate.h"

#include "base/utf8.h"

struct located locate_words(struct rq *rq, str district, str postcode)
{
    str wanted = utf8_fold(rq->arena, district);
    for (size_t i = 0; i < rq->city->district_count && wanted.n; i++) {
        const struct district *d = &rq->city->districts[i];
        if (str_eq(utf8_fold(rq->arena, d->name), wanted))
            return (struct located){ some_real(d->lat), some_real(d->lon), S("district") };
    }
    struct match_point p;
    if (postcode.n && place_centroid(postcode, &p))
        return (struct located){ some_real(p.lat), some_real(p.lon), S("postcode") };
    return (struct located){ .from = S("") };
}

bool locate_place(struct rq *rq, str typed, struct place *place)
{
    size_t n = rq->city->district_count;
    struct place_district *districts = NEW_ARRAY(rq->arena, n, struct place_district);
    for (size_t i = 0; i < n; i++) {
        const struct district *d = &rq->city->districts[i];
        districts[i] = (struct place_district){ d->name, rq->city->name, d->lat, d->lon };
    }
    struct place_hint hint = { .districts = districts,
                               .n_districts = n,
                               .near = { true, rq->city->lat, rq->city->lon } };
    return place_find(rq->arena, &hint, typed, place);
}
