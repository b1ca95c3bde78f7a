/* SPDX-License-Identifier: EUPL-1.2 */
/* What is kept of somebody, to print: the same cards as on the page, with why and for how long. */
#include "base/clock.h"
#include "feature/privacy/data.h"
#include "feature/privacy/register.h"
#include "privacy.text.h"
#include "web/app.h"
#include "web/city.h"
#include "web/error.h"
#include "web/page.h"
#include "web/pdf.h"

static void put_card(struct pdf_doc *doc, const struct data_card *card)
{
    pdf_heading(doc, 3, card->title);
    if (card->when.n)
        pdf_note(doc, card->when);
    for (size_t i = 0; i < card->n; i++)
        pdf_paragraph(doc, str_fmt(doc->arena, "%.*s: %.*s", STR_FMT(card->v[i].label),
                                   STR_FMT(card->v[i].value)));
}

static void put_entry(struct rq *rq, struct pdf_doc *doc, const struct register_entry *e)
{
    pdf_heading(doc, 3, e->title);
    pdf_paragraph(doc, e->purpose);
    pdf_item(doc, register_joined(rq->arena, &e->basis));
    pdf_item(doc, register_joined(rq->arena, &e->to));
    for (size_t i = 0; i < e->kept.n; i++)
        pdf_item(doc, e->kept.v[i]);
}

static struct pdf_doc document(struct rq *rq, const struct data *data)
{
    struct pdf_doc doc = { .arena = rq->arena,
                           .title = t_privacy_mine_title(rq),
                           .lang = lang_info(rq->lang)->code,
                           .from = rq->city->long_name.n ? rq->city->long_name : rq->city->name,
                           .date = page_day(rq, clock_now()),
                           .whole = rq->lang == LANG_DE_SIMPLE };
    struct data_cards cards = data_cards(rq, data);
    struct register_entries all = register_of(rq);
    pdf_heading(&doc, 2, t_privacy_mine_kept(rq));
    for (size_t i = 0; i < cards.n; i++)
        put_card(&doc, &cards.v[i]);
    pdf_heading(&doc, 2, t_privacy_register_purpose(rq));
    for (size_t i = 0; i < all.n; i++)
        if (data_has_activity(data, all.v[i].name))
            put_entry(rq, &doc, &all.v[i]);
    return doc;
}

void privacy_put_pdf(struct rq *rq, const struct somebody *who, int64_t city_id)
{
    struct data data = data_of(rq, who, city_id);
    struct pdf_doc doc = document(rq, &data);
    str pdf = S("");
    if (pdf_make_doc(rq->app, &doc, &pdf) != ERR_OK) {
        error_page(rq, 503);
        return;
    }
    rq_type(rq, S("application/pdf"));
    rq_header(rq, S("Content-Disposition"), S("attachment; filename=\"meine-daten.pdf\""));
    out_str(rq->out, pdf);
}
