/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Four kinds of failure, four ways (doc/style.md, "Errors"):
 *   a programmer's mistake      must() stops the process, also in release
 *   engine or resource failure  `enum err`; above web/ it sticks to the request
 *   expected absence            a return value: NULL, false, empty
 *   a person's mistake          collected for the form, shown at the field
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err {
    ERR_OK = 0,
    ERR_NOT_FOUND, /* the thing does not exist */
    ERR_CONFLICT,  /* a constraint refused it, or another writer was faster */
    ERR_INVALID,   /* input that cannot be understood */
    ERR_IO,        /* file, socket, disk */
    ERR_ENGINE,    /* database or library */
    ERR_LIMIT,     /* too large, too many, too slow */
    ERR_FULL,      /* the disk has no room: nothing was written */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* A short English word for logs, never for people. */
const char *err_name(enum err e);

_Noreturn void must_failed(const char *what, const char *file, int line);
#define must(condition) ((condition) ? (void)0 : must_failed(#condition, __FILE__, __LINE__))

#endif
