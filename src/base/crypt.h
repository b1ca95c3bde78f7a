/* SPDX-License-Identifier: EUPL-1.2 */
/* Randomness, hashes, passwords. Wraps libsodium. Thread-safe after crypt_init. */
#ifndef BASE_CRYPT_H
#define BASE_CRYPT_H

#include "base/str.h"

#define CRYPT_HASH_BYTES 32
#define CRYPT_KEY_BYTES  32

/* Once, before anything else; stops the process when there is no randomness. */
void crypt_init(void);
void crypt_random(void *p, size_t n);
uint64_t crypt_random_u64(void);
/* A fresh secret of n random bytes in URL-safe base64 without padding. */
str crypt_token(struct arena *a, size_t n);
/* SHA-256, raw bytes and as 64 lower-case hex digits. */
void crypt_sha256(str s, uint8_t hash[CRYPT_HASH_BYTES]);
str crypt_sha256_hex(struct arena *a, str s);
/* SHA-256 of what comes piece by piece. */
struct crypt_hash {
    uint64_t state[16]; /* of the library */
};
void crypt_hash_begin(struct crypt_hash *h);
void crypt_hash_add(struct crypt_hash *h, str piece);
void crypt_hash_end(struct crypt_hash *h, uint8_t hash[CRYPT_HASH_BYTES]);
/* HMAC-SHA-256 in hex. */
str crypt_hmac_hex(struct arena *a, str key, str s);
/* A key of its own for one purpose, from the installation's: "totp", "sign-in step". */
void crypt_subkey(const uint8_t key[CRYPT_KEY_BYTES], str purpose, uint8_t sub[CRYPT_KEY_BYTES]);
/* Equality in constant time (for equal lengths). */
bool crypt_equal(str a, str b);

/*
 * argon2id (RFC 9106) as a PHC string. Slow on purpose, 19 MiB and two passes at least:
 * never call it on a serving thread, see web/auth.
 */
str crypt_password_hash(struct arena *a, str password, bool staff);
bool crypt_password_verify(str phc, str password);
/* Authenticated encryption with a random nonce in front; open gives {NULL,0} when forged. */
str crypt_seal(struct arena *a, const uint8_t key[CRYPT_KEY_BYTES], str plain);
str crypt_open(struct arena *a, const uint8_t key[CRYPT_KEY_BYTES], str sealed);

str crypt_base64url(struct arena *a, str bytes);
bool crypt_from_base64url(struct arena *a, str text, str *bytes);

#endif
