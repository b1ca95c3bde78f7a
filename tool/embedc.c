/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * embedc NAME INPUT OUTPUT.c: a file as a constant of the program.
 *
 * The output defines `const unsigned char NAME[]` (aligned for any type) and `const size_t
 * NAME_size`. For tables that the layers below web/ need (lexicon, places); what pages need goes
 * through assetc.
 */
#include "tool.h"

#include "base/err.h"

#define PER_LINE 24

static str emit(struct arena *a, const char *name, str bytes)
{
    struct out o = out_new(a, bytes.n * 5 + 1024);
    out_fmt(&o, "/* Made by embedc. */\n#include <stddef.h>\n");
    out_fmt(&o, "extern const unsigned char %s[];\nextern const size_t %s_size;\n", name, name);
    out_fmt(&o, "_Alignas(16) const unsigned char %s[] = {", name);
    for (size_t i = 0; i < bytes.n; i++) {
        if (i % PER_LINE == 0)
            out_char(&o, '\n');
        out_i64(&o, (unsigned char)bytes.p[i]);
        out_char(&o, ',');
    }
    out_fmt(&o, "0\n};\nconst size_t %s_size = %zu;\n", name, bytes.n);
    must(!o.full);
    return out_text(&o);
}

int main(int argc, char **argv)
{
    struct tool t;
    tool_init(&t, "embedc");
    if (argc != 4)
        tool_usage(&t, "NAME INPUT OUTPUT.c");
    str bytes = tool_read(&t, argv[2]);
    struct tool_output output = { argv[3], emit(&t.arena, argv[1], bytes) };
    int status = tool_write(&t, &output, 1);
    arena_free(&t.arena);
    return status;
}
