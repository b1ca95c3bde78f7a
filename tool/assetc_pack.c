/* SPDX-License-Identifier: EUPL-1.2 */
/* Compression at build time, as hard as it goes. Wraps libbrotlienc and zlib. */
#define ZLIB_CONST
#include <brotli/encode.h>
#include <zlib.h>

#include "assetc.h"
#include "base/err.h"

static str brotli(struct arena *a, str s)
{
    size_t n = BrotliEncoderMaxCompressedSize(s.n);
    char *p = arena_bytes(a, n);
    must(BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC, s.n,
                               (const uint8_t *)s.p, &n, (uint8_t *)p));
    return (str){ p, n };
}

/* zlib leaves time and file name out of the header, so the same input gives the same bytes. */
static str gzip(struct arena *a, str s)
{
    z_stream z = { 0 };
    must(deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY) ==
         Z_OK);
    size_t n = deflateBound(&z, s.n);
    char *p = arena_bytes(a, n);
    z.next_in = (const Bytef *)s.p;
    z.avail_in = (uInt)s.n;
    z.next_out = (Bytef *)p;
    z.avail_out = (uInt)n;
    must(deflate(&z, Z_FINISH) == Z_STREAM_END);
    n = z.total_out;
    deflateEnd(&z);
    return (str){ p, n };
}

/* What saves less than a twentieth is not worth a browser's work; fonts and photos are so. */
static str if_smaller(str packed, str raw)
{
    return packed.n + raw.n / 20 < raw.n ? packed : S("");
}

void assetc_pack(struct tool *t, struct asset_item *item)
{
    must(item->text.n < UINT32_MAX);
    item->br = if_smaller(brotli(&t->arena, item->text), item->text);
    item->gzip = if_smaller(gzip(&t->arena, item->text), item->text);
}
