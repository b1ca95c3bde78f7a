/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages of "my data" without account. Neighbours: data.c (what is kept), account/leave.c. */
#include "feature/privacy/mine.h"

#include "base/map.h"
#include "privacy.html.h"
#include "privacy.text.h"
#include "web.sql.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/city.h"
#include "web/limit.h"
#include "web/mail.h"
#include "web/session.h"
#include "web/trap.h"

const struct field mine_ask_fields[] = {
    FIELD(struct mine_ask, mail, MAIL, MSG_privacy_mine_mail, .required = true, .max = 200,
          .autocomplete = "email"),
    { 0 },
};
const struct field mine_correct_fields[] = {
    FIELD(struct mine_correct, name, TEXT, MSG_privacy_class_name, .max = 100,
          .autocomplete = "name"),
    FIELD(struct mine_correct, phone, PHONE, MSG_privacy_class_phone, .max = 40,
          .autocomplete = "tel"),
    { 0 },
};

static const struct limit_rule by_peer = { "my_data.peer", 5, 60 };
static const struct limit_rule by_mail = { "my_data.mail", 3, 3600 };

/* ---- asking for the link ---- */

static void show_form(struct rq *rq, const struct mine_ask *f)
{
    rq->no_cache = true;
    if (!rq_ok(rq))
        rq_status(rq, 422);
    rq_crumb(rq, t_privacy_mine_title(rq), link_to(rq, S("/meine-daten")));
    view_mine_form(rq, f);
}

/* GET /meine-daten */
void mine_form(struct rq *rq)
{
    const struct mine_ask empty = { 0 };
    show_form(rq, &empty);
}

static bool too_often(struct rq *rq, str mail)
{
    return rq_limited(rq, &by_peer, rq_peer_key(rq)) || rq_limited(rq, &by_mail, str_hash(mail));
}

static void send_link(struct rq *rq, struct tx *tx, str mail)
{
    int64_t occasion = db_new_id();
    struct token_wish wish = {
        .purpose = S(MINE_LINK), .subject_id = rq->city->id, .seconds = MINE_SECONDS, .mail = mail
    };
    url link = token_new(rq, tx, &wish);
    struct notice n = {
        .to = mail,
        .subject = t_privacy_mail_subject(rq, rq->city->name),
        .text = t_privacy_mail_text(rq, rq->city->name, link.s),
        .dedupe = str_fmt(rq->arena, "my_data %lld", (long long)occasion),
    };
    mail_queue(tx, rq->city->id, &n);
    audit(rq, tx, S("privacy.ask"), 0, S(""));
}

/* POST /meine-daten: the mail goes out whether anything is kept or not; the page never tells. */
void mine_send(struct rq *rq, struct tx *tx)
{
    struct mine_ask f = { 0 };
    if (rq_form(rq, mine_ask_fields, &f))
        trap_passed(rq);
    if (!rq_ok(rq)) {
        show_form(rq, &f);
        return;
    }
    if (too_often(rq, f.mail))
        return;
    send_link(rq, tx, f.mail);
    rq_see(rq, S("/meine-daten/gesendet"), 0);
}

/* GET /meine-daten/gesendet */
void mine_sent(struct rq *rq)
{
    rq_crumb(rq, t_privacy_mine_title(rq), link_to(rq, S("/meine-daten")));
    view_mine_sent(rq);
}

/* ---- behind the link ---- */

static struct data data_behind(struct rq *rq, const struct token *token)
{
    struct somebody who = { .mail = token->mail };
    return data_of(rq, &who, rq->city->id);
}

static void show_page(struct rq *rq, const struct token *token, const struct mine_correct *f)
{
    struct data data = data_behind(rq, token);
    struct data_cards cards = data_cards(rq, &data);
    const struct mine_correct now = { data_first(&data, PRIVACY_NAME),
                                      data_first(&data, PRIVACY_PHONE) };
    bool account = account_by_mail(rq->db, token->mail) != NULL;
    rq_crumb(rq, t_privacy_mine_title(rq), token_page(rq, S("")));
    if (!rq_ok(rq))
        rq_status(rq, 422);
    view_my_data(rq, token, &cards, f ? f : &now, account);
}

/* GET /l/{token} */
void mine_page(struct rq *rq, const struct token *token)
{
    show_page(rq, token, NULL);
}

/* GET /l/{token}/datei */
static void take_along(struct rq *rq, const struct token *token)
{
    struct somebody who = { .mail = token->mail };
    privacy_put_data(rq, &who, rq->city->id);
}

/* GET /l/{token}/pdf */
static void take_print(struct rq *rq, const struct token *token)
{
    struct somebody who = { .mail = token->mail };
    privacy_put_pdf(rq, &who, rq->city->id);
}

static int64_t correct_one(struct rq *rq, struct tx *tx, str mail, struct data_item *to,
                           enum privacy_class of)
{
    if (!to->value.n || str_eq(to->value, to->label))
        return 0;
    struct correction c = { rq->city->id, mail, of, to->value };
    return erasure_correct(rq->app, tx, &c);
}

/* POST /l/{token}/berichtigen: what is left empty stays as it is. */
static void correct(struct rq *rq, struct tx *tx, const struct token *token)
{
    struct mine_correct f = { 0 };
    struct data data = data_behind(rq, token);
    struct data_item name = { data_first(&data, PRIVACY_NAME), S("") };
    struct data_item phone = { data_first(&data, PRIVACY_PHONE), S("") };
    if (!rq_form(rq, mine_correct_fields, &f)) {
        show_page(rq, token, &f);
        return;
    }
    name.value = f.name;
    phone.value = f.phone;
    int64_t n = correct_one(rq, tx, token->mail, &name, PRIVACY_NAME) +
                correct_one(rq, tx, token->mail, &phone, PRIVACY_PHONE);
    if (n) {
        audit(rq, tx, S("privacy.correct"), 0, str_fmt(rq->arena, "%lld rows", (long long)n));
        rq_note(rq, MSG_privacy_note_corrected);
    }
    rq_see_url(rq, token_page(rq, S("")));
}

/* GET /l/{token}/loeschen: what goes, what stays. */
static void erase_page(struct rq *rq, const struct token *token)
{
    rq_crumb(rq, t_privacy_mine_title(rq), token_page(rq, S("")));
    rq_crumb(rq, t_privacy_mine_erase(rq), token_page(rq, S("loeschen")));
    view_mine_erase(rq, account_by_mail(rq->db, token->mail) != NULL);
}

/* POST /l/{token}/loeschen: with this link, too. */
static void erase(struct rq *rq, struct tx *tx, const struct token *token)
{
    int64_t n = erasure_of_mail(rq->app, tx, token->mail, rq->city->id);
    audit(rq, tx, S("privacy.erase"), 0, str_fmt(rq->arena, "%lld rows", (long long)n));
    rq_note(rq, MSG_privacy_note_erased);
    rq_see(rq, S("/"), 0);
}

const struct link_part mine_parts[] = {
    { .name = "datei", .show = take_along },
    { .name = "pdf", .show = take_print },
    { .name = "berichtigen", .show = mine_page, .act = correct },
    { .name = "loeschen", .show = erase_page, .act = erase },
    { 0 },
};
