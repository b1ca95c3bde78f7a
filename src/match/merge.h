/* SPDX-License-Identifier: EUPL-1.2 */
/* Several layers into one part, without their dead rows and without reading any text again. */
#ifndef MATCH_MERGE_H
#define MATCH_MERGE_H

#include "match/snapshot.h"

struct part *merge_layers(const struct layer *layers, uint32_t n);

#endif
