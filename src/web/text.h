/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The texts of the pages. tool/msgc makes one header for each folder of PO files, with one
 * function per text: opportunity.text.h has t_opp_list_title(rq), t_opp_list_found(rq, count).
 * This header has what those functions stand on, and the way to name a text in a constant
 * table: MSG_opp_list_title, an enum msg.
 *
 * A text is looked up in the request's language, then in its fallback (de-simple -> de,
 * all others -> de); in each language the town's own wording comes first. Plural forms and
 * digit grouping follow the language in which the text was found.
 */
#ifndef WEB_TEXT_H
#define WEB_TEXT_H

#include "base/str.h"
#include "web/lang.h"

struct rq;

/*
 * The name of a text: the number of its folder, counted from 1, and its place there. The values
 * stand in the headers that msgc makes. 0 names no text.
 */
enum msg { MSG_NONE = 0, MSG_LAST = 0xffffff };

#define TEXT_AT(group, place) ((enum msg)(((group) + 1) << 12 | (place)))
#define TEXT_PLACE(m)         ((size_t)(m)&0xfff)

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

/* A text without values; static, or the town's own words, which live as long as rq. */
str text_of(const struct rq *rq, enum msg m);
/* A text with its values filled in, in rq->arena. For the functions that msgc makes. */
str text_fmt(const struct rq *rq, enum msg m, const struct text_arg *args, size_t n);

/* The language in which text_of would find it, for lang="" on a part in another language. */
enum lang text_lang(const struct rq *rq, enum msg m);
/* The words as they stand in the PO file of exactly this language; {NULL, 0} when missing. */
str text_words(enum lang l, enum msg m);
/* Whether the number names a text; for one that came from outside. */
bool text_known(int64_t number);
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

/* The texts of one folder, by place; a text with plural forms occupies LANG_FORMS_MAX places. */
struct text_group {
    size_t n;
    const struct text_entry *entries;
    /* NULL for a language without any texts; {NULL, 0} for a missing text. */
    const str *words[LANG_COUNT];
};

extern const struct text_group text_groups[];
extern const size_t text_group_count;
/* All texts without the further plural slots, sorted by key. */
extern const enum msg text_sorted[];
extern const size_t text_sorted_count;

#endif
