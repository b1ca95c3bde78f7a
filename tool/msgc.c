/* SPDX-License-Identifier: EUPL-1.2 */
/* msgc: the command line. The language of PO files and texts: tool/README.md. */
#include "msgc.h"

int main(int argc, char **argv)
{
    struct tool t;
    tool_init(&t, "msgc");
    struct catalogue c = { .tool = &t };
    if (argc < 4)
        tool_usage(&t, "OUT.h OUT.c REPORT.txt text.LANGUAGE.po…");
    for (enum lang l = 0; l < LANG_COUNT; l++)
        c.index[l] = map_new(&t.arena);
    for (int i = 4; i < argc; i++)
        msgc_read(&c, argv[i]);
    /* What a broken file would make missing elsewhere is not worth a message. */
    if (!t.problems)
        msgc_check(&c);
    struct tool_output outputs[] = { { .path = argv[1] },
                                     { .path = argv[2] },
                                     { .path = argv[3] } };
    if (!t.problems) {
        outputs[0].text = msgc_header(&c);
        outputs[1].text = msgc_source(&c, tool_base_name(str_from_c(argv[1])));
        outputs[2].text = msgc_report(&c);
    }
    int status = tool_write(&t, outputs, 3);
    arena_free(&t.arena);
    return status;
}
