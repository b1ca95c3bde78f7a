/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading CSV as people have it: RFC 4180 with commas, semicolons or tabs, with or without a
 * byte order mark, UTF-8 or Windows-1252, CRLF, LF or CR, mixed. Writing is csv.h.
 *
 *     struct csv_in *in = csv_in_new(&arena, file);
 *     if (csv_in_header(in) != CSV_IN_ROW)
 *         …in->problem says why
 *     int title = csv_in_column(in, S("title"));
 *     while ((got = csv_in_next(in)) == CSV_IN_ROW)
 *         use(csv_in_cell(in, title), in->line);
 *
 * The separator is the one that the first line has most of. The text counts as UTF-8 when
 * it begins with a byte order mark or when its first cell that is not ASCII is UTF-8, else
 * as Windows-1252. Memory is constant: cells live until the next row is read.
 */
#ifndef WEB_CSV_IN_H
#define WEB_CSV_IN_H

#include <stdio.h>

#include "base/arena.h"
#include "base/out.h"

#define CSV_IN_CELL    ((size_t)1 << 20)
#define CSV_IN_ROW_MAX ((size_t)8 << 20)
#define CSV_IN_COLUMNS 500

enum csv_in_result {
    CSV_IN_ROW,
    CSV_IN_BAD_ROW, /* this row cannot be understood (problem), the next ones can */
    CSV_IN_END,
    CSV_IN_BROKEN /* the file cannot be read on (problem) */
};

enum csv_in_encoding { CSV_IN_UNDECIDED, CSV_IN_UTF8, CSV_IN_WINDOWS1252 };

struct csv_in {
    /* for the caller */
    const str *cells; /* clean UTF-8 (utf8_clean), line breaks (U+2028, too) as LF */
    size_t n;
    int64_t line; /* where the row begins, from 1 */
    str problem;
    char separator;
    enum csv_in_encoding encoding;
    bool replaced; /* the row had broken bytes, now U+FFFD */
    /* columns of the header, trimmed */
    const str *columns;
    size_t column_count;

    /* the reader's own */
    struct arena *arena;
    FILE *file;
    char *buffer;
    size_t at, end;
    int64_t next_line;
    bool begun;
    struct out raw; /* bytes of the row's cells, one after the other */
    size_t cell_end[CSV_IN_COLUMNS];
    str cell[CSV_IN_COLUMNS];
    struct arena row;
};

/* The file stays the caller's. csv_in_free gives the row's memory back. */
struct csv_in *csv_in_new(struct arena *a, FILE *file);
void csv_in_free(struct csv_in *in);

/* The next row that is not blank. */
enum csv_in_result csv_in_next(struct csv_in *in);
/* Reads the first row as names of columns. */
enum csv_in_result csv_in_header(struct csv_in *in);
/* The column of this name (ASCII case does not matter), or -1. */
int csv_in_column(const struct csv_in *in, str name);
/* The cell without white space around it; empty for -1 and for cells that the row lacks. */
str csv_in_cell(const struct csv_in *in, int column);

#endif
