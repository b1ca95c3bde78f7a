/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * assetc: the command line.
 *
 *     assetc OUT.h OUT.c NAME:COUNT… -- FILE…
 *
 * Each NAME takes the next COUNT files and puts them together in that order.
 */
#include "assetc.h"

static const struct {
    const char *extension;
    const char *type;
} types[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".mjs", "text/javascript; charset=utf-8" },
    { ".json", "application/json" },
    { ".geojson", "application/geo+json" },
    { ".webmanifest", "application/manifest+json" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".jpg", "image/jpeg" },
    { ".webp", "image/webp" },
    { ".avif", "image/avif" },
    { ".ico", "image/vnd.microsoft.icon" },
    { ".woff2", "font/woff2" },
    { ".pbf", "application/x-protobuf" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".pdf", "application/pdf" },
};

const char *assetc_type(str name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(name, str_from_c(types[i].extension)))
            return types[i].type;
    return NULL;
}

static bool good_name(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (!plain && !(i && (c == '.' || c == '-')))
            return false;
    }
    return s.n > 0;
}

/* "kern.css:1" */
static bool parse_spec(struct asset_set *set, struct asset_item *item, str spec)
{
    ptrdiff_t colon = str_find_byte(spec, ':');
    int64_t count = 0;
    if (colon < 0 || !str_to_i64(str_slice(spec, (size_t)colon + 1, spec.n), &count) || count < 1)
        return false;
    item->name = str_slice(spec, 0, (size_t)colon);
    item->part_count = (size_t)count;
    item->type = assetc_type(item->name);
    if (!good_name(item->name))
        tool_problem(set->tool, NULL, 0, "`%.*s`: a name has only a-z 0-9 _ - .",
                     STR_FMT(item->name));
    else if (!item->type)
        tool_problem(set->tool, NULL, 0, "`%.*s`: no content type is known for this extension",
                     STR_FMT(item->name));
    for (struct asset_item *other = set->v; other < item; other++)
        if (str_eq(other->name, item->name))
            tool_problem(set->tool, NULL, 0, "`%.*s` is in the list twice", STR_FMT(item->name));
    return true;
}

/* Reads the files of all items; returns how many it took. */
static int read_parts(struct asset_set *set, char **files, int n)
{
    struct arena *a = &set->tool->arena;
    int taken = 0;
    for (size_t i = 0; i < set->n; i++) {
        struct asset_item *item = &set->v[i];
        item->parts = NEW_ARRAY(a, item->part_count, struct part);
        for (size_t k = 0; k < item->part_count && taken < n; k++) {
            const char *file = files[taken++];
            item->parts[k] =
                (struct part){ file, assetc_path(a, str_from_c(file)), tool_read(set->tool, file) };
        }
    }
    return taken;
}

static void build(struct asset_set *set)
{
    bool unread = set->tool->problems > 0;
    for (size_t i = 0; i < set->n && !unread; i++)
        assetc_resolve(set, &set->v[i]);
    for (size_t i = 0; i < set->n && !set->tool->problems; i++)
        assetc_pack(set->tool, &set->v[i]);
}

int main(int argc, char **argv)
{
    static const char usage[] = "OUT.h OUT.c NAME:COUNT… -- FILE…";
    struct tool t;
    tool_init(&t, "assetc");
    struct asset_set set = { .tool = &t };
    int dash = 3;
    while (dash < argc && !str_eq(str_from_c(argv[dash]), S("--")))
        dash++;
    if (dash >= argc)
        tool_usage(&t, usage);
    set.v = NEW_ARRAY(&t.arena, (size_t)dash, struct asset_item);
    size_t wanted = 0;
    for (int i = 3; i < dash; i++, set.n++) {
        if (!parse_spec(&set, &set.v[set.n], str_from_c(argv[i])))
            tool_usage(&t, usage);
        wanted += set.v[set.n].part_count;
    }
    if (wanted != (size_t)(argc - dash - 1))
        tool_usage(&t, usage);
    read_parts(&set, argv + dash + 1, argc - dash - 1);
    build(&set);
    struct tool_output outputs[] = { { .path = argv[1] }, { .path = argv[2] } };
    if (!t.problems) {
        outputs[0].text = assetc_header(&set);
        outputs[1].text = assetc_source(&set, tool_base_name(str_from_c(argv[1])));
    }
    int status = tool_write(&t, outputs, 2);
    arena_free(&t.arena);
    return status;
}
