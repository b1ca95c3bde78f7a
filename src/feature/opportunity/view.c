/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of offers say in words. */
#include "feature/opportunity/view.h"

#include "base/clock.h"
#include "opportunity.text.h"
#include "web/city.h"
#include "web/json.h"

bool opp_grid_has(int64_t grid, int day, int part)
{
    return grid >> (day * DAYPART_COUNT + part) & 1;
}

/* Bits of the days that have this part. */
static unsigned days_with(int64_t grid, int part)
{
    unsigned days = 0;
    for (int d = 0; d < DAY_COUNT; d++)
        if (opp_grid_has(grid, d, part))
            days |= 1u << d;
    return days;
}

/* "Mo", "Di", "Mi" to "Mo, Di und Mi". */
static void put_joined(const struct rq *rq, struct out *o, const str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i + 1 == n && n > 1)
            out_fmt(o, " %.*s ", STR_FMT(t_opp_when_and(rq)));
        else if (i)
            OUT(o, ", ");
        out_str(o, words[i]);
    }
}

/* "Mo bis Do und Sa", "Di und Do": runs of three and more are drawn together. */
static void put_days(const struct rq *rq, struct out *o, unsigned days)
{
    str words[DAY_COUNT];
    size_t n = 0;
    for (int d = 0; d < DAY_COUNT; d++) {
        if (!(days >> d & 1))
            continue;
        int end = d;
        while (end + 1 < DAY_COUNT && days >> (end + 1) & 1)
            end++;
        words[n] = page_weekday(rq, d);
        if (end - d >= 2) {
            words[n] = str_fmt(rq->arena, "%.*s %.*s %.*s", STR_FMT(words[n]),
                               STR_FMT(t_opp_when_to(rq)), STR_FMT(page_weekday(rq, end)));
            d = end;
        }
        n++;
    }
    put_joined(rq, o, words, n);
}

/* The parts of the day that have just these days, in words; their bits. */
static unsigned put_parts(const struct rq *rq, struct out *o, int64_t grid, unsigned days)
{
    str words[DAYPART_COUNT];
    size_t n = 0;
    unsigned bits = 0;
    for (int p = 0; p < DAYPART_COUNT; p++)
        if (days_with(grid, p) == days) {
            words[n++] = vocab_label(rq, &vocab_daypart, p);
            bits |= 1u << p;
        }
    put_joined(rq, o, words, n);
    return bits;
}

str opp_when(const struct rq *rq, int64_t grid)
{
    struct out o = out_new(rq->arena, 4096);
    unsigned done = 0;
    if (grid == (1 << (DAY_COUNT * DAYPART_COUNT)) - 1)
        return t_opp_when_always(rq);
    for (int p = 0; p < DAYPART_COUNT; p++) {
        unsigned days = days_with(grid, p);
        if (!days || done & (1u << p))
            continue;
        if (o.n)
            OUT(&o, "; ");
        put_days(rq, &o, days);
        OUT(&o, " ");
        done |= put_parts(rq, &o, grid, days);
    }
    return out_text(&o);
}

str opp_decimal(const struct rq *rq, double v, int digits)
{
    struct out o = out_new(rq->arena, 64);
    out_f64(&o, v, digits);
    for (size_t i = 0; i < o.n && rq->lang != LANG_EN; i++)
        if (o.p[i] == '.')
            o.p[i] = ',';
    return out_text(&o);
}

bool opp_gives_any(const struct opp_full *o)
{
    return o->gives_md.n || o->training.n || o->supervision.n || o->insurance.n || o->suits ||
           !str_eq(o->expenses, S("none"));
}

str opp_distance(const struct rq *rq, double km)
{
    return str_join(rq->arena, opp_decimal(rq, km, km < 10 ? 1 : 0), S("\xc2\xa0km"));
}

str opp_who(const struct rq *rq, const struct opp_card *o, const struct search_hit *hit)
{
    struct out out = out_new(rq->arena, 4096);
    str where = o->district.n ? o->district : o->place;
    out_str(&out, o->organisation);
    if (!where.n && o->place_kind.n)
        where = vocab_label_of(rq, &vocab_place_kind, o->place_kind);
    if (where.n) {
        OUT(&out, " · ");
        out_str(&out, where);
    }
    if (hit && hit->has_distance) {
        OUT(&out, " · ");
        out_str(&out, opp_distance(rq, hit->distance_km));
    }
    return out_text(&out);
}

static void add_fact(struct opp_facts *facts, str icon, str text)
{
    if (facts->n < 2 && text.n)
        facts->v[facts->n++] = (struct opp_fact){ icon, text };
}

struct opp_facts opp_facts(const struct rq *rq, const struct opp_card *o)
{
    struct opp_facts facts = { 0 };
    bool step_free = accessible_answer((uint64_t)o->access, ACCESSIBLE_step_free) == ANSWER_yes;
    if (step_free)
        add_fact(&facts, S("t-icon--place"),
                 vocab_label(rq, &vocab_accessible, ACCESSIBLE_step_free));
    if (o->time.n)
        add_fact(&facts, S("t-icon--clock"), vocab_label_of(rq, &vocab_time, o->time));
    if (o->training.n)
        add_fact(&facts, S("t-icon--people"), t_opp_fact_training(rq));
    for (size_t i = 0; i < vocab_suits.n; i++)
        if ((uint64_t)o->suits & vocab_bit((int)i))
            add_fact(&facts, S("t-icon--people"), vocab_label(rq, &vocab_suits, (int)i));
    return facts;
}

str opp_wanted(const struct rq *rq, const struct opp_full *o)
{
    struct out out = out_new(rq->arena, 1024);
    int64_t left = o->wanted > o->placed ? o->wanted - o->placed : 0;
    if (o->wanted)
        out_str(&out, t_opp_wanted_left(rq, left, o->wanted));
    if (o->min_age) {
        if (out.n)
            OUT(&out, ", ");
        out_str(&out, t_opp_wanted_age(rq, o->min_age));
    }
    return out_text(&out);
}

str opp_address(const struct rq *rq, const struct opp_full *o)
{
    struct out out = out_new(rq->arena, 2048);
    const str parts[] = { o->street,
                          o->postcode.n || o->place.n
                              ? str_trim(str_fmt(rq->arena, "%.*s %.*s", STR_FMT(o->postcode),
                                                 STR_FMT(o->place)))
                              : S(""),
                          o->district };
    for (size_t i = 0; i < 3; i++) {
        if (!parts[i].n)
            continue;
        if (out.n)
            OUT(&out, ", ");
        out_str(&out, parts[i]);
    }
    return out_text(&out);
}

str opp_money(const struct rq *rq, int64_t cents)
{
    return str_fmt(rq->arena, "%.*s\xc2\xa0€", STR_FMT(opp_decimal(rq, (double)cents / 100, 2)));
}

str opp_languages(const struct rq *rq, str list)
{
    struct language_levels levels = { 0 };
    struct out out = out_new(rq->arena, 4096);
    str unknown;
    languages_parse(list, &levels, &unknown);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (!levels.level[i])
            continue;
        if (out.n)
            OUT(&out, "; ");
        out_fmt(&out, "%.*s – %.*s", STR_FMT(vocab_label(rq, &vocab_language, i)),
                STR_FMT(vocab_label(rq, &vocab_level, levels.level[i] - 1)));
    }
    return out_text(&out);
}

str opp_skills(const struct rq *rq, const struct opp_full *o)
{
    str list = o->skills;
    str word;
    struct out out = out_new(rq->arena, 1024);
    while (str_next(&list, ' ', &word)) {
        word = str_ends(word, S(",")) ? str_slice(word, 0, word.n - 1) : word;
        if (out.n && word.n)
            OUT(&out, ", ");
        out_str(&out, word);
    }
    return out_text(&out);
}

str opp_given(const struct rq *rq, enum msg label, str text)
{
    if (str_ieq(text, S("ja")))
        return text_of(rq, label);
    return str_fmt(rq->arena, "%.*s: %.*s", STR_FMT(text_of(rq, label)), STR_FMT(text));
}

url opp_on_map(const struct rq *rq, const struct opp_full *o)
{
    struct http_field near[] = { { S("near"), o->postcode.n ? o->postcode : o->district },
                                 { S("radius"), S("2") } };
    return link_query(rq, S("/karte"), near, near[0].value.n ? 2 : 0);
}

url opp_map_data(const struct rq *rq, const struct opp_full *o)
{
    str point = str_fmt(rq->arena, "%.*s,%.*s", STR_FMT(page_degrees(rq, o->lat.v)),
                        STR_FMT(page_degrees(rq, o->lon.v)));
    struct http_field near[] = { { S("near"), point }, { S("radius"), S("2") } };
    return link_query(rq, S("/karte/daten"), near, 2);
}

url opp_share_mail(const struct rq *rq, const struct opp_full *o)
{
    url page = link_absolute(rq, link_id(rq, S("/angebote/"), o->id));
    return link_share(
        rq, t_opp_share_subject(rq, opp_full_title(rq, o)),
        str_fmt(rq->arena, "%.*s\r\n\r\n%.*s", STR_FMT(opp_full_summary(rq, o)), STR_FMT(page.s)));
}

static void pair(struct json *j, const char *key, str value)
{
    json_key(j, str_from_c(key));
    json_str(j, value);
}

static void put_ld_place(struct rq *rq, struct json *j, const struct opp_full *o)
{
    json_key(j, S("jobLocation"));
    json_object(j);
    pair(j, "@type", S("Place"));
    json_key(j, S("address"));
    json_object(j);
    pair(j, "@type", S("PostalAddress"));
    if (o->street.n)
        pair(j, "streetAddress", o->street);
    if (o->postcode.n)
        pair(j, "postalCode", o->postcode);
    pair(j, "addressLocality", o->place.n ? o->place : rq->city->name);
    pair(j, "addressCountry", S("DE"));
    json_object_end(j);
    json_object_end(j);
}

/* schema.org has JobPosting with employmentType VOLUNTEER for this. */
str opp_json_ld(struct rq *rq, const struct opp_full *o)
{
    struct out out = out_new(rq->arena, 65536);
    struct json j = json_new(&out);
    json_object(&j);
    pair(&j, "@context", S("https://schema.org"));
    pair(&j, "@type", S("JobPosting"));
    pair(&j, "employmentType", S("VOLUNTEER"));
    pair(&j, "title", o->title);
    pair(&j, "description", o->tasks_md.n ? o->tasks_md : o->summary);
    pair(&j, "datePosted", str_slice(instant_iso(rq->arena, o->published_at), 0, 10));
    if (o->valid_until.n)
        pair(&j, "validThrough", o->valid_until);
    pair(&j, "url", link_absolute(rq, link_id(rq, S("/angebote/"), o->id)).s);
    json_key(&j, S("hiringOrganization"));
    json_object(&j);
    pair(&j, "@type", S("Organization"));
    pair(&j, "name", o->organisation);
    json_object_end(&j);
    put_ld_place(rq, &j, o);
    json_object_end(&j);
    return out_text(&out);
}

struct opp_pages opp_pages(const struct search_result *found)
{
    struct opp_pages pages = { 0 };
    int64_t last = 0;
    for (int64_t p = 1; p <= found->pages && pages.n < 9; p++) {
        bool near = p >= found->page - 1 && p <= found->page + 1;
        if (p != 1 && p != found->pages && !near) {
            /* Jump to what is shown next: the neighbours of this page, or the last one. */
            p = p < found->page ? found->page - 2 : found->pages - 1;
            continue;
        }
        if (last && p != last + 1)
            pages.v[pages.n++] = 0;
        if (pages.n < 9)
            pages.v[pages.n++] = p;
        last = p;
    }
    return pages;
}

str opp_number(const struct rq *rq, int64_t n)
{
    return lang_number(rq->arena, rq->lang, n);
}

str opp_facet_name(const struct search_facet *facet, size_t i)
{
    str param = str_from_c(facet->param);
    return str_eq(param, S("access")) ? facet->v[i].code : param;
}

str opp_facet_value(const struct search_facet *facet, size_t i)
{
    return str_eq(str_from_c(facet->param), S("access")) ? S("1") : facet->v[i].code;
}

str opp_full_summary(const struct rq *rq, const struct opp_full *o)
{
    return rq->lang == LANG_EN && o->summary_en.n ? o->summary_en : o->summary;
}

str opp_text_lang(const struct rq *rq, str english)
{
    bool german = lang_info(rq->lang)->fallback == rq->lang || rq->lang == LANG_DE_SIMPLE;
    return german || (rq->lang == LANG_EN && english.n) ? S("") : S("de");
}

str opp_change_state(const struct rq *rq, str state)
{
    if (str_eq(state, S("waiting")))
        return t_opp_change_waiting(rq);
    if (str_eq(state, S("accepted")))
        return t_opp_change_accepted(rq);
    if (str_eq(state, S("declined")))
        return t_opp_change_declined(rq);
    return str_eq(state, S("replaced")) ? t_opp_change_replaced(rq) : S("");
}
