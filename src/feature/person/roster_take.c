/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A whole list in one transaction. A row is found again by list and key, so that the same list
 * taken twice changes nothing; what somebody edited here stays. Who may be known already is only
 * taken when somebody has decided: as new, or into that record, where it fills what is empty. A
 * consent of a list never replaces what the ledger says about that purpose.
 */
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "feature/exchange/exchange.h"
#include "feature/person/pages.h"
#include "feature/person/roster.h"
#include "feature/person/store.h"
#include "feature/person/twin.h"
#include "person.text.h"
#include "web/app.h"
#include "web/city.h"

/* How often it begins anew when other writers are faster (PostgreSQL). */
#define TRIES 3
/* So many lines are kept for the page beside those that need somebody. */
#define FIRST 10
/* A page names this many lines; the counts are always complete. */
#define LINES_MOST 5000

struct taking {
    struct roster *roster;
    struct rq rq; /* in the words of the page, inside the transaction */
    struct tx *tx;
    struct arena *arena; /* of the whole list */
    struct person_crowd *crowd;
    struct map keys;  /* of this list, to the line that has it */
    struct map names; /* name and address or number, too */
    int64_t shown;
};

static const str codes[] = {
    [ROSTER_NEW] = STR_INIT("new"),       [ROSTER_CHANGED] = STR_INIT("changed"),
    [ROSTER_SAME] = STR_INIT("same"),     [ROSTER_KEPT] = STR_INIT("kept"),
    [ROSTER_ALIKE] = STR_INIT("alike"),   [ROSTER_LEFT] = STR_INIT("left"),
    [ROSTER_FAILED] = STR_INIT("failed"),
};

str roster_outcome_code(enum roster_outcome outcome)
{
    return codes[outcome];
}

enum roster_outcome roster_outcome_of(str code)
{
    for (enum roster_outcome i = 0; i < ROSTER_OUTCOMES; i++)
        if (str_eq(codes[i], code))
            return i;
    return ROSTER_FAILED;
}

str roster_source(struct arena *a, str name)
{
    str word = utf8_slug(a, name, 30);
    return word.n ? str_fmt(a, "liste-%.*s", STR_FMT(word)) : S("");
}

/* ---- what is said ---- */

/* Its texts are copied. */
static void say(struct taking *t, const struct roster_line *line)
{
    struct roster *r = t->roster;
    bool quiet = !line->text.n && (line->outcome == ROSTER_NEW || line->outcome == ROSTER_CHANGED ||
                                   line->outcome == ROSTER_SAME);
    r->counts[line->outcome]++;
    if (r->lines.n >= LINES_MOST || (quiet && (line->outcome == ROSTER_SAME || t->shown >= FIRST)))
        return;
    t->shown += quiet;
    *vec_add(t->arena, &r->lines) =
        (struct roster_line){ line->line, line->outcome, str_copy(t->arena, line->name),
                              str_copy(t->arena, line->text), str_copy(t->arena, line->others) };
}

static void say_row(struct taking *t, struct roster_row *row, enum roster_outcome outcome)
{
    say(t, &(struct roster_line){ .line = row->line,
                                  .outcome = outcome,
                                  .name = row->form.name,
                                  .text = out_text(&row->notes),
                                  .others = S("") });
}

static void add_note(struct roster_row *row, str sentence)
{
    if (row->notes.n)
        out_char(&row->notes, ' ');
    out_str(&row->notes, sentence);
}

static void refuse(struct taking *t, const struct roster_row *row, str why)
{
    say(t, &(struct roster_line){ .line = row->line,
                                  .outcome = ROSTER_FAILED,
                                  .name = row->form.name,
                                  .text = why,
                                  .others = S("") });
}

/* A row that is none. */
static void reject(void *ctx, int64_t line, str reason)
{
    struct taking *t = ctx;
    struct roster_row row = { .line = line, .form = { .name = S("") } };
    refuse(t, &row, import_said(&t->rq, reason));
}

static void note_line(void *ctx, int64_t line, str text)
{
    (void)ctx; /* characters that are no UTF-8: the text of the row shows them */
    (void)line;
    (void)text;
}

/* ---- consents ---- */

static bool in_ledger(const struct person_consent_rows *ledger, str purpose)
{
    for (size_t i = 0; i < ledger->n; i++)
        if (str_eq(ledger->v[i].purpose, purpose))
            return true;
    return false;
}

/* The words that the ledger keeps: not ours, which nobody has seen, but where it is written. */
static str words_of(struct taking *t, str purpose)
{
    struct rq *rq = &t->rq;
    str label = text_of(rq, person_purpose_label(purpose));
    return t_person_roster_consent(rq, label, t->roster->name,
                                   day_iso(rq->arena, clock_local(t->tx->now).day));
}

/* Whether the row gave a consent that the ledger had nothing of; of a new person it has nothing. */
static bool take_consents(struct taking *t, const struct roster_row *row, int64_t id, bool fresh)
{
    struct person_consent_rows ledger = { .n = 0 };
    bool any = false;
    if (!fresh)
        ledger = person_consents(&t->tx->db, t->rq.city->id, id);
    for (size_t i = 0; i < ROSTER_CONSENTS; i++) {
        int64_t at = row->agreed[i];
        if (!at && i == 0 && t->roster->assured)
            at = t->tx->now;
        if (!at || in_ledger(&ledger, person_purposes[i]))
            continue;
        person_agree(&t->rq, t->tx,
                     &(struct person_consent_given){ .person_id = id,
                                                     .mail = row->form.mail,
                                                     .purpose = person_purposes[i],
                                                     .channel = S("import"),
                                                     .words = words_of(t, person_purposes[i]),
                                                     .given_at = at });
        any = true;
    }
    return any;
}

/* ---- known by its key ---- */

static struct person_arrival arrival_of(const struct taking *t, const struct roster_row *row)
{
    return (struct person_arrival){ .city_id = t->rq.city->id,
                                    .source = t->roster->source,
                                    .ref = row->ref,
                                    .account_id = t->rq.who.account_id };
}

static void take_known(struct taking *t, struct roster_row *row, const struct person_ref_row *known)
{
    struct person_arrival arrival = arrival_of(t, row);
    if (known->merged_into.has) {
        add_note(row, t_person_roster_said_merged(&t->rq));
        say_row(t, row, ROSTER_SAME);
        return;
    }
    bool same = str_eq(known->content_hash, person_hash(t->rq.arena, &row->form));
    if (!same && known->edited_at) {
        add_note(row, t_person_roster_said_kept(&t->rq));
        say_row(t, row, ROSTER_KEPT);
        return;
    }
    if (!same)
        person_save(t->tx, known->id, &arrival, &row->form);
    bool agreed = take_consents(t, row, known->id, false);
    say_row(t, row, same && !agreed ? ROSTER_SAME : ROSTER_CHANGED);
}

/* ---- perhaps known ---- */

#define FILL(member)                       \
    if (!to->member.n && from->member.n) { \
        to->member = from->member;         \
        any = true;                        \
    }
#define FILL_NUMBER(member)            \
    if (!to->member && from->member) { \
        to->member = from->member;     \
        any = true;                    \
    }

/* What the record does not say is taken from the row; whether there was anything. */
static bool fill(struct person_form *to, const struct person_form *from)
{
    bool any = false;
    bool age = to->birth_year || to->age_band.n;
    FILL(pronoun)
    FILL(gender)
    FILL(employment)
    FILL(guardian)
    FILL(mail)
    FILL(phone)
    FILL(channel)
    FILL(street)
    FILL(languages)
    FILL(skills)
    FILL(experience)
    FILL(motivation)
    FILL(starts_on)
    FILL(ends_on)
    FILL(heard_from)
    FILL_NUMBER(hours_week)
    FILL_NUMBER(grid)
    FILL_NUMBER(mobility)
    if (!age)
        FILL_NUMBER(birth_year)
    return any;
}

/* Where somebody lives and what they would like are taken as a whole or not at all. */
static bool fill_groups(struct person_form *to, const struct person_form *from)
{
    bool any = false;
    if (!to->postcode.n && !to->place.n && !to->district.n &&
        (from->postcode.n || from->place.n || from->district.n)) {
        to->postcode = from->postcode;
        to->place = from->place;
        to->district = from->district;
        to->lat = from->lat;
        to->lon = from->lon;
        to->geo_from = from->geo_from;
        any = true;
    }
    if (!(to->like_fields | to->like_kinds | to->like_targets | to->rather_not_fields |
          to->rather_not_kinds | to->rather_not_targets | to->never_fields | to->never_kinds |
          to->never_targets)) {
        any = any || (from->like_fields | from->like_kinds | from->like_targets |
                      from->rather_not_fields | from->rather_not_kinds | from->rather_not_targets |
                      from->never_fields | from->never_kinds | from->never_targets);
        to->like_fields = from->like_fields;
        to->like_kinds = from->like_kinds;
        to->like_targets = from->like_targets;
        to->rather_not_fields = from->rather_not_fields;
        to->rather_not_kinds = from->rather_not_kinds;
        to->rather_not_targets = from->rather_not_targets;
        to->never_fields = from->never_fields;
        to->never_kinds = from->never_kinds;
        to->never_targets = from->never_targets;
    }
    return any;
}

/* Whether the row would add anything to that record; *filled is the record with it. */
static bool adds(const struct person_row *p, const struct roster_row *row,
                 struct person_form *filled)
{
    *filled = person_said(p);
    bool some = fill(filled, &row->form);
    return fill_groups(filled, &row->form) || some;
}

static void take_into(struct taking *t, struct roster_row *row, int64_t id)
{
    struct person_form filled;
    struct person_arrival arrival = { .city_id = t->rq.city->id,
                                      .account_id = t->rq.who.account_id };
    const struct person_row *p = person_find(&t->tx->db, t->rq.city->id, id);
    if (!p || !person_open(p)) {
        refuse(t, row, t_person_roster_said_gone(&t->rq));
        return;
    }
    bool more = adds(p, row, &filled);
    if (more)
        person_save(t->tx, id, &arrival, &filled);
    bool agreed = take_consents(t, row, id, false);
    say_row(t, row, more || agreed ? ROSTER_CHANGED : ROSTER_SAME);
}

/* Certainly this person, to whom the row adds nothing: there is nothing to decide. */
static bool says_nothing_new(struct taking *t, const struct roster_row *row,
                             const struct person_like *like)
{
    struct person_form filled;
    if (!(like->reasons & SAME_NAME) || !(like->reasons & (SAME_MAIL | SAME_PHONE)))
        return false;
    const struct person_row *p = person_find(&t->tx->db, t->rq.city->id, like->row->id);
    struct person_consent_rows ledger = person_consents(&t->tx->db, t->rq.city->id, like->row->id);
    for (size_t i = 0; i < ROSTER_CONSENTS; i++)
        if (row->agreed[i] && !in_ledger(&ledger, person_purposes[i]))
            return false;
    return p && !adds(p, row, &filled);
}

static void ask_about(struct taking *t, struct roster_row *row, const struct person_likes *likes)
{
    struct out o = out_new(t->rq.arena, 0);
    for (size_t i = 0; i < likes->n; i++)
        out_fmt(&o, "%s%lld %lld", i ? " " : "", (long long)likes->v[i].row->id,
                (long long)likes->v[i].reasons);
    say(t, &(struct roster_line){ .line = row->line,
                                  .outcome = ROSTER_ALIKE,
                                  .name = row->form.name,
                                  .text = out_text(&row->notes),
                                  .others = out_text(&o) });
}

static const struct roster_choice *choice_of(const struct roster *r, int64_t line)
{
    for (size_t i = 0; i < r->choice_count; i++)
        if (r->choices[i].line == line)
            return &r->choices[i];
    return NULL;
}

static void take_new(struct taking *t, struct roster_row *row)
{
    struct person_arrival arrival = arrival_of(t, row);
    int64_t id = person_new(t->tx, &arrival, &row->form);
    take_consents(t, row, id, true);
    say_row(t, row, ROSTER_NEW);
}

static void take_unknown(struct taking *t, struct roster_row *row)
{
    struct person_likes likes;
    const struct roster_choice *choice = choice_of(t->roster, row->line);
    person_crowd_alike(t->crowd, &row->form, &likes);
    if (choice && str_eq(choice->choice, S("leave")))
        say_row(t, row, ROSTER_LEFT);
    else if (choice && str_eq(choice->choice, S("take")))
        take_into(t, row, choice->person_id);
    else if (choice || !likes.n || t->roster->all_new)
        take_new(t, row);
    else if (says_nothing_new(t, row, &likes.v[0]))
        say_row(t, row, ROSTER_SAME);
    else
        ask_about(t, row, &likes);
}

/* ---- a row ---- */

/* The line of this list that had the key already; 0: none had. */
static uint64_t had(struct map *seen, str key, int64_t line)
{
    const uint64_t *before = map_find(seen, key);
    if (before)
        return *before;
    *map_put(seen, str_copy(seen->arena, key)) = (uint64_t)line;
    return 0;
}

/* Two rows of one list may be the same person; both are taken, and it is said. */
static void note_twin(struct taking *t, struct roster_row *row)
{
    struct arena *a = t->rq.arena;
    const struct person_form *f = &row->form;
    const str ways[] = { f->mail, person_digits(a, f->phone) };
    for (size_t i = 0; i < 2; i++) {
        str key = str_fmt(a, "%.*s\n%.*s", STR_FMT(utf8_fold(a, f->name)), STR_FMT(ways[i]));
        uint64_t before = ways[i].n ? had(&t->names, key, row->line) : 0;
        if (before && before != (uint64_t)row->line) {
            add_note(row, t_person_roster_said_twin(&t->rq, (int64_t)before));
            return;
        }
    }
}

static void take(void *ctx, const struct cells *cells, int64_t line)
{
    struct taking *t = ctx;
    struct arena_mark mark = arena_mark(t->rq.arena);
    struct roster_row row = { .line = line };
    roster_read(&t->rq, &t->roster->columns, cells, &row);
    uint64_t before = row.refused.n ? 0 : had(&t->keys, row.ref, line);
    if (before)
        row.refused = t_person_roster_said_key_twice(&t->rq, (int64_t)before);
    if (!row.refused.n && !row.agreed[0] && !t->roster->assured)
        row.refused = t_person_roster_said_not_agreed(&t->rq);
    if (row.refused.n) {
        refuse(t, &row, row.refused);
    } else {
        note_twin(t, &row);
        const struct person_ref_row *known =
            person_by_ref(&t->tx->db, t->rq.city->id, t->roster->source, row.ref);
        if (known)
            take_known(t, &row, known);
        else
            take_unknown(t, &row);
    }
    arena_rewind(t->rq.arena, mark);
}

/* ---- the list ---- */

static enum err take_all(struct taking *t)
{
    struct roster *r = t->roster;
    struct rows rows = { .each = take, .reject = reject, .note = note_line, .ctx = t };
    FILE *file = r->bytes.n ? fmemopen((void *)(uintptr_t)r->bytes.p, r->bytes.n, "rb") : NULL;
    if (!file) {
        r->problem = S("the file contains NUL bytes: it is no text");
        return ERR_INVALID;
    }
    enum err e = rows_read(t->arena, file, &rows, &r->problem);
    fclose(file);
    return e == ERR_OK ? t->tx->db.err : e;
}

static enum err finish(struct taking *t, bool keep, enum err e)
{
    if (e != ERR_OK || !keep) {
        tx_rollback(t->tx);
        return e;
    }
    if (t->roster->kept)
        t->roster->kept(t->roster, t->tx);
    return tx_commit(t->tx);
}

/* In a transaction and memory of its own; *again: another writer was faster. */
static enum err take_once(struct roster *r, bool keep, bool *again)
{
    struct tx tx;
    struct arena rows; /* emptied row by row, but for what the town has */
    arena_init(&rows, 0);
    enum err e = tx_begin_alone(r->rq->app->store, &rows, &tx);
    *again = false;
    if (e == ERR_OK) {
        struct taking t = { .roster = r, .tx = &tx, .arena = r->rq->arena };
        t.rq = rq_outside(r->rq->app, &tx.db, r->rq->cities, r->rq->city);
        t.rq.lang = r->rq->lang;
        t.rq.who = r->rq->who;
        t.keys = map_new(t.arena);
        t.names = map_new(t.arena);
        t.crowd = person_crowd_new(&tx.db, r->rq->city->id);
        e = finish(&t, keep, take_all(&t));
        *again = tx.db.again;
    }
    arena_free(&rows);
    return e;
}

enum err roster_take(struct roster *r, bool keep)
{
    struct arena_hold hold = arena_hold(r->rq->arena); /* nothing may unwind from here */
    enum err e = ERR_OK;
    bool again = true;
    for (int i = 0; i < TRIES && again; i++) {
        for (size_t k = 0; k < ROSTER_OUTCOMES; k++)
            r->counts[k] = 0;
        r->lines.n = 0;
        e = take_once(r, keep, &again);
        if (e == ERR_OK)
            break;
    }
    arena_release(r->rq->arena, hold);
    return e;
}
