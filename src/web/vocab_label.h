/* SPDX-License-Identifier: EUPL-1.2 */
/* The labels of the vocabularies, in the languages of the texts. */
#ifndef WEB_VOCAB_LABEL_H
#define WEB_VOCAB_LABEL_H

#include "web/lang.h"
#include "web/vocab.h"

/* In the language of the page, with the town's own wording. */
str vocab_label(const struct rq *rq, const struct vocab *v, int value);
/* Of a code; the code itself when the vocabulary does not have it. */
str vocab_label_of(const struct rq *rq, const struct vocab *v, str code);
/* Without a request: for the search index. */
str vocab_label_in(enum lang lang, const struct vocab *v, int value);
/* All chosen labels, separated by commas. */
str vocab_labels(const struct rq *rq, const struct vocab *v, int64_t bits);

#endif
