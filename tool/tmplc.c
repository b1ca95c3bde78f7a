/* SPDX-License-Identifier: EUPL-1.2 */
/* tmplc: the command line. The language of templates: tool/README.md. */
#include "tmplc.h"

#include "base/utf8.h"

static void compile(struct template *t, const char *path)
{
    str source = tool_read(t->tool, path);
    struct tokens tokens = { 0 };
    if (!utf8_valid(source)) {
        tool_problem(t->tool, path, 0, "is not UTF-8");
        return;
    }
    tmplc_lex(t->tool, path, source, &tokens);
    tmplc_parse(t, path, tokens);
}

/* "opportunity.html.h" -> "OPPORTUNITY_HTML_H" */
static str guard_of(struct arena *a, str file)
{
    char *p = arena_bytes(a, file.n);
    for (size_t i = 0; i < file.n; i++) {
        char c = file.p[i];
        bool lower = c >= 'a' && c <= 'z';
        bool plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        p[i] = lower ? (char)(c - 'a' + 'A') : plain ? c : '_';
    }
    return (str){ p, file.n };
}

int main(int argc, char **argv)
{
    struct tool tool;
    tool_init(&tool, "tmplc");
    struct template t = { .tool = &tool };
    if (argc < 4)
        tool_usage(&tool, "OUT.h OUT.c template.html…");
    for (int i = 3; i < argc; i++)
        compile(&t, argv[i]);
    bool unread = tool.problems > 0;
    /* A view that could not be read would only raise more questions. */
    for (size_t i = 0; i < t.views.n && !unread; i++) {
        tmplc_check_nesting(&tool, &t.views.v[i]);
        tmplc_check_attrs(&tool, &t.views.v[i]);
        tmplc_check_access(&tool, &t.views.v[i]);
    }
    struct tool_output outputs[] = { { .path = argv[1] }, { .path = argv[2] } };
    if (!tool.problems) {
        str header_name = tool_base_name(str_from_c(argv[1]));
        outputs[0].text = tmplc_header(&t, guard_of(&tool.arena, header_name));
        outputs[1].text = tmplc_source(&t, header_name);
    }
    int status = tool_write(&tool, outputs, 2);
    arena_free(&tool.arena);
    return status;
}
