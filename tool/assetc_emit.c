/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writing assets.h and assets.c. The bytes are string literals: standard C, no path of a
 * machine, no file that the linker must find, and gcc reads several MiB of them a second
 * (doc/decisions/0007-assets-are-literals.md).
 */
#include "assetc.h"

#define LINE_BYTES 96

/* "kern.min.css" -> "kern_min_css" */
static str c_name(struct arena *a, str name)
{
    char *p = arena_bytes(a, name.n);
    for (size_t i = 0; i < name.n; i++)
        p[i] = name.p[i] == '.' || name.p[i] == '-' ? '_' : name.p[i];
    return (str){ p, name.n };
}

static void put_byte(struct out *o, unsigned char c)
{
    if (c == '"' || c == '\\') {
        out_char(o, '\\');
        out_char(o, (char)c);
    } else if (c >= ' ' && c < 0x7f && c != '?') {
        out_char(o, (char)c);
    } else {
        char octal[4] = { '\\', (char)('0' + (c >> 6)), (char)('0' + (c >> 3 & 7)),
                          (char)('0' + (c & 7)) };
        out_bytes(o, octal, sizeof octal);
    }
}

/* { "…", length } */
static void put_bytes(struct out *o, str s)
{
    OUT(o, "{ \"");
    for (size_t i = 0; i < s.n; i++) {
        if (i && i % LINE_BYTES == 0)
            OUT(o, "\"\n\"");
        put_byte(o, (unsigned char)s.p[i]);
    }
    out_fmt(o, "\", %zu }", s.n);
}

static const char header_head[] =
    "/* Made by tool/assetc from the list in ui/meson.build; see tool/README.md. */\n"
    "#ifndef ASSETS_H\n#define ASSETS_H\n\n#include \"base/str.h\"\n\nenum asset_id {\n";

/* What stands behind the enumeration; src/web/asset.c has the functions. */
static const char header_tail[] =
    "};\n\n"
    "struct asset {\n"
    "    str name; /* \"kern.css\" */\n"
    "    str path; /* \"/assets/kern.0123456789ab.css\": may be cached for ever */\n"
    "    str type; /* Content-Type */\n"
    "    str etag; /* with its quotes */\n"
    "    str raw;\n"
    "    str gzip; /* empty when it would not be smaller */\n"
    "    str br;\n"
    "};\n\n"
    "/* The asset of a request's path, or NULL. */\n"
    "const struct asset *asset_find(str path);\n"
    "const struct asset *asset_get(enum asset_id id);\n"
    "/* By its name, for lists like the towns' logos; NULL when there is none. */\n"
    "const struct asset *asset_named(str name);\n"
    "url asset_url(enum asset_id id);\n\n"
    "extern const struct asset asset_list[ASSET_COUNT];\n"
    "/* Sorted by path. */\n"
    "extern const enum asset_id asset_sorted[ASSET_COUNT];\n\n"
    "#endif\n";

str assetc_header(const struct asset_set *set)
{
    struct arena *a = &set->tool->arena;
    struct out o = out_new(a, 0);
    out_str(&o, str_from_c(header_head));
    for (size_t i = 0; i < set->n; i++)
        out_fmt(&o, "    ASSET_%.*s = %zu,\n", STR_FMT(c_name(a, set->v[i].name)), i);
    out_fmt(&o, "    ASSET_COUNT = %zu\n", set->n);
    out_str(&o, str_from_c(header_tail));
    return out_text(&o);
}

static void put_item(struct out *o, const struct asset_item *item)
{
    out_fmt(o, "    {\n        .name = STR_INIT(\"%.*s\"),\n        .path = STR_INIT(\"%.*s\"),\n",
            STR_FMT(item->name), STR_FMT(item->address));
    out_fmt(o, "        .type = STR_INIT(\"%s\"),\n        .etag = STR_INIT(\"\\\"%.*s\\\"\"),\n",
            item->type, FINGERPRINT_DIGITS, item->hash.p);
    OUT(o, "        .raw = ");
    put_bytes(o, item->text);
    OUT(o, ",\n        .gzip = ");
    put_bytes(o, item->gzip);
    OUT(o, ",\n        .br = ");
    put_bytes(o, item->br);
    OUT(o, ",\n    },\n");
}

static int by_address(const void *a, const void *b)
{
    const struct asset_item *x = a;
    const struct asset_item *y = b;
    return str_cmp(x->address, y->address);
}

str assetc_source(const struct asset_set *set, str header_name)
{
    struct arena *a = &set->tool->arena;
    struct out o = out_new(a, (size_t)1 << 30);
    struct asset_item *sorted = NEW_ARRAY(a, set->n + 1, struct asset_item);
    out_fmt(&o,
            "/* Made by tool/assetc from the list in ui/meson.build; see tool/README.md. */\n"
            "#include \"%.*s\"\n\n",
            STR_FMT(header_name));
    OUT(&o, "const struct asset asset_list[ASSET_COUNT] = {\n");
    for (size_t i = 0; i < set->n; i++) {
        put_item(&o, &set->v[i]);
        sorted[i] = set->v[i];
    }
    OUT(&o, "};\n\nconst enum asset_id asset_sorted[ASSET_COUNT] = {\n");
    qsort(sorted, set->n, sizeof *sorted, by_address);
    for (size_t i = 0; i < set->n; i++)
        out_fmt(&o, "    ASSET_%.*s,\n", STR_FMT(c_name(a, sorted[i].name)));
    OUT(&o, "};\n");
    return out_text(&o);
}
