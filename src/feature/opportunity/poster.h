/* SPDX-License-Identifier: EUPL-1.2 */
/* An offer on paper: a poster as PDF, and the QR code that stands on it and on the print view. */
#ifndef FEATURE_OPPORTUNITY_POSTER_H
#define FEATURE_OPPORTUNITY_POSTER_H

#include "feature/opportunity/opportunity.h"
#include "web/qr.h"

/* GET /angebote/{id}/poster.pdf, with ?strips=1 also strips to tear off. */
void poster_pdf(struct rq *rq);
extern const struct param poster_params[];
/* The offer's short address as a QR code. */
struct qr opp_qr(const struct rq *rq, int64_t id);

#endif
