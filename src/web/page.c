/* SPDX-License-Identifier: EUPL-1.2 */
/* The frame of every page: navigation from the features' tables, logo, theme, days. */
#include "web/page.h"

#include "assets.h"
#include "base/clock.h"
#include "base/vec.h"
#include "web.text.h"
#include "web/app.h"

#define NAV_MOST 32

bool page_is_office(const struct rq *rq)
{
    return str_eq(rq->path, S("/buero")) || str_starts(rq->path, S("/buero/"));
}

bool page_is_read_only(const struct rq *rq)
{
    return page_is_office(rq) && may_only_read(rq);
}

static bool shown(const struct rq *rq, const struct nav *n)
{
    return n->kind == ACCESS_ANYONE || (n->kind == ACCESS_SIGNED_IN && rq_signed_in(rq)) ||
           (n->kind == ACCESS_CAN && may_read(rq, n->permission));
}

static bool is_current(const struct rq *rq, const char *path)
{
    str at = str_from_c(path);
    bool below = rq->path.n > at.n && rq->path.p[at.n] == '/';
    bool whole_office = str_eq(at, S("/buero"));
    return str_eq(rq->path, at) || (below && !whole_office && str_starts(rq->path, at));
}

static void insert_by_order(const struct nav **found, size_t n, const struct nav *item)
{
    for (; n > 0 && found[n - 1]->order > item->order; n--)
        found[n] = found[n - 1];
    found[n] = item;
}

struct page_links page_nav(const struct rq *rq, bool office, enum nav_menu menu)
{
    const struct nav *found[NAV_MOST];
    size_t n = 0;
    for (const struct feature *const *f = rq->app->features; *f; f++)
        for (const struct nav *item = (*f)->nav; item && item->path && n < NAV_MOST; item++)
            if (item->office == office && item->menu == menu && shown(rq, item))
                insert_by_order(found, n++, item);
    struct page_link *links = NEW_ARRAY(rq->arena, n, struct page_link);
    for (size_t i = 0; i < n; i++)
        links[i] = (struct page_link){ text_of(rq, found[i]->label),
                                       link_to(rq, str_from_c(found[i]->path)),
                                       is_current(rq, found[i]->path), S("") };
    return (struct page_links){ links, n };
}

bool page_any_current(struct page_links links)
{
    for (size_t i = 0; i < links.n; i++)
        if (links.v[i].current)
            return true;
    return false;
}

struct page_links page_langs(const struct rq *rq)
{
    struct page_link *links = NEW_ARRAY(rq->arena, LANG_COUNT, struct page_link);
    uint32_t offered =
        rq->city ? rq->city->langs : 1u << LANG_DE | 1u << LANG_DE_SIMPLE | 1u << LANG_EN;
    size_t n = 0;
    for (int i = 0; i < LANG_COUNT; i++)
        if (offered & (1u << i)) {
            const struct lang_info *info = lang_info((enum lang)i);
            links[n++] = (struct page_link){ info->name, link_with(rq, "lang", info->code),
                                             rq->lang == (enum lang)i, info->code };
        }
    return (struct page_links){ links, n };
}

url page_logo(const struct rq *rq)
{
    static const struct {
        str name;
        enum asset_id asset;
    } logos[] = {
        { STR_INIT("luebeck"), ASSET_logo_luebeck_svg },
        { STR_INIT("lueneburg"), ASSET_logo_lueneburg_svg },
        { STR_INIT("bitburg"), ASSET_logo_bitburg_svg },
    };
    for (size_t i = 0; rq->city && i < sizeof logos / sizeof *logos; i++)
        if (str_eq(logos[i].name, rq->city->logo))
            return asset_url(logos[i].asset);
    return asset_url(ASSET_tandem_svg);
}

url page_art(const struct rq *rq)
{
    str name = rq->city ? rq->city->logo : S("");
    if (str_eq(name, S("bitburg")))
        return asset_url(ASSET_art_bitburg_svg);
    return asset_url(str_eq(name, S("lueneburg")) ? ASSET_art_lueneburg_svg
                                                  : ASSET_art_luebeck_svg);
}

url page_theme(const struct rq *rq)
{
    str colours = str_join(rq->arena, rq->city->colour, rq->city->accent);
    return link_to(rq,
                   str_fmt(rq->arena, "/thema.css?v=%08x", (unsigned)(str_hash(colours) >> 32)));
}

str page_town(const struct rq *rq)
{
    return rq->city ? rq->city->name : S("Tandem");
}

str page_brand(const struct rq *rq)
{
    return rq->city && rq->city->long_name.n ? rq->city->long_name : page_town(rq);
}

str page_title(const struct rq *rq, str title)
{
    str whole = t_page_title(rq, title, page_town(rq));
    if (!rq_ok(rq))
        return t_page_title_error(rq, whole);
    /* A new page begins with its title: so it is heard what has been done. */
    return rq->note.n ? t_page_title_note(rq, rq->note, whole) : whole;
}

static str number(const struct rq *rq, int n)
{
    struct out o = out_new(rq->arena, 24);
    out_i64(&o, n);
    return out_text(&o);
}

static str day_text(const struct rq *rq, struct day d)
{
    static const enum msg months[] = {
        MSG_page_month_1, MSG_page_month_2,  MSG_page_month_3,  MSG_page_month_4,
        MSG_page_month_5, MSG_page_month_6,  MSG_page_month_7,  MSG_page_month_8,
        MSG_page_month_9, MSG_page_month_10, MSG_page_month_11, MSG_page_month_12,
    };
    return t_page_day(rq, number(rq, d.day), text_of(rq, months[d.month - 1]), number(rq, d.year));
}

str page_day(const struct rq *rq, int64_t instant)
{
    struct page_written none = { 0 };
    struct page_written *w = rq->days ? &rq->days->v[(uint64_t)instant / 86400 % PAGE_DAYS] : &none;
    if (instant >= w->from && instant < w->to && w->lang == rq->lang)
        return w->text;
    struct day day = clock_local(instant).day;
    *w = (struct page_written){ .from = clock_instant((struct local_time){ .day = day }),
                                .to = clock_instant((struct local_time){ .day = day_add(day, 1) }),
                                .lang = rq->lang,
                                .text = day_text(rq, day) };
    return w->text;
}

str page_degrees(const struct rq *rq, double degrees)
{
    struct out o = out_new(rq->arena, 32);
    out_f64(&o, degrees, 5);
    return out_text(&o);
}

str page_time(const struct rq *rq, int64_t instant)
{
    struct local_time t = clock_local(instant);
    return str_fmt(rq->arena, "%.*s, %d:%02d", STR_FMT(day_text(rq, t.day)), t.hour, t.minute);
}

str page_iso_day(const struct rq *rq, str iso)
{
    struct day d;
    return day_parse_iso(iso, &d) ? day_text(rq, d) : iso;
}

str page_weekday(const struct rq *rq, int day)
{
    static const enum msg days[] = { MSG_page_day_mo, MSG_page_day_tu, MSG_page_day_we,
                                     MSG_page_day_th, MSG_page_day_fr, MSG_page_day_sa,
                                     MSG_page_day_su };
    return text_of(rq, days[day]);
}

str page_if(bool condition, str value)
{
    return condition ? value : S("");
}
