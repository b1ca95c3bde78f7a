/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * layers: who may include whom.
 *
 *     layers LIBRARIES.txt FILE…
 *
 * The files are named from the root of the project ("src/web/rq.c") and the rules are
 *  - base <- http, db, match <- web <- feature, bench <- app (read: is used by);
 *  - a feature includes of another feature only its header of the same name;
 *  - our headers are included as "folder/name.h" from src/; those that the compilers of tool/
 *    generate may have no folder, and only web, features and app may use them;
 *  - the header of a library is included by exactly the one file that LIBRARIES.txt names
 *    beside it (a library's name may end in '*'); "system" there means any file.
 * Unit tests of web/ ask the whole program, and so may include features. Unit tests (x_test.c)
 * may also include test support ("client.h") and libraries, and stand in the
 * layer of what they test. Exit status 0, 1 when something was refused, 2 for a wrong command line.
 */
#include "../tool.h"

enum layer { BASE, HTTP, DB, MATCH, WEB, FEATURE, BENCH, APP, NO_LAYER };

static const struct {
    str folder;
    unsigned uses; /* bit set of layers */
} layers[] = {
    [BASE] = { STR_INIT("base/"), 1u << BASE },
    [HTTP] = { STR_INIT("http/"), 1u << BASE | 1u << HTTP },
    [DB] = { STR_INIT("db/"), 1u << BASE | 1u << DB },
    [MATCH] = { STR_INIT("match/"), 1u << BASE | 1u << MATCH },
    [WEB] = { STR_INIT("web/"), (1u << FEATURE) - 1 },
    [FEATURE] = { STR_INIT("feature/"), (1u << BENCH) - 1 },
    [BENCH] = { STR_INIT("bench/"), ((1u << FEATURE) - 1) | 1u << BENCH },
    [APP] = { STR_INIT("app/"), (1u << NO_LAYER) - 1 },
};

struct library {
    str header; /* "sqlite3.h" or, for a folder, "libxml/" + '*' */
    str file;   /* "system": any */
    bool used;
};

struct checker {
    struct tool *tool;
    const char *list; /* path of LIBRARIES.txt */
    struct {
        struct library *v;
        size_t n, cap;
    } libraries;
};

/* One #include, and where it stands. */
struct include {
    const char *path;
    int line;
    str name;
    bool angled; /* <…> */
};

static enum layer layer_of(str path)
{
    enum layer l = BASE;
    while (l < NO_LAYER && !str_starts(path, layers[l].folder))
        l++;
    return l;
}

/* "feature/opportunity/x.h" -> "opportunity" */
static str feature_of(str path)
{
    str part = S("");
    str_next(&path, '/', &part);
    str_next(&path, '/', &part);
    return part;
}

static str from_src(const char *path)
{
    str s = str_from_c(path);
    return str_starts(s, S("src/")) ? str_slice(s, 4, s.n) : S("");
}

static void problem(const struct checker *c, const struct include *i, const char *what)
{
    tool_problem(c->tool, i->path, i->line, "includes \"%.*s\": %s", STR_FMT(i->name), what);
}

static bool is_test(const char *path)
{
    return str_ends(str_from_c(path), S("_test.c"));
}

/* What features show each other: "feature/x/x.h". */
static bool public_header(struct arena *a, str name)
{
    str feature = feature_of(name);
    return str_eq(name, str_fmt(a, "feature/%.*s/%.*s.h", STR_FMT(feature), STR_FMT(feature)));
}

static void check_ours(const struct checker *c, const struct include *i)
{
    str from = from_src(i->path);
    enum layer layer = layer_of(from);
    if (str_find_byte(i->name, '/') < 0) {
        if (layer < WEB && !is_test(i->path))
            problem(c, i, "generated headers are for web, features and app");
        return;
    }
    enum layer used = layer_of(i->name);
    if (used == NO_LAYER) {
        problem(c, i, "not a folder of src");
    } else if (!(layers[layer].uses & 1u << used) && !(layer == WEB && is_test(i->path))) {
        problem(c, i,
                "points up or sideways in base <- http, db, match <- web <- feature, bench "
                "<- app");
    } else if (layer == FEATURE && used == FEATURE &&
               !str_eq(feature_of(from), feature_of(i->name)) &&
               !public_header(&c->tool->arena, i->name)) {
        problem(c, i, "of another feature only its header of the same name is public");
    }
}

static bool names(const struct library *l, str header)
{
    if (str_ends(l->header, S("*")))
        return str_starts(header, str_slice(l->header, 0, l->header.n - 1));
    return str_eq(l->header, header);
}

static void check_library(struct checker *c, const struct include *i)
{
    str first = S("");
    for (size_t k = 0; k < c->libraries.n; k++) {
        struct library *l = &c->libraries.v[k];
        if (!names(l, i->name))
            continue;
        if (str_eq(l->file, S("system")))
            return;
        if (str_eq(l->file, str_from_c(i->path))) {
            l->used = true;
            return;
        }
        first = l->file;
    }
    if (is_test(i->path))
        return;
    if (str_empty(first))
        tool_problem(c->tool, i->path, i->line, "<%.*s> is not in %s", STR_FMT(i->name), c->list);
    else
        tool_problem(c->tool, i->path, i->line, "<%.*s> is wrapped by %.*s", STR_FMT(i->name),
                     STR_FMT(first));
}

/* Is the line an #include? Fills name and kind. */
static bool parse(str line, struct include *i)
{
    line = str_trim(line);
    if (!str_starts(line, S("#")))
        return false;
    line = str_trim(str_slice(line, 1, line.n));
    if (!str_starts(line, S("include")))
        return false;
    line = str_trim(str_slice(line, 7, line.n));
    i->angled = str_starts(line, S("<"));
    ptrdiff_t end = str_find_byte(str_slice(line, 1, line.n), i->angled ? '>' : '"');
    i->name = str_slice(line, 1, end < 0 ? 1 : (size_t)end + 1);
    return end > 0;
}

static void check_file(struct checker *c, const char *path)
{
    struct include i = { .path = path };
    str text = tool_read(c->tool, path);
    str line;
    if (layer_of(from_src(path)) == NO_LAYER) {
        tool_problem(c->tool, path, 0, "lies in no layer");
        return;
    }
    while (str_next(&text, '\n', &line)) {
        i.line++;
        if (!parse(line, &i))
            continue;
        if (i.angled)
            check_library(c, &i);
        else
            check_ours(c, &i);
    }
}

/* Lines "header file", comments with '#'. */
static void read_libraries(struct checker *c)
{
    str text = tool_read(c->tool, c->list);
    str line;
    while (str_next(&text, '\n', &line)) {
        line = str_trim(line);
        ptrdiff_t gap = str_find_byte(line, ' ');
        if (str_empty(line) || str_starts(line, S("#")))
            continue;
        struct library l = { .header = str_slice(line, 0, gap < 0 ? line.n : (size_t)gap) };
        l.file = gap < 0 ? S("system") : str_trim(str_slice(line, (size_t)gap, line.n));
        l.used = str_eq(l.file, S("system"));
        *vec_add(&c->tool->arena, &c->libraries) = l;
    }
}

int main(int argc, char **argv)
{
    static struct tool tool; /* reachable to the end: nothing is given back */
    tool_init(&tool, "layers");
    if (argc < 3)
        tool_usage(&tool, "LIBRARIES.txt FILE…");
    struct checker c = { .tool = &tool, .list = argv[1] };
    read_libraries(&c);
    for (int i = 2; i < argc; i++)
        check_file(&c, argv[i]);
    for (size_t k = 0; k < c.libraries.n; k++)
        if (!c.libraries.v[k].used)
            tool_problem(&tool, c.list, 0, "%.*s does not include <%.*s>",
                         STR_FMT(c.libraries.v[k].file), STR_FMT(c.libraries.v[k].header));
    return tool.problems ? 1 : 0;
}
