/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading opening hours as people write them. */
#include "feature/city/hours.h"

#include "base/utf8.h"

/* What is left of a line; everything below takes from its beginning what it understands. */
static void skip_blanks(str *s)
{
    while (s->n && ((unsigned char)s->p[0] <= ' ' || s->p[0] == '.'))
        *s = str_slice(*s, 1, s->n);
}

static bool take(str *s, str word)
{
    str left = *s;
    skip_blanks(&left);
    if (left.n < word.n || !str_ieq(str_slice(left, 0, word.n), word))
        return false;
    *s = str_slice(left, word.n, left.n);
    return true;
}

static bool take_any(str *s, const str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (take(s, words[i]))
            return true;
    return false;
}

static const str until[] = { STR_INIT("-"), STR_INIT("–"), STR_INIT("bis"), STR_INIT("to") };
static const str also[] = { STR_INIT(","), STR_INIT("/"),   STR_INIT("&"),
                            STR_INIT("+"), STR_INIT("und"), STR_INIT("and") };

#define TAKE_ANY(s, words) take_any((s), (words), sizeof(words) / sizeof *(words))

/* ---- days ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The whole name, or its first two or three letters. */
static bool names(str word, str name)
{
    return str_ieq(word, name) ||
           (word.n >= 2 && word.n <= 3 && str_ieq(word, str_slice(name, 0, word.n)));
}

static bool take_day(str *s, int *day)
{
    static const struct {
        str name;
        int day;
    } all[] = {
        { STR_INIT("montag"), 0 },     { STR_INIT("dienstag"), 1 },  { STR_INIT("mittwoch"), 2 },
        { STR_INIT("donnerstag"), 3 }, { STR_INIT("freitag"), 4 },   { STR_INIT("samstag"), 5 },
        { STR_INIT("sonnabend"), 5 },  { STR_INIT("sonntag"), 6 },   { STR_INIT("monday"), 0 },
        { STR_INIT("tuesday"), 1 },    { STR_INIT("wednesday"), 2 }, { STR_INIT("thursday"), 3 },
        { STR_INIT("friday"), 4 },     { STR_INIT("saturday"), 5 },  { STR_INIT("sunday"), 6 }
    };
    str left = *s;
    skip_blanks(&left);
    size_t n = 0;
    while (n < left.n && is_letter(left.p[n]))
        n++;
    str word = str_slice(left, 0, n);
    if (str_ieq(word, S("so"))) /* Sonntag, not Sonnabend */
        word = S("sonntag");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (names(word, all[i].name)) {
            *day = all[i].day;
            *s = str_slice(left, n, left.n);
            return true;
        }
    return false;
}

/* "Mo", "Di, Do", "Mo–Fr": bits of weekdays; 0 when the line begins with no day. */
static unsigned take_days(str *s)
{
    unsigned days = 0;
    int day = 0;
    str left = *s;
    while (take_day(&left, &day)) {
        int last = day;
        *s = left;
        if (TAKE_ANY(&left, until) && take_day(&left, &last) && last > day)
            *s = left;
        else
            last = day;
        for (; day <= last; day++)
            days |= 1u << day;
        left = *s;
        if (!TAKE_ANY(&left, also))
            break;
    }
    return days;
}

/* ---- times ---- */

static bool take_number(str *s, int most, int *value)
{
    size_t n = 0;
    *value = 0;
    while (n < s->n && n < 2 && s->p[n] >= '0' && s->p[n] <= '9')
        *value = *value * 10 + (s->p[n++] - '0');
    *s = str_slice(*s, n, s->n);
    bool digit = s->n && s->p[0] >= '0' && s->p[0] <= '9';
    return n > 0 && !digit && *value <= most;
}

/* "9", "9:30", "09.30 Uhr": minutes of the day. */
static bool take_time(str *s, int *minutes)
{
    int hour = 0;
    int minute = 0;
    str left = *s;
    skip_blanks(&left);
    if (!take_number(&left, 24, &hour))
        return false;
    if (left.n > 1 && (left.p[0] == ':' || left.p[0] == '.') && left.p[1] >= '0' &&
        left.p[1] <= '9') {
        left = str_slice(left, 1, left.n);
        if (!take_number(&left, 59, &minute))
            return false;
    }
    (void)take(&left, S("Uhr"));
    *minutes = hour * 60 + minute;
    *s = left;
    return *minutes <= 24 * 60;
}

static str clock_words(struct arena *a, int minutes)
{
    return str_fmt(a, "%02d:%02d", minutes / 60, minutes % 60);
}

static bool take_span(struct arena *a, str *s, struct hours *h)
{
    int opens = 0;
    int closes = 0;
    str left = *s;
    if (!take_time(&left, &opens) || !TAKE_ANY(&left, until) || !take_time(&left, &closes) ||
        closes <= opens)
        return false;
    h->opens = clock_words(a, opens);
    h->closes = clock_words(a, closes);
    *s = left;
    return true;
}

/* ---- lines ---- */

struct line {
    unsigned days;
    struct hours spans[8];
    size_t n;
};

static bool parse_line(struct arena *a, str text, struct line *line)
{
    str left = text;
    *line = (struct line){ .days = take_days(&left) };
    (void)take(&left, S(":"));
    str next = left;
    while (line->n < 8 && take_span(a, &next, &line->spans[line->n])) {
        line->n++;
        left = next;
        if (!TAKE_ANY(&next, also))
            break;
    }
    if (!line->n)
        line->n = 1; /* no time: the note says when */
    else
        (void)(take(&left, S(",")) || take(&left, S(";")));
    str note = str_trim(left);
    for (size_t i = 0; i < line->n; i++)
        line->spans[i].note = note;
    /* Figures without a time that is understood are a slip, not a note. */
    bool figures = note.n && note.p[0] >= '0' && note.p[0] <= '9' && !line->spans[0].opens.n;
    return line->days && !figures && (note.n || line->spans[0].opens.n);
}

static bool add_line(const struct line *line, struct hours_list *hours)
{
    for (int day = 0; day < 7; day++)
        for (size_t i = 0; i < line->n && line->days >> day & 1; i++) {
            if (hours->n == HOURS_MOST)
                return false;
            hours->v[hours->n] = line->spans[i];
            hours->v[hours->n++].weekday = day;
        }
    return true;
}

static int compare(const struct hours *x, const struct hours *y)
{
    return x->weekday != y->weekday ? x->weekday - y->weekday : str_cmp(x->opens, y->opens);
}

/* Few and nearly sorted. */
static void sort(struct hours_list *hours)
{
    for (size_t i = 1; i < hours->n; i++)
        for (size_t k = i; k > 0 && compare(&hours->v[k - 1], &hours->v[k]) > 0; k--) {
            struct hours h = hours->v[k];
            hours->v[k] = hours->v[k - 1];
            hours->v[k - 1] = h;
        }
}

str hours_parse(struct arena *a, str text, struct hours_list *hours)
{
    str one;
    hours->n = 0;
    while (str_next(&text, '\n', &one)) {
        struct line line;
        one = str_trim(one);
        if (one.n && (!parse_line(a, one, &line) || !add_line(&line, hours)))
            return one;
    }
    sort(hours);
    return S("");
}
