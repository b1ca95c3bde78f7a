/* SPDX-License-Identifier: EUPL-1.2 */
/* The register of processing: gathered once, written as page, CSV and Markdown. */
#include "feature/privacy/register.h"

#include "base/vec.h"
#include "feature/privacy/retention.h"
#include "people.h"
#include "office.text.h"
#include "privacy.html.h"
#include "privacy.text.h"
#include "web/app.h"
#include "web/city.h"
#include "web/cli.h"
#include "web/csv.h"

/* ---- words ---- */

struct activity_words {
    str name;
    enum msg title;
    enum msg purpose;
    enum msg people;
};

static const struct activity_words activities[] = {
#define WORDS(a) \
    { STR_INIT(#a), MSG_privacy_activity_##a, MSG_privacy_purpose_##a, MSG_privacy_people_##a },
    PRIVACY_ACTIVITIES(WORDS)
#undef WORDS
};

static const enum msg bases[] = { MSG_privacy_basis_task, MSG_privacy_basis_consent,
                                  MSG_privacy_basis_duty };
static const enum msg receivers[] = { MSG_privacy_to_office, MSG_privacy_to_contact,
                                      MSG_privacy_to_public, MSG_privacy_to_operator };
static const enum msg classes[PRIVACY_CLASSES] = {
    MSG_privacy_class_plain, MSG_privacy_class_name,   MSG_privacy_class_mail,
    MSG_privacy_class_phone, MSG_privacy_class_text,   MSG_privacy_class_account,
    MSG_privacy_class_mark,  MSG_privacy_class_secret, MSG_privacy_class_sensitive
};
static const enum msg measures[] = { MSG_privacy_measure_access, MSG_privacy_measure_town,
                                     MSG_privacy_measure_trail,  MSG_privacy_measure_link,
                                     MSG_privacy_measure_backup, MSG_privacy_measure_third };

/* ---- gathering ---- */

static void add_text(struct rq *rq, struct register_texts *texts, str text)
{
    *vec_add(rq->arena, texts) = text;
}

struct words {
    const enum msg *v; /* by bit */
    size_t n;
};
#define WORDS_OF(list) ((struct words){ (list), sizeof(list) / sizeof *(list) })

static void add_bits(struct rq *rq, struct register_texts *texts, struct words words, unsigned bits)
{
    for (size_t i = 0; i < words.n; i++)
        if (bits >> i & 1)
            add_text(rq, texts, text_of(rq, words.v[i]));
}

static unsigned classes_of(const struct privacy_table *t)
{
    unsigned bits = 0;
    for (const struct privacy_column *c = t->columns; c->name; c++)
        bits |= 1U << c->of;
    return bits;
}

static void add_kept(struct rq *rq, struct register_entry *e, const struct privacy_table *t)
{
    for (const struct privacy_keep *k = t->keeps; k->name; k++)
        add_text(rq, &e->kept,
                 t_privacy_kept_line(rq, retention_label(rq, str_from_c(k->name)),
                                     retention_days(rq, k->days)));
}

static struct register_entry gather(struct rq *rq, const struct activity_words *w)
{
    struct register_entry e = { .name = w->name,
                                .title = text_of(rq, w->title),
                                .purpose = text_of(rq, w->purpose),
                                .people = text_of(rq, w->people) };
    unsigned basis = 0;
    unsigned to = 0;
    unsigned of = 0;
    for (size_t i = 0; i < privacy_table_count; i++) {
        const struct privacy_table *t = &privacy_tables[i];
        if (!str_eq(str_from_c(t->activity), w->name))
            continue;
        basis |= t->basis;
        to |= t->to;
        of |= classes_of(t);
        add_kept(rq, &e, t);
    }
    add_bits(rq, &e.basis, WORDS_OF(bases), basis);
    add_bits(rq, &e.to, WORDS_OF(receivers), to);
    add_bits(rq, &e.data, WORDS_OF(classes), of & ~(1U << PRIVACY_PLAIN));
    if (!e.data.n)
        add_text(rq, &e.data, text_of(rq, classes[PRIVACY_PLAIN]));
    if (!e.kept.n)
        add_text(rq, &e.kept, t_privacy_kept_always(rq));
    return e;
}

struct register_entries register_of(struct rq *rq)
{
    struct register_entries entries = { 0 };
    for (size_t i = 0; i < sizeof activities / sizeof *activities; i++)
        *vec_add(rq->arena, &entries) = gather(rq, &activities[i]);
    return entries;
}

struct register_texts register_measures(struct rq *rq)
{
    struct register_texts texts = { 0 };
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        add_text(rq, &texts, text_of(rq, measures[i]));
    return texts;
}

str register_joined(struct arena *a, const struct register_texts *texts)
{
    struct out o = out_new(a, 0);
    for (size_t i = 0; i < texts->n; i++) {
        if (i)
            OUT(&o, "; ");
        out_str(&o, texts->v[i]);
    }
    return out_text(&o);
}

str register_title(const struct rq *rq, str activity)
{
    for (size_t i = 0; i < sizeof activities / sizeof *activities; i++)
        if (str_eq(activities[i].name, activity))
            return text_of(rq, activities[i].title);
    return activity;
}

str register_class(const struct rq *rq, enum privacy_class of)
{
    return text_of(rq, classes[of]);
}

/* ---- writing ---- */

static void put_csv(struct rq *rq, const struct register_entries *entries)
{
    struct csv c = csv_new_german(rq->out);
    const str heads[] = { t_privacy_register_activity(rq), t_privacy_register_purpose(rq),
                          t_privacy_register_basis(rq),    t_privacy_register_people(rq),
                          t_privacy_register_data(rq),     t_privacy_register_to(rq),
                          t_privacy_register_kept(rq),     t_privacy_register_measures(rq) };
    struct register_texts all = register_measures(rq);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        csv_str(&c, heads[i]);
    csv_row_end(&c);
    for (size_t i = 0; i < entries->n; i++) {
        const struct register_entry *e = &entries->v[i];
        csv_str(&c, e->title);
        csv_str(&c, e->purpose);
        csv_str(&c, register_joined(rq->arena, &e->basis));
        csv_str(&c, e->people);
        csv_str(&c, register_joined(rq->arena, &e->data));
        csv_str(&c, register_joined(rq->arena, &e->to));
        csv_str(&c, register_joined(rq->arena, &e->kept));
        csv_str(&c, register_joined(rq->arena, &all));
        csv_row_end(&c);
    }
}

/* Names and addresses are the town's own and may hold what Markdown would take for markup. */
static void put_plain(struct out *o, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (str_find_byte(S("\\`*_{}[]<>#|"), s.p[i]) >= 0)
            out_char(o, '\\');
        out_char(o, s.p[i] == '\n' ? ' ' : s.p[i]);
    }
}

static void put_list(struct out *o, str head, const struct register_texts *texts)
{
    OUT(o, "\n**");
    out_str(o, head);
    OUT(o, "**\n\n");
    for (size_t i = 0; i < texts->n; i++) {
        OUT(o, "- ");
        put_plain(o, texts->v[i]);
        OUT(o, "\n");
    }
}

static void put_one(struct rq *rq, struct out *o, const struct register_entry *e)
{
    OUT(o, "\n## ");
    out_str(o, e->title);
    OUT(o, "\n\n");
    out_str(o, e->purpose);
    OUT(o, "\n");
    struct register_texts people = { .v = (str[]){ e->people }, .n = 1 };
    put_list(o, t_privacy_register_basis(rq), &e->basis);
    put_list(o, t_privacy_register_people(rq), &people);
    put_list(o, t_privacy_register_data(rq), &e->data);
    put_list(o, t_privacy_register_to(rq), &e->to);
    put_list(o, t_privacy_register_kept(rq), &e->kept);
}

static void put_markdown(struct rq *rq, struct out *o)
{
    struct register_entries entries = register_of(rq);
    struct register_texts all = register_measures(rq);
    const struct city *city = rq->city;
    OUT(o, "# ");
    out_str(o, t_privacy_register_title(rq));
    OUT(o, "\n\n");
    put_plain(o, t_privacy_register_body(rq, city->long_name.n ? city->long_name : city->name));
    OUT(o, "  \n");
    put_plain(o, city->address);
    OUT(o, "  \n");
    put_plain(o, city->mail);
    OUT(o, "\n");
    for (size_t i = 0; i < entries.n; i++)
        put_one(rq, o, &entries.v[i]);
    put_list(o, t_privacy_register_measures(rq), &all);
}

/* GET /buero/verzeichnis */
void register_page(struct rq *rq)
{
    struct register_entries entries = register_of(rq);
    struct register_texts all = register_measures(rq);
    rq_crumb(rq, t_office_title(rq), link_to(rq, S("/buero")));
    rq_crumb(rq, t_privacy_register_title(rq), link_to(rq, S("/buero/verzeichnis")));
    view_register(rq, &entries, &all);
}

/* GET /buero/verzeichnis/csv: about nobody, so it leaves no line in the audit trail. */
void register_csv(struct rq *rq)
{
    struct register_entries entries = register_of(rq);
    rq_type(rq, S("text/csv; charset=utf-8"));
    rq_header(rq, S("Content-Disposition"), S("attachment; filename=\"verzeichnis.csv\""));
    put_csv(rq, &entries);
}

/* GET /buero/verzeichnis/markdown */
void register_markdown(struct rq *rq)
{
    rq_type(rq, S("text/markdown; charset=utf-8"));
    rq_header(rq, S("Content-Disposition"), S("attachment; filename=\"verzeichnis.md\""));
    put_markdown(rq, rq->out);
}

/* tandem register --city SLUG */
int command_register(struct cli *cli)
{
    struct db db;
    int64_t city_id = 0;
    struct out o = out_new(cli->arena, 0);
    if (cli->arg_count || !cli_option(cli, "city", NULL).n)
        return CLI_USAGE;
    if (!cli_city(cli, &city_id) || db_begin(cli->app->store, cli->arena, &db) != ERR_OK)
        return CLI_REFUSED;
    struct city_list cities = city_list_begin(cli->app->cities);
    struct rq rq = rq_outside(cli->app, &db, &cities, city_by_id(&cities, city_id));
    put_markdown(&rq, &o);
    cli_say(cli, str_trim(out_text(&o)));
    city_list_end(cli->app->cities, &cities);
    db_end(&db);
    return CLI_DONE;
}
