/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writing calendars (RFC 5545; reading is ics_in.h): lines end in CR LF and are folded at 75 octets
 * without cutting a character, texts are escaped, control characters are dropped. An event is on
 * whole days, or at German times, which the calendar then explains (VTIMEZONE).
 *
 *     struct ics ics = ics_new(&out, S("Ehrenamt in Lübeck"), true);
 *     ics_event(&ics, &event);
 *     ics_done(&ics);
 */
#ifndef WEB_ICS_H
#define WEB_ICS_H

#include "base/clock.h"
#include "base/out.h"

struct ics {
    struct out *out;
};

struct ics_event {
    str uid; /* of the whole world: "opportunity-7@ehrenamt.example" */
    int64_t changed;
    struct day from, to;  /* whole days, both inclusive; without `to` it is one day */
    int64_t begins, ends; /* instants; 0: whole days */
    str summary;
    str description;
    str place;
    str link;     /* absolute */
    str category; /* several: separated by commas */
    int64_t sequence;
    bool cancelled;
    str rule; /* RFC 5545, UNTIL as it belongs there; empty: once */
    /* Stands for the instance of a series that would begin then: a day or an instant. */
    struct day instead_on;
    int64_t instead_at;
};

/* `timed`: there will be events with instants. */
struct ics ics_new(struct out *out, str name, bool timed);
void ics_event(struct ics *ics, const struct ics_event *event);
void ics_done(struct ics *ics);

#endif
