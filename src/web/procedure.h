/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Procedures: everything that has states moves by one mechanism. A procedure is constant
 * data of a feature: its states, and its steps with who may take them, what guards them,
 * until when the next one is due, what comes of them and how they are called. The state
 * itself is in the record's own table; each step is kept as an event that nobody changes.
 *
 *     static const struct procedure_step steps[] = {
 *         { .verb = "submit", .from = "draft", .to = "submitted", .who = BY_PERSON | BY_LINK,
 *           .permission = PERM_opportunity_edit, .label = MSG_opp_step_submit,
 *           .past = MSG_opp_past_submit, .due_days = 7 },
 *         …
 *         { 0 },
 *     };
 *
 * procedure_step does, in the transaction of its caller: who, state and guard are checked,
 * the state is changed, event and audit line are written, the due day is set or cleared,
 * the effect runs. Of several people who take a step at once exactly one succeeds.
 * doc/decisions/0008-procedures.md says why it is so.
 */
#ifndef WEB_PROCEDURE_H
#define WEB_PROCEDURE_H

#include "opportunity.text.h"
#include "web.sql.h"
#include "web/follow_up.h"
#include "web/record.h"

struct feature;
struct notice;
struct procedure_at;
struct procedure_move;

/* Who takes a step; a step allows several. */
enum procedure_who {
    BY_PERSON = 1, /* somebody signed in who holds the step's permission */
    BY_LINK = 2,   /* whoever holds a mailed link to the record */
    BY_JOB = 4     /* the scheduler */
};

struct procedure_state {
    const char *code;
    enum msg label;
    bool starts; /* a record may begin here */
};

#define PROCEDURE_NOT_DUE (-1)

struct procedure_step {
    const char *verb;
    const char *from;           /* a state; "": it begins; "*": any */
    const char *to;             /* a state; NULL: it stays */
    unsigned who;               /* 0: never asked for, only recorded (procedure_record) */
    enum permission permission; /* of BY_PERSON, for the town or for the record's organisation */
    enum msg label;             /* on the button, in the imperative */
    enum msg past;              /* in the history: "veröffentlicht" */
    /*
     * Days until the next step is due. 0: a step that changes the state ends what was due,
     * one that stays leaves it; PROCEDURE_NOT_DUE ends it in any case.
     */
    int due_days;
    bool reason; /* a note must be given */
    bool apart;  /* has a form of its own, and no button among the others */
    /* 0: go on; else the words that say why not. Reads only: it also decides about buttons. */
    enum msg (*guard)(struct rq *rq, const struct procedure_at *at);
    /* What comes of it, in the same transaction: more columns, mails. */
    void (*effect)(struct rq *rq, struct tx *tx, const struct procedure_at *at);
};

struct procedure {
    const struct record_kind *record;
    const struct procedure_state *states; /* ended by {0} */
    const struct procedure_step *steps;   /* ended by {0} */
    /*
     * Changes the state if it is still `from`: true when one row was changed. NULL where no
     * step changes the state.
     */
    bool (*move)(struct tx *tx, const struct procedure_move *move);
};

struct procedure_move {
    int64_t city_id;
    int64_t id;
    str from;
    str to;
};

/* What guard and effect get to see. */
struct procedure_at {
    const struct procedure *procedure;
    const struct procedure_step *step;
    const struct record *record; /* before the step */
    enum procedure_who who;
    str note;
    const void *data; /* of the caller; NULL when only the buttons are asked for */
    int64_t event_id; /* in an effect: names the occasion */
};

/* ---- taking a step ---- */

struct procedure_ask {
    const struct procedure *procedure;
    int64_t id;
    str verb;
    enum procedure_who who; /* 0: BY_PERSON */
    str seen;               /* the state on the page that was acted on; empty: whichever it is */
    str note;
    const void *data;
};

/* What a form asks of the record in the address: `step` is the verb, `seen` the state it showed. */
struct procedure_ask procedure_asked(const struct rq *rq, const struct procedure *p);

enum procedure_result {
    PROCEDURE_DONE,
    PROCEDURE_ABSENT,    /* no such record in this town, or no such verb for somebody like that */
    PROCEDURE_FORBIDDEN, /* not by this person */
    PROCEDURE_CONFLICT,  /* the state is another one by now */
    PROCEDURE_REFUSED    /* the guard says no, or the reason is missing */
};

/*
 * One step, in the town of `rq` (in a job: of rq_outside) and at tx->now. On REFUSED *why is
 * the text that says why. Nothing is written unless it is DONE.
 */
enum procedure_result procedure_step(struct rq *rq, struct tx *tx, const struct procedure_ask *ask,
                                     enum msg *why);
/*
 * The same for a handler that has a page of its own for DONE and for REFUSED, whose reason is an
 * error of the request then; everything else is answered with a page.
 */
enum procedure_result procedure_try(struct rq *rq, struct tx *tx, const struct procedure_ask *ask);
/* The same for a handler: what is not DONE is answered with a page; true: go on. */
bool procedure_take(struct rq *rq, struct tx *tx, const struct procedure_ask *ask);

/*
 * Keeps an event of something that is no question: a record that began, in any state (from
 * empty), or that was changed (both empty). The verb must be in the table. The id of the event.
 */
struct procedure_entry {
    const struct procedure *procedure;
    int64_t city_id;
    int64_t id;
    enum procedure_who who; /* 0: a person, when there is an account; else the program */
    int64_t account_id;
    str verb;
    str from;
    str to;
    str note;
};
int64_t procedure_record(struct tx *tx, const struct procedure_entry *entry);

/*
 * Queues a mail of a step: at most one to an address for each event, however often the
 * transaction is tried.
 */
void procedure_mail(struct tx *tx, int64_t city_id, const struct procedure_at *at,
                    const struct notice *notice);

/* A record is deleted: its events, due day and follow-ups go with it. */
void procedure_forget(struct tx *tx, int64_t city_id, const struct record *record);

/* ---- showing ---- */

struct procedure_choice {
    const struct procedure_step *step;
    enum msg why_not; /* of its guard; 0: it can be taken */
};
struct procedure_choices {
    const struct procedure_choice *v;
    size_t n;
};
/* The steps that the person of this request, or the holder of a link, may take now. */
struct procedure_choices procedure_choices(struct rq *rq, const struct procedure *p,
                                           const struct record *record, enum procedure_who who);

/* Why a record is due, in words: what happened, or the state that it came to. */
str procedure_due_text(const struct rq *rq, const struct procedure *p, const struct record *record,
                       str verb);

/* What happened to a record, the newest first; for @call procedure_timeline. */
struct event_row_rows procedure_history(struct rq *rq, const struct record_kind *kind, int64_t id);
/* A line of it in words, and who did it. */
str procedure_event_text(const struct rq *rq, const struct procedure *p, const struct event_row *e);
/* An action of the audit trail, "opportunity.publish", in words; empty when it is no step. */
str procedure_action_text(const struct rq *rq, str action);
str procedure_event_by(const struct rq *rq, const struct event_row *e);
str procedure_state_label(const struct rq *rq, const struct procedure *p, str state);
/* The state to which a record's events lead (the newest first, as above). */
str procedure_replay(struct event_row_rows events);

/*
 * Everything that the page of a record shows of it in the office: for procedure_buttons,
 * follow_ups and procedure_timeline (procedure.html).
 */
struct procedure_view {
    const struct procedure *procedure;
    struct record record;
    struct procedure_choices choices;
    struct event_row_rows events;
    struct follow_up_row_rows follow_ups;
};
/* False when there is no such record. */
bool procedure_view(struct rq *rq, const struct procedure *p, int64_t id,
                    struct procedure_view *view);

/* The procedure of a kind of record; NULL when it has none. */
const struct procedure *procedure_find(const struct app *app, str kind);

/* ---- people ---- */

void procedure_person_erase(struct tx *tx, int64_t account_id);

/* ---- at start ---- */

/*
 * Looks at the tables of all features: unknown and unreachable states, two steps for one verb,
 * missing texts. False, with a log line for each problem, when something is wrong.
 */
bool procedure_check(const struct feature *const *features);

#endif
