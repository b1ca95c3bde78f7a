/* SPDX-License-Identifier: EUPL-1.2 */
/* Forms: from what somebody typed to a struct, one reader per type of field. */
#include "web/form.h"

#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"
#include "web.text.h"

#define ONE_LINE 200
#define MANY     8000

static str *text_at(const struct field *f, void *form)
{
    return (str *)(void *)((char *)form + f->offset);
}

static int64_t *number_at(const struct field *f, void *form)
{
    return (int64_t *)(void *)((char *)form + f->offset);
}

static bool is_text(enum field_type type)
{
    return type <= FIELD_DAY || type == FIELD_CODE || type == FIELD_COLOUR;
}

static bool is_one_word(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f)
            return false;
    return s.n > 0;
}

bool mail_valid(str s)
{
    ptrdiff_t at = str_find_byte(s, '@');
    if (!is_one_word(s) || at < 1 || s.n > 254 || str_find(s, S("..")) >= 0)
        return false;
    str domain = str_slice(s, (size_t)at + 1, s.n);
    ptrdiff_t dot = str_find_byte(domain, '.');
    for (size_t i = 0; i < s.n; i++)
        if (str_find_byte(S("<>()[],;:\\\""), s.p[i]) >= 0)
            return false;
    return dot > 0 && (size_t)dot + 1 < domain.n && str_find_byte(domain, '@') < 0 &&
           domain.p[domain.n - 1] != '.';
}

str mail_folded(struct arena *a, str s)
{
    char *p = arena_bytes(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (str){ p, s.n };
}

static bool five_digits(str s)
{
    int64_t v = 0;
    return s.n == 5 && s.p[0] != '-' && s.p[0] != '+' && str_to_i64(s, &v);
}

static bool is_phone(str s)
{
    int digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            digits++;
        else if (str_find_byte(S(" +-/()."), s.p[i]) < 0)
            return false;
    }
    return digits >= 4;
}

static bool is_colour(str s)
{
    for (size_t i = 1; i < s.n; i++)
        if (str_find_byte(S("0123456789abcdefABCDEF"), s.p[i]) < 0)
            return false;
    return s.n == 7 && s.p[0] == '#';
}

static str web_address(struct arena *a, str s)
{
    if (str_starts(s, S("http://")) || str_starts(s, S("https://")))
        return s;
    return str_join(a, S("https://"), s);
}

/* Checks and normalises one line; the empty text has been dealt with. */
static void read_line(struct rq *rq, const struct field *f, str typed, str *value)
{
    struct day day;
    *value = typed;
    switch (f->type) {
    case FIELD_MAIL:
        *value = mail_folded(rq->arena, typed);
        if (!mail_valid(typed))
            rq_error(rq, f->name, t_form_error_mail(rq));
        break;
    case FIELD_PHONE:
        if (!is_phone(typed))
            rq_error(rq, f->name, t_form_error_phone(rq));
        break;
    case FIELD_POSTCODE:
        if (!five_digits(typed))
            rq_error(rq, f->name, t_form_error_postcode(rq));
        break;
    case FIELD_WEB:
        *value = web_address(rq->arena, typed);
        if (!is_one_word(typed) || str_find_byte(typed, '.') < 1)
            rq_error(rq, f->name, t_form_error_web(rq));
        break;
    case FIELD_DAY:
        if (day_parse(typed, clock_today(), &day))
            *value = day_iso(rq->arena, day);
        else
            rq_error(rq, f->name, t_form_error_day(rq));
        break;
    case FIELD_CODE:
        if (vocab_find(f->vocab, typed) < 0)
            rq_error(rq, f->name, t_form_error_choice(rq));
        break;
    case FIELD_COLOUR:
        if (!is_colour(typed))
            rq_error(rq, f->name, t_form_error_colour(rq));
        break;
    default:
        break;
    }
}

static void read_text(struct rq *rq, const struct field *f, void *form)
{
    str typed = rq_param(rq, f->name);
    str *value = text_at(f, form);
    if (f->type == FIELD_SECRET) {
        *value = typed;
    } else {
        typed = str_trim(utf8_clean(rq->arena, typed));
        *value = typed;
    }
    if (!typed.n) {
        if (f->required)
            rq_error(rq, f->name, t_form_error_required(rq));
        return;
    }
    int64_t max = f->max ? f->max : f->type == FIELD_LONG ? MANY : ONE_LINE;
    if ((int64_t)utf8_count(typed) > max) {
        rq_error(rq, f->name, t_form_error_long(rq, max));
        return;
    }
    read_line(rq, f, typed, value);
}

static void read_int(struct rq *rq, const struct field *f, int64_t *value)
{
    str typed = str_trim(rq_param(rq, f->name));
    *value = 0;
    if (!typed.n) {
        if (f->required)
            rq_error(rq, f->name, t_form_error_required(rq));
        return;
    }
    if (!str_to_i64(typed, value))
        rq_error(rq, f->name, t_form_error_number(rq));
    else if (*value < f->min || *value > f->max)
        rq_error(rq, f->name, t_form_error_range(rq, f->min, f->max));
}

/* "2,5" or "2.5" in tenths: 25. More digits than the scale has are refused, not rounded. */
static bool parse_decimal(str typed, int scale, int64_t *value)
{
    int64_t whole = 0;
    ptrdiff_t sign = str_find_byte(typed, ',');
    sign = sign < 0 ? str_find_byte(typed, '.') : sign;
    str digits = sign < 0 ? S("") : str_slice(typed, (size_t)sign + 1, typed.n);
    if (!str_to_i64(sign < 0 ? typed : str_slice(typed, 0, (size_t)sign), &whole) || whole < 0 ||
        whole > INT32_MAX)
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        if (scale < 10 || digits.p[i] < '0' || digits.p[i] > '9')
            return false;
        scale /= 10;
        whole = whole * 10 + (digits.p[i] - '0');
    }
    *value = whole * scale;
    return sign < 0 || digits.n > 0;
}

static void read_decimal(struct rq *rq, const struct field *f, int64_t *value)
{
    str typed = str_trim(rq_param(rq, f->name));
    *value = 0;
    if (!typed.n) {
        if (f->required)
            rq_error(rq, f->name, t_form_error_required(rq));
        return;
    }
    if (!parse_decimal(typed, f->scale, value))
        rq_error(rq, f->name, t_form_error_decimal(rq));
    else if (*value < f->min || *value > f->max)
        rq_error(rq, f->name, t_form_error_range(rq, f->min / f->scale, f->max / f->scale));
}

/* As parse_decimal reads it, with the sign that the language has. */
static str decimal_text(const struct rq *rq, const struct field *f, int64_t v)
{
    int64_t rest = v % f->scale;
    if (!rest)
        return str_fmt(rq->arena, "%lld", (long long)(v / f->scale));
    return str_fmt(rq->arena, "%lld%s%0*lld", (long long)(v / f->scale),
                   rq->lang == LANG_EN ? "." : ",", f->scale == 100 ? 2 : 1, (long long)rest);
}

static void read_bits(struct rq *rq, const struct field *f, int64_t *value)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < f->vocab->n; i++)
        if (rq_param_has(rq, f->name, f->vocab->codes[i]))
            bits |= vocab_bit((int)i);
    *value = (int64_t)bits;
    if (f->required && !bits)
        rq_error(rq, f->name, t_form_error_choose(rq));
}

/* Each question has a name of its own, "access_step_free"; no answer is no answer. */
static void read_access(struct rq *rq, const struct field *f, int64_t *value)
{
    uint64_t access = 0;
    bool complete = true;
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        str name = form_access_name(rq, f, i);
        int answer = vocab_find(&vocab_answer, rq_param(rq, str_to_c(rq->arena, name)));
        complete = complete && answer >= 0;
        if (answer >= 0)
            access = accessible_with(access, (enum vocab_accessible)i, (enum vocab_answer)answer);
    }
    *value = (int64_t)access;
    if (f->required && !complete)
        rq_error(rq, f->name, t_form_error_access(rq));
}

bool rq_form(struct rq *rq, const struct field *fields, void *form)
{
    for (const struct field *f = fields; f->name; f++) {
        if (is_text(f->type))
            read_text(rq, f, form);
        else if (f->type == FIELD_INT)
            read_int(rq, f, number_at(f, form));
        else if (f->type == FIELD_DECIMAL)
            read_decimal(rq, f, number_at(f, form));
        else if (f->type == FIELD_BOOL)
            *number_at(f, form) = rq_param(rq, f->name).n > 0;
        else if (f->type == FIELD_ACCESS)
            read_access(rq, f, number_at(f, form));
        else
            read_bits(rq, f, number_at(f, form));
    }
    return rq_ok(rq);
}

/* A day as people write it: 02.03.2026. */
static str day_text(const struct rq *rq, str iso)
{
    struct day d;
    if (!day_parse_iso(iso, &d))
        return iso;
    return str_fmt(rq->arena, "%02d.%02d.%04d", d.day, d.month, d.year);
}

static bool typed_here(const struct rq *rq)
{
    return rq->http->method == HTTP_POST;
}

/* A page may hold several forms, of which one was sent: the others keep what they held. Of boxes,
 * none of which may be ticked, this cannot be told. */
static bool was_sent(const struct rq *rq, const struct field *f)
{
    return typed_here(rq) && rq_has_param(rq, f->name);
}

str form_value(const struct rq *rq, const struct field *f, const void *form)
{
    if (f->type == FIELD_SECRET)
        return S("");
    if (was_sent(rq, f))
        return rq_param(rq, f->name);
    const void *at = (const char *)form + f->offset;
    if (f->type == FIELD_DAY)
        return day_text(rq, *(const str *)at);
    if (is_text(f->type))
        return *(const str *)at;
    int64_t v = *(const int64_t *)at;
    if (v && f->type == FIELD_DECIMAL)
        return decimal_text(rq, f, v);
    return v || (f->required && f->min <= 0) ? str_fmt(rq->arena, "%lld", (long long)v) : S("");
}

bool form_picked(const struct rq *rq, const struct field *f, const void *form, int64_t id)
{
    return str_eq(form_value(rq, f, form), str_fmt(rq->arena, "%lld", (long long)id));
}

bool form_ticked(const struct rq *rq, const struct field *f, const void *form, str code)
{
    if (f->type == FIELD_CODE ? was_sent(rq, f) : typed_here(rq))
        return rq_param_has(rq, f->name, code);
    const void *at = (const char *)form + f->offset;
    if (f->type == FIELD_CODE)
        return str_eq(*(const str *)at, code);
    if (f->type == FIELD_BOOL)
        return *(const int64_t *)at != 0;
    int value = vocab_find(f->vocab, code);
    return value >= 0 && (uint64_t) * (const int64_t *)at & vocab_bit(value);
}

bool form_access_ticked(const struct rq *rq, const struct field *f, const void *form, int question,
                        str answer)
{
    if (typed_here(rq)) {
        str name = form_access_name(rq, f, question);
        return str_eq(rq_param(rq, str_to_c(rq->arena, name)), answer);
    }
    const void *at = (const char *)form + f->offset;
    uint64_t access = (uint64_t) * (const int64_t *)at;
    int given = (int)accessible_answer(access, (enum vocab_accessible)question);
    return str_eq(vocab_code(&vocab_answer, given), answer);
}

str form_access_name(const struct rq *rq, const struct field *f, int question)
{
    return str_fmt(rq->arena, "%s_%.*s", f->name, STR_FMT(vocab_code(&vocab_accessible, question)));
}

const struct field *form_field(const struct field *fields, const char *name)
{
    for (const struct field *f = fields; f->name; f++)
        if (str_eq(str_from_c(f->name), str_from_c(name)))
            return f;
    must(!"the form has this field");
    return NULL;
}
