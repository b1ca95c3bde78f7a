/* SPDX-License-Identifier: EUPL-1.2 */
/* msgc: the command line. The language of PO files and texts: tool/README.md. */
#include "msgc.h"

static int write_all(struct catalogue *c, const char *folder)
{
    struct arena *a = &c->tool->arena;
    if (c->tool->problems)
        return tool_write(c->tool, NULL, 0);
    size_t n = c->groups.n;
    struct tool_output *outputs = NEW_ARRAY(a, n + 2, struct tool_output);
    for (size_t i = 0; i < n; i++) {
        str path = str_fmt(a, "%s/%.*s.text.h", folder, STR_FMT(c->groups.v[i]));
        outputs[i] = (struct tool_output){ str_to_c(a, path), msgc_header(c, i) };
    }
    str source = str_fmt(a, "%s/texts.c", folder);
    str report = str_fmt(a, "%s/texts-report.txt", folder);
    outputs[n] = (struct tool_output){ str_to_c(a, source), msgc_source(c) };
    outputs[n + 1] = (struct tool_output){ str_to_c(a, report), msgc_report(c) };
    return tool_write(c->tool, outputs, n + 2);
}

int main(int argc, char **argv)
{
    struct tool t;
    tool_init(&t, "msgc");
    struct catalogue c = { .tool = &t };
    if (argc < 3)
        tool_usage(&t, "OUT-FOLDER text.LANGUAGE.po…");
    for (enum lang l = 0; l < LANG_COUNT; l++)
        c.index[l] = map_new(&t.arena);
    for (int i = 2; i < argc; i++)
        msgc_read(&c, argv[i]);
    /* What a broken file would make missing elsewhere is not worth a message. */
    if (!t.problems)
        msgc_check(&c);
    int status = write_all(&c, argv[1]);
    arena_free(&t.arena);
    return status;
}
