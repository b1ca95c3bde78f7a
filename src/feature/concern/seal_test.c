/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sealed columns in the running program: what is in the files, who can open a note and what is
 * written down about it, and the life of keys. Breaking one byte of a box, moving it to another
 * row or losing its key must show.
 */
#include "base/clock.h"
#include "base/test.h"
#include "concern.sql.h"
#include "db/dump.h"
#include "feature/concern/note.h"
#include "feature/privacy/privacy.h"
#include "product.h"
#include "web.sql.h"
#include "world.h"

#define SECRET "kanarie-unter-verschluss"

static struct product product;
static int64_t town, concern;
static struct visitor clerk, auditor;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        concern = world_concern(&product, town);
        clerk = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        auditor = product_sign_in(&product, world_account(&product, town, "auditor", 0));
        run();
    }
    product_close(&product);
}

/* ---- helpers ---- */

static struct answer note(const char *text)
{
    const struct http_field fields[] = { { S("note"), str_from_c(text) }, LAST_FIELD };
    return post(&product, &clerk, world_path("/stadt/buero/anliegen/{id}/notiz", concern), fields);
}

static struct answer page(const struct visitor *who)
{
    return get(&product, who, world_path("/stadt/buero/anliegen/{id}", concern));
}

static struct answer opened(const struct visitor *who)
{
    const struct http_field none[] = { LAST_FIELD };
    return post(&product, who, world_path("/stadt/buero/anliegen/{id}/notizen", concern), none);
}

static struct concern_message_row_rows messages(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct concern_message_row_rows rows = concern_messages(&db, town, concern);
    db_end(&db);
    return rows;
}

static struct read_log_row_rows readings(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct read_log_row_rows rows = read_log_list(&db, town);
    db_end(&db);
    return rows;
}

static str file_bytes(FILE *f)
{
    struct out o = out_new(&t_arena, (size_t)1 << 28);
    char block[65536];
    for (size_t n = 0; f && (n = fread(block, 1, sizeof block, f)) > 0;)
        out_str(&o, (str){ block, n });
    return out_text(&o);
}

/* Whether a text stands in the rows of any table, or, on SQLite, in a file of the database. */
static bool is_stored(str text)
{
    static const char *const ends[] = { "", "-wal" };
    struct dump_info info = { 0 };
    FILE *f = tmpfile();
    must(f != NULL);
    eq_int(store_dump(product.app.store, f, &info), ERR_OK);
    rewind(f);
    bool found = str_find(file_bytes(f), text) >= 0;
    fclose(f);
    str address = str_from_c(product.store->url);
    for (size_t i = 0; i < 2 && str_starts(address, S("sqlite:")); i++) {
        str path = str_fmt(&t_arena, "%.*s%s", STR_FMT(str_slice(address, 7, address.n)), ends[i]);
        f = fopen(str_to_c(&t_arena, path), "rb");
        found |= str_find(file_bytes(f), text) >= 0;
        if (f)
            fclose(f);
    }
    return found;
}

static void with_tx(void (*work)(struct tx *tx, void *ctx), void *ctx)
{
    struct arena a;
    arena_init(&a, 0);
    eq_int(tx_do(product.app.store, &a, work, ctx), ERR_OK);
    arena_free(&a);
}

/* ---- notes ---- */

static void a_note_is_read_by_opening_it_only_here(void)
{
    eq_int(note(SECRET).status, 303);
    ok(!is_stored(S(SECRET)));
    struct answer a = page(&clerk);
    eq_int(a.status, 200);
    ok(!answer_says(&a, SECRET) && answer_says(&a, "id=\"oeffnen\""));
    eq_int(readings().n, 0);
    a = opened(&clerk);
    eq_int(a.status, 200);
    ok(answer_says(&a, SECRET) && !answer_says(&a, "id=\"oeffnen\""));
    struct read_log_row_rows rows = readings();
    eq_int(rows.n, 1);
    if (rows.n) {
        eq_int(rows.v[0].account_id, clerk.account_id);
        eq_int(rows.v[0].subject_id, concern);
        eq_str(rows.v[0].place, S(NOTE_COLUMN));
        eq_str(rows.v[0].role, S("office_staff"));
        eq_str(rows.v[0].why, S("/buero/anliegen/{id}/notizen"));
    }
}
ON_EACH_STORE(a_note_is_read_by_opening_it_only)

static void others_cannot_and_auditors_leave_a_line_here(void)
{
    struct visitor nobody =
        product_sign_in(&product, world_account(&product, town, "volunteer", 0));
    note(SECRET);
    eq_int(opened(&nobody).status, 403);
    eq_int(opened(NULL).status, 401);
    eq_int(readings().n, 0);
    struct answer a = opened(&auditor);
    ok(a.status == 200 && answer_says(&a, SECRET));
    eq_int(readings().n, 1);
    a = get(&product, &auditor, "/stadt/buero/leseprotokoll");
    ok(a.status == 200 && answer_says(&a, "Notizen eines Anliegens"));
    eq_int(get(&product, &nobody, "/stadt/buero/leseprotokoll").status, 403);
}
ON_EACH_STORE(others_cannot_and_auditors_leave_a_line)

static void store_plain(struct tx *tx, void *ctx)
{
    (void)ctx;
    concern_message_insert(tx, &(struct concern_message_insert_in){ .id = db_new_id(),
                                                                    .city = town,
                                                                    .concern = concern,
                                                                    .at = tx->now,
                                                                    .kind = S("note"),
                                                                    .body = S(SECRET) });
}

static void old_notes_are_sealed_at_the_start_here(void)
{
    for (int i = 0; i < 3; i++)
        with_tx(store_plain, NULL);
    ok(is_stored(S(SECRET)));
    eq_int(note_start(&product.app), ERR_OK);
    ok(!is_stored(S(SECRET)));
    struct answer a = opened(&clerk);
    ok(answer_says(&a, SECRET));
    eq_int(messages().n, 3);
}
ON_EACH_STORE(old_notes_are_sealed_at_the_start)

static void swap_boxes(struct tx *tx, void *ctx)
{
    const struct concern_message_row_rows *rows = ctx;
    concern_seal_note(tx, rows->v[0].note, rows->v[1].id);
}

/* A box of another row does not open, and neither does one that was changed. */
static void a_box_opens_at_its_place_only_here(void)
{
    note("erste Notiz");
    note("zweite Notiz");
    struct concern_message_row_rows rows = messages();
    eq_int(rows.n, 2);
    with_tx(swap_boxes, &rows);
    struct answer a = opened(&clerk);
    eq_int(a.status, 200);
    ok(answer_says(&a, "erste Notiz") && !answer_says(&a, "zweite Notiz"));
    str plain = S("");
    sealed box = rows.v[0].note;
    struct seal_place place = note_place(rows.v[0].id);
    ok(seal_open(&product.app, &t_arena, place, box, &plain));
    char *changed = (char *)(uintptr_t)str_copy(&t_arena, box.box).p;
    changed[box.box.n / 2] = changed[box.box.n / 2] == 'A' ? 'B' : 'A';
    ok(!seal_open(&product.app, &t_arena, place, (sealed){ { changed, box.box.n } }, &plain));
    eq_str(plain, S(""));
    place.column = "concern_message.body";
    ok(!seal_open(&product.app, &t_arena, place, box, &plain));
}
ON_EACH_STORE(a_box_opens_at_its_place_only)

/* ---- keys ---- */

static void new_key(struct tx *tx, void *ctx)
{
    int64_t *number = ctx;
    *number = seal_key_new(&product.app, tx);
}

static int64_t uses(int64_t number)
{
    int64_t n = -1;
    eq_int(keys_uses(&product.app, &t_arena, number, &n), ERR_OK);
    return n;
}

static void totp(struct tx *tx, void *ctx)
{
    (void)ctx;
    struct seal_place place = { "account_totp.secret", clerk.account_id };
    totp_insert(tx, &(struct totp_insert_in){
                        .account = clerk.account_id,
                        .secret = seal_close(&product.app, tx, place, S("JBSWY3DPEHPK3PXP")),
                        .at = tx->now });
}

static void keys_change_while_serving_here(void)
{
    int64_t number = 0;
    int64_t changed = 0;
    for (int i = 0; i < 3; i++)
        note(SECRET);
    with_tx(totp, NULL);
    eq_int(uses(1), 4);
    eq_int(keys_drop(&product.app, 1), ERR_CONFLICT); /* it is the current one */
    with_tx(new_key, &number);
    eq_int(number, 2);
    note("unter dem neuen Schlüssel");
    eq_int(uses(1), 4);
    eq_int(uses(2), 1);
    eq_int(keys_drop(&product.app, 1), ERR_CONFLICT); /* four boxes need it */
    eq_int(keys_rotate(&product.app, &changed), ERR_OK);
    eq_int(changed, 4);
    eq_int(keys_rotate(&product.app, &changed), ERR_OK);
    eq_int(changed, 0);
    eq_int(keys_drop(&product.app, 1), ERR_OK);
    ok(!seal_key_here(&product.app, 1) && seal_key_here(&product.app, 2));
    eq_int(keys_drop(&product.app, 1), ERR_NOT_FOUND);
    eq_int(keys_drop(&product.app, 2), ERR_CONFLICT);
    struct answer a = opened(&clerk);
    ok(answer_says(&a, SECRET) && answer_says(&a, "unter dem neuen Schlüssel"));
}
ON_EACH_STORE(keys_change_while_serving)

/* More than a batch, all of it, and stopped in between by a key that is not there for one. */
static void rotation_goes_through_all_batches_here(void)
{
    int64_t number = 0;
    int64_t changed = 0;
    for (int i = 0; i < 410; i++)
        with_tx(store_plain, NULL);
    eq_int(note_start(&product.app), ERR_OK);
    eq_int(uses(1), 410);
    with_tx(new_key, &number);
    eq_int(keys_rotate(&product.app, &changed), ERR_OK);
    eq_int(changed, 410);
    eq_int(uses(1), 0);
    eq_int(uses(2), 410);
}
ON_EACH_STORE(rotation_goes_through_all_batches)

/* What cannot be opened stays as it is and is told; nothing else is held up by it. */
static void a_box_that_does_not_open_is_kept_here(void)
{
    int64_t number = 0;
    int64_t changed = 0;
    note("erste Notiz");
    note("zweite Notiz");
    struct concern_message_row_rows rows = messages();
    with_tx(swap_boxes, &rows);
    with_tx(new_key, &number);
    eq_int(keys_rotate(&product.app, &changed), ERR_INVALID);
    eq_int(changed, 1);
    eq_int(uses(1), 1);
    eq_int(keys_drop(&product.app, 1), ERR_CONFLICT);
}
ON_EACH_STORE(a_box_that_does_not_open_is_kept)

/* Without the key nothing is stored open, and what was sealed is said to be unreadable. */
static void without_its_key_nothing_is_stored_here(void)
{
    note(SECRET);
    eq_int(seal_key_forget(&product.app, 1), ERR_OK);
    eq_int(note("noch eine Notiz").status, 500);
    eq_int(messages().n, 1);
    struct answer a = opened(&clerk);
    ok(a.status == 200 && !answer_says(&a, SECRET));
    int64_t number = 0;
    with_tx(new_key, &number);
    eq_int(note("noch eine Notiz").status, 303);
}
ON_EACH_STORE(without_its_key_nothing_is_stored)

static const struct test tests[] = {
    TEST(a_note_is_read_by_opening_it_only), TEST(others_cannot_and_auditors_leave_a_line),
    TEST(old_notes_are_sealed_at_the_start), TEST(a_box_opens_at_its_place_only),
    TEST(keys_change_while_serving),         TEST(rotation_goes_through_all_batches),
    TEST(a_box_that_does_not_open_is_kept),  TEST(without_its_key_nothing_is_stored),
};
TEST_MAIN(tests)
