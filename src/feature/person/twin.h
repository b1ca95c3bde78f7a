/* SPDX-License-Identifier: EUPL-1.2 */
/* Records that are probably about the same person: while one is entered, and all of a town. */
#ifndef PERSON_TWIN_H
#define PERSON_TWIN_H

#include "feature/person/person.h"
#include "web/merge.h"

/* Why two are probably the same: the bits of a pair's reasons. */
enum person_twin {
    SAME_MAIL = 1,
    SAME_PHONE = 2,
    SAME_NAME = 4, /* in any order of its words */
    NAME_NEAR = 8,
    SAME_YEAR = 16,
    SAME_POSTCODE = 32
};

/*
 * The same for many that are entered at once (a list): the town is read once, and those are
 * compared that share address, number, the words of the name, or the beginning of the last name at
 * a postcode. Lives in the arena of db; of what is asked nothing stays there.
 */
struct person_crowd;
struct person_crowd *person_crowd_new(struct db *db, int64_t city_id);
void person_crowd_alike(struct person_crowd *crowd, const struct person_form *f,
                        struct person_likes *likes);
/* All pairs of a town that may be the same. */
void person_twins(struct db *db, int64_t city_id, struct merge_pairs *pairs);

#endif
