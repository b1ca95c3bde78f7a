/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The log: one line per event on stderr, `time level event key=value …` (logfmt), UTC.
 * Values are escaped; personal data, tokens and whole addresses do not belong here.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

void log_level_set(enum log_level least);

struct log_pair {
    const char *key;
    str value;
};

void log_pairs(enum log_level level, const char *event, const struct log_pair *pairs, size_t n);

/* log_event(LOG_INFO, "import.done", { "rows", text }, { "file", name }); */
#define log_event(level, event, ...)                                      \
    log_pairs((level), (event), (const struct log_pair[]){ __VA_ARGS__ }, \
              sizeof((const struct log_pair[]){ __VA_ARGS__ }) / sizeof(struct log_pair))

#endif
