/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The tables of this feature: routes, jobs, commands; and how rows of the web layer are erased,
 * which has no feature of its own. retention.c erases in time, register.c is the register of
 * processing, data.c gathers what is kept of somebody, mine.c shows it to them.
 */
#include "feature/privacy/privacy.h"

#include "base/log.h"
#include "feature/privacy/keys.h"
#include "feature/privacy/mine.h"
#include "feature/privacy/reading.h"
#include "feature/privacy/register.h"
#include "feature/privacy/retention.h"
#include "privacy.text.h"
#include "web.sql.h"
#include "web/audit.h"
#include "web/erasure.h"

/* What happened stays for the figures; who it was and what they noted goes. */
static void event_erase(struct tx *tx, const struct erasure *e)
{
    event_blank(tx, e->id);
}

static void audit_erase(struct tx *tx, const struct erasure *e)
{
    audit_cut(tx, e->id);
}

/* A table without a way to erase its rows would keep them for good: do not start. */
static enum err start(struct app *app)
{
    const char *table = erasure_missing(app);
    if (!table)
        return ERR_OK;
    log_event(LOG_ERROR, "privacy.start", { "problem", S("nothing erases its rows") },
              { "table", str_from_c(table) });
    return ERR_INVALID;
}

static const struct route routes[] = {
    GET("/meine-daten", mine_form, ANYONE, .listed = true),
    POST("/meine-daten", mine_send, ANYONE),
    GET("/meine-daten/gesendet", mine_sent, ANYONE),
    GET("/buero/aufbewahrung", retention_page, CAN(audit_read)),
    GET("/buero/leseprotokoll", reading_page, CAN(audit_read)),
    GET("/buero/verzeichnis", register_page, CAN(audit_read)),
    GET("/buero/verzeichnis/csv", register_csv, CAN(audit_read)),
    GET("/buero/verzeichnis/markdown", register_markdown, CAN(audit_read)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_privacy_nav_retention,
      .path = "/buero/aufbewahrung",
      .kind = ACCESS_CAN,
      .permission = PERM_audit_read,
      .office = true,
      .menu = NAV_SELDOM,
      .order = 94 },
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = MINE_LINK, .show = mine_page, .parts = mine_parts, .lasts = true },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "privacy.retention",
      .doc = "Erases what has been kept long enough, and notes how much it was.",
      .hour = 3,
      .run = retention_job },
    { 0 },
};

static const struct command commands[] = {
    { "retention", "[--dry-run]", "erases what has been kept long enough, or says what it would",
      command_retention },
    { "register", "--city SLUG", "the town's register of processing (Art. 30 DSGVO) as Markdown",
      command_register },
    { "key list", "", "the keys of sealed columns, and how much each has sealed",
      command_key_list },
    { "key new", "", "makes a key, which seals from now on", command_key_new },
    { "key rotate", "", "seals everything anew with the current key, while serving",
      command_key_rotate },
    { "key drop", "NUMBER", "forgets a key that nothing is sealed by any more", command_key_drop },
    { 0 },
};

static const struct erasure_act erasures[] = {
    { "audit", audit_erase },
    { "procedure_event", event_erase },
    { 0 },
};

const struct feature privacy_feature = {
    .name = "privacy",
    .routes = routes,
    .nav = nav,
    .links = links,
    .jobs = jobs,
    .commands = commands,
    .erasures = erasures,
    .start = start,
};
