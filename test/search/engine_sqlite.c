/* SPDX-License-Identifier: EUPL-1.2 */
/* SQLite's FTS5 with its tokenizer unicode61 and bm25(); what it is asked stands in engine.h. */
#include <sqlite3.h>

#include "base/err.h"
#include "base/out.h"
#include "base/utf8.h"
#include "engine.h"
#include "match/lexicon.h"
#include "match/text.h"

static const char create[] =
    "CREATE VIRTUAL TABLE offer USING fts5(title, keywords, body, organisation,"
    " tokenize = 'unicode61 remove_diacritics 2')";
static const char insert[] = "INSERT INTO offer(rowid, title, keywords, body, organisation)"
                             " VALUES (?1, ?2, ?3, ?4, ?5)";
/* Smaller is better; ties by id, as with Tandem. */
static const char search[] = "SELECT rowid FROM offer WHERE offer MATCH ?1"
                             " ORDER BY bm25(offer, 8.0, 3.0, 1.0, 1.0), rowid";

struct sqlite {
    struct arena *arena;
    struct lexicon *stop;
    sqlite3 *db;
    sqlite3_stmt *search;
};

static void bind(sqlite3_stmt *s, int at, str text)
{
    must(sqlite3_bind_text(s, at, text.p ? text.p : "", (int)text.n, SQLITE_STATIC) == SQLITE_OK);
}

static void *sqlite_open(struct arena *a, const struct offers *offers)
{
    static const enum match_piece pieces[] = { MATCH_TITLE, MATCH_KEYWORDS, MATCH_BODY,
                                               MATCH_ORG_NAME };
    struct match_words words = match_words_default();
    struct sqlite *s = NEW(a, struct sqlite);
    sqlite3_stmt *put;
    s->arena = a;
    s->stop = lexicon_new(&words);
    must(sqlite3_open(":memory:", &s->db) == SQLITE_OK);
    must(sqlite3_exec(s->db, create, NULL, NULL, NULL) == SQLITE_OK);
    must(sqlite3_prepare_v2(s->db, insert, -1, &put, NULL) == SQLITE_OK);
    for (size_t i = 0; i < offers->n; i++) {
        must(sqlite3_bind_int64(put, 1, offers->v[i].id) == SQLITE_OK);
        for (int k = 0; k < 4; k++)
            bind(put, k + 2, offers->v[i].text[pieces[k]]);
        must(sqlite3_step(put) == SQLITE_DONE && sqlite3_reset(put) == SQLITE_OK);
    }
    sqlite3_finalize(put);
    must(sqlite3_prepare_v2(s->db, search, -1, &s->search, NULL) == SQLITE_OK);
    return s;
}

/* "kinder" OR "betreu" *: each word in quotation marks, without the stop words. */
static str match_of(const struct sqlite *s, const struct query *q, const char *operator)
{
    struct out o = out_new(s->arena, q->text.n * 12 + 64);
    for (size_t from, to = 0; (from = text_word_begin(q->text, to)) < q->text.n;) {
        to = text_word_end(q->text, from);
        str word = str_slice(q->text, from, to);
        if (lexicon_class(s->stop, utf8_fold(s->arena, word)) == WORD_STOP)
            continue;
        out_fmt(&o, "%s\"%.*s\"", o.n ? operator: "", STR_FMT(word));
    }
    if (q->typing)
        OUT(&o, " *");
    return out_text(&o);
}

/* Appends what is not there yet; the total becomes that of this question. */
static void ask(struct sqlite *s, str question, struct answer *got)
{
    got->total = 0;
    bind(s->search, 1, question);
    while (question.n && sqlite3_step(s->search) == SQLITE_ROW)
        judge_take(got, sqlite3_column_int64(s->search, 0));
    must(sqlite3_reset(s->search) == SQLITE_OK);
}

static void sqlite_ask(void *self, const struct query *q, struct answer *got)
{
    struct sqlite *s = self;
    *got = (struct answer){ 0 };
    ask(s, match_of(s, q, " AND "), got);
    if (got->n < JUDGE_TOP)
        ask(s, match_of(s, q, " OR "), got);
}

static void sqlite_close(void *self)
{
    struct sqlite *s = self;
    sqlite3_finalize(s->search);
    sqlite3_close(s->db);
    lexicon_free(s->stop);
}

const struct engine engine_sqlite = { "SQLite FTS5", "unseen SQLite FTS5", sqlite_open, sqlite_ask,
                                      sqlite_close };
