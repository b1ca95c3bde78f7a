/* SPDX-License-Identifier: EUPL-1.2 */
/* Embedded fonts for pango. The only file that knows fontconfig and FreeType. */
#include "web/pdf_font.h"

#include <fontconfig/fontconfig.h>
#include <freetype/freetype.h>
#include <freetype/tttables.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <sys/mman.h>
#include <unistd.h>

#include "assets.h"
#include "base/err.h"

/* The fonts carry no name (ui/font/subset.sh); this is how they get one. */
static const char settings[] =
    "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
    "<match target=\"scan\"><edit name=\"family\" mode=\"assign\"><string>" PDF_FAMILY
    "</string></edit></match></fontconfig>";

/* The font as harfbuzz reads it: unpacked. FreeType does that by itself, and gives it away. */
static void put_unpacked(int fd, str bytes)
{
    FT_Library library;
    FT_Face face;
    FT_ULong size = 0;
    must(FT_Init_FreeType(&library) == 0);
    must(FT_New_Memory_Face(library, (const FT_Byte *)bytes.p, (FT_Long)bytes.n, 0, &face) == 0);
    must(FT_Load_Sfnt_Table(face, 0, 0, NULL, &size) == 0);
    must(ftruncate(fd, (off_t)size) == 0);
    FT_Byte *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    must(p != MAP_FAILED);
    must(FT_Load_Sfnt_Table(face, 0, 0, p, &size) == 0);
    munmap(p, size);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
}

static void add_font(FcConfig *config, enum asset_id id)
{
    char path[32];
    int fd = memfd_create("font", MFD_CLOEXEC);
    must(fd >= 0);
    put_unpacked(fd, asset_get(id)->raw);
    must(snprintf(path, sizeof path, "/proc/self/fd/%d", fd) > 0);
    must(FcConfigAppFontAddFile(config, (const FcChar8 *)path));
}

void *pdf_fonts_open(void)
{
    static const enum asset_id ids[] = { ASSET_tandem_sans_400_woff2, ASSET_tandem_sans_600_woff2,
                                         ASSET_tandem_sans_cyrillic_400_woff2,
                                         ASSET_tandem_sans_cyrillic_600_woff2 };
    FcConfig *config = FcConfigCreate();
    must(config != NULL);
    must(FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)settings, FcTrue));
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        add_font(config, ids[i]);
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    must(map != NULL);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    FcConfigDestroy(config);
    return map;
}
