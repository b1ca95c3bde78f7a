#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
#
# Everything that continuous integration runs, step by step:
#
#     tool/check.sh [STEP…]
#
# Without a step all of them run, the quick ones first; a failed step does not stop the others.
# Ends with "N passed, N failed, N skipped" over all steps and the tests within them; the status
# is 1 when something failed. What a step printed is kept in build-check/STEP.log.
set -u
cd "$(dirname "$0")/.." || exit 1

ALL="format source shell reuse cppcheck banned test asan tidy tsan browser"
LOGS=build-check
JOBS=${JOBS:-2}
export LC_ALL=C.UTF-8

# Files of the project by pattern: those that git knows and new ones, not the ignored.
files()
{
    git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do
        [ ! -e "$f" ] || echo "$f"
    done
}

c_files()
{
    files 'src/*.[ch]' 'tool/*.[ch]' 'test/*.[ch]' 'bench/*.[ch]' 'fuzz/*.[ch]'
}

# Sets up a build folder once and builds it: folder, compiler, arguments of meson.
built()
{
    local dir=$1 cc=$2
    shift 2
    [ -e "$dir/build.ninja" ] || CC=$cc meson setup "$dir" "$@" >/dev/null || return 1
    ninja -C "$dir" -j "$JOBS"
}

step_format()
{
    c_files | xargs clang-format --dry-run -Werror
}

step_source()
{
    built build gcc && tool/check/source.sh build
}

step_format-now()
{
    c_files | xargs clang-format -i
}

step_shell()
{
    files '*.sh' .ci/run | xargs shellcheck -x -P SCRIPTDIR
}

step_reuse()
{
    reuse lint
}

# The pattern of `make new` is C only once its names are filled in.
analysed()
{
    files 'src/*.c' 'tool/*.c' | grep -v '^tool/new/'
}

# Our sources alone: what the compilers of tool/ write is large and not for people.
step_cppcheck()
{
    mkdir -p "$LOGS/cppcheck"
    analysed | xargs cppcheck --std=c11 -I src -I test/support -D_GNU_SOURCE -D__linux__ \
        --cppcheck-build-dir="$LOGS/cppcheck" -j "$JOBS" --enable=warning,performance,portability \
        --inline-suppr --error-exitcode=1 --quiet --suppressions-list=tool/check/cppcheck.txt
}

step_banned()
{
    built build gcc && tool/check/banned.sh build
}

step_test()
{
    built build gcc && test/run.sh build
}

# The tests by clang without its sanitizers: not among all steps, asan has the same warnings.
step_clang()
{
    built build-clang clang && test/run.sh build-clang
}

# Sanitizers look for faults of memory and of threads, not for wrong answers: a tenth of the random
# cases, of which the step "test" runs all.
SANITIZER_CASES=1000

# By clang: what it warns of, and both sanitizers of memory and behaviour; the first report ends
# the program, and so the test.
built_asan()
{
    built build-asan clang -Db_sanitize=address,undefined -Db_lundef=false
}

step_asan()
{
    built_asan || return 1
    MATCH_CASES=$SANITIZER_CASES \
        LSAN_OPTIONS=suppressions=$PWD/tool/check/lsan.txt:print_suppressions=0 \
        ASAN_OPTIONS=abort_on_error=1:detect_stack_use_after_return=1 \
        UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1 \
        test/run.sh build-asan --timeout-multiplier 4
}

# Static analysis by clang sees the program as clang has compiled it.
step_tidy()
{
    built_asan || return 1
    analysed | grep -v '_test\.c$' |
        xargs -P "$JOBS" -n 4 clang-tidy-14 --quiet -p build-asan 2>"$LOGS/tidy.err" ||
        { grep -vE 'warnings? generated' "$LOGS/tidy.err"; return 1; }
}

# The tests that start threads say so by their suite.
step_tsan()
{
    built build-tsan clang -Db_sanitize=thread -Db_lundef=false || return 1
    MATCH_CASES=$SANITIZER_CASES TSAN_OPTIONS=halt_on_error=1:abort_on_error=1 \
        test/run.sh build-tsan --timeout-multiplier 8 --suite threads
}

step_browser()
{
    built build gcc && test/browser/run.sh build
}

# How many lines the tests reach; build-cover/html shows which.
step_cover()
{
    built build-cover clang -Db_lundef=false \
        -Dc_args='-fprofile-instr-generate -fcoverage-mapping' \
        -Dc_link_args=-fprofile-instr-generate || return 1
    rm -rf build-cover/profile
    LLVM_PROFILE_FILE=$PWD/build-cover/profile/%p.raw test/run.sh build-cover || return 1
    tool/check/cover.sh build-cover
}

# Every fuzzer for FUZZ_SECONDS, from its corpus on.
step_fuzz()
{
    built build-fuzz clang -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false &&
        fuzz/run.sh build-fuzz "${FUZZ_SECONDS:-20}"
}

passed=0 failed=0 skipped=0

# A step's own closing line counts its tests; a step without one is one test.
count()
{
    local name=$1 status=$2 line
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$LOGS/$name.log" | tail -n 1)
    if [ -n "$line" ]; then
        # shellcheck disable=SC2086 # "N passed, N failed, N skipped" in words
        set -- ${line//,/}
        passed=$((passed + $1)) failed=$((failed + $3)) skipped=$((skipped + ${5:-0}))
        [ "$status" = 0 ] || [ "$3" != 0 ] || failed=$((failed + 1))
    elif [ "$status" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
}

run()
{
    local name=$1 from=$SECONDS status=0
    echo "== $name"
    "step_$name" 2>&1 | tee "$LOGS/$name.log"
    status=${PIPESTATUS[0]}
    [ "$status" = 0 ] || echo "== $name FAILED (status $status)"
    echo "== $name: $((SECONDS - from)) s"
    count "$name" "$status"
}

mkdir -p "$LOGS"
[ $# -gt 0 ] || eval "set -- $ALL"
for name in "$@"; do
    declare -F "step_$name" >/dev/null || {
        echo "check: no step '$name'" >&2
        exit 2
    }
    run "$name"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
