/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * assetc: files of the user interface to C: fingerprinted, compressed, embedded.
 *
 *   assetc_refs.c  references between files: CSS url(…) and @import, JS import
 *   assetc_pack.c  brotli and gzip (wraps both libraries)
 *   assetc_emit.c  writes assets.h, assets.c
 *   assetc.c       the command line, names, content types
 */
#ifndef TOOL_ASSETC_H
#define TOOL_ASSETC_H

#include "tool.h"

#define FINGERPRINT_DIGITS 12

/* One source file; an asset is one, or several put together. */
struct part {
    const char *file;
    str path; /* without "./" and "x/../" */
    str text;
};

struct asset_item {
    str name; /* "kern.css" */
    const char *type;
    struct part *parts;
    size_t part_count;
    int state;   /* 0 new, 1 being resolved, 2 done */
    str text;    /* with references rewritten */
    str hash;    /* SHA-256 of text, hex */
    str address; /* "/assets/kern.0123456789ab.css" */
    str gzip;
    str br;
};

struct asset_set {
    struct tool *tool;
    struct asset_item *v;
    size_t n;
};

/* "a/./b/../c" -> "a/c" */
str assetc_path(struct arena *a, str path);
/* Content type by extension, or NULL. */
const char *assetc_type(str name);
/* Rewrites references, then sets text, hash and address; recursive, refuses cycles. */
void assetc_resolve(struct asset_set *set, struct asset_item *item);
/* The asset of a reference from a part; NULL when there is none. */
struct asset_item *assetc_find(struct asset_set *set, const struct part *from, str reference);
/* The text of one part with its references rewritten. */
str assetc_rewrite(struct asset_set *set, const struct asset_item *item, const struct part *part);
/* Compressed forms, where they are at least 5 % smaller. */
void assetc_pack(struct tool *t, struct asset_item *item);

str assetc_header(const struct asset_set *set);
str assetc_source(const struct asset_set *set, str header_name);

#endif
