/* SPDX-License-Identifier: EUPL-1.2 */
/* Looking texts up and filling values in. The tables are texts.c, made by tool/msgc. */
#include "web/text.h"

#include "base/err.h"
#include "base/out.h"
#include "web/rq.h"
#include "web/text_piece.h"

static size_t group_number(int64_t m)
{
    return (size_t)(m / (int64_t)TEXT_AT(0, 0)) - 1;
}

bool text_known(int64_t number)
{
    return number >= (int64_t)TEXT_AT(0, 0) && group_number(number) < text_group_count &&
           TEXT_PLACE(number) < text_groups[group_number(number)].n;
}

static const struct text_group *group_of(enum msg m)
{
    must(text_known((int64_t)m));
    return &text_groups[group_number((int64_t)m)];
}

static const struct text_entry *entry_of(enum msg m)
{
    return &group_of(m)->entries[TEXT_PLACE(m)];
}

/* "opp.found" for a text, "opp.found[1]" for its second plural form. */
static bool key_names(str key, const struct text_entry *e)
{
    if (!e->plural)
        return str_eq(key, e->key);
    return key.n == e->key.n + 3 && str_starts(key, e->key) && key.p[e->key.n] == '[' &&
           key.p[e->key.n + 1] == (char)('0' + e->form) && key.p[e->key.n + 2] == ']';
}

/* The town's own wording, or {NULL, 0}. */
static str own_words(const struct rq *rq, enum lang l, enum msg slot)
{
    for (size_t i = 0; rq->city && i < rq->city->override_count; i++) {
        const struct override *o = &rq->city->overrides[i];
        if (o->lang == l && key_names(o->key, entry_of(slot)))
            return o->value;
    }
    return (str){ NULL, 0 };
}

str text_words(enum lang l, enum msg m)
{
    const str *words = group_of(m)->words[l];
    return words ? words[TEXT_PLACE(m)] : (str){ NULL, 0 };
}

/* The text in exactly this language, as the town has it; {NULL, 0} when it has none. */
static str text_in(const struct rq *rq, enum lang l, enum msg slot)
{
    str own = own_words(rq, l, slot);
    return own.n ? own : text_words(l, slot);
}

/* The text in the first language on the way to German that has it. */
static str text_found(const struct rq *rq, enum msg m, enum lang *l)
{
    str s = text_in(rq, *l = rq->lang, m);
    while (*l != LANG_DE && !s.n)
        s = text_in(rq, *l = lang_info(*l)->fallback, m);
    return s;
}

enum lang text_lang(const struct rq *rq, enum msg m)
{
    enum lang l;
    text_found(rq, m, &l);
    return l;
}

str text_of(const struct rq *rq, enum msg m)
{
    enum lang l;
    str s = text_found(rq, m, &l);
    return str_find_byte(s, '{') < 0 ? s : text_fmt(rq, m, NULL, 0);
}

static const struct text_arg *arg_find(struct text_args args, str name)
{
    for (size_t i = 0; i < args.n; i++)
        if (str_eq(args.v[i].name, name))
            return args.v + i;
    return NULL;
}

static enum msg slot_of(enum lang l, enum msg m, struct text_args args)
{
    const struct text_entry *e = entry_of(m);
    if (!e->plural)
        return m;
    /* Without a number (text_of on such a text) the first form has to do. */
    const struct text_arg *a = arg_find(args, e->selector);
    return a ? (enum msg)((int)m + lang_form(l, a->i)) : m;
}

str text_fmt(const struct rq *rq, enum msg m, const struct text_arg *args, size_t n)
{
    struct text_args list = { args, n };
    enum lang l;
    str rest = text_found(rq, m, &l);
    enum msg slot = slot_of(l, m, list);
    if (slot != m)
        rest = text_in(rq, l, slot);
    struct out o = out_new(rq->arena, 0);
    struct text_piece piece;
    while (text_piece_next(&rest, &piece)) {
        const struct text_arg *a = piece.value ? arg_find(list, piece.s) : NULL;
        if (!a)
            out_str(&o, piece.s);
        else if (a->number)
            out_str(&o, piece.number ? lang_number(rq->arena, l, a->i) : a->s);
        else
            out_str(&o, a->s);
    }
    return out_text(&o);
}

bool text_find(str key, enum msg *m)
{
    size_t low = 0;
    size_t high = text_sorted_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = str_cmp(key, entry_of(text_sorted[middle])->key);
        if (c == 0) {
            *m = text_sorted[middle];
            return true;
        }
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

bool text_fits(enum msg m, str words)
{
    const struct text_entry *e = entry_of(m);
    /* Of a plural text, the German form "other" has all values. */
    size_t model = TEXT_PLACE(m) + (e->plural ? 1 - (size_t)e->form : 0);
    return text_pieces_fit(words, group_of(m)->words[LANG_DE][model], e->selector);
}
