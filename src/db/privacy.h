/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the tables know about people: the form of what tool/sqlc makes of the .privacy files
 * (people.h, people.c). Retention, the register of processing, "my data" and erasure read
 * these tables, so that none of them has a list of its own that could forget something.
 */
#ifndef DB_PRIVACY_H
#define DB_PRIVACY_H

#include "db/stmt.h"

enum privacy_class {
    PRIVACY_PLAIN,     /* says nothing about a person */
    PRIVACY_NAME,      /* what somebody is called */
    PRIVACY_MAIL,      /* a mail address */
    PRIVACY_PHONE,     /* a telephone number */
    PRIVACY_TEXT,      /* free text: may tell anything */
    PRIVACY_ACCOUNT,   /* id of an account */
    PRIVACY_MARK,      /* a pseudonym: hash or HMAC */
    PRIVACY_SECRET,    /* a key, a token, a hash of one: never handed out */
    PRIVACY_SENSITIVE, /* as PRIVACY_TEXT, kept sealed */
    PRIVACY_CLASSES
};

/* Why it may be kept (Art. 6 (1) DSGVO), as bits: a table may have several. */
enum privacy_basis {
    BASIS_TASK = 1,    /* (e): the town's task */
    BASIS_CONSENT = 2, /* (a): the person agreed, and may take it back */
    BASIS_DUTY = 4,    /* (c): a law demands it */
};

/* Who gets to see it, as bits. */
enum privacy_to {
    TO_OFFICE = 1,  /* the town's office */
    TO_CONTACT = 2, /* the contact of an offer */
    TO_PUBLIC = 4,  /* everybody */
    TO_OPERATOR = 8 /* who runs the server */
};

struct privacy_column {
    const char *name;
    enum privacy_class of;
};

/* A class of retention: rows of a state, kept for so many German days after an instant. */
struct privacy_keep {
    const char *name; /* "interest.finished" */
    int days;
    const char *after; /* the column with the instant at which the time begins */
    const char *when;  /* the condition, as SQL; for readers */
    /* (:before, :most) -> id, city_id (0: no town's) of what is due; at most so many. */
    const struct stmt *due;
    /* (:before) -> city_id, n */
    const struct stmt *count;
};

enum person_by { PERSON_MAIL, PERSON_ACCOUNT, PERSON_MARK };

/* How rows belong to somebody. The parameter is the address, the account, the mark. */
struct privacy_person {
    enum person_by by;
    const struct stmt *rows; /* (:who) -> all that may be handed out */
    const struct stmt *ids;  /* (:who) -> id, city_id; NULL: goes with another table's row */
};

/* A name or a number that the person may correct: (:value, :who, :city). */
struct privacy_correct {
    const char *column;
    enum privacy_class of;
    const struct stmt *set;
};

/* A sealed column, for whoever seals all of it anew (web/seal.h). */
struct privacy_sealed {
    const char *place;        /* "concern_message.note" */
    const struct stmt *other; /* (:after, :like, :most) -> id, box of those that are not LIKE it */
    const struct stmt *set;   /* (:box, :id, :was) */
    const struct stmt *count; /* (:like) -> n of those that are LIKE it */
};

struct privacy_table {
    const char *name;
    const char *feature;
    const char *activity;                 /* a processing activity of the register */
    unsigned basis;                       /* bits of enum privacy_basis */
    unsigned to;                          /* bits of enum privacy_to */
    const struct privacy_column *columns; /* ended by {0}, as all lists here */
    const struct privacy_keep *keeps;
    const char *with;   /* goes with the rows of that table; NULL: by itself */
    const char *always; /* why it is kept for good; NULL: it is not */
    const struct privacy_person *people;
    const struct privacy_correct *corrects;
    const struct privacy_sealed *sealed;
    const struct stmt *erase; /* (:id); NULL: by its feature (struct feature.erasures) */
    const struct stmt *all;   /* (:after, :most) -> id, city_id; NULL: nobody's */
};

#endif
