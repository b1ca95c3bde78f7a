/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/test.h"
#include "web/mail.h"

static void makes_markup_of_plain_text(void)
{
    eq_str(mail_markup(&t_arena, S("Guten Tag,\nLink: https://example.org/l/a?b=1&c=2\n\nEnde")).s,
           S("<p>Guten Tag,<br>\nLink: <a href=\"https://example.org/l/a?b=1&amp;c=2\">"
             "https://example.org/l/a?b=1&amp;c=2</a></p>\n<p>Ende</p>\n"));
    eq_str(mail_markup(&t_arena, S("")).s, S("<p></p>\n"));
}

static void lets_no_markup_through(void)
{
    eq_str(mail_markup(&t_arena, S("<b>'&\"")).s, S("<p>&lt;b&gt;&#39;&amp;&quot;</p>\n"));
    eq_str(mail_markup(&t_arena, S("http://a.example<script>\"x")).s,
           S("<p><a href=\"http://a.example\">http://a.example</a>&lt;script&gt;&quot;x</p>\n"));
    eq_str(mail_markup(&t_arena, S("https://'onclick=x https://a@b.example")).s,
           S("<p>https://&#39;onclick=x https://a@b.example</p>\n"));
}

static const struct test tests[] = {
    TEST(makes_markup_of_plain_text),
    TEST(lets_no_markup_through),
};
TEST_MAIN(tests)
