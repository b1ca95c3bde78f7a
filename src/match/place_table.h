/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The table of places as tool/placec writes it and place.c reads it: a header, then arrays in
 * this order, in the byte order of the machine. Offsets of names are bytes of the pool.
 */
#ifndef MATCH_PLACE_TABLE_H
#define MATCH_PLACE_TABLE_H

#include "base/str.h"

struct arena;

#define PLACE_TABLE_MAGIC 0x32504454u /* "TDP2" */

struct place_header {
    uint32_t magic;
    uint32_t places, codes, keys, pool, key_pool; /* counts; of the pools, bytes */
};

/* A town, village or district of a town; most postcodes first, then seats of a Kreis, then by name.
 */
struct place_record {
    int32_t lat, lon; /* millionths of a degree */
    uint32_t name, kreis;
    uint32_t kreis_key; /* the official five digits as a number */
    uint16_t name_n, kreis_n;
    uint16_t codes; /* postcodes that it has */
    uint16_t district;
};

/* A postcode, ascending. */
struct place_code {
    uint32_t code;
    int32_t lat, lon;
    uint32_t place; /* the town that it belongs to most */
};

/* then: uint32_t key_at[keys + 1], uint32_t key_place[keys], char pool[], char key_pool[] */

/* How names of places are compared: folded, "sankt" as "st". */
str place_key(struct arena *a, str name);

#endif
