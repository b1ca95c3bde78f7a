/* SPDX-License-Identifier: EUPL-1.2 */
/* Indexing: offers in, a part out. Texts are read once and not kept. */
#ifndef MATCH_BUILD_H
#define MATCH_BUILD_H

#include "match/lexicon.h"
#include "match/part.h"

struct build;

struct build *build_new(void);
void build_add(struct build *b, const struct match_offer *o);
/* Gives words that several offers use to the lexicon, as parts of compounds. */
void build_teach(struct build *b, struct lexicon *l);
/* The part; of offers with the same id the last one counts. Gives the builder's memory back. */
struct part *build_end(struct build *b, const struct lexicon *l);

/* How much an offer of `words` words is about a term, from its weighted count in eighths. */
uint8_t build_impact(uint32_t weight, uint32_t words);
extern const uint8_t build_piece_weight[MATCH_PIECES];

#endif
