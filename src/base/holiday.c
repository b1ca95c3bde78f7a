/* SPDX-License-Identifier: EUPL-1.2 */
/* Public holidays, as a table of rules. */
#include "base/holiday.h"

/*
 * The laws of the Länder on Sundays and public holidays, as in force in 2026; Unity Day is one by
 * Art. 2 of the Einigungsvertrag. Bits are numbered in this order, which is that of the official
 * municipality keys.
 */
enum {
    SH = 1 << 0,
    HH = 1 << 1,
    NI = 1 << 2,
    HB = 1 << 3,
    NW = 1 << 4,
    HE = 1 << 5,
    RP = 1 << 6,
    BW = 1 << 7,
    BY = 1 << 8,
    SL = 1 << 9,
    BE = 1 << 10,
    BB = 1 << 11,
    MV = 1 << 12,
    SN = 1 << 13,
    ST = 1 << 14,
    TH = 1 << 15,
    ALL = (1 << 16) - 1
};

static const struct {
    str code;
    str law;
} lands[] = {
    { STR_INIT("SH"), STR_INIT("SFTG § 2") },
    { STR_INIT("HH"), STR_INIT("Feiertagsgesetz § 1") },
    { STR_INIT("NI"), STR_INIT("NFeiertagsG § 2") },
    { STR_INIT("HB"), STR_INIT("Sonn- und Feiertagsgesetz § 2") },
    { STR_INIT("NW"), STR_INIT("Feiertagsgesetz NW § 2") },
    { STR_INIT("HE"), STR_INIT("HFeiertagsG § 1") },
    { STR_INIT("RP"), STR_INIT("LFtG § 2") },
    { STR_INIT("BW"), STR_INIT("FTG § 1") },
    { STR_INIT("BY"), STR_INIT("FTG Art. 1") },
    { STR_INIT("SL"), STR_INIT("SFG § 2") },
    { STR_INIT("BE"), STR_INIT("Gesetz über die Sonn- und Feiertage § 1") },
    { STR_INIT("BB"), STR_INIT("FTG § 2") },
    { STR_INIT("MV"), STR_INIT("FTG M-V § 2") },
    { STR_INIT("SN"), STR_INIT("SächsSFG § 1") },
    { STR_INIT("ST"), STR_INIT("FeiertG LSA § 2") },
    { STR_INIT("TH"), STR_INIT("ThürFGtG § 2") },
};

/* How the day of a year is found. */
enum by { BY_DATE, BY_EASTER, BY_ADVENT };

/* `month` and `day`, or `day` days behind Easter Sunday, or before the first Sunday in Advent. */
struct rule {
    enum holiday holiday;
    enum by by;
    int month, day;
    int from, to; /* years; 0: open */
    int lands;
    int locally; /* Länder that have it in some municipalities */
};

/*
 * When somebody's law changed, beside those that have been there since 1995:
 *   2017  Reformation Day once everywhere (its 500th year); since 2018 in the four northern Länder
 *   2019  Berlin: Women's Day; Thuringia: Children's Day
 *   2020  Berlin, once: 8 May (75 years)
 *   2023  Mecklenburg-Vorpommern: Women's Day
 *   2025  Berlin, once: 8 May (80 years); 2028, once: 17 June (GVBl. 2024 p. 460)
 * The Day of Repentance is a holiday in Saxony only since 1995 (care insurance).
 */
static const struct rule rules[] = {
    { HOLIDAY_NEW_YEAR, BY_DATE, 1, 1, 0, 0, ALL, 0 },
    { HOLIDAY_EPIPHANY, BY_DATE, 1, 6, 0, 0, BW | BY | ST, 0 },
    { HOLIDAY_WOMEN, BY_DATE, 3, 8, 2019, 0, BE, 0 },
    { HOLIDAY_WOMEN, BY_DATE, 3, 8, 2023, 0, MV, 0 },
    { HOLIDAY_GOOD_FRIDAY, BY_EASTER, 0, -2, 0, 0, ALL, 0 },
    { HOLIDAY_EASTER_SUNDAY, BY_EASTER, 0, 0, 0, 0, BB, 0 },
    { HOLIDAY_EASTER_MONDAY, BY_EASTER, 0, 1, 0, 0, ALL, 0 },
    { HOLIDAY_LABOUR, BY_DATE, 5, 1, 0, 0, ALL, 0 },
    { HOLIDAY_LIBERATION, BY_DATE, 5, 8, 2020, 2020, BE, 0 },
    { HOLIDAY_LIBERATION, BY_DATE, 5, 8, 2025, 2025, BE, 0 },
    { HOLIDAY_ASCENSION, BY_EASTER, 0, 39, 0, 0, ALL, 0 },
    { HOLIDAY_WHIT_SUNDAY, BY_EASTER, 0, 49, 0, 0, BB, 0 },
    { HOLIDAY_WHIT_MONDAY, BY_EASTER, 0, 50, 0, 0, ALL, 0 },
    { HOLIDAY_CORPUS_CHRISTI, BY_EASTER, 0, 60, 0, 0, BW | BY | HE | NW | RP | SL, SN | TH },
    { HOLIDAY_UPRISING, BY_DATE, 6, 17, 2028, 2028, BE, 0 },
    { HOLIDAY_PEACE, BY_DATE, 8, 8, 0, 0, 0, BY },
    { HOLIDAY_ASSUMPTION, BY_DATE, 8, 15, 0, 0, SL, BY },
    { HOLIDAY_CHILDREN, BY_DATE, 9, 20, 2019, 0, TH, 0 },
    { HOLIDAY_UNITY, BY_DATE, 10, 3, 0, 0, ALL, 0 },
    { HOLIDAY_REFORMATION, BY_DATE, 10, 31, 0, 0, BB | MV | SN | ST | TH, 0 },
    { HOLIDAY_REFORMATION, BY_DATE, 10, 31, 2017, 2017, ALL, 0 },
    { HOLIDAY_REFORMATION, BY_DATE, 10, 31, 2018, 0, HB | HH | NI | SH, 0 },
    { HOLIDAY_ALL_SAINTS, BY_DATE, 11, 1, 0, 0, BW | BY | NW | RP | SL, 0 },
    { HOLIDAY_REPENTANCE, BY_ADVENT, 0, 11, 0, 0, SN, 0 },
    { HOLIDAY_CHRISTMAS, BY_DATE, 12, 25, 0, 0, ALL, 0 },
    { HOLIDAY_BOXING, BY_DATE, 12, 26, 0, 0, ALL, 0 },
};

struct day day_easter(int year)
{
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return (struct day){ year, f / 31, f % 31 + 1 };
}

/* The first Sunday in Advent: the fourth Sunday before Christmas Day. */
static struct day advent(int year)
{
    struct day eve = { year, 12, 24 };
    return day_add(eve, -((day_weekday(eve) + 1) % 7) - 21);
}

static bool is_on(const struct rule *r, struct day day)
{
    if (day.year < r->from || (r->to && day.year > r->to))
        return false;
    switch (r->by) {
    case BY_EASTER:
        return day_number(day) == day_number(day_easter(day.year)) + r->day;
    case BY_ADVENT:
        return day_number(day) == day_number(advent(day.year)) - r->day;
    case BY_DATE:
        break;
    }
    return day.month == r->month && day.day == r->day;
}

/* The bit of a Land; of no Land: all of them, which no rule fulfils but that of all Germany. */
static int bits_of(str land)
{
    for (size_t i = 0; i < sizeof lands / sizeof *lands; i++)
        if (str_eq(lands[i].code, land))
            return 1 << i;
    return ALL;
}

enum holiday holiday_find(struct day day, str land)
{
    int bits = bits_of(land);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if ((rules[i].lands & bits) == bits && is_on(&rules[i], day))
            return rules[i].holiday;
    return HOLIDAY_NONE;
}

enum holiday holiday_find_local(struct day day, str land)
{
    int bits = bits_of(land);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if ((rules[i].locally & bits) == bits && is_on(&rules[i], day))
            return rules[i].holiday;
    return HOLIDAY_NONE;
}

str holiday_law(str land)
{
    for (size_t i = 0; i < sizeof lands / sizeof *lands; i++)
        if (str_eq(lands[i].code, land))
            return lands[i].law;
    return S("");
}
