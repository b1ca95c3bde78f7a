/* SPDX-License-Identifier: EUPL-1.2 */
/* What src/base/banned.h and banned_feature.h take away from features. */
#include "base/banned.h"
#include "base/banned_feature.h"
#include "base/str.h"

int bans(struct arena *a, const char *c);

int bans(struct arena *a, const char *c)
{
    str s = str_copy(a, str_from_c(c));
#ifdef REFUSED
    /* refuse: poisoned */
    char *p = malloc(s.n);
    /* refuse: poisoned */
    free(p);
    /* refuse: poisoned */
    (void)strlen(c);
    /* refuse: poisoned */
    sprintf(p, "%s", c);
    /* refuse: poisoned */
    strcpy(p, c);
    /* refuse: poisoned */
    system(c);
    /* refuse: poisoned */
    localtime(NULL);
    /* refuse: poisoned */
    return isalpha(*c);
#endif
    return (int)s.n;
}
