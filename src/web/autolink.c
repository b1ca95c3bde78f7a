/* SPDX-License-Identifier: EUPL-1.2 */
/* Finding addresses in text. */
#include "web/autolink.h"

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool in_mail(char c)
{
    return is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+';
}

/* Whether an address may begin here: not in the middle of a word or of another address. */
static bool may_begin(str text, size_t at)
{
    if (!at)
        return true;
    char before = text.p[at - 1];
    return !is_alnum(before) && (unsigned char)before < 0x80 &&
           str_find_byte(S("/@_-.=&%"), before) < 0;
}

static bool begins_web(str s)
{
    static const str starts[] = { STR_INIT("https://"), STR_INIT("http://"), STR_INIT("www.") };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (s.n > starts[i].n && str_ieq(str_slice(s, 0, starts[i].n), starts[i]))
            return is_alnum(s.p[starts[i].n]) || (unsigned char)s.p[starts[i].n] >= 0x80;
    return false;
}

/* How many more closing than opening parentheses. */
static int unopened(str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += (s.p[i] == ')') - (s.p[i] == '(');
    return n;
}

/* Without what ends the sentence that the address stands in. */
static size_t trimmed(str text, size_t from, size_t to)
{
    while (to > from) {
        char last = text.p[to - 1];
        bool outside = last == ')' ? unopened(str_slice(text, from, to)) > 0
                                   : str_find_byte(S(".,;:!?'*_"), last) >= 0;
        if (!outside)
            break;
        to--;
    }
    return to;
}

static bool web_at(str text, size_t at, struct autolink *found)
{
    if (!begins_web(str_slice(text, at, text.n)) || !may_begin(text, at))
        return false;
    size_t to = at;
    while (to < text.n && text.p[to] > ' ' && text.p[to] < 0x7f &&
           str_find_byte(S("<>\"[]{}|\\^`"), text.p[to]) < 0)
        to++;
    *found = (struct autolink){ at, trimmed(text, at, to), false };
    return str_find_byte(str_slice(text, found->from, found->to), '.') > 0;
}

/* Around an '@': a name before it, a host with a dot behind it. */
static bool mail_at(str text, size_t sign, struct autolink *found)
{
    size_t from = sign;
    size_t to = sign + 1;
    while (from && in_mail(text.p[from - 1]))
        from--;
    while (to < text.n && (is_alnum(text.p[to]) || text.p[to] == '.' || text.p[to] == '-'))
        to++;
    to = trimmed(text, sign + 1, to);
    str host = str_slice(text, sign + 1, to);
    *found = (struct autolink){ from, to, true };
    return from < sign && is_alnum(text.p[from]) && may_begin(text, from) &&
           str_find_byte(host, '.') > 0 && str_find(host, S("..")) < 0 &&
           is_alnum(host.p[host.n - 1]);
}

bool autolink_find(str text, size_t start, struct autolink *found)
{
    for (size_t i = start; i < text.n; i++) {
        char c = text.p[i];
        bool web = (c == 'h' || c == 'H' || c == 'w' || c == 'W') && web_at(text, i, found);
        if (web || (c == '@' && mail_at(text, i, found) && found->from >= start))
            return true;
    }
    return false;
}
