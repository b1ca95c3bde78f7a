/* SPDX-License-Identifier: EUPL-1.2 */
/* `tandem user add`: how an installation gets its first people. */
#include "account.sql.h"
#include "feature/account/factor.h"
#include "feature/account/notice.h"
#include "feature/account/pages.h"
#include "feature/account/password.h"
#include "feature/account/words.h"
#include "web/audit.h"
#include "web/form.h"
#include "web/token.h"

struct wish {
    str mail;
    struct account_grant grant;
    str password; /* empty: a link is printed */
};

/* The first line of standard input, so that a password is in no list of processes. */
static str first_line(struct arena *a)
{
    char line[PASSWORD_MOST * 4 + 2] = { 0 };
    if (!fgets(line, sizeof line, stdin))
        return S("");
    str text = str_copy(a, str_from_c(line));
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
        text.n--;
    return text;
}

static bool good_password(struct cli *cli, const struct wish *w)
{
    str words[] = { w->mail, cli_option(cli, "city", NULL) };
    struct password_context context = { { words, sizeof words / sizeof *words },
                                        role_info(w->grant.role)->permissions != 0 };
    if (password_check(cli->arena, w->password, &context) == PASSWORD_GOOD)
        return true;
    cli_problem(cli, S("the password is too short, too long or too easy to guess"));
    return false;
}

/* CLI_DONE: the wish can be granted. */
static int read_wish(struct cli *cli, struct wish *w)
{
    str role = cli_option(cli, "role", NULL);
    if (cli->arg_count != 1 || !role.n)
        return CLI_USAGE;
    w->mail = mail_folded(cli->arena, cli->args[0]);
    if (!mail_valid(w->mail)) {
        cli_problem(cli, S("this is not a mail address"));
        return CLI_REFUSED;
    }
    if (!role_find(role, &w->grant.role)) {
        cli_problem(cli, str_fmt(cli->arena, "there is no role '%.*s'", STR_FMT(role)));
        return CLI_REFUSED;
    }
    if (!cli_city(cli, &w->grant.city_id))
        return CLI_REFUSED;
    bool scoped = role_info(w->grant.role)->scope == SCOPE_ORGANISATION;
    if (scoped && !str_to_i64(cli_option(cli, "organisation", NULL), &w->grant.scope_id)) {
        cli_problem(cli, S("this role is for one organisation: --organisation ID"));
        return CLI_REFUSED;
    }
    if (!cli_switch(cli, "password-stdin"))
        return CLI_DONE;
    w->password = first_line(cli->arena);
    return good_password(cli, w) ? CLI_DONE : CLI_REFUSED;
}

/* A link outside of any request: built for the town as its pages would. */
static url link_for(struct cli *cli, struct tx *tx, int64_t city_id, int64_t account_id)
{
    struct city_list cities = city_list_begin(cli->app->cities);
    struct rq rq = rq_outside(cli->app, &tx->db, &cities, city_by_id(&cities, city_id));
    url link = notice_link(&rq, tx, account_id, NOTICE_INVITE_SECONDS);
    link.s = str_copy(cli->arena, link.s);
    city_list_end(cli->app->cities, &cities);
    return link;
}

static bool organisation_known(struct tx *tx, const struct account_grant *g)
{
    return !g->scope_id || account_organisation(&tx->db, g->city_id, g->scope_id);
}

/* Everything in one transaction; the line to print is in *say. */
static enum err add(struct cli *cli, struct wish *w, str *say)
{
    struct tx tx;
    enum err e = tx_begin(cli->app->store, cli->arena, &tx);
    if (e != ERR_OK)
        return e;
    if (!organisation_known(&tx, &w->grant)) {
        tx_rollback(&tx);
        return ERR_NOT_FOUND;
    }
    w->grant.account_id = account_get(&tx, w->mail, S(""));
    account_give(&tx, &w->grant, 0);
    if (w->password.n)
        account_password(&tx, w->grant.account_id, w->password);
    *say = w->password.n ? S("done") : link_for(cli, &tx, w->grant.city_id, w->grant.account_id).s;
    return tx_commit(&tx);
}

int command_user_add(struct cli *cli)
{
    struct wish w = { 0 };
    str say = S("");
    int status = read_wish(cli, &w);
    if (status != CLI_DONE)
        return status;
    switch (add(cli, &w, &say)) {
    case ERR_OK:
        cli_say(cli, say);
        return CLI_DONE;
    case ERR_NOT_FOUND:
        cli_problem(cli, S("the town has no organisation of that id"));
        return CLI_REFUSED;
    default:
        cli_problem(cli, S("the database did not take it"));
        return CLI_REFUSED;
    }
}

/* Off, with its line in the audit trail; the sessions end. False: nothing to take. */
static bool reset_step(struct tx *tx, str mail)
{
    const struct account_row *account = account_by_mail(&tx->db, mail);
    if (!account || !factor_is_on(&tx->db, account->id))
        return false;
    factor_stop(tx, account->id);
    session_delete_account(tx, account->id);
    audit_add(tx, (struct audit_by){ 0, 0 }, S("account.second_step_reset"), account->id, S(""));
    return true;
}

int command_user_reset_step(struct cli *cli)
{
    struct tx tx;
    if (cli->arg_count != 1)
        return CLI_USAGE;
    if (tx_begin(cli->app->store, cli->arena, &tx) != ERR_OK)
        return CLI_REFUSED;
    if (!reset_step(&tx, mail_folded(cli->arena, cli->args[0]))) {
        tx_rollback(&tx);
        cli_problem(cli, S("nobody with this address has a second step"));
        return CLI_REFUSED;
    }
    if (tx_commit(&tx) != ERR_OK) {
        cli_problem(cli, S("the database did not take it"));
        return CLI_REFUSED;
    }
    cli_say(cli, S("done"));
    return CLI_DONE;
}
