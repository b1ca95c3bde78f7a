/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The mail server of the tests as a program: prints its address, then keeps every mail that it is
 * given as a file of the folder, 0001.eml, 0002.eml …, until it is ended.
 *
 *     smtp_sink FOLDER
 */
#include <unistd.h>

#include "base/err.h"
#include "smtp_sink.h"

#define LOOK_US 20000

/* A file is complete as soon as it has its name. */
static bool keep(const char *folder, size_t n, const struct smtp_taken *mail)
{
    char temporary[512];
    char path[512];
    snprintf(temporary, sizeof temporary, "%s/.new", folder);
    snprintf(path, sizeof path, "%s/%04zu.eml", folder, n);
    FILE *f = fopen(temporary, "wb");
    if (!f)
        return false;
    fprintf(f, "Delivered-To: %.*s\r\n", STR_FMT(mail->to));
    fwrite(mail->data.p, 1, mail->data.n, f);
    return fclose(f) == 0 && rename(temporary, path) == 0;
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    struct smtp_sink *sink = smtp_sink_start();
    printf("%s\n", smtp_sink_url(sink));
    fflush(stdout);
    for (size_t n = 0;; usleep(LOOK_US))
        for (; n < smtp_sink_count(sink); n++) {
            struct smtp_taken mail = smtp_sink_get(sink, n);
            if (!keep(argv[1], n + 1, &mail))
                return 1;
        }
}
