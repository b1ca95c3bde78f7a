# SPDX-License-Identifier: EUPL-1.2
#
# The commands of a working day; meson and ninja do the work (meson.build says how).
#
#   make          build build/tandem          make check   all that CI does
#   make run      a demo on 127.0.0.1:8080    make asan    tests with address and UB sanitizer
#   make test     all tests, both engines     make tsan    threaded tests with thread sanitizer
#   make format   clang-format every file     make fuzz    every fuzzer for a moment
#   make new F=x  a new feature folder        make cover   line coverage of the tests
#   make clean    remove what was built       make bench   the published measurements
#   make trust-quick  power cuts and the like: test/trust/README.md
#   make t-soak   reading the index while 200 offers a second change: MINUTES=10
#   make scan     sqlmap and wapiti over a demo
#
# Each installs the Debian and npm packages that it lacks (tool/setup.sh).

B := build
NINJA := ninja
MESON := meson

.DEFAULT_GOAL := all
.PHONY: trust-quick trust-whole t-kill t-power t-full t-soak scan
.PHONY: all run test check asan tsan clang fuzz cover bench new format clean

# A build folder: build/ by gcc, the others beside it. Setting up is all that make does;
# whether something is out of date, ninja knows better.
$(B)/build.ninja:
	@tool/setup.sh build
	@CC=gcc $(MESON) setup $(B)

all: $(B)/build.ninja
	@tool/setup.sh build
	@$(NINJA) -C $(B)

run: all
	@tool/setup.sh run
	@tool/run.sh $(B)

test: all
	@tool/setup.sh test
	@test/run.sh $(B)

check: all
	@tool/setup.sh test check
	@tool/check.sh

asan tsan clang cover fuzz: all
	@tool/setup.sh test check
	@tool/check.sh $@

# Suites of trust (test/trust): N counts the cases of one of them.
trust-quick: all
	@tool/setup.sh test
	@test/trust/kill.sh $(B) 30
	@test/trust/power.sh $(B) 1000
	@test/trust/full.sh $(B) 20

t-kill: all
	@tool/setup.sh test
	@test/trust/kill.sh $(B) $(or $(N),300)

t-power: all
	@test/trust/power.sh $(B) $(or $(N),10000)

t-full: all
	@tool/setup.sh test
	@test/trust/full.sh $(B) $(or $(N),200)

# S is how many seconds each walk of wapiti may take.
scan: all
	@tool/setup.sh test scan
	@test/trust/scan.sh $(B) $(or $(S),600)

trust-whole: all
	@tool/setup.sh test
	@test/trust/kill.sh $(B) 300
	@test/trust/power.sh $(B) 10000
	@test/trust/full.sh $(B) 200

bench: all
	@tool/setup.sh test bench
	@bench/run.sh $(B)/tandem

new: all
	@tool/new.sh "$(F)"

format:
	@tool/setup.sh check
	@tool/check.sh format-now

clean:
	rm -rf build build-*

t-soak: all
	@MATCH_SOAK_MINUTES=$(or $(MINUTES),10) $(B)/src/match/soak_test
