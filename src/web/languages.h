/* SPDX-License-Identifier: EUPL-1.2 */
/* Languages as people write them, "Deutsch B1, Englisch A2", to codes ("de:b1 en:a2") and back. */
#ifndef WEB_LANGUAGES_H
#define WEB_LANGUAGES_H

#include "web/rq.h"

/* In the words of the page's language. What is no list of codes comes back as it is. */
str languages_words(const struct rq *rq, str codes);
/* False with the part that is not understood; names may be German or of the page's language. */
bool languages_read(const struct rq *rq, str typed, str *codes, str *unknown);

#endif
