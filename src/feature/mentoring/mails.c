/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The mails of a pair, to both sides in the language in which each is written to. Until both have
 * said yes no mail names the other one, nor how to reach them.
 */
#include "feature/mentoring/pages.h"
#include "mentoring.text.h"
#include "web/mail.h"

struct side {
    struct rq r; /* in the person's language */
    const struct mentoring_pair_row *p;
    bool mentor;
    str name, mail;
    str other, other_mail, other_phone;
    str link;
};

static struct side side_of(const struct rq *rq, const struct mentoring_pair_row *p, bool mentor)
{
    struct side s = { .r = *rq, .p = p, .mentor = mentor };
    s.name = mentor ? p->mentor : p->mentee;
    s.mail = mentor ? p->mentor_mail : p->mentee_mail;
    s.other = mentor ? p->mentee : p->mentor;
    s.other_mail = mentor ? p->mentee_mail : p->mentor_mail;
    s.other_phone = mentor ? p->mentee_phone : p->mentor_phone;
    if (!lang_parse(mentor ? p->mentor_lang : p->mentee_lang, &s.r.lang))
        s.r.lang = rq->city->lang;
    return s;
}

static str link_for(struct rq *rq, struct tx *tx, const struct side *s)
{
    struct token_wish wish = { .purpose =
                                   s->mentor ? S(MENTORING_LINK_MENTOR) : S(MENTORING_LINK_MENTEE),
                               .subject_id = s->p->id,
                               .seconds = MENTORING_LINK_SECONDS,
                               .mail = s->mail };
    return token_new(rq, tx, &wish).s;
}

/* How to reach the other one; for a child, by whoever is responsible as well. */
static str reach(const struct side *s)
{
    const struct rq *r = &s->r;
    str none = t_mentoring_mail_unknown(r);
    str mail = s->other_mail.n ? s->other_mail : none;
    str phone = s->other_phone.n ? s->other_phone : none;
    str text = t_mentoring_mail_reach(r, s->other, mail, phone);
    if (s->mentor && s->p->mentee_guardian.n)
        text = str_join(r->arena, text, t_mentoring_mail_guardian(r, s->p->mentee_guardian));
    return text;
}

static str subject(const struct side *s, enum mentoring_mail what)
{
    const struct rq *r = &s->r;
    str town = r->city->name;
    switch (what) {
    case MENTORING_MAIL_ASK:
        return t_mentoring_mail_ask_subject(r, s->p->title, town);
    case MENTORING_MAIL_REMIND:
        return t_mentoring_mail_remind_subject(r, s->p->title, town);
    case MENTORING_MAIL_START:
        return t_mentoring_mail_start_subject(r, s->p->title, town);
    case MENTORING_MAIL_CHECK:
        return t_mentoring_mail_check_subject(r, s->p->title, town);
    case MENTORING_MAIL_OVER:
        return t_mentoring_mail_over_subject(r, s->p->title, town);
    case MENTORING_MAIL_END:
        return t_mentoring_mail_end_subject(r, s->p->title, town);
    }
    return S("");
}

static str text(const struct side *s, enum mentoring_mail what)
{
    const struct rq *r = &s->r;
    str town = r->city->name;
    switch (what) {
    case MENTORING_MAIL_ASK:
        return t_mentoring_mail_ask_text(r, s->name, s->p->title, s->link, town);
    case MENTORING_MAIL_REMIND:
        return t_mentoring_mail_remind_text(r, s->name, s->p->title, s->link, town);
    case MENTORING_MAIL_START:
        return t_mentoring_mail_start_text(r, s->name, reach(s), s->link, town);
    case MENTORING_MAIL_CHECK:
        return t_mentoring_mail_check_text(r, s->name, s->link, town);
    case MENTORING_MAIL_OVER:
        return t_mentoring_mail_over_text(r, s->name, s->p->title, town);
    case MENTORING_MAIL_END:
        return t_mentoring_mail_end_text(r, s->name, s->p->title, s->link, town);
    }
    return S("");
}

/* Who has said yes is not asked again. */
static bool is_for(const struct side *s, enum mentoring_mail what)
{
    int64_t yes = s->mentor ? s->p->mentor_yes_at : s->p->mentee_yes_at;
    return mail_valid(s->mail) && (what != MENTORING_MAIL_REMIND || !yes);
}

void mentoring_mail_both(struct rq *rq, struct tx *tx, const struct procedure_at *at,
                         enum mentoring_mail what)
{
    const struct mentoring_pair_row *p = mentoring_pair_at(rq, at);
    for (int i = 0; i < 2; i++) {
        struct side s = side_of(rq, p, i == 0);
        if (!is_for(&s, what))
            continue;
        s.link = what == MENTORING_MAIL_OVER ? S("") : link_for(rq, tx, &s);
        struct notice n = { .to = s.mail, .subject = subject(&s, what), .text = text(&s, what) };
        procedure_mail(tx, rq->city->id, at, &n);
    }
}
