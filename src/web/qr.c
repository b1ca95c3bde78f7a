/* SPDX-License-Identifier: EUPL-1.2 */
/* QR codes. The only file that knows libqrcodegen. */
#include "web/qr.h"

#include <qrcodegen/qrcodegen.h>

#include "base/out.h"

/* Dark modules beside each other in a line, from x on. */
static int run_length(const uint8_t *code, int size, int x, int y)
{
    int n = 0;
    while (x + n < size && qrcodegen_getModule(code, x + n, y))
        n++;
    return n;
}

bool qr_of(struct arena *a, str text, struct qr *qr)
{
    uint8_t *work = NEW_ARRAY(a, qrcodegen_BUFFER_LEN_MAX, uint8_t);
    uint8_t *code = NEW_ARRAY(a, qrcodegen_BUFFER_LEN_MAX, uint8_t);
    if (!qrcodegen_encodeText(str_to_c(a, text), work, code, qrcodegen_Ecc_MEDIUM,
                              qrcodegen_VERSION_MIN, qrcodegen_VERSION_MAX, qrcodegen_Mask_AUTO,
                              true))
        return false;
    struct out o = out_new(a, 0);
    int size = qrcodegen_getSize(code);
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            int n = run_length(code, size, x, y);
            if (n)
                out_fmt(&o, "M%d %dh%dv1h-%dz", x, y, n, n);
            x += n;
        }
    *qr = (struct qr){ size, out_text(&o) };
    return true;
}

str qr_view(struct arena *a, const struct qr *qr)
{
    int side = qr->size + 2 * QR_QUIET;
    return str_fmt(a, "-%d -%d %d %d", QR_QUIET, QR_QUIET, side, side);
}
