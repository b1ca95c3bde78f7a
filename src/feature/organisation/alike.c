/* SPDX-License-Identifier: EUPL-1.2 */
/* Which organisation somebody means, whom the office trusts, and what it has not seen yet. */
#include "base/alike.h"

#include "base/utf8.h"
#include "feature/organisation/organisation.h"
#include "web/audit.h"

#define NEARLY 55 /* hundredths of alike_share */

/* Words that say what kind of body it is, or nothing. */
static bool is_empty_word(str word)
{
    static const str words[] = { STR_INIT("e"),     STR_INIT("v"),    STR_INIT("ev"),
                                 STR_INIT("ggmbh"), STR_INIT("gmbh"), STR_INIT("ug"),
                                 STR_INIT("eg"),    STR_INIT("der"),  STR_INIT("die"),
                                 STR_INIT("das") };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(words[i], word))
            return true;
    return false;
}

str organisation_core(struct arena *a, str name)
{
    str folded = utf8_fold(a, name);
    str rest = folded;
    str word = S("");
    struct out o = out_new(a, folded.n + 16);
    while (str_next(&rest, ' ', &word))
        if (word.n && !is_empty_word(word))
            out_fmt(&o, "%s%.*s", o.n ? " " : "", STR_FMT(word));
    return o.n ? out_text(&o) : str_trim(folded);
}

static void insert(struct organisation_likes *likes, const struct organisation_like *like)
{
    size_t at = likes->n;
    while (at > 0 && likes->v[at - 1].share < like->share)
        at--;
    if (at == ORGANISATION_LIKES)
        return;
    likes->n += likes->n < ORGANISATION_LIKES;
    for (size_t i = likes->n - 1; i > at; i--)
        likes->v[i] = likes->v[i - 1];
    likes->v[at] = *like;
}

void organisation_alike(struct rq *rq, str name, struct organisation_likes *likes)
{
    str core = organisation_core(rq->arena, name);
    struct alike sought = alike_of(rq->arena, core);
    struct org_alike_row_rows rows = org_names(rq->db, rq->city->id);
    *likes = (struct organisation_likes){ 0 };
    for (size_t i = 0; i < rows.n; i++) {
        str other = organisation_core(rq->arena, rows.v[i].name);
        struct organisation_like like = { .id = rows.v[i].id,
                                          .name = rows.v[i].name,
                                          .share = alike_share(sought, alike_of(rq->arena, other)),
                                          .same = str_eq(core, other) };
        /* What is hidden is not told to anybody who does not know it already. */
        if (like.same || (like.share >= NEARLY && !rows.v[i].awaited))
            insert(likes, &like);
    }
}

bool organisation_trusted(struct rq *rq, int64_t id)
{
    const struct org_standing_row *row = org_standing(rq->db, rq->city->id, id);
    return row && row->trust == 1;
}

bool organisation_knows(struct rq *rq, int64_t id, str mail)
{
    return mail.n && org_knows(rq->db, rq->city->id, id, mail);
}

void organisation_admit(struct tx *tx, int64_t city_id, int64_t id)
{
    if (org_admit(tx, tx->now, city_id, id) == 1)
        audit_add(tx, (struct audit_by){ city_id, 0 }, S("organisation.admit"), id, S(""));
}

void organisation_forget_awaited(struct tx *tx, int64_t city_id, int64_t id)
{
    org_erase_awaited(tx, city_id, id);
}
