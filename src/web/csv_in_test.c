/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <sys/resource.h>

#include "base/test.h"
#include "web/csv.h"
#include "web/csv_in.h"

static struct csv_in *open_text(str text)
{
    FILE *f = tmpfile();
    fwrite(text.p, 1, text.n, f);
    rewind(f);
    return csv_in_new(&t_arena, f);
}

static void close_text(struct csv_in *in)
{
    fclose(in->file);
    csv_in_free(in);
}

/* All rows as one text: cells joined by |, rows by /, with the line in front. */
static str all_rows(str text)
{
    struct csv_in *in = open_text(text);
    struct out o = out_new(&t_arena, 0);
    enum csv_in_result got;
    while ((got = csv_in_next(in)) == CSV_IN_ROW || got == CSV_IN_BAD_ROW) {
        out_fmt(&o, "%s%lld:", o.n ? "/" : "", (long long)in->line);
        if (got == CSV_IN_BAD_ROW)
            out_str(&o, in->problem);
        for (size_t i = 0; got == CSV_IN_ROW && i < in->n; i++)
            out_fmt(&o, "%s%.*s", i ? "|" : "", STR_FMT(in->cells[i]));
    }
    if (got == CSV_IN_BROKEN)
        out_fmt(&o, "!%lld:%.*s", (long long)in->line, STR_FMT(in->problem));
    close_text(in);
    return out_text(&o);
}

static void separators_are_found(void)
{
    eq_str(all_rows(S("a,b\n1,2\n")), S("1:a|b/2:1|2"));
    eq_str(all_rows(S("a;b;c,d\n1,5;2;3\n")), S("1:a|b|c,d/2:1,5|2|3"));
    eq_str(all_rows(S("a\tb\n1\t2")), S("1:a|b/2:1|2"));
    eq_str(all_rows(S("\"a;;;\",b\n")), S("1:a;;;|b"));
    eq_str(all_rows(S("one\ntwo\n")), S("1:one/2:two"));
    eq_str(all_rows(S("")), S(""));
}

static void quotes_and_line_breaks(void)
{
    eq_str(all_rows(S("a,\"b\r\nc\",d\r\n\"say \"\"ja\"\"\",,\r\n")),
           S("1:a|b\nc|d/3:say \"ja\"||"));
    eq_str(all_rows(S("a,b\rc,d\r")), S("1:a|b/2:c|d"));
    eq_str(all_rows(S("a,b\n\n \nc,d")), S("1:a|b/4:c|d"));
    eq_str(all_rows(S("a,5\" Rohr\nx,\"y\" \n")), S("1:a|5\" Rohr/2:x|y"));
}

static void encodings(void)
{
    eq_str(all_rows(S("\xEF\xBB\xBF"
                      "gr\xC3\xBC\xC3\x9F"
                      "e;b")),
           S("1:grüße|b"));
    eq_str(all_rows(S("gr\xFC\xDF"
                      "e;\x93"
                      "b\x94\nM\xC3\xBCll;x")),
           S("1:grüße|“b”/2:MÃ¼ll|x"));
    eq_str(all_rows(S("u\xCC\x88"
                      "ber,a\x01\xC2\xADz")),
           S("1:über|a\xC2\xADz"));
    ok(str_starts(all_rows(S("\xFF\xFE"
                             "a")),
                  S("!0:the file is UTF-16")));
    ok(str_starts(all_rows(S("a,b\nc\0d,e\n")), S("1:a|b!2:the file contains NUL")));
}

static void broken_bytes_are_marked(void)
{
    struct csv_in *in = open_text(S("gr\xC3\xBC"
                                    "n,Gr\xC3\nok,ok\n"));
    eq_int(csv_in_next(in), CSV_IN_ROW);
    ok(in->replaced);
    eq_str(in->cells[1], S("Gr\xEF\xBF\xBD"));
    eq_int(csv_in_next(in), CSV_IN_ROW);
    ok(!in->replaced);
    close_text(in);
}

static void damage_is_reported(void)
{
    eq_str(all_rows(S("a,b\n\"x\"y,z\nc,d\n")), S("1:a|b/2:text behind a closing quote/3:c|d"));
    eq_str(all_rows(S("a,b\nc,\"d\ne,f\n")), S("1:a|b!2:a quoted cell is never closed"));
}

static str repeated(str piece, size_t times)
{
    struct out o = out_new(&t_arena, piece.n * times + 1);
    for (size_t i = 0; i < times; i++)
        out_str(&o, piece);
    return out_text(&o);
}

static void limits(void)
{
    str cell = repeated(S("x"), CSV_IN_CELL);
    eq_int(all_rows(cell).n, CSV_IN_CELL + 2);
    ok(str_starts(all_rows(str_join(&t_arena, cell, S("x"))), S("!1:a cell is longer")));
    ok(str_starts(all_rows(repeated(str_join(&t_arena, cell, S(",")), 9)), S("!1:a cell is")));
    ok(str_find(all_rows(repeated(S(","), CSV_IN_COLUMNS - 1)), S("!")) < 0);
    ok(str_starts(all_rows(repeated(S(","), CSV_IN_COLUMNS)), S("!1:a row has more")));
}

static void columns_by_name(void)
{
    struct csv_in *in = open_text(S(" Ref ,title \n1, x \n2\n"));
    eq_int(csv_in_header(in), CSV_IN_ROW);
    eq_int(csv_in_column(in, S("ref")), 0);
    eq_int(csv_in_column(in, S("title")), 1);
    eq_int(csv_in_column(in, S("plz")), -1);
    csv_in_next(in);
    eq_str(csv_in_cell(in, 1), S("x"));
    eq_str(csv_in_cell(in, -1), S(""));
    csv_in_next(in);
    eq_str(csv_in_cell(in, 1), S(""));
    close_text(in);
}

static void reads_what_we_write(void)
{
    static const str samples[] = {
        STR_INIT("a"),     STR_INIT(""),       STR_INIT("a,b;c\td"), STR_INIT("zwei\nZeilen"),
        STR_INIT("\"x\""), STR_INIT("=SUM()"), STR_INIT(" blank "),  STR_INIT("''-1"),
    };
    struct out o = out_new(&t_arena, 0);
    struct csv c = csv_new(&o);
    for (size_t i = 0; i < 8; i++)
        csv_str(&c, S("column"));
    csv_row_end(&c);
    for (size_t i = 0; i < 8; i++)
        csv_str(&c, samples[i]);
    csv_row_end(&c);
    struct csv_in *in = open_text(out_text(&o));
    csv_in_next(in);
    csv_in_next(in);
    eq_int(in->n, 8);
    for (size_t i = 0; i < 8; i++)
        eq_str(csv_unguard(in->cells[i]), samples[i]);
    close_text(in);
}

/* 16 MiB through the reader must not make the process grow by more than a few. */
static void memory_is_constant(void)
{
    FILE *f = tmpfile();
    str row = repeated(S("M\xC3\xBCll;"), 100);
    for (size_t i = 0; i < ((size_t)16 << 20) / row.n; i++) {
        fwrite(row.p, 1, row.n, f);
        fputc('\n', f);
    }
    rewind(f);
    struct rusage before;
    struct rusage after;
    getrusage(RUSAGE_SELF, &before);
    struct csv_in *in = csv_in_new(&t_arena, f);
    size_t rows = 0;
    while (csv_in_next(in) == CSV_IN_ROW)
        rows++;
    getrusage(RUSAGE_SELF, &after);
    eq_int(rows, ((size_t)16 << 20) / row.n);
    ok(after.ru_maxrss - before.ru_maxrss < 4096);
    close_text(in);
}

static const struct test tests[] = {
    TEST(separators_are_found),    TEST(quotes_and_line_breaks), TEST(encodings),
    TEST(broken_bytes_are_marked), TEST(damage_is_reported),     TEST(limits),
    TEST(columns_by_name),         TEST(reads_what_we_write),    TEST(memory_is_constant),
};
TEST_MAIN(tests)
