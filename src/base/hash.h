/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A fast hash of long texts, for recognising the same again: entity tags. Nobody is kept from
 * making two texts with the same hash; where that matters see base/crypt.h.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

/* 128 bits (XXH3) as 32 hex digits; the same on every machine. */
#define HASH_HEX 32
void hash_hex(str s, char hex[HASH_HEX]);

#endif
