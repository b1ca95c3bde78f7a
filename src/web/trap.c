/* SPDX-License-Identifier: EUPL-1.2 */
/* "1763840000.6f1c…": the time at which a form was shown, and its signature. */
#include "web/trap.h"

#include "base/clock.h"
#include "base/crypt.h"
#include "web.text.h"
#include "web/app.h"

#define FASTEST 3 /* seconds in which nobody fills in a form */
#define LONGEST 86400

static str signature(const struct rq *rq, str time)
{
    str key = { (const char *)rq->app->key, sizeof rq->app->key };
    return str_slice(crypt_hmac_hex(rq->arena, key, str_join(rq->arena, S("form shown at "), time)),
                     0, 32);
}

str trap_time(const struct rq *rq)
{
    str time = str_fmt(rq->arena, "%lld", (long long)clock_now());
    return str_fmt(rq->arena, "%.*s.%.*s", STR_FMT(time), STR_FMT(signature(rq, time)));
}

static bool old_enough(const struct rq *rq)
{
    str given = rq_param(rq, "shown");
    str time = S("");
    int64_t at = 0;
    if (!str_next(&given, '.', &time) || !str_to_i64(time, &at) ||
        !crypt_equal(given, signature(rq, time)))
        return false;
    int64_t took = clock_now() - at;
    return took >= FASTEST && took <= LONGEST;
}

bool trap_passed(struct rq *rq)
{
    if (!rq_param(rq, TRAP_FIELD).n && old_enough(rq))
        return true;
    rq_error(rq, NULL, t_form_trap(rq));
    return false;
}
