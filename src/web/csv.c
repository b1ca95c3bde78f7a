/* SPDX-License-Identifier: EUPL-1.2 */
/* The CSV writer and its guard against formulas. */
#include "web/csv.h"

struct csv csv_new(struct out *out)
{
    return (struct csv){ .out = out, .separator = ',' };
}

struct csv csv_new_german(struct out *out)
{
    OUT(out, "\xEF\xBB\xBF");
    return (struct csv){ .out = out, .separator = ';' };
}

static void next_cell(struct csv *c)
{
    if (c->started)
        out_char(c->out, c->separator);
    c->started = true;
}

/* ASCII, and the full-width forms that spreadsheets take for the same. */
static bool begins_formula(str s)
{
    if (str_empty(s))
        return false;
    switch (s.p[0]) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
        return true;
    default:
        return str_starts(s, S("\xEF\xBC\x9D")) || str_starts(s, S("\xEF\xBC\x8B")) ||
               str_starts(s, S("\xEF\xBC\x8D")) || str_starts(s, S("\xEF\xBC\xA0"));
    }
}

static str without_apostrophes(str s)
{
    while (s.n && s.p[0] == '\'')
        s = str_slice(s, 1, s.n);
    return s;
}

static bool needs_quotes(const struct csv *c, str s)
{
    if (s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' '))
        return true;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"' || s.p[i] == '\r' || s.p[i] == '\n' || s.p[i] == c->separator)
            return true;
    return false;
}

static void put_quoted(struct out *o, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            out_char(o, '"');
        out_char(o, s.p[i]);
    }
}

void csv_str(struct csv *c, str s)
{
    bool quotes = needs_quotes(c, s);
    next_cell(c);
    if (quotes)
        out_char(c->out, '"');
    if (begins_formula(without_apostrophes(s)))
        out_char(c->out, '\'');
    put_quoted(c->out, s);
    if (quotes)
        out_char(c->out, '"');
}

void csv_row_end(struct csv *c)
{
    OUT(c->out, "\r\n");
    c->started = false;
}

str csv_unguard(str cell)
{
    bool guarded = cell.n && cell.p[0] == '\'' && begins_formula(without_apostrophes(cell));
    return guarded ? str_slice(cell, 1, cell.n) : cell;
}
