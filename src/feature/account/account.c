/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Accounts: signing in, "my account", roles. This file has the feature's tables and what
 * other features call; the pages are in the files that pages.h names.
 */
#include "feature/account/factor.h"
#include "feature/account/account.h"

#include "account.sql.h"
#include "account.text.h"
#include "base/clock.h"
#include "feature/account/oidc.h"
#include "feature/account/pages.h"
#include "feature/account/password.h"
#include "web/app.h"
#include "web/audit.h"
#include "web/erasure.h"
#include "web/job.h"
#include "web.sql.h"

int64_t account_get(struct tx *tx, str mail, str name)
{
    const struct account_row *found = account_by_mail(&tx->db, mail);
    if (found)
        return found->id;
    int64_t id = db_new_id();
    account_insert(tx, &(struct account_insert_in){ .id = id,
                                                    .mail = mail,
                                                    .name = name,
                                                    .password = S(""),
                                                    .lang = S(""),
                                                    .created_at = tx->now });
    return id;
}

void account_password(struct tx *tx, int64_t account_id, str password)
{
    account_set_password(tx, password_hash(tx->db.arena, password), account_id);
}

static bool is_held(struct tx *tx, const struct account_grant *g)
{
    struct role_row_rows rows = role_of_account(&tx->db, g->account_id, g->city_id);
    for (size_t i = 0; i < rows.n; i++)
        if (str_eq(rows.v[i].role, role_info(g->role)->code) && rows.v[i].scope_id == g->scope_id)
            return true;
    return false;
}

bool account_give(struct tx *tx, const struct account_grant *g, int64_t by_account)
{
    if (is_held(tx, g))
        return false;
    role_insert(tx, &(struct role_insert_in){ .id = db_new_id(),
                                              .account = g->account_id,
                                              .city = g->city_id,
                                              .role = role_info(g->role)->code,
                                              .scope = g->scope_id,
                                              .at = tx->now });
    if (g->account_id != by_account)
        session_delete_account(tx, g->account_id);
    audit_add(tx, (struct audit_by){ g->city_id, by_account }, S("account.give_role"),
              g->account_id, role_info(g->role)->code);
    return true;
}

/* ---- the contract ---- */

static const struct route routes[] = {
    GET("/anmelden", sign_in_show, ANYONE),
    POST("/anmelden", sign_in_mail, ANYONE),
    GET("/anmelden/gesendet", sign_in_sent, ANYONE),
    GET("/anmelden/passwort", sign_in_show_password, ANYONE),
    POST("/anmelden/passwort", sign_in_password, ANYONE, .slow = true, .prepare = sign_in_prepare),
    GET("/anmelden/zweiter-schritt", step_show, ANYONE),
    POST("/anmelden/zweiter-schritt", step_act, ANYONE),
    GET("/anmelden/anbieter", provider_start, ANYONE, .slow = true),
    GET("/anmelden/anbieter/zurueck", provider_back, ANYONE, .secret = true),
    POST("/anmelden/anbieter/zurueck", provider_take, ANYONE, .secret = true, .slow = true,
         .prepare = provider_prepare),
    POST("/abmelden", sign_out, SIGNED_IN),
    GET("/abmelden/anbieter", provider_leave, ANYONE, .slow = true),
    GET("/l/{token}", link_show, ANYONE, .secret = true),
    POST("/l/{token}", link_act, ANYONE, .secret = true),
    GET("/l/{token}/{part}", link_show, ANYONE, .secret = true, .slow = true),
    POST("/l/{token}/{part}", link_act, ANYONE, .secret = true),
    GET("/konto", mine_show, SIGNED_IN),
    POST("/konto", mine_save, SIGNED_IN),
    POST("/konto/sitzungen/{id}/beenden", mine_end_session, SIGNED_IN),
    POST("/konto/sitzungen/beenden", mine_end_others, SIGNED_IN),
    GET("/konto/passwort", mine_password_show, SIGNED_IN),
    POST("/konto/passwort", mine_password_save, SIGNED_IN, .slow = true,
         .prepare = mine_password_prepare),
    GET("/konto/bestaetigen", prove_show, SIGNED_IN),
    POST("/konto/bestaetigen", prove_act, SIGNED_IN, .slow = true, .prepare = prove_prepare),
    GET("/konto/zweiter-schritt", second_show, SIGNED_IN, .fresh = true),
    POST("/konto/zweiter-schritt", second_start, SIGNED_IN, .fresh = true),
    POST("/konto/zweiter-schritt/ersatzcodes", second_codes, SIGNED_IN, .fresh = true),
    POST("/konto/zweiter-schritt/beenden", second_stop, SIGNED_IN, .fresh = true),
    GET("/konto/anbieter", identity_show, SIGNED_IN),
    POST("/konto/anbieter", identity_connect, SIGNED_IN, .fresh = true),
    POST("/konto/anbieter/trennen", identity_part, SIGNED_IN, .fresh = true),
    GET("/konto/adresse", address_show, SIGNED_IN, .fresh = true),
    POST("/konto/adresse", address_wish, SIGNED_IN, .fresh = true),
    GET("/konto/daten", leave_data, SIGNED_IN, .fresh = true),
    GET("/konto/daten/pdf", leave_print, SIGNED_IN, .fresh = true, .slow = true),
    GET("/konto/loeschen", leave_show, SIGNED_IN, .fresh = true),
    POST("/konto/loeschen", leave_act, SIGNED_IN, .fresh = true),
    GET("/buero/rollen", roles_list, CAN(account_admin)),
    POST("/buero/rollen", roles_give, CAN(account_admin), .fresh = true),
    POST("/buero/rollen/{id}/nehmen", roles_take, CAN(account_admin), .fresh = true),
    POST("/buero/rollen/zweiter-schritt", roles_demand, CAN(account_admin), .fresh = true),
    GET("/buero/konten", accounts_list, CAN(account_admin)),
    GET("/buero/konten/{id}", accounts_show, CAN(account_admin)),
    POST("/buero/konten/{id}/abmelden", accounts_sign_out, CAN(account_admin), .fresh = true),
    POST("/darstellung", reading_save, ANYONE, .scope = IN_NETWORK),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_account_nav_roles,
      .path = "/buero/rollen",
      .kind = ACCESS_CAN,
      .permission = PERM_account_admin,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 70 },
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = "sign_in", .show = sign_in_link_show, .act = sign_in_link_act },
    { .purpose = "mail_confirm", .show = address_confirm_show, .act = address_confirm_act },
    { .purpose = "mail_undo", .show = address_undo_show, .act = address_undo_act },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "account.erasures",
      .doc = "Notes what was erased in the file that outlives a restore.",
      .every = 60,
      .run = erasure_job },
    { 0 },
};

static const struct command commands[] = {
    { "user add", "MAIL --city SLUG --role ROLE [--organisation ID] [--password-stdin]",
      "gives somebody a role; prints a link to sign in when no password is given",
      command_user_add },
    { "user reset-step", "MAIL",
      "takes the second step of signing in from somebody who has lost app and codes",
      command_user_reset_step },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { "account", account_erase_row },
    { 0 },
};

static enum err start(struct app *app)
{
    enum err e = link_start(app);
    if (e == ERR_OK)
        e = oidc_start(app);
    return e == ERR_OK ? factor_seal_old(app) : e;
}

const struct feature account_feature = {
    .name = "account",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .commands = commands,
    .erasures = erasures,
    .start = start,
    .stop = oidc_stop,
    .person_erase = account_person_erase,
};
