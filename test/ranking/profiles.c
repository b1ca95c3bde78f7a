/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading judged profiles, and asking with them. */
#include "profiles.h"

#include "base/test.h"
#include "base/vec.h"
#include "web/json.h"

static const struct {
    const char *name, *member;
    const struct vocab *vocab;
    size_t like, never; /* where in struct profile */
} choices[] = {
    { "field", "fields", &vocab_field, offsetof(struct profile, field),
      offsetof(struct profile, never_field) },
    { "kind", "kinds", &vocab_kind, offsetof(struct profile, kinds),
      offsetof(struct profile, never_kind) },
    { "target", "targets", &vocab_target, offsetof(struct profile, target),
      offsetof(struct profile, never_target) },
};
#define CHOICES (sizeof choices / sizeof *choices)

static uint64_t *bits_at(struct profile *p, size_t offset)
{
    return (uint64_t *)(void *)((char *)p + offset);
}

static uint64_t codes(const struct vocab *v, str rest)
{
    uint64_t bits = 0;
    str code;
    while (str_next(&rest, ' ', &code)) {
        int value = vocab_find(v, code);
        ok(value >= 0);
        bits |= value >= 0 ? vocab_bit(value) : 0;
    }
    return bits;
}

static int64_t number(str s)
{
    int64_t n = -1;
    ok(str_to_i64(s, &n));
    return n;
}

static bool parse_choice(struct profile *p, str name, str rest)
{
    bool never = str_starts(name, S("-"));
    name = str_slice(name, never, name.n);
    for (size_t i = 0; i < CHOICES; i++)
        if (str_eq(name, str_from_c(choices[i].name))) {
            size_t at = never ? choices[i].never : choices[i].like;
            *bits_at(p, at) = codes(choices[i].vocab, rest);
            return true;
        }
    return false;
}

static void parse_line(struct profile *p, str rest)
{
    str name, word;
    str_next(&rest, ' ', &name);
    if (parse_choice(p, name, rest))
        return;
    if (str_eq(name, S("near"))) {
        str_next(&rest, ' ', &p->postcode);
        p->km = number(rest);
    } else if (str_eq(name, S("words"))) {
        while (str_next(&rest, ' ', &word) && p->n_words < PROFILE_WORDS)
            p->words[p->n_words++] = word;
    } else if (str_eq(name, S("good"))) {
        while (str_next(&rest, ' ', &word) && p->n_good < PROFILE_GOOD)
            p->good[p->n_good++] = number(word);
    } else {
        ok(false); /* a line that nobody understands */
    }
}

struct profiles profiles_read(struct arena *a, const char *file)
{
    struct profiles all = { 0 };
    str line, text = test_read_file(test_path(file));
    struct profile *p = NULL;
    while (str_next(&text, '\n', &line)) {
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (line.p[0] == '[') {
            p = vec_add(a, &all);
            *p = (struct profile){ .kind = S("") };
            line = str_slice(line, 1, line.n);
            str_next(&line, ']', &p->kind);
            p->who = str_trim(line);
        } else if (p) {
            parse_line(p, line);
        }
    }
    return all;
}

static void put_codes(struct json *j, const char *key, const struct vocab *v, uint64_t bits)
{
    json_key(j, str_from_c(key));
    json_array(j);
    for (; bits; bits &= bits - 1)
        json_str(j, vocab_code(v, __builtin_ctzll(bits)));
    json_array_end(j);
}

str profile_json(struct arena *a, const struct profile *p)
{
    struct out o = out_new(a, 8192);
    struct json j = json_new(&o);
    struct profile copy = *p;
    json_object(&j);
    for (size_t i = 0; i < CHOICES; i++) {
        json_key(&j, str_from_c(choices[i].member));
        json_object(&j);
        put_codes(&j, "like", choices[i].vocab, *bits_at(&copy, choices[i].like));
        put_codes(&j, "never", choices[i].vocab, *bits_at(&copy, choices[i].never));
        json_object_end(&j);
    }
    json_key(&j, S("skills"));
    json_array(&j);
    for (size_t i = 0; i < p->n_words; i++)
        json_str(&j, p->words[i]);
    json_array_end(&j);
    json_key(&j, S("near"));
    json_str(&j, p->postcode);
    if (p->km) {
        json_key(&j, S("radius"));
        json_int(&j, p->km);
    }
    json_object_end(&j);
    json_done(&j);
    return out_text(&o);
}

bool profile_is_good(const struct profile *p, int64_t source)
{
    for (size_t i = 0; i < p->n_good; i++)
        if (p->good[i] == source)
            return true;
    return false;
}
