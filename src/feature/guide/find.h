/* SPDX-License-Identifier: EUPL-1.2 */
/* Finding articles by the words of a question. */
#ifndef FEATURE_GUIDE_FIND_H
#define FEATURE_GUIDE_FIND_H

#include "feature/guide/guide.h"

/* The stems of a text, each once, parted and framed by blanks: " verein haftpflicht ". */
str guide_stems(struct arena *a, str text);

/*
 * Orders the cards by how well they answer: rare words count more than common ones, titles
 * more than texts. Only cards of the topic (if not empty) and with a word that distinguishes
 * (if there are words).
 */
struct guide_hits guide_rank(struct arena *a, struct guide_card_rows cards, str topic, str words);

#endif
