/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Installing the shared articles in a town. It may be repeated, with every release: what is
 * new is added, what the town has not touched follows the shared text, the rest stays.
 */
#include "feature/guide/install.h"

#include <stdio.h>

#include "base/crypt.h"
#include "feature/guide/shipped.h"
#include "feature/guide/store.h"
#include "web/csv_in.h"

bool guide_shared(struct arena *a, str slug, struct guide_document *d, str *hash)
{
    const struct guide_shipped *file = guide_shipped_find(slug);
    str problem;
    if (!file)
        return false;
    bool good = guide_document_parse(a, file->text, d, &problem);
    must(good); /* guide_test reads all files */
    *hash = crypt_sha256_hex(a, file->text);
    return true;
}

str guide_shipped_slug(size_t i)
{
    const struct guide_shipped *file = guide_shipped_at(i);
    return file ? file->slug : S("");
}

/* ---- articles ---- */

static void add_edition(struct tx *tx, int64_t city_id, const struct guide_full *at,
                        const struct guide_document *d, str hash)
{
    struct guide_edition e = { .city_id = city_id,
                               .article_id = at->id,
                               .before = at->latest,
                               .event = S("shared"),
                               .note = S(""),
                               .shared_hash = hash,
                               .document = d };
    guide_add(tx, &e);
    if (str_eq(at->state, S("published")))
        guide_set_state(tx, &(struct guide_set_state_in){ .state = at->state,
                                                          .published = at->latest + 1,
                                                          .now = tx->now,
                                                          .city = city_id,
                                                          .id = at->id });
}

/* What nobody here has read yet counts as not checked. */
static void forget_review(struct tx *tx, int64_t city_id, int64_t id)
{
    struct guide_set_review_in in = {
        .day = S(""), .due = S(""), .now = tx->now, .city = city_id, .id = id
    };
    guide_set_review(tx, &in);
}

static void install_article(struct tx *tx, int64_t city_id, str slug, struct guide_installed *n)
{
    struct guide_document d = { 0 };
    str hash = S("");
    guide_shared(tx->db.arena, slug, &d, &hash);
    const struct guide_id *known = guide_by_slug(&tx->db, city_id, slug);
    if (!known) {
        struct guide_arrival arrival = { .city_id = city_id,
                                         .slug = slug,
                                         .source = S("shared"),
                                         .topic = d.topic,
                                         .office = guide_office_of(&tx->db, city_id, d.topic),
                                         .published = true };
        struct guide_full at = { .id = guide_new(tx, &arrival), .state = S("published") };
        add_edition(tx, city_id, &at, &d, hash);
        n->added++;
        return;
    }
    const struct guide_full *at = guide_get(&tx->db, city_id, known->id);
    bool follows = at && str_eq(at->source, S("shared")) && !at->edited;
    if (!follows || str_eq(at->shared_hash, hash)) {
        n->kept++;
        return;
    }
    add_edition(tx, city_id, at, &d, hash);
    forget_review(tx, city_id, at->id);
    n->updated++;
}

/* ---- amounts ---- */

struct columns {
    int ref, label, label_simple, label_en, cents, from, until, law, web;
};

static struct columns columns_of(const struct csv_in *in)
{
    return (struct columns){ csv_in_column(in, S("ref")),          csv_in_column(in, S("label")),
                             csv_in_column(in, S("label_simple")), csv_in_column(in, S("label_en")),
                             csv_in_column(in, S("cents")),        csv_in_column(in, S("from")),
                             csv_in_column(in, S("until")),        csv_in_column(in, S("law")),
                             csv_in_column(in, S("web")) };
}

static void install_amount(struct tx *tx, int64_t city_id, int64_t position,
                           const struct csv_in *in)
{
    struct columns c = columns_of(in);
    int64_t cents = 0;
    str ref = csv_in_cell(in, c.ref);
    str from = csv_in_cell(in, c.from);
    bool good = str_to_i64(csv_in_cell(in, c.cents), &cents);
    must(good);
    if (guide_amount_find(&tx->db, city_id, ref, from))
        return;
    guide_amount_insert(
        tx, &(struct guide_amount_insert_in){ .id = db_new_id(),
                                              .city = city_id,
                                              .ref = ref,
                                              .position = position,
                                              .label = csv_in_cell(in, c.label),
                                              .label_simple = csv_in_cell(in, c.label_simple),
                                              .label_en = csv_in_cell(in, c.label_en),
                                              .cents = cents,
                                              .valid_from = from,
                                              .valid_until = csv_in_cell(in, c.until),
                                              .law = csv_in_cell(in, c.law),
                                              .web = csv_in_cell(in, c.web) });
}

static void install_amounts(struct tx *tx, int64_t city_id)
{
    str text = guide_shipped_amounts();
    FILE *file = fmemopen((void *)(uintptr_t)text.p, text.n, "rb");
    must(file);
    struct csv_in *in = csv_in_new(tx->db.arena, file);
    int64_t position = 0;
    enum csv_in_result head = csv_in_header(in);
    must(head == CSV_IN_ROW);
    while (csv_in_next(in) == CSV_IN_ROW)
        install_amount(tx, city_id, position++, in);
    csv_in_free(in);
    fclose(file);
}

struct guide_installed guide_install(struct tx *tx, int64_t city_id)
{
    struct guide_installed n = { 0 };
    for (size_t i = 0; guide_shipped_at(i); i++)
        install_article(tx, city_id, guide_shipped_at(i)->slug, &n);
    install_amounts(tx, city_id);
    return n;
}

/* ---- checked ---- */

struct day guide_year_later(struct day day)
{
    day.year++;
    if (!day_valid(day))
        day.day--;
    return day;
}

void guide_reviewed(struct tx *tx, int64_t city_id, str slug, struct day day)
{
    const struct guide_id *at = guide_by_slug(&tx->db, city_id, slug);
    if (!at)
        return;
    struct guide_set_review_in in = { .day = day_iso(tx->db.arena, day),
                                      .due = day_iso(tx->db.arena, guide_year_later(day)),
                                      .now = tx->now,
                                      .city = city_id,
                                      .id = at->id };
    guide_set_review(tx, &in);
}

/* ---- the command ---- */

int guide_command_install(struct cli *cli)
{
    int64_t city = 0;
    struct tx tx;
    struct guide_installed n = { 0 };
    if (cli->arg_count)
        return CLI_USAGE;
    if (!cli_city(cli, &city))
        return CLI_REFUSED;
    if (tx_begin(cli->app->store, cli->arena, &tx) == ERR_OK) {
        n = guide_install(&tx, city);
        if (tx_commit(&tx) == ERR_OK) {
            cli_say(cli, str_fmt(cli->arena, "added %lld, updated %lld, kept %lld",
                                 (long long)n.added, (long long)n.updated, (long long)n.kept));
            return CLI_DONE;
        }
    }
    cli_problem(cli, S("the database did not take it"));
    return CLI_REFUSED;
}
