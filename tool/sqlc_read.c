/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reads a feature's folder: schema/001.sql … and x.sql. A statement of x.sql begins with
 *
 *     -- name: opp_list :rows opp_card
 *     -- One page of a town's published opportunities.      (becomes the C comment)
 *     -- cross-city: reason                                 (lifts the rule of sqlc_city.c)
 *     -- erases: reason                             (changes rows of an append-only table)
 *     -- kept: reason                                 (its row stays in memory, db/kept.c)
 *
 * and ends at the next one.
 */
#include "sqlc.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/crypt.h"

static const char *join_path(struct sqlc *c, const char *dir, const char *name)
{
    return str_to_c(&c->tool.arena, str_fmt(&c->tool.arena, "%s/%s", dir, name));
}

static void remember(struct sqlc *c, const char *path)
{
    *vec_add(&c->tool.arena, &c->sources) = path;
}

/* ---- statements ---- */

struct reader {
    struct sqlc *c;
    struct feature *feature;
    str rest;
    int line;
    struct statement *s; /* the one being read */
    str body;            /* its text so far, a slice of the file */
    int body_line;
    struct out doc;
};

/* The comment's text when the line is a comment. */
static bool comment_of(str line, str *text)
{
    str trimmed = str_trim(line);
    if (!str_starts(trimmed, S("--")))
        return false;
    *text = str_trim(str_slice(trimmed, 2, trimmed.n));
    return true;
}

/* Text after "key:", if the comment begins with it. */
static bool marker_of(str comment, str key, str *value)
{
    if (!str_starts(comment, key))
        return false;
    *value = str_trim(str_slice(comment, key.n, comment.n));
    return true;
}

str next_word(str *rest)
{
    str word = { NULL, 0 };
    while (rest->n && !word.n)
        str_next(rest, ' ', &word);
    return word;
}

static bool is_identifier(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool digit = c >= '0' && c <= '9';
        if (!((c >= 'a' && c <= 'z') || c == '_' || (digit && i)))
            return false;
    }
    return s.n > 0;
}

static bool kind_of(str word, enum stmt_kind *kind)
{
    static const char names[][6] = { ":rows", ":row", ":each", ":run" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        *kind = (enum stmt_kind)i;
        if (str_eq(word, str_from_c(names[i])))
            return true;
    }
    return false;
}

/* What is wrong with "-- name: NAME KIND [ROW]", or NULL. */
static const char *head_problem(const struct statement *s, bool kind_known)
{
    if (!is_identifier(s->name))
        return "a statement needs a name of a-z, 0-9 and _: \"-- name: x_list :rows x_row\"";
    if (!kind_known)
        return "the kind is one of :rows :row :each :run";
    if (s->kind != KIND_RUN && !is_identifier(s->row_name))
        return "this kind needs the name of a row type";
    if (s->kind == KIND_RUN && s->row_name.n)
        return ":run returns no rows";
    return NULL;
}

static void begin_statement(struct reader *r, str head)
{
    struct tool *t = &r->c->tool;
    struct statement *s = vec_add(&t->arena, &r->c->statements);
    s->feature = r->feature;
    s->line = r->line;
    s->name = next_word(&head);
    bool kind_known = kind_of(next_word(&head), &s->kind);
    s->row_name = next_word(&head);
    const char *problem = head_problem(s, kind_known);
    if (problem)
        tool_problem(t, r->feature->file, r->line, "%.*s: %s", STR_FMT(s->name), problem);
    s->broken = problem != NULL;
    r->s = s;
    r->body = (str){ NULL, 0 };
    r->doc = out_new(&t->arena, 0);
}

static void cut_last_semicolon(struct tokens *t)
{
    if (t->n >= 2 && is_sign(t, (int)t->n - 2, ";")) {
        t->v[t->n - 2] = t->v[t->n - 1];
        t->n--;
    }
}

static void number_params(struct reader *r, struct statement *s)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        struct token *t = &s->tokens.v[i];
        s->by_engine |= t->engines != ON_BOTH;
        if (t->kind != T_PARAM)
            continue;
        size_t k = 0;
        while (k < s->params.n && !str_eq(s->params.v[k].name, t->text))
            k++;
        if (k == s->params.n)
            *vec_add(&r->c->tool.arena, &s->params) =
                (struct param){ .name = t->text, .line = t->line };
        s->params.v[k].optional |= t->optional;
        t->param = (int)k;
    }
}

static void end_statement(struct reader *r)
{
    struct statement *s = r->s;
    if (!s)
        return;
    s->doc = out_text(&r->doc);
    if (!r->body.n)
        tool_problem(&r->c->tool, r->feature->file, s->line, "%.*s has no SQL", STR_FMT(s->name));
    s->broken |= !r->body.n;
    s->tokens = tokens_of(&r->c->tool, r->feature->file, r->body, r->body_line);
    cut_last_semicolon(&s->tokens);
    for (int i = 0; i < (int)s->tokens.n; i++)
        if (is_sign(&s->tokens, i, ";"))
            tool_problem(&r->c->tool, r->feature->file, s->tokens.v[i].line,
                         "one statement for one name: there is text after the ';'");
    number_params(r, s);
    r->s = NULL;
}

/* "-- cross-city: reason" and its sisters: whether the comment is this mark. */
static bool is_mark(struct reader *r, str comment, const char *rule, bool *set)
{
    str value;
    if (!marker_of(comment, str_from_c(rule), &value))
        return false;
    *set = value.n > 0;
    if (!value.n)
        tool_problem(&r->c->tool, r->feature->file, r->line, "\"-- %s\" needs a reason", rule);
    return true;
}

static void read_head_comment(struct reader *r, str comment)
{
    if (is_mark(r, comment, "cross-city:", &r->s->cross_city) ||
        is_mark(r, comment, "erases:", &r->s->erases) || is_mark(r, comment, "kept:", &r->s->kept))
        return;
    if (str_find(comment, S("*/")) >= 0)
        tool_problem(&r->c->tool, r->feature->file, r->line, "\"*/\" would end the C comment");
    if (r->doc.n)
        out_char(&r->doc, '\n');
    out_str(&r->doc, comment);
}

static bool is_engine_marker(str comment)
{
    return str_eq(comment, S("sqlite:")) || str_eq(comment, S("postgres:")) ||
           str_eq(comment, S("both:"));
}

static void read_line(struct reader *r, str line)
{
    str comment;
    str head;
    bool is_comment = comment_of(line, &comment);
    if (is_comment && marker_of(comment, S("name:"), &head)) {
        end_statement(r);
        begin_statement(r, head);
        return;
    }
    if (!str_trim(line).n || (!r->s && is_comment))
        return;
    if (!r->s) {
        tool_problem(&r->c->tool, r->feature->file, r->line,
                     "SQL without a name: \"-- name: x_list :rows x_row\" must come before it");
    } else if (is_comment && !r->body.n && !is_engine_marker(comment)) {
        read_head_comment(r, comment);
    } else if (!r->body.n) {
        r->body = line;
        r->body_line = r->line;
    } else {
        r->body.n = (size_t)(line.p + line.n - r->body.p);
    }
}

void read_statements(struct sqlc *c, struct feature *f, str text)
{
    struct reader r = { .c = c, .feature = f, .rest = text };
    str line;
    while (str_next(&r.rest, '\n', &line)) {
        r.line++;
        read_line(&r, line);
    }
    end_statement(&r);
}

/* ---- migrations ---- */

static const char *migration_path(struct sqlc *c, const char *dir, int number)
{
    char name[16];
    snprintf(name, sizeof name, "%03d.sql", number);
    return join_path(c, dir, name);
}

static void read_migration(struct sqlc *c, struct feature *f, const char *path, int number)
{
    remember(c, path);
    str text = tool_read(&c->tool, path);
    *vec_add(&c->tool.arena, &c->migrations) = (struct migration_source){
        .feature = f,
        .number = number,
        .file = path,
        .text = text,
        .sha256 = crypt_sha256_hex(&c->tool.arena, text),
    };
}

/* How many of the folder's files are 001.sql, 002.sql …; anything else is a problem. */
static int count_migrations(struct sqlc *c, const char *dir)
{
    DIR *d = opendir(dir);
    int n = 0;
    int highest = 0;
    struct dirent *e = NULL;
    while (d && (e = readdir(d))) {
        int64_t number = 0;
        str name = str_from_c(e->d_name);
        if (e->d_name[0] == '.')
            continue;
        if (name.n != 7 || !str_ends(name, S(".sql")) ||
            !str_to_i64(str_slice(name, 0, 3), &number) || number < 1) {
            tool_problem(&c->tool, join_path(c, dir, e->d_name), 0,
                         "migrations are named 001.sql, 002.sql, …");
            continue;
        }
        n++;
        highest = (int)number > highest ? (int)number : highest;
    }
    if (d)
        closedir(d);
    if (n != highest)
        tool_problem(&c->tool, migration_path(c, dir, highest), 0,
                     "migrations are numbered without gaps, and there are only %d", n);
    return n == highest ? n : 0;
}

static bool exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

void read_feature(struct sqlc *c, struct feature *f)
{
    char name[256];
    if (!exists(f->dir)) {
        tool_problem(&c->tool, f->dir, 0, "there is no such folder");
        return;
    }
    remember(c, f->dir);
    const char *dir = join_path(c, f->dir, "schema");
    if (exists(dir)) {
        remember(c, dir);
        int n = count_migrations(c, dir);
        for (int i = 1; i <= n; i++)
            read_migration(c, f, migration_path(c, dir, i), i);
    }
    snprintf(name, sizeof name, "%s.sql", f->name);
    f->file = join_path(c, f->dir, name);
    snprintf(name, sizeof name, "%s.privacy", f->name);
    const char *privacy = join_path(c, f->dir, name);
    if (exists(privacy)) {
        f->privacy = privacy;
        remember(c, privacy);
    }
    if (!exists(f->file))
        return;
    remember(c, f->file);
    read_statements(c, f, tool_read(&c->tool, f->file));
}
