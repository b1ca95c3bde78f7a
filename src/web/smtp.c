/* SPDX-License-Identifier: EUPL-1.2 */
/* One mail by SMTP. The only file that sends mail through libcurl. */
#include "web/smtp.h"

#include <curl/curl.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/crypt.h"
#include "base/out.h"
#include "web/app.h"
#include "web/secret.h"

#define SECONDS 30L

/* RFC 2045, 6.7: soft line breaks before column 76, CRLF lines. */
static void put_quoted(struct out *o, str s)
{
    size_t column = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '\n') {
            OUT(o, "\r\n");
            column = 0;
            continue;
        }
        if (column > 70) {
            OUT(o, "=\r\n");
            column = 0;
        }
        bool last = i + 1 == s.n || s.p[i + 1] == '\n';
        bool plain = c >= 33 && c <= 126 && c != '=' && !(c == '.' && column == 0);
        if (plain || (c == ' ' && !last)) {
            out_char(o, (char)c);
            column++;
        } else if (c != '\r') {
            out_fmt(o, "=%02X", c);
            column += 3;
        }
    }
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/*
 * RFC 2047: encoded words of at most 75 characters on lines of at most 76, the first behind
 * "Subject: ", cut between characters.
 */
static void put_header_text(struct out *o, str s)
{
    const size_t most = 76 - (sizeof "Subject: " - 1) - (sizeof "=?utf-8?Q?" - 1) - 2;
    while (s.n) {
        size_t n = 0;
        for (size_t width = 0; n < s.n; n++) {
            width += is_plain((unsigned char)s.p[n]) ? 1 : 3;
            if (width > most)
                break;
        }
        while (n < s.n && n > 1 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
            n--;
        OUT(o, "=?utf-8?Q?");
        for (size_t i = 0; i < n; i++) {
            if (is_plain((unsigned char)s.p[i]))
                out_char(o, s.p[i]);
            else
                out_fmt(o, "=%02X", (unsigned char)s.p[i]);
        }
        OUT(o, "?=");
        s = str_slice(s, n, s.n);
        if (s.n)
            OUT(o, "\r\n ");
    }
}

static void put_part(struct out *o, str boundary, const char *type, str body)
{
    out_fmt(o,
            "--%.*s\r\nContent-Type: %s; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
            STR_FMT(boundary), type);
    put_quoted(o, body);
    OUT(o, "\r\n");
}

/* "Sun, 22 Nov 2026 15:04:05 +0000" */
static str mail_date(struct arena *a, int64_t at)
{
    str http = instant_http(a, at);
    return str_join(a, str_slice(http, 0, http.n - 3), S("+0000"));
}

static str domain_of(str address)
{
    ptrdiff_t at = str_find_byte(address, '@');
    return at < 0 ? S("localhost") : str_slice(address, (size_t)at + 1, address.n);
}

str smtp_message(struct arena *a, const struct smtp_mail *mail)
{
    struct out o = out_new(a, 0);
    str boundary = crypt_token(a, 18);
    out_fmt(&o, "Date: %.*s\r\n", STR_FMT(mail_date(a, mail->at)));
    out_fmt(&o, "From: <%.*s>\r\nTo: <%.*s>\r\nSubject: ", STR_FMT(mail->from), STR_FMT(mail->to));
    put_header_text(&o, mail->subject);
    out_fmt(&o, "\r\nMessage-ID: <%lld@%.*s>\r\n", (long long)mail->id,
            STR_FMT(domain_of(mail->from)));
    if (mail->reply_to.n)
        out_fmt(&o, "Reply-To: <%.*s>\r\n", STR_FMT(mail->reply_to));
    if (mail->leave.n)
        out_fmt(&o,
                "List-Unsubscribe: <%.*s>\r\n"
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                STR_FMT(mail->leave));
    out_fmt(&o,
            "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
            "Content-Type: multipart/alternative; boundary=\"%.*s\"\r\n\r\n",
            STR_FMT(boundary));
    put_part(&o, boundary, "text/plain", mail->text);
    put_part(&o, boundary, "text/html", mail->html);
    out_fmt(&o, "--%.*s--\r\n", STR_FMT(boundary));
    return out_text(&o);
}

struct reading {
    str rest;
};

static size_t read_message(char *buffer, size_t size, size_t n, void *ctx)
{
    struct reading *r = ctx;
    size_t take = size * n < r->rest.n ? size * n : r->rest.n;
    memcpy(buffer, r->rest.p, take);
    r->rest = str_slice(r->rest, take, r->rest.n);
    return take;
}

static void set_options(CURL *curl, struct arena *a, const struct config *config, struct reading *r)
{
    curl_easy_setopt(curl, CURLOPT_URL, config->smtp);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(curl, CURLOPT_READDATA, r);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (config->smtp_user[0]) {
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
        curl_easy_setopt(curl, CURLOPT_USERNAME, config->smtp_user);
        str password = secret_line(a, config->smtp_password_file);
        if (password.n)
            curl_easy_setopt(curl, CURLOPT_PASSWORD, str_to_c(a, password));
    }
}

enum err smtp_send(struct arena *a, const struct config *config, const struct smtp_mail *mail,
                   str *why)
{
    CURL *curl = curl_easy_init();
    if (!curl)
        return ERR_ENGINE;
    struct reading r = { smtp_message(a, mail) };
    struct curl_slist *to = curl_slist_append(NULL, str_to_c(a, mail->to));
    set_options(curl, a, config, &r);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_to_c(a, mail->from));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK)
        *why = str_from_c(curl_easy_strerror(code));
    curl_slist_free_all(to);
    curl_easy_cleanup(curl);
    return code == CURLE_OK ? ERR_OK : ERR_IO;
}
