/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Synonyms of one town. The whole table is read again with the town's lines behind it: so what it
 * calls the same as a shipped word inherits all that is known of that word.
 */
#include "match/own.h"

#include "base/utf8.h"
#include "match/snapshot.h"
#include "match/text.h"

struct match_own {
    struct lexicon *lexicon;
    uint64_t number;
};

struct match_own *match_own_new(const struct match *m, str lines)
{
    static _Atomic uint64_t made; /* in the process: tells them apart when one is gone */
    struct arena scratch;
    arena_init(&scratch, 0);
    struct match_words words = { .stop = m->tables.stop };
    words.synonyms = str_fmt(&scratch, "%.*s\n%.*s", STR_FMT(m->tables.synonyms), STR_FMT(lines));
    struct lexicon *l = lexicon_new(&words);
    struct match_own *own = NEW(&l->arena, struct match_own);
    own->lexicon = l;
    own->number = 1 + atomic_fetch_add(&made, 1);
    arena_free(&scratch);
    return own;
}

void match_own_free(struct match_own *own)
{
    lexicon_free(own->lexicon);
}

bool match_speaks(struct match *m, struct arena *a, str phrase)
{
    struct hold hold;
    bool speaks = false;
    const struct snapshot *s = snapshot_hold(&m->shelf, a, &hold);
    str folded = utf8_fold(a, phrase);
    for (str word; !speaks && text_next(&folded, &word);)
        speaks = lexicon_class(s->words->lexicon, word) != WORD_STOP;
    snapshot_release(&hold);
    return speaks;
}

const struct lexicon *own_lexicon(const struct match_own *own)
{
    return own->lexicon;
}

uint64_t own_number(const struct match_own *own)
{
    return own->number;
}
