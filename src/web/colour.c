/* SPDX-License-Identifier: EUPL-1.2 */
/* Colours: contrast by WCAG's formula, tints by mixing until they are readable. */
#include "web/colour.h"

#include <math.h>

static const struct colour white = { 255, 255, 255 };
static const struct colour black = { 0, 0, 0 };
static const struct colour ink = { 0x1c, 0x1a, 0x17 };
/* The paper and the surface of the dark scheme, as in ui/css/10-tokens.css. */
static const struct colour night_paper = { 0x14, 0x15, 0x18 };
static const struct colour night_surface = { 0x1f, 0x21, 0x25 };

#define STEP 0.02

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool colour_parse(str s, struct colour *c)
{
    uint8_t parts[3];
    if (s.n != 7 || s.p[0] != '#')
        return false;
    for (size_t i = 0; i < 3; i++) {
        int high = hex_value(s.p[1 + 2 * i]);
        int low = hex_value(s.p[2 + 2 * i]);
        if (high < 0 || low < 0)
            return false;
        parts[i] = (uint8_t)(high * 16 + low);
    }
    *c = (struct colour){ parts[0], parts[1], parts[2] };
    return true;
}

str colour_fmt(struct arena *a, struct colour c)
{
    return str_fmt(a, "#%02x%02x%02x", c.r, c.g, c.b);
}

/* The definition of relative luminance in WCAG 2.2. */
static double linear(uint8_t part)
{
    double v = part / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(struct colour c)
{
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double colour_contrast(struct colour a, struct colour b)
{
    double la = luminance(a);
    double lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

static uint8_t mix_part(uint8_t from, uint8_t to, double share)
{
    return (uint8_t)lround(from + (to - from) * share);
}

/* `share` of the second colour in the first. */
static struct colour mix(struct colour a, struct colour b, double share)
{
    return (struct colour){ mix_part(a.r, b.r, share), mix_part(a.g, b.g, share),
                            mix_part(a.b, b.b, share) };
}

/* The strongest tint of a background, up to `share`, on which `text` can be read. */
static struct colour readable_tint(struct colour paper, struct colour ground, struct colour text,
                                   double share)
{
    while (share > 0 && colour_contrast(mix(paper, ground, share), text) < COLOUR_READABLE)
        share -= STEP;
    return share > 0 ? mix(paper, ground, share) : paper;
}

struct hsl {
    double h, s, l; /* hue in sixths of a turn; the others 0 … 1 */
};

/* CSS Color Module Level 4, section 7.2: the sample code, in C. */
static struct hsl hsl_of(struct colour c)
{
    double r = c.r / 255.0;
    double g = c.g / 255.0;
    double b = c.b / 255.0;
    double most = fmax(r, fmax(g, b));
    double least = fmin(r, fmin(g, b));
    double span = most - least;
    struct hsl x = { .l = (most + least) / 2 };
    if (span <= 0)
        return x;
    x.s = span / (1 - fabs(2 * x.l - 1));
    x.h = most <= r   ? fmod((g - b) / span + 6, 6)
          : most <= g ? (b - r) / span + 2
                      : (r - g) / span + 4;
    return x;
}

static uint8_t hsl_part(struct hsl x, double offset)
{
    double k = fmod(offset + x.h * 2, 12);
    double a = x.s * fmin(x.l, 1 - x.l);
    return (uint8_t)lround(255 * (x.l - a * fmax(-1, fmin(fmin(k - 3, 9 - k), 1))));
}

static struct colour colour_of(struct hsl x)
{
    return (struct colour){ hsl_part(x, 0), hsl_part(x, 8), hsl_part(x, 4) };
}

/* The same hue, as light as it takes to be read on everything dark; never glaring. */
static struct colour for_night(struct colour c)
{
    struct hsl x = hsl_of(c);
    x.s = fmin(x.s, 0.75);
    x.l = fmax(x.l, 0.6);
    while (x.l < 1 && colour_contrast(colour_of(x), night_surface) < 7.5)
        x.l = fmin(x.l + STEP, 1);
    return colour_of(x);
}

/* White or ink, whichever reads better, else black: one of black and white always has 4.58. */
static struct colour text_on(struct colour ground)
{
    double by_white = colour_contrast(ground, white);
    double by_ink = colour_contrast(ground, ink);
    if (fmax(by_white, by_ink) < COLOUR_READABLE)
        return black;
    return by_white >= by_ink ? white : ink;
}

bool theme_of(struct colour primary, struct colour accent, struct theme *t)
{
    if (colour_contrast(primary, white) < COLOUR_READABLE)
        return false;
    struct colour night = for_night(primary);
    *t = (struct theme){
        .primary = primary,
        .on_primary = white,
        .accent = accent,
        .on_accent = text_on(accent),
        .tint = readable_tint(white, primary, primary, 0.06),
        .tint_line = mix(white, primary, 0.24),
        .primary_night = night,
        .on_primary_night = mix(black, primary, 0.18),
        .tint_night = readable_tint(night_paper, primary, night, 0.14),
        .tint_line_night = mix(night_surface, night, 0.25),
    };
    return true;
}

static void put(struct out *o, const char *name, struct colour c)
{
    out_fmt(o, "    --town-%s: #%02x%02x%02x;\n", name, c.r, c.g, c.b);
}

void theme_put(struct out *o, const struct theme *t)
{
    OUT(o, ":root {\n");
    put(o, "primary", t->primary);
    put(o, "on-primary", t->on_primary);
    put(o, "accent", t->accent);
    put(o, "on-accent", t->on_accent);
    put(o, "tint", t->tint);
    put(o, "tint-line", t->tint_line);
    put(o, "primary-night", t->primary_night);
    put(o, "on-primary-night", t->on_primary_night);
    put(o, "tint-night", t->tint_night);
    put(o, "tint-line-night", t->tint_line_night);
    OUT(o, "}\n");
}
