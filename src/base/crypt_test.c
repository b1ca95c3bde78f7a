/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/crypt.h"

#include "base/test.h"

static void hashes(void)
{
    crypt_init();
    /* FIPS 180-2, appendix B.1 and RFC 4231, test case 2. */
    eq_str(crypt_sha256_hex(&t_arena, S("abc")),
           S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    eq_str(crypt_hmac_hex(&t_arena, S("Jefe"), S("what do ya want for nothing?")),
           S("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
}

static void keeps_passwords(void)
{
    str phc = crypt_password_hash(&t_arena, S("ein langes Kennwort"), false);
    ok(str_starts(phc, S("$argon2id$v=19$m=19456,t=2,p=1$")));
    ok(crypt_password_verify(phc, S("ein langes Kennwort")));
    ok(!crypt_password_verify(phc, S("ein langes Kennwor")));
    ok(!crypt_password_verify(S("no hash"), S("")));
}

static void seals(void)
{
    uint8_t key[CRYPT_KEY_BYTES] = { 1, 2, 3 };
    str sealed = crypt_seal(&t_arena, key, S("vertraulich"));
    eq_str(crypt_open(&t_arena, key, sealed), S("vertraulich"));
    char *forged = str_to_c(&t_arena, sealed);
    forged[sealed.n - 1] ^= 1;
    ok(crypt_open(&t_arena, key, (str){ forged, sealed.n }).p == NULL);
    key[0] = 9;
    ok(crypt_open(&t_arena, key, sealed).p == NULL);
}

static void makes_tokens(void)
{
    str a = crypt_token(&t_arena, 16);
    str b = crypt_token(&t_arena, 16);
    eq_int(a.n, 22);
    ok(!str_eq(a, b) && !crypt_equal(a, b) && crypt_equal(a, str_copy(&t_arena, a)));
    str raw;
    ok(crypt_from_base64url(&t_arena, a, &raw) && raw.n == 16);
    ok(!crypt_from_base64url(&t_arena, S("not base64!"), &raw));
}

static const struct test tests[] = { TEST(hashes), TEST(keeps_passwords), TEST(seals),
                                     TEST(makes_tokens) };
TEST_MAIN(tests)
