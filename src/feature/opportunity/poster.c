/* SPDX-License-Identifier: EUPL-1.2 */
/* The poster of an offer: what web/pdf.h is to draw. */
#include "feature/opportunity/poster.h"

#include "assets.h"
#include "base/utf8.h"
#include "feature/opportunity/short.h"
#include "feature/opportunity/view.h"
#include "opportunity.text.h"
#include "web/app.h"
#include "web/colour.h"
#include "web/error.h"
#include "web/limit.h"
#include "web/pdf.h"
#include "web/session.h"

/* A poster takes a tenth of a second of a worker; those that were asked for before are kept. */
static const struct limit_rule poster_rule = { "poster", 20, 6 };

const struct param poster_params[] = {
    { "strips", "integer", "1: with strips to tear off" },
    { 0 },
};

struct qr opp_qr(const struct rq *rq, int64_t id)
{
    struct qr qr = { 0 };
    must(qr_of(rq->arena, short_link(rq, id).s, &qr));
    return qr;
}

static str qr_picture(const struct rq *rq, int64_t id)
{
    struct qr qr = opp_qr(rq, id);
    return str_fmt(rq->arena,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%.*s\">"
                   "<path d=\"%.*s\"/></svg>",
                   STR_FMT(qr_view(rq->arena, &qr)), STR_FMT(qr.path));
}

/* The bytes of an embedded picture. */
static str picture(url address)
{
    const struct asset *asset = asset_find(address.s);
    return asset ? asset->raw : S("");
}

static void add(struct pdf_poster *p, str label, str text)
{
    if (text.n && p->fact_count < PDF_FACTS)
        p->facts[p->fact_count++] = (struct pdf_fact){ label, text };
}

static str when(struct rq *rq, const struct opp_full *o)
{
    str from = o->starts_on.n ? page_iso_day(rq, o->starts_on) : S("");
    if (from.n && o->ends_on.n && !str_eq(o->ends_on, o->starts_on))
        return str_fmt(rq->arena, "%.*s – %.*s", STR_FMT(from),
                       STR_FMT(page_iso_day(rq, o->ends_on)));
    return from.n ? from : opp_when(rq, o->grid);
}

static str where(struct rq *rq, const struct opp_full *o)
{
    str address = opp_address(rq, o);
    return address.n ? address : vocab_label_of(rq, &vocab_place_kind, o->place_kind);
}

static str effort(struct rq *rq, const struct opp_full *o)
{
    str time = o->time.n ? vocab_label_of(rq, &vocab_time, o->time) : S("");
    if (!time.n || !o->commitment.n)
        return time.n ? time : o->commitment;
    return str_fmt(rq->arena, "%.*s, %.*s", STR_FMT(time), STR_FMT(o->commitment));
}

/* What has been answered with yes; where nothing is, that it is worth asking. */
static str access_of(struct rq *rq, const struct opp_full *o)
{
    struct out out = out_new(rq->arena, 2048);
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        if (accessible_answer((uint64_t)o->access, (enum vocab_accessible)i) != ANSWER_yes)
            continue;
        if (out.n)
            OUT(&out, ", ");
        out_str(&out, vocab_label(rq, &vocab_accessible, i));
    }
    return out.n ? out_text(&out) : t_opp_poster_ask(rq);
}

static str gives(struct rq *rq, const struct opp_full *o)
{
    struct out out = out_new(rq->arena, 2048);
    const str parts[] = { o->training.n ? t_opp_given_training(rq) : S(""),
                          o->supervision.n ? t_opp_given_supervision(rq) : S(""),
                          o->insurance.n ? t_opp_given_insurance(rq) : S(""),
                          str_eq(o->expenses, S("none"))
                              ? S("")
                              : vocab_label_of(rq, &vocab_expenses, o->expenses) };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (out.n && parts[i].n)
            OUT(&out, ", ");
        out_str(&out, parts[i]);
    }
    return out_text(&out);
}

static void add_facts(struct rq *rq, const struct opp_full *o, struct pdf_poster *p)
{
    add(p, t_opp_show_when(rq), when(rq, o));
    add(p, t_opp_show_where(rq), where(rq, o));
    add(p, t_opp_show_time(rq), effort(rq, o));
    add(p, t_opp_field_access(rq), access_of(rq, o));
    add(p, t_opp_show_wanted(rq), opp_wanted(rq, o));
    add(p, t_opp_show_gives(rq), gives(rq, o));
}

/* The band behind the picture: the town's colour, hardly. */
static str tint_of(const struct rq *rq)
{
    struct colour primary;
    struct colour accent;
    struct theme theme;
    if (!colour_parse(rq->city->colour, &primary) || !colour_parse(rq->city->accent, &accent) ||
        !theme_of(primary, accent, &theme))
        return S("#f3f4f6");
    return colour_fmt(rq->arena, theme.tint);
}

/* In Leichte Sprache the beginning of that version, up to its first heading or list. */
static str text_of_poster(struct rq *rq, const struct opp_full *o)
{
    struct out out = out_new(rq->arena, 2048);
    str rest = o->simple_md;
    str line;
    if (rq->lang != LANG_DE_SIMPLE)
        return opp_full_summary(rq, o);
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        bool special =
            str_starts(line, S("#")) || str_starts(line, S("- ")) || str_starts(line, S("* "));
        if (special && out.n)
            break;
        if (special || (!line.n && !out.n))
            continue;
        if (out.n)
            OUT(&out, " ");
        out_str(&out, line);
    }
    return out.n ? out_text(&out) : opp_full_summary(rq, o);
}

static struct pdf_poster poster_of(struct rq *rq, const struct opp_full *o)
{
    struct pdf_poster p = {
        .title = opp_full_title(rq, o),
        .lang = rq->lang == LANG_EN ? S("en") : S("de"),
        .whole = rq->lang == LANG_DE_SIMPLE,
        .brand = page_brand(rq),
        .claim = t_opp_poster_claim(rq, page_town(rq)),
        .shout = t_opp_poster_shout(rq),
        .organisation = o->organisation,
        .text = text_of_poster(rq, o),
        .colour = rq->city->colour,
        .on_colour = S("#ffffff"), /* colours on which white cannot be read are refused */
        .tint = tint_of(rq),
        .accent = rq->city->accent,
        .logo = picture(page_logo(rq)),
        .art = picture(page_art(rq)),
        .qr = qr_picture(rq, o->id),
        .call = t_opp_poster_call(rq),
        .address = short_typed(rq, o->id),
        .link = short_link(rq, o->id).s,
        .footer = t_opp_poster_footer(rq, page_day(rq, o->confirmed_at)),
        .strips = str_eq(rq_param(rq, "strips"), S("1")),
    };
    p.strip_text = p.title;
    p.qr_text = t_opp_poster_qr(rq, p.address);
    add_facts(rq, o, &p);
    return p;
}

void poster_pdf(struct rq *rq)
{
    const struct opp_full *o = opp_get(rq->db, rq->city->id, rq_id(rq));
    if (!o || !opportunity_visible(rq, o)) {
        rq_not_found(rq);
        return;
    }
    if (rq_limited(rq, &poster_rule, rq_peer_key(rq)))
        return;
    struct pdf_poster p = poster_of(rq, o);
    str pdf = S("");
    if (pdf_make_poster(rq->app, rq->arena, &p, &pdf) != ERR_OK) {
        error_page(rq, 503);
        return;
    }
    rq_type(rq, S("application/pdf"));
    rq_header(rq, S("Content-Disposition"),
              str_fmt(rq->arena, "inline; filename=\"%.*s.pdf\"",
                      STR_FMT(utf8_slug(rq->arena, p.title, 60))));
    out_str(rq->out, pdf);
}
