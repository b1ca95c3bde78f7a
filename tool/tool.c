/* SPDX-License-Identifier: EUPL-1.2 */
/* The compilers' common ground: files, problems, literals. */
#include "tool.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/err.h"

/* More than this many messages hide the first one. */
#define PROBLEMS_SHOWN 50
#define LITERAL_WIDTH  88

void tool_init(struct tool *t, const char *name)
{
    *t = (struct tool){ .name = name };
    arena_init(&t->arena, 0);
}

void tool_problem(struct tool *t, const char *file, int line, const char *fmt, ...)
{
    if (t->problems++ >= PROBLEMS_SHOWN)
        return;
    va_list args;
    va_start(args, fmt);
    if (file && line)
        fprintf(stderr, "%s:%d: ", file, line);
    else
        fprintf(stderr, "%s: ", file ? file : t->name);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
}

_Noreturn void tool_usage(const struct tool *t, const char *usage)
{
    fprintf(stderr, "usage: %s %s\n", t->name, usage);
    exit(2);
}

/* Reads to the end of an open file; {NULL, 0} when that fails. */
static str read_all(struct arena *a, FILE *f)
{
    struct out o = out_new(a, (size_t)1 << 30);
    char block[16384];
    size_t n = 0;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        out_bytes(&o, block, n);
    return ferror(f) ? (str){ NULL, 0 } : out_text(&o);
}

static str read_path(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return (str){ NULL, 0 };
    str text = read_all(a, f);
    fclose(f);
    return text;
}

str tool_read(struct tool *t, const char *path)
{
    str text = read_path(&t->arena, path);
    if (!text.p)
        tool_problem(t, path, 0, "cannot be read: %s", strerror(errno));
    return text;
}

static bool unchanged(struct tool *t, const struct tool_output *o)
{
    struct arena_mark mark = arena_mark(&t->arena);
    str old = read_path(&t->arena, o->path);
    bool same = old.p && str_eq(old, o->text);
    arena_rewind(&t->arena, mark);
    return same;
}

static bool write_file(const char *path, str text)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        return false;
    bool good = fwrite(text.p, 1, text.n, f) == text.n;
    return fclose(f) == 0 && good;
}

int tool_write(struct tool *t, const struct tool_output *outputs, size_t n)
{
    char **temp = NEW_ARRAY(&t->arena, n, char *);
    for (size_t i = 0; i < n && !t->problems; i++) {
        if (unchanged(t, &outputs[i]))
            continue;
        temp[i] = str_to_c(&t->arena, str_fmt(&t->arena, "%s.new", outputs[i].path));
        if (!write_file(temp[i], outputs[i].text))
            tool_problem(t, outputs[i].path, 0, "cannot be written: %s", strerror(errno));
    }
    for (size_t i = 0; i < n; i++) {
        if (temp[i] && t->problems)
            unlink(temp[i]);
        else if (temp[i] && rename(temp[i], outputs[i].path) != 0)
            tool_problem(t, outputs[i].path, 0, "cannot be written: %s", strerror(errno));
    }
    if (t->problems > PROBLEMS_SHOWN)
        fprintf(stderr, "%s: %d further problems\n", t->name, t->problems - PROBLEMS_SHOWN);
    return t->problems ? 1 : 0;
}

static void put_escaped(struct out *o, char c)
{
    unsigned char u = (unsigned char)c;
    if (c == '\n')
        OUT(o, "\\n");
    else if (c == '"' || c == '\\')
        out_fmt(o, "\\%c", c);
    else if (c == '?') /* never a trigraph */
        OUT(o, "\\?");
    else if (u < ' ' || u == 0x7f)
        out_fmt(o, "\\%03o", (unsigned)u);
    else
        out_char(o, c);
}

/* A place to break a literal: not inside a UTF-8 sequence, and after a line where there is one. */
static bool may_break(str s, size_t i, size_t width)
{
    if (i + 1 >= s.n || ((unsigned char)s.p[i + 1] & 0xc0) == 0x80)
        return false;
    return s.p[i] == '\n' || width >= LITERAL_WIDTH;
}

void tool_put_literal(struct out *o, str s)
{
    size_t width = 0;
    out_char(o, '"');
    for (size_t i = 0; i < s.n; i++) {
        put_escaped(o, s.p[i]);
        width++;
        if (may_break(s, i, width)) {
            OUT(o, "\"\n        \"");
            width = 0;
        }
    }
    out_char(o, '"');
}

str tool_base_name(str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/')
            return str_slice(path, i, path.n);
    return path;
}

str tool_dir_name(str path)
{
    str base = tool_base_name(path);
    return base.n == path.n ? S(".") : str_slice(path, 0, path.n - base.n - 1);
}

bool tool_in(const char *list, str word)
{
    str rest = str_from_c(list);
    str part;
    while (list && word.n && str_next(&rest, ' ', &part))
        if (str_eq(part, word))
            return true;
    return false;
}
