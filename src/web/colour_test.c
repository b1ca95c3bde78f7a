/* SPDX-License-Identifier: EUPL-1.2 */
#include "web/colour.h"

#include "base/test.h"

static struct colour colour(const char *text)
{
    struct colour c = { 0 };
    ok(colour_parse(str_from_c(text), &c));
    return c;
}

static void reads_and_writes_colours(void)
{
    eq_str(colour_fmt(&t_arena, colour("#8F1d2c")), S("#8f1d2c"));
    struct colour c = { 0 };
    ok(!colour_parse(S("8f1d2c"), &c));
    ok(!colour_parse(S("#8f1d2"), &c));
    ok(!colour_parse(S("#8f1d2g"), &c));
    ok(!colour_parse(S("#8f1d2cc"), &c));
    ok(!colour_parse(S(""), &c));
}

/* Ratios that WebAIM's checker and WCAG's own examples give. */
static void measures_contrast(void)
{
    eq_int(colour_contrast(colour("#000000"), colour("#ffffff")) * 100, 2100);
    eq_int(colour_contrast(colour("#ffffff"), colour("#ffffff")) * 100, 100);
    eq_int(colour_contrast(colour("#777777"), colour("#ffffff")) * 100, 447);
    eq_int(colour_contrast(colour("#ffffff"), colour("#767676")) * 100, 454);
    eq_int(colour_contrast(colour("#ff0000"), colour("#ffffff")) * 100, 399);
    eq_int(colour_contrast(colour("#0000ff"), colour("#ffffff")) * 100, 859);
}

static void refuses_what_cannot_be_read(void)
{
    struct theme t;
    ok(theme_of(colour("#8f1d2c"), colour("#1f6a5a"), &t));
    ok(theme_of(colour("#767676"), colour("#ffffff"), &t));
    ok(!theme_of(colour("#777777"), colour("#000000"), &t));
    ok(!theme_of(colour("#e8b04a"), colour("#000000"), &t));
    ok(!theme_of(colour("#ffffff"), colour("#000000"), &t));
}

static double weakest(const struct theme *t)
{
    struct colour paper = { 255, 255, 255 };
    struct colour night = { 0x14, 0x15, 0x18 };
    struct colour night_surface = { 0x1f, 0x21, 0x25 };
    double pairs[] = {
        colour_contrast(t->primary, t->on_primary),
        colour_contrast(t->primary, paper),
        colour_contrast(t->primary, t->tint),
        colour_contrast(t->accent, t->on_accent),
        colour_contrast(t->primary_night, t->on_primary_night),
        colour_contrast(t->primary_night, night),
        colour_contrast(t->primary_night, night_surface),
        colour_contrast(t->primary_night, t->tint_night),
    };
    double least = 21;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        least = pairs[i] < least ? pairs[i] : least;
    return least;
}

#define CUBE_STEPS 18 /* 0, 15, 30 … 255 */

/* Over the whole cube of colours: what is accepted can be read everywhere. */
static void every_accepted_theme_is_readable(void)
{
    int accepted = 0;
    int unreadable = 0;
    for (int i = 0; i < CUBE_STEPS * CUBE_STEPS * CUBE_STEPS; i++) {
        uint8_t r = (uint8_t)(i % CUBE_STEPS * 15);
        uint8_t g = (uint8_t)(i / CUBE_STEPS % CUBE_STEPS * 15);
        uint8_t b = (uint8_t)(i / CUBE_STEPS / CUBE_STEPS * 15);
        struct theme t;
        if (!theme_of((struct colour){ r, g, b }, (struct colour){ b, r, g }, &t))
            continue;
        accepted++;
        unreadable += weakest(&t) < COLOUR_READABLE;
    }
    ok(accepted > 1500);
    eq_int(unreadable, 0);
}

static void writes_a_style_sheet(void)
{
    struct theme t;
    struct out o = out_new(&t_arena, 0);
    ok(theme_of(colour("#8c1f33"), colour("#e8b04a"), &t));
    theme_put(&o, &t);
    str css = out_text(&o);
    ok(str_starts(css,
                  S(":root {\n    --town-primary: #8c1f33;\n    --town-on-primary: #ffffff;\n")));
    ok(str_find(css, S("--town-on-accent: #1c1a17;")) > 0);
    ok(str_ends(css, S(";\n}\n")));
}

static const struct test tests[] = {
    TEST(reads_and_writes_colours),    TEST(measures_contrast),
    TEST(refuses_what_cannot_be_read), TEST(every_accepted_theme_is_readable),
    TEST(writes_a_style_sheet),
};
TEST_MAIN(tests)
