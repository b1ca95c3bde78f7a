/* SPDX-License-Identifier: EUPL-1.2 */
/* Bodies of forms, see form.h. The urlencoded kind is read by param.c. */
#include "http/form.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "http/param.h"

#define PART_HEADERS_MAX 8
#define BOUNDARY_MAX     70 /* RFC 2046, section 5.1.1 */

struct fields {
    struct http_field *v;
    size_t n, cap;
};

struct uploads {
    struct http_upload *v;
    size_t n, cap;
};

/* What the headers of one part say. */
struct part {
    str name;
    str filename;
    str type;
    bool is_file;
};

struct multipart {
    struct arena *arena;
    str delimiter; /* CR LF and two hyphens, then the boundary */
    str rest;      /* not read yet */
    struct fields fields;
    struct uploads uploads;
};

static bool take(str *s, str prefix)
{
    if (!str_starts(*s, prefix))
        return false;
    *s = str_slice(*s, prefix.n, s->n);
    return true;
}

/* Up to the terminator, which is dropped; false when it does not come. */
static bool take_until(str *s, str terminator, str *before)
{
    ptrdiff_t at = str_find(*s, terminator);
    if (at < 0)
        return false;
    *before = str_slice(*s, 0, (size_t)at);
    *s = str_slice(*s, (size_t)at + terminator.n, s->n);
    return true;
}

static str media_type(str content_type)
{
    str type;
    return str_next(&content_type, ';', &type) ? str_trim(type) : S("");
}

/*
 * The next `; name=value` or `; name="value"` off the front. Browsers write quotes and line
 * breaks inside of a value as %22, %0D and %0A, so that a backslash stands for itself.
 */
static bool take_parameter(str *s, str *name, str *value)
{
    *s = str_trim(*s);
    if (!take(s, S(";")))
        return false;
    *s = str_trim(*s);
    if (!take_until(s, S("="), name))
        return false;
    if (take(s, S("\"")))
        return take_until(s, S("\""), value);
    size_t n = 0;
    while (n < s->n && s->p[n] != ';' && s->p[n] != ' ' && s->p[n] != '\t' && s->p[n] != '"')
        n++;
    *value = str_slice(*s, 0, n);
    *s = str_slice(*s, n, s->n);
    return n > 0;
}

static bool boundary_of(str content_type, str *boundary)
{
    str rest = str_slice(content_type, media_type(content_type).n, content_type.n);
    str name;
    str value;

    *boundary = (str){ NULL, 0 };
    while (take_parameter(&rest, &name, &value)) {
        if (!str_ieq(name, S("boundary")))
            continue;
        if (boundary->n)
            return false;
        *boundary = value;
    }
    if (!str_empty(rest) || !boundary->n || boundary->n > BOUNDARY_MAX)
        return false;
    for (size_t i = 0; i < boundary->n; i++)
        if (boundary->p[i] < ' ' || boundary->p[i] > '~')
            return false;
    return true;
}

/* Undoes %22; names with line breaks are refused. */
static bool put_back_quotes(struct arena *a, str *s)
{
    if (str_find(*s, S("%0D")) >= 0 || str_find(*s, S("%0A")) >= 0)
        return false;
    if (str_find(*s, S("%22")) < 0)
        return true;
    char *p = arena_bytes(a, s->n);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        bool quote = str_starts(str_slice(*s, i, s->n), S("%22"));
        p[n++] = quote ? '"' : s->p[i];
        i += quote ? 2 : 0;
    }
    *s = (str){ p, n };
    return true;
}

static bool read_disposition(struct arena *a, str value, struct part *part)
{
    str name;
    str parameter;
    bool named = false;

    value = str_trim(value);
    if (!take(&value, S("form-data")))
        return false;
    while (take_parameter(&value, &name, &parameter)) {
        if (str_ieq(name, S("name"))) {
            if (named)
                return false;
            named = true;
            part->name = parameter;
        } else if (str_ieq(name, S("filename"))) {
            if (part->is_file)
                return false;
            part->is_file = true;
            part->filename = parameter;
        }
    }
    return named && str_empty(value) && utf8_valid(part->name) && utf8_valid(part->filename) &&
           put_back_quotes(a, &part->name) && put_back_quotes(a, &part->filename);
}

/* One header line of a part. */
static bool read_part_header(struct arena *a, str line, struct part *part, bool *disposed)
{
    ptrdiff_t colon = str_find_byte(line, ':');
    if (colon <= 0 || str_find_byte(line, '\r') >= 0 || str_find_byte(line, '\n') >= 0)
        return false;
    str name = str_slice(line, 0, (size_t)colon);
    str value = str_trim(str_slice(line, (size_t)colon + 1, line.n));
    if (str_ieq(name, S("Content-Disposition"))) {
        if (*disposed)
            return false;
        *disposed = true;
        return read_disposition(a, value, part);
    }
    if (str_ieq(name, S("Content-Type"))) {
        part->type = value;
        return utf8_valid(value);
    }
    if (str_ieq(name, S("Content-Transfer-Encoding")))
        return str_ieq(value, S("binary")) || str_ieq(value, S("8bit")) ||
               str_ieq(value, S("7bit"));
    return true;
}

static int read_part_headers(struct multipart *m, struct part *part)
{
    bool disposed = false;
    str line;

    for (int i = 0; i <= PART_HEADERS_MAX; i++) {
        if (!take_until(&m->rest, S("\r\n"), &line))
            return 400;
        if (str_empty(line))
            return !disposed ? 400 : part->name.n > PARAM_NAME_MAX ? 413 : 0;
        if (!read_part_header(m->arena, line, part, &disposed))
            return 400;
    }
    return 400;
}

static int keep_part(struct multipart *m, const struct part *part, str content)
{
    if (!part->is_file) {
        if (m->fields.n == PARAM_MAX)
            return 413;
        *vec_add(m->arena, &m->fields) = (struct http_field){ part->name, content };
        return utf8_valid(content) ? 0 : 400;
    }
    if (!part->filename.n && !content.n)
        return 0;
    if (m->uploads.n == FORM_UPLOADS_MAX)
        return 413;
    *vec_add(m->arena, &m->uploads) =
        (struct http_upload){ part->name, part->filename, part->type, content };
    return 0;
}

static int read_parts(struct multipart *m)
{
    int status = 0;

    while (!status && take(&m->rest, S("\r\n"))) {
        struct part part = { .type = S("text/plain") };
        str content;
        status = read_part_headers(m, &part);
        if (!status && !take_until(&m->rest, m->delimiter, &content))
            status = 400;
        if (!status)
            status = keep_part(m, &part, content);
    }
    if (status)
        return status;
    /* The end: two hyphens, and at most a line break behind them. */
    if (!take(&m->rest, S("--")))
        return 400;
    take(&m->rest, S("\r\n"));
    return str_empty(m->rest) ? 0 : 400;
}

int form_parse_multipart(struct arena *a, str content_type, str body, struct form *form)
{
    struct multipart m = { .arena = a, .rest = body };
    str boundary;

    *form = (struct form){ 0 };
    if (!boundary_of(content_type, &boundary))
        return 400;
    m.delimiter = str_join(a, S("\r\n--"), boundary);
    /* The first delimiter has no line break in front; browsers send no preamble. */
    if (!take(&m.rest, str_slice(m.delimiter, 2, m.delimiter.n)))
        return 400;
    int status = read_parts(&m);
    if (status)
        return status;
    form->fields = (struct http_fields){ m.fields.v, m.fields.n };
    form->uploads = m.uploads.v;
    form->upload_count = m.uploads.n;
    return 0;
}

int form_decode(struct http_request *rq)
{
    str content_type = http_header(rq, S("Content-Type"));
    str type = media_type(content_type);
    struct form form = { 0 };
    int status = 0;

    if (str_ieq(type, S("application/x-www-form-urlencoded")))
        status = param_parse(rq->arena, rq->body, &form.fields);
    else if (str_ieq(type, S("multipart/form-data")))
        status = form_parse_multipart(rq->arena, content_type, rq->body, &form);
    else
        return 0;
    if (status)
        return status;
    rq->form = form.fields;
    rq->uploads = form.uploads;
    rq->upload_count = form.upload_count;
    rq->body = (str){ NULL, 0 };
    return 0;
}
