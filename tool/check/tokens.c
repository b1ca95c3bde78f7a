/* SPDX-License-Identifier: EUPL-1.2 */
/* A lexer for the shape of C, see tokens.h. */
#include "tokens.h"

#include "base/vec.h"

struct lexer {
    struct arena *arena;
    struct tokens tokens;
    str source;
    size_t at;
    int line;
    bool line_start; /* nothing but white space since the line began */
};

static char peek(const struct lexer *x, size_t ahead)
{
    return x->at + ahead < x->source.n ? x->source.p[x->at + ahead] : '\0';
}

static bool at_end(const struct lexer *x)
{
    return x->at >= x->source.n;
}

static void skip(struct lexer *x)
{
    x->line += peek(x, 0) == '\n';
    x->at++;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static void add(struct lexer *x, enum token_kind kind, size_t from, int line)
{
    struct token t = { kind, str_slice(x->source, from, x->at), line };
    *vec_add(x->arena, &x->tokens) = t;
    x->line_start = false;
}

static void skip_block_comment(struct lexer *x)
{
    x->at += 2;
    while (!at_end(x) && !(peek(x, 0) == '*' && peek(x, 1) == '/'))
        skip(x);
    x->at += 2;
}

/* To the end of the line, over continued lines; comments that span lines are seen through. */
static str skip_line(struct lexer *x)
{
    size_t from = x->at;
    while (!at_end(x) && peek(x, 0) != '\n') {
        if (peek(x, 0) == '/' && peek(x, 1) == '*') {
            skip_block_comment(x);
            continue;
        }
        if (peek(x, 0) == '\\')
            x->at++;
        skip(x);
    }
    return str_slice(x->source, from, x->at);
}

static str directive_name(str line)
{
    str rest = str_trim(str_slice(line, 1, line.n));
    size_t n = 0;
    while (n < rest.n && is_word(rest.p[n]))
        n++;
    return str_slice(rest, 0, n);
}

/* From "#else" or "#elif" on: everything up to the matching "#endif" is left out. */
static void skip_branches(struct lexer *x)
{
    for (int depth = 1; depth > 0 && !at_end(x);) {
        skip(x);
        while (peek(x, 0) == ' ' || peek(x, 0) == '\t')
            x->at++;
        if (peek(x, 0) != '#') {
            skip_line(x);
            continue;
        }
        str name = directive_name(skip_line(x));
        depth += str_starts(name, S("if"));
        depth -= str_eq(name, S("endif"));
    }
}

static void preprocessor(struct lexer *x)
{
    str name = directive_name(skip_line(x));
    if (str_starts(name, S("el")))
        skip_branches(x);
}

static void literal(struct lexer *x)
{
    size_t from = x->at;
    int line = x->line;
    char quote = peek(x, 0);
    skip(x);
    while (!at_end(x) && peek(x, 0) != quote && peek(x, 0) != '\n') {
        if (peek(x, 0) == '\\')
            skip(x);
        skip(x);
    }
    skip(x);
    add(x, TOKEN_TEXT, from, line);
}

static void token(struct lexer *x)
{
    size_t from = x->at;
    int line = x->line;
    if (!is_word(peek(x, 0))) {
        skip(x);
        add(x, TOKEN_MARK, from, line);
        return;
    }
    while (is_word(peek(x, 0)))
        x->at++;
    add(x, TOKEN_WORD, from, line);
}

struct tokens tokens_read(struct arena *a, str source)
{
    struct lexer x = { .arena = a, .source = source, .line = 1, .line_start = true };
    while (!at_end(&x)) {
        char c = peek(&x, 0);
        if (c == '\n' || c == ' ' || c == '\t' || c == '\r') {
            x.line_start |= c == '\n';
            skip(&x);
        } else if (c == '/' && peek(&x, 1) == '*') {
            skip_block_comment(&x);
        } else if (c == '/' && peek(&x, 1) == '/') {
            skip_line(&x);
        } else if (c == '#' && x.line_start) {
            preprocessor(&x);
        } else if (c == '"' || c == '\'') {
            literal(&x);
        } else {
            token(&x);
        }
    }
    x.at = source.n;
    add(&x, TOKEN_END, source.n, x.line);
    return x.tokens;
}

bool token_is(const struct token *t, str text)
{
    return t->kind != TOKEN_TEXT && t->kind != TOKEN_END && str_eq(t->text, text);
}
