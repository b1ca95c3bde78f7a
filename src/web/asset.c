/* SPDX-License-Identifier: EUPL-1.2 */
/* Finding embedded files. The list is assets.c, made with assets.h by tool/assetc. */
#include "assets.h"

#include "base/err.h"

const struct asset *asset_find(str path)
{
    size_t low = 0;
    size_t high = ASSET_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct asset *a = &asset_list[asset_sorted[middle]];
        int c = str_cmp(path, a->path);
        if (c == 0)
            return a;
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct asset *asset_get(enum asset_id id)
{
    must(id < ASSET_COUNT);
    return &asset_list[id];
}

const struct asset *asset_named(str name)
{
    for (size_t i = 0; i < ASSET_COUNT; i++)
        if (str_eq(asset_list[i].name, name))
            return &asset_list[i];
    return NULL;
}

url asset_url(enum asset_id id)
{
    return (url){ asset_get(id)->path };
}
