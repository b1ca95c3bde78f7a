/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an import says, in the language of a page. Readers and the sink say it in English, for
 * the command and for programs.
 */
#ifndef FEATURE_EXCHANGE_SAID_H
#define FEATURE_EXCHANGE_SAID_H

#include "web/rq.h"

/* A sentence that is not known stays as it is. */
str import_said(const struct rq *rq, str english);

#endif
