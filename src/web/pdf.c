/* SPDX-License-Identifier: EUPL-1.2 */
/* Describing documents, and asking the helper for them. */
#include "web/pdf.h"

#include "base/vec.h"
#include "web/app.h"
#include "web/helper.h"
#include "web/pdf_wire.h"

#define SECONDS 20

static void add(struct pdf_doc *doc, enum pdf_kind kind, int level, str text)
{
    str *texts = NEW(doc->arena, str);
    *texts = text;
    *vec_add(doc->arena, &doc->blocks) = (struct pdf_block){ kind, level, texts, 1 };
}

void pdf_heading(struct pdf_doc *doc, int level, str text)
{
    must(level >= 2 && level <= 4);
    add(doc, PDF_HEADING, level, text);
}

void pdf_paragraph(struct pdf_doc *doc, str text)
{
    add(doc, PDF_PARAGRAPH, 0, text);
}

void pdf_note(struct pdf_doc *doc, str text)
{
    add(doc, PDF_NOTE, 0, text);
}

void pdf_item(struct pdf_doc *doc, str text)
{
    add(doc, PDF_ITEM, 0, text);
}

void pdf_row(struct pdf_doc *doc, const str *cells, size_t n)
{
    must(n > 0 && n <= PDF_CELLS);
    str *texts = NEW_ARRAY(doc->arena, n, str);
    memcpy(texts, cells, n * sizeof *texts);
    *vec_add(doc->arena, &doc->blocks) = (struct pdf_block){ PDF_ROW, 0, texts, n };
}

void pdf_page(struct pdf_doc *doc)
{
    *vec_add(doc->arena, &doc->blocks) = (struct pdf_block){ .kind = PDF_PAGE };
}

static enum err ask(struct app *app, struct arena *a, const struct out *o, str *pdf)
{
    if (o->full)
        return ERR_LIMIT;
    return helper_run(a,
                      &(struct helper_job){ .program = app->helper,
                                            .verb = PDF_VERB,
                                            .input = out_text(o),
                                            .most = PDF_MOST,
                                            .seconds = SECONDS },
                      pdf);
}

enum err pdf_make_doc(struct app *app, const struct pdf_doc *doc, str *pdf)
{
    struct out o = out_new(doc->arena, PDF_ASK_MOST);
    pdf_put_doc(&o, doc);
    return ask(app, doc->arena, &o, pdf);
}

enum err pdf_make_poster(struct app *app, struct arena *a, const struct pdf_poster *p, str *pdf)
{
    struct out o = out_new(a, PDF_ASK_MOST);
    pdf_put_poster(&o, p);
    return ask(app, a, &o, pdf);
}
