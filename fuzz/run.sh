#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Runs every fuzzer of a build folder (meson setup -Dfuzz=true) for some seconds:
#
#     fuzz/run.sh BUILD-FOLDER SECONDS
#
# What is found grows in BUILD-FOLDER/corpus; an input that crashes is left in
# BUILD-FOLDER/crash-NAME-… and belongs into fuzz/corpus/NAME once the fault is repaired.
set -u
cd "$(dirname "$0")/.." || exit 1
build=$1
seconds=$2

passed=0
failed=0
for fuzzer in "$build"/fuzz/fuzz_*; do
    case $fuzzer in
    *.p | *'*') continue ;; # meson's folder of objects, or nothing at all
    esac
    name=${fuzzer##*/fuzz_}
    mkdir -p "$build/corpus/$name"
    if "$fuzzer" -max_total_time="$seconds" -rss_limit_mb=1024 -timeout=10 -verbosity=0 \
        -print_final_stats=1 -artifact_prefix="$build/crash-$name-" \
        "$build/corpus/$name" "fuzz/corpus/$name" 2>"$build/$name.log"; then
        passed=$((passed + 1))
        grep 'number_of_executed_units' "$build/$name.log" | sed "s/^/$name: /"
    else
        failed=$((failed + 1))
        cat "$build/$name.log"
    fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
