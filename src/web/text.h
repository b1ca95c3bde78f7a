/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The texts of the pages. `texts.h`, made from the PO files by tool/msgc, has one function
 * per text: t_opp_list_title(rq), t_opp_list_found(rq, count). This header has what those
 * functions stand on, and the way to name a text in a constant table: enum msg.
 *
 * A text is looked up in the request's language, then in its fallback (de-simple -> de,
 * all others -> de); in each language the town's own wording comes first. Plural forms and
 * digit grouping follow the language in which the text was found.
 */
#ifndef WEB_TEXT_H
#define WEB_TEXT_H

#include "base/str.h"
#include "texts.h"
#include "web/lang.h"

/* A value for a {name} or {name#} of a text. */
struct text_arg {
    str name;
    bool number;
    str s;
    int64_t i;
};

struct text_args {
    const struct text_arg *v;
    size_t n;
};

/*
 * text_of(rq, m), from texts.h: a text without values; static, or the town's own words,
 * which live as long as rq.
 */
/* A text with its values filled in, in rq->arena. For the functions of texts.h. */
str text_fmt(const struct rq *rq, enum msg m, const struct text_arg *args, size_t n);

/* The language in which text_of would find it, for lang="" on a part in another language. */
enum lang text_lang(const struct rq *rq, enum msg m);
/* By its key "opp.list.title"; false when there is no such text. */
bool text_find(str key, enum msg *m);
/*
 * Whether a town may replace the text by these words: they have the same {…} as the
 * German text.
 */
bool text_fits(enum msg m, str words);

/* ---- as msgc emits it (texts.c) ---- */

struct text_entry {
    str key;
    uint8_t form; /* 0, or the number of the plural form for the slots that follow */
    bool plural;
    str selector; /* the {name#} whose number selects the form */
};

/* By enum msg; a text with plural forms occupies LANG_FORMS_MAX slots. */
extern const struct text_entry text_entries[MSG_COUNT];
/* By language, then enum msg; NULL for a language without texts, {NULL,0} for a missing one. */
extern const str *const text_tables[LANG_COUNT];
/* All texts without the further plural slots, sorted by key. */
extern const enum msg text_sorted[];
extern const size_t text_sorted_count;

#endif
