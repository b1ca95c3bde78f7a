/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Scenarios line by line; see script.h. A line at the margin begins a request, the indented
 * ones below it complete it ("send", "field", "body", …) or look at its answer; the request
 * goes out when the first line that looks is met, or the next request, or the end.
 */
#include "script.h"

#include "base/vec.h"
#include "browser.h"
#include "expect.h"

struct runner {
    const struct script *script;
    struct arena *a;
    int line;
    struct {
        struct browser **v;
        size_t n, cap;
    } browsers;
    struct browser *browser;
    struct pairs saved; /* variables */
    struct ask ask;
    int ask_line;
    bool pending; /* the request is still to be sent */
    bool judged;  /* its status has been looked at, or none is open */
};

static void report(struct runner *r, str what, str why)
{
    r->script->report(r->script->ctx, r->line, what, why);
}

static void fault(struct runner *r, str line, const char *why)
{
    report(r, line, str_from_c(why));
}

/* "{name}" becomes the saved value; what is no name, as JSON has it, stays. */
static str expand(struct runner *r, str s)
{
    struct out o = out_new(r->a, OUT_MAX);
    for (ptrdiff_t open; (open = str_find_byte(s, '{')) >= 0;) {
        out_str(&o, str_slice(s, 0, (size_t)open));
        s = str_slice(s, (size_t)open, s.n);
        ptrdiff_t close = str_find_byte(s, '}');
        str value = pairs_find(&r->saved, str_slice(s, 1, close < 0 ? 1 : (size_t)close));
        size_t taken = value.p ? (size_t)close + 1 : 1;
        out_str(&o, value.p ? value : S("{"));
        s = str_slice(s, taken, s.n);
    }
    out_str(&o, s);
    return out_text(&o);
}

/* Takes the word in front; the rest is trimmed. */
static str take_word(str *line)
{
    str word = S("");
    str_next(line, ' ', &word);
    *line = str_trim(*line);
    return word;
}

static void send_pending(struct runner *r)
{
    if (!r->pending)
        return;
    r->pending = false;
    browser_ask(r->browser, r->a, r->script->port, &r->ask);
    if (!r->browser->answer.status)
        fault(r, r->ask.target, "no answer");
}

/* Before a new request: the old one must have gone out, and its status been looked at. */
static void finish(struct runner *r)
{
    send_pending(r);
    if (!r->judged) {
        r->line = r->ask_line;
        fault(r, r->ask.target, "the scenario does not say which status it expects");
    }
    r->judged = true;
}

static void begin(struct runner *r, struct ask ask)
{
    r->ask = ask;
    r->ask_line = r->line;
    r->pending = true;
    r->judged = false;
}

static void do_as(struct runner *r, str name)
{
    finish(r);
    for (size_t i = 0; i < r->browsers.n; i++)
        if (str_eq(r->browsers.v[i]->name, name)) {
            r->browser = r->browsers.v[i];
            return;
        }
    struct browser *b = NEW(r->a, struct browser);
    *b = (struct browser){ .name = name, .path = S("/") };
    *vec_add(r->a, &r->browsers) = b;
    r->browser = b;
}

static void do_follow(struct runner *r, str line)
{
    finish(r);
    str to = answer_header(&r->browser->answer, S("Location"));
    if (str_empty(to))
        fault(r, line, "the last answer leads nowhere");
    else
        begin(r, (struct ask){ .method = S("GET"), .target = to });
}

static void do_submit(struct runner *r, str selector)
{
    finish(r);
    struct elements found;
    if (!page_find(r->a, r->browser->page, selector, &found) || found.n != 1) {
        fault(r, selector, "there is not exactly one such form on the last page");
        return;
    }
    struct form form = page_form(r->a, found.v[0]);
    bool post = str_ieq(form.method, S("post"));
    struct ask ask = { .method = post ? S("POST") : S("GET"), .target = form.action };
    for (size_t i = 0; i < form.n; i++)
        *vec_add(r->a, &ask.fields) = (struct pair){ form.v[i].name, form.v[i].value };
    begin(r, ask);
}

static bool is_method(str word)
{
    static const str methods[] = { STR_INIT("GET"),  STR_INIT("POST"),   STR_INIT("HEAD"),
                                   STR_INIT("PUT"),  STR_INIT("DELETE"), STR_INIT("OPTIONS"),
                                   STR_INIT("PATCH") };
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (str_eq(methods[i], word))
            return true;
    return false;
}

/* A line at the margin. */
static void command(struct runner *r, str line)
{
    str rest = expand(r, line);
    str word = take_word(&rest);
    if (str_eq(word, S("as")))
        do_as(r, rest);
    else if (str_eq(word, S("follow")) && str_empty(rest))
        do_follow(r, line);
    else if (str_eq(word, S("submit")))
        do_submit(r, rest);
    else if (is_method(word)) {
        finish(r);
        begin(r, (struct ask){ .method = word, .target = rest });
    } else
        fault(r, line, "no such command");
}

/* "name = value" or "name: value" */
static bool cut(str rest, str mark, struct pair *pair)
{
    ptrdiff_t at = str_find(rest, mark);
    if (at <= 0)
        return false;
    pair->name = str_trim(str_slice(rest, 0, (size_t)at));
    pair->value = str_trim(str_slice(rest, (size_t)at + mark.n, rest.n));
    return true;
}

/* A line that completes a request; false when it is none. */
static bool completes(struct runner *r, str word, str rest)
{
    struct pair pair;
    rest = expand(r, rest);
    if (str_eq(word, S("send")) && cut(rest, S(":"), &pair))
        *vec_add(r->a, &r->ask.headers) = pair;
    else if (str_eq(word, S("field")) && cut(rest, S("="), &pair))
        pairs_set(r->a, &r->ask.fields, pair.name, pair.value);
    else if (str_eq(word, S("add")) && cut(rest, S("="), &pair))
        *vec_add(r->a, &r->ask.fields) = pair;
    else if (str_eq(word, S("without")))
        pairs_erase(&r->ask.fields, rest);
    else if (str_eq(word, S("host")))
        r->ask.host = rest;
    else if (str_eq(word, S("body")))
        r->ask.body = rest;
    else
        return false;
    return true;
}

static void check_status(struct runner *r, str want)
{
    str what = str_fmt(r->a, "%.*s %.*s: status %.*s", STR_FMT(r->ask.method),
                       STR_FMT(r->browser->path), STR_FMT(want));
    str have = str_fmt(r->a, "%d", r->browser->answer.status);
    r->judged = true;
    report(r, what, str_eq(have, want) ? S("") : str_join(r->a, S("it is "), have));
}

static str list_values(struct runner *r, const struct values *values)
{
    struct out o = out_new(r->a, 1000);
    for (size_t i = 0; i < values->n && i < 3; i++)
        out_fmt(&o, "%s\"%.*s\"", i ? ", " : "", (int)(values->v[i].n < 300 ? values->v[i].n : 300),
                values->v[i].p);
    if (values->n > 3)
        out_fmt(&o, " and %zu more", values->n - 3);
    return values->n ? out_text(&o) : S("there is none");
}

static void check_expectation(struct runner *r, str line)
{
    str subject, op, value;
    struct values values;
    line = expand(r, line);
    if (!expect_parse(line, &subject, &op, &value)) {
        fault(r, line, "no expectation: \"subject operator value\"");
    } else if (!expect_values(r->a, r->browser, subject, &values)) {
        fault(r, line, "the subject is not understood");
    } else {
        bool good = expect_holds(&values, op, value);
        report(r, line, good ? S("") : str_join(r->a, S("it is "), list_values(r, &values)));
    }
}

/* "save name = subject" */
static void save(struct runner *r, str line)
{
    struct pair pair;
    struct values values;
    if (!cut(line, S(" = "), &pair) ||
        !expect_values(r->a, r->browser, expand(r, pair.value), &values))
        fault(r, line, "no \"save name = subject\"");
    else if (!values.n)
        fault(r, line, "there is nothing to save");
    else
        pairs_set(r->a, &r->saved, pair.name, values.v[0]);
}

/* An indented line. */
static void detail(struct runner *r, str line)
{
    str rest = line;
    str word = take_word(&rest);
    if (!r->ask_line) {
        fault(r, line, "no request comes before it");
        return;
    }
    if (r->pending && completes(r, word, rest))
        return;
    send_pending(r);
    if (str_eq(word, S("status")))
        check_status(r, expand(r, rest));
    else if (str_eq(word, S("save")))
        save(r, rest);
    else
        check_expectation(r, line);
}

void script_run(const struct script *s)
{
    struct runner r = { .script = s, .a = s->arena, .judged = true };
    str text = s->text;
    str line;
    do_as(&r, S("anyone"));
    for (int number = 1; str_next(&text, '\n', &line); number++) {
        r.line = number;
        if (str_empty(str_trim(line)) || str_starts(str_trim(line), S("# ")))
            continue;
        if (line.p[0] == ' ')
            detail(&r, str_trim(line));
        else
            command(&r, str_trim(line));
    }
    finish(&r);
    for (size_t i = 0; i < r.browsers.n; i++)
        browser_close(r.browsers.v[i]);
}
