/* SPDX-License-Identifier: EUPL-1.2 */
/* Records from XML. The only file that knows expat. */
#include "web/xml_in.h"

#include <expat.h>

#include "base/out.h"
#include "base/utf8.h"

#define CHUNK     65536
#define TEXT_MOST ((size_t)1 << 20)

struct reading {
    const struct xml_in *in;
    XML_Parser parser;
    struct arena record_arena;
    struct xml_field fields[XML_IN_FIELDS];
    size_t n;
    struct out text;
    int64_t line;
    int depth;        /* of the element being read; the outermost is 1 */
    int record_depth; /* 0: outside of a record */
    int within_depth; /* of the element that records are in; 0: outside */
    const char *refused;
};

static void refuse(struct reading *r, const char *why)
{
    r->refused = why;
    XML_StopParser(r->parser, XML_FALSE);
}

static void add_field(struct reading *r, str name, str text)
{
    if (r->n == XML_IN_FIELDS) {
        refuse(r, "a record has too many fields");
        return;
    }
    struct arena *a = &r->record_arena;
    text = utf8_clean(a, text);
    r->fields[r->n++] =
        (struct xml_field){ str_copy(a, name), r->in->bare ? text : str_trim(text) };
}

/* The name, without "x:" in front where nobody wants it. */
static str name_of(const struct reading *r, const XML_Char *name)
{
    str s = str_from_c(name);
    ptrdiff_t colon = r->in->bare ? str_find_byte(s, ':') : -1;
    return str_slice(s, (size_t)(colon + 1), s.n);
}

static void add_attributes(struct reading *r, const XML_Char **attributes)
{
    for (; attributes[0]; attributes += 2)
        add_field(r, str_join(&r->record_arena, S("@"), name_of(r, attributes[0])),
                  str_from_c(attributes[1]));
}

static void start_over(struct reading *r)
{
    arena_free(&r->record_arena);
    r->n = 0;
    r->line = (int64_t)XML_GetCurrentLineNumber(r->parser);
}

/* Whether the element that begins now is a record. */
static bool is_record(struct reading *r, str name)
{
    bool here = !r->in->within || (r->within_depth && r->depth == r->within_depth + 1);
    if (r->in->within && !r->within_depth && str_eq(name, str_from_c(r->in->within)))
        r->within_depth = r->depth;
    return here && !r->record_depth && str_eq(name, str_from_c(r->in->record));
}

static void XMLCALL on_start(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    struct reading *r = ctx;
    r->depth++;
    if (r->depth == 1 && r->in->root) {
        start_over(r);
        add_attributes(r, attributes);
        struct xml_record root = { r->line, r->fields, r->n };
        r->in->root(r->in->ctx, &root);
    }
    if (is_record(r, name_of(r, name))) {
        start_over(r);
        r->record_depth = r->depth;
        add_attributes(r, attributes);
    }
    if (r->record_depth && r->depth == r->record_depth + 1)
        r->text = out_new(&r->record_arena, TEXT_MOST);
}

static void XMLCALL on_end(void *ctx, const XML_Char *name)
{
    struct reading *r = ctx;
    if (r->record_depth && r->depth == r->record_depth + 1) {
        if (r->text.full)
            refuse(r, "a field is larger than 1 MiB");
        add_field(r, name_of(r, name), out_text(&r->text));
    } else if (r->record_depth && r->depth == r->record_depth) {
        struct xml_record record = { r->line, r->fields, r->n };
        r->in->each(r->in->ctx, &record);
        r->record_depth = 0;
    }
    if (r->depth == r->within_depth)
        r->within_depth = 0;
    r->depth--;
}

static void XMLCALL on_text(void *ctx, const XML_Char *text, int n)
{
    struct reading *r = ctx;
    if (r->record_depth && r->depth > r->record_depth)
        out_bytes(&r->text, text, (size_t)n);
}

static void XMLCALL on_doctype(void *ctx, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int internal)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)internal;
    refuse(ctx, "a document type declaration is not accepted");
}

/* expat knows UTF-8, UTF-16 and Latin-1; German programs also write Windows-1252. */
static int XMLCALL on_encoding(void *ctx, const XML_Char *name, XML_Encoding *encoding)
{
    struct reading *r = ctx;
    str wanted = str_from_c(name);
    if (!str_ieq(wanted, S("windows-1252")) && !str_ieq(wanted, S("cp1252")))
        return XML_STATUS_ERROR;
    for (int i = 0; i < 256; i++) {
        char byte = (char)i;
        str c = utf8_from_windows1252(&r->record_arena, (str){ &byte, 1 });
        encoding->map[i] = (int)utf8_next(&c);
    }
    return XML_STATUS_OK;
}

static enum XML_Status parse_file(struct reading *r, FILE *file)
{
    char chunk[CHUNK];
    size_t n = 0;
    enum XML_Status status = XML_STATUS_OK;
    do {
        n = fread(chunk, 1, sizeof chunk, file);
        status = XML_Parse(r->parser, chunk, (int)n, n < sizeof chunk);
    } while (status == XML_STATUS_OK && n == sizeof chunk);
    return ferror(file) ? XML_STATUS_ERROR : status;
}

enum err xml_in_read(struct arena *a, FILE *file, const struct xml_in *in, str *problem)
{
    struct reading *r = NEW(a, struct reading);
    r->in = in;
    arena_init(&r->record_arena, 0);
    r->parser = XML_ParserCreate(NULL);
    if (!r->parser)
        return ERR_LIMIT;
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    XML_SetUnknownEncodingHandler(r->parser, on_encoding, r);
    enum err e = parse_file(r, file) == XML_STATUS_OK ? ERR_OK : ERR_INVALID;
    if (e != ERR_OK)
        *problem = str_fmt(a, "line %lu: %s", (unsigned long)XML_GetCurrentLineNumber(r->parser),
                           r->refused ? r->refused : XML_ErrorString(XML_GetErrorCode(r->parser)));
    XML_ParserFree(r->parser);
    arena_free(&r->record_arena);
    return e;
}

str xml_field(const struct xml_record *record, str name)
{
    for (size_t i = 0; i < record->n; i++)
        if (str_eq(record->v[i].name, name))
            return record->v[i].text;
    return S("");
}
