/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Offers and organisations as files that the import reads back: `tandem export`, and the
 * buttons under the office's lists.
 */
#ifndef FEATURE_EXCHANGE_EXPORT_H
#define FEATURE_EXCHANGE_EXPORT_H

#include "feature/exchange/exchange.h"
#include "feature/opportunity/opportunity.h"
#include "web/sheet.h"

struct cli;

struct export_order {
    int64_t city_id;
    enum sheet_format format;
    struct opp_filter filter;                     /* of offers */
    str pattern;                                  /* of organisations, for LIKE: "%" is all */
    void (*row_done)(void *ctx, struct out *out); /* may be NULL */
    void *ctx;
};

struct exported {
    int64_t rows;
    int64_t cut; /* texts too long for a cell of XLSX */
};

/*
 * Writes a whole file. What goes wrong in the database is in db->err. ERR_LIMIT: more than
 * `out` holds.
 */
MUST_CHECK enum err export_offers(struct db *db, struct out *out, const struct export_order *order,
                                  struct exported *done);
MUST_CHECK enum err export_organisations(struct db *db, struct out *out,
                                         const struct export_order *order, struct exported *done);

int command_export(struct cli *cli);
/* POST /buero/angebote/export and /buero/organisationen/export */
void office_export_offers(struct rq *rq, struct tx *tx);
void office_export_organisations(struct rq *rq, struct tx *tx);

#endif
