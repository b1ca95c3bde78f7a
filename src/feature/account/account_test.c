/* SPDX-License-Identifier: EUPL-1.2 */
/* Passwords; what needs a server is in test/scenario/account.txt. */
#include "feature/account/password.h"

#include "base/clock.h"
#include "base/crypt.h"
#include "base/test.h"
#include "base/utf8.h"

static enum password_fault check_as(const char *password, bool staff)
{
    static const str words[] = { STR_INIT("petra.muster@verein.example"), STR_INIT("Petra Muster"),
                                 STR_INIT("Lübeck"), STR_INIT("luebeck") };
    struct password_context context = { { words, sizeof words / sizeof *words }, staff };
    return password_check(&t_arena, str_from_c(password), &context);
}

static enum password_fault check(const char *password)
{
    return check_as(password, false);
}

static void counts_characters_not_bytes(void)
{
    eq_int(check("aB3$xyz"), PASSWORD_SHORT);
    eq_int(check("äöüßÄÖÜ"), PASSWORD_SHORT); /* seven, in fourteen bytes */
    eq_int(check("äöüßÄÖÜ!"), PASSWORD_GOOD);
    char *long_one = arena_alloc(&t_arena, 200);
    for (int i = 0; i < 128; i++)
        long_one[i] = (char)('!' + i * 37 % 90);
    eq_int(check(long_one), PASSWORD_GOOD);
    long_one[128] = 'x';
    eq_int(check(long_one), PASSWORD_LONG);
}

static void asks_more_of_who_holds_a_role(void)
{
    eq_int(check("k7#Tq9!wXb2"), PASSWORD_GOOD);
    eq_int(check_as("k7#Tq9!wXb2", true), PASSWORD_SHORT);
    eq_int(check_as("k7#Tq9!wXb2z", true), PASSWORD_GOOD);
}

static void refuse_all(const char *const *rows, size_t n, enum password_fault fault)
{
    for (size_t i = 0; i < n; i++)
        test_eq_int(check(rows[i]), fault, rows[i], (int)i);
}

static void refuses_what_is_tried_first(void)
{
    static const char *const rows[] = { "aaaaaaaa", "abababab", "12345678",     "87654321",
                                        "qwertzui", "QWERTZUI", "abcdefgh",     "1q2w3e4r",
                                        "yxcvbnm,", "xyz7xyz7", "Tq9!Tq9!Tq9!", "Q1w2E3r4T5" };
    refuse_all(rows, sizeof rows / sizeof *rows, PASSWORD_REPEATED);
    static const char *const common[] = {
        "Passwort1",      "Ehrenamt!",      "tandem2026",
        "Willkommen1",    "P@ssw0rt2026!",  "ichliebedich",
        "SommerUrlaub26", "hallo-hallo-1",  "Sonnenschein99",
        "schatzi2019!!",  "abc123qwertz",   "12.03.1987",
        "0451-123456",    "asdfgh123456",   "Pa$$w0rd1234",
        "K4tze_Passw0rt", "1l0vey0u123",    "Freiwilligenagentur1",
        "qwertzPasswort", "Katze.Hund.2024"
    };
    refuse_all(common, sizeof common / sizeof *common, PASSWORD_COMMON);
}

static void refuses_what_is_about_the_person(void)
{
    static const char *const rows[] = { "Lübeck2026!",     "luebeck1",        "petra.muster",
                                        "PetraMuster7",    "Petra Muster",    "verein.example",
                                        "LuebeckSommer26", "Muster-Passwort", "P3tra-Must3r!" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ok(check(rows[i]) == PASSWORD_CONTEXT || check(rows[i]) == PASSWORD_COMMON);
    eq_int(check("luebeck1"), PASSWORD_CONTEXT);
    eq_int(check("petra.muster"), PASSWORD_CONTEXT);
}

/* The list is searched by halves, and compared with what has been folded. */
static void common_words_are_in_order(void)
{
    str rest = easy_common_words;
    str word = S("");
    str before = S("");
    size_t n = 0;
    while (str_next(&rest, ' ', &word)) {
        bool good = str_cmp(before, word) < 0 && str_eq(easy_squeezed(&t_arena, word), word);
        if (!good)
            test_check(false, str_to_c(&t_arena, word), __FILE__, __LINE__);
        before = word;
        n++;
    }
    ok(n > 1500);
}

/*
 * Another list of common passwords, where Debian's john-data is installed: of what is long
 * enough to be taken at all, the list and its rules refuse nearly everything (the rest is mostly
 * about American clubs and films).
 */
static void refuses_what_others_list(void)
{
    FILE *f = fopen("/usr/share/john/password.lst", "r");
    char line[200];
    size_t all = 0;
    size_t refused = 0;
    if (!f) {
        test_skip("john-data is not installed");
        return;
    }
    while (fgets(line, sizeof line, f)) {
        str password = str_trim(str_from_c(line));
        if (str_starts(password, S("#!")) || utf8_count(password) < PASSWORD_LEAST)
            continue;
        bool good = check(str_to_c(&t_arena, password)) == PASSWORD_GOOD;
        if (good)
            printf("# taken: %.*s\n", STR_FMT(password));
        all++;
        refused += !good;
    }
    fclose(f);
    printf("# %zu of %zu refused\n", refused, all);
    ok(all > 600 && refused * 100 >= all * 92);
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
    TEST(counts_characters_not_bytes),      TEST(common_words_are_in_order),
    TEST(refuses_what_others_list),         TEST(asks_more_of_who_holds_a_role),
    TEST(refuses_what_is_about_the_person), TEST(refuses_what_is_tried_first),
    TEST(takes_what_people_can_remember),   TEST(unknown_people_cost_the_same),
};
TEST_MAIN(tests)
