/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Some ways through the program, each as often as it can fail: the first allocation fails, then
 * the second, and so on until nothing fails any more; the same for calls to the database. Each
 * time the answer must say so, nothing may be half-written, and the next request must be fine.
 */
#include <unistd.h>

#include "base/test.h"
#include "fault.h"
#include "feature/exchange/exchange.h"
#include "product.h"
#include "web/cli.h"
#include "world.h"

/* Allocations are many: from here on only each 7th is tried. */
#define ALL_UNTIL 150
#define STRIDE    7
#define MOST      20000

static struct product product;
static int64_t town, organisation, offer;
static struct visitor clerk;

static void with_product(void (*run)(void), const struct test_store *store)
{
    if (product_open(&product, store, NULL)) {
        town = world_town(&product, "stadt", "Musterstadt");
        organisation = world_organisation(&product, town, "Musterverein");
        offer =
            world_offer(&product, &(struct world_offer){ town, organisation, NULL, "Vorlesen" });
        clerk = product_sign_in(&product, world_account(&product, town, "office_staff", 0));
        run();
    }
    product_close(&product);
}

/* ---- requests ---- */

/* What is wrong with an answer after a fault, or NULL. */
static const char *wrong(const struct answer *a, int good, bool written, enum fault fault)
{
    bool refused = a->status == 503 || (fault == FAULT_DATABASE && a->status == 500);
    if (a->status != good && !refused)
        return "the status does not say that it failed";
    if (refused && written)
        return "it says that it failed, and has written";
    if (header_of(a, S("X-Content-Type-Options")).n == 0)
        return "its headers are not safe";
    if (refused && fault == FAULT_DATABASE &&
        str_starts(header_of(a, S("Content-Type")), S("text/plain")))
        return "the refusal is no page";
    if (refused && (header_of(a, S("Location")).n || header_of(a, S("ETag")).n))
        return "it has headers of the answer that failed";
    if (get(&product, NULL, "/stadt/angebote?q=weiter").status != 200)
        return "the next request fails";
    return NULL;
}

/* One round; false when the fault no longer comes to pass. */
static bool try_once(const struct ask *ask, int good, enum fault fault, long n)
{
    uint64_t before = product_moment(&product);
    fault_plant(fault, n);
    struct answer a = product_ask(&product, ask);
    bool came = fault_clear();
    const char *why = wrong(&a, good, product_moment(&product) != before, fault);
    if (why || (!came && a.status != good)) {
        test_check(false, ask->target, __FILE__, __LINE__);
        printf("# fault %d, call %ld, status %d: %s\n", fault, n, a.status, why ? why : "");
    }
    return came;
}

static void torture(const struct ask *ask, int good)
{
    static const char *const names[] = { "allocations", "calls to the database" };
    for (enum fault fault = FAULT_MEMORY; fault <= FAULT_DATABASE; fault++) {
        long n = 1;
        long rounds = 0;
        while (n < MOST && try_once(ask, good, fault, n)) {
            n += fault == FAULT_MEMORY && n > ALL_UNTIL ? STRIDE : 1;
            rounds++;
        }
        printf("# %s: %ld rounds, %s\n", ask->target, rounds, names[fault]);
        ok(rounds >= 1 && n < MOST);
    }
}

static void pages_here(void)
{
    product.app.config.cache_bytes = 0;
    const char *show = world_path("/stadt/angebote/{id}", offer);
    torture(&(struct ask){ .target = "/stadt/angebote" }, 200);
    torture(&(struct ask){ .target = "/stadt/angebote.json?q=vorlesen" }, 200);
    torture(&(struct ask){ .target = show }, 200);
    torture(&(struct ask){ .target = "/stadt/nichts" }, 404);
    torture(&(struct ask){ .target = "/stadt/buero/angebote/neu", .who = &clerk }, 200);
    torture(&(struct ask){ .target = "/stadt/buero/angebote", .who = &clerk }, 200);
}
ON_EACH_STORE(pages)

/* Also an answer that comes from the cache is made of allocations. */
static void cached_pages_here(void)
{
    struct ask ask = { .target = "/stadt/angebote" };
    eq_int(product_ask(&product, &ask).status, 200);
    long n = 1;
    for (; n < MOST; n++) {
        fault_plant(FAULT_MEMORY, n);
        struct answer a = product_ask(&product, &ask);
        if (!fault_clear())
            break;
        if (a.status != 503 || get(&product, NULL, "/stadt/angebote").status != 200)
            ok(!"the answer says so");
    }
    printf("# from the cache: %ld rounds\n", n - 1);
    ok(n > 2 && n < 100);
}
ON_EACH_STORE(cached_pages)

static void forms_here(void)
{
    static const struct http_field bad[] = { { STR_INIT("title"), STR_INIT("x") }, LAST_FIELD };
    static const struct http_field confirm[] = { { STR_INIT("step"), STR_INIT("confirm") },
                                                 LAST_FIELD };
    struct ask ask = { .method = HTTP_POST,
                       .target = "/stadt/buero/angebote/neu",
                       .who = &clerk,
                       .fields = world_offer_form(organisation, "Ein Angebot") };
    torture(&ask, 303);
    ask.fields = bad;
    torture(&ask, 422);
    ask.fields = confirm;
    ask.target = world_path("/stadt/buero/angebote/{id}/status", offer);
    torture(&ask, 303);
}
ON_EACH_STORE(forms)

static void signing_in_here(void)
{
    static const struct http_field mail[] = {
        { STR_INIT("mail"), STR_INIT("erika@person.example") }, LAST_FIELD
    };
    eq_int(get(&product, NULL, "/stadt/anmelden").status, 200); /* the town is known */
    uint64_t before = product_moment(&product);
    for (long n = 1; n < MOST; n++) {
        fault_plant(FAULT_DATABASE, n);
        struct answer a =
            product_ask(&product, &(struct ask){ .method = HTTP_POST,
                                                 .target = "/stadt/anmelden",
                                                 .fields = mail,
                                                 .peer = str_fmt(&t_arena, "10.1.1.%ld", n) });
        if (!fault_clear()) {
            eq_int(a.status, 303);
            break;
        }
        ok(a.status == 500 || a.status == 503);
        eq_int(product_moment(&product), before);
    }
}
ON_EACH_STORE(signing_in)

/* ---- an import ---- */

static const char rows[] =
    "ref,name,kind,purpose_md,purpose_simple,fields,street,postcode,place,district,lat,lon,web,"
    "email,phone,umbrella_ref,verified,step_free,toilet,hearing_loop,sign_language,assistance,"
    "easy_language\n"
    "a,Verein A,verein,,,,,23552,Musterstadt,,,,,,,,,,,,,,\n"
    "b,Verein B,verein,,,,,23552,Musterstadt,,,,,,,,,,,,,,\n"
    "c,Verein C,verein,,,,,23552,Musterstadt,,,,,,,,,,,,,,\n"
    "d,Verein D,verein,,,,,23552,Musterstadt,,,,,,,,,,,,,,\n"
    "e,Verein E,verein,,,,,23552,Musterstadt,,,,,,,,,,,,,,\n";

static const struct command *import_command(void)
{
    const struct command *c = exchange_feature.commands;
    while (!str_eq(str_from_c(c->name), S("import")))
        c++;
    return c;
}

static int import(const char *path)
{
    struct arena a;
    arena_init(&a, 0);
    str args[] = { S("organisations"), str_from_c(path) };
    struct cli_option options[] = { { S("city"), S("stadt") } };
    struct cli cli = { .app = &product.app,
                       .arena = &a,
                       .args = args,
                       .arg_count = 2,
                       .options = options,
                       .option_count = 1 };
    fflush(stdout);
    int out = dup(STDOUT_FILENO); /* its last line is for people, ours are TAP */
    must(out >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0);
    int status = import_command()->run(&cli);
    fflush(stdout);
    must(dup2(out, STDOUT_FILENO) >= 0 && close(out) == 0);
    arena_free(&a);
    return status;
}

static int64_t organisations(void)
{
    struct answer a = get(&product, NULL, "/stadt/organisationen.json?a=b");
    str rest = a.body;
    int64_t n = 0;
    ptrdiff_t at;
    while ((at = str_find(rest, S("\"name\""))) >= 0) {
        rest = str_slice(rest, (size_t)at + 1, rest.n);
        n++;
    }
    return n;
}

static void imports_here(void)
{
    char path[64] = { 0 };
    const char *temp = getenv("TMPDIR");
    str name = str_fmt(&t_arena, "%s/tandem-rows.XXXXXX", temp ? temp : "/tmp");
    must(name.n < sizeof path);
    memcpy(path, name.p, name.n);
    int fd = mkstemp(path);
    must(fd >= 0 && write(fd, rows, sizeof rows - 1) == sizeof rows - 1 && close(fd) == 0);
    long n = 1;
    eq_int(organisations(), 1);
    for (; n < MOST; n++) {
        fault_plant(FAULT_DATABASE, n);
        int status = import(path);
        bool came = fault_clear();
        bool kept = organisations() == 6;
        if (kept != (status == CLI_DONE) || (!kept && organisations() != 1)) {
            ok(!"the import says what it did, all or nothing");
            printf("# call %ld: status %d, %lld organisations\n", n, status,
                   (long long)organisations());
        }
        if (!came || kept) /* what fails after the commit is the index, which catches up */
            break;
    }
    printf("# import: %ld rounds\n", n - 1);
    ok(n > 10 && n < MOST);
    eq_int(organisations(), 6);
    unlink(path);
}
ON_EACH_STORE(imports)

static const struct test tests[] = {
    TEST(pages), TEST(cached_pages), TEST(forms), TEST(signing_in), TEST(imports),
};
TEST_MAIN(tests)
