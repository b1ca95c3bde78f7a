/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * QR codes (ISO/IEC 18004) as a path for SVG. Wraps libqrcodegen. Thread-safe.
 *
 *     <svg viewBox="{qr_view(rq->arena, &qr)}" role="img" aria-label="…"><path
 * d="{qr.path}"/></svg>
 */
#ifndef WEB_QR_H
#define WEB_QR_H

#include "base/arena.h"
#include "base/str.h"

/* Free modules that readers need around the code. */
#define QR_QUIET 4

struct qr {
    int size; /* modules in a line, without the quiet zone */
    str path; /* "M0 0h7v1h-7z…": the dark modules, one unit each */
};

/* The code of a text, up to about 2 000 bytes; false when the text is too long. */
bool qr_of(struct arena *a, str text, struct qr *qr);
/* "-4 -4 45 45": the view box with the quiet zone. */
str qr_view(struct arena *a, const struct qr *qr);

#endif
