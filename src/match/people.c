/* SPDX-License-Identifier: EUPL-1.2 */
/* The index of people as a whole: loading, changing, measuring. Neighbours: people_find.c, batch.c,
 * which read it. */
#include "match/crowd.h"

struct people_load {
    struct people *people;
    struct crowd_draft *draft;
    struct arena arena;
};

struct people *people_new(void)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct people *p = NEW(&arena, struct people);
    p->arena = arena;
    shelf_init(&p->shelf, snapshot_new(&people_parts, NULL));
    return p;
}

void people_free(struct people *p)
{
    shelf_free(&p->shelf);
    struct arena arena = p->arena;
    arena_free(&arena);
}

struct people_load *people_load_new(struct people *p)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct people_load *l = NEW(&arena, struct people_load);
    *l = (struct people_load){ .people = p, .draft = crowd_draft_new(), .arena = arena };
    return l;
}

void people_load_add(struct people_load *l, const struct person *person)
{
    crowd_draft_add(l->draft, person);
}

void people_load_end(struct people_load *l)
{
    struct snapshot *s = snapshot_new(&people_parts, NULL);
    struct crowd *c = crowd_new(l->draft);
    snapshot_add(s, c, c->n);
    shelf_replace(&l->people->shelf, s);
    struct arena arena = l->arena;
    arena_free(&arena);
    arena_trim();
}

void people_put(struct people *p, const struct person *person, size_t n)
{
    if (!n)
        return;
    struct snapshot *s = shelf_begin(&p->shelf);
    struct crowd_draft *d = crowd_draft_new();
    for (size_t i = 0; i < n; i++) {
        snapshot_erase(s, person[i].id);
        crowd_draft_add(d, &person[i]);
    }
    struct crowd *c = crowd_new(d);
    snapshot_add(s, c, c->n);
    snapshot_tidy(s);
    shelf_end(&p->shelf, s);
}

void people_erase(struct people *p, const int64_t *ids, size_t n)
{
    if (!n)
        return;
    struct snapshot *s = shelf_begin(&p->shelf);
    for (size_t i = 0; i < n; i++)
        snapshot_erase(s, ids[i]);
    snapshot_tidy(s);
    shelf_end(&p->shelf, s);
}

void people_compact(struct people *p)
{
    struct snapshot *s = shelf_begin(&p->shelf);
    snapshot_compact(s);
    shelf_end(&p->shelf, s);
}

struct people_stats people_stats(struct people *p)
{
    struct hold hold;
    const struct snapshot *s = snapshot_hold(&p->shelf, NULL, &hold);
    struct people_stats r = { .people = s->n_live, .parts = s->n_layers, .bytes = s->arena.used };
    for (uint32_t i = 0; i < s->n_layers; i++) {
        r.dead += s->layer[i].n_dead;
        r.bytes += s->layer[i].crowd->arena.used;
    }
    snapshot_release(&hold);
    return r;
}
