/* SPDX-License-Identifier: EUPL-1.2 */
/* Codes of an authenticator app. The only file that knows liboath. */
#include "web/totp.h"

#include <liboath/oath.h>
#include <stdlib.h>

#include "base/crypt.h"
#include "base/err.h"
#include "base/out.h"
#include "web/html.h"

#define SECRET_BYTES 20

str totp_secret_new(struct arena *a)
{
    char bytes[SECRET_BYTES];
    char *text = NULL;
    size_t n = 0;
    crypt_random(bytes, sizeof bytes);
    must(oath_base32_encode(bytes, sizeof bytes, &text, &n) == OATH_OK);
    str secret = str_copy(a, (str){ text, n });
    free(text);
    return secret;
}

str totp_secret_groups(struct arena *a, str secret)
{
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < secret.n; i++) {
        if (i && i % 4 == 0)
            out_char(&o, ' ');
        out_char(&o, secret.p[i]);
    }
    return out_text(&o);
}

int64_t totp_step(int64_t instant)
{
    return instant / TOTP_SECONDS;
}

str totp_code(struct arena *a, str secret, int64_t step)
{
    char code[TOTP_DIGITS + 1] = { 0 };
    char *bytes = NULL;
    size_t n = 0;
    if (oath_base32_decode(secret.p, secret.n, &bytes, &n) != OATH_OK)
        return S("");
    int failed = oath_hotp_generate(bytes, n, (uint64_t)step, TOTP_DIGITS, false,
                                    OATH_HOTP_DYNAMIC_TRUNCATION, code);
    free(bytes);
    return failed ? S("") : str_copy(a, str_from_c(code));
}

int64_t totp_find(struct arena *a, str secret, str code, struct totp_moment moment)
{
    int64_t found = 0;
    int64_t here = totp_step(moment.now);
    for (int64_t step = here - TOTP_WINDOW; step <= here + TOTP_WINDOW; step++) {
        bool same = crypt_equal(totp_code(a, secret, step), code) && code.n == TOTP_DIGITS;
        if (same && step > moment.after)
            found = step;
    }
    return found;
}

str totp_address(struct arena *a, str secret, str issuer, str account)
{
    struct out o = out_new(a, 1024);
    OUT(&o, "otpauth://totp/");
    html_put_part_str(&o, issuer);
    OUT(&o, ":");
    html_put_part_str(&o, account);
    out_fmt(&o, "?secret=%.*s&issuer=", STR_FMT(secret));
    html_put_part_str(&o, issuer);
    out_fmt(&o, "&algorithm=SHA1&digits=%d&period=%d", TOTP_DIGITS, TOTP_SECONDS);
    return out_text(&o);
}
