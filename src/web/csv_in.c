/* SPDX-License-Identifier: EUPL-1.2 */
/* The CSV reader: bytes from a buffer into one row, then the row's cells as text. */
#include "web/csv_in.h"

#include "base/utf8.h"

#define BUFFER_BYTES ((size_t)64 << 10)
#define END_OF_FILE  (-1)

struct csv_in *csv_in_new(struct arena *a, FILE *file)
{
    struct csv_in *in = NEW(a, struct csv_in);
    in->arena = a;
    in->file = file;
    in->buffer = arena_bytes(a, BUFFER_BYTES);
    in->next_line = 1;
    in->raw = out_new(a, CSV_IN_ROW_MAX);
    arena_init(&in->row, 0);
    return in;
}

void csv_in_free(struct csv_in *in)
{
    arena_free(&in->row);
}

/* ---- bytes ---- */

static int peek(struct csv_in *in)
{
    if (in->at == in->end) {
        in->at = 0;
        in->end = fread(in->buffer, 1, BUFFER_BYTES, in->file);
    }
    return in->at < in->end ? (unsigned char)in->buffer[in->at] : END_OF_FILE;
}

/* The next byte; CRLF and CR come as one LF. */
static int take(struct csv_in *in)
{
    int c = peek(in);
    if (c == END_OF_FILE)
        return c;
    in->at++;
    if (c == '\r') {
        if (peek(in) == '\n')
            in->at++;
        c = '\n';
    }
    in->next_line += c == '\n';
    return c;
}

/* ---- what kind of file ---- */

static char most_frequent_separator(str head)
{
    size_t count[3] = { 0 };
    static const char separators[3] = { ',', ';', '\t' };
    bool quoted = false;
    for (size_t i = 0; i < head.n; i++) {
        if (head.p[i] == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (head.p[i] == '\n' || head.p[i] == '\r')
            break;
        for (int k = 0; k < 3; k++)
            count[k] += head.p[i] == separators[k];
    }
    int best = 0;
    for (int k = 1; k < 3; k++)
        if (count[k] > count[best])
            best = k;
    return separators[best];
}

/* False when the file is no text that we read. */
static bool begin(struct csv_in *in)
{
    in->begun = true;
    peek(in);
    str head = { in->buffer, in->end };
    if (str_starts(head, S("\xFF\xFE")) || str_starts(head, S("\xFE\xFF"))) {
        in->problem = S("the file is UTF-16; save it as UTF-8");
        return false;
    }
    if (str_starts(head, S("\xEF\xBB\xBF"))) {
        in->encoding = CSV_IN_UTF8;
        in->at = 3;
    }
    in->separator = most_frequent_separator(str_slice(head, in->at, head.n));
    return true;
}

/* ---- one row of bytes ---- */

static bool within_limits(const struct csv_in *in)
{
    size_t from = in->n ? in->cell_end[in->n - 1] : 0;
    return !in->raw.full && in->raw.n - from <= CSV_IN_CELL;
}

/* Takes what is in the buffer up to the next byte that may mean something. */
static void put_run(struct csv_in *in, char stop)
{
    size_t to = in->at;
    while (to < in->end && in->buffer[to] != stop && in->buffer[to] != '\n' &&
           in->buffer[to] != '\r')
        to++;
    out_bytes(&in->raw, in->buffer + in->at, to - in->at);
    in->at = to;
}

static enum csv_in_result refuse(struct csv_in *in, str problem)
{
    in->problem = problem;
    return CSV_IN_BROKEN;
}

/* Up to the closing quote, which is taken. */
static enum csv_in_result read_quoted(struct csv_in *in)
{
    while (within_limits(in)) {
        put_run(in, '"');
        int c = take(in);
        if (c == END_OF_FILE)
            return refuse(in, S("a quoted cell is never closed"));
        if (c == '"') {
            if (peek(in) != '"')
                return CSV_IN_ROW;
            in->at++;
        }
        out_char(&in->raw, (char)c);
    }
    return refuse(in, S("a cell is longer than 1 MiB; is a quote never closed?"));
}

static bool ends_cell(const struct csv_in *in, int c)
{
    return c == END_OF_FILE || c == '\n' || c == '\r' || c == in->separator;
}

static enum csv_in_result read_unquoted(struct csv_in *in)
{
    do {
        put_run(in, in->separator);
    } while (within_limits(in) && !ends_cell(in, peek(in)));
    if (within_limits(in))
        return CSV_IN_ROW;
    return refuse(in, S("a cell is longer than 1 MiB"));
}

/* One cell with what follows a closing quote, which should be nothing but blanks. */
static enum csv_in_result read_cell(struct csv_in *in)
{
    if (peek(in) != '"')
        return read_unquoted(in);
    in->at++;
    enum csv_in_result got = read_quoted(in);
    bool behind = false;
    while (got == CSV_IN_ROW && !ends_cell(in, peek(in)))
        behind |= take(in) != ' ';
    if (behind) {
        in->problem = S("text behind a closing quote");
        return CSV_IN_BAD_ROW;
    }
    return got;
}

static void skip_line(struct csv_in *in)
{
    for (int c = take(in); c != '\n' && c != END_OF_FILE;)
        c = take(in);
}

static enum csv_in_result read_row(struct csv_in *in)
{
    in->n = 0;
    in->raw.n = 0;
    in->line = in->next_line;
    for (;;) {
        enum csv_in_result got = read_cell(in);
        if (got == CSV_IN_BAD_ROW)
            skip_line(in);
        if (got != CSV_IN_ROW)
            return got;
        in->cell_end[in->n++] = in->raw.n;
        int c = take(in);
        if (c != (unsigned char)in->separator)
            return CSV_IN_ROW;
        if (in->n == CSV_IN_COLUMNS)
            return refuse(in, S("a row has more than 500 cells"));
    }
}

/* ---- bytes to text ---- */

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x7f || (c < ' ' && c != '\t' && c != '\n'))
            return false;
    }
    return true;
}

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

/* Unicode's line separator is a line break that does not begin a new line of the file. */
static str broken_lines(struct arena *a, str s)
{
    if (str_find(s, S("\u2028")) < 0)
        return s;
    struct out o = out_new(a, 0);
    for (ptrdiff_t at; (at = str_find(s, S("\u2028"))) >= 0;) {
        out_str(&o, str_slice(s, 0, (size_t)at));
        out_char(&o, '\n');
        s = str_slice(s, (size_t)at + 3, s.n);
    }
    out_str(&o, s);
    return out_text(&o);
}

static str text_of(struct csv_in *in, str bytes)
{
    if (is_plain(bytes))
        return bytes;
    if (in->encoding == CSV_IN_UNDECIDED && !is_ascii(bytes))
        in->encoding = utf8_valid(bytes) ? CSV_IN_UTF8 : CSV_IN_WINDOWS1252;
    if (in->encoding == CSV_IN_WINDOWS1252)
        bytes = utf8_from_windows1252(&in->row, bytes);
    else
        in->replaced |= !utf8_valid(bytes);
    return broken_lines(&in->row, utf8_clean(&in->row, bytes));
}

static void make_cells(struct csv_in *in)
{
    arena_free(&in->row);
    in->replaced = false;
    str all = out_text(&in->raw);
    size_t from = 0;
    for (size_t i = 0; i < in->n; i++) {
        in->cell[i] = text_of(in, str_slice(all, from, in->cell_end[i]));
        from = in->cell_end[i];
    }
    in->cells = in->cell;
}

enum csv_in_result csv_in_next(struct csv_in *in)
{
    in->problem = S("");
    if (!in->begun && !begin(in))
        return CSV_IN_BROKEN;
    for (;;) {
        if (peek(in) == END_OF_FILE)
            return ferror(in->file) ? refuse(in, S("the file cannot be read")) : CSV_IN_END;
        enum csv_in_result got = read_row(in);
        if (got != CSV_IN_ROW)
            return got;
        if (memchr(in->raw.p ? in->raw.p : "", '\0', in->raw.n))
            return refuse(in, S("the file contains NUL bytes: it is no text"));
        if (in->n == 1 && str_empty(str_trim(out_text(&in->raw))))
            continue;
        make_cells(in);
        return CSV_IN_ROW;
    }
}

enum csv_in_result csv_in_header(struct csv_in *in)
{
    enum csv_in_result got = csv_in_next(in);
    if (got != CSV_IN_ROW)
        return got;
    str *columns = NEW_ARRAY(in->arena, in->n, str);
    for (size_t i = 0; i < in->n; i++)
        columns[i] = str_copy(in->arena, str_trim(in->cells[i]));
    in->columns = columns;
    in->column_count = in->n;
    return got;
}

int csv_in_column(const struct csv_in *in, str name)
{
    for (size_t i = 0; i < in->column_count; i++)
        if (str_ieq(in->columns[i], name))
            return (int)i;
    return -1;
}

str csv_in_cell(const struct csv_in *in, int column)
{
    return column >= 0 && (size_t)column < in->n ? str_trim(in->cells[column]) : S("");
}
