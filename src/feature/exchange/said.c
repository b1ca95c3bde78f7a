/* SPDX-License-Identifier: EUPL-1.2 */
/* The sentences of an import, by their pattern; '%' stands for a value. */
#include "feature/exchange/said.h"

#include "exchange.text.h"
#include "feature/exchange/assign.h"

#define VALUES_MOST 3

struct sentence {
    const char *pattern;
    enum msg text; /* its values are {a}, {b} and {c#}… as {a}, {b}, {c} */
    bool column;   /* the first value is one of our columns */
};

static const struct sentence sentences[] = {
    { "no key, so that it could not be found again", MSG_exchange_said_no_key, false },
    { "the key is too long", MSG_exchange_said_key_long, false },
    { "the key '%' has been used in line %", MSG_exchange_said_key_twice, false },
    { "no title", MSG_exchange_said_no_title, false },
    { "no name", MSG_exchange_said_no_name, false },
    { "no organisation", MSG_exchange_said_no_organisation, false },
    { "there is no organisation '%'", MSG_exchange_said_unknown_organisation, false },
    { "%: too long (% bytes)", MSG_exchange_said_too_long, true },
    { "%: '%' is not understood", MSG_exchange_said_not_understood, true },
    { "left out: % is '%'", MSG_exchange_said_left_out, false },
    { "the row has more cells than the header has names", MSG_exchange_said_more_cells, false },
    { "text behind a closing quote", MSG_exchange_said_behind_quote, false },
    { "some characters are no UTF-8 and were left out", MSG_exchange_said_characters, false },
    { "edited here and kept; the source says something else", MSG_exchange_said_kept, false },
    { "possible duplicate: same organisation and title as in line %", MSG_exchange_said_twin,
      false },
    { "possible duplicate: same organisation and title, same text as in line %",
      MSG_exchange_said_twin_text, false },
    { "possible duplicate: the organisation has an offer with this title already",
      MSG_exchange_said_twin_here, false },
    { "% offers got fields, kinds or targets from their words", MSG_exchange_said_derived, false },
    { "% offers lie in the middle of their postcode", MSG_exchange_said_at_postcode, false },
    { "% offers have neither a point nor a postcode that is known", MSG_exchange_said_nowhere,
      false },
    { "% rows were edited here and are kept, though the source changed", MSG_exchange_said_kept_sum,
      false },
    { "% rows had been edited here and are again as the source has them",
      MSG_exchange_said_overwritten, false },
    { "and % lines more", MSG_exchange_said_more_lines, false },
    { "the file has no column '%'", MSG_exchange_said_no_column, false },
    { "table % does not know '%' (% times)", MSG_exchange_said_unknown_value, true },
    { "the file announces % offers and holds %", MSG_exchange_said_announced, false },
    { "line %: %", MSG_exchange_said_broken_at, false },
    { "the file is UTF-16; save it as UTF-8", MSG_exchange_said_utf16, false },
    { "a quoted cell is never closed", MSG_exchange_said_open_quote, false },
    { "a cell is longer than 1 MiB; is a quote never closed?", MSG_exchange_said_open_quote,
      false },
    { "cell % holds the error %", MSG_exchange_said_sheet_error, false },
    { "the cells % are merged; undo that in the table", MSG_exchange_said_sheet_merged, false },
    { "this is no workbook of Excel (.xlsx)", MSG_exchange_said_sheet_none, false },
    { "the workbook is too large", MSG_exchange_said_sheet_large, false },
    { "the workbook has no sheet that can be seen", MSG_exchange_said_sheet_hidden, false },
    { "a cell is longer than 1 MiB", MSG_exchange_said_long_cell, false },
    { "a row has more than 500 cells", MSG_exchange_said_many_cells, false },
    { "the file contains NUL bytes: it is no text", MSG_exchange_said_no_text, false },
    { "the names of the columns cannot be read", MSG_exchange_said_no_header, false },
};

/* Whether the text is the pattern with something for each '%'; the values are slices of it. */
static bool fits(str pattern, str text, str *values)
{
    str piece;
    str_next(&pattern, '%', &piece);
    if (!str_starts(text, piece))
        return false;
    text = str_slice(text, piece.n, text.n);
    for (size_t n = 0; str_next(&pattern, '%', &piece); n++) {
        bool last = !pattern.p; /* ends the text; the others are found where they come first */
        ptrdiff_t end = str_ends(text, piece) ? (ptrdiff_t)(text.n - piece.n) : -1;
        ptrdiff_t at = last ? end : str_find(text, piece);
        if (at < 0)
            return false;
        values[n] = str_slice(text, 0, (size_t)at);
        text = str_slice(text, (size_t)at + piece.n, text.n);
    }
    return text.n == 0;
}

/* Our columns by the names that pages have for them. */
static str column_label(const struct rq *rq, str name)
{
    const struct assign_target *t = assign_find(name);
    return t ? text_of(rq, t->label) : name;
}

str import_said(const struct rq *rq, str english)
{
    static const str names[VALUES_MOST] = { STR_INIT("a"), STR_INIT("b"), STR_INIT("c") };
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        const struct sentence *s = &sentences[i];
        str values[VALUES_MOST] = { { NULL, 0 } };
        struct text_arg args[VALUES_MOST];
        if (!fits(str_from_c(s->pattern), english, values))
            continue;
        if (s->column)
            values[0] = column_label(rq, values[0]);
        if (s->text == MSG_exchange_said_broken_at)
            values[1] = import_said(rq, values[1]);
        for (size_t n = 0; n < VALUES_MOST; n++)
            args[n] = (struct text_arg){ .name = names[n], .s = values[n] };
        return text_fmt(rq, s->text, args, VALUES_MOST);
    }
    return english;
}
