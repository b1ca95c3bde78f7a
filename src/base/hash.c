/* SPDX-License-Identifier: EUPL-1.2 */
/* Fast hashes. The only file that knows libxxhash. */
#include "base/hash.h"

#include <xxhash.h>

void hash_hex(str s, char hex[HASH_HEX])
{
    static const char digits[] = "0123456789abcdef";
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, XXH3_128bits(s.p, s.n));
    for (size_t i = 0; i < sizeof bytes.digest; i++) {
        hex[2 * i] = digits[bytes.digest[i] >> 4];
        hex[2 * i + 1] = digits[bytes.digest[i] & 15];
    }
}
