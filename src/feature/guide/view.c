/* SPDX-License-Identifier: EUPL-1.2 */
/* What the pages of the guide say in words. */
#include "feature/guide/view.h"

#include "feature/guide/store.h"
#include "guide.text.h"
#include "web/page.h"

bool guide_due(str reviewed_on, str review_due)
{
    struct day due;
    if (!reviewed_on.n || !day_parse_iso(review_due, &due))
        return true;
    return day_number(due) < day_number(clock_today());
}

str guide_checked(const struct rq *rq, str stated_on, str reviewed_on)
{
    str stated = page_iso_day(rq, stated_on);
    if (!reviewed_on.n)
        return t_guide_unchecked(rq, stated);
    return t_guide_checked(rq, stated, page_iso_day(rq, reviewed_on));
}

str guide_text_lang(const struct rq *rq, enum lang lang)
{
    bool german = rq->lang == LANG_DE || rq->lang == LANG_DE_SIMPLE;
    bool same = lang == rq->lang || (german && (lang == LANG_DE || lang == LANG_DE_SIMPLE));
    return same ? S("") : lang_info(lang)->code;
}

str guide_card_lang(const struct rq *rq, const struct guide_card *card)
{
    enum lang lang = LANG_DE;
    lang_parse(card->lang, &lang);
    return guide_text_lang(rq, lang);
}

url guide_link(const struct rq *rq, str slug)
{
    return link_to(rq, str_join(rq->arena, S("/ratgeber/"), slug));
}

url guide_share_mail(const struct rq *rq, const struct guide_page *p)
{
    url here = link_absolute(rq, guide_link(rq, p->article->slug));
    return link_share(rq, p->words.title, t_guide_share_text(rq, p->words.title, here.s));
}

struct guide_page guide_page_of(struct rq *rq, const struct guide_full *article,
                                const struct guide_version_row *version)
{
    struct guide_document d = guide_document_of(rq->db, rq->city->id, version);
    struct guide_page p = { .article = article, .version = version, .lang = rq->lang };
    if (!d.text[p.lang].title.n)
        p.lang = lang_info(p.lang)->fallback;
    if (!d.text[p.lang].title.n)
        p.lang = LANG_DE;
    p.words = d.text[p.lang];
    for (int i = 0; i < LANG_COUNT; i++)
        if (d.text[i].title.n && rq->city->langs & 1u << i)
            p.langs |= 1u << i;
    p.sources = guide_sources_of(rq->arena, d.sources);
    p.amounts = d.amounts ? guide_table_of(rq) : NULL;
    return p;
}
