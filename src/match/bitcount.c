/* SPDX-License-Identifier: EUPL-1.2 */
/* Counting bits in all places at once, by adders made of logic. */
#include "match/bitcount.h"

/* Full adder: x + y + z is *sum and two times *carry, in each bit. */
#define ADD(x, y, z, sum, carry)                   \
    do {                                           \
        __typeof__(x) half_ = (x) ^ (y), z_ = (z); \
        (carry) = ((x) & (y)) | (half_ & z_);      \
        (sum) = half_ ^ z_;                        \
    } while (0)

void bitcount_add(struct bitcount *t, const uint32_t words[BLOCK], const uint32_t select[BLOCK])
{
    const lanes *w = (const lanes *)words, *s = (const lanes *)select;
    lanes x[8], two[4], four[2], a, b, one, carry;
    for (int i = 0; i < 8; i++)
        x[i] = w[i] & s[i];
    ADD(x[0], x[1], x[2], a, two[0]);
    ADD(x[3], x[4], x[5], b, two[1]);
    ADD(a, b, x[6], one, two[2]);
    two[3] = one & x[7];
    one ^= x[7];
    ADD(two[0], two[1], two[2], a, four[0]);
    four[1] = a & two[3];
    lanes add[4] = { one, a ^ two[3], four[0] ^ four[1], four[0] & four[1] };
    carry = one & t->plane[0];
    t->plane[0] ^= one;
    for (int p = 1; p < 4; p++)
        ADD(t->plane[p], add[p], carry, t->plane[p], carry);
    for (int p = 4; p < BITCOUNT_PLANES; p++) {
        lanes next = t->plane[p] & carry;
        t->plane[p] ^= carry;
        carry = next;
    }
    if (++t->blocks == BITCOUNT_BLOCKS)
        bitcount_end(t);
}

/* The bits of a byte, each in a byte of its own. */
static uint64_t spread(uint32_t byte)
{
    uint64_t each = (byte * UINT64_C(0x0101010101010101)) & UINT64_C(0x8040201008040201);
    return (each + UINT64_C(0x7F7F7F7F7F7F7F7F)) >> 7 & UINT64_C(0x0101010101010101);
}

/* Planes in use with so many additions for a lane; adding up the lanes takes three more. */
static unsigned planes_for(uint32_t most)
{
    return most ? 32 - (unsigned)__builtin_clz(most) : 0;
}

/* Adds up the lanes by halves. */
static void add_lanes(const struct bitcount *t, unsigned planes, uint32_t sum[BITCOUNT_PLANES + 3])
{
    uint32_t v[LANES][BITCOUNT_PLANES + 3] = { { 0 } };
    for (unsigned p = 0; p < planes; p++)
        for (unsigned lane = 0; lane < LANES; lane++)
            v[lane][p] = t->plane[p][lane];
    for (unsigned half = LANES / 2; half; half /= 2, planes++)
        for (unsigned lane = 0; lane < half; lane++) {
            uint32_t carry = 0;
            for (unsigned p = 0; p <= planes; p++)
                ADD(v[lane][p], v[lane + half][p], carry, v[lane][p], carry);
        }
    memcpy(sum, v[0], sizeof v[0]);
}

void bitcount_end(struct bitcount *t)
{
    unsigned planes = planes_for(t->blocks * (BLOCK / LANES));
    uint32_t sum[BITCOUNT_PLANES + 3];
    if (!planes)
        return;
    add_lanes(t, planes, sum);
    for (unsigned p = 0; p < planes + 3; p++) {
        uint8_t bits[32];
        for (unsigned byte = 0; byte < 4; byte++) {
            uint64_t eight = spread(sum[p] >> (8 * byte) & 0xFF);
            memcpy(bits + 8 * byte, &eight, 8);
        }
        for (unsigned bit = 0; bit < 32; bit++)
            t->count[bit] += (uint32_t)bits[bit] << p;
    }
    memset(t->plane, 0, planes * sizeof *t->plane);
    t->blocks = 0;
}
