/* SPDX-License-Identifier: EUPL-1.2 */
/* Mail: its markup, its bytes, the outbox and its sender against a mail server of the test. */
#include "web/mail.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/test.h"
#include "product.h"
#include "smtp_sink.h"
#include "web.sql.h"
#include "web/form.h"
#include "web/job.h"
#include "web/smtp.h"
#include "world.h"

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

/* ---- the message ---- */

static str header_line(str message, str name)
{
    str start = str_join(&t_arena, S("\r\n"), name);
    ptrdiff_t at = str_find(message, start);
    if (at < 0)
        return S("");
    str rest = str_slice(message, (size_t)at + start.n, message.n);
    size_t n = 0;
    while (!str_starts(str_slice(rest, n, rest.n), S("\r\n")) ||
           str_starts(str_slice(rest, n, rest.n), S("\r\n ")))
        n++;
    return str_slice(rest, 0, n);
}

static void says_it_byte_for_byte(void)
{
    struct smtp_mail mail = { .from = S("buero@stadt.example"),
                              .to = S("erika@person.example"),
                              .subject = S("Grüße"),
                              .text = S("Guten Tag,\n.ein Punkt = \xc3\xa4 \nEnde"),
                              .html = S("<p>Hallo</p>"),
                              .id = 42,
                              .at = 1795359845 };
    str message = smtp_message(&t_arena, &mail);
    str boundary = header_line(message, S("Content-Type: multipart/alternative; boundary="));
    boundary = str_slice(boundary, 1, boundary.n - 1);
    ok(boundary.n >= 20);
    eq_str(message,
           str_fmt(&t_arena,
                   "Date: Sun, 22 Nov 2026 15:04:05 +0000\r\n"
                   "From: <buero@stadt.example>\r\n"
                   "To: <erika@person.example>\r\n"
                   "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n"
                   "Message-ID: <42@stadt.example>\r\n"
                   "MIME-Version: 1.0\r\n"
                   "Auto-Submitted: auto-generated\r\n"
                   "Content-Type: multipart/alternative; boundary=\"%.*s\"\r\n\r\n"
                   "--%.*s\r\nContent-Type: text/plain; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                   "Guten Tag,\r\n=2Eein Punkt =3D =C3=A4=20\r\nEnde\r\n"
                   "--%.*s\r\nContent-Type: text/html; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                   "<p>Hallo</p>\r\n--%.*s--\r\n",
                   STR_FMT(boundary), STR_FMT(boundary), STR_FMT(boundary), STR_FMT(boundary)));
}

static void put_decoded(struct out *o, str word)
{
    static const str hex = STR_INIT("0123456789ABCDEF");
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] != '=') {
            out_char(o, word.p[i]);
            continue;
        }
        ptrdiff_t high = str_find_byte(hex, word.p[i + 1]);
        out_char(o, (char)(high * 16 + str_find_byte(hex, word.p[i + 2])));
        i += 2;
    }
}

/* Undoes RFC 2047 for what smtp.c writes: one encoded word on each line. */
static str decoded(str header)
{
    struct out o = out_new(&t_arena, 0);
    str line;
    while (str_next(&header, '\n', &line)) {
        line = str_trim(line);
        ok(line.n <= 75 && str_starts(line, S("=?utf-8?Q?")) && str_ends(line, S("?=")));
        put_decoded(&o, str_slice(line, 10, line.n - 2));
    }
    return out_text(&o);
}

/* RFC 2047, 2: an encoded word has 75 characters at most, its line 76. RFC 5322: a line 998. */
static void keeps_lines_short(void)
{
    static const str subjects[] = {
        STR_INIT("Ein Angebot"),
        STR_INIT("Für Sie: sechs neue Angebote in Lübeck, St. Jürgen und Umgebung – jetzt ansehen"),
        STR_INIT("مرحبا بكم في مكتب التطوع في مدينة لوبيك الجميلة على بحر البلطيق"),
        STR_INIT("🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻"),
    };
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        struct smtp_mail mail = { .from = S("a@b.example"),
                                  .to = S("c@d.example"),
                                  .subject = subjects[i],
                                  .text = str_join(&t_arena, subjects[i], subjects[i]),
                                  .html = subjects[i] };
        str message = smtp_message(&t_arena, &mail);
        eq_str(decoded(header_line(message, S("Subject: "))), subjects[i]);
        size_t longest = 0;
        str rest = message;
        str line;
        while (str_next(&rest, '\n', &line))
            longest = line.n - 1 > longest && line.n ? line.n - 1 : longest;
        ok(longest <= 76);
    }
}

static void lets_no_header_in(void)
{
    struct smtp_mail mail = { .from = S("a@b.example"),
                              .to = S("c@d.example"),
                              .subject = S("Hallo\r\nBcc: eve@evil.example\r\n\r\nKauft!"),
                              .text = S("Text\r\n.\r\nMAIL FROM:<eve@evil.example>"),
                              .html = S("x") };
    str message = smtp_message(&t_arena, &mail);
    ok(str_find(message, S("\nBcc")) < 0);
    ok(str_find(message, S("\r\n.\r\n")) < 0);
    size_t lone = 0;
    for (size_t i = 0; i < message.n; i++)
        lone += (message.p[i] == '\n' && (!i || message.p[i - 1] != '\r')) ||
                (message.p[i] == '\r' && (i + 1 == message.n || message.p[i + 1] != '\n'));
    eq_int(lone, 0);
    static const str bad[] = { STR_INIT("a@b.example\r\nRCPT TO:<eve@evil.example>"),
                               STR_INIT("a@b.example,eve@evil.example"),
                               STR_INIT("<a@b.example>"),
                               STR_INIT("a b@c.example"),
                               STR_INIT("a@b.example\n"),
                               STR_INIT("a@b.example\x7f"),
                               STR_INIT("a@@b.example"),
                               STR_INIT("@b.example"),
                               STR_INIT("a@b"),
                               STR_INIT("a@.example"),
                               STR_INIT("a@b."),
                               STR_INIT("") };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ok(!mail_valid(bad[i]));
    ok(mail_valid(S("erika.muster+x@person.example")));
}

/* ---- the outbox ---- */

static struct product product;
static struct smtp_sink *sink;
static int64_t town;

static void with_product(void (*run)(void), const struct test_store *store)
{
    sink = smtp_sink_start();
    if (product_open(&product, store, NULL)) {
        product.app.config.smtp = smtp_sink_url(sink);
        product.app.config.mail_from = "buero@stadt.example";
        town = world_town(&product, "stadt", "Musterstadt");
        run();
    }
    clock_set(0);
    product_close(&product);
    smtp_sink_stop(sink);
}

static void queue(const char *to, const char *occasion, bool keep)
{
    struct arena a;
    struct tx tx;
    arena_init(&a, 0);
    must(tx_begin(product.app.store, &a, &tx) == ERR_OK);
    mail_queue(&tx, town,
               &(struct notice){ .to = str_from_c(to),
                                 .subject = S("Grüße"),
                                 .text = S("Guten Tag"),
                                 .dedupe = str_from_c(occasion) });
    if (keep)
        ok(tx_commit(&tx) == ERR_OK);
    else
        tx_rollback(&tx);
    arena_free(&a);
}

/* Sends what is due; false when the job says that something failed. */
static bool send_due(void)
{
    struct arena a;
    arena_init(&a, 0);
    struct job_run run = { .app = &product.app, .arena = &a, .now = clock_now() };
    mail_send_due(&run);
    bool good = !run.failed;
    arena_free(&a);
    return good;
}

static size_t due_at(int64_t now)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    size_t n = mail_due(&db, now).n;
    db_end(&db);
    return n;
}

static struct mail_list_row_rows outbox(void)
{
    struct db db;
    must(db_begin(product.app.store, &t_arena, &db) == ERR_OK);
    struct mail_list_row_rows rows = mail_list(&db, town);
    db_end(&db);
    return rows;
}

static void queues_an_occasion_once_here(void)
{
    queue("erika@person.example", "one", true);
    queue("erika@person.example", "one", true);
    queue("erika@person.example", "two", false);
    eq_int(outbox().n, 1);
    queue("erika@person.example", "two", true);
    eq_int(outbox().n, 2);
}
ON_EACH_STORE(queues_an_occasion_once)

static void sends_once_here(void)
{
    queue("erika@person.example", "one", true);
    ok(send_due());
    ok(send_due());
    eq_int(smtp_sink_count(sink), 1);
    struct smtp_taken mail = smtp_sink_get(sink, 0);
    eq_str(mail.from, S("buero@stadt.example"));
    eq_str(mail.to, S("erika@person.example"));
    eq_str(header_line(mail.data, S("Subject: ")), S("=?utf-8?Q?Gr=C3=BC=C3=9Fe?="));
    ok(str_find(mail.data, S("\r\nGuten Tag\r\n")) > 0);
    ok(str_find(mail.data, S("\r\n<p>Guten Tag</p>")) > 0);
    struct mail_list_row_rows rows = outbox();
    ok(rows.n == 1 && rows.v[0].sent_at > 0);
}
ON_EACH_STORE(sends_once)

static void waits_without_a_server_here(void)
{
    product.app.config.smtp = "";
    queue("erika@person.example", "one", true);
    ok(send_due());
    eq_int(due_at(clock_now()), 1);
    product.app.config.smtp = "smtp://127.0.0.1:1"; /* nobody listens there */
    ok(!send_due());
    eq_int(smtp_sink_count(sink), 0);
    struct mail_list_row_rows rows = outbox();
    ok(rows.v[0].error.n > 0 && str_find(rows.v[0].error, S("erika")) < 0);
}
ON_EACH_STORE(waits_without_a_server)

/* A minute, three, nine … a day, and after five days no more. */
static void tries_again_with_growing_pauses_here(void)
{
    static const int64_t pauses[] = { 60,    180,   540,   1620,  4860, 14580,
                                      43740, 86400, 86400, 86400, 86400 };
    int64_t now = clock_now();
    clock_set(now);
    queue("refused@person.example", "one", true);
    for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++) {
        ok(!send_due());
        eq_int(due_at(now + pauses[i] - 1), 0);
        eq_int(due_at(now + pauses[i]), 1);
        now += pauses[i];
        clock_set(now);
    }
    ok(!send_due());
    eq_int(due_at(now + 1000 * 86400), 0);
    struct mail_list_row_rows rows = outbox();
    eq_int(rows.v[0].attempts, 12);
    ok(rows.v[0].error.n > 0);
}
ON_EACH_STORE(tries_again_with_growing_pauses)

static void one_bad_address_holds_nobody_up_here(void)
{
    queue("refused@person.example", "one", true);
    queue("erika@person.example", "two", true);
    queue("hangup@person.example", "three", true);
    queue("otto@person.example", "four", true);
    ok(!send_due());
    eq_int(smtp_sink_count(sink), 2);
}
ON_EACH_STORE(one_bad_address_holds_nobody_up)

static void *send_beside(void *unused)
{
    send_due();
    arena_thread_end();
    return unused;
}

/* Two processes on one database, or a sending that takes longer than its pause. */
static void two_senders_send_once_here(void)
{
    enum { MAILS = 20 };
    pthread_t other;
    for (int i = 0; i < MAILS; i++)
        world_mail(&product, town);
    must(pthread_create(&other, NULL, send_beside, NULL) == 0);
    send_due();
    pthread_join(other, NULL);
    eq_int(smtp_sink_count(sink), MAILS);
    eq_int(due_at(clock_now() + 2000 * 86400), 0);
}
ON_EACH_STORE(two_senders_send_once)

static const struct test tests[] = {
    TEST(makes_markup_of_plain_text),
    TEST(lets_no_markup_through),
    TEST(says_it_byte_for_byte),
    TEST(keeps_lines_short),
    TEST(lets_no_header_in),
    TEST(queues_an_occasion_once),
    TEST(sends_once),
    TEST(waits_without_a_server),
    TEST(tries_again_with_growing_pauses),
    TEST(one_bad_address_holds_nobody_up),
    TEST(two_senders_send_once),
};
TEST_MAIN(tests)
