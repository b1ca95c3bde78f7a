/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading PO files: comments, msgid, msgid_plural, msgstr, msgstr[N], strings in several
 * lines. Refused: msgctxt, other encodings than UTF-8, previous texts outside comments.
 */
#include "base/utf8.h"
#include "base/vec.h"
#include "msgc.h"

struct reader {
    struct catalogue *c;
    const char *file;
    enum lang lang;
    size_t group;
    int line;
    struct message now;
    bool open;   /* `now` has a msgid */
    bool header; /* … the empty one, which describes the file */
    bool fuzzy;  /* a "#, fuzzy" waits for its msgid */
    str *append; /* the string that a continued line belongs to */
    str ignored; /* msgid_plural: only its presence matters */
};

static bool key_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* "opp.list.title": words of lower-case letters, digits and _, with dots between them. */
static bool is_key(str s)
{
    bool word = false; /* the word at this place has begun */
    for (size_t i = 0; i < s.n; i++) {
        if (!key_char(s.p[i]) && !(s.p[i] == '.' && word))
            return false;
        word = s.p[i] != '.';
    }
    return word && s.p[0] >= 'a' && s.p[0] <= 'z';
}

/* The value of a quoted string with its escapes resolved. */
static bool unquote(struct reader *r, str quoted, str *value)
{
    str s = str_trim(quoted);
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
        return false;
    s = str_slice(s, 1, s.n - 1);
    struct out o = out_new(&r->c->tool->arena, 0);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"' || (c == '\\' && i + 1 == s.n))
            return false;
        if (c == '\\') {
            c = s.p[++i];
            if (c != 'n' && c != 't' && c != '"' && c != '\\')
                return false;
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        out_char(&o, c);
    }
    *value = out_text(&o);
    return true;
}

static void keep(struct reader *r)
{
    struct tool *t = r->c->tool;
    uint64_t *place = map_put(&r->c->index[r->lang], r->now.key);
    if (*place) {
        const struct message *first = &r->c->in[r->lang].v[*place - 1];
        tool_problem(t, r->file, r->now.line, "text `%.*s` is here a second time, first at %s:%d",
                     STR_FMT(r->now.key), first->file, first->line);
        return;
    }
    *vec_add(&t->arena, &r->c->in[r->lang]) = r->now;
    *place = r->c->in[r->lang].n;
}

/* "Language: de-simple" in the header must agree with the file's name. */
static void check_header(struct reader *r)
{
    str rest = r->now.forms[0];
    str row;
    while (rest.n && str_next(&rest, '\n', &row)) {
        if (!str_starts(row, S("Language: ")))
            continue;
        str code = str_trim(str_slice(row, 10, row.n));
        if (!str_eq(code, lang_info(r->lang)->code))
            tool_problem(r->c->tool, r->file, r->now.line,
                         "the header says language `%.*s`, the file's name says `%.*s`",
                         STR_FMT(code), STR_FMT(lang_info(r->lang)->code));
    }
}

static void finish(struct reader *r)
{
    if (r->open && r->header)
        check_header(r);
    else if (r->open && !r->now.form_count)
        tool_problem(r->c->tool, r->file, r->now.line, "text `%.*s` has no msgstr",
                     STR_FMT(r->now.key));
    else if (r->open)
        keep(r);
    r->now = (struct message){ .file = r->file };
    r->open = false;
    r->header = false;
    r->append = NULL;
}

static void read_msgid(struct reader *r, str value)
{
    finish(r);
    r->now.key = value;
    r->now.line = r->line;
    r->now.group = r->group;
    r->now.fuzzy = r->fuzzy;
    r->fuzzy = false;
    r->header = value.n == 0;
    r->open = true;
    if (!r->header && !is_key(value))
        tool_problem(r->c->tool, r->file, r->line,
                     "`%.*s` is not a key: msgid is like opp.list.title, the words are msgstr",
                     STR_FMT(value));
}

static void read_form(struct reader *r, size_t form, str value)
{
    if (form >= LANG_FORMS_MAX || r->now.forms[form].p) {
        tool_problem(r->c->tool, r->file, r->line, "msgstr[%zu] is not possible here", form);
        return;
    }
    r->now.forms[form] = value;
    r->append = &r->now.forms[form];
    r->now.form_count++;
}

/* msgstr "…" or msgstr[N] "…"; the text begins behind "msgstr". */
static bool read_msgstr(struct reader *r, str rest)
{
    size_t form = 0;
    bool indexed = str_starts(rest, S("["));
    if (indexed) {
        if (rest.n < 3 || rest.p[1] < '0' || rest.p[1] > '9' || rest.p[2] != ']')
            return false;
        form = (size_t)(rest.p[1] - '0');
        rest = str_slice(rest, 3, rest.n);
    }
    str value;
    if (!r->open || !unquote(r, rest, &value))
        return false;
    if (indexed != r->now.plural)
        tool_problem(r->c->tool, r->file, r->line,
                     r->now.plural ? "a text with msgid_plural has msgstr[0], msgstr[1] …"
                                   : "msgstr[N] needs a msgid_plural");
    read_form(r, form, value);
    return true;
}

static bool read_more(struct reader *r, str row)
{
    str value;
    if (!r->append || !unquote(r, row, &value))
        return false;
    *r->append = str_join(&r->c->tool->arena, *r->append, value);
    return true;
}

static bool read_row(struct reader *r, str row)
{
    str value;
    if (!row.n || str_starts(row, S("#"))) {
        r->fuzzy |= str_starts(row, S("#,")) && str_find(row, S("fuzzy")) > 0;
        return true;
    }
    if (str_starts(row, S("\"")))
        return read_more(r, row);
    if (str_starts(row, S("msgid_plural"))) {
        r->now.plural = true;
        r->append = &r->ignored;
        return r->open && unquote(r, str_slice(row, 12, row.n), &r->ignored);
    }
    if (str_starts(row, S("msgid"))) {
        bool good = unquote(r, str_slice(row, 5, row.n), &value);
        if (good)
            read_msgid(r, value);
        return good;
    }
    return str_starts(row, S("msgstr")) && read_msgstr(r, str_slice(row, 6, row.n));
}

/* "text.de-simple.po" -> de-simple */
static bool lang_of_path(const char *path, enum lang *l)
{
    str name = tool_base_name(str_from_c(path));
    return str_starts(name, S("text.")) && str_ends(name, S(".po")) && name.n > 8 &&
           lang_parse(str_slice(name, 5, name.n - 3), l);
}

/* The group of a file, by its folder; a new one is added. */
static size_t group_of_path(struct catalogue *c, const char *path)
{
    str name = tool_base_name(tool_dir_name(str_from_c(path)));
    for (size_t i = 0; i < c->groups.n; i++)
        if (str_eq(c->groups.v[i], name))
            return i;
    *vec_add(&c->tool->arena, &c->groups) = name;
    return c->groups.n - 1;
}

void msgc_read(struct catalogue *c, const char *path)
{
    struct reader r = { .c = c, .file = path, .group = group_of_path(c, path) };
    if (!lang_of_path(path, &r.lang)) {
        tool_problem(c->tool, path, 0, "the name must be text.LANGUAGE.po");
        return;
    }
    str rest = tool_read(c->tool, path);
    if (!utf8_valid(rest)) {
        tool_problem(c->tool, path, 0, "is not UTF-8");
        return;
    }
    str row;
    r.now.file = path;
    while (rest.n && str_next(&rest, '\n', &row)) {
        r.line++;
        if (!read_row(&r, str_trim(row)))
            tool_problem(c->tool, path, r.line, "this line cannot be understood: %.*s",
                         STR_FMT(str_trim(row)));
    }
    finish(&r);
}
