/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Forms are tables. A table lists the fields of a struct with label, hint, type and bounds;
 * rq_form fills the struct from what somebody sent, and keeps errors and everything that
 * was typed. The same table draws the form (form.html) and documents the API.
 *
 *     struct opp_form { str title; int64_t fields; … };
 *     static const struct field opp_fields[] = {
 *         FIELD(struct opp_form, title, TEXT, opp.field.title, .max = 120, .required = true),
 *         {0},
 *     };
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "web/rq.h"
#include "web/text.h"
#include "web/vocab.h"

enum field_type {
    FIELD_TEXT,     /* str, one line */
    FIELD_LONG,     /* str, several lines */
    FIELD_MAIL,     /* str, folded to lower case */
    FIELD_PHONE,    /* str */
    FIELD_WEB,      /* str, http or https */
    FIELD_POSTCODE, /* str, five digits */
    FIELD_SECRET,   /* str, never shown again */
    FIELD_DAY,      /* str, ISO; typed as people write days */
    FIELD_INT,      /* int64_t within min…max */
    FIELD_DECIMAL,  /* int64_t, in tenths or hundredths (scale): "2,5" is 25 */
    FIELD_BOOL,     /* int64_t, 0 or 1; a checkbox */
    FIELD_CODE,     /* str, one code of the vocabulary */
    FIELD_BITS,     /* int64_t, bits of the vocabulary; checkboxes */
    FIELD_GRID,     /* int64_t, 7 x 4 bits; a table of checkboxes */
    FIELD_ACCESS,   /* int64_t, six answers; radio buttons, each must be answered */
    FIELD_COLOUR    /* str, "#rrggbb" */
};

struct field {
    const char *name;
    enum field_type type;
    enum msg label;
    enum msg hint; /* 0: none */
    size_t offset;
    bool required;
    int64_t min;
    int64_t max; /* of numbers, as stored; of texts: characters, 0 for 200 (one line) or 8000 */
    int scale;   /* of FIELD_DECIMAL: 10 or 100 */
    const struct vocab *vocab;
    const char *autocomplete;
};

#define FIELD(form, member, kind, text, ...)                                                    \
    {                                                                                           \
        .name = #member, .type = FIELD_##kind, .label = text, .offset = offsetof(form, member), \
        ##__VA_ARGS__                                                                           \
    }

/* Fills the form; false when something is wrong, with the errors in rq. Nothing is lost. */
bool rq_form(struct rq *rq, const struct field *fields, void *form);
/* What to show in a field: what was typed in this POST, else the form's value. */
str form_value(const struct rq *rq, const struct field *f, const void *form);
/* Whether a box of the field (a code, "1" of a FIELD_BOOL, "mo-morning") is ticked. */
bool form_ticked(const struct rq *rq, const struct field *f, const void *form, str code);
/* Whether the row with this id is the one chosen, for form_pick. */
bool form_picked(const struct rq *rq, const struct field *f, const void *form, int64_t id);
/* The same for one of the six questions of a FIELD_ACCESS; and the question's own name. */
bool form_access_ticked(const struct rq *rq, const struct field *f, const void *form, int question,
                        str answer);
str form_access_name(const struct rq *rq, const struct field *f, int question);
/* Field of that name; stops the process when the table has none. */
const struct field *form_field(const struct field *fields, const char *name);

bool mail_valid(str s);
/* In lower case, as accounts keep it. */
str mail_folded(struct arena *a, str s);

#endif
