/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/out.h"
#include "base/test.h"
#include "base/utf8.h"
#include "web/xml_in.h"

struct seen {
    struct out out;
    size_t records;
};

static void put_record(void *ctx, const struct xml_record *r)
{
    struct seen *seen = ctx;
    seen->records++;
    out_fmt(&seen->out, "%lld:", (long long)r->line);
    for (size_t i = 0; i < r->n; i++)
        out_fmt(&seen->out, "%.*s=%.*s;", STR_FMT(r->v[i].name), STR_FMT(r->v[i].text));
    out_char(&seen->out, '/');
}

static void put_root(void *ctx, const struct xml_record *r)
{
    struct seen *seen = ctx;
    out_fmt(&seen->out, "root %.*s/", STR_FMT(xml_field(r, S("@n"))));
}

/* All records as one text; of a broken file "!" and the problem. */
static str all_records(str text)
{
    struct seen seen = { .out = out_new(&t_arena, 0) };
    struct xml_in in = { .record = "a", .each = put_record, .root = put_root, .ctx = &seen };
    FILE *f = tmpfile();
    str problem = S("");
    fwrite(text.p, 1, text.n, f);
    rewind(f);
    enum err e = xml_in_read(&t_arena, f, &in, &problem);
    fclose(f);
    if (e != ERR_OK)
        out_fmt(&seen.out, "!%.*s", STR_FMT(problem));
    return out_text(&seen.out);
}

static void reads_records(void)
{
    eq_str(all_records(S("<?xml version=\"1.0\"?>\n<l n='2'>\n\n<a id=\"7\">\n<t> x &amp; y </t>"
                         "<b>&lt;p&gt;z&lt;/p&gt;</b><e/></a><other>o</other>"
                         "<a><t><![CDATA[<p>]]></t></a></l>")),
           S("root 2/4:@id=7;t=x & y;b=<p>z</p>;e=;/5:t=<p>;/"));
    eq_str(all_records(S("<l><a>loose<t>one <i>two</i> three</t>text</a></l>")),
           S("root /1:t=one two three;/"));
    eq_str(all_records(S("<l/>")), S("root /"));
    eq_str(all_records(S("<a id='1'><t>alone</t></a>")), S("root /1:@id=1;t=alone;/"));
}

static void encodings(void)
{
    eq_str(all_records(S("<l><a><t>gr\xC3\xBC\xC3\x9F"
                         "e</t></a></l>")),
           S("root /1:t=grüße;/"));
    eq_str(all_records(S("<?xml version='1.0' encoding='ISO-8859-1'?><l><a><t>\xFC</t></a></l>")),
           S("root /1:t=ü;/"));
    eq_str(all_records(S("<?xml version='1.0' encoding='windows-1252'?><l><a><t>\x84\xE4\x93 \x80"
                         "</t></a></l>")),
           S("root /1:t=„ä“ €;/"));
    ok(str_find_byte(all_records(S("<?xml version='1.0' encoding='x-unknown'?><l/>")), '!') == 0);
    ok(str_find_byte(all_records(S("<l><a><t>\xFC</t></a></l>")), '!') >= 0);
}

/* Nothing is expanded, nothing is fetched: without a type declaration there are no entities. */
static void declarations_are_refused(void)
{
    eq_str(all_records(S("<!DOCTYPE l [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n"
                         "<l><a><t>&e;</t></a></l>")),
           S("!line 1: a document type declaration is not accepted"));
    eq_str(all_records(S("<!DOCTYPE l SYSTEM \"http://example.org/l.dtd\"><l/>")),
           S("!line 1: a document type declaration is not accepted"));
    ok(str_find(all_records(S("<l><a><t>&e;</t></a></l>")), S("!line 1: undefined entity")) > 0);
}

static void damage_is_told_with_its_line(void)
{
    eq_str(all_records(S("<l>\n<a><t>x</t></a>\n<a><t>y</a></l>")),
           S("root /2:t=x;/!line 3: mismatched tag"));
    ok(str_find(all_records(S("<l><a><t>x</t></a>")), S("!line 1: no element found")) > 0);
    ok(str_starts(all_records(S("")), S("!line 1:")));
    ok(str_starts(all_records(S("ref,title\n1,x\n")), S("!line 1:")));
}

static str repeated(str piece, size_t times)
{
    struct out o = out_new(&t_arena, piece.n * times + 1);
    for (size_t i = 0; i < times; i++)
        out_str(&o, piece);
    return out_text(&o);
}

static str wrapped(str before, str inner, str after)
{
    return str_join(&t_arena, str_join(&t_arena, before, inner), after);
}

static void limits(void)
{
    str many = repeated(S("<f/>"), XML_IN_FIELDS + 1);
    ok(str_ends(all_records(wrapped(S("<l><a>"), many, S("</a></l>"))),
                S("a record has too many fields")));
    str large = repeated(S("0123456789abcdef"), 65537);
    ok(str_ends(all_records(wrapped(S("<l><a><t>"), large, S("</t></a></l>"))),
                S("a field is larger than 1 MiB")));
    str deep = wrapped(repeated(S("<d>"), 20000), S(""), repeated(S("</d>"), 20000));
    eq_str(all_records(wrapped(S("<l><a>"), deep, S("</a></l>"))), S("root /1:d=;/"));
}

static const struct test tests[] = {
    TEST(reads_records),
    TEST(encodings),
    TEST(declarations_are_refused),
    TEST(damage_is_told_with_its_line),
    TEST(limits),
};
TEST_MAIN(tests)
