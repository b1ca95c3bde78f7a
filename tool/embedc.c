/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * embedc NAME INPUT OUTPUT.c: a file as a constant of the program.
 *
 * The output defines `const unsigned char NAME[]` and `const size_t NAME_size`. Used for tables
 * that the layers below web/ need (lexicon, places); pages and styles go through assetc.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PER_LINE 24

static int write_bytes(FILE *in, FILE *out, const char *name)
{
    size_t n = 0;
    fprintf(out, "/* Made by embedc. */\n#include <stddef.h>\n");
    fprintf(out, "extern const unsigned char %s[];\nextern const size_t %s_size;\n", name, name);
    fprintf(out, "const unsigned char %s[] = {", name);
    for (int c = fgetc(in); c != EOF; c = fgetc(in))
        fprintf(out, "%s%d,", n++ % PER_LINE ? "" : "\n", c);
    fprintf(out, "0\n};\nconst size_t %s_size = %zu;\n", name, n);
    return ferror(in) || ferror(out);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: embedc NAME INPUT OUTPUT.c\n");
        return 2;
    }
    FILE *in = fopen(argv[2], "rb");
    FILE *out = in ? fopen(argv[3], "wb") : NULL;
    int failed = !out || write_bytes(in, out, argv[1]);
    if (out && fclose(out))
        failed = 1;
    if (failed)
        fprintf(stderr, "embedc: %s -> %s: %s\n", argv[2], argv[3], strerror(errno));
    if (in)
        fclose(in);
    return failed;
}
