/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Import and export of offers and organisations.
 *
 * A reader understands one kind of file and hands each row, normalised, to a sink; the sink
 * stores it. One file is one transaction: either it arrives, with every refused row named,
 * or nothing changes. README.md in this folder lists the kinds.
 */
#ifndef FEATURE_EXCHANGE_H
#define FEATURE_EXCHANGE_H

#include <stdio.h>

#include "feature/exchange/table.h"
#include "feature/opportunity/opportunity.h"
#include "feature/organisation/organisation.h"

extern const struct feature exchange_feature;

/*
 * The source of what was entered in a town itself, in files that move records between towns;
 * its keys are ids.
 */
#define SOURCE_LOCAL S("local")

/* The organisation that a row names: by its key at the source, or by name only. */
struct import_organisation {
    str source; /* empty: the file's own; else the row moves a record of that source */
    str ref;
    str name;
    str umbrella_source, umbrella_ref;
    int64_t verified_at;
    int64_t changed_at; /* of the record that the row was made from; 0: unknown */
    bool archived;
    struct org_form form; /* what else the row says about it; the name is enough */
};

struct import_offer {
    int64_t line;
    str source; /* empty: the file's own; else the row moves a record of that source */
    str ref;    /* key at the source; a row without is refused */
    struct import_organisation organisation;
    str state;            /* empty: published */
    int64_t confirmed_at; /* 0: unknown */
    int64_t published_at; /* 0: unknown */
    str confirmed_by;
    int64_t changed_at; /* of the record that the row was made from; 0: unknown */
    struct opp_form form;
};

/*
 * Fields, kinds and targets for which a word of an offer speaks ("Garten"), by the table of
 * keywords.h; added to the three. False: for none.
 */
bool exchange_guess(struct arena *a, str word, int64_t *const to[3]);

struct import_sink;

/* What a reader calls; the strings live until the call returns. */
void import_offer(struct import_sink *sink, const struct import_offer *offer);
void import_organisation(struct import_sink *sink, int64_t line,
                         const struct import_organisation *g);
/* A row that cannot be taken, with the reason in plain words. */
void import_reject(struct import_sink *sink, int64_t line, str reason);
/* Names the source whose keys the rows carry, where only the file knows it. */
void import_source_name(struct import_sink *sink, str name);
/* Something worth knowing that refuses nothing; `line` may be 0. */
void import_note(struct import_sink *sink, int64_t line, str text);

struct import_source {
    FILE *file;
    str head;            /* its first bytes, for recognising it; the file is at its start */
    str map;             /* text of a mapping, for the reader `map`; empty: none is given */
    struct arena *arena; /* of the whole import */
};

/* So many bytes of `head` are enough to recognise any kind of file. */
#define IMPORT_HEAD 4096

/*
 * Reads a whole file. ERR_INVALID with a problem (line and reason) means that the file is
 * broken: nothing of it is kept.
 */
struct import_reader {
    const char *name;   /* --format */
    const char *kind;   /* "opportunities", "organisations" */
    const char *source; /* under which keys are kept; NULL: the reader says so itself */
    bool (*recognises)(const struct import_source *source);
    enum err (*read)(const struct import_source *source, struct import_sink *sink, str *problem);
};

/* All readers, ended by NULL; the first that recognises a file takes it. */
extern const struct import_reader *const import_readers[];
/* The reader of that kind and format; an empty format: the first that recognises it. */
const struct import_reader *import_reader_for(const struct import_source *source, str kind,
                                              str format);

/* ---- running an import ---- */

enum import_outcome { IMPORT_NEW, IMPORT_CHANGED, IMPORT_SAME };
#define IMPORT_FIRST 10

struct import_report {
    int64_t imported, updated, unchanged, failed, rows;
    int64_t kept; /* of the unchanged: edited here, while the source says something else */
    struct import_line {
        int64_t line;
        str text;
        bool rejected; /* else a note */
    } * lines;
    size_t line_count;
    /* The first rows that were taken, as they are now. */
    struct import_first {
        int64_t line;
        enum import_outcome outcome;
        str title; /* of an organisation: its name */
        str organisation;
        str summary;
        str place;
    } first[IMPORT_FIRST];
    size_t first_count;
};

struct import_job {
    struct app *app;
    struct tx *tx;
    int64_t city_id;
    int64_t account_id; /* who does it; 0: the command line */
    const struct import_reader *reader;
    struct import_source source;
    bool overwrite;                            /* what has been edited here, too */
    bool keep_days;                            /* confirmed days come from the file */
    bool again;                                /* another writer was faster: run it again */
    void (*progress)(void *ctx, int64_t rows); /* may be NULL */
    /* Of import_alone, in the transaction, before its commit; may be NULL. */
    void (*kept)(void *ctx, struct tx *tx, const struct import_report *report);
    void *ctx;
};

/* Runs within the given transaction, which the caller commits or rolls back. */
MUST_CHECK enum err import_run(const struct import_job *job, struct import_report *report,
                               str *problem);

/*
 * Runs the whole import in a transaction of its own, again where another writer was faster.
 * It is kept, or (a trial) only told what would happen. Anything but ERR_OK: nothing has
 * changed, and *problem says why. Fills job->tx; the calling thread must have no transaction.
 */
MUST_CHECK enum err import_alone(struct import_job *job, bool keep, struct import_report *report,
                                 str *problem);

/* "-12d" from today, or an ISO day, as the instant of its noon; 0 for anything else. */
int64_t import_day(str text);

#endif
