/* SPDX-License-Identifier: EUPL-1.2 */
/* Randomness, hashes, passwords. The only file that knows libsodium. */
#include "base/crypt.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/err.h"

/* OWASP's floor for everyone; staff get RFC 9106's second recommendation. */
#define PEOPLE_OPS 2
#define PEOPLE_MEM ((size_t)19 << 20)
#define STAFF_OPS  3
#define STAFF_MEM  ((size_t)64 << 20)

void crypt_init(void)
{
    must(sodium_init() >= 0);
}

void crypt_random(void *p, size_t n)
{
    randombytes_buf(p, n);
}

uint64_t crypt_random_u64(void)
{
    uint64_t v = 0;
    crypt_random(&v, sizeof v);
    return v;
}

str crypt_base64url(struct arena *a, str bytes)
{
    size_t cap = sodium_base64_ENCODED_LEN(bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_bytes(a, cap);
    sodium_bin2base64(text, cap, (const uint8_t *)bytes.p, bytes.n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_from_c(text);
}

bool crypt_from_base64url(struct arena *a, str text, str *bytes)
{
    uint8_t *p = (uint8_t *)arena_bytes(a, text.n + 1);
    size_t n = 0;
    if (sodium_base642bin(p, text.n, text.p, text.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return false;
    *bytes = (str){ (const char *)p, n };
    return true;
}

str crypt_token(struct arena *a, size_t n)
{
    char *bytes = arena_bytes(a, n);
    crypt_random(bytes, n);
    return crypt_base64url(a, (str){ bytes, n });
}

void crypt_sha256(str s, uint8_t hash[CRYPT_HASH_BYTES])
{
    crypto_hash_sha256(hash, (const uint8_t *)s.p, s.n);
}

static str hex(struct arena *a, const uint8_t *bytes, size_t n)
{
    char *text = arena_bytes(a, n * 2 + 1);
    sodium_bin2hex(text, n * 2 + 1, bytes, n);
    return (str){ text, n * 2 };
}

static crypto_hash_sha256_state *state_of(struct crypt_hash *h)
{
    _Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof *h, "the state has room");
    return (void *)h->state;
}

void crypt_hash_begin(struct crypt_hash *h)
{
    crypto_hash_sha256_init(state_of(h));
}

void crypt_hash_add(struct crypt_hash *h, str piece)
{
    crypto_hash_sha256_update(state_of(h), (const uint8_t *)piece.p, piece.n);
}

void crypt_hash_end(struct crypt_hash *h, uint8_t hash[CRYPT_HASH_BYTES])
{
    crypto_hash_sha256_final(state_of(h), hash);
}

str crypt_sha256_hex(struct arena *a, str s)
{
    uint8_t hash[CRYPT_HASH_BYTES];
    crypt_sha256(s, hash);
    return hex(a, hash, sizeof hash);
}

str crypt_hmac_hex(struct arena *a, str key, str s)
{
    uint8_t mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const uint8_t *)key.p, key.n);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)s.p, s.n);
    crypto_auth_hmacsha256_final(&state, mac);
    return hex(a, mac, sizeof mac);
}

void crypt_subkey(const uint8_t key[CRYPT_KEY_BYTES], str purpose, uint8_t sub[CRYPT_KEY_BYTES])
{
    _Static_assert(crypto_auth_hmacsha256_BYTES == CRYPT_KEY_BYTES, "one HMAC makes one key");
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, CRYPT_KEY_BYTES);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)purpose.p, purpose.n);
    crypto_auth_hmacsha256_final(&state, sub);
}

bool crypt_equal(str a, str b)
{
    return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}

str crypt_password_hash(struct arena *a, str password, bool staff)
{
    char phc[crypto_pwhash_STRBYTES];
    int failed = crypto_pwhash_str(phc, password.p, password.n, staff ? STAFF_OPS : PEOPLE_OPS,
                                   staff ? STAFF_MEM : PEOPLE_MEM);
    must(failed == 0);
    return str_copy(a, str_from_c(phc));
}

bool crypt_password_verify(str phc, str password)
{
    char c[crypto_pwhash_STRBYTES] = { 0 };
    if (phc.n >= sizeof c)
        return false;
    if (phc.n)
        memcpy(c, phc.p, phc.n);
    return crypto_pwhash_str_verify(c, password.p, password.n) == 0;
}

str crypt_seal(struct arena *a, const uint8_t key[CRYPT_KEY_BYTES], str plain)
{
    size_t head = crypto_secretbox_NONCEBYTES;
    uint8_t *p = (uint8_t *)arena_bytes(a, head + crypto_secretbox_MACBYTES + plain.n);
    crypt_random(p, head);
    crypto_secretbox_easy(p + head, (const uint8_t *)plain.p, plain.n, p, key);
    return (str){ (const char *)p, head + crypto_secretbox_MACBYTES + plain.n };
}

str crypt_open(struct arena *a, const uint8_t key[CRYPT_KEY_BYTES], str sealed)
{
    size_t head = crypto_secretbox_NONCEBYTES;
    size_t over = head + crypto_secretbox_MACBYTES;
    if (sealed.n < over)
        return (str){ NULL, 0 };
    uint8_t *p = (uint8_t *)arena_bytes(a, sealed.n - over + 1);
    const uint8_t *s = (const uint8_t *)sealed.p;
    if (crypto_secretbox_open_easy(p, s + head, sealed.n - head, s, key) != 0)
        return (str){ NULL, 0 };
    return (str){ (const char *)p, sealed.n - over };
}
