/* SPDX-License-Identifier: EUPL-1.2 */
/* Splitting a text into literals and values. */
#include "web/text_piece.h"

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is_name(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!name_char(s.p[i]))
            return false;
    return s.n && s.p[0] >= 'a' && s.p[0] <= 'z';
}

static void take(str *rest, size_t n)
{
    *rest = str_slice(*rest, n, rest->n);
}

static bool next_value(str *rest, struct text_piece *piece)
{
    ptrdiff_t end = str_find_byte(*rest, '}');
    if (end < 0)
        return false;
    str name = str_slice(*rest, 1, (size_t)end);
    piece->value = true;
    piece->number = str_ends(name, S("#"));
    piece->s = str_slice(name, 0, name.n - piece->number);
    if (!is_name(piece->s))
        return false;
    take(rest, (size_t)end + 1);
    return true;
}

bool text_piece_next(str *rest, struct text_piece *piece)
{
    *piece = (struct text_piece){ 0 };
    if (!rest->n)
        return false;
    if (rest->p[0] == '{' && !str_starts(*rest, S("{{")))
        return next_value(rest, piece);
    /* A literal up to the next brace; "{{" gives its second brace as start of a literal. */
    size_t from = rest->p[0] == '{' ? 1 : 0;
    ptrdiff_t brace = str_find_byte(str_slice(*rest, 2 * from, rest->n), '{');
    size_t to = brace < 0 ? rest->n : 2 * from + (size_t)brace;
    piece->s = str_slice(*rest, from, to);
    take(rest, to);
    return true;
}

bool text_pieces_good(str s)
{
    struct text_piece piece;
    while (text_piece_next(&s, &piece))
        continue;
    return s.n == 0;
}

static bool has_value(str s, struct text_piece wanted)
{
    struct text_piece piece;
    while (text_piece_next(&s, &piece))
        if (piece.value && piece.number == wanted.number && str_eq(piece.s, wanted.s))
            return true;
    return false;
}

/* Whether a has all values of b but perhaps the omitted one. */
static bool covers(str a, str b, str may_omit)
{
    struct text_piece piece;
    while (text_piece_next(&b, &piece))
        if (piece.value && !str_eq(piece.s, may_omit) && !has_value(a, piece))
            return false;
    return true;
}

bool text_pieces_fit(str s, str model, str may_omit)
{
    return text_pieces_good(s) && covers(s, model, may_omit) && covers(model, s, S(""));
}
