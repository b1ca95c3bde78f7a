/* SPDX-License-Identifier: EUPL-1.2 */
/* Settings: the table, and the three places from which they come. */
#include "app/config.h"

enum setting_type { TYPE_TEXT, TYPE_NUMBER, TYPE_SWITCH };

struct setting {
    const char *name;
    enum setting_type type;
    size_t offset;
    const char *initial;
    const char *doc;
};

#define TEXT(member, name, initial, doc)                               \
    {                                                                  \
        name, TYPE_TEXT, offsetof(struct config, member), initial, doc \
    }
#define NUMBER(member, name, initial, doc)                               \
    {                                                                    \
        name, TYPE_NUMBER, offsetof(struct config, member), initial, doc \
    }
#define SWITCH(member, name, initial, doc)                               \
    {                                                                    \
        name, TYPE_SWITCH, offsetof(struct config, member), initial, doc \
    }

static const struct setting settings[] = {
    TEXT(db, "db", "sqlite:var/tandem.db", "the database: sqlite:PATH or postgresql://…"),
    TEXT(listen, "listen", "127.0.0.1:8080", "address and port to serve on"),
    NUMBER(threads, "threads", "0", "serving threads; 0: one for each core"),
    TEXT(origin, "origin", "", "https://… of the shared host, for links in mails and feeds"),
    TEXT(secret_file, "secret_file", "var/tandem.key",
         "32 random bytes that sign form tokens; made at the first start"),
    TEXT(erasure_file, "erasure_file", "",
         "list of who has left, for restores; empty: the secret_file's name and .erased"),
    TEXT(trusted_proxy, "trusted_proxy", "",
         "address of the proxy whose X-Forwarded-For and -Proto are believed"),
    TEXT(smtp, "smtp", "", "smtp://host:port or smtps://…; empty: mails wait in the outbox"),
    TEXT(smtp_user, "smtp_user", "", "name at the mail server; turns on TLS"),
    TEXT(smtp_password_file, "smtp_password_file", "", "file whose first line is the password"),
    TEXT(mail_from, "mail_from", "tandem@localhost.localdomain", "sender of all mails"),
    TEXT(oidc_issuer, "oidc_issuer", "",
         "https://…: provider of OpenID Connect for signing in; empty: none (doc/sign-in.md)"),
    TEXT(oidc_client_id, "oidc_client_id", "", "what the provider calls this installation"),
    TEXT(oidc_secret_file, "oidc_secret_file", "",
         "file whose first line is the client's secret; empty: the client is public"),
    TEXT(oidc_label, "oidc_label", "Stadt-Konto", "what people call the provider"),
    TEXT(oidc_towns, "oidc_towns", "", "slugs of the towns that offer it; empty: all"),
    TEXT(oidc_second_step, "oidc_second_step", "",
         "words in the provider's amr or acr that replace the own second step; empty: none does"),
    SWITCH(oidc_mail_verified, "oidc_mail_verified", "no",
           "the provider's mail addresses are right, though it does not say so"),
    SWITCH(oidc_mail_connects, "oidc_mail_connects", "no",
           "an address that is right connects the account that has it, without further proof"),
    TEXT(proxy, "proxy", "", "http://host:port of a proxy on the way to the provider"),
    SWITCH(demo, "demo", "no", "shows the mailbox page and the demo sign-ins: never in production"),
    SWITCH(jobs, "jobs", "yes", "runs recurring jobs in this process"),
    NUMBER(cache_bytes, "cache_bytes", "16777216", "memory for finished pages; 0: none"),
};

#define SETTING_COUNT (sizeof settings / sizeof *settings)

static enum err assign(struct arena *a, struct config *c, const struct setting *s, str value,
                       str *why)
{
    void *at = (char *)c + s->offset;
    if (s->type == TYPE_TEXT) {
        *(const char **)at = str_to_c(a, value);
        return ERR_OK;
    }
    if (s->type == TYPE_NUMBER && str_to_i64(value, at))
        return ERR_OK;
    bool yes = str_eq(value, S("yes"));
    if (s->type == TYPE_SWITCH && (yes || str_eq(value, S("no")))) {
        *(bool *)at = yes;
        return ERR_OK;
    }
    *why = str_fmt(a, "%s: '%.*s' is not %s", s->name, STR_FMT(value),
                   s->type == TYPE_NUMBER ? "a whole number" : "yes or no");
    return ERR_INVALID;
}

void config_defaults(struct config *c)
{
    *c = (struct config){ 0 };
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const struct setting *s = &settings[i];
        void *at = (char *)c + s->offset;
        if (s->type == TYPE_TEXT)
            *(const char **)at = s->initial;
        else if (s->type == TYPE_NUMBER)
            must(str_to_i64(str_from_c(s->initial), at));
        else
            *(bool *)at = str_eq(str_from_c(s->initial), S("yes"));
    }
}

enum err config_set(struct arena *a, struct config *c, str pair, str *why)
{
    ptrdiff_t at = str_find_byte(pair, '=');
    str name = str_trim(at < 0 ? pair : str_slice(pair, 0, (size_t)at));
    str value = at < 0 ? S("") : str_trim(str_slice(pair, (size_t)at + 1, pair.n));
    for (size_t i = 0; i < SETTING_COUNT && at >= 0; i++)
        if (str_eq(str_from_c(settings[i].name), name))
            return assign(a, c, &settings[i], value, why);
    *why = at < 0 ? str_fmt(a, "'%.*s' is not of the form key=value", STR_FMT(pair))
                  : str_fmt(a, "there is no setting '%.*s'", STR_FMT(name));
    return ERR_INVALID;
}

enum err config_file(struct arena *a, struct config *c, const char *path, str *why)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        *why = str_fmt(a, "%s: cannot be read", path);
        return ERR_IO;
    }
    char line[1024];
    enum err e = ERR_OK;
    for (int number = 1; e == ERR_OK && fgets(line, sizeof line, f); number++) {
        str text = str_trim(str_from_c(line));
        if (!text.n || text.p[0] == '#')
            continue;
        e = config_set(a, c, text, why);
        if (e != ERR_OK)
            *why = str_fmt(a, "%s:%d: %.*s", path, number, STR_FMT(*why));
    }
    fclose(f);
    return e;
}

enum err config_environment(struct arena *a, struct config *c, str *why)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        char name[64] = "TANDEM_";
        size_t n = 7;
        for (const char *p = settings[i].name; *p && n < sizeof name - 1; p++)
            name[n++] = (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
        const char *value = getenv(name);
        if (value && assign(a, c, &settings[i], str_from_c(value), why) != ERR_OK)
            return ERR_INVALID;
    }
    return ERR_OK;
}

void config_doc(struct out *o)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        out_fmt(o, "# %s\n%s = %s\n\n", settings[i].doc, settings[i].name, settings[i].initial);
}
