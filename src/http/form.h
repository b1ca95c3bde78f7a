/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Bodies of forms. Pure functions: 0 or the status that refuses the body (see param.h).
 * Fields and uploads are slices of the body, or in the arena where they were decoded.
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "http/http.h"

#define FORM_UPLOADS_MAX 20

struct form {
    struct http_fields fields;
    const struct http_upload *uploads;
    size_t upload_count;
};

/*
 * multipart/form-data (RFC 7578) as browsers send it. The boundary is the parameter of
 * the content type. 400 for anything that is not exactly so, 413 for too much of it.
 * A file input that was left empty is no upload.
 */
int form_parse_multipart(struct arena *a, str content_type, str body, struct form *form);
/*
 * Decodes rq->body by its Content-Type into rq->form and rq->uploads, and empties
 * rq->body; a body of another type is left alone.
 */
int form_decode(struct http_request *rq);

#endif
