/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Characters to tokens. Stricter than a browser: every attribute value is quoted, names
 * are lower case, nothing is guessed. White space in text collapses here: a run with a
 * line break becomes one line break, any other run one blank; <pre> and <textarea> keep
 * theirs.
 */
#include "tmplc.h"

struct lexer {
    struct tool *tool;
    const char *file;
    str s; /* the whole source */
    size_t at;
    int line;
    bool line_start; /* only blanks since the last line break */
    size_t keep;     /* depth of <pre> and <textarea> */
    struct tokens *tokens;
};

static bool at_end(const struct lexer *x)
{
    return x->at >= x->s.n;
}

static char peek(const struct lexer *x)
{
    return at_end(x) ? '\0' : x->s.p[x->at];
}

static bool looking_at(const struct lexer *x, str s)
{
    return str_starts(str_slice(x->s, x->at, x->s.n), s);
}

static void step(struct lexer *x, size_t n)
{
    for (size_t i = 0; i < n && !at_end(x); i++) {
        char c = x->s.p[x->at++];
        if (c == '\n') {
            x->line++;
            x->line_start = true;
        } else if (c != ' ' && c != '\t') {
            x->line_start = false;
        }
    }
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_space(struct lexer *x)
{
    while (!at_end(x) && is_space(peek(x)))
        step(x, 1);
}

static struct token *add(struct lexer *x, enum token_kind kind)
{
    struct token *t = vec_add(&x->tool->arena, x->tokens);
    t->kind = kind;
    t->line = x->line;
    return t;
}

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':';
}

static str read_name(struct lexer *x)
{
    size_t from = x->at;
    while (name_char(peek(x)))
        step(x, 1);
    return str_slice(x->s, from, x->at);
}

/* ---- {…} ---- */

/* Skips a C string or character literal; the lexer stands at its quote. */
static void skip_quoted(struct lexer *x)
{
    char quote = peek(x);
    step(x, 1);
    while (!at_end(x) && peek(x) != quote)
        step(x, peek(x) == '\\' ? 2 : 1);
    step(x, 1);
}

/* "t opp.title, arg" -> key and ", arg"; false when it is an expression. */
static bool text_piece(struct piece *p, str inner)
{
    if (!str_starts(inner, S("t ")))
        return false;
    str rest = str_trim(str_slice(inner, 2, inner.n));
    size_t n = 0;
    while (n < rest.n && (name_char(rest.p[n]) || rest.p[n] == '.'))
        n++;
    str after = str_trim(str_slice(rest, n, rest.n));
    if (!n || (after.n && after.p[0] != ','))
        return false;
    p->kind = PIECE_TEXT;
    p->s = str_slice(rest, 0, n);
    p->args = after;
    return true;
}

/* Reads from '{' to its '}'. */
static struct piece read_braces(struct lexer *x)
{
    struct piece p = { .kind = PIECE_EXPR, .line = x->line };
    size_t depth = 0;
    size_t from = x->at + 1;
    do {
        char c = peek(x);
        depth += c == '{';
        depth -= c == '}';
        if (c == '"' || c == '\'')
            skip_quoted(x);
        else
            step(x, 1);
    } while (depth && !at_end(x));
    if (depth)
        tool_problem(x->tool, x->file, p.line, "this { has no }");
    str inner = str_trim(str_slice(x->s, from, x->at - 1));
    if (!inner.n)
        tool_problem(x->tool, x->file, p.line, "{} is empty; a literal brace is {{");
    if (!text_piece(&p, inner))
        p.s = inner;
    return p;
}

/* ---- tags ---- */

static void put_literal(struct lexer *x, struct pieces *list, str s, int line)
{
    if (s.n)
        *vec_add(&x->tool->arena, list) = (struct piece){ .s = s, .line = line };
}

/* The inside of a quoted value; the lexer stands behind the quote. */
static void read_value(struct lexer *x, struct attr *a, char quote)
{
    size_t from = x->at;
    size_t literal = x->at;
    while (!at_end(x) && peek(x) != quote) {
        if (peek(x) != '{') {
            step(x, 1);
            continue;
        }
        bool brace = looking_at(x, S("{{"));
        put_literal(x, &a->value, str_slice(x->s, literal, x->at + brace), x->line);
        if (brace)
            step(x, 2);
        else
            *vec_add(&x->tool->arena, &a->value) = read_braces(x);
        literal = x->at;
    }
    put_literal(x, &a->value, str_slice(x->s, literal, x->at), x->line);
    a->source = str_slice(x->s, from, x->at);
    if (at_end(x))
        tool_problem(x->tool, x->file, a->line, "the value of `%.*s` has no closing quote",
                     STR_FMT(a->name));
    step(x, 1);
}

static void read_assigned(struct lexer *x, struct attr *a)
{
    skip_space(x);
    char c = peek(x);
    if (c == '"' || c == '\'') {
        step(x, 1);
        read_value(x, a, c);
    } else if (c == '{' && a->optional) {
        size_t from = x->at;
        *vec_add(&x->tool->arena, &a->value) = read_braces(x);
        a->source = str_slice(x->s, from, x->at);
    } else {
        tool_problem(x->tool, x->file, a->line, "the value of `%.*s` must stand in quotes",
                     STR_FMT(a->name));
        while (!at_end(x) && !is_space(peek(x)) && peek(x) != '>')
            step(x, 1);
    }
}

/* One attribute; false at the end of the tag. */
static bool read_attr(struct lexer *x, struct token *tag)
{
    skip_space(x);
    if (at_end(x) || peek(x) == '>' || looking_at(x, S("/>")))
        return false;
    struct attr a = { .line = x->line, .name = read_name(x) };
    if (!a.name.n) {
        tool_problem(x->tool, x->file, x->line,
                     peek(x) == '{' ? "{} may not stand in a tag, only in an attribute's value"
                                    : "an attribute cannot begin with `%c`; names are lower case",
                     peek(x));
        while (!at_end(x) && peek(x) != '>')
            step(x, 1);
        return false;
    }
    if (peek(x) == '{')
        tool_problem(x->tool, x->file, x->line, "{} may not stand in the name of an attribute");
    a.optional = looking_at(x, S("?="));
    if (a.optional)
        step(x, 1);
    a.bare = peek(x) != '=';
    if (!a.bare) {
        step(x, 1);
        read_assigned(x, &a);
    }
    *vec_add(&x->tool->arena, &tag->attrs) = a;
    return true;
}

static bool keeps_space(str name)
{
    return str_eq(name, S("pre")) || str_eq(name, S("textarea"));
}

static void read_tag(struct lexer *x)
{
    bool close = looking_at(x, S("</"));
    struct token tag = { .kind = close ? TOKEN_CLOSE : TOKEN_OPEN, .line = x->line };
    step(x, close ? 2 : 1);
    tag.name = read_name(x);
    if (peek(x) == '{') {
        tool_problem(x->tool, x->file, tag.line, "{} may not stand in the name of an element");
        return;
    }
    if (!tag.name.n) {
        tool_problem(x->tool, x->file, tag.line, "a tag needs a name; a literal < is &lt;");
        return;
    }
    while (read_attr(x, &tag))
        continue;
    tag.self_closing = looking_at(x, S("/>"));
    step(x, tag.self_closing ? 2 : 1);
    if (close && tag.attrs.n)
        tool_problem(x->tool, x->file, tag.line, "</%.*s> has attributes", STR_FMT(tag.name));
    if (keeps_space(tag.name))
        x->keep = close ? x->keep - (x->keep > 0) : x->keep + 1;
    *vec_add(&x->tool->arena, x->tokens) = tag;
}

/* <!-- … --> leaves no trace; <!doctype html> is a token. */
static void read_markup(struct lexer *x)
{
    int line = x->line;
    if (looking_at(x, S("<!--"))) {
        while (!at_end(x) && !looking_at(x, S("-->")))
            step(x, 1);
        if (at_end(x))
            tool_problem(x->tool, x->file, line, "this comment has no -->");
        step(x, 3);
    } else if (looking_at(x, S("<!doctype html>"))) {
        add(x, TOKEN_DOCTYPE);
        step(x, 15);
    } else if (looking_at(x, S("<!"))) {
        tool_problem(x->tool, x->file, line, "only <!doctype html> and comments begin with <!");
        step(x, 2);
    } else {
        read_tag(x);
    }
}

/* ---- text and @lines ---- */

static void add_text(struct lexer *x, str s, int line)
{
    if (!s.n)
        return;
    struct token *t = add(x, TOKEN_TEXT);
    t->line = line;
    t->piece = (struct piece){ .s = s, .line = line };
}

/* Text up to the next '<', '{' or @line, its white space collapsed. */
static void read_text(struct lexer *x)
{
    struct out o = out_new(&x->tool->arena, 0);
    int line = 0; /* of the first character that is not white space */
    while (!at_end(x) && peek(x) != '<' && peek(x) != '{' && !(x->line_start && peek(x) == '@')) {
        size_t from = x->at;
        bool broken = x->line_start;
        if (!is_space(peek(x)) || x->keep) {
            line = line ? line : x->line;
            step(x, 1);
            out_char(&o, x->s.p[from]);
            continue;
        }
        skip_space(x);
        broken |= str_find_byte(str_slice(x->s, from, x->at), '\n') >= 0;
        out_char(&o, broken ? '\n' : ' ');
    }
    add_text(x, out_text(&o), line ? line : x->line);
}

static void read_line(struct lexer *x)
{
    struct token *t = add(x, TOKEN_LINE);
    size_t from = x->at + 1;
    while (!at_end(x) && peek(x) != '\n')
        step(x, 1);
    str s = str_trim(str_slice(x->s, from, x->at));
    step(x, 1);
    size_t n = 0;
    while (n < s.n && s.p[n] >= 'a' && s.p[n] <= 'z')
        n++;
    t->name = str_slice(s, 0, n);
    t->rest = str_trim(str_slice(s, n, s.n));
}

void tmplc_lex(struct tool *t, const char *file, str source, struct tokens *tokens)
{
    struct lexer x = {
        .tool = t, .file = file, .s = source, .line = 1, .line_start = true, .tokens = tokens
    };
    while (!at_end(&x)) {
        if (peek(&x) == '@' && x.line_start) {
            read_line(&x);
        } else if (peek(&x) == '<') {
            read_markup(&x);
        } else if (looking_at(&x, S("{{"))) {
            add_text(&x, S("{"), x.line);
            step(&x, 2);
        } else if (peek(&x) == '{') {
            int line = x.line;
            struct piece p = read_braces(&x);
            struct token *token = add(&x, TOKEN_TEXT);
            token->line = line;
            token->piece = p;
        } else {
            read_text(&x);
        }
    }
}
