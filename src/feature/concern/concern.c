/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Concerns: the contract of the feature. Handlers: ask.c and status.c for who asks, desk.c,
 * canned.c, route.c and report.c for the office; states.c has the procedure, tidy.c the job.
 * Tables: concern, concern_message, concern_counter, concern_route, concern_canned.
 */
#include "feature/concern/concern.h"

#include "concern.sql.h"
#include "concern.text.h"
#include "feature/concern/note.h"
#include "feature/concern/pages.h"
#include "feature/concern/states.h"

static void person_erase(struct rq *rq, struct tx *tx, int64_t account_id)
{
    (void)rq;
    concern_messages_forget(tx, account_id);
    concern_worker_forget(tx, account_id);
}

static const struct route routes[] = {
    GET("/anliegen", ask_show, ANYONE, .listed = true),
    POST("/anliegen", ask_send, ANYONE),
    GET("/anliegen/gesendet", ask_sent, ANYONE),
    GET("/buero/anliegen", desk_list, CAN(concern_handle)),
    POST("/buero/anliegen/export", desk_export, CAN(concern_handle), .slow = true),
    GET("/buero/anliegen/bericht", report_show, CAN(office_open)),
    POST("/buero/anliegen/bericht/export", report_export, CAN(office_open)),
    GET("/buero/anliegen/zustaendig", route_show, CAN(concern_handle)),
    POST("/buero/anliegen/zustaendig", route_save, CAN(city_edit)),
    GET("/buero/anliegen/bausteine", canned_list, CAN(concern_handle)),
    GET("/buero/anliegen/bausteine/neu", canned_new, CAN(concern_handle)),
    POST("/buero/anliegen/bausteine/neu", canned_create, CAN(concern_handle)),
    GET("/buero/anliegen/bausteine/{id}", canned_edit, CAN(concern_handle)),
    POST("/buero/anliegen/bausteine/{id}", canned_save, CAN(concern_handle)),
    POST("/buero/anliegen/bausteine/{id}/loeschen", canned_erase, CAN(concern_handle)),
    GET("/buero/anliegen/{id}", desk_concern, CAN(concern_handle)),
    POST("/buero/anliegen/{id}/schritt", desk_take, CAN(concern_handle)),
    POST("/buero/anliegen/{id}/antwort", desk_reply, CAN(concern_handle)),
    POST("/buero/anliegen/{id}/notiz", desk_note, CAN(concern_handle)),
    POST("/buero/anliegen/{id}/notizen", desk_notes, CAN(concern_handle), .reads = true),
    POST("/buero/anliegen/{id}/zuweisen", desk_assign, CAN(concern_handle)),
    POST("/buero/anliegen/{id}/uebergeben", desk_hand_over, CAN(concern_handle)),
    { 0 },
};

static const struct nav nav[] = {
    { .label = MSG_concern_nav, .path = "/anliegen", .kind = ACCESS_ANYONE, .order = 45 },
    { .label = MSG_concern_nav,
      .path = "/buero/anliegen",
      .kind = ACCESS_CAN,
      .permission = PERM_concern_handle,
      .office = true,
      .order = 15 },
    { 0 },
};

static const struct job jobs[] = {
    { .name = "concern.tidy",
      .doc = "Deletes concerns that nobody confirmed, closes settled ones, erases old ones.",
      .hour = 3,
      .run = tidy_concerns },
    { 0 },
};

static const struct mailed_link links[] = {
    { .purpose = CONCERN_LINK, .show = status_show, .parts = status_parts, .lasts = true },
    { 0 },
};

static const struct record_kind *const records[] = { &concern_record, NULL };
static const struct procedure *const procedures[] = { &concern_procedure, NULL };

static const struct erasure_act erasures[] = {
    { "concern", concern_erase_row, concern_corrected },
    { 0 },
};

const struct feature concern_feature = {
    .name = "concern",
    .routes = routes,
    .nav = nav,
    .jobs = jobs,
    .links = links,
    .records = records,
    .procedures = procedures,
    .person_erase = person_erase,
    .erasures = erasures,
    .start = note_start,
};
