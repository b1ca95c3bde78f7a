/* SPDX-License-Identifier: EUPL-1.2 */
/* One-time codes: the values of RFC 6238, the window, and codes that were taken before. */
#include "web/totp.h"

#include "base/crypt.h"
#include "base/test.h"

/* "12345678901234567890", the secret of the RFC's table, in base32. */
#define RFC_SECRET S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")

/* RFC 6238, appendix B: SHA1; the last six of the eight digits there. */
static void makes_the_codes_of_the_rfc(void)
{
    static const struct {
        int64_t instant;
        const char *code;
    } rows[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                 { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        eq_str(totp_code(&t_arena, RFC_SECRET, totp_step(rows[i].instant)),
               str_from_c(rows[i].code));
}

static void counts_one_step_earlier_and_later(void)
{
    int64_t now = 1234567890;
    int64_t here = totp_step(now);
    for (int64_t off = -3; off <= 3; off++) {
        str code = totp_code(&t_arena, RFC_SECRET, here + off);
        struct totp_moment moment = { now, 0 };
        eq_int(totp_find(&t_arena, RFC_SECRET, code, moment), off * off <= 1 ? here + off : 0);
    }
}

static void takes_no_code_twice_and_no_older_one(void)
{
    int64_t now = 1234567890;
    int64_t here = totp_step(now);
    str code = totp_code(&t_arena, RFC_SECRET, here);
    str older = totp_code(&t_arena, RFC_SECRET, here - 1);
    str newer = totp_code(&t_arena, RFC_SECRET, here + 1);
    struct totp_moment moment = { now, here };
    eq_int(totp_find(&t_arena, RFC_SECRET, code, moment), 0);
    eq_int(totp_find(&t_arena, RFC_SECRET, older, moment), 0);
    eq_int(totp_find(&t_arena, RFC_SECRET, newer, moment), here + 1);
}

static void refuses_what_is_no_code(void)
{
    static const char *const rows[] = { "", "0", "28708", "2870820", "28708x", " 287082" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        eq_int(totp_find(&t_arena, RFC_SECRET, str_from_c(rows[i]), (struct totp_moment){ 59, 0 }),
               0);
    eq_int(totp_find(&t_arena, S("not base32!"), S(""), (struct totp_moment){ 59, 0 }), 0);
}

static void secrets_are_long_and_never_the_same(void)
{
    crypt_init();
    str one = totp_secret_new(&t_arena);
    str two = totp_secret_new(&t_arena);
    eq_int(one.n, 32);
    ok(!str_eq(one, two));
    eq_int(totp_code(&t_arena, one, 1).n, TOTP_DIGITS);
    eq_str(totp_secret_groups(&t_arena, S("ABCDEFGHIJ")), S("ABCD EFGH IJ"));
}

static void the_address_escapes_names(void)
{
    eq_str(totp_address(&t_arena, S("ABC"), S("Ehrenamt L\303\274beck"), S("a+b&c@x.example")),
           S("otpauth://totp/Ehrenamt%20L%C3%BCbeck:a%2Bb%26c%40x.example?secret=ABC"
             "&issuer=Ehrenamt%20L%C3%BCbeck&algorithm=SHA1&digits=6&period=30"));
}

static const struct test tests[] = {
    TEST(makes_the_codes_of_the_rfc),           TEST(counts_one_step_earlier_and_later),
    TEST(takes_no_code_twice_and_no_older_one), TEST(refuses_what_is_no_code),
    TEST(secrets_are_long_and_never_the_same),  TEST(the_address_escapes_names),
};
TEST_MAIN(tests)
