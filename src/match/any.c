/* SPDX-License-Identifier: EUPL-1.2 */
/* Random offers and profiles for tests. */
#include "match/any.h"

#include <stdlib.h>

#include "match/columns.h"

static _Thread_local uint64_t seed = 1;

void any_seed(uint64_t s)
{
    seed = s;
}

uint32_t any(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % n;
}

/* A set of up to `width` bits, each with a chance of 1 in `rare`. */
uint32_t any_set(unsigned width, uint32_t rare)
{
    uint32_t set = 0;
    for (unsigned i = 0; i < width; i++)
        set |= (uint32_t)(any(rare) == 0) << i;
    return set;
}

static const char *const vocabulary[] = {
    "Kinder",        "Betreuung",    "Kinderbetreuung",
    "Garten",        "Gärten",       "Gartenarbeit",
    "Senioren",      "Oma",          "besuchen",
    "Besuchsdienst", "Hausaufgaben", "Hausaufgabenhilfe",
    "lernen",        "Deutsch",      "Straße",
    "Deutschkurs",   "vorlesen",     "Bücher",
    "Fahrdienst",    "fahren",       "Hund",
    "Tiere",         "mit",          "und",
    "die",           "Menschen",     "ältere",
    "Computer",      "PC",           "helfen",
    "Geflüchtete",   "Flüchtlinge",  "Musik",
    "singen",        "Köter",        "ausführen",
    "sucht",         "Suchthilfe",
};
#define WORDS (sizeof vocabulary / sizeof *vocabulary)

str any_text(struct arena *a, uint32_t most)
{
    str text = S("");
    for (uint32_t n = any(most + 1); n > 0; n--)
        text = str_fmt(a, "%.*s %s", STR_FMT(text), vocabulary[any(WORDS)]);
    return text;
}

struct match_point any_point(void)
{
    return (struct match_point){ any(5) > 0, 53.5 + any(1000) / 1500.0, 9.8 + any(1000) / 700.0 };
}

int64_t any_day(void)
{
    return any(3) ? 0 : TODAY - 60 + any(120);
}

struct match_offer any_offer(struct arena *a)
{
    struct match_offer o = { .id = 1 + any(IDS),
                             .org = any(6),
                             .city = (uint16_t)any(4),
                             .district = (uint16_t)any(70),
                             .grid = any_set(28, 5),
                             .skills = any_set(10, 4),
                             .levels = MATCH_LEVEL(0, any(8)) | MATCH_LEVEL(5, any(3)),
                             .point = any_point(),
                             .min_age = (uint8_t)(any(3) * 8),
                             .hours = (uint8_t)any(12),
                             .wanted = (uint16_t)any(4),
                             .from = any_day(),
                             .to = any_day(),
                             .confirmed = TODAY - any(120),
                             .published = (int64_t)any(40) * 5000000 };
    for (int k = 0; k < MATCH_PIECES; k++)
        o.text[k] = any_text(a, k == MATCH_BODY ? 12 : 3);
    o.dim[MATCH_FIELD] = any_set(23, 8);
    o.dim[MATCH_KIND] = any_set(28, 9);
    o.dim[MATCH_TARGET] = any_set(15, 5);
    o.dim[MATCH_TIME] = 1u << any(8);
    o.dim[MATCH_PLACE] = 1u << any(7);
    o.dim[MATCH_SUITS] = any_set(5, 3);
    o.dim[MATCH_ACCESS] = any_set(6, 2);
    o.access_known = o.dim[MATCH_ACCESS] | any_set(6, 2);
    o.dim[MATCH_CERTIFICATE] = 1u << any(3);
    return o;
}

struct match_profile any_profile(void)
{
    static const uint16_t cities[] = { 1, 2 };
    struct match_profile p = { .cities = cities,
                               .n_cities = any(3),
                               .skills = any(2) ? 0 : any_set(10, 3),
                               .languages_known = any(2),
                               .levels = MATCH_LEVEL(0, any(8)) | MATCH_LEVEL(5, any(8)),
                               .grid = any(2) ? 0 : any_set(28, 4),
                               .hours = (uint8_t)any(8),
                               .age = (uint8_t)(any(2) ? 0 : 8 + any(20)),
                               .certificate = (int8_t)((int)any(4) - 1),
                               .access = any(2) ? 0 : any_set(6, 4),
                               .near = any_point(),
                               .reach_m = any(2) ? 0 : 2000 + any(50000),
                               .from = any_day(),
                               .to = any_day(),
                               .today = any(4) ? TODAY : 0,
                               .offset = any(4) ? 0 : any(20),
                               .limit = any(30) };
    for (int d = 0; d < MATCH_DIMS; d++) {
        p.like[d] = any(2) ? 0 : any_set(dim_place[d].width < 16 ? dim_place[d].width : 16, 4);
        p.never[d] = any(5) ? 0 : any_set(16, 10);
    }
    for (int c = 0; c < MATCH_CRITERIA && any(3) == 0; c++)
        p.weight[c] = (uint16_t)any(50);
    return p;
}

void any_wishes(struct arena *a, struct match_profile *p)
{
    str *said = NEW_ARRAY(a, 4, str);
    p->said = said;
    p->n_said = any(2) ? 0 : any(5);
    for (size_t i = 0; i < p->n_said; i++)
        said[i] = any_text(a, 2);
    for (int d = 0; d < MATCH_DIMS && any(2); d++)
        p->rather[d] = any(3) ? 0 : any_set(16, 6);
}

uint32_t any_cases(uint32_t usual)
{
    const char *asked = getenv("MATCH_CASES");
    int64_t n = 0;
    return asked && str_to_i64(str_from_c(asked), &n) && n > 0 ? (uint32_t)n : usual;
}
