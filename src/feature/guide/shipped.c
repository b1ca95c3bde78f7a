/* SPDX-License-Identifier: EUPL-1.2 */
/* The embedded files: names that tool/embedc gave them, gathered into one table. */
#include "feature/guide/shipped.h"

/* clang-format off */
#define ARTICLES(X) \
    X("versicherung", versicherung) \
    X("auslagen-und-steuern", auslagen_und_steuern) \
    X("fuehrungszeugnis", fuehrungszeugnis) \
    X("verein-gruenden", verein_gruenden) \
    X("datenschutz-im-verein", datenschutz_im_verein) \
    X("dank-und-nachweise", dank_und_nachweise) \
    X("junge-freiwillige", junge_freiwillige) \
    X("engagement-und-sozialleistungen", engagement_und_sozialleistungen) \
    X("gefluechtete-engagieren-sich", gefluechtete_engagieren_sich) \
    X("freiwillige-gewinnen", freiwillige_gewinnen) \
    X("bilder-und-musik", bilder_und_musik)
/* clang-format on */

#define EMBEDDED(slug, name)                   \
    extern const unsigned char guide_##name[]; \
    extern const size_t guide_##name##_size;
ARTICLES(EMBEDDED)
EMBEDDED("", amounts_csv)

#define COUNT(slug, name) +1
#define SHIPPED           (0 ARTICLES(COUNT))

static struct guide_shipped shipped[SHIPPED];
static str amounts;

#define TEXT(name)       ((str){ (const char *)guide_##name, guide_##name##_size })
#define FILL(slug, name) shipped[n++] = (struct guide_shipped){ S(slug), TEXT(name) };

/* Sizes of embedded files are known to the linker only, so the table is filled at start. */
__attribute__((constructor)) static void fill_table(void)
{
    size_t n = 0;
    ARTICLES(FILL)
    amounts = TEXT(amounts_csv);
}

const struct guide_shipped *guide_shipped_at(size_t i)
{
    return i < SHIPPED ? &shipped[i] : NULL;
}

const struct guide_shipped *guide_shipped_find(str slug)
{
    for (size_t i = 0; i < SHIPPED; i++)
        if (str_eq(shipped[i].slug, slug))
            return &shipped[i];
    return NULL;
}

str guide_shipped_amounts(void)
{
    return amounts;
}
