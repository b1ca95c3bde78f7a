/* SPDX-License-Identifier: EUPL-1.2 */
#include <math.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"
#include "web/json.h"

static str text_of(void (*write)(struct json *j))
{
    struct out *o = NEW(&t_arena, struct out);
    *o = out_new(&t_arena, 0);
    struct json j = json_new(o);
    write(&j);
    json_done(&j);
    return out_text(o);
}

static void nested(struct json *j)
{
    json_object(j);
    json_key(j, S("total"));
    json_int(j, -3);
    json_key(j, S("items"));
    json_array(j);
    json_object(j);
    json_object_end(j);
    json_array(j);
    json_array_end(j);
    json_bool(j, true);
    json_null(j);
    json_array_end(j);
    json_key(j, S("lat"));
    json_real(j, 53.8655, 3);
    json_object_end(j);
}

static void commas_and_levels(void)
{
    eq_str(text_of(nested), S("{\"total\":-3,\"items\":[{},[],true,null],\"lat\":53.866}"));
}

static void awkward(struct json *j)
{
    json_array(j);
    json_str(j, S("\"\\/\b\f\n\r\t\x01\x7f"));
    json_str(j, S("</script>"));
    json_str(j, S("Grüße \xF0\x9F\x8C\xB3"));
    json_str(j, S("a\xE2\x80\xA8"
                  "b"));
    json_str(j, S(""));
    json_real(j, (double)NAN, 2);
    json_real(j, (double)INFINITY, 2);
    json_array_end(j);
}

static void escapes(void)
{
    eq_str(text_of(awkward), S("[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\",\"\\u003c/script>\","
                               "\"Grüße \xF0\x9F\x8C\xB3\",\"a\\u2028b\",\"\",null,null]"));
}

static void broken(struct json *j)
{
    json_str(j, S("a\xFF"
                  "b\xED\xA0\x80\xC3"));
}

static void broken_bytes_become_replacement(void)
{
    str s = text_of(broken);
    ok(str_starts(s, S("\"a\xEF\xBF\xBD"
                       "b\xEF\xBF\xBD")));
    ok(str_find_byte(s, '\xFF') < 0 && str_find_byte(s, '\xC3') < 0);
}

/* Whether the writer stops a process that misuses it. */
static bool stops(void (*misuse)(struct json *j))
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        fclose(stderr);
        text_of(misuse);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void value_without_key(struct json *j)
{
    json_object(j);
    json_int(j, 1);
}

static void key_in_array(struct json *j)
{
    json_array(j);
    json_key(j, S("a"));
}

static void key_without_value(struct json *j)
{
    json_object(j);
    json_key(j, S("a"));
    json_object_end(j);
}

static void wrong_end(struct json *j)
{
    json_array(j);
    json_object_end(j);
}

static void two_documents(struct json *j)
{
    json_int(j, 1);
    json_int(j, 2);
}

static void left_open(struct json *j)
{
    json_array(j);
}

static void too_deep(struct json *j)
{
    for (int i = 0; i <= JSON_DEPTH; i++)
        json_array(j);
}

static void misuse_stops_the_process(void)
{
    ok(!stops(nested));
    ok(stops(value_without_key));
    ok(stops(key_in_array));
    ok(stops(key_without_value));
    ok(stops(wrong_end));
    ok(stops(two_documents));
    ok(stops(left_open));
    ok(stops(too_deep));
}

static const struct test tests[] = {
    TEST(commas_and_levels),
    TEST(escapes),
    TEST(broken_bytes_become_replacement),
    TEST(misuse_stops_the_process),
};
TEST_MAIN(tests)
