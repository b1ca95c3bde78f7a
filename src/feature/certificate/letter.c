/* SPDX-License-Identifier: EUPL-1.2 */
/* The letter with which somebody asks the registry for a certificate (section 30a BZRG), as PDF. */
#include "base/utf8.h"
#include "certificate.text.h"
#include "feature/certificate/pages.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/error.h"
#include "web/page.h"
#include "web/pdf.h"

/* The person, where there is an occasion to ask for a certificate; else answered. */
static const struct person_row *occasion(struct rq *rq, struct certificate_needed_row_rows *needed)
{
    const struct person_row *p = person_get(rq, rq_id(rq));
    if (!p)
        return NULL;
    *needed = certificate_needed_by(rq, p->id);
    if (needed->n)
        return p;
    rq_not_found(rq);
    return NULL;
}

/* POST /buero/fuehrungszeugnisse/{person}/anschreiben: it is counted, and made by the next page. */
void certificate_letter_new(struct rq *rq, struct tx *tx)
{
    struct certificate_needed_row_rows needed;
    const struct person_row *p = occasion(rq, &needed);
    if (!p)
        return;
    certificate_counted(tx, rq->city->id, S("letter"));
    audit(rq, tx, S("certificate.letter"), p->id, S(""));
    rq_see_url(rq, link_id_sub(rq, S("/buero/fuehrungszeugnisse/"), p->id, S("/anschreiben.pdf")));
}

/* A registry reads German. */
static struct pdf_doc letter_of(struct rq *rq, const struct person_row *p,
                                struct certificate_needed_row_rows needed)
{
    struct rq r = *rq;
    r.lang = LANG_DE;
    str brand = rq->city->long_name.n ? rq->city->long_name : rq->city->name;
    struct pdf_doc doc = { .arena = rq->arena,
                           .title = t_certificate_pdf_title(&r),
                           .lang = S("de"),
                           .from = brand,
                           .date = page_day(&r, clock_now()),
                           .footer = rq->city->address,
                           .colour = rq->city->colour };
    pdf_paragraph(&doc, t_certificate_pdf_who(&r, p->name));
    for (size_t i = 0; i < needed.n; i++)
        pdf_item(&doc, t_certificate_pdf_work(&r, needed.v[i].title, needed.v[i].organisation));
    pdf_paragraph(&doc, t_certificate_pdf_law(&r));
    pdf_paragraph(&doc, t_certificate_pdf_free(&r));
    pdf_paragraph(&doc, t_certificate_pdf_person(&r, p->name));
    pdf_paragraph(&doc, S("\n\n_______________________________"));
    pdf_note(&doc, t_certificate_pdf_sign(&r));
    return doc;
}

/* GET /buero/fuehrungszeugnisse/{person}/anschreiben.pdf */
void certificate_letter(struct rq *rq)
{
    struct certificate_needed_row_rows needed;
    str pdf = S("");
    const struct person_row *p = occasion(rq, &needed);
    if (!p)
        return;
    struct pdf_doc doc = letter_of(rq, p, needed);
    if (pdf_make_doc(rq->app, &doc, &pdf) != ERR_OK) {
        error_page(rq, 503);
        return;
    }
    rq->personal = true;
    rq_type(rq, S("application/pdf"));
    rq_header(rq, S("Content-Disposition"), S("inline; filename=\"anschreiben.pdf\""));
    out_str(rq->out, pdf);
}
