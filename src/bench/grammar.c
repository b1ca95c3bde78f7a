/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading and writing by a grammar. A rule's number stands for a family: by each value of a
 * vocabulary the rule of that name, where there is one. Rules that do not depend on anything are
 * families of one.
 */
#include "bench/grammar.h"

#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"
#include "web/vocab.h"

#define DEPTH_MOST 8

enum piece_kind { PIECE_TEXT, PIECE_RULE, PIECE_TOWN, PIECE_ORG };

struct piece {
    enum piece_kind kind;
    bool capital;
    str text;        /* until families are known also the name of the rule */
    uint32_t family; /* of PIECE_RULE */
};

struct pieces {
    struct piece *v;
    size_t n, cap;
};

struct rule {
    struct {
        struct pieces *v;
        size_t n, cap;
    } texts;
    bool skewed; /* the first texts more often */
};

struct family {
    str name;
    enum grammar_by by;
    uint32_t rule[32]; /* by value, 1 + number of a rule; with BY_NOTHING only the first */
};

struct grammar {
    struct arena *arena;
    struct map rule_names; /* 1 + number */
    struct {
        struct rule *v;
        size_t n, cap;
    } rules;
    struct {
        struct family *v;
        size_t n, cap;
    } families;
};

static const struct vocab *const vocab_by[BY_COUNT] = { NULL, &vocab_field, &vocab_kind,
                                                        &vocab_target };
static const str name_by[BY_COUNT] = { STR_INIT(""), STR_INIT("field"), STR_INIT("kind"),
                                       STR_INIT("target") };

/* ---- reading ---- */

/* "{^name@kind}" without the braces. */
static struct piece read_reference(str inside)
{
    struct piece p = { .kind = PIECE_RULE, .text = inside };
    if (str_starts(inside, S("^"))) {
        p.capital = true;
        p.text = str_slice(inside, 1, inside.n);
    }
    if (str_eq(p.text, S("town")))
        p.kind = PIECE_TOWN;
    else if (str_eq(p.text, S("org")))
        p.kind = PIECE_ORG;
    return p;
}

static struct pieces read_pieces(struct grammar *g, str text)
{
    struct pieces pieces = { 0 };
    while (text.n) {
        ptrdiff_t open = str_find_byte(text, '{');
        size_t plain = open < 0 ? text.n : (size_t)open;
        if (plain)
            *vec_add(g->arena, &pieces) =
                (struct piece){ .kind = PIECE_TEXT, .text = str_slice(text, 0, plain) };
        text = str_slice(text, plain, text.n);
        if (!text.n)
            break;
        ptrdiff_t close = str_find_byte(text, '}');
        must(close > 0);
        *vec_add(g->arena, &pieces) = read_reference(str_slice(text, 1, (size_t)close));
        text = str_slice(text, (size_t)close + 1, text.n);
    }
    return pieces;
}

static void read_rule(struct grammar *g, str line)
{
    ptrdiff_t colon = str_find(line, S(": "));
    must(colon > 0);
    str name = str_slice(line, 0, (size_t)colon), text = S("");
    str rest = str_slice(line, (size_t)colon + 2, line.n);
    struct rule *r = vec_add(g->arena, &g->rules);
    r->skewed = str_ends(name, S("~"));
    name = str_slice(name, 0, name.n - r->skewed);
    while (str_next(&rest, '|', &text))
        *vec_add(g->arena, &r->texts) = read_pieces(g, str_trim(text));
    uint64_t *number = map_put(&g->rule_names, name);
    must(!*number && r->texts.n);
    *number = g->rules.n;
}

/* ---- families ---- */

static uint32_t rule_named(const struct grammar *g, str name)
{
    uint64_t *number = map_find(&g->rule_names, name);
    return number ? (uint32_t)*number : 0;
}

static void fill_family(struct grammar *g, struct family *f)
{
    str base = S(""), by = f->name;
    str_next(&by, '@', &base);
    while (f->by < BY_COUNT && !str_eq(by.p ? by : S(""), name_by[f->by]))
        f->by++;
    must(f->by < BY_COUNT);
    uint32_t usual = rule_named(g, base);
    size_t n = f->by == BY_NOTHING ? 1 : vocab_by[f->by]->n;
    for (size_t i = 0; i < n; i++) {
        f->rule[i] = usual;
        if (f->by != BY_NOTHING) {
            str code = vocab_code(vocab_by[f->by], (int)i);
            str name = str_fmt(g->arena, "%.*s.%.*s", STR_FMT(base), STR_FMT(code));
            uint32_t own = rule_named(g, name);
            f->rule[i] = own ? own : usual;
        }
        must(f->rule[i]);
    }
}

static uint32_t family_of(struct grammar *g, str name)
{
    for (size_t i = 0; i < g->families.n; i++)
        if (str_eq(g->families.v[i].name, name))
            return (uint32_t)i;
    struct family *f = vec_add(g->arena, &g->families);
    f->name = name;
    fill_family(g, f);
    return (uint32_t)(g->families.n - 1);
}

static void link_rule(struct grammar *g, struct rule *r)
{
    for (size_t t = 0; t < r->texts.n; t++)
        for (size_t i = 0; i < r->texts.v[t].n; i++) {
            struct piece *p = &r->texts.v[t].v[i];
            if (p->kind == PIECE_RULE)
                p->family = family_of(g, p->text);
        }
}

static void check_depth(const struct grammar *g, const struct family *f, int depth);

static void check_rule(const struct grammar *g, const struct rule *r, int depth)
{
    for (size_t t = 0; t < r->texts.n; t++)
        for (size_t i = 0; i < r->texts.v[t].n; i++)
            if (r->texts.v[t].v[i].kind == PIECE_RULE)
                check_depth(g, &g->families.v[r->texts.v[t].v[i].family], depth + 1);
}

static void check_depth(const struct grammar *g, const struct family *f, int depth)
{
    must(depth < DEPTH_MOST);
    uint32_t last = 0;
    for (size_t i = 0; i < 32; i++)
        if (f->rule[i] && f->rule[i] != last)
            check_rule(g, &g->rules.v[(last = f->rule[i]) - 1], depth);
}

static const str entries[] = { STR_INIT("title@kind"), STR_INIT("summary"), STR_INIT("tasks"),
                               STR_INIT("needs"),      STR_INIT("gives"),   STR_INIT("org@field") };

const struct grammar *grammar_read(struct arena *a, str text)
{
    struct grammar *g = NEW(a, struct grammar);
    g->arena = a;
    g->rule_names = map_new(a);
    for (str line; str_next(&text, '\n', &line);)
        if (line.n && line.p[0] != '#')
            read_rule(g, line);
    for (size_t i = 0; i < g->rules.n; i++)
        link_rule(g, &g->rules.v[i]);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        check_depth(g, &g->families.v[family_of(g, entries[i])], 0);
    return g;
}

uint32_t grammar_rule(const struct grammar *g, str name)
{
    size_t i = 0;
    while (i < g->families.n && !str_eq(g->families.v[i].name, name))
        i++;
    must(i < g->families.n);
    return (uint32_t)i;
}

/* ---- writing ---- */

/* The letter at `at` as a capital: ASCII, or one of ä ö ü (two bytes that differ by 0x20). */
static void capitalise(struct out *o, size_t at)
{
    if (o->full || at >= o->n)
        return;
    unsigned char c = (unsigned char)o->p[at];
    if (c >= 'a' && c <= 'z')
        o->p[at] = (char)(c - 0x20);
    else if (c == 0xC3 && at + 1 < o->n && (unsigned char)o->p[at + 1] >= 0xA0)
        o->p[at + 1] = (char)((unsigned char)o->p[at + 1] - 0x20);
}

void grammar_put(const struct grammar *g, struct out *o, uint32_t rule,
                 const struct grammar_about *about, struct dice *d)
{
    const struct family *f = &g->families.v[rule];
    const struct rule *r = &g->rules.v[f->rule[f->by ? about->value[f->by] : 0] - 1];
    uint32_t n = (uint32_t)r->texts.n;
    const struct pieces *pieces = &r->texts.v[r->skewed ? dice_small(d, n) : dice_below(d, n)];
    for (size_t i = 0; i < pieces->n; i++) {
        const struct piece *p = &pieces->v[i];
        size_t at = o->n;
        if (p->kind == PIECE_RULE)
            grammar_put(g, o, p->family, about, d);
        else
            out_str(o, p->kind == PIECE_TEXT   ? p->text
                       : p->kind == PIECE_TOWN ? about->town
                                               : about->org);
        if (p->capital)
            capitalise(o, at);
    }
}
