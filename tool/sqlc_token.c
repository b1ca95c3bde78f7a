/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Text to tokens: words, quoted names, strings, numbers, parameters, signs. Comments are
 * dropped, but the lines "-- sqlite:", "-- postgres:" and "-- both:" say for which engine
 * the following tokens are meant.
 */
#include "sqlc.h"

struct lexer {
    struct tool *tool;
    const char *file;
    str rest;
    int line;
    uint8_t engines;
    bool space;
    struct tokens tokens;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char peek(const struct lexer *l, size_t i)
{
    return i < l->rest.n ? l->rest.p[i] : '\0';
}

static str take(struct lexer *l, size_t n)
{
    str s = str_slice(l->rest, 0, n);
    for (size_t i = 0; i < s.n; i++)
        l->line += s.p[i] == '\n';
    l->rest = str_slice(l->rest, n, l->rest.n);
    return s;
}

static size_t word_length(const struct lexer *l, size_t from)
{
    size_t n = from;
    while (is_letter(peek(l, n)) || is_digit(peek(l, n)))
        n++;
    return n - from;
}

static void skip_comment(struct lexer *l)
{
    ptrdiff_t end = str_find_byte(l->rest, '\n');
    str comment = take(l, end < 0 ? l->rest.n : (size_t)end);
    str words = str_trim(str_slice(comment, 2, comment.n));
    if (str_eq(words, S("sqlite:")))
        l->engines = ON_SQLITE;
    else if (str_eq(words, S("postgres:")))
        l->engines = ON_POSTGRES;
    else if (str_eq(words, S("both:")))
        l->engines = ON_BOTH;
}

/* White space and comments before the next token. */
static void skip_space(struct lexer *l)
{
    l->space = false;
    for (;;) {
        char c = peek(l, 0);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            take(l, 1);
        else if (c == '-' && peek(l, 1) == '-')
            skip_comment(l);
        else
            return;
        l->space = true;
    }
}

static struct token *add(struct lexer *l, enum token_kind kind, size_t n)
{
    struct token *t = vec_add(&l->tool->arena, &l->tokens);
    *t = (struct token){ .kind = kind,
                         .line = l->line,
                         .engines = l->engines,
                         .space = l->space,
                         .open = -1,
                         .match = -1,
                         .param = -1 };
    t->text = take(l, n);
    return t;
}

/* '…' or "…", the quote doubled inside. */
static void lex_quoted(struct lexer *l, char quote)
{
    size_t n = 1;
    while (n < l->rest.n && !(peek(l, n) == quote && peek(l, n + 1) != quote))
        n += peek(l, n) == quote ? 2 : 1;
    if (n >= l->rest.n)
        tool_problem(l->tool, l->file, l->line, "this quote is never closed");
    struct token *t = add(l, quote == '"' ? T_NAME : T_STRING, n + 1);
    if (quote == '"' && t->text.n >= 2)
        t->text = str_slice(t->text, 1, t->text.n - 1);
}

/* ":name", ":name?", ":name::type", ":name?::type" */
static void lex_param(struct lexer *l)
{
    size_t name = word_length(l, 1);
    bool optional = peek(l, 1 + name) == '?';
    size_t n = 1 + name + optional;
    size_t type = 0;
    if (peek(l, n) == ':' && peek(l, n + 1) == ':') {
        type = word_length(l, n + 2);
        n += 2 + type;
    }
    struct token *t = add(l, T_PARAM, n);
    t->type = str_slice(t->text, n - type, n);
    t->text = str_slice(t->text, 1, 1 + name);
    t->optional = optional;
}

static size_t sign_length(const struct lexer *l)
{
    static const char two[][3] = { "<=", ">=", "<>", "!=", "||", "==", "<<", ">>", "->", "::" };
    for (size_t i = 0; i < sizeof two / sizeof *two; i++)
        if (peek(l, 0) == two[i][0] && peek(l, 1) == two[i][1])
            return 2;
    return 1;
}

static void lex_one(struct lexer *l)
{
    char c = peek(l, 0);
    if (is_letter(c)) {
        add(l, T_WORD, word_length(l, 0));
    } else if (is_digit(c) || (c == '.' && is_digit(peek(l, 1)))) {
        size_t n = 1;
        while (is_digit(peek(l, n)) || peek(l, n) == '.' || is_letter(peek(l, n)))
            n++;
        add(l, T_NUMBER, n);
    } else if (c == '\'' || c == '"') {
        lex_quoted(l, c);
    } else if (c == ':' && is_letter(peek(l, 1))) {
        lex_param(l);
    } else {
        if (c == '`' || c == '[' || c == '?' || c == '$' || c == '@')
            tool_problem(l->tool, l->file, l->line, "'%c' is not portable SQL", c);
        add(l, T_SIGN, sign_length(l));
    }
}

static bool sign_is(const struct token *t, char c)
{
    return t->kind == T_SIGN && t->text.n == 1 && t->text.p[0] == c;
}

static void match_brackets(struct lexer *l)
{
    int open = -1;
    for (size_t i = 0; i < l->tokens.n; i++) {
        struct token *t = &l->tokens.v[i];
        if (sign_is(t, ')') && open >= 0) {
            l->tokens.v[open].match = (int)i;
            t->match = open;
            open = l->tokens.v[open].open;
        } else if (sign_is(t, ')')) {
            tool_problem(l->tool, l->file, t->line, "this ')' has no '('");
        }
        t->open = open;
        if (sign_is(t, '('))
            open = (int)i;
    }
    if (open >= 0)
        tool_problem(l->tool, l->file, l->tokens.v[open].line, "this '(' is never closed");
    for (; open >= 0; open = l->tokens.v[open].open)
        l->tokens.v[open].match = (int)l->tokens.n - 1;
}

struct tokens tokens_of(struct tool *tool, const char *file, str text, int line)
{
    struct lexer l = { .tool = tool, .file = file, .rest = text, .line = line, .engines = ON_BOTH };
    skip_space(&l);
    while (l.rest.n) {
        lex_one(&l);
        skip_space(&l);
    }
    l.engines = ON_BOTH;
    add(&l, T_END, 0);
    match_brackets(&l);
    return l.tokens;
}

bool is_word(const struct tokens *t, int i, const char *word)
{
    return i >= 0 && (size_t)i < t->n && t->v[i].kind == T_WORD &&
           str_ieq(t->v[i].text, str_from_c(word));
}

bool is_sign(const struct tokens *t, int i, const char *sign)
{
    return i >= 0 && (size_t)i < t->n && t->v[i].kind == T_SIGN &&
           str_eq(t->v[i].text, str_from_c(sign));
}

bool is_one_of(const struct tokens *t, int i, const char *list)
{
    str rest = str_from_c(list);
    str word;
    if (i < 0 || (size_t)i >= t->n || t->v[i].kind != T_WORD)
        return false;
    while (str_next(&rest, ' ', &word))
        if (str_ieq(t->v[i].text, word))
            return true;
    return false;
}

bool is_keyword(str word)
{
    static const char keywords[] =
        "ALL AND AS ASC BETWEEN BY CASE CAST CONFLICT CROSS DELETE DESC DISTINCT DO ELSE END "
        "ESCAPE EXCEPT EXISTS FIRST FROM FULL GROUP HAVING IN INNER INSERT INTERSECT INTO IS JOIN "
        "LAST LEFT LIKE LIMIT NATURAL NOT NOTHING NULL NULLS OFFSET ON OR ORDER OUTER OVER "
        "PARTITION RETURNING RIGHT SELECT SET THEN UNION UPDATE USING VALUES WHEN WHERE WITH";
    str rest = str_from_c(keywords);
    str keyword;
    while (str_next(&rest, ' ', &keyword))
        if (str_ieq(word, keyword))
            return true;
    return false;
}

bool is_name(const struct tokens *t, int i)
{
    if (i < 0 || (size_t)i >= t->n)
        return false;
    return t->v[i].kind == T_NAME || (t->v[i].kind == T_WORD && !is_keyword(t->v[i].text));
}
