/* SPDX-License-Identifier: EUPL-1.2 */
/* Storing person records: what is for this feature alone. */
#ifndef PERSON_STORE_H
#define PERSON_STORE_H

#include "feature/person/person.h"

/* What a record is sorted and found by. */
struct person_words {
    str sort_key, search;
};
struct person_contact {
    str name, mail, phone, postcode, place, district;
};
struct person_words person_words(struct arena *a, const struct person_contact *c);

/* "Heide" of "Maria von der Heide". */
str person_last_name(str name);
/* A number without signs, the country's prefix as the zero of the town's: "0451123" for
 * "+49 451 / 12-3". */
str person_digits(struct arena *a, str phone);

/* What every member of the form says, as one hash: the same hash means that nothing changed. */
str person_hash(struct arena *a, const struct person_form *f);

/* Replaces what is said, without history; false: erased or merged. */
bool person_replace(struct tx *tx, int64_t id, const struct person_arrival *a,
                    const struct person_form *f);

/* For web/erasure.h: everything personal goes, the row stays and counts. */
void person_erase_row(struct tx *tx, const struct erasure *e);
/* After a name or number was corrected. */
void person_corrected(struct tx *tx, int64_t city_id, str mail);

#endif
