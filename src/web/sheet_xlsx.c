/* SPDX-License-Identifier: EUPL-1.2 */
/* The only file that knows libxlsxwriter. Its memory is its own and is freed at the end. */
#include "web/sheet_xlsx.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/utf8.h"

/* A cell of a spreadsheet holds so many characters, a character of four bytes counting two. */
#define CELL_MOST  32767
#define CELL_BYTES ((size_t)CELL_MOST * 4 + 1)
#define WIDTH      22.0
#define ROWS_MOST  LXW_ROW_MAX

struct xlsx {
    int file; /* in memory only */
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold;
    uint32_t row;
    int64_t cut;
    bool failed;
    char text[CELL_BYTES];
};

/* The library writes to a path; this one leads to memory. */
static void open_book(struct xlsx *x, str title, uint16_t columns)
{
    char path[64];
    char name[LXW_SHEETNAME_MAX + 1];
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    size_t n = title.n < LXW_SHEETNAME_MAX ? title.n : LXW_SHEETNAME_MAX;
    memcpy(name, title.p, n);
    name[n] = '\0';
    snprintf(path, sizeof path, "/proc/self/fd/%d", x->file);
    x->book = workbook_new_opt(path, &options);
    x->sheet = x->book ? workbook_add_worksheet(x->book, name) : NULL;
    x->bold = x->sheet ? workbook_add_format(x->book) : NULL;
    if (!x->bold)
        return;
    format_set_bold(x->bold);
    worksheet_set_column(x->sheet, 0, (lxw_col_t)(columns - 1), WIDTH, NULL);
    worksheet_freeze_panes(x->sheet, 1, 0);
}

struct xlsx *xlsx_new(str title, uint16_t columns)
{
    struct xlsx *x = calloc(1, sizeof *x);
    must(x != NULL);
    x->file = memfd_create("tandem.xlsx", MFD_CLOEXEC);
    if (x->file >= 0)
        open_book(x, title, columns);
    x->failed = !x->bold;
    return x;
}

/* Characters as spreadsheets count them: those beyond the basic plane are two. */
static size_t units(str s)
{
    size_t n = 0;
    while (s.n)
        n += utf8_next(&s) > 0xffff ? 2 : 1;
    return n;
}

void xlsx_text(struct xlsx *x, uint16_t column, str text)
{
    if (x->failed || !text.n)
        return;
    if (text.n > CELL_MOST && units(text) > CELL_MOST) {
        text = utf8_cut(text, CELL_MOST / 2); /* half: none of them can count more than two */
        x->cut++;
    }
    memcpy(x->text, text.p, text.n);
    x->text[text.n] = '\0';
    lxw_format *format = x->row ? NULL : x->bold;
    x->failed = worksheet_write_string(x->sheet, x->row, column, x->text, format) != LXW_NO_ERROR;
}

void xlsx_number(struct xlsx *x, uint16_t column, double number)
{
    if (!x->failed)
        x->failed = worksheet_write_number(x->sheet, x->row, column, number, NULL) != LXW_NO_ERROR;
}

void xlsx_row_end(struct xlsx *x)
{
    if (++x->row >= ROWS_MOST)
        x->failed = true;
}

static enum err read_back(int file, struct out *out)
{
    char bytes[16384];
    off_t at = 0;
    ssize_t n;
    while ((n = pread(file, bytes, sizeof bytes, at)) > 0) {
        out_bytes(out, bytes, (size_t)n);
        at += n;
    }
    return n == 0 && at > 0 ? ERR_OK : ERR_IO;
}

enum err xlsx_end(struct xlsx *x, struct out *out, int64_t *cut)
{
    enum err e = ERR_IO;
    if (x->book && workbook_close(x->book) == LXW_NO_ERROR && !x->failed)
        e = read_back(x->file, out);
    if (x->file >= 0)
        close(x->file);
    *cut = x->cut;
    free(x);
    return e;
}
