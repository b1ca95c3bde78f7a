/* SPDX-License-Identifier: EUPL-1.2 */
/* Multipart forms: src/http/form.c. The first line is the content type, the rest the body. */
#include "fuzz.h"

#include "base/err.h"
#include "base/utf8.h"
#include "http/form.h"
#include "http/param.h"

static void check(const struct form *form, str body)
{
    size_t bytes = 0;

    must(form->fields.n <= PARAM_MAX && form->upload_count <= FORM_UPLOADS_MAX);
    for (size_t i = 0; i < form->fields.n; i++) {
        must(utf8_valid(form->fields.v[i].name) && utf8_valid(form->fields.v[i].value));
        bytes += form->fields.v[i].value.n;
    }
    for (size_t i = 0; i < form->upload_count; i++) {
        must(utf8_valid(form->uploads[i].filename) && utf8_valid(form->uploads[i].type));
        bytes += form->uploads[i].bytes.n;
    }
    must(bytes <= body.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    str body = { (const char *)bytes, n };
    str type;
    struct form form;
    struct arena a;

    arena_init(&a, 0);
    if (n && str_next(&body, '\n', &type)) {
        int status = form_parse_multipart(&a, type, body, &form);
        must(status == 0 || status == 400 || status == 413);
        check(&form, body);
    }
    arena_free(&a);
    return 0;
}
