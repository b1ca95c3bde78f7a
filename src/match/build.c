/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Indexing. While offers come in, each is reduced to its row and to (word, weight) pairs; at the
 * end each different word is taken apart once, words become terms, and the terms of every offer
 * get their impact.
 */
#include "match/build.h"

#include <pthread.h>

#include "base/err.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "match/compound.h"
#include "match/text.h"

const uint8_t build_piece_weight[MATCH_PIECES] = {
    [MATCH_TITLE] = 8,    [MATCH_SUMMARY] = 3, [MATCH_KEYWORDS] = 3,
    [MATCH_ORG_NAME] = 1, [MATCH_BODY] = 1,
};

/* A word must occur in this many offers before it counts as part of compounds. */
#define LEARN_OFFERS 3
/* Fewer words are taken apart before a second thread has begun. */
#define WORDS_ALONE 2000

/* BM25 with k1 = 1.2, b = 0.4 and a fixed usual length of 150 words; weights are in eighths. */
#define IMPACT_SCALE 150u
#define IMPACT_BASE  864u /* 8 * 1.2 * (1 - 0.4) * 150 */
#define IMPACT_WORD  4u   /* 8 * 1.2 * 0.4, rounded up */

struct doc {
    struct row row;
    uint32_t first;  /* in pairs */
    uint32_t count;  /* of pairs */
    uint32_t length; /* words */
};

struct pair {
    uint32_t word;
    uint32_t weight;
};

/* Few bytes, for this table is what adding words waits for. */
struct word_slot {
    uint32_t hash;
    uint32_t number; /* of the word, +1; 0: free */
};

#define SLOTS_MIN 512

struct build {
    struct arena arena;
    struct arena text;       /* of the offer being added */
    struct arena terms;      /* of the words taken apart */
    struct arena other;      /* of the second thread */
    struct word_slot *slots; /* of words by their hash: open addressing, at most half full */
    size_t slot_mask;
    struct {
        str *v;
        size_t n, cap;
    } words;
    str *stems; /* by word, the first n_stems */
    size_t n_stems;
    struct {
        uint32_t *v; /* by word: offers that have it */
        size_t n, cap;
    } offers;
    struct {
        uint32_t *v; /* by word: its pair in the offer being added, +1 */
        size_t n, cap;
    } seen;
    struct {
        struct pair *v;
        size_t n, cap;
    } pairs;
    struct {
        struct doc *v;
        size_t n, cap;
    } docs;
};

struct build *build_new(void)
{
    struct arena arena;
    arena_init(&arena, 0);
    struct build *b = NEW(&arena, struct build);
    b->arena = arena;
    arena_init(&b->text, 0);
    arena_init(&b->other, 0);
    b->slots = NEW_ARRAY(&b->arena, SLOTS_MIN, struct word_slot);
    b->slot_mask = SLOTS_MIN - 1;
    return b;
}

static struct word_slot *slot_of(const struct build *b, str word, uint32_t hash)
{
    size_t i = hash & b->slot_mask;
    for (; b->slots[i].number; i = (i + 1) & b->slot_mask)
        if (b->slots[i].hash == hash && str_eq(b->words.v[b->slots[i].number - 1], word))
            break;
    return &b->slots[i];
}

static void grow_slots(struct build *b)
{
    const struct word_slot *old = b->slots;
    size_t n = b->slot_mask + 1;
    b->slots = NEW_ARRAY(&b->arena, n * 2, struct word_slot);
    b->slot_mask = n * 2 - 1;
    for (size_t k = 0; k < n; k++) {
        size_t i = old[k].hash & b->slot_mask;
        while (old[k].number && b->slots[i].number)
            i = (i + 1) & b->slot_mask;
        if (old[k].number)
            b->slots[i] = old[k];
    }
}

static uint32_t number_of(struct build *b, str word)
{
    uint32_t hash = (uint32_t)str_hash(word);
    struct word_slot *slot = slot_of(b, word, hash);
    if (slot->number)
        return slot->number - 1;
    must(b->words.n < UINT32_MAX - 1);
    *vec_add(&b->arena, &b->words) = str_copy(&b->arena, word);
    *vec_add(&b->arena, &b->offers) = 0;
    *vec_add(&b->arena, &b->seen) = 0;
    *slot = (struct word_slot){ hash, (uint32_t)b->words.n };
    if (b->words.n * 2 > b->slot_mask)
        grow_slots(b);
    return (uint32_t)(b->words.n - 1);
}

static void add_word(struct build *b, struct doc *d, str word, uint32_t weight)
{
    uint32_t n = number_of(b, word);
    if (!b->seen.v[n]) {
        must(b->pairs.n < UINT32_MAX);
        *vec_add(&b->arena, &b->pairs) = (struct pair){ n, 0 };
        b->seen.v[n] = (uint32_t)(b->pairs.n - d->first);
        b->offers.v[n]++;
    }
    b->pairs.v[d->first + b->seen.v[n] - 1].weight += weight;
    d->length++;
}

void build_add(struct build *b, const struct match_offer *o)
{
    struct doc d = { .row = row_from_offer(o), .first = (uint32_t)b->pairs.n };
    struct arena_mark mark = arena_mark(&b->text);
    for (enum match_piece k = 0; k < MATCH_PIECES; k++) {
        str folded = utf8_fold(&b->text, o->text[k]);
        for (str word; text_next(&folded, &word);)
            add_word(b, &d, word, build_piece_weight[k]);
    }
    arena_rewind(&b->text, mark);
    d.count = (uint32_t)b->pairs.n - d.first;
    for (uint32_t i = 0; i < d.count; i++)
        b->seen.v[b->pairs.v[d.first + i].word] = 0;
    *vec_add(&b->arena, &b->docs) = d;
}

/* ---- work on all words, by two threads ---- */

struct helper {
    void (*work)(void *half);
    void *half;
};

static void *help(void *ctx)
{
    const struct helper *h = ctx;
    h->work(h->half);
    arena_thread_end();
    return NULL;
}

/* With many words a second thread does the other half. */
static void by_two(const struct build *b, void (*work)(void *), void *half, void *other)
{
    struct helper helper = { work, other };
    pthread_t thread;
    bool both = b->words.n >= WORDS_ALONE && !pthread_create(&thread, NULL, help, &helper);
    work(half);
    if (both)
        pthread_join(thread, NULL);
    else
        work(other);
}

struct stemming {
    const struct build *build;
    struct arena *arena;
    size_t from, to;
};

static void take_stems(void *ctx)
{
    const struct stemming *s = ctx;
    char buf[STEM_MAX];
    for (size_t w = s->from; w < s->to; w++)
        s->build->stems[w] = str_copy(s->arena, stem(s->build->words.v[w], buf));
}

/* Once no more words come. */
static void need_stems(struct build *b)
{
    size_t n = b->words.n, half = n / 2;
    if (b->n_stems == n)
        return;
    b->stems = NEW_ROOM(&b->arena, n, str);
    by_two(b, take_stems, &(struct stemming){ b, &b->arena, 0, half },
           &(struct stemming){ b, &b->other, half, n });
    b->n_stems = n;
}

void build_teach(struct build *b, struct lexicon *l)
{
    need_stems(b);
    for (size_t w = 0; w < b->words.n; w++)
        if (b->offers.v[w] >= LEARN_OFFERS)
            lexicon_learn(l, b->words.v[w], b->stems[w]);
}

uint8_t build_impact(uint32_t weight, uint32_t words)
{
    uint64_t scaled = (uint64_t)weight * IMPACT_SCALE;
    uint64_t share = 255 * scaled / (scaled + IMPACT_BASE + (uint64_t)IMPACT_WORD * words);
    return (uint8_t)(share ? share : 1);
}

/* Words taken apart: the terms of word w are shares[at[w]] … shares[at[w + 1] - 1]. */
struct share {
    uint32_t term;
    uint32_t eighths;
};
struct vocabulary {
    uint32_t *at;
    struct {
        struct share *v;
        size_t n, cap;
    } shares;
    struct {
        str *v;
        size_t n, cap;
    } names;
};

struct named {
    uint64_t first; /* eight bytes of the name in the order of bytes: most differ there */
    str name;
    uint32_t number;
};

static uint64_t first_bytes(str name)
{
    uint64_t first = 0;
    for (size_t i = 0; i < 8; i++)
        first = first << 8 | (i < name.n ? (unsigned char)name.p[i] : 0);
    return first;
}

static int compare_named(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return str_cmp(x->name, y->name);
}

/* Gives terms their final numbers, which follow the order of their names. */
static void sort_terms(struct build *b, struct vocabulary *v)
{
    struct named *sorted = NEW_ARRAY(&b->arena, v->names.n, struct named);
    for (uint32_t t = 0; t < v->names.n; t++)
        sorted[t] = (struct named){ first_bytes(v->names.v[t]), v->names.v[t], t };
    qsort(sorted, v->names.n, sizeof *sorted, compare_named);
    uint32_t *final = NEW_ARRAY(&b->arena, v->names.n, uint32_t);
    for (uint32_t t = 0; t < v->names.n; t++) {
        final[sorted[t].number] = t;
        v->names.v[t] = sorted[t].name;
    }
    for (size_t i = 0; i < v->shares.n; i++)
        v->shares.v[i].term = final[v->shares.v[i].term];
}

/* Some of the words, taken apart by one thread; terms have numbers of their own. */
struct slice {
    const struct build *build;
    const struct lexicon *lexicon;
    size_t from, to;
    struct arena arena;
    struct map terms;
    struct vocabulary v;
};

static uint32_t term_number(struct slice *s, str name)
{
    uint64_t *known = map_find(&s->terms, name);
    if (known)
        return (uint32_t)*known;
    str kept = str_copy(&s->arena, name);
    *map_put(&s->terms, kept) = s->v.names.n;
    *vec_add(&s->arena, &s->v.names) = kept;
    return (uint32_t)(s->v.names.n - 1);
}

static void take_slice(void *ctx)
{
    struct slice *s = ctx;
    s->terms = map_new(&s->arena);
    s->v.at = NEW_ARRAY(&s->arena, s->to - s->from + 1, uint32_t);
    for (size_t w = s->from; w < s->to; w++) {
        struct analysis r;
        analyse(s->lexicon, s->build->words.v[w], s->build->stems[w], &r);
        for (size_t i = 0; i < r.n; i++)
            *vec_add(&s->arena, &s->v.shares) =
                (struct share){ term_number(s, r.term[i]), r.share[i] };
        s->v.at[w - s->from + 1] = (uint32_t)s->v.shares.n;
    }
}

/* Adds what another slice has found, under the numbers of `all`. */
static void join_slice(struct slice *all, const struct slice *s)
{
    uint32_t *number = NEW_ROOM(&all->arena, s->v.names.n, uint32_t);
    uint32_t shares = (uint32_t)all->v.shares.n;
    for (size_t t = 0; t < s->v.names.n; t++)
        number[t] = term_number(all, s->v.names.v[t]);
    for (size_t i = 0; i < s->v.shares.n; i++)
        *vec_add(&all->arena, &all->v.shares) =
            (struct share){ number[s->v.shares.v[i].term], s->v.shares.v[i].eighths };
    for (size_t w = s->from; w < s->to; w++)
        all->v.at[w + 1] = shares + s->v.at[w - s->from + 1];
}

static struct vocabulary take_apart(struct build *b, const struct lexicon *l)
{
    size_t half = b->words.n / 2;
    struct slice all = { .build = b, .lexicon = l, .to = half };
    struct slice rest = { .build = b, .lexicon = l, .from = half, .to = b->words.n };
    arena_init(&all.arena, 0);
    arena_init(&rest.arena, 0);
    need_stems(b);
    by_two(b, take_slice, &all, &rest);
    uint32_t *at = NEW_ARRAY(&b->arena, b->words.n + 1, uint32_t);
    memcpy(at, all.v.at, (half + 1) * sizeof *at);
    all.v.at = at;
    join_slice(&all, &rest);
    arena_free(&rest.arena);
    b->terms = all.arena;
    sort_terms(b, &all.v);
    return all.v;
}

struct terms_out {
    struct {
        uint32_t *v;
        size_t n, cap;
    } term;
    struct {
        uint8_t *v;
        size_t n, cap;
    } impact;
    uint32_t *weight; /* by term, zero between offers */
    uint32_t *used;   /* offers that have the term */
};

static void put_terms(struct build *b, const struct vocabulary *v, const struct doc *d,
                      struct terms_out *o)
{
    size_t first = o->term.n;
    for (uint32_t i = 0; i < d->count; i++) {
        struct pair pair = b->pairs.v[d->first + i];
        for (uint32_t s = v->at[pair.word]; s < v->at[pair.word + 1]; s++) {
            struct share share = v->shares.v[s];
            if (!o->weight[share.term])
                *vec_add(&b->arena, &o->term) = share.term;
            o->weight[share.term] += pair.weight * share.eighths;
        }
    }
    for (size_t i = first; i < o->term.n; i++) {
        uint32_t t = o->term.v[i];
        *vec_add(&b->arena, &o->impact) = build_impact(o->weight[t], d->length);
        o->weight[t] = 0;
        o->used[t] = 1;
    }
}

/* Words of offers that a later one with the same id replaced may leave terms without use. */
static void drop_unused(struct build *b, struct draft *d, const uint32_t *used)
{
    uint32_t *number = NEW_ARRAY(&b->arena, d->n_terms, uint32_t);
    uint32_t n = 0;
    for (size_t t = 0; t < d->n_terms; t++) {
        number[t] = n;
        if (used[t])
            d->name[n++] = d->name[t];
    }
    for (uint32_t i = 0; i < d->doc_at[d->n]; i++)
        d->term[i] = number[d->term[i]];
    d->n_terms = n;
}

/* Keeps the last offer of each id: marks the others with a length of UINT32_MAX. */
static size_t mark_replaced(struct build *b)
{
    size_t kept = b->docs.n;
    struct map last = map_new(&b->arena);
    for (size_t i = b->docs.n; i-- > 0;) {
        str key = { (const char *)&b->docs.v[i].row.id, sizeof b->docs.v[i].row.id };
        uint64_t *seen = map_put(&last, key);
        if (*seen) {
            b->docs.v[i].length = UINT32_MAX;
            kept--;
        }
        *seen = 1;
    }
    return kept;
}

struct part *build_end(struct build *b, const struct lexicon *l)
{
    struct vocabulary v = take_apart(b, l);
    size_t n = mark_replaced(b);
    struct draft d = { .row = NEW_ARRAY(&b->arena, n, struct row),
                       .doc_at = NEW_ARRAY(&b->arena, n + 1, uint32_t),
                       .n_terms = v.names.n,
                       .name = v.names.v };
    struct terms_out o = { .weight = NEW_ARRAY(&b->arena, v.names.n, uint32_t),
                           .used = NEW_ARRAY(&b->arena, v.names.n, uint32_t) };
    for (size_t i = 0; i < b->docs.n; i++) {
        if (b->docs.v[i].length == UINT32_MAX)
            continue;
        d.row[d.n++] = b->docs.v[i].row;
        put_terms(b, &v, &b->docs.v[i], &o);
        must(o.term.n < UINT32_MAX);
        d.doc_at[d.n] = (uint32_t)o.term.n;
    }
    d.term = o.term.v;
    d.impact = o.impact.v;
    drop_unused(b, &d, o.used);
    struct part *p = part_new(&d);
    struct arena arena = b->arena;
    arena_free(&b->text);
    arena_free(&b->terms);
    arena_free(&b->other);
    arena_free(&arena);
    return p;
}
