/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What tables know about people. Beside x.sql stands x.privacy:
 *
 *     table interest
 *       activity interest
 *       plain    id city_id opportunity_id state lang created_at
 *       name     name
 *       mail     mail
 *       text     message
 *       person   mail mail
 *       keep     unconfirmed 3 days after created_at when state = 'unconfirmed'
 *       erase    feature
 *
 * As soon as one feature has such a file, every table and every column of all features needs its
 * line. Out of it come statements (compiled like those of x.sql) and people.c, whose form
 * is db/privacy.h. Neighbours: sqlc_privacy_emit.c.
 */
#include "sqlc.h"

static const char class_names[PRIVACY_CLASSES][12] = { "plain", "name",   "mail",
                                                       "phone", "text",   "account",
                                                       "mark",  "secret", "sensitive" };

static const char *const bases[] = { "task", "consent", "duty", NULL };
static const char *const receivers[] = { "office", "contact", "public", "operator", NULL };

struct declaring {
    struct sqlc *c;
    struct feature *feature;
    const char *file;
    int line;
    struct table *table; /* the one being described; NULL: none that exists */
};

static void problem(struct declaring *d, const char *text, str about)
{
    tool_problem(&d->c->tool, d->file, d->line, "%.*s: %s", STR_FMT(about), text);
}

/* ---- one line ---- */

static void begin_table(struct declaring *d, str rest)
{
    str name = next_word(&rest);
    struct table *t = table_find(d->c, name);
    d->table = NULL;
    if (!t) {
        problem(d, "there is no such table", name);
    } else if (t->feature != d->feature) {
        problem(d, "the table belongs to another feature", name);
    } else if (t->privacy) {
        problem(d, "the table is described already", name);
    } else {
        d->table = t;
        t->privacy = NEW(&d->c->tool.arena, struct privacy);
        t->privacy->line = d->line;
        t->privacy->file = d->file;
        t->privacy->key = S("id");
    }
}

static void classify(struct declaring *d, enum privacy_class of, str rest)
{
    for (str name = next_word(&rest); name.n; name = next_word(&rest)) {
        const struct column *found = column_find(d->table, name);
        struct column *col = found ? d->table->columns.v + (found - d->table->columns.v) : NULL;
        if (!col)
            problem(d, "the table has no such column", name);
        else if (col->classed)
            problem(d, "the column has a class already", name);
        else {
            col->classed = true;
            col->class = of;
        }
    }
}

/* "sealed COLUMN…": its value is a sealed of C, made and opened by web/seal.h only. */
static void seal(struct declaring *d, str rest)
{
    for (str name = next_word(&rest); name.n; name = next_word(&rest)) {
        const struct column *found = column_find(d->table, name);
        if (!found)
            problem(d, "the table has no such column", name);
        else if (found->type != DB_TEXT || found->optional)
            problem(d, "what is sealed is TEXT NOT NULL", name);
        else
            d->table->columns.v[found - d->table->columns.v].type = DB_SEALED;
    }
}

static const struct column *need_column(struct declaring *d, const struct table *t, str name)
{
    const struct column *col = t ? column_find(t, name) : NULL;
    if (!col)
        problem(d, "the table has no such column", name);
    return col;
}

/*
 * "mail COLUMN", "account COLUMN", "mark COLUMN" and "of TABLE by COLUMN"; with "shows COLUMN…"
 * only these are handed out (what a member of staff did, without what others wrote).
 */
static void add_person(struct declaring *d, str rest)
{
    struct person p = { .line = d->line };
    str word = next_word(&rest);
    p.column = next_word(&rest);
    if (str_eq(word, S("of"))) {
        p.parent = table_find(d->c, p.column);
        if (!p.parent || !str_eq(next_word(&rest), S("by")))
            problem(d, "is \"person of TABLE by COLUMN\"", p.column);
        p.column = next_word(&rest);
    } else if (str_eq(word, S("mail"))) {
        p.by = PERSON_MAIL;
    } else if (str_eq(word, S("account"))) {
        p.by = PERSON_ACCOUNT;
    } else if (str_eq(word, S("mark"))) {
        p.by = PERSON_MARK;
    } else {
        problem(d, "a person is found by mail, account, mark or of another table", word);
        return;
    }
    if (str_eq(next_word(&rest), S("shows")))
        for (str name = next_word(&rest); name.n; name = next_word(&rest))
            if (need_column(d, d->table, name))
                *vec_add(&d->c->tool.arena, &p.shows) = *need_column(d, d->table, name);
    if (need_column(d, d->table, p.column) && (p.parent || !str_eq(word, S("of"))))
        *vec_add(&d->c->tool.arena, &d->table->privacy->people) = p;
}

/* "NAME N days after COLUMN [when SQL]" */
static bool parse_keep(struct declaring *d, str rest, struct keep *k)
{
    str number = next_word(&rest);
    str days = next_word(&rest);
    str after = next_word(&rest);
    k->after = next_word(&rest);
    str when = next_word(&rest);
    k->when = str_trim(rest);
    bool good = str_to_i64(number, &k->days) && k->days >= 0 && k->days < 40000 &&
                str_eq(days, S("days")) && str_eq(after, S("after")) &&
                (!when.n || (str_eq(when, S("when")) && k->when.n));
    if (!good)
        problem(d, "is \"keep NAME N days after COLUMN [when CONDITION]\"", k->name);
    return good && need_column(d, d->table, k->after);
}

static void add_keep(struct declaring *d, str rest)
{
    struct privacy *p = d->table->privacy;
    struct keep k = { .name = next_word(&rest), .line = d->line };
    if (str_eq(k.name, S("with"))) {
        p->with = next_word(&rest);
        if (!table_find(d->c, p->with))
            problem(d, "there is no such table", p->with);
    } else if (str_eq(k.name, S("always"))) {
        p->always = str_trim(rest);
        if (!p->always.n)
            problem(d, "keeping for good needs a reason", k.name);
    } else if (parse_keep(d, rest, &k)) {
        *vec_add(&d->c->tool.arena, &p->keeps) = k;
    }
}

/* Bits of the words of a list. */
static unsigned bits_of(struct declaring *d, const char *const *words, str rest)
{
    unsigned bits = 0;
    for (str word = next_word(&rest); word.n; word = next_word(&rest)) {
        int i = 0;
        while (words[i] && !str_eq(word, str_from_c(words[i])))
            i++;
        if (!words[i])
            problem(d, "is not one of the words for this", word);
        else
            bits |= 1U << i;
    }
    return bits;
}

static bool read_class(struct declaring *d, str word, str rest)
{
    for (int i = 0; i < PRIVACY_CLASSES; i++)
        if (str_eq(word, str_from_c(class_names[i]))) {
            classify(d, (enum privacy_class)i, rest);
            return true;
        }
    return false;
}

static void read_line(struct declaring *d, str rest)
{
    str word = next_word(&rest);
    if (!word.n || str_starts(word, S("#")))
        return;
    if (str_eq(word, S("table"))) {
        begin_table(d, rest);
        return;
    }
    if (!d->table)
        return;
    struct privacy *p = d->table->privacy;
    if (read_class(d, word, rest))
        return;
    if (str_eq(word, S("activity")))
        p->activity = next_word(&rest);
    else if (str_eq(word, S("basis")))
        p->basis = bits_of(d, bases, rest);
    else if (str_eq(word, S("to")))
        p->to = bits_of(d, receivers, rest);
    else if (str_eq(word, S("sealed")))
        seal(d, rest);
    else if (str_eq(word, S("person")))
        add_person(d, rest);
    else if (str_eq(word, S("keep")))
        add_keep(d, rest);
    else if (str_eq(word, S("key")))
        p->key = next_word(&rest);
    else if (str_eq(word, S("erase")) && str_eq(next_word(&rest), S("feature")))
        p->by_feature = true;
    else
        problem(d, "is no line of a table's description", word);
}

static void read_file(struct sqlc *c, struct feature *f)
{
    struct declaring d = { .c = c, .feature = f, .file = f->privacy };
    str rest = tool_read(&c->tool, f->privacy);
    str line;
    while (str_next(&rest, '\n', &line)) {
        d.line++;
        read_line(&d, str_trim(line));
    }
}

/* ---- what must be said ---- */

static bool is_personal(const struct table *t)
{
    for (size_t i = 0; i < t->columns.n; i++)
        switch (t->columns.v[i].class) {
        case PRIVACY_NAME:
        case PRIVACY_MAIL:
        case PRIVACY_PHONE:
        case PRIVACY_SENSITIVE:
            return true;
        default:
            break;
        }
    return false;
}

static void check_columns(struct sqlc *c, const struct table *t)
{
    for (size_t i = 0; i < t->columns.n; i++)
        if (t->columns.v[i].class == PRIVACY_SENSITIVE && t->columns.v[i].type != DB_SEALED)
            tool_problem(&c->tool, t->privacy->file, t->privacy->line,
                         "%.*s.%.*s is sensitive and not sealed", STR_FMT(t->name),
                         STR_FMT(t->columns.v[i].name));
    for (size_t i = 0; i < t->columns.n; i++)
        if (!t->columns.v[i].classed)
            tool_problem(&c->tool, t->privacy->file, t->privacy->line,
                         "%.*s.%.*s has no class: does it tell something about a person?",
                         STR_FMT(t->name), STR_FMT(t->columns.v[i].name));
}

static void check_table(struct sqlc *c, const struct table *t)
{
    const struct privacy *p = t->privacy;
    if (!p) {
        tool_problem(&c->tool, t->file, t->line,
                     "table %.*s is not in %s.privacy: what does it know about people, and for how "
                     "long is it kept?",
                     STR_FMT(t->name), t->feature->name);
        return;
    }
    check_columns(c, t);
    const char *missing = NULL;
    if (!p->activity.n)
        missing = "an activity";
    else if (!p->keeps.n && !p->with.n && !p->always.n)
        missing = "a retention (keep …)";
    else if (is_personal(t) && !p->people.n)
        missing = "a person: its rows are about somebody";
    else if (is_personal(t) && p->always.n && !p->keeps.n)
        missing = "an end: rows about people are not kept for good";
    else if (!p->basis)
        missing = "a basis (basis task, consent, duty)";
    else if (!p->to)
        missing = "who sees it (to office, contact, public, operator)";
    else if (!column_find(t, p->key))
        missing = "its key (key …)";
    if (missing)
        tool_problem(&c->tool, p->file, p->line, "%.*s lacks %s", STR_FMT(t->name), missing);
}

/* ---- the statements that come of it ---- */

static const char *city_of(const struct table *t)
{
    return has_city(t) ? "city_id" : "CAST(0 AS INTEGER) AS city_id";
}

static void put_keep(struct out *o, const struct table *t, const struct keep *k)
{
    str due = str_fmt(o->arena, "%.*s > 0 AND %.*s < :before::int%s%.*s%s", STR_FMT(k->after),
                      STR_FMT(k->after), k->when.n ? " AND (" : "", STR_FMT(k->when),
                      k->when.n ? ")" : "");
    out_fmt(o,
            "-- name: keep_%.*s_%.*s :rows %s_keep_due\n-- cross-city: retention\nSELECT %.*s AS "
            "id, %s FROM %.*s WHERE %.*s ORDER BY %.*s LIMIT :most::int;\n",
            STR_FMT(t->name), STR_FMT(k->name), t->feature->name, STR_FMT(t->privacy->key),
            city_of(t), STR_FMT(t->name), STR_FMT(due), STR_FMT(t->privacy->key));
    out_fmt(o,
            "-- name: keep_%.*s_%.*s_count :rows %s_keep_count\n-- cross-city: retention\n"
            "SELECT %s, COUNT(*) AS n FROM %.*s WHERE %.*s%s;\n",
            STR_FMT(t->name), STR_FMT(k->name), t->feature->name, city_of(t), STR_FMT(t->name),
            STR_FMT(due), has_city(t) ? " GROUP BY city_id ORDER BY city_id" : "");
}

static void put_columns(struct out *o, const struct table *t, const struct person *p)
{
    const struct columns *all = p->shows.n ? &p->shows : &t->columns;
    const char *comma = "";
    for (size_t i = 0; i < all->n; i++) {
        if (all->v[i].class == PRIVACY_SECRET)
            continue;
        out_fmt(o, "%s%.*s", comma, STR_FMT(all->v[i].name));
        comma = ", ";
    }
}

static const char *type_of(const struct person *p)
{
    return p->by == PERSON_ACCOUNT ? "int" : "text";
}

/* The condition that a row is this person's. A parent has one person of its own. */
static void put_whose(struct out *o, const struct person *p)
{
    const struct privacy *parent = p->parent ? p->parent->privacy : NULL;
    if (parent)
        out_fmt(o, "%.*s IN (SELECT %.*s FROM %.*s WHERE %.*s = :who::%s)", STR_FMT(p->column),
                STR_FMT(parent->key), STR_FMT(p->parent->name), STR_FMT(parent->people.v[0].column),
                type_of(p));
    else
        out_fmt(o, "%.*s = :who", STR_FMT(p->column));
}

static void put_person(struct out *o, const struct table *t, size_t i)
{
    const struct person *p = &t->privacy->people.v[i];
    out_fmt(
        o,
        "-- name: person_%.*s_%zu :rows person_%.*s_%zu_row\n-- cross-city: all that is kept of "
        "somebody\nSELECT ",
        STR_FMT(t->name), i + 1, STR_FMT(t->name), i + 1);
    put_columns(o, t, p);
    out_fmt(o, " FROM %.*s WHERE ", STR_FMT(t->name));
    put_whose(o, p);
    out_fmt(o, " ORDER BY %.*s LIMIT 5000;\n", STR_FMT(t->privacy->key));
    if (p->parent)
        return;
    out_fmt(o,
            "-- name: person_%.*s_%zu_ids :rows %s_keep_due\n-- cross-city: all that is kept of "
            "somebody\nSELECT %.*s AS id, %s FROM %.*s WHERE %.*s = :who ORDER BY %.*s LIMIT "
            "5000;\n",
            STR_FMT(t->name), i + 1, t->feature->name, STR_FMT(t->privacy->key), city_of(t),
            STR_FMT(t->name), STR_FMT(p->column), STR_FMT(t->privacy->key));
}

bool can_correct(const struct table *t, size_t column, const struct person *p)
{
    enum privacy_class of = t->columns.v[column].class;
    return !p->parent && p->by == PERSON_MAIL && has_city(t) &&
           (of == PRIVACY_NAME || of == PRIVACY_PHONE);
}

static void put_corrections(struct out *o, const struct table *t, const struct person *p)
{
    for (size_t i = 0; i < t->columns.n; i++)
        if (can_correct(t, i, p))
            out_fmt(o,
                    "-- name: correct_%.*s_%.*s :run\nUPDATE %.*s "
                    "SET %.*s = :value WHERE %.*s = :who AND city_id = :city AND %.*s <> '';\n",
                    STR_FMT(t->name), STR_FMT(t->columns.v[i].name), STR_FMT(t->name),
                    STR_FMT(t->columns.v[i].name), STR_FMT(p->column),
                    STR_FMT(t->columns.v[i].name));
}

/* For sealing anew: the boxes of another key, putting one back, and counting those of a key. */
static void put_sealed(struct out *o, const struct table *t, str column)
{
    str n = t->name;
    str key = t->privacy->key;
    out_fmt(o,
            "-- name: sealed_%.*s_%.*s :rows %s_sealed_box\n-- cross-city: keys are the "
            "installation's\nSELECT %.*s AS id, %.*s AS box FROM %.*s WHERE %.*s > :after AND "
            "%.*s <> '' AND %.*s NOT LIKE :like::text ESCAPE '!' ORDER BY %.*s LIMIT :most;\n",
            STR_FMT(n), STR_FMT(column), t->feature->name, STR_FMT(key), STR_FMT(column),
            STR_FMT(n), STR_FMT(key), STR_FMT(column), STR_FMT(column), STR_FMT(key));
    out_fmt(o,
            "-- name: sealed_%.*s_%.*s_set :run\n-- cross-city: keys are the installation's\n"
            "UPDATE %.*s SET %.*s = :box WHERE %.*s = :id AND %.*s = :was;\n",
            STR_FMT(n), STR_FMT(column), STR_FMT(n), STR_FMT(column), STR_FMT(key),
            STR_FMT(column));
    out_fmt(o,
            "-- name: sealed_%.*s_%.*s_count :row %s_sealed_count\n-- cross-city: keys are the "
            "installation's\nSELECT COUNT(*) AS n FROM %.*s WHERE %.*s LIKE :like::text ESCAPE "
            "'!';\n",
            STR_FMT(n), STR_FMT(column), t->feature->name, STR_FMT(n), STR_FMT(column));
}

static void put_table(struct out *o, const struct table *t)
{
    const struct privacy *p = t->privacy;
    for (size_t i = 0; i < t->columns.n; i++)
        if (t->columns.v[i].type == DB_SEALED)
            put_sealed(o, t, t->columns.v[i].name);
    for (size_t i = 0; i < p->keeps.n; i++)
        put_keep(o, t, &p->keeps.v[i]);
    for (size_t i = 0; i < p->people.n; i++) {
        put_person(o, t, i);
        put_corrections(o, t, &p->people.v[i]);
    }
    if (p->people.n && !p->with.n)
        out_fmt(o,
                "-- name: all_%.*s :rows %s_keep_due\n-- cross-city: a restore\nSELECT %.*s AS id, "
                "%s FROM %.*s WHERE %.*s > :after ORDER BY %.*s LIMIT :most::int;\n",
                STR_FMT(t->name), t->feature->name, STR_FMT(p->key), city_of(t), STR_FMT(t->name),
                STR_FMT(p->key), STR_FMT(p->key));
    if (!p->by_feature && (p->keeps.n || p->people.n) && !p->with.n)
        out_fmt(o,
                "-- name: erase_%.*s :run\n-- cross-city: its time is over\n%sDELETE FROM %.*s "
                "WHERE %.*s = :id;\n",
                STR_FMT(t->name), t->append_only ? "-- erases: its time is over\n" : "",
                STR_FMT(t->name), STR_FMT(p->key));
}

/* A parent's person must be known before its children's statements are made. */
static bool parents_good(struct sqlc *c, const struct table *t)
{
    for (size_t i = 0; t->privacy && i < t->privacy->people.n; i++) {
        struct person *p = &t->privacy->people.v[i];
        const struct privacy *parent = p->parent ? p->parent->privacy : NULL;
        if (parent && parent->people.n && !parent->people.v[0].parent) {
            p->by = parent->people.v[0].by;
        } else if (p->parent) {
            tool_problem(&c->tool, t->privacy->file, p->line,
                         "%.*s: its rows are nobody's, or another table's",
                         STR_FMT(p->parent->name));
            return false;
        }
    }
    return true;
}

void privacy_read(struct sqlc *c)
{
    bool any = false;
    for (size_t i = 0; i < c->features.n; i++)
        if (c->features.v[i].privacy) {
            read_file(c, &c->features.v[i]);
            any = true;
        }
    bool good = true;
    for (size_t i = 0; any && i < c->tables.n; i++) {
        check_table(c, &c->tables.v[i]);
        good &= parents_good(c, &c->tables.v[i]);
    }
    for (size_t i = 0; any && good && !c->tool.problems && i < c->features.n; i++) {
        struct out o = out_new(&c->tool.arena, 0);
        for (size_t k = 0; k < c->tables.n; k++)
            if (c->tables.v[k].feature == &c->features.v[i])
                put_table(&o, &c->tables.v[k]);
        read_statements(c, &c->features.v[i], out_text(&o));
    }
    c->private = any;
}
