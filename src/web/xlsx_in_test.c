/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Workbooks: what Tandem writes itself (sheet.h), what others write, and what nobody should. Each
 * is made here, by libzip where it is not ours.
 */
#include "web/xlsx_in.h"

#include <zip.h>

#include "base/out.h"
#include "base/test.h"
#include "web/csv_in.h"
#include "web/sheet.h"

/* ---- making ---- */

struct file {
    const char *name, *text;
};

#define BOOK(sheets)                                                                    \
    { "xl/workbook.xml",                                                                \
      "<workbook xmlns:r='r'><workbookPr/><sheets>" sheets "</sheets></workbook>" },    \
    {                                                                                   \
        "xl/_rels/workbook.xml.rels",                                                   \
            "<Relationships><Relationship Id='a' Target='worksheets/sheet1.xml'/>"      \
            "<Relationship Id='b' Target='/xl/worksheets/sheet2.xml'/></Relationships>" \
    }
#define ONE_SHEET BOOK("<sheet name='A' r:id='a'/>")
#define SHEET(rows)                                                                          \
    {                                                                                        \
        "xl/worksheets/sheet1.xml", "<worksheet><sheetData>" rows "</sheetData></worksheet>" \
    }
#define LAST       \
    {              \
        NULL, NULL \
    }

static str archive(const struct file *files)
{
    zip_error_t why;
    zip_stat_t stat;
    zip_error_init(&why);
    zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_t *zip = zip_open_from_source(to, ZIP_TRUNCATE, &why);
    must(zip != NULL);
    zip_source_keep(to);
    for (; files->name; files++) {
        zip_source_t *s = zip_source_buffer(zip, files->text, str_from_c(files->text).n, 0);
        must(s && zip_file_add(zip, files->name, s, 0) >= 0);
    }
    must(zip_close(zip) == 0);
    must(zip_source_open(to) == 0 && zip_source_stat(to, &stat) == 0);
    char *bytes = arena_bytes(&t_arena, stat.size);
    must(zip_source_read(to, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(to);
    zip_source_free(to);
    return (str){ bytes, stat.size };
}

static str read_files(const struct file *files)
{
    str csv = S("");
    str problem = S("");
    enum err e = xlsx_in_csv(&t_arena, archive(files), &csv, &problem);
    if (e != ERR_OK)
        return problem;
    ok(str_starts(csv, S("\xEF\xBB\xBF")));
    return str_slice(csv, 3, csv.n);
}

#define READ(...) read_files((const struct file[]){ __VA_ARGS__, LAST })

/* ---- what is read ---- */

static void texts_numbers_and_results(void)
{
    eq_str(READ(ONE_SHEET,
                { "xl/sharedStrings.xml",
                  "<sst><si><t>Titel</t></si><si><r><rPr><b/></rPr><t>Vor</t></r><r><t "
                  "xml:space='preserve'> lesen</t></r></si><si><t>sagt \"ja\"\nund geht</t>"
                  "<rPh><t>x</t></rPh></si></sst>" },
                SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t>Ort"
                      "</t></is></c></row><row r='4'><c r='A4' t='s'><v>1</v></c><c r='B4' "
                      "t='s'><v>2</v></c><c r='C4' t='str'><f>A1&amp;B1</f><v>fertig</v></c></row>"
                      "<row r='5'><c r='A5'><v>12</v></c><c r='B5'><v>2.5000000000000004</v></c>"
                      "<c r='C5' t='b'><v>1</v></c><c r='D5'/><c r='E5'><f>1/4</f><v>0.25</v></c>"
                      "</row>")),
           S("\"Titel\",,\"Ort\"\n\n\n\"Vor lesen\",\"sagt \"\"ja\"\"\u2028und geht\",\"fertig\"\n"
             "\"12\",\"2.5\",\"yes\",,\"0.25\"\n"));
}

static void days_times_and_zeros(void)
{
    struct file styles = {
        "xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='00000'/><numFmt "
                         "numFmtId='165' formatCode='[$-407]d\\. mmmm yyyy'/><numFmt "
                         "numFmtId='166' formatCode='#,##0.00\\ \"dm\"'/><numFmt numFmtId='167' "
                         "formatCode='TT.MM.JJJJ hh:mm'/></numFmts><cellStyleXfs><xf "
                         "numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf "
                         "numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf "
                         "numFmtId='166'/><xf numFmtId='167'/><xf numFmtId='20'/></cellXfs>"
                         "</styleSheet>"
    };
    const char *cells = "<worksheet><sheetData><row><c r='A1' s='1'><v>46349</v></c><c r='B1' "
                        "s='2'><v>1067</v></c><c r='C1' s='3'><v>46349</v></c><c r='D1' s='4'><v>"
                        "3.5</v></c><c r='E1' s='5'><v>46349.604166666664</v></c><c r='F1' "
                        "s='6'><v>0.75</v></c><c r='G1' s='0'><v>46349</v></c></row></sheetData>"
                        "</worksheet>";
    eq_str(READ(ONE_SHEET, styles, { "xl/worksheets/sheet1.xml", cells }),
           S("\"2026-11-23\",\"01067\",\"2026-11-23\",\"3.5\",\"2026-11-23 14:30\",\"18:00\","
             "\"46349\"\n"));
    eq_str(
        READ({ "xl/workbook.xml", "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets><sheet "
                                  "r:id='a'/></sheets></workbook>" },
             { "xl/_rels/workbook.xml.rels",
               "<Relationships><Relationship Id='a' Target='worksheets/sheet1.xml'/>"
               "</Relationships>" },
             styles, SHEET("<row><c r='A1' s='1'><v>44887</v></c></row>")),
        S("\"2026-11-23\"\n"));
}

static void the_first_sheet_that_is_seen(void)
{
    eq_str(READ(BOOK("<sheet name='A' state='hidden' r:id='a'/><sheet name='B' r:id='b'/>"),
                SHEET("<row><c r='A1'><v>1</v></c></row>"),
                { "xl/worksheets/sheet2.xml",
                  "<x:worksheet xmlns:x='x'><x:sheetData><x:row><x:c r='A1'><x:v>2</x:v></x:c>"
                  "</x:row></x:sheetData></x:worksheet>" }),
           S("\"2\"\n"));
    eq_str(READ(BOOK("<sheet name='A' state='hidden' r:id='a'/>"), SHEET("")),
           S("the workbook has no sheet that can be seen"));
}

/* ---- what is refused, with its place ---- */

static void refuses_with_the_place(void)
{
    eq_str(READ(ONE_SHEET, { "xl/worksheets/sheet1.xml",
                             "<worksheet><sheetData/><mergeCells><mergeCell ref='A1:C1'/>"
                             "</mergeCells></worksheet>" }),
           S("the cells A1:C1 are merged; undo that in the table"));
    eq_str(READ(ONE_SHEET, SHEET("<row><c r='B7' t='e'><v>#REF!</v></c></row>")),
           S("cell B7 holds the error #REF!"));
    eq_str(READ(ONE_SHEET, SHEET("<row><c r='A2'><v>1</v></c></row><row><c r='A1'><v>1</v></c>"
                                 "</row>")),
           S("cell A1 stands out of order"));
    eq_str(READ(ONE_SHEET, SHEET("<row><c r='A1'><v>1</v></c><c r='A1'><v>1</v></c></row>")),
           S("cell A1 stands out of order"));
    eq_str(READ(ONE_SHEET, SHEET("<row><c r='ZZ1'><v>1</v></c></row>")),
           S("a row has more than 500 cells"));
    eq_str(READ(ONE_SHEET, SHEET("<row><c r='A9999999'><v>1</v></c></row>")),
           S("a cell of the sheet has no place"));
    eq_str(READ(ONE_SHEET, SHEET("<row><c><v>1</v></c></row>")),
           S("a cell of the sheet has no place"));
}

static void refuses_what_is_no_workbook(void)
{
    str csv = S("");
    str problem = S("");
    ok(xlsx_in_csv(&t_arena, S("PK\x03\x04 and then nothing"), &csv, &problem) == ERR_INVALID);
    eq_str(problem, S("this is no workbook of Excel (.xlsx)"));
    eq_str(READ({ "content.xml", "<x/>" }), S("this is no workbook of Excel (.xlsx)"));
    eq_str(READ(ONE_SHEET), S("this is no workbook of Excel (.xlsx)"));
    ok(!xlsx_in_is(S("a,b\n")) && xlsx_in_is(S("PK\x03\x04")));
}

/* Entities that grow, and files of others: no document type, no entity. */
static void refuses_entities(void)
{
    str said = READ(ONE_SHEET, { "xl/worksheets/sheet1.xml",
                                 "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;'>]>"
                                 "<worksheet><sheetData><row><c r='A1' t='str'><v>&c;</v></c></row>"
                                 "</sheetData></worksheet>" });
    ok(str_find(said, S("document type")) > 0);
}

/* A bomb: a few kilobytes that unpack to more than is read. */
static void refuses_bombs(void)
{
    size_t n = XLSX_IN_PART + 100;
    char *blanks = arena_bytes(&t_arena, n + 1);
    memset(blanks, ' ', n);
    blanks[n] = '\0';
    struct file files[] = { ONE_SHEET, { "xl/sharedStrings.xml", blanks }, SHEET(""), LAST };
    str bomb = archive(files);
    str csv = S("");
    str problem = S("");
    ok(bomb.n < n / 100);
    ok(xlsx_in_csv(&t_arena, bomb, &csv, &problem) == ERR_INVALID);
    eq_str(problem, S("the workbook is too large"));
}

/* ---- what Tandem writes comes back ---- */

static void its_own_files_come_back(void)
{
    static const str names[] = { STR_INIT("ref"), STR_INIT("title"), STR_INIT("tasks_md") };
    static const str cells[][3] = {
        { STR_INIT("00123"), STR_INIT("Vorlesen für Kinder, „laut“"),
          STR_INIT("- eins\n- zwei\n") },
        { STR_INIT("=1+1"), STR_INIT(" mit Rand "), STR_INIT("a\"b\tc") },
        { STR_INIT(""), STR_INIT("😀"), STR_INIT("") },
    };
    struct out o = out_new(&t_arena, 0);
    struct sheet_head head = { S("Angebote"), names, 3 };
    struct sheet s = sheet_begin(&o, SHEET_XLSX, &head);
    int64_t cut = 0;
    str csv = S("");
    str problem = S("");
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 3; k++)
            sheet_cell(&s, cells[i][k]);
        sheet_row_end(&s);
    }
    must(sheet_end(&s, &cut) == ERR_OK);
    ok(xlsx_in_csv(&t_arena, out_text(&o), &csv, &problem) == ERR_OK);
    FILE *file = fmemopen((void *)(uintptr_t)csv.p, csv.n, "rb");
    struct csv_in *in = csv_in_new(&t_arena, file);
    ok(csv_in_header(in) == CSV_IN_ROW && csv_in_column(in, S("tasks_md")) == 2);
    for (size_t i = 0; i < 3; i++) {
        ok(csv_in_next(in) == CSV_IN_ROW);
        eq_int(in->line, i + 2); /* the row of the sheet, whatever breaks its cells have */
        for (size_t k = 0; k < in->n; k++)
            eq_str(in->cells[k], cells[i][k]);
    }
    ok(csv_in_next(in) == CSV_IN_END);
    csv_in_free(in);
    fclose(file);
}

static const struct test tests[] = {
    TEST(texts_numbers_and_results),
    TEST(days_times_and_zeros),
    TEST(the_first_sheet_that_is_seen),
    TEST(refuses_with_the_place),
    TEST(refuses_what_is_no_workbook),
    TEST(refuses_entities),
    TEST(refuses_bombs),
    TEST(its_own_files_come_back),
};
TEST_MAIN(tests)
