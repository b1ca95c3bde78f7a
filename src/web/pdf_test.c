/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PDFs and the sandbox in which they are made. The program is its own helper: with a verb it
 * plays the helper's part, a bad one too. `pdf_test --write DIR` leaves a document and a poster
 * for test/pdf_test.sh to look into.
 */
#include "web/pdf.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/test.h"
#include "web/app.h"
#include "web/helper.h"
#include "web/hyphenate.h"
#include "web/pdf_helper.h"
#include "web/pdf_wire.h"
#include "web/sandbox.h"

static struct app app = { .helper = "/proc/self/exe" };

/* ---- what is asked for ---- */

static struct pdf_doc document(void)
{
    struct pdf_doc doc = { .arena = &t_arena,
                           .title = S("Meine Daten"),
                           .lang = S("de"),
                           .from = S("Musterstadt · Büro für Ehrenamt"),
                           .date = S("22. November 2026"),
                           .footer = S("Meine Daten"),
                           .colour = S("#8c1f33") };
    str text =
        S("Die Freiwilligenagentur unterstützt Menschen, die sich bürgerschaftlich engagieren "
          "möchten, mit Beratungsgesprächen und Qualifizierungsangeboten.");
    pdf_heading(&doc, 2, S("Überblick"));
    for (int i = 0; i < 30; i++)
        pdf_paragraph(&doc, text);
    pdf_item(&doc, S("Erster Punkt"));
    pdf_item(&doc, S("Zweiter Punkt"));
    for (int i = 0; i < 60; i++)
        pdf_row(&doc, (const str[]){ i ? S("1. März 2026") : S("Tag"), S("Vorlesen"), S("2") }, 3);
    pdf_page(&doc);
    pdf_note(&doc, S("Kleingedrucktes"));
    return doc;
}

static struct pdf_poster poster(void)
{
    return (struct pdf_poster){
        .title = S("Vorlesen für Grundschüler"),
        .lang = S("de"),
        .brand = S("Musterstadt"),
        .organisation = S("Leseinsel e. V."),
        .text = S("Sie lesen einmal in der Woche Kindern vor."),
        .facts = { { S("Wann"), S("Di nachmittags") }, { S("Wo"), S("Altstadt") } },
        .fact_count = 2,
        .colour = S("#8c1f33"),
        .on_colour = S("#ffffff"),
        .tint = S("#f7f0f1"),
        .accent = S("#e8b04a"),
        .qr = S("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path "
                "d=\"M0 0h9v9z\"/></svg>"),
        .qr_text = S("QR-Code mit der Adresse"),
        .call = S("Interesse?"),
        .address = S("ehrenamt.example/k/9mxp-3kf9-81qa"),
        .link = S("https://ehrenamt.example/k/9mxp-3kf9-81qa"),
        .strips = true,
        .strip_text = S("Vorlesen"),
    };
}

/* ---- the wire ---- */

static void what_is_asked_for_arrives(void)
{
    struct out o = out_new(&t_arena, 0);
    struct pdf_doc doc = document();
    struct pdf_asked asked;
    pdf_put_doc(&o, &doc);
    ok(pdf_parse(&t_arena, out_text(&o), &asked));
    ok(!asked.is_poster);
    eq_str(asked.doc.title, doc.title);
    eq_int(asked.doc.blocks.n, doc.blocks.n);
    eq_str(asked.doc.blocks.v[0].texts[0], S("Überblick"));
    eq_int(asked.doc.blocks.v[0].level, 2);
    eq_str(asked.doc.blocks.v[40].texts[1], S("Vorlesen"));
    struct pdf_poster p = poster();
    o = out_new(&t_arena, 0);
    pdf_put_poster(&o, &p);
    ok(pdf_parse(&t_arena, out_text(&o), &asked));
    ok(asked.is_poster && asked.poster.strips && !asked.poster.whole);
    eq_str(asked.poster.facts[1].text, S("Altstadt"));
    eq_str(asked.poster.strip_text, p.strip_text);
}

/* Every beginning of a question is refused, and so is one with more behind it. */
static void what_is_cut_off_is_refused(void)
{
    struct out o = out_new(&t_arena, 0);
    struct pdf_poster p = poster();
    struct pdf_asked asked;
    size_t taken = 0;
    pdf_put_poster(&o, &p);
    str whole = out_text(&o);
    for (size_t n = 0; n < whole.n; n++)
        taken += pdf_parse(&t_arena, str_slice(whole, 0, n), &asked);
    eq_int(taken, 0);
    ok(!pdf_parse(&t_arena, str_join(&t_arena, whole, S("x")), &asked));
    ok(!pdf_parse(&t_arena, S("\xff\xff\xff\xff"), &asked));
}

/* ---- words ---- */

static void words_are_divided_as_in_the_dictionary(void)
{
    struct hyphens *h = hyphens_open(&t_arena);
    str text = S("Die Freiwilligenagentur hilft überall. Über Begleitung!");
    if (access("/usr/share/hyphen/hyph_de_DE.dic", R_OK) != 0) {
        test_skip("hyphen-de is not installed");
        return;
    }
    eq_str(hyphens_put(&t_arena, h, text), text);
    int64_t before = clock_ticks();
    hyphens_learn(h, S("de"), text);
    ok(clock_ticks() - before < 1500000); /* all patterns would take seconds */
    eq_str(hyphens_put(&t_arena, h, text),
           S("Die Frei\u00adwil\u00adli\u00adgen\u00adagen\u00adtur hilft über\u00adall. Über "
             "Beglei\u00adtung!"));
    hyphens_learn(h, S("tr"), text);
    eq_str(hyphens_put(&t_arena, h, text), text);
}

/* ---- the sandbox ---- */

static void compute(void)
{
    char *p = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    p[100] = 1;
    munmap(p, 65536);
}
static void open_a_file(void)
{
    (void)!open("/etc/passwd", O_RDONLY);
}
static void open_a_socket(void)
{
    (void)!socket(AF_INET, SOCK_STREAM, 0);
}
static void start_a_process(void)
{
    (void)!fork();
}
static void become_another_program(void)
{
    execl("/bin/true", "true", (char *)NULL);
}
static void kill_its_parent(void)
{
    kill(getppid(), 0);
}
static void make_code(void)
{
    (void)!mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
static void make_a_file(void)
{
    (void)!memfd_create("x", 0);
}
static void delete_a_file(void)
{
    unlink("/tmp/there-is-none");
}
static void look_into_another_process(void)
{
    prctl(PR_SET_DUMPABLE, 1);
}

/* How a process ends that locks itself up and then does this: 0, or the signal. */
static int end_of(void (*act)(void))
{
    int status = 0;
    pid_t pid = fork();
    must(pid >= 0);
    if (pid == 0) {
        sandbox_limit((size_t)1 << 30, 5);
        sandbox_enter();
        act();
        _exit(0);
    }
    must(waitpid(pid, &status, 0) == pid);
    return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void what_is_forbidden_ends_the_helper(void)
{
    static void (*const forbidden[])(void) = {
        open_a_file, open_a_socket, start_a_process, become_another_program,    kill_its_parent,
        make_code,   make_a_file,   delete_a_file,   look_into_another_process,
    };
    eq_int(end_of(compute), 0);
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        eq_int(end_of(forbidden[i]), SIGSYS);
}

/* ---- helpers ---- */

static enum err ask(const char *verb, size_t most, str *answer)
{
    return helper_run(&t_arena, &(struct helper_job){ "/proc/self/exe", verb, S("Frage"), most, 2 },
                      answer);
}

static void a_helper_answers(void)
{
    str answer = S("");
    eq_int(ask("echo", 100, &answer), ERR_OK);
    eq_str(answer, S("Frage"));
}

static void a_bad_helper_does_no_harm(void)
{
    str answer = S("");
    eq_int(ask("echo", 3, &answer), ERR_LIMIT);
    eq_int(ask("spin", 100, &answer), ERR_LIMIT);
    eq_int(ask("steal", 100, &answer), ERR_IO);
    eq_int(ask("die", 100, &answer), ERR_IO);
    eq_int(helper_run(&t_arena, &(struct helper_job){ "/nowhere", "x", S(""), 1, 1 }, &answer),
           ERR_IO);
    eq_int(helper_run(&t_arena, &(struct helper_job){ NULL, "x", S(""), 1, 1 }, &answer), ERR_IO);
    eq_int(waitpid(-1, NULL, WNOHANG), -1); /* none is left behind */
}

/* The part of the helper. */
static int play(const char *verb)
{
    struct arena a;
    str question = S("");
    str name = str_from_c(verb);
    arena_init(&a, 0);
    sandbox_limit((size_t)1 << 30, 30);
    sandbox_enter();
    must(sandbox_read(&a, 100, &question) == ERR_OK);
    if (str_eq(name, S("spin")))
        for (volatile int i = 0; i >= 0; i = 1) {
        }
    if (str_eq(name, S("steal")))
        open_a_file();
    if (str_eq(name, S("die")))
        _exit(3);
    sandbox_answer(question);
}

/* ---- PDFs ---- */

static bool has(str pdf, const char *text)
{
    return str_find(pdf, str_from_c(text)) >= 0;
}

static void a_document_is_tagged(void)
{
    struct pdf_doc doc = document();
    str pdf = S("");
    eq_int(pdf_make_doc(&app, &doc, &pdf), ERR_OK);
    ok(str_starts(pdf, S("%PDF-1.")) && str_ends(pdf, S("%%EOF\n")));
    ok(has(pdf, "/Lang (de)") && has(pdf, "/DisplayDocTitle true"));
    ok(has(pdf, "/MarkInfo << /Marked true >>") && has(pdf, "/StructTreeRoot"));
    ok(has(pdf, "/S /H1") && has(pdf, "/S /H2") && has(pdf, "/S /P"));
    ok(has(pdf, "/S /LBody") && has(pdf, "/S /Table") && has(pdf, "/S /TH"));
}

static void a_poster_says_what_its_figure_shows(void)
{
    struct pdf_poster p = poster();
    str pdf = S("");
    eq_int(pdf_make_poster(&app, &t_arena, &p, &pdf), ERR_OK);
    ok(has(pdf, "/S /Figure") && has(pdf, "/Alt <FEFF00510052002D"));
    ok(has(pdf, "/URI (https://ehrenamt.example/k/9mxp-3kf9-81qa)"));
}

/* Pictures that are none, letters that the fonts lack, no text at all. */
static void odd_questions_are_answered(void)
{
    struct pdf_poster p = poster();
    struct pdf_doc doc = { .arena = &t_arena };
    str pdf = S("");
    p.art = S("<svg");
    p.logo = S("\xff\xfe");
    p.title = S("العربية 中文 🙂");
    p.text = S("\xff\x01 broken");
    p.colour = S("red");
    eq_int(pdf_make_poster(&app, &t_arena, &p, &pdf), ERR_OK);
    eq_int(pdf_make_doc(&app, &doc, &pdf), ERR_OK);
}

static int write_samples(const char *dir)
{
    struct pdf_doc doc = document();
    struct pdf_poster p = poster();
    str pdf[2] = { S(""), S("") };
    must(pdf_make_doc(&app, &doc, &pdf[0]) == ERR_OK);
    must(pdf_make_poster(&app, &t_arena, &p, &pdf[1]) == ERR_OK);
    for (int i = 0; i < 2; i++) {
        str path = str_fmt(&t_arena, "%s/%s.pdf", dir, i ? "poster" : "document");
        FILE *f = fopen(str_to_c(&t_arena, path), "wb");
        must(f && fwrite(pdf[i].p, 1, pdf[i].n, f) == pdf[i].n && fclose(f) == 0);
    }
    return 0;
}

static const struct test tests[] = {
    TEST(what_is_asked_for_arrives),
    TEST(what_is_cut_off_is_refused),
    TEST(words_are_divided_as_in_the_dictionary),
    TEST(what_is_forbidden_ends_the_helper),
    TEST(a_helper_answers),
    TEST(a_bad_helper_does_no_harm),
    TEST(a_document_is_tagged),
    TEST(a_poster_says_what_its_figure_shows),
    TEST(odd_questions_are_answered),
};

int main(int argc, char **argv)
{
    if (argc == 2 && str_eq(str_from_c(argv[1]), S(PDF_VERB)))
        pdf_helper();
    if (argc == 2)
        return play(argv[1]);
    return argc == 3 ? write_samples(argv[2]) : test_run(tests, sizeof tests / sizeof *tests);
}
