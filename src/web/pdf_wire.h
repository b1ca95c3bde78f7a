/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What travels between the server and its PDF helper: strings, each with its length in four
 * bytes, in the order of the members of pdf.h. Both sides are the same program, so there is no
 * version; what does not parse is refused.
 */
#ifndef WEB_PDF_WIRE_H
#define WEB_PDF_WIRE_H

#include "base/out.h"
#include "web/pdf.h"

/* Bytes of a question at most, and of an answer. */
#define PDF_ASK_MOST ((size_t)4 << 20)
#define PDF_MOST     ((size_t)8 << 20)

void pdf_put_doc(struct out *o, const struct pdf_doc *doc);
void pdf_put_poster(struct out *o, const struct pdf_poster *p);

/* What was asked for: exactly one of the two. The strings are slices of the bytes. */
struct pdf_asked {
    bool is_poster;
    struct pdf_doc doc;
    struct pdf_poster poster;
};
bool pdf_parse(struct arena *a, str bytes, struct pdf_asked *asked);

#endif
