/* SPDX-License-Identifier: EUPL-1.2 */
/* Passwords; what needs a server is in test/scenario/account.txt. */
#include "feature/account/password.h"

#include "base/clock.h"
#include "base/crypt.h"
#include "base/test.h"

static enum password_fault check(const char *password)
{
    static const str words[] = { STR_INIT("petra.muster@verein.example"), STR_INIT("Petra Muster"),
                                 STR_INIT("Lübeck"), STR_INIT("luebeck") };
    struct password_context context = { words, sizeof words / sizeof *words };
    return password_check(&t_arena, str_from_c(password), &context);
}

static void counts_characters_not_bytes(void)
{
    eq_int(check("aB3$xyz"), PASSWORD_SHORT);
    eq_int(check("äöüßÄÖÜ"), PASSWORD_SHORT); /* seven, in fourteen bytes */
    eq_int(check("äöüßÄÖÜ!"), PASSWORD_GOOD);
    char *long_one = arena_alloc(&t_arena, 200);
    for (int i = 0; i < 128; i++)
        long_one[i] = (char)('!' + i % 90);
    eq_int(check(long_one), PASSWORD_GOOD);
    long_one[128] = 'x';
    eq_int(check(long_one), PASSWORD_LONG);
}

static void refuses_what_is_tried_first(void)
{
    static const char *const rows[] = { "aaaaaaaa", "abababab", "12345678", "87654321",
                                        "qwertzui", "QWERTZUI", "abcdefgh", "1q2w3e4r" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        eq_int(check(rows[i]), PASSWORD_REPEATED);
    static const char *const known[] = { "Lübeck2026!",  "luebeck1",     "petra.muster",
                                         "PetraMuster7", "Petra Muster", "Passwort1",
                                         "Ehrenamt!",    "tandem2026",   "verein.example",
                                         "Willkommen1" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        eq_int(check(known[i]), PASSWORD_CONTEXT);
        printf("# %s\n", known[i]);
    }
}

static void takes_what_people_can_remember(void)
{
    eq_int(check("vier Wörter ohne Sinn"), PASSWORD_GOOD);
    eq_int(check("In Lübeck steht mein Fahrrad"), PASSWORD_GOOD);
    eq_int(check("k7#Tq9!w"), PASSWORD_GOOD);
    eq_int(check("!?$%&/()="), PASSWORD_GOOD);
    eq_int(check("        leer        zeichen"), PASSWORD_GOOD);
}

/* Somebody without account or password must not be told apart by the time it takes. */
static void unknown_people_cost_the_same(void)
{
    crypt_init();
    str hash = password_hash(&t_arena, S("vier Wörter ohne Sinn"));
    ok(password_matches(hash, S("vier Wörter ohne Sinn")));
    ok(!password_matches(hash, S("vier Wörter ohne sinn")));
    ok(!password_matches(S(""), S("")));
    ok(!password_matches(S(""), S("vier Wörter ohne Sinn")));
    int64_t start = clock_ticks();
    password_matches(hash, S("falsch"));
    int64_t known = clock_ticks() - start;
    start = clock_ticks();
    password_matches(S(""), S("falsch"));
    int64_t unknown = clock_ticks() - start;
    printf("# known %lld us, unknown %lld us\n", (long long)known, (long long)unknown);
    /* A factor of three leaves room for a busy machine; no work at all is a factor of 10000. */
    ok(unknown * 3 > known && known * 3 > unknown);
}

static const struct test tests[] = {
    TEST(counts_characters_not_bytes),
    TEST(refuses_what_is_tried_first),
    TEST(takes_what_people_can_remember),
    TEST(unknown_people_cost_the_same),
};
TEST_MAIN(tests)
