/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * tapsum: one number for all tests.
 *
 *     tapsum FILE…
 *
 * Reads what `meson test` has logged (testlog.json, a JSON object per line and test program) or
 * what one program printed (NAME.tap), counts the TAP lines of every program, names each failure
 * with the comments below it, and ends with "N passed, N failed, N skipped". A program that is no
 * TAP counts as one test by its result; one that was killed, stopped short of its plan, or failed
 * without saying where counts as one failure more.
 * Exit status: 0, or 1 when a test failed, no test was run, or a log cannot be read.
 */
#include "base/arena.h"
#include "base/out.h"
#include "base/str.h"

#include <errno.h>
#include <jansson.h>

struct sum {
    long passed;
    long failed;
    long skipped;
};

/* What TAP says of one program. */
struct tap {
    struct sum sum;
    int64_t planned; /* -1: no plan was seen */
    bool bailed;
    bool explains; /* the comments that come now belong to a failure */
};

static void fail(struct sum *sum, str program, str what)
{
    sum->failed++;
    printf("FAILED %.*s: %.*s\n", STR_FMT(program), STR_FMT(what));
}

/* The directive that ends a TAP line, for instance "# SKIP no data here". */
static bool directive(str line, str name)
{
    for (ptrdiff_t at; (at = str_find_byte(line, '#')) >= 0;) {
        line = str_trim(str_slice(line, (size_t)at + 1, line.n));
        if (str_ieq(str_slice(line, 0, name.n), name))
            return true;
    }
    return false;
}

static void tap_line(struct tap *tap, str program, str line)
{
    if (str_starts(line, S("#"))) {
        if (tap->explains)
            printf("    %.*s\n", STR_FMT(line));
        return;
    }
    tap->explains = false;
    if (str_starts(line, S("1.."))) {
        str_to_i64(str_trim(str_slice(line, 3, line.n)), &tap->planned);
        if (tap->planned == 0) /* "1..0 # SKIP why": the whole program */
            tap->sum.skipped++;
    } else if (str_starts(line, S("Bail out!"))) {
        tap->bailed = true;
    } else if (str_starts(line, S("not ok")) && !directive(line, S("TODO"))) {
        fail(&tap->sum, program, str_trim(str_slice(line, 6, line.n)));
        tap->explains = true;
    } else if (str_starts(line, S("ok")) && directive(line, S("SKIP"))) {
        tap->sum.skipped++;
    } else if (str_starts(line, S("ok")) || str_starts(line, S("not ok"))) {
        tap->sum.passed++;
    }
}

static struct tap tap_read(str program, str text)
{
    struct tap tap = { .planned = -1 };
    str line;
    while (str_next(&text, '\n', &line))
        tap_line(&tap, program, line);
    return tap;
}

static void add(struct sum *to, struct sum more)
{
    to->passed += more.passed;
    to->failed += more.failed;
    to->skipped += more.skipped;
}

static void count(struct sum *sum, str program, str result, str text)
{
    bool good = str_eq(result, S("OK")) || str_eq(result, S("EXPECTEDFAIL"));
    struct tap tap = tap_read(program, text);
    struct sum *t = &tap.sum;
    long seen = t->passed + t->failed + t->skipped;
    bool is_tap = tap.planned >= 0 || seen > 0;

    if (str_eq(result, S("SKIP"))) {
        t->skipped += seen == 0;
    } else if (!is_tap) {
        t->passed += good;
        if (!good)
            fail(t, program, result);
    } else if (tap.bailed || tap.planned < 0 || (tap.planned > 0 && seen != tap.planned)) {
        fail(t, program, S("did not finish its plan"));
    } else if (!good && t->failed == 0) {
        fail(t, program, result);
    }
    add(sum, *t);
}

static str member(const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);
    return json_is_string(v) ? (str){ json_string_value(v), json_string_length(v) } : S("");
}

/* meson logs "project:suite / name"; the name says enough. */
static str program_name(const json_t *o)
{
    str name = member(o, "name");
    ptrdiff_t at = str_find(name, S(" / "));
    return at < 0 ? name : str_slice(name, (size_t)at + 3, name.n);
}

/* Skips white space; false at the end of the file. */
static bool more(FILE *f)
{
    int c = fgetc(f);
    while (c == '\n' || c == ' ')
        c = fgetc(f);
    if (c == EOF)
        return false;
    ungetc(c, f);
    return true;
}

/* NAME.tap: one program's output; that it ended well, its plan must tell. */
static bool read_tap(struct sum *sum, struct arena *a, const char *path)
{
    struct out text = out_new(a, (size_t)1 << 30);
    char block[16384];
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "tapsum: %s: %s\n", path, strerror(errno));
        return false;
    }
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        out_bytes(&text, block, n);
    fclose(f);
    str name = str_from_c(path);
    for (ptrdiff_t at; (at = str_find_byte(name, '/')) >= 0;)
        name = str_slice(name, (size_t)at + 1, name.n);
    struct tap tap = tap_read(name, out_text(&text));
    if (tap.bailed || tap.planned != tap.sum.passed + tap.sum.failed + tap.sum.skipped)
        fail(&tap.sum, name, S("did not finish its plan"));
    add(sum, tap.sum);
    return true;
}

static bool read_log(struct sum *sum, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "tapsum: %s: %s\n", path, strerror(errno));
        return false;
    }
    bool whole = true;
    while (whole && more(f)) {
        json_error_t error;
        json_t *o = json_loadf(f, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &error);
        whole = o != NULL;
        if (whole)
            count(sum, program_name(o), member(o, "result"), member(o, "stdout"));
        else
            fprintf(stderr, "tapsum: %s: %s\n", path, error.text);
        json_decref(o);
    }
    fclose(f);
    return whole;
}

int main(int argc, char **argv)
{
    struct sum sum = { 0 };
    bool whole = argc > 1;
    struct arena a;
    arena_init(&a, 0);
    for (int i = 1; i < argc; i++)
        whole &= str_ends(str_from_c(argv[i]), S(".tap")) ? read_tap(&sum, &a, argv[i])
                                                          : read_log(&sum, argv[i]);
    arena_free(&a);
    printf("%ld passed, %ld failed, %ld skipped\n", sum.passed, sum.failed, sum.skipped);
    return whole && sum.failed == 0 && sum.passed > 0 ? 0 : 1;
}
