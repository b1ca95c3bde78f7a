/* SPDX-License-Identifier: EUPL-1.2 */
/* A part is a name and a level, "Englisch A2"; labels name several: "Persisch (Farsi, Dari)". */
#include "web/languages.h"

#include "web/vocab_label.h"

/* The next name of a label, without the brackets and commas between them. */
static bool next_name(str *label, str *name)
{
    size_t n = 0;
    while (label->n && str_find_byte(S(" (,)"), label->p[0]) >= 0)
        *label = str_slice(*label, 1, label->n);
    while (n < label->n && str_find_byte(S("(,)"), label->p[n]) < 0)
        n++;
    *name = str_trim(str_slice(*label, 0, n));
    *label = str_slice(*label, n, label->n);
    return name->n > 0;
}

static bool is_named(str label, str wanted)
{
    str name;
    while (next_name(&label, &name))
        if (str_ieq(name, wanted))
            return true;
    return false;
}

static int language_of(const struct rq *rq, str name)
{
    struct rq german = *rq;
    german.lang = LANG_DE;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (is_named(vocab_label(rq, &vocab_language, i), name) ||
            is_named(vocab_label(&german, &vocab_language, i), name))
            return i;
    return -1;
}

/* "A2", "Muttersprache": a code, or a label that is one word. */
static int level_of(const struct rq *rq, str word)
{
    struct rq german = *rq;
    german.lang = LANG_DE;
    for (int i = 0; i < (int)vocab_level.n; i++)
        if (str_ieq(vocab_code(&vocab_level, i), word) ||
            str_ieq(vocab_label(rq, &vocab_level, i), word) ||
            str_ieq(vocab_label(&german, &vocab_level, i), word))
            return i;
    return -1;
}

static bool read_part(const struct rq *rq, str part, struct language_levels *levels)
{
    size_t blank = part.n;
    while (blank && part.p[blank - 1] != ' ')
        blank--;
    int level = level_of(rq, str_slice(part, blank, part.n));
    int language = language_of(rq, str_trim(str_slice(part, 0, blank)));
    if (level < 0 || language < 0)
        return false;
    levels->level[language] = (uint8_t)(level + 1);
    return true;
}

str languages_words(const struct rq *rq, str codes)
{
    struct language_levels levels;
    str unknown;
    struct out o = out_new(rq->arena, 1024);
    if (!languages_parse(codes, &levels, &unknown))
        return codes;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (!levels.level[i])
            continue;
        str label = vocab_label(rq, &vocab_language, i);
        str name;
        next_name(&label, &name);
        str level = vocab_code(&vocab_level, levels.level[i] - 1);
        out_fmt(&o, "%s%.*s ", o.n ? ", " : "", STR_FMT(name));
        if (level.n > 2)
            out_str(&o, vocab_label(rq, &vocab_level, levels.level[i] - 1));
        else
            out_fmt(&o, "%c%c", level.p[0] - 'a' + 'A', level.p[1]);
    }
    return out_text(&o);
}

bool languages_read(const struct rq *rq, str typed, str *codes, str *unknown)
{
    struct language_levels levels = { 0 };
    struct out o = out_new(rq->arena, 1024);
    str part;
    *codes = typed;
    if (languages_parse(typed, &levels, unknown)) /* codes, as the API and files have them */
        return true;
    levels = (struct language_levels){ 0 };
    while (str_next(&typed, ',', &part)) {
        part = str_trim(part);
        if (part.n && !read_part(rq, part, &levels)) {
            *unknown = part;
            return false;
        }
    }
    languages_put(&o, &levels);
    *codes = out_text(&o);
    return true;
}
