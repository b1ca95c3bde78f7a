/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * tmplc: HTML templates to C. The language is described in tool/README.md.
 *
 *   tmplc_lex.c     characters -> tokens (tags with attributes, text, {expr}, @lines)
 *   tmplc_parse.c   tokens -> views; checks the @lines
 *   tmplc_html.c    what HTML is: elements, attributes, roles
 *   tmplc_nest.c    elements: known, nested rightly, closed in the block that opened them
 *   tmplc_attr.c    attributes: known, required, allowed values, addresses
 *   tmplc_access.c  accessibility: labels, ids, headings
 *   tmplc_emit.c    views -> C
 *   tmplc.c         the command line
 */
#ifndef TOOL_TMPLC_H
#define TOOL_TMPLC_H

#include "tool.h"

/* ---- tokens ---- */

/* A stretch of text: literal, a C expression, or a text of the PO files. */
enum piece_kind { PIECE_LITERAL, PIECE_EXPR, PIECE_TEXT };

struct piece {
    enum piece_kind kind;
    str s;    /* the literal, the expression, or the key of the text */
    str args; /* PIECE_TEXT: what follows the key, with its comma */
    int line;
};

struct pieces {
    struct piece *v;
    size_t n;
    size_t cap;
};

struct attr {
    str name;
    int line;
    bool optional; /* name?={…} */
    bool bare;     /* no value at all */
    str source;    /* the value as written, for comparing */
    struct pieces value;
};

struct attrs {
    struct attr *v;
    size_t n;
    size_t cap;
};

enum token_kind {
    TOKEN_TEXT,    /* one piece */
    TOKEN_OPEN,    /* <name attrs> */
    TOKEN_CLOSE,   /* </name> */
    TOKEN_DOCTYPE, /* <!doctype html> */
    TOKEN_LINE,    /* @word rest */
};

struct token {
    enum token_kind kind;
    int line;
    struct piece piece;
    str name; /* of the element, or the word behind '@' */
    str rest; /* of the @line */
    struct attrs attrs;
    bool self_closing; /* "/>" */
};

struct tokens {
    struct token *v;
    size_t n;
    size_t cap;
};

/* ---- views ---- */

struct view {
    const char *file;
    int line;
    bool layout; /* @layoutdef */
    str name;
    str params;      /* C parameters behind rq; may be empty */
    struct token *v; /* what follows its @view line */
    size_t n;
    str wrapped; /* the layout it stands in; empty: none */
    str wrapped_args;
    int wrapped_line;
};

struct views {
    struct view *v;
    size_t n;
    size_t cap;
};

struct includes {
    str *v;
    size_t n;
    size_t cap;
};

struct template
{
    struct tool *tool;
    struct includes includes;
    struct views views;
};

void tmplc_lex(struct tool *t, const char *file, str source, struct tokens *tokens);
void tmplc_parse(struct template *t, const char *file, struct tokens tokens);
/* "name(params)" -> both; false when it is not of that form. */
bool tmplc_call(str s, str *name, str *args);
bool tmplc_is_name(str s);

/* ---- HTML ---- */

enum content {
    CONTENT_FLOW,        /* anything that may stand in a body */
    CONTENT_PHRASING,    /* what may stand in a line of text */
    CONTENT_TRANSPARENT, /* whatever the parent may hold */
    CONTENT_TEXT,        /* text only, no elements */
    CONTENT_LIST,        /* only the elements that are named */
    CONTENT_EMPTY,       /* nothing, but with an end tag */
    CONTENT_VOID,        /* nothing, without end tag */
};

struct element {
    const char *name;
    bool phrasing; /* may stand where only phrasing is allowed */
    enum content content;
    const char *parents;  /* only inside one of these; NULL: anywhere */
    const char *children; /* these only (CONTENT_LIST), or also (others) */
    const char *attrs;    /* beside the global ones */
    const char *required; /* attributes */
};

/* NULL when HTML, as far as Tandem uses it, has no such element. */
const struct element *html_element(str name);
bool html_attr_known(const struct element *e, str name);
/* checked, disabled, …: present or absent, without value. */
bool html_attr_boolean(str name);
/* Its value is an address. */
bool html_attr_url(str name);
/* Its value is read by people, so it comes from a text. */
bool html_attr_words(str name);
/* The allowed values, separated by blanks; NULL: free. */
const char *html_attr_values(const struct element *e, str name);
bool html_interactive(str name);
/* Letters in it are no words for people: code, kbd, samp, var. */
bool html_literal(str name);
bool html_entity_known(str name);

const struct attr *attr_find(const struct token *open, str name);
/* The value when it is one literal, else empty. */
str attr_literal(const struct token *open, str name);
/* Whether the attribute is there with a value that may not be empty. */
bool attr_given(const struct token *open, str name);

/* ---- checks; each reports through the tool ---- */

void tmplc_check_nesting(struct tool *t, const struct view *v);
void tmplc_check_attrs(struct tool *t, const struct view *v);
void tmplc_check_access(struct tool *t, const struct view *v);
/* Letters in literal text that people would read. */
bool tmplc_has_words(struct arena *a, str literal);

str tmplc_header(const struct template *t, str guard);
str tmplc_source(const struct template *t, str header_name);

#endif
