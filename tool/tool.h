/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the four compilers (sqlc, tmplc, msgc, assetc) share: reading sources, reporting
 * problems as `file:line: message`, and writing results whole or not at all.
 *
 * A tool runs once and ends, so one arena holds everything. Not thread-safe.
 */
#ifndef TOOL_TOOL_H
#define TOOL_TOOL_H

#include "base/arena.h"
#include "base/out.h"
#include "base/str.h"
#include "base/vec.h"

struct tool {
    const char *name; /* for messages that concern no file */
    struct arena arena;
    int problems;
};

struct tool_output {
    const char *path;
    str text;
};

void tool_init(struct tool *t, const char *name);
/* Reports a problem; the tool goes on, so that one run shows several. Line 0 is left out. */
void tool_problem(struct tool *t, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* Ends the tool with status 2 for a wrong command line. */
_Noreturn void tool_usage(const struct tool *t, const char *usage);

/* A whole file; an unreadable one is a problem and gives {NULL, 0}. */
str tool_read(struct tool *t, const char *path);
/*
 * Writes all outputs, or none when there were problems or one cannot be written. A file
 * that would not change is left alone, so that nothing is compiled again for it.
 * Returns the exit status: 0 or 1.
 */
int tool_write(struct tool *t, const struct tool_output *outputs, size_t n);

/* Appends a C string literal, in several pieces where it is long; quotes included. */
void tool_put_literal(struct out *o, str s);
/* "a/b/text.de.po" -> "text.de.po" */
str tool_base_name(str path);
/* The part before the last '/', "." without one. */
str tool_dir_name(str path);
/* Is the word one of the blank-separated ones in list? */
bool tool_in(const char *list, str word);

#endif
