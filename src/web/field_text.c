/* SPDX-License-Identifier: EUPL-1.2 */
/* Members of a form as text. */
#include "web/field_text.h"

#include "web/page.h"
#include "web/vocab_label.h"

bool field_is_number(const struct field *f)
{
    switch (f->type) {
    case FIELD_INT:
    case FIELD_DECIMAL:
    case FIELD_BOOL:
    case FIELD_BITS:
    case FIELD_GRID:
    case FIELD_ACCESS:
        return true;
    default:
        return false;
    }
}

str field_text(struct arena *a, const struct field *f, const void *form)
{
    const void *at = (const char *)form + f->offset;
    if (!field_is_number(f))
        return *(const str *)at;
    return str_fmt(a, "%lld", (long long)*(const int64_t *)at);
}

void field_set_text(const struct field *f, void *form, str text)
{
    void *at = (char *)form + f->offset;
    int64_t number = 0;
    if (!field_is_number(f))
        *(str *)at = text;
    else if (str_to_i64(text, &number))
        *(int64_t *)at = number;
}

static str access_words(struct rq *rq, uint64_t access)
{
    struct out o = out_new(rq->arena, 2048);
    for (int i = 0; i < ACCESSIBLE_COUNT; i++) {
        enum vocab_answer answer = accessible_answer(access, (enum vocab_accessible)i);
        out_fmt(&o, "%s%.*s: %.*s", i ? "; " : "", STR_FMT(vocab_label(rq, &vocab_accessible, i)),
                STR_FMT(vocab_label(rq, &vocab_answer, (int)answer)));
    }
    return out_text(&o);
}

str field_words(struct rq *rq, const struct field *f, str text)
{
    int64_t number = 0;
    (void)str_to_i64(text, &number);
    switch (f->type) {
    case FIELD_BITS:
        return vocab_labels(rq, f->vocab, number);
    case FIELD_ACCESS:
        return access_words(rq, (uint64_t)number);
    case FIELD_CODE:
        return text.n ? vocab_label_of(rq, f->vocab, text) : text;
    case FIELD_DAY:
        return text.n ? page_iso_day(rq, text) : text;
    default:
        return text;
    }
}
