/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages by libxml2: selectors, texts, forms; see page.h. */
#include "page.h"

#include <libxml/HTMLparser.h>

#include "base/out.h"
#include "base/vec.h"

#define MAX_PARTS 16

enum part_kind { PART_TAG, PART_ID, PART_CLASS, PART_HAS, PART_EQUALS };

/* One condition of a compound; `deeper`: it begins a new compound, inside of the last. */
struct part {
    enum part_kind kind;
    bool deeper;
    str name;
    str value;
};

struct selector {
    struct part v[MAX_PARTS];
    size_t n;
};

page *page_parse(str text)
{
    return htmlReadMemory(text.p ? text.p : "", (int)text.n, NULL, "UTF-8",
                          HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                              HTML_PARSE_NONET);
}

void page_free(page *p)
{
    xmlFreeDoc(p);
}

str page_attribute(struct arena *a, element *e, const char *name)
{
    xmlChar *value = xmlGetProp(e, (const xmlChar *)name);
    if (!value)
        return (str){ NULL, 0 };
    str copy = str_copy(a, str_from_c((const char *)value));
    xmlFree(value);
    return copy.p ? copy : S("");
}

static bool name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':';
}

static str take_name(str *s)
{
    size_t n = 0;
    while (n < s->n && name_byte(s->p[n]))
        n++;
    str name = str_slice(*s, 0, n);
    *s = str_slice(*s, n, s->n);
    return name;
}

/* The rest of "[name]", "[name=value]" or [name="value"] behind the bracket. */
static bool take_attribute(str *s, struct part *part)
{
    part->name = take_name(s);
    part->kind = PART_HAS;
    if (str_starts(*s, S("="))) {
        bool quoted = str_starts(*s, S("=\""));
        *s = str_slice(*s, quoted ? 2 : 1, s->n);
        ptrdiff_t end = str_find(*s, quoted ? S("\"]") : S("]"));
        if (end < 0)
            return false;
        part->kind = PART_EQUALS;
        part->value = str_slice(*s, 0, (size_t)end);
        *s = str_slice(*s, (size_t)end + (quoted ? 1 : 0), s->n);
    }
    bool closed = str_starts(*s, S("]"));
    *s = str_slice(*s, 1, s->n);
    return closed && part->name.n > 0;
}

static bool take_part(str *s, struct part *part)
{
    char c = s->p[0];
    if (c == '[') {
        *s = str_slice(*s, 1, s->n);
        return take_attribute(s, part);
    }
    part->kind = c == '#' ? PART_ID : c == '.' ? PART_CLASS : PART_TAG;
    if (part->kind != PART_TAG)
        *s = str_slice(*s, 1, s->n);
    part->name = take_name(s);
    return part->name.n > 0;
}

static bool parse(str s, struct selector *selector)
{
    bool deeper = true;
    s = str_trim(s);
    *selector = (struct selector){ 0 };
    while (s.n) {
        if (s.p[0] == ' ') {
            s = str_trim(s);
            deeper = true;
            continue;
        }
        if (selector->n == MAX_PARTS)
            return false;
        struct part *part = &selector->v[selector->n++];
        part->deeper = deeper;
        deeper = false;
        if (!take_part(&s, part))
            return false;
    }
    return selector->n > 0;
}

/* Is the word among the blank-separated ones? */
static bool has_word(str list, str word)
{
    str one;
    while (str_next(&list, ' ', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

static bool part_matches(struct arena *a, element *e, const struct part *part)
{
    if (part->kind == PART_TAG)
        return str_ieq(str_from_c((const char *)e->name), part->name);
    if (part->kind == PART_ID)
        return str_eq(page_attribute(a, e, "id"), part->name);
    if (part->kind == PART_CLASS)
        return has_word(page_attribute(a, e, "class"), part->name);
    str value = page_attribute(a, e, str_to_c(a, part->name));
    return value.p && (part->kind == PART_HAS || str_eq(value, part->value));
}

/* Does the element fulfil the compound that ends before part `end`? Gives its beginning. */
static bool compound_matches(struct arena *a, element *e, const struct selector *s, size_t *end)
{
    size_t at = *end;
    do {
        at--;
        if (!part_matches(a, e, &s->v[at]))
            return false;
    } while (!s->v[at].deeper);
    *end = at;
    return true;
}

static bool matches(struct arena *a, element *e, const struct selector *s)
{
    size_t end = s->n;
    if (!compound_matches(a, e, s, &end))
        return false;
    /* Without child or sibling conditions the nearest fitting ancestor is as good as any. */
    for (e = e->parent; end > 0 && e && e->type == XML_ELEMENT_NODE; e = e->parent)
        compound_matches(a, e, s, &end);
    return end == 0;
}

/* The node after this one in document order, below the root. */
static element *next_node(element *e, const element *root)
{
    if (e->children)
        return e->children;
    while (e != root && !e->next)
        e = e->parent;
    return e == root ? NULL : e->next;
}

bool page_find(struct arena *a, page *p, str selector, struct elements *found)
{
    struct selector s;
    *found = (struct elements){ 0 };
    if (!parse(selector, &s))
        return false;
    element *root = p ? xmlDocGetRootElement(p) : NULL;
    for (element *e = root; e; e = next_node(e, root))
        if (e->type == XML_ELEMENT_NODE && matches(a, e, &s))
            *vec_add(a, found) = e;
    return true;
}

/* Appends text with runs of white space as one blank; *gap: one is due. */
static void put_collapsed(struct out *o, str text, bool *gap)
{
    for (size_t i = 0; i < text.n; i++) {
        bool nbsp = text.p[i] == '\xc2' && i + 1 < text.n && text.p[i + 1] == '\xa0';
        if (nbsp || text.p[i] == ' ' || (text.p[i] >= '\t' && text.p[i] <= '\r')) {
            i += nbsp;
            *gap = o->n > 0;
            continue;
        }
        if (*gap)
            out_char(o, ' ');
        *gap = false;
        out_char(o, text.p[i]);
    }
}

static bool breaks_line(const element *e)
{
    const htmlElemDesc *tag = htmlTagLookup(e->name);
    return tag && (!tag->isinline || str_eq(str_from_c(tag->name), S("br")));
}

str page_text(struct arena *a, element *e)
{
    struct out o = out_new(a, OUT_MAX);
    bool gap = false;
    for (element *n = e->children ? e : NULL; n; n = next_node(n, e)) {
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            put_collapsed(&o, str_from_c((const char *)n->content), &gap);
        else
            gap |= o.n > 0 && breaks_line(n);
    }
    return o.n ? out_text(&o) : S("");
}

static bool has(element *e, const char *name)
{
    return xmlHasProp(e, (const xmlChar *)name) != NULL;
}

static bool is_tag(const element *e, const char *name)
{
    return e->type == XML_ELEMENT_NODE &&
           str_eq(str_from_c((const char *)e->name), str_from_c(name));
}

/* The chosen option, or the first of a list that offers one choice. */
static void add_select(struct arena *a, struct form *f, element *select)
{
    str name = page_attribute(a, select, "name");
    element *first = NULL;
    bool chosen = false;
    for (element *e = select; e; e = next_node(e, select)) {
        if (!is_tag(e, "option"))
            continue;
        first = first ? first : e;
        if (!has(e, "selected"))
            continue;
        chosen = true;
        str value = page_attribute(a, e, "value");
        *vec_add(a, f) = (struct form_field){ name, value.p ? value : page_text(a, e) };
    }
    if (chosen || !first || has(select, "multiple"))
        return;
    str value = page_attribute(a, first, "value");
    *vec_add(a, f) = (struct form_field){ name, value.p ? value : page_text(a, first) };
}

static void add_input(struct arena *a, struct form *f, element *input)
{
    str type = page_attribute(a, input, "type");
    str value = page_attribute(a, input, "value");
    bool box = str_eq(type, S("checkbox")) || str_eq(type, S("radio"));
    if ((box && !has(input, "checked")) || str_eq(type, S("file")))
        return;
    if (box && !value.p)
        value = S("on");
    *vec_add(a, f) = (struct form_field){ page_attribute(a, input, "name"), value };
}

static void add_textarea(struct arena *a, struct form *f, element *e)
{
    xmlChar *text = xmlNodeGetContent(e);
    str value = str_copy(a, str_from_c((const char *)text));
    xmlFree(text);
    *vec_add(a, f) = (struct form_field){ page_attribute(a, e, "name"), value };
}

static bool is_button(struct arena *a, element *e)
{
    str type = page_attribute(a, e, "type");
    return is_tag(e, "button") || str_eq(type, S("submit")) || str_eq(type, S("image")) ||
           str_eq(type, S("button")) || str_eq(type, S("reset"));
}

/* Only the first submit button counts; others, and those that submit nothing, are not sent. */
static void add_control(struct arena *a, struct form *f, element *e, bool *pressed)
{
    if (is_button(a, e)) {
        str type = page_attribute(a, e, "type");
        if (*pressed || str_eq(type, S("button")) || str_eq(type, S("reset")))
            return;
        *pressed = true;
    }
    if (!has(e, "name") || has(e, "disabled"))
        return;
    if (is_tag(e, "input") || is_tag(e, "button"))
        add_input(a, f, e);
    else if (is_tag(e, "select"))
        add_select(a, f, e);
    else if (is_tag(e, "textarea"))
        add_textarea(a, f, e);
}

/* Inside of the form, or tied to it by form="id". */
static bool belongs(struct arena *a, element *e, element *form)
{
    str owner = page_attribute(a, e, "form");
    if (owner.p)
        return str_eq(owner, page_attribute(a, form, "id"));
    while (e && e != form)
        e = e->parent;
    return e == form;
}

struct form page_form(struct arena *a, element *form)
{
    struct form f = { .method = page_attribute(a, form, "method"),
                      .action = page_attribute(a, form, "action") };
    element *root = xmlDocGetRootElement(form->doc);
    bool pressed = false;
    for (element *e = root; e; e = next_node(e, root))
        if (e->type == XML_ELEMENT_NODE && belongs(a, e, form))
            add_control(a, &f, e, &pressed);
    return f;
}
