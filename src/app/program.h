/* SPDX-License-Identifier: EUPL-1.2 */
/* Opening and closing the running program around a command or the server. */
#ifndef APP_PROGRAM_H
#define APP_PROGRAM_H

#include "base/err.h"
#include "web/app.h"

/* Enters the tables of all features, nothing else; false when they contradict each other. */
bool program_tables(struct app *app);
/*
 * The tables; then opens the store, migrates it, reads towns and starts every feature. Reasons go
 * to the log. After a failure program_close must still be called.
 */
MUST_CHECK enum err program_open(struct app *app);
void program_close(struct app *app);
/* Serves until SIGTERM or SIGINT; the exit status. */
int program_serve(struct app *app);

#endif
