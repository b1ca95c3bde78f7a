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

struct pair {
    uint32_t word;
    uint32_t weight;
};

struct doc {
    struct row row;
    struct pair *pairs;
    uint32_t count;  /* of them */
    uint32_t length; /* words */
};

/* So many offers have their pairs in one piece of memory, which is given back as a whole. */
#define PIECE 16384

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
        struct pair *v; /* of the offer being added */
        size_t n, cap;
    } pairs;
    struct {
        struct doc *v;
        size_t n, cap;
    } docs;
    struct {
        struct arena *v; /* of the pairs of PIECE offers each */
        size_t n, cap;
    } pieces;
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
        *vec_add(&b->arena, &b->pairs) = (struct pair){ n, 0 };
        b->seen.v[n] = (uint32_t)b->pairs.n;
        b->offers.v[n]++;
    }
    b->pairs.v[b->seen.v[n] - 1].weight += weight;
    d->length++;
}

/* The pairs go where they stay, and their room is used again. */
static void keep_pairs(struct build *b, struct doc *d)
{
    if (b->docs.n % PIECE == 0)
        arena_init(vec_add(&b->arena, &b->pieces), 0);
    d->count = (uint32_t)b->pairs.n;
    d->pairs = NEW_ROOM(&b->pieces.v[b->pieces.n - 1], d->count, struct pair);
    for (uint32_t i = 0; i < d->count; i++) {
        d->pairs[i] = b->pairs.v[i];
        b->seen.v[d->pairs[i].word] = 0;
    }
    b->pairs.n = 0;
}

void build_add(struct build *b, const struct match_offer *o)
{
    struct doc d = { .row = row_from_offer(o) };
    struct arena_mark mark = arena_mark(&b->text);
    for (enum match_piece k = 0; k < MATCH_PIECES; k++) {
        str folded = utf8_fold(&b->text, o->text[k]);
        for (str word; text_next(&folded, &word);)
            add_word(b, &d, word, build_piece_weight[k]);
    }
    arena_rewind(&b->text, mark);
    keep_pairs(b, &d);
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

/* Terms that an offer has, found in ascending order: a bit for each, and one for each 64 of these.
 */
struct marks {
    uint64_t *bit, *any;
    size_t words; /* of `any` */
};

static struct marks marks_new(struct arena *a, size_t n)
{
    size_t words = n / 64 + 1;
    return (struct marks){ NEW_ARRAY(a, words, uint64_t), NEW_ARRAY(a, words / 64 + 1, uint64_t),
                           words / 64 + 1 };
}

static void mark(struct marks *m, uint32_t term)
{
    m->bit[term / 64] |= UINT64_C(1) << term % 64;
    m->any[term / 4096] |= UINT64_C(1) << term / 64 % 64;
}

struct terms_out {
    struct marks marks;
    uint32_t *weight; /* by term, zero between offers */
    uint32_t *used;   /* offers that have the term */
    struct build *build;
    struct draft *draft;
    struct arena *piece; /* of the terms being put */
};

static uint32_t mark_terms(struct terms_out *o, const struct vocabulary *v, const struct doc *d)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        struct pair pair = d->pairs[i];
        for (uint32_t s = v->at[pair.word]; s < v->at[pair.word + 1]; s++) {
            struct share share = v->shares.v[s];
            n += !o->weight[share.term];
            mark(&o->marks, share.term);
            o->weight[share.term] += pair.weight * share.eighths;
        }
    }
    return n;
}

/* The next 64 terms of which some are marked, and none afterwards. */
static uint64_t take_marks(struct marks *m, size_t word)
{
    uint64_t marked = m->bit[word];
    m->bit[word] = 0;
    return marked;
}

static void put_term(struct terms_out *o, struct draft_doc *to, uint32_t term, uint32_t length)
{
    to->term[to->n] = term;
    to->impact[to->n++] = build_impact(o->weight[term], length);
    o->weight[term] = 0;
    o->used[term] = 1;
}

static void put_terms(struct terms_out *o, const struct vocabulary *v, const struct doc *d)
{
    struct draft_doc *to = &o->draft->doc[o->draft->n];
    uint32_t n = mark_terms(o, v, d);
    to->term = NEW_ROOM(o->piece, n, uint32_t);
    to->impact = (uint8_t *)arena_bytes(o->piece, n);
    for (size_t k = 0; k < o->marks.words; k++) {
        for (uint64_t any = o->marks.any[k]; any; any &= any - 1) {
            size_t word = k * 64 + (size_t)__builtin_ctzll(any);
            for (uint64_t bits = take_marks(&o->marks, word); bits; bits &= bits - 1)
                put_term(o, to, (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits), d->length);
        }
        o->marks.any[k] = 0;
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
    if (n < d->n_terms)
        for (size_t i = 0; i < d->n; i++)
            for (uint32_t k = 0; k < d->doc[i].n; k++)
                d->doc[i].term[k] = number[d->doc[i].term[k]];
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

/* All offers' terms; the pairs of a piece are given back as soon as they are not needed. */
static void put_docs(struct terms_out *o, const struct vocabulary *v)
{
    struct build *b = o->build;
    struct draft *d = o->draft;
    for (size_t i = 0; i < b->docs.n; i++) {
        if (i % PIECE == 0 && i)
            arena_free(&b->pieces.v[i / PIECE - 1]);
        if (b->docs.v[i].length == UINT32_MAX)
            continue;
        d->row[d->n] = b->docs.v[i].row;
        put_terms(o, v, &b->docs.v[i]);
        d->n++;
    }
    if (b->pieces.n)
        arena_free(&b->pieces.v[b->pieces.n - 1]);
}

struct part *build_end(struct build *b, const struct lexicon *l)
{
    struct vocabulary v = take_apart(b, l);
    size_t n = mark_replaced(b);
    struct arena terms;
    arena_init(&terms, 0);
    struct draft d = { .row = NEW_ROOM(&b->arena, n, struct row),
                       .doc = NEW_ARRAY(&b->arena, n, struct draft_doc),
                       .n_terms = v.names.n,
                       .name = v.names.v };
    struct terms_out o = { .marks = marks_new(&b->arena, v.names.n),
                           .weight = NEW_ARRAY(&b->arena, v.names.n, uint32_t),
                           .used = NEW_ARRAY(&b->arena, v.names.n, uint32_t),
                           .build = b,
                           .draft = &d,
                           .piece = &terms };
    put_docs(&o, &v);
    drop_unused(b, &d, o.used);
    struct part *p = part_new(&d);
    struct arena arena = b->arena;
    arena_free(&terms);
    arena_free(&b->text);
    arena_free(&b->terms);
    arena_free(&b->other);
    arena_free(&arena);
    return p;
}
