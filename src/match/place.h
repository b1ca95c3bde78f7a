/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Places without a service: German postcodes, towns, villages and districts of towns with their
 * coordinates (GeoNames, CC BY 4.0, see data/places), found as people write them.
 *
 * The table is a constant of the program; every function may be called from any thread. Texts in
 * results belong to the table or to the caller's hint, unless said otherwise.
 */
#ifndef MATCH_PLACE_H
#define MATCH_PLACE_H

#include "match/match.h"

struct arena;

enum place_kind { PLACE_POSTCODE, PLACE_TOWN, PLACE_DISTRICT, PLACE_POINT };

struct place {
    enum place_kind kind;
    str name;  /* "Lübeck", "Hamburg Altona-Nord", "23552 Lübeck"; of a point "53.86, 10.68" */
    str kreis; /* "Kreis Ostholstein", to tell places of one name apart; may be empty */
    uint32_t kreis_key; /* its official five digits as a number; 0: unknown */
    double lat, lon;
    uint32_t codes; /* postcodes that it has: a measure of its size */
};

struct places {
    const struct place *v;
    size_t n;
};

/* A district that a town knows better than the table does. */
struct place_district {
    str name; /* "St. Jürgen" */
    str town; /* "Lübeck" */
    double lat, lon;
};

/* What is known about the one who asks. All of it may be left empty. */
struct place_hint {
    const struct place_district *districts;
    size_t n_districts;
    struct match_point near; /* of several places of one name the nearest is meant */
};

/*
 * The place that a text means: postcode, name of a town or district ("Luebeck St. Jürgen", "lübeck
 * sankt jürgen", with a slip or two in it), or "53.86,10.68". False when nothing fits.
 */
bool place_find(struct arena *a, const struct place_hint *hint, str text, struct place *place);
/* At most `most` places whose name begins so, the hint's districts first, then by size. */
struct places place_suggest(struct arena *a, const struct place_hint *hint, str text, size_t most);
/* The middle of a postcode; false when it does not exist. */
bool place_centroid(str postcode, struct match_point *p);

struct place_box {
    double south, west, north, east;
};
/* At most `most` towns and districts within a box, those with most postcodes first. */
struct places place_in_box(struct arena *a, struct place_box box, size_t most);
/* All postcodes in ascending order, as place_find gives them: "23552 Lübeck". */
struct places place_postcodes(struct arena *a);

#endif
