/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * "My data" for people without account: whoever names a mail address gets a link to what is
 * kept of it in this town; whoever has the link may see it, take it along, correct and erase it.
 */
#ifndef FEATURE_PRIVACY_MINE_H
#define FEATURE_PRIVACY_MINE_H

#include "feature/privacy/data.h"
#include "web/form.h"
#include "web/token.h"

#define MINE_LINK    "my_data"
#define MINE_SECONDS 86400

struct mine_ask {
    str mail;
};
struct mine_correct {
    str name;
    str phone;
};
extern const struct field mine_ask_fields[];
extern const struct field mine_correct_fields[];

/* GET and POST /meine-daten, GET /meine-daten/gesendet */
void mine_form(struct rq *rq);
void mine_send(struct rq *rq, struct tx *tx);
void mine_sent(struct rq *rq);
/* Behind the link. */
extern const struct link_part mine_parts[];
void mine_page(struct rq *rq, const struct token *token);

#endif
