/* SPDX-License-Identifier: EUPL-1.2 */
/* The only file that knows libzip. */
#include "web/zip_in.h"

#include <zip.h>

#include "base/arena.h"
#include "base/out.h"

#define CHUNK 65536

struct zip_in {
    zip_t *archive;
};

struct zip_in *zip_in_open(str bytes)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &why);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why) : NULL;
    if (!archive && source)
        zip_source_free(source);
    zip_error_fini(&why);
    if (archive && zip_get_num_entries(archive, 0) > ZIP_IN_ENTRIES) {
        zip_discard(archive);
        return NULL;
    }
    struct zip_in *zip = archive ? malloc(sizeof *zip) : NULL;
    if (zip)
        zip->archive = archive;
    else if (archive)
        zip_discard(archive);
    return zip;
}

void zip_in_close(struct zip_in *zip)
{
    zip_discard(zip->archive);
    free(zip);
}

/* Counted as it comes out: the size that the archive names may be a lie. */
static enum err inflate(zip_file_t *file, struct out *o)
{
    char chunk[CHUNK];
    zip_int64_t n = 0;
    while ((n = zip_fread(file, chunk, sizeof chunk)) > 0 && !o->full)
        out_bytes(o, chunk, (size_t)n);
    return o->full ? ERR_LIMIT : n < 0 ? ERR_INVALID : ERR_OK;
}

enum err zip_in_read(struct zip_in *zip, struct arena *a, const struct zip_in_wish *wish,
                     str *bytes)
{
    zip_int64_t at = zip_name_locate(zip->archive, str_to_c(a, wish->name), ZIP_FL_ENC_RAW);
    if (at < 0)
        return ERR_NOT_FOUND;
    zip_file_t *file = zip_fopen_index(zip->archive, (zip_uint64_t)at, 0);
    if (!file)
        return ERR_INVALID;
    struct arena_hold hold = arena_hold(a);
    struct out o = out_new(a, wish->most);
    enum err e = inflate(file, &o);
    zip_fclose(file);
    arena_release(a, hold);
    *bytes = out_text(&o);
    return e;
}
