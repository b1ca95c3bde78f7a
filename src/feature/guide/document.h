/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An article as a whole: what one version says, in all languages. Files in data/guide have
 * this form, and so has the editor's form. Neighbours: store.c keeps it, shipped.c reads it.
 */
#ifndef FEATURE_GUIDE_DOCUMENT_H
#define FEATURE_GUIDE_DOCUMENT_H

#include "web/lang.h"

struct guide_words {
    str title; /* empty: there is no text in this language */
    str summary;
    str body_md;
};

struct guide_document {
    str topic;     /* code, web/vocab.h */
    str stated_on; /* day as of which it is written, ISO */
    str sources;   /* lines, see below */
    bool amounts;  /* shows the dated amounts */
    struct guide_words text[LANG_COUNT];
};

/*
 * Reads a file of data/guide (its README has the format). False with a problem, "line 7: …",
 * when something is not as it should be. The text is not copied.
 */
bool guide_document_parse(struct arena *a, str file, struct guide_document *d, str *problem);

/* A source: "title | https://… | 2026-11-22"; the address and the day may be missing. */
struct guide_source {
    str title;
    url link;    /* empty: none */
    str read_on; /* empty: not said */
};

struct guide_sources {
    const struct guide_source *v;
    size_t n;
};

struct guide_sources guide_sources_of(struct arena *a, str lines);
/* The first line that is not of that form; empty when all are. */
str guide_sources_bad(struct arena *a, str lines);
/* The same sources, all read on this day. */
str guide_sources_read(struct arena *a, str lines, str day);

#endif
