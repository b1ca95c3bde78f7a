/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Organisations that may be the same. Comparing each with each would take minutes in a large
 * town, so those are compared that share a key: a word of the name, an address, a site, a number.
 * A key that many share says nothing, and is left out.
 */
#include <stdlib.h>

#include "base/alike.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "feature/organisation/merge.h"

#define NEAR       80 /* hundredths of alike_share */
#define FEW        4  /* so many organisations of one house, not more */
#define SHARED     60 /* a word that more of them have in their names is a common one */
#define LEAST      40 /* a pair that scores less is none */
#define WORD_LEAST 4  /* letters */

struct one {
    const struct org_compare_row *row;
    str core;
    struct alike name;
    str domain, site, phone, address;
};

struct key {
    str text; /* first letter: what it is */
    size_t of;
};

struct finding {
    struct arena *a;
    struct one *v;
    size_t n;
    struct {
        struct key *v;
        size_t n, cap;
    } keys;
    struct map seen; /* pairs that have been looked at */
    struct map rare; /* keys that few have */
    struct merge_pairs *pairs;
};

/* ---- what is compared ---- */

/* Mailboxes there say nothing about a house. */
static bool is_provider(str domain)
{
    static const str providers[] = {
        STR_INIT("gmx.de"),         STR_INIT("gmx.net"),    STR_INIT("web.de"),
        STR_INIT("t-online.de"),    STR_INIT("gmail.com"),  STR_INIT("googlemail.com"),
        STR_INIT("freenet.de"),     STR_INIT("posteo.de"),  STR_INIT("mailbox.org"),
        STR_INIT("outlook.com"),    STR_INIT("outlook.de"), STR_INIT("hotmail.com"),
        STR_INIT("hotmail.de"),     STR_INIT("yahoo.de"),   STR_INIT("yahoo.com"),
        STR_INIT("icloud.com"),     STR_INIT("arcor.de"),   STR_INIT("aol.com"),
        STR_INIT("protonmail.com"), STR_INIT("mail.de"),
    };
    for (size_t i = 0; i < sizeof providers / sizeof *providers; i++)
        if (str_eq(providers[i], domain))
            return true;
    return false;
}

static str domain_of(str mail)
{
    ptrdiff_t at = str_find(mail, S("@"));
    str domain = at < 0 ? S("") : str_slice(mail, (size_t)at + 1, mail.n);
    return is_provider(domain) ? S("") : domain;
}

/* Host and path, without what people write or leave out: "verein.example/jugend". */
static str site_of(struct arena *a, str web)
{
    str s = mail_folded(a, str_trim(web)); /* any text, in lower case */
    ptrdiff_t at = str_find(s, S("://"));
    if (at >= 0)
        s = str_slice(s, (size_t)at + 3, s.n);
    if (str_starts(s, S("www.")))
        s = str_slice(s, 4, s.n);
    while (s.n && s.p[s.n - 1] == '/')
        s.n--;
    return s;
}

/* Digits; the country's own prefix is the zero of the town's. */
static str phone_of(struct arena *a, str phone)
{
    struct out o = out_new(a, phone.n + 8);
    for (size_t i = 0; i < phone.n; i++)
        if (phone.p[i] >= '0' && phone.p[i] <= '9')
            out_char(&o, phone.p[i]);
    str digits = out_text(&o);
    if (str_starts(digits, S("0049")))
        digits = str_join(a, S("0"), str_slice(digits, 4, digits.n));
    else if (str_starts(str_trim(phone), S("+49")))
        digits = str_join(a, S("0"), str_slice(digits, 2, digits.n));
    return digits.n >= 6 ? digits : S("");
}

static str address_of(struct arena *a, const struct org_compare_row *g)
{
    if (!g->street.n || !g->postcode.n)
        return S("");
    str street = utf8_fold(a, g->street);
    struct out o = out_new(a, street.n + 16);
    str word = S("");
    while (str_next(&street, ' ', &word))
        if (word.n) /* "Beispielstraße", "Beispielstr." and "Beispiel Str" */
            out_str(&o, str_starts(word, S("str")) ? S("str") : word);
    str whole = out_text(&o);
    ptrdiff_t at = str_find(whole, S("strasse"));
    if (at >= 0)
        whole = str_fmt(a, "%.*sstr%.*s", STR_FMT(str_slice(whole, 0, (size_t)at)),
                        STR_FMT(str_slice(whole, (size_t)at + 7, whole.n)));
    return str_fmt(a, "%.*s %.*s", STR_FMT(g->postcode), STR_FMT(whole));
}

/* ---- keys ---- */

static void add_key(struct finding *f, size_t of, const char *what, str text)
{
    if (text.n)
        *vec_add(f->a, &f->keys) = (struct key){ str_fmt(f->a, "%s%.*s", what, STR_FMT(text)), of };
}

static void add_keys(struct finding *f, size_t i)
{
    const struct one *g = &f->v[i];
    str rest = g->core;
    str word = S("");
    while (str_next(&rest, ' ', &word))
        if (word.n >= WORD_LEAST)
            add_key(f, i, "w", word);
    add_key(f, i, "n", g->core);
    add_key(f, i, "m", g->row->mail);
    add_key(f, i, "d", g->domain);
    add_key(f, i, "s", g->site);
    add_key(f, i, "p", g->phone);
    add_key(f, i, "a", g->address);
    if (str_starts(g->row->source, S("freinet")))
        add_key(f, i, "r", g->row->ref);
}

static int by_text(const void *x, const void *y)
{
    const struct key *a = x, *b = y;
    int order = str_cmp(a->text, b->text);
    return order ? order : (a->of > b->of) - (a->of < b->of);
}

/* ---- pairs ---- */

static bool both(str a, str b)
{
    return a.n && str_eq(a, b);
}

static bool few_have(struct finding *f, const char *what, str text)
{
    return map_find(&f->rare, str_fmt(f->a, "%s%.*s", what, STR_FMT(text))) != NULL;
}

static bool same_freinet(const struct org_compare_row *a, const struct org_compare_row *b)
{
    return str_starts(a->source, S("freinet")) && str_starts(b->source, S("freinet")) &&
           both(a->ref, b->ref);
}

static int64_t reasons_of(struct finding *f, const struct one *x, const struct one *y)
{
    int64_t r = 0;
    if (str_eq(x->core, y->core))
        r |= TWIN_NAME;
    else if (alike_share(x->name, y->name) >= NEAR)
        r |= TWIN_NAME_NEAR;
    if (both(x->row->mail, y->row->mail))
        r |= TWIN_MAIL;
    else if (both(x->domain, y->domain) && few_have(f, "d", x->domain))
        r |= TWIN_DOMAIN;
    if (both(x->site, y->site) && few_have(f, "s", x->site))
        r |= TWIN_WEB;
    if (both(x->phone, y->phone) && few_have(f, "p", x->phone))
        r |= TWIN_PHONE;
    if (both(x->address, y->address))
        r |= TWIN_ADDRESS;
    return same_freinet(x->row, y->row) ? r | TWIN_FREINET : r;
}

static int score_of(int64_t reasons)
{
    static const int points[] = { 60, 45, 40, 15, 35, 30, 20, 60 };
    int sum = 0;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        sum += reasons & (1 << i) ? points[i] : 0;
    return sum > 100 ? 100 : sum;
}

/* An umbrella and its member often share a house and a telephone: they are two. */
static bool belong_together(const struct org_compare_row *a, const struct org_compare_row *b)
{
    return (a->umbrella_id.has && a->umbrella_id.v == b->id) ||
           (b->umbrella_id.has && b->umbrella_id.v == a->id);
}

static void look_at(struct finding *f, size_t i, size_t k)
{
    const struct one *x = &f->v[i], *y = &f->v[k];
    str name = str_fmt(f->a, "%zu %zu", i, k);
    if (i == k || map_find(&f->seen, name) || belong_together(x->row, y->row))
        return;
    *map_put(&f->seen, name) = 1;
    int64_t reasons = reasons_of(f, x, y);
    int score = score_of(reasons);
    if (score >= LEAST)
        *vec_add(f->a, f->pairs) = (struct merge_pair){ x->row->id, y->row->id, reasons, score };
}

/* Calls `each` for every run of keys with the same text that is no longer than that. */
static void runs(struct finding *f, size_t most,
                 void (*each)(struct finding *f, const struct key *v, size_t n))
{
    size_t n = 0;
    for (size_t i = 0; i < f->keys.n; i += n) {
        n = 1;
        while (i + n < f->keys.n && str_eq(f->keys.v[i].text, f->keys.v[i + n].text))
            n++;
        if (n > 1 && n <= most)
            each(f, &f->keys.v[i], n);
    }
}

static void note_rare(struct finding *f, const struct key *v, size_t n)
{
    (void)n;
    *map_put(&f->rare, v->text) = 1;
}

static void look_at_run(struct finding *f, const struct key *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            look_at(f, v[i].of, v[k].of);
}

void organisation_twins(struct db *db, int64_t city_id, struct merge_pairs *pairs)
{
    struct org_compare_row_rows rows = org_to_compare(db, city_id);
    struct finding f = { .a = db->arena,
                         .v = NEW_ARRAY(db->arena, rows.n, struct one),
                         .n = rows.n,
                         .pairs = pairs,
                         .seen = map_new(db->arena),
                         .rare = map_new(db->arena) };
    for (size_t i = 0; i < rows.n; i++) {
        const struct org_compare_row *g = &rows.v[i];
        str core = organisation_core(f.a, g->name);
        f.v[i] = (struct one){ g,
                               core,
                               alike_of(f.a, core),
                               domain_of(g->mail),
                               site_of(f.a, g->web),
                               phone_of(f.a, g->phone),
                               address_of(f.a, g) };
        add_keys(&f, i);
    }
    if (f.keys.n)
        qsort(f.keys.v, f.keys.n, sizeof *f.keys.v, by_text);
    runs(&f, FEW, note_rare);
    runs(&f, SHARED, look_at_run);
}
