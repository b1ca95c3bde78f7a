/* SPDX-License-Identifier: EUPL-1.2 */
/* The handlers of the office's pages (editor.c), and what they show. */
#ifndef FEATURE_GUIDE_PAGES_H
#define FEATURE_GUIDE_PAGES_H

#include "feature/guide/view.h"

struct guide_form {
    str topic;
    int64_t office;
    str title, summary, body_md;
    str title_simple, summary_simple, body_simple;
    str title_en, summary_en, body_en;
    str sources;
    int64_t amounts;
    str stated_on;
    str note;
};

extern const struct field guide_fields[];

/* What the form shows beside its fields. */
struct guide_desk {
    const struct guide_full *article; /* NULL: a new one */
    struct guide_office_rows offices;
    bool newer; /* the shared text has changed, or the town has left it */
};

struct guide_filter {
    str q, topic, state;
    bool due;
    size_t due_count;
};

void editor_list(struct rq *rq);
void editor_export(struct rq *rq, struct tx *tx);
void editor_new(struct rq *rq);
void editor_create(struct rq *rq, struct tx *tx);
void editor_edit(struct rq *rq);
void editor_save(struct rq *rq, struct tx *tx);
void editor_preview(struct rq *rq);
void editor_history(struct rq *rq);
void editor_publish(struct rq *rq, struct tx *tx);
void editor_review(struct rq *rq, struct tx *tx);
void editor_archive(struct rq *rq, struct tx *tx);
void editor_restore(struct rq *rq, struct tx *tx);
void editor_take(struct rq *rq, struct tx *tx);
void editor_install(struct rq *rq, struct tx *tx);

/* "wartet auf Prüfung", "öffentlich", "Änderungen nicht veröffentlicht" … */
str editor_state(const struct rq *rq, const struct guide_office_row *row);
str editor_origin(const struct rq *rq, str source, int64_t edited);
str editor_event(const struct rq *rq, const struct guide_version_row *v);

#endif
