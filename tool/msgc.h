/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * msgc: the texts of all features, from PO files to typed C functions.
 *
 *   msgc_po.c     reads one PO file (gettext's format)
 *   msgc_check.c  compares the languages with German
 *   msgc_emit.c   writes GROUP.text.h for each folder of PO files, texts.c for all
 *   msgc_report.c writes the report for translators
 *   msgc.c        the command line
 */
#ifndef TOOL_MSGC_H
#define TOOL_MSGC_H

#include "base/map.h"
#include "tool.h"
#include "web/lang.h"

/* One entry of a PO file. */
struct message {
    str key;
    const char *file;
    int line;
    size_t group; /* position in the catalogue's groups */
    bool plural;
    bool fuzzy;
    str forms[LANG_FORMS_MAX]; /* {NULL, 0}: not given */
    int form_count;
};

struct messages {
    struct message *v;
    size_t n;
    size_t cap;
};

/* A value that a text takes, from the German text. */
struct param {
    str name;
    bool number;
};

struct params {
    struct param *v;
    size_t n;
    size_t cap;
};

/* The folders of the PO files, by name: src/feature/city/text.de.po is of the group city. */
struct groups {
    str *v;
    size_t n;
    size_t cap;
};

struct catalogue {
    struct tool *tool;
    struct groups groups;           /* in order of the files */
    struct messages in[LANG_COUNT]; /* in order of the files */
    struct map index[LANG_COUNT];   /* key -> position + 1 */
};

/* Reads a file into the language that its name "text.LANG.po" says. */
void msgc_read(struct catalogue *c, const char *path);
/* The message of a key, or NULL. An empty or fuzzy one counts as absent. */
const struct message *msgc_find(const struct catalogue *c, enum lang l, str key);
/* Reports everything that would make a text come out wrong. */
void msgc_check(struct catalogue *c);
/* The values of a message, in order of appearance in the German text. */
struct params msgc_params(struct tool *t, const struct message *m);
/* The number that selects the plural form; empty when there is none. */
str msgc_selector(struct tool *t, const struct message *m);
/* "opp.list.title" -> "opp_list_title" */
str msgc_c_name(struct arena *a, str key);

/* GROUP.text.h of the group at that position. */
str msgc_header(const struct catalogue *c, size_t group);
/* texts.c: the tables and functions of all groups. */
str msgc_source(const struct catalogue *c);
str msgc_report(const struct catalogue *c);

#endif
