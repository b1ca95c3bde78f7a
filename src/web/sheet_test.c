/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables as files: the same calls, four formats; nothing becomes a formula. */
#include "web/sheet.h"

#include "base/test.h"

static const str names[] = { STR_INIT("ref"), STR_INIT("title") };
static const struct sheet_head head = { STR_INIT("Angebote"), names, 2 };

static str written(enum sheet_format format, enum err *e)
{
    int64_t cut = 0;
    struct out o = out_new(&t_arena, 0);
    struct sheet s = sheet_begin(&o, format, &head);
    sheet_cell(&s, S("1"));
    sheet_cell(&s, S("Grün; \"laut\""));
    sheet_row_end(&s);
    sheet_cell(&s, S("=1+1"));
    sheet_cell(&s, S(""));
    sheet_row_end(&s);
    *e = sheet_end(&s, &cut);
    eq_int(s.rows, 2);
    eq_int(cut, 0);
    return out_text(&o);
}

static void writes_text_formats(void)
{
    enum err e;
    eq_str(written(SHEET_CSV, &e), S("ref,title\r\n1,\"Grün; \"\"laut\"\"\"\r\n'=1+1,\r\n"));
    ok(e == ERR_OK);
    eq_str(written(SHEET_CSV_GERMAN, &e),
           S("\xEF\xBB\xBFref;title\r\n1;\"Grün; \"\"laut\"\"\"\r\n'=1+1;\r\n"));
    eq_str(written(SHEET_JSON, &e),
           S("[{\"ref\":\"1\",\"title\":\"Grün; \\\"laut\\\"\"},{\"ref\":\"=1+1\"}]"));
    ok(e == ERR_OK);
}

static void writes_a_workbook(void)
{
    enum err e;
    str book = written(SHEET_XLSX, &e);
    ok(e == ERR_OK);
    ok(str_starts(book, S("PK\x03\x04")));
    ok(str_find(book, S("xl/worksheets/sheet1.xml")) > 0);
}

static void long_texts_are_cut_and_counted(void)
{
    int64_t cut = 0;
    struct out text = out_new(&t_arena, 0);
    struct out o = out_new(&t_arena, 0);
    for (int i = 0; i < 40000; i++)
        OUT(&text, "ü");
    struct sheet s = sheet_begin(&o, SHEET_XLSX, &head);
    sheet_cell(&s, out_text(&text));
    sheet_cell(&s, str_slice(out_text(&text), 0, 2 * 32767));
    sheet_row_end(&s);
    ok(sheet_end(&s, &cut) == ERR_OK);
    eq_int(cut, 1);
}

static void a_full_buffer_is_no_file(void)
{
    int64_t cut = 0;
    struct out o = out_new(&t_arena, 20);
    struct sheet s = sheet_begin(&o, SHEET_CSV, &head);
    sheet_cell(&s, S("etwas mehr, als hineingeht"));
    sheet_cell(&s, S(""));
    sheet_row_end(&s);
    ok(sheet_end(&s, &cut) == ERR_LIMIT);
}

static void knows_its_formats(void)
{
    enum sheet_format format;
    ok(sheet_format_find(S("xlsx"), &format) && format == SHEET_XLSX);
    ok(sheet_format_find(S("csv"), &format) && format == SHEET_CSV);
    ok(!sheet_format_find(S("ods"), &format));
    ok(!sheet_format_find(S(""), &format));
}

static const struct test tests[] = {
    TEST(writes_text_formats),      TEST(writes_a_workbook), TEST(long_texts_are_cut_and_counted),
    TEST(a_full_buffer_is_no_file), TEST(knows_its_formats),
};
TEST_MAIN(tests)
