/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The proposal sheet: what the person takes home, printed (PDF, also in large print) or by mail, in
 * a language that suits them. Each offer with what the desk says of it. Neighbours: web/pdf.h.
 */
#include "base/clock.h"
#include "base/utf8.h"
#include "desk.html.h"
#include "desk.text.h"
#include "feature/desk/pages.h"
#include "feature/placement/placement.h"
#include "web/vocab.h"
#include "web/audit.h"
#include "web/city.h"
#include "web/error.h"
#include "web/limit.h"
#include "web/mail.h"
#include "web/page.h"
#include "web/pdf.h"

/* A sheet takes a tenth of a second of a worker. */
static const struct limit_rule sheet_rule = { "desk", 20, 6 };

struct desk_sheet desk_sheet_of(struct rq *rq, struct desk_ask *ask)
{
    struct desk_sheet s = { .ask = ask,
                            .in = NEW(rq->arena, struct rq),
                            .large = str_eq(rq_param(rq, "large"), S("1")) };
    *s.in = *rq;
    if (!lang_parse(rq_param(rq, "in"), &s.in->lang) && !lang_parse(ask->person->lang, &s.in->lang))
        s.in->lang = rq->city->lang;
    s.offers = desk_basket_of(s.in, ask);
    return s;
}

/* ---- printed ---- */

static void put_list(struct pdf_doc *doc, str heading, const struct sentences *s)
{
    if (s->n)
        pdf_heading(doc, 3, heading);
    for (size_t i = 0; i < s->n; i++)
        pdf_item(doc, s->v[i]);
}

static str address_of(const struct rq *rq, const struct desk_offer *o)
{
    return link_absolute(rq, link_id(rq, S("/angebote/"), o->card->id)).s;
}

static void put_offer(const struct rq *rq, struct pdf_doc *doc, const struct desk_offer *o,
                      size_t number)
{
    pdf_heading(doc, 2, str_fmt(doc->arena, "%zu. %.*s", number, STR_FMT(opp_title(rq, o->card))));
    pdf_note(doc, opp_who(rq, o->card, &o->hit));
    pdf_paragraph(doc, opp_summary(rq, o->card));
    put_list(doc, t_desk_sheet_fits(rq), &o->reasons.fits);
    put_list(doc, t_desk_sheet_out(rq), &o->out);
    put_list(doc, t_desk_sheet_misses(rq), &o->reasons.misses);
    pdf_note(doc, t_desk_sheet_more(rq, address_of(rq, o)));
}

static struct pdf_doc document(const struct desk_sheet *s)
{
    const struct rq *rq = s->in;
    struct pdf_doc doc = { .arena = rq->arena,
                           .title = t_desk_sheet_for(rq, s->ask->person->name),
                           .lang = rq->lang == LANG_EN ? S("en") : S("de"),
                           .from = rq->city->long_name.n ? rq->city->long_name : rq->city->name,
                           .date = page_day(rq, clock_now()),
                           .footer = t_desk_sheet_footer(rq, rq->city->name),
                           .colour = rq->city->colour,
                           .whole = rq->lang == LANG_DE_SIMPLE,
                           .large = s->large };
    pdf_paragraph(&doc, t_desk_sheet_intro(rq, (int64_t)s->offers.n));
    for (size_t i = 0; i < s->offers.n; i++)
        put_offer(rq, &doc, &s->offers.v[i], i + 1);
    pdf_heading(&doc, 2, t_desk_sheet_next(rq));
    pdf_paragraph(&doc, t_desk_sheet_how(rq));
    return doc;
}

/* GET /buero/personen/{id}/vorschlag.pdf */
void desk_sheet_pdf(struct rq *rq)
{
    struct desk_ask ask;
    const struct person_row *person = person_get(rq, rq_id(rq));
    str pdf = S("");
    if (!person || rq_limited(rq, &sheet_rule, (uint64_t)rq->who.account_id))
        return;
    rq->personal = true;
    desk_ask_read(rq, person, &ask);
    struct desk_sheet sheet = desk_sheet_of(rq, &ask);
    if (!sheet.offers.n) {
        rq_not_found(rq);
        return;
    }
    struct pdf_doc doc = document(&sheet);
    if (pdf_make_doc(rq->app, &doc, &pdf) != ERR_OK) {
        error_page(rq, 503);
        return;
    }
    rq_type(rq, S("application/pdf"));
    rq_header(rq, S("Content-Disposition"), S("inline; filename=\"vorschlaege.pdf\""));
    out_str(rq->out, pdf);
}

/* ---- mailed ---- */

static void put_lines(struct out *o, str heading, const struct sentences *s)
{
    if (s->n)
        out_fmt(o, "\n%.*s\n", STR_FMT(heading));
    for (size_t i = 0; i < s->n; i++)
        out_fmt(o, "- %.*s\n", STR_FMT(s->v[i]));
}

static str offers_as_text(const struct desk_sheet *s)
{
    struct out o = out_new(s->in->arena, 1u << 17);
    for (size_t i = 0; i < s->offers.n; i++) {
        const struct desk_offer *x = &s->offers.v[i];
        out_fmt(&o, "%s%zu. %.*s\n%.*s\n", i ? "\n\n" : "", i + 1,
                STR_FMT(opp_title(s->in, x->card)), STR_FMT(opp_who(s->in, x->card, &x->hit)));
        put_lines(&o, t_desk_sheet_fits(s->in), &x->reasons.fits);
        put_lines(&o, t_desk_sheet_out(s->in), &x->out);
        put_lines(&o, t_desk_sheet_misses(s->in), &x->reasons.misses);
        out_fmt(&o, "\n%.*s", STR_FMT(address_of(s->in, x)));
    }
    return out_text(&o);
}

/* The same offers on the same day are one mail, however often the button is pressed. */
static str occasion(const struct desk_sheet *s)
{
    struct out o = out_new(s->in->arena, 1024);
    out_fmt(&o, "desk %lld %lld", (long long)s->ask->person->id,
            (long long)day_number(clock_today()));
    for (size_t i = 0; i < s->offers.n; i++)
        out_fmt(&o, " %lld", (long long)s->offers.v[i].card->id);
    return out_text(&o);
}

/* The sheet that a form was sent from; false, and answered, where there is nothing to do. */
static bool sent_sheet(struct rq *rq, struct desk_ask *ask, struct desk_sheet *s)
{
    const struct person_row *person = person_get(rq, rq_id(rq));
    if (!person)
        return false;
    desk_ask_read(rq, person, ask);
    *s = desk_sheet_of(rq, ask);
    if (!ask->n_basket) {
        rq_not_found(rq);
    } else if (!person_open(person)) {
        rq_conflict(rq);
    } else if (s->offers.n < ask->n_basket) { /* filled or ended since the sheet was shown */
        rq_error(rq, NULL, t_desk_gone(rq, (int64_t)(ask->n_basket - s->offers.n)));
        rq_status(rq, 409);
        desk_sheet_page(rq, s);
    }
    return s->offers.n && s->offers.n == ask->n_basket && person_open(person);
}

/* POST /buero/personen/{id}/vorschlag: by mail. */
void desk_sheet_send(struct rq *rq, struct tx *tx)
{
    struct desk_ask ask;
    struct desk_sheet s;
    if (!sent_sheet(rq, &ask, &s))
        return;
    const struct person_row *person = ask.person;
    if (!person->mail.n) {
        rq_conflict(rq);
        return;
    }
    struct notice n = {
        .to = person->mail,
        .subject = t_desk_mail_subject(s.in, rq->city->name),
        .text = t_desk_mail_text(s.in, person->name, offers_as_text(&s), rq->city->name),
        .dedupe = occasion(&s),
    };
    mail_queue(tx, rq->city->id, &n);
    person_touch(tx, rq->city->id, person->id);
    audit(rq, tx, S("desk.mailed"), person->id, S(""));
    rq_note(rq, MSG_desk_mailed);
    rq_see_url(rq, link_id_sub(rq, S("/buero/personen/"), person->id, S("/passt")));
}

/* ---- proposed ---- */

/* Why it fits, as the person reads it. */
static str why_of(const struct desk_sheet *s, const struct desk_offer *o)
{
    str why = S("");
    for (size_t i = 0; i < o->reasons.fits.n; i++)
        why = str_fmt(s->in->arena, "%.*s%s%.*s", STR_FMT(why), i ? " " : "",
                      STR_FMT(o->reasons.fits.v[i]));
    return why;
}

/* POST /buero/personen/{id}/vorschlagen: a placement for each offer of the basket, or none. */
void desk_propose(struct rq *rq, struct tx *tx)
{
    struct desk_ask ask;
    struct desk_sheet s;
    str told = rq_param(rq, "told");
    int64_t last = 0;
    if (!sent_sheet(rq, &ask, &s))
        return;
    for (size_t i = 0; i < s.offers.n; i++) {
        const struct desk_offer *o = &s.offers.v[i];
        enum msg why_not = 0;
        struct placement_wish wish = { .person_id = ask.person->id,
                                       .opportunity_id = o->card->id,
                                       .why = why_of(&s, o),
                                       .told = vocab_find(&vocab_told, told) < 0 ? S("") : told };
        last = placement_new(rq, tx, &wish, &why_not);
        if (why_not)
            rq_error(rq, NULL,
                     t_desk_propose_not(rq, opp_title(rq, o->card), text_of(rq, why_not)));
    }
    if (!rq_ok(rq)) {
        rq_status(rq, 422);
        desk_sheet_page(rq, &s);
        return;
    }
    rq_note(rq, MSG_desk_proposed);
    if (s.offers.n == 1) /* what comes next, consent and contact, is there */
        rq_see(rq, S("/buero/vermittlungen/"), last);
    else
        rq_see(rq, S("/buero/personen/"), ask.person->id);
}

void desk_sheet_page(struct rq *rq, const struct desk_sheet *s)
{
    rq_crumb(rq, t_desk_sheet(rq), link_with(rq, "view", S("sheet")));
    view_desk_sheet(rq, s);
}
