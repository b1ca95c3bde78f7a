/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Functions that must not be used, included first in every file by the build
 * (meson.build, "-include"). Files that wrap a library or the system define
 * BASE_MAY_ALLOCATE before including anything and are listed in tool/check/layers.txt.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A library whose own header names a banned function: its wrapper is built with this. */
#ifdef BASE_LIBRARY_FIRST
#include BASE_LIBRARY_FIRST
#endif

/* glibc has some of them as macros when clang compiles; a macro cannot be poisoned. */
#undef sprintf
#undef vsprintf

/* Unbounded, locale-bound, or not thread-safe: nowhere. */
#pragma GCC poison strcpy strcat strncpy strncat stpcpy sprintf vsprintf gets strtok
#pragma GCC poison atoi atol atof setlocale localtime gmtime ctime asctime system popen
#pragma GCC poison rand srand tmpnam mktemp

#endif
