/* SPDX-License-Identifier: EUPL-1.2 */
/* Installing the shared articles: added once, followed until edited, never overwritten. */
#include "base/test.h"
#include "feature/guide/guide.h"
#include "feature/guide/install.h"
#include "feature/guide/store.h"
#include "product.h"
#include "world.h"

static struct product product;

static struct guide_installed install(int64_t city)
{
    struct guide_installed n = { 0 };
    struct tx tx;
    enum err e = tx_begin(product.app.store, &t_arena, &tx);
    eq_int(e, ERR_OK);
    n = guide_install(&tx, city);
    eq_int(tx_commit(&tx), ERR_OK);
    return n;
}

static const struct guide_full *article(struct db *db, int64_t city, const char *slug)
{
    const struct guide_id *id = guide_by_slug(db, city, str_from_c(slug));
    ok(id != NULL);
    return id ? guide_get(db, city, id->id) : NULL;
}

/* As if the program had been of an older release when it installed this one. */
static void make_old(int64_t city, const char *slug, bool edited)
{
    struct tx tx;
    enum err e = tx_begin(product.app.store, &t_arena, &tx);
    eq_int(e, ERR_OK);
    const struct guide_full *a = article(&tx.db, city, slug);
    struct guide_document d;
    str hash = S("");
    ok(guide_shared(&t_arena, a->slug, &d, &hash));
    d.text[LANG_DE].title = S("Ein alter Titel");
    struct guide_edition edition = { .city_id = city,
                                     .article_id = a->id,
                                     .before = a->latest,
                                     .event = edited ? S("edited") : S("shared"),
                                     .note = S(""),
                                     .shared_hash = S("von gestern"),
                                     .edited = edited,
                                     .document = &d };
    ok(guide_add(&tx, &edition));
    /* Who opened the same version meanwhile comes too late. */
    ok(!guide_add(&tx, &edition));
    guide_reviewed(&tx, city, a->slug, (struct day){ 2026, 1, 1 });
    eq_int(tx_commit(&tx), ERR_OK);
}

static str title_of(int64_t city, const char *slug, bool *checked)
{
    struct db db;
    enum err e = db_begin(product.app.store, &t_arena, &db);
    eq_int(e, ERR_OK);
    const struct guide_full *a = article(&db, city, slug);
    const struct guide_version_row *v = guide_version_get(&db, city, a->id, a->latest);
    struct guide_document d = guide_document_of(&db, city, v);
    *checked = a->reviewed_on.n > 0;
    db_end(&db);
    return d.text[LANG_DE].title;
}

static void follows_until_edited_here(void)
{
    int64_t city = world_town(&product, "hier", "Hier");
    int64_t other = world_town(&product, "dort", "Dort");
    bool checked = true;
    struct guide_installed n = install(city);
    ok(n.added >= 10);
    eq_int(n.updated + n.kept, 0);
    eq_int(install(city).kept, n.added);
    title_of(city, "versicherung", &checked);
    ok(!checked); /* nobody here has read it yet */
    make_old(city, "versicherung", false);
    make_old(city, "fuehrungszeugnis", true);
    struct guide_installed again = install(city);
    eq_int(again.added, 0);
    eq_int(again.updated, 1);
    eq_str(title_of(city, "versicherung", &checked),
           S("Versichert im Ehrenamt: Unfall und Haftpflicht"));
    ok(!checked); /* the new text has to be checked */
    eq_str(title_of(city, "fuehrungszeugnis", &checked), S("Ein alter Titel"));
    ok(checked);
    eq_int(install(other).added, n.added);
}

static void follows_until_edited_on(struct test_store *store)
{
    if (product_open(&product, store, NULL))
        follows_until_edited_here();
    product_close(&product);
}

static void follows_until_edited(void)
{
    test_each_store(follows_until_edited_on);
}

static const struct test tests[] = { TEST(follows_until_edited) };
TEST_MAIN(tests)
