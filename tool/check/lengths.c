/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * lengths: code that a reader can hold in the head.
 *
 *     lengths CALLBACKS.txt FILE…
 *
 * Refuses, with file and line: lines over 100 columns, files over 800 lines; and in C:
 * functions over 60 lines or with more than 4 parameters ("..." is none, and neither is what the
 * function works on: a pointer to a structure that comes first), control statements nested more
 * than 3 deep. `else if` is as deep as its `if`; a macro that opens a block, like
 * json_array_foreach(…) { … }, counts as a loop. Macro bodies are not looked at.
 * CALLBACKS.txt names functions ("file function") whose parameters a library prescribes.
 * Exit status 0, 1 when something was refused, 2 for a wrong command line.
 */
#include "../tool.h"
#include "tokens.h"

#define MAX_COLUMNS    100
#define MAX_FILE       800
#define MAX_FUNCTION   60
#define MAX_PARAMETERS 4
#define MAX_NESTING    3

struct reader {
    struct tool *tool;
    const char *path;
    str callbacks; /* text of CALLBACKS.txt */
    const struct token *at;
};

struct excess {
    const char *what;
    size_t have;
    size_t max;
};

static void refuse(struct reader *r, int line, struct excess e)
{
    tool_problem(r->tool, r->path, line, "%s: %zu, at most %zu", e.what, e.have, e.max);
}

/* Columns are code points; a byte that continues one is not counted. */
static size_t columns(str line)
{
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++)
        n += ((unsigned char)line.p[i] & 0xC0) != 0x80;
    return n;
}

static size_t count(str text, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == c;
    return n;
}

static void check_lines(struct reader *r, str text)
{
    size_t lines = count(text, '\n');
    if (lines > MAX_FILE)
        refuse(r, 0, (struct excess){ "lines in the file", lines, MAX_FILE });
    int number = 0;
    str line;
    while (str_next(&text, '\n', &line)) {
        number++;
        if (columns(line) > MAX_COLUMNS)
            refuse(r, number, (struct excess){ "columns", columns(line), MAX_COLUMNS });
    }
}

static bool ended(const struct reader *r)
{
    return r->at->kind == TOKEN_END;
}

static bool take(struct reader *r, str text)
{
    bool is = token_is(r->at, text);
    r->at += is;
    return is;
}

static bool opens(const struct token *t)
{
    return token_is(t, S("(")) || token_is(t, S("{")) || token_is(t, S("["));
}

static bool closes(const struct token *t)
{
    return token_is(t, S(")")) || token_is(t, S("}")) || token_is(t, S("]"));
}

/* Over a bracketed group that begins here. */
static void skip_group(struct reader *r)
{
    int depth = 0;
    do {
        depth += opens(r->at);
        depth -= closes(r->at);
        r->at++;
    } while (depth > 0 && !ended(r));
}

static void statement(struct reader *r, size_t depth);

static void nested(struct reader *r, size_t depth, int line)
{
    if (depth > MAX_NESTING)
        refuse(r, line, (struct excess){ "nested control statements", depth, MAX_NESTING });
    statement(r, depth);
}

static void block(struct reader *r, size_t depth)
{
    while (!ended(r) && !take(r, S("}")))
        statement(r, depth);
}

static void if_statement(struct reader *r, size_t depth)
{
    int line = r->at[-1].line;
    skip_group(r);
    nested(r, depth + 1, line);
    if (!take(r, S("else")))
        return;
    if (take(r, S("if")))
        if_statement(r, depth);
    else
        nested(r, depth + 1, r->at[-1].line);
}

/* An expression or a declaration; a call that is followed by a block is a loop by macro. */
static void plain(struct reader *r, size_t depth)
{
    const struct token *from = r->at;
    while (!ended(r) && !take(r, S(";"))) {
        if (token_is(r->at, S("}")))
            return;
        if (token_is(r->at, S("(")) && r->at == from + 1 && from->kind == TOKEN_WORD) {
            skip_group(r);
            if (token_is(r->at, S("{"))) {
                nested(r, depth + 1, from->line);
                return;
            }
        } else if (opens(r->at)) {
            skip_group(r);
        } else {
            r->at++;
        }
    }
}

/* "case 1:", "default:", "out:" */
static bool label(struct reader *r)
{
    if (token_is(r->at, S("case"))) {
        while (!ended(r) && !token_is(r->at, S(":")))
            r->at++;
    } else if (r->at->kind == TOKEN_WORD && token_is(r->at + 1, S(":"))) {
        r->at++;
    } else {
        return false;
    }
    r->at++;
    return true;
}

static void do_statement(struct reader *r, size_t depth)
{
    nested(r, depth + 1, r->at[-1].line);
    take(r, S("while"));
    skip_group(r);
    take(r, S(";"));
}

static void statement(struct reader *r, size_t depth)
{
    while (label(r))
        ;
    int line = r->at->line;
    if (take(r, S("{"))) {
        block(r, depth);
    } else if (take(r, S("if"))) {
        if_statement(r, depth);
    } else if (take(r, S("do"))) {
        do_statement(r, depth);
    } else if (take(r, S("for")) || take(r, S("while")) || take(r, S("switch"))) {
        skip_group(r);
        nested(r, depth + 1, line);
    } else if (!token_is(r->at, S("}"))) {
        plain(r, depth);
    }
}

/* The number of parameters in the group that begins at t. */
static size_t parameters(const struct token *t)
{
    size_t n = 1;
    int depth = 0;
    if (token_is(t + 1, S(")")) || (token_is(t + 1, S("void")) && token_is(t + 2, S(")"))))
        return 0;
    do {
        depth += opens(t);
        depth -= closes(t);
        n += depth == 1 && token_is(t, S(","));
        n -=
            depth == 1 && token_is(t, S(".")) && token_is(t + 1, S(".")) && token_is(t + 2, S("."));
        t++;
    } while (depth > 0 && t->kind != TOKEN_END);
    return n;
}

/* Whether the first parameter is a pointer to a structure: the thing that is worked on. */
static bool has_subject(const struct token *list)
{
    const struct token *t = list + 1;
    if (token_is(t, S("const")))
        t++;
    return token_is(t, S("struct")) && token_is(t + 2, S("*"));
}

/* Is there a line "path name"? */
static bool is_callback(const struct reader *r, str name)
{
    str line = str_fmt(&r->tool->arena, "\n%s %.*s\n", r->path, STR_FMT(name));
    return str_find(r->callbacks, line) >= 0;
}

/* The body, which begins here, of a function whose head begins at `head`. */
static void function(struct reader *r, const struct token *head, const struct token *list)
{
    size_t count = parameters(list) - has_subject(list);
    if (count > MAX_PARAMETERS && !is_callback(r, list[-1].text))
        refuse(r, head->line, (struct excess){ "parameters", count, MAX_PARAMETERS });
    r->at++;
    block(r, 0);
    int lines = r->at[-1].line - head->line + 1;
    if (lines > MAX_FUNCTION)
        refuse(r, head->line,
               (struct excess){ "lines in the function", (size_t)lines, MAX_FUNCTION });
}

/* One declaration or definition outside of functions. */
static void outer(struct reader *r)
{
    const struct token *head = r->at;
    const struct token *list = NULL; /* the first bracket: the parameters of a function */
    bool value = false;              /* behind "=" no function begins */
    while (!ended(r) && !take(r, S(";"))) {
        value |= token_is(r->at, S("="));
        if (token_is(r->at, S("{")) && list && !value && token_is(r->at - 1, S(")"))) {
            function(r, head, list);
            return;
        }
        if (token_is(r->at, S("(")) && !list && r->at > head &&
            !token_is(r->at - 1, S("__attribute__")) && !token_is(r->at - 1, S("_Alignas")))
            list = r->at;
        if (opens(r->at))
            skip_group(r);
        else
            r->at++;
    }
}

static void check_file(struct reader *r, const char *path)
{
    r->path = path;
    str text = tool_read(r->tool, path);
    check_lines(r, text);
    if (!str_ends(str_from_c(path), S(".c")) && !str_ends(str_from_c(path), S(".h")))
        return;
    r->at = tokens_read(&r->tool->arena, text).v;
    while (!ended(r))
        outer(r);
}

int main(int argc, char **argv)
{
    static struct tool tool; /* reachable to the end: nothing is given back */
    tool_init(&tool, "lengths");
    if (argc < 3)
        tool_usage(&tool, "CALLBACKS.txt FILE…");
    struct reader r = { .tool = &tool, .callbacks = tool_read(&tool, argv[1]) };
    for (int i = 2; i < argc; i++)
        check_file(&r, argv[i]);
    return tool.problems ? 1 : 0;
}
