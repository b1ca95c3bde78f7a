/* SPDX-License-Identifier: EUPL-1.2 */
/* Derived values: how they come about, and how good they are on real offers. */
#include "feature/exchange/keywords.h"

#include "base/test.h"
#include "feature/exchange/mapping.h"
#include "web/json_in.h"
#include "web/unhtml.h"
#include "web/vocab.h"

#define OFFERS "../shared/data/volunteer_opportunities/"

static struct import_offer derived(str title, str text)
{
    struct import_offer o = { .form = { .title = title, .tasks_md = text } };
    keywords_derive(keywords_new(&t_arena), &t_arena, &o);
    return o;
}

static bool has(int64_t bits, int value)
{
    return bits >> value & 1;
}

static void words_of_the_title(void)
{
    struct import_offer o = derived(S("Vorlesen in der Kita"), S(""));
    ok(has(o.form.fields, FIELD_school_daycare) && has(o.form.fields, FIELD_education));
    ok(has(o.form.kinds, KIND_reading_aloud));
    ok(has(o.form.targets, TARGET_children));
    eq_int(o.form.derived, 1);
    ok(has(derived(S("Fahrdienst für Seniorinnen"), S("")).form.kinds, KIND_driving));
    ok(has(derived(S("G\xC3\xA4rtnern am Gemeinschaftsgarten"), S("")).form.kinds, KIND_gardening));
}

static void little_evidence_is_not_enough(void)
{
    struct import_offer o = derived(S("Wir brauchen Sie"), S("Es gibt einen Garten."));
    eq_int(o.form.fields, 0);
    eq_int(o.form.derived, 0);
    o = derived(S("Wir brauchen Sie"), S("Im Garten pflegen wir Beete und Pflanzen."));
    ok(has(o.form.fields, FIELD_environment_animals));
}

static void a_repeated_word_counts_once(void)
{
    struct import_offer o = derived(S("Wir brauchen Sie"), S("Garten Garten Garten Garten"));
    eq_int(o.form.fields, 0);
}

static void what_is_given_stays(void)
{
    struct import_offer o = { .form = { .title = S("Vorlesen in der Kita"), .fields = 1 << 10 } };
    keywords_derive(keywords_new(&t_arena), &t_arena, &o);
    eq_int(o.form.fields, 1 << 10);
    ok(has(o.form.kinds, KIND_reading_aloud));
    eq_int(o.form.derived, 1);
    o.form.fields = o.form.kinds = o.form.targets = 1;
    o.form.derived = 0;
    keywords_derive(keywords_new(&t_arena), &t_arena, &o);
    eq_int(o.form.derived, 0);
}

/* "Essen" is a town and a meal. */
static void the_place_says_where_not_what(void)
{
    struct import_offer o = { .form = { .title = S("Helfen in Essen"), .place = S("Essen") } };
    keywords_derive(keywords_new(&t_arena), &t_arena, &o);
    ok(!has(o.form.kinds, KIND_cooking));
    o.form.place = S("Lübeck");
    keywords_derive(keywords_new(&t_arena), &t_arena, &o);
    ok(has(o.form.kinds, KIND_cooking));
}

/* ---- real offers with categories that people gave ---- */

struct score {
    int offers, with_hit, right, wrong, missed;
};

static str list_cell(void *ctx, str name)
{
    const struct json_in *list = json_in_find(ctx, name);
    struct out o = out_new(&t_arena, 0);
    for (size_t i = 0; list && i < list->n; i++)
        out_fmt(&o, "%.*s|", STR_FMT(json_in_str(&list->v[i])));
    return out_text(&o);
}

static void compare(struct score *s, uint64_t given, uint64_t found)
{
    if (!given)
        return;
    s->offers++;
    s->with_hit += (given & found) != 0;
    s->right += __builtin_popcountll(given & found);
    s->wrong += __builtin_popcountll(found & ~given);
    s->missed += __builtin_popcountll(given & ~found);
}

static void say(const char *what, const struct score *s)
{
    printf("# %s: %d offers, at least one right %d %%, precision %d %%, recall %d %%\n", what,
           s->offers, 100 * s->with_hit / s->offers, 100 * s->right / (s->right + s->wrong),
           100 * s->right / (s->right + s->missed));
}

static struct mapping *categories(void)
{
    str problem;
    return mapping_parse(&t_arena,
                         S("source x\ntables freinet-categories\n"
                           "fields = categories | values freinet-fields\n"
                           "targets = targets | values freinet-targets\n"),
                         &problem);
}

static uint64_t bits_of(const struct vocab *v, struct mapping *m, const struct json_in *offer)
{
    struct cells cells = { list_cell, (void *)(uintptr_t)offer };
    uint64_t bits = 0;
    str unknown;
    str target = v == &vocab_field ? S("fields") : S("targets");
    bool good = vocab_parse_bits(v, mapping_cell(m, &t_arena, &cells, target), &bits, &unknown);
    return good ? bits : 0;
}

static struct import_offer offer_of(const struct json_in *in)
{
    struct import_offer o = { 0 };
    o.form.title = json_in_str(json_in_find(in, S("name")));
    o.form.place = json_in_str(json_in_find(in, S("ort")));
    o.form.tasks_md = html_to_markdown(&t_arena, json_in_str(json_in_find(in, S("description"))));
    o.organisation.name = json_in_str(json_in_find(in, S("org")));
    return o;
}

struct judged {
    uint64_t fields, targets;             /* that people gave */
    uint64_t found_fields, found_targets; /* from words */
};

static struct judged judge(const struct json_in *in, struct mapping *m, const struct keywords *k)
{
    struct import_offer o = offer_of(in);
    keywords_derive(k, &t_arena, &o);
    return (struct judged){ bits_of(&vocab_field, m, in),
                            bits_of(&vocab_target, m, in) & ~vocab_bit(TARGET_none),
                            (uint64_t)o.form.fields, (uint64_t)o.form.targets };
}

/* Compares where people had the choice: values that none of their categories means are left out. */
static void score_all(const struct json_in *list, struct score *fields, struct score *targets)
{
    const struct keywords *k = keywords_new(&t_arena);
    struct mapping *m = categories();
    struct judged *judged = NEW_ARRAY(&t_arena, list->n + 1, struct judged);
    uint64_t possible_fields = 0;
    uint64_t possible_targets = 0;
    for (size_t i = 0; i < list->n; i++) {
        judged[i] = judge(&list->v[i], m, k);
        possible_fields |= judged[i].fields;
        possible_targets |= judged[i].targets;
    }
    for (size_t i = 0; i < list->n; i++) {
        compare(fields, judged[i].fields, judged[i].found_fields & possible_fields);
        compare(targets, judged[i].targets, judged[i].found_targets & possible_targets);
    }
    eq_int(mapping_misses(m).n, 0); /* the table knows every category that people gave */
}

static void quality_on_real_offers(void)
{
    str problem;
    str text = test_read_file(test_path(OFFERS "essen_freinet_2026.json"));
    if (!text.p) {
        test_skip("the real offers are not here");
        return;
    }
    const struct json_in *list = json_in_parse(&t_arena, text, &problem);
    struct score fields = { 0 };
    struct score targets = { 0 };
    ok(json_in_is(list, JSON_IN_ARRAY) && list->n == 264);
    score_all(list, &fields, &targets);
    say("fields", &fields);
    say("targets", &targets);
    ok(100 * fields.with_hit >= 80 * fields.offers);
    ok(100 * fields.right >= 60 * (fields.right + fields.wrong));
    ok(100 * targets.with_hit >= 70 * targets.offers);
    ok(100 * targets.right >= 70 * (targets.right + targets.wrong));
}

static const struct test tests[] = {
    TEST(words_of_the_title),
    TEST(little_evidence_is_not_enough),
    TEST(a_repeated_word_counts_once),
    TEST(what_is_given_stays),
    TEST(the_place_says_where_not_what),
    TEST(quality_on_real_offers),
};
TEST_MAIN(tests)
