/* SPDX-License-Identifier: EUPL-1.2 */
/* What is embedded: found by its address, the same in each encoding, named by its content. */
#include <brotli/decode.h>
#include <zlib.h>

#include "assets.h"
#include "base/crypt.h"
#include "base/err.h"
#include "base/test.h"

static str gunzip(str packed, size_t n)
{
    z_stream z = { 0 };
    char *p = arena_bytes(&t_arena, n + 1);
    char *in = str_to_c(&t_arena, packed);
    must(inflateInit2(&z, MAX_WBITS + 16) == Z_OK);
    z.next_in = (Bytef *)in;
    z.avail_in = (uInt)packed.n;
    z.next_out = (Bytef *)p;
    z.avail_out = (uInt)n + 1;
    int status = inflate(&z, Z_FINISH);
    n = z.total_out;
    inflateEnd(&z);
    return status == Z_STREAM_END ? (str){ p, n } : S("");
}

static str unbrotli(str packed, size_t n)
{
    char *p = arena_bytes(&t_arena, n + 1);
    n++;
    BrotliDecoderResult result =
        BrotliDecoderDecompress(packed.n, (const uint8_t *)packed.p, &n, (uint8_t *)p);
    return result == BROTLI_DECODER_RESULT_SUCCESS ? (str){ p, n } : S("");
}

static void is_found(void)
{
    for (enum asset_id i = 0; i < ASSET_COUNT; i++) {
        const struct asset *a = asset_get(i);
        ok(asset_find(a->path) == a);
        ok(asset_named(a->name) == a);
        eq_str(asset_url(i).s, a->path);
    }
    ok(!asset_find(S("/assets/")) && !asset_find(S("")) && !asset_find(S("/assets/zzz")));
    ok(!asset_named(S("nowhere.css")));
}

static void is_the_same_packed(void)
{
    for (enum asset_id i = 0; i < ASSET_COUNT; i++) {
        const struct asset *a = asset_get(i);
        ok(!a->gzip.n || (a->gzip.n < a->raw.n && str_eq(gunzip(a->gzip, a->raw.n), a->raw)));
        ok(!a->br.n || (a->br.n < a->raw.n && str_eq(unbrotli(a->br, a->raw.n), a->raw)));
    }
}

static void is_named_by_its_content(void)
{
    for (enum asset_id i = 0; i < ASSET_COUNT; i++) {
        const struct asset *a = asset_get(i);
        str hash = str_slice(crypt_sha256_hex(&t_arena, a->raw), 0, 12);
        ok(str_find(a->path, hash) > 0 && str_find(a->etag, hash) == 1);
        ok(a->type.n > 0);
    }
}

static const struct test tests[] = {
    TEST(is_found),
    TEST(is_the_same_packed),
    TEST(is_named_by_its_content),
};
TEST_MAIN(tests)
