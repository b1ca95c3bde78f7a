/* SPDX-License-Identifier: EUPL-1.2 */
/* The limits and the filter of a helper. The only file that knows libseccomp. */
#include "web/sandbox.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"

/* Sanitizers keep a map of all memory, far beyond any limit. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_THREAD__) && !defined(SANITIZED)
#define SANITIZED 1
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void limit(__rlimit_resource_t what, rlim_t n)
{
    must(setrlimit(what, &(struct rlimit){ n, n }) == 0);
}

void sandbox_limit(size_t memory, int seconds)
{
    must(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
    must(close_range(STDERR_FILENO + 1, ~0U, 0) == 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, (rlim_t)seconds);
    if (!SANITIZED)
        limit(RLIMIT_AS, memory);
}

/* What computing needs: memory, locks between threads, time, chance, and the two pipes. */
static const int allowed[] = {
    SCMP_SYS(read),           SCMP_SYS(write),         SCMP_SYS(close),
    SCMP_SYS(exit),           SCMP_SYS(exit_group),    SCMP_SYS(brk),
    SCMP_SYS(munmap),         SCMP_SYS(mremap),        SCMP_SYS(madvise),
    SCMP_SYS(futex),          SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),      SCMP_SYS(sched_yield),   SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(gettid),        SCMP_SYS(restart_syscall),
    SCMP_SYS(sigaltstack),    SCMP_SYS(rseq),          SCMP_SYS(set_robust_list),
};

void sandbox_enter(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    must(filter != NULL);
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0);
    /* Memory, but no code in it, and no files. */
    must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                          SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0);
    must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0);
    /* Pango looks for fonts in threads. They stay in this process; what clone3 wants to make cannot
     * be seen, and the C library does with clone what the kernel does not know by the other name.
     */
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0);
    must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                          SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0);
    /* The sanitizers ask each new thread for its stack, which asks for its processors. */
    if (SANITIZED)
        must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sched_getaffinity), 0) == 0);
    /* … and asks whether a font may be read that it holds open already: the answer is yes. */
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(0), SCMP_SYS(access), 0) == 0);
    must(seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0);
    limit(RLIMIT_NOFILE, 0);
    limit(RLIMIT_FSIZE, 0);
    must(seccomp_load(filter) == 0);
    seccomp_release(filter);
}

static bool read_all(char *p, size_t size)
{
    while (size) {
        ssize_t n = read(STDIN_FILENO, p, size);
        if (n <= 0)
            return false;
        p += n;
        size -= (size_t)n;
    }
    return true;
}

enum err sandbox_read(struct arena *a, size_t most, str *question)
{
    uint8_t head[4];
    size_t size = 0;
    if (!read_all((char *)head, 4))
        return ERR_IO;
    for (unsigned i = 0; i < 4; i++)
        size |= (size_t)head[i] << 8 * i;
    if (size > most)
        return ERR_LIMIT;
    char *p = arena_bytes(a, size);
    *question = (str){ p, size };
    return read_all(p, size) ? ERR_OK : ERR_IO;
}

static bool write_all(const char *p, size_t size)
{
    while (size) {
        ssize_t n = write(STDOUT_FILENO, p, size);
        if (n <= 0)
            return false;
        p += n;
        size -= (size_t)n;
    }
    return true;
}

void sandbox_answer(str answer)
{
    uint8_t head[4];
    for (unsigned i = 0; i < 4; i++)
        head[i] = (uint8_t)(answer.n >> 8 * i);
    bool good = write_all((const char *)head, 4) && write_all(answer.p, answer.n);
    _exit(good ? 0 : 1);
}
