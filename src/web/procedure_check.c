/* SPDX-License-Identifier: EUPL-1.2 */
/* The tables of procedures, looked at once at start: a fault is one of the programmer. */
#include "base/log.h"
#include "web/feature.h"
#include "web/procedure.h"

#define STATES_MOST 64

static bool complain(const struct procedure *p, const char *what, const char *problem)
{
    log_event(LOG_ERROR, "procedure.table",
              { "kind", str_from_c(p->record ? p->record->name : "") }, { "at", str_from_c(what) },
              { "problem", str_from_c(problem) });
    return false;
}

static bool same(const char *a, const char *b)
{
    return str_eq(str_from_c(a), str_from_c(b));
}

/* The number of a state; -1: there is none of that code. */
static int state_of(const struct procedure *p, const char *code)
{
    for (int i = 0; p->states[i].code; i++)
        if (same(p->states[i].code, code))
            return i;
    return -1;
}

static bool states_are_good(const struct procedure *p)
{
    bool good = true;
    bool starts = false;
    int n = 0;
    for (const struct procedure_state *s = p->states; s->code; s++, n++) {
        if (state_of(p, s->code) != n)
            good = complain(p, s->code, "two states have one code");
        if (!s->label)
            good = complain(p, s->code, "the state has no text");
        starts |= s->starts;
    }
    if (!starts)
        good = complain(p, "", "no state to begin in");
    if (n > STATES_MOST)
        good = complain(p, "", "too many states");
    return good;
}

static bool overlap(const struct procedure_step *a, const struct procedure_step *b)
{
    bool any = (same(a->from, "*") && b->from[0]) || (same(b->from, "*") && a->from[0]);
    return same(a->verb, b->verb) && (any || same(a->from, b->from));
}

static bool step_is_good(const struct procedure *p, const struct procedure_step *s)
{
    bool good = true;
    if (!s->from || (s->from[0] && !same(s->from, "*") && state_of(p, s->from) < 0))
        return complain(p, s->verb, "the step begins in a state that is not there");
    if (s->to && state_of(p, s->to) < 0)
        good = complain(p, s->verb, "the step leads to a state that is not there");
    if (s->to && !p->move)
        good = complain(p, s->verb, "the step changes the state, and nothing can");
    if (!s->past || (s->who & (BY_PERSON | BY_LINK) && !s->label))
        good = complain(p, s->verb, "the step has no text");
    for (const struct procedure_step *other = p->steps; other != s; other++)
        if (overlap(other, s))
            good = complain(p, s->verb, "two steps of one name begin in one state");
    return good;
}

/* Marks what one more round of steps reaches; false when nothing was new. */
static bool reach_further(const struct procedure *p, uint64_t *reached)
{
    uint64_t before = *reached;
    for (const struct procedure_step *s = p->steps; s->verb; s++) {
        int from = state_of(p, s->from);
        bool here = same(s->from, "*") || (from >= 0 && *reached >> from & 1);
        if (s->to && here)
            *reached |= UINT64_C(1) << state_of(p, s->to);
    }
    return *reached != before;
}

static bool all_are_reached(const struct procedure *p)
{
    uint64_t reached = 0;
    bool good = true;
    for (int i = 0; p->states[i].code; i++)
        if (p->states[i].starts)
            reached |= UINT64_C(1) << i;
    while (reach_further(p, &reached))
        continue;
    for (int i = 0; p->states[i].code; i++)
        if (!(reached >> i & 1))
            good = complain(p, p->states[i].code, "no way leads to the state");
    return good;
}

static bool is_good(const struct procedure *p)
{
    if (!p->record || !p->states || !p->steps)
        return complain(p, "", "it needs a kind of record, states and steps");
    bool good = states_are_good(p);
    for (const struct procedure_step *s = p->steps; s->verb; s++)
        good = step_is_good(p, s) && good;
    return good && all_are_reached(p);
}

static bool kind_is_good(const struct feature *const *features, const struct record_kind *kind)
{
    int found = 0;
    for (const struct feature *const *f = features; *f; f++)
        for (const struct record_kind *const *k = (*f)->records; k && *k; k++)
            found += same((*k)->name, kind->name);
    struct procedure p = { .record = kind };
    if (found != 1)
        return complain(&p, "", "a kind of record must be in one table of records, once");
    return (kind->label && kind->find) ||
           complain(&p, "", "the kind has no text or cannot be found");
}

bool procedure_check(const struct feature *const *features)
{
    bool good = true;
    for (const struct feature *const *f = features; *f; f++) {
        for (const struct record_kind *const *k = (*f)->records; k && *k; k++)
            good = kind_is_good(features, *k) && good;
        for (const struct procedure *const *p = (*f)->procedures; p && *p; p++)
            good = is_good(*p) && kind_is_good(features, (*p)->record) && good;
    }
    return good;
}
