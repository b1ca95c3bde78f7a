/* SPDX-License-Identifier: EUPL-1.2 */
/* The life of a PDF helper: limits, fonts, the filter, one question, one answer. */
#include "web/pdf_helper.h"

#include <unistd.h>

#include "web/pdf_flow.h"
#include "web/pdf_wire.h"
#include "web/sandbox.h"

#define MEMORY  ((size_t)768 << 20) /* addresses; threads reserve far more than they use */
#define SECONDS 15

void pdf_helper(void)
{
    struct arena a;
    str question = S("");
    struct pdf_asked asked;
    sandbox_limit(MEMORY, SECONDS);
    arena_init(&a, 0);
    struct pdf_draw *d = pdf_draw_open(&a);
    sandbox_enter();
    if (sandbox_read(&a, PDF_ASK_MOST, &question) != ERR_OK || !pdf_parse(&a, question, &asked))
        _exit(1);
    pdf_draw_learn(d, asked.is_poster ? asked.poster.lang : asked.doc.lang, question);
    str pdf = asked.is_poster ? pdf_poster_draw(d, &asked.poster) : pdf_flow(d, &asked.doc);
    if (!pdf.n)
        _exit(1);
    sandbox_answer(pdf);
}
