/* SPDX-License-Identifier: EUPL-1.2 */
/* The request's target: into path, query and parameters, strictly. See refuse.h. */
#include "http/refuse.h"

#include "base/utf8.h"
#include "http/param.h"

/* Blanks, control bytes and fragments have no place in a target, encoded or not. */
static bool clean_bytes(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c == 0x7f || c == '#')
            return false;
    }
    return utf8_valid(s);
}

/* Encoded, these would be read differently by us and by a proxy that decodes them. */
static bool has_encoded_separator(str path)
{
    ptrdiff_t first = str_find_byte(path, '%');
    for (size_t i = first < 0 ? path.n : (size_t)first; i + 2 < path.n; i++) {
        str escape = str_slice(path, i, i + 3);
        if (str_ieq(escape, S("%2f")) || str_ieq(escape, S("%5c")) || str_ieq(escape, S("%00")))
            return true;
    }
    return false;
}

static bool good_path(str path)
{
    str segment;
    str rest = str_slice(path, 1, path.n);

    if (str_starts(path, S("//")) || !utf8_valid(path))
        return false;
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] < ' ' || path.p[i] == 0x7f || path.p[i] == '\\')
            return false;
    while (str_next(&rest, '/', &segment))
        if (str_eq(segment, S(".")) || str_eq(segment, S("..")))
            return false;
    return true;
}

/* Takes "http://authority" off the front of an absolute-form target. */
static bool take_authority(str *target, str *authority)
{
    size_t scheme = 0;

    if (target->n >= 7 && str_ieq(str_slice(*target, 0, 7), S("http://")))
        scheme = 7;
    else if (target->n >= 8 && str_ieq(str_slice(*target, 0, 8), S("https://")))
        scheme = 8;
    else
        return false;
    str rest = str_slice(*target, scheme, target->n);
    size_t end = 0;
    while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?')
        end++;
    *authority = str_slice(rest, 0, end);
    *target = str_slice(rest, end, rest.n);
    if (!target->n)
        *target = S("/");
    return authority->n > 0;
}

int target_parse(str target, struct http_request *rq, str *authority)
{
    *authority = (str){ NULL, 0 };
    if (!target.n || !clean_bytes(target))
        return 400;
    if (target.p[0] != '/' && !take_authority(&target, authority))
        return 400;
    ptrdiff_t question = str_find_byte(target, '?');
    str path = question < 0 ? target : str_slice(target, 0, (size_t)question);
    rq->query = question < 0 ? S("") : str_slice(target, (size_t)question + 1, target.n);
    if (!path.n)
        path = S("/");
    if (has_encoded_separator(path) || !param_unescape(rq->arena, path, false, &path) ||
        !good_path(path))
        return 400;
    int status = param_parse(rq->arena, rq->query, &rq->params);
    if (status)
        return status == 413 ? 414 : status;
    rq->path = path;
    return 0;
}
