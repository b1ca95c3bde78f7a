/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/utf8.h"

#include "base/test.h"

static void checks(void)
{
    ok(utf8_valid(S("Lüneburg Ж ع 🌍")));
    ok(!utf8_valid(S("\xc3")) && !utf8_valid(S("\xc0\x80")) && !utf8_valid(S("\xed\xa0\x80")) &&
       !utf8_valid(S("a\0b")));
    eq_int(utf8_count(S("Lübeck")), 6);
    eq_str(utf8_cut(S("Lübeck"), 2), S("Lü"));
}

static void cleans(void)
{
    eq_str(utf8_clean(&t_arena, S("\xef\xbb\xbfu\xcc\x88"
                                  "b\r\n\x01")),
           S("üb\n"));
    eq_str(utf8_clean(&t_arena, S("a\xff")), S("a\xef\xbf\xbd"));
    eq_str(utf8_from_windows1252(&t_arena, S("\xabL\xfc\xbb \x80")), S("«Lü» €"));
}

static void folds(void)
{
    eq_str(utf8_fold(&t_arena, S("  Straßen-Übung, ÄÖÜ! ")), S("strassen uebung aeoeue"));
    eq_str(utf8_fold(&t_arena, S("Café Señor 3–5 Std.")), S("cafe senor 3 5 std"));
    eq_str(utf8_fold(&t_arena, S("Kinder\xc2\xad"
                                 "garten")),
           S("kindergarten"));
    eq_str(utf8_fold(&t_arena, S("U\xcc\x88"
                                 "bung")),
           S("uebung"));
    eq_str(utf8_slug(&t_arena, S("Vorlesen für Kinder!"), 14), S("vorlesen-fuer"));
}

static void sorts_german(void)
{
    str a = utf8_sort_key(&t_arena, S("Ärzte"));
    str b = utf8_sort_key(&t_arena, S("Arzt"));
    str c = utf8_sort_key(&t_arena, S("Aß"));
    str d = utf8_sort_key(&t_arena, S("Zoo"));
    ok(str_cmp(b, a) < 0 && str_cmp(a, c) < 0 && str_cmp(c, d) < 0);
}

/* An accent somewhere sends a text the long way round; both ways must give the same. */
static void folds_plain_texts_alike(void)
{
    const str texts[] = {
        S("  Straßen-Übung, ÄÖÜ! "),
        S("„Grüne Damen“ – 3 × 5 Std. …"),
        S("a\xc2\xa0"
          "b\xc2\xad"
          "c"),
        S("–ä"),
        S("ß"),
        S("A1b2, (ÖPNV)"),
        S("x\ty\nz"),
        S("Größe/Maß\xe2\x80\xba"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        str plain = utf8_fold(&t_arena, texts[i]);
        str longer = utf8_fold(&t_arena, str_join(&t_arena, texts[i], S(" é")));
        eq_str(str_join(&t_arena, plain, S(" e")), longer);
    }
}

static const struct test tests[] = { TEST(checks), TEST(cleans), TEST(folds),
                                     TEST(folds_plain_texts_alike), TEST(sorts_german) };
TEST_MAIN(tests)
