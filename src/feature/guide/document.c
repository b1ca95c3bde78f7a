/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading articles from files, and sources from lines. */
#include "feature/guide/document.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/out.h"
#include "web/url.h"
#include "web/vocab.h"

/* ---- sources ---- */

static bool source_parse(struct arena *a, str line, struct guide_source *s)
{
    str rest = line;
    str part[3] = { { 0 } };
    size_t n = 0;
    struct day day;
    *s = (struct guide_source){ 0 };
    for (str p; str_next(&rest, '|', &p); n++)
        if (n < 3)
            part[n] = str_trim(p);
    if (n > 3 || !part[0].n)
        return false;
    s->title = part[0];
    s->read_on = part[2];
    return (!part[1].n || url_parse(a, part[1], &s->link)) &&
           (!part[2].n || day_parse_iso(part[2], &day));
}

struct guide_sources guide_sources_of(struct arena *a, str lines)
{
    struct guide_source *v = NEW_ARRAY(a, lines.n / 2 + 1, struct guide_source);
    struct guide_sources sources = { v, 0 };
    for (str line; str_next(&lines, '\n', &line);) {
        line = str_trim(line);
        if (line.n && source_parse(a, line, &v[sources.n]))
            sources.n++;
    }
    return sources;
}

str guide_sources_bad(struct arena *a, str lines)
{
    struct guide_source s;
    for (str line; str_next(&lines, '\n', &line);) {
        line = str_trim(line);
        if (line.n && !source_parse(a, line, &s))
            return line;
    }
    return S("");
}

str guide_sources_read(struct arena *a, str lines, str day)
{
    struct guide_sources sources = guide_sources_of(a, lines);
    struct out o = out_new(a, OUT_MAX);
    for (size_t i = 0; i < sources.n; i++)
        out_fmt(&o, "%.*s | %.*s | %.*s\n", STR_FMT(sources.v[i].title),
                STR_FMT(sources.v[i].link.s), STR_FMT(day));
    return out_text(&o);
}

/* ---- files ---- */

struct reader {
    struct arena *arena;
    str rest;
    int line;
    struct guide_document *d;
    struct out sources;
    str problem;
};

static bool next_line(struct reader *r, str *line)
{
    if (!str_next(&r->rest, '\n', line))
        return false;
    r->line++;
    if (str_ends(*line, S("\r")))
        line->n--;
    return true;
}

static void complain(struct reader *r, str why)
{
    if (!r->problem.n)
        r->problem = str_fmt(r->arena, "line %d: %.*s", r->line, STR_FMT(why));
}

static void take_common(struct reader *r, str key, str value)
{
    struct day day;
    if (str_eq(key, S("topic"))) {
        r->d->topic = value;
        if (vocab_find(&vocab_topic, value) < 0)
            complain(r, S("this topic is unknown"));
    } else if (str_eq(key, S("stated"))) {
        r->d->stated_on = value;
        if (!day_parse_iso(value, &day))
            complain(r, S("this is not a day"));
    } else if (str_eq(key, S("amounts"))) {
        r->d->amounts = str_eq(value, S("yes"));
    } else if (str_eq(key, S("source"))) {
        if (guide_sources_bad(r->arena, value).n)
            complain(r, S("a source is \"title | address | day\""));
        out_fmt(&r->sources, "%.*s\n", STR_FMT(value));
    } else {
        complain(r, S("this key is unknown"));
    }
}

/* The lines between two of "---"; which language the text behind them is in. */
static enum lang read_head(struct reader *r)
{
    enum lang lang = LANG_DE;
    for (str line; next_line(r, &line) && !str_eq(line, S("---"));) {
        ptrdiff_t colon = str_find_byte(line, ':');
        str key = str_slice(line, 0, colon < 0 ? 0 : (size_t)colon);
        str value = str_trim(str_slice(line, (size_t)(colon + 1), line.n));
        if (str_eq(key, S("lang"))) {
            if (!lang_parse(value, &lang))
                complain(r, S("this language is unknown"));
        } else if (str_eq(key, S("title"))) {
            r->d->text[lang].title = value;
        } else if (str_eq(key, S("summary"))) {
            r->d->text[lang].summary = value;
        } else {
            take_common(r, key, value);
        }
    }
    return lang;
}

/* The Markdown up to the next "---" or the end. */
static str read_body(struct reader *r, bool *more)
{
    str body = r->rest;
    *more = false;
    for (str line; !*more && next_line(r, &line);)
        if (str_eq(line, S("---"))) {
            body.n = (size_t)(line.p - body.p);
            *more = true;
        }
    return str_trim(body);
}

static void check_document(struct reader *r)
{
    const struct guide_document *d = r->d;
    if (!d->topic.n || !d->stated_on.n || !d->sources.n)
        complain(r, S("topic, stated or source is missing"));
    if (!d->text[LANG_DE].title.n)
        complain(r, S("the German text is missing"));
    for (int i = 0; i < LANG_COUNT; i++) {
        const struct guide_words *w = &d->text[i];
        if (w->title.n + w->summary.n + w->body_md.n &&
            !(w->title.n && w->summary.n && w->body_md.n))
            complain(r, S("a text has title, summary and body"));
    }
}

bool guide_document_parse(struct arena *a, str file, struct guide_document *d, str *problem)
{
    struct reader r = { .arena = a, .rest = file, .d = d, .sources = out_new(a, OUT_MAX) };
    str line = S("");
    bool more = next_line(&r, &line) && str_eq(line, S("---"));
    *d = (struct guide_document){ 0 };
    if (!more)
        complain(&r, S("a file begins with ---"));
    while (more && !r.problem.n) {
        enum lang lang = read_head(&r);
        d->text[lang].body_md = read_body(&r, &more);
    }
    d->sources = out_text(&r.sources);
    check_document(&r);
    *problem = r.problem;
    return !r.problem.n;
}
