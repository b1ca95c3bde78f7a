/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of languages and what depends on it. */
#include "web/lang.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/out.h"

/*
 * de-simple is Leichte Sprache; "simple" is a registered variant subtag (BCP 47). Arabic
 * pages write Western digits: postcodes, times and telephone numbers of a German town are.
 */
static const struct lang_info langs[LANG_COUNT] = {
    [LANG_DE] = { STR_INIT("de"), STR_INIT("Deutsch"), false, 2, LANG_DE, STR_INIT(".") },
    [LANG_DE_SIMPLE] = { STR_INIT("de-simple"), STR_INIT("Leichte Sprache"), false, 2, LANG_DE,
                         STR_INIT(".") },
    [LANG_EN] = { STR_INIT("en"), STR_INIT("English"), false, 2, LANG_DE, STR_INIT(",") },
    [LANG_TR] = { STR_INIT("tr"), STR_INIT("Türkçe"), false, 2, LANG_DE, STR_INIT(".") },
    [LANG_UK] = { STR_INIT("uk"), STR_INIT("Українська"), false, 3, LANG_DE, STR_INIT("\u00a0") },
    [LANG_AR] = { STR_INIT("ar"), STR_INIT("العربية"), true, 6, LANG_DE, STR_INIT(",") },
};

const struct lang_info *lang_info(enum lang l)
{
    must(l < LANG_COUNT);
    return &langs[l];
}

bool lang_parse(str code, enum lang *l)
{
    for (enum lang i = 0; i < LANG_COUNT; i++) {
        if (str_ieq(code, langs[i].code)) {
            *l = i;
            return true;
        }
    }
    return false;
}

str lang_dir(enum lang l)
{
    return lang_info(l)->rtl ? S("rtl") : S("ltr");
}

/* one: 1, 21, 31 … but not 11; few: 2–4, 22–24 … but not 12–14; many: the rest. */
static int form_uk(uint64_t n)
{
    uint64_t ten = n % 10;
    uint64_t hundred = n % 100;
    if (ten == 1 && hundred != 11)
        return 0;
    return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 1 : 2;
}

/* zero, one, two, few (3–10 of a hundred), many (11–99 of a hundred), other */
static int form_ar(uint64_t n)
{
    uint64_t hundred = n % 100;
    if (n <= 2)
        return (int)n;
    if (hundred >= 3 && hundred <= 10)
        return 3;
    return hundred >= 11 ? 4 : 5;
}

int lang_form(enum lang l, int64_t n)
{
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    switch (l) {
    case LANG_UK:
        return form_uk(u);
    case LANG_AR:
        return form_ar(u);
    default:
        return u == 1 ? 0 : 1;
    }
}

str lang_number(struct arena *a, enum lang l, int64_t n)
{
    struct out plain = out_new(a, 32);
    out_i64(&plain, n);
    str digits = out_text(&plain);
    if (digits.n <= 3)
        return digits;
    struct out o = out_new(a, 64);
    for (size_t i = 0; i < digits.n; i++) {
        size_t left = digits.n - i;
        if (i && left % 3 == 0 && digits.p[i - 1] != '-')
            out_str(&o, lang_info(l)->group);
        out_char(&o, digits.p[i]);
    }
    return out_text(&o);
}

/* "de-AT;q=0.8" -> its language among those offered, and the weight in thousandths. */
static bool range_parse(str range, uint32_t offered, enum lang *l, int64_t *weight)
{
    str tag;
    double q = 1;
    if (!str_next(&range, ';', &tag))
        return false;
    str param = str_trim(range.p ? range : S(""));
    if (str_starts(param, S("q=")) && !str_to_f64(str_slice(param, 2, param.n), &q))
        return false;
    *weight = (int64_t)(q * 1000);
    tag = str_trim(tag);
    if (!lang_parse(tag, l)) {
        ptrdiff_t dash = str_find_byte(tag, '-');
        if (!lang_parse(str_slice(tag, 0, dash < 0 ? tag.n : (size_t)dash), l))
            return false;
    }
    return (offered >> *l & 1) != 0;
}

bool lang_accepted(str header, uint32_t offered, enum lang *l)
{
    int64_t best = 0;
    str range;
    while (str_next(&header, ',', &range)) {
        enum lang candidate;
        int64_t weight;
        if (range_parse(range, offered, &candidate, &weight) && weight > best) {
            best = weight;
            *l = candidate;
        }
    }
    return best > 0;
}
