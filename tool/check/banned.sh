#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# What the objects of a build really call, whatever the preprocessor let through:
#
#     tool/check/banned.sh BUILD-FOLDER
#
# base/banned.h and base/banned_feature.h forbid these names in source; here macros, inline
# functions and fortified twins (__strcpy_chk) are seen too.
set -u
build=$1
everywhere='strcpy|strcat|strncpy|strncat|stpcpy|sprintf|vsprintf|gets|strtok|atoi|atol|atof'
everywhere="$everywhere|setlocale|localtime|gmtime|ctime|asctime|system|popen|rand|srand"
everywhere="$everywhere|tmpnam|mktemp"
feature='malloc|calloc|realloc|free|strdup|strndup|strlen|strcmp|strncmp|strcasecmp|strchr'
feature="$feature|strrchr|strstr|snprintf|vsnprintf|strtol|strtod|sscanf"

# calls PATTERN OBJECT…: "object: name" for each undefined symbol of these names.
calls()
{
    pattern="^ *U (__)?($1)(_chk)?(@.*)?$"
    shift
    for object in "$@"; do
        nm -u "$object" | grep -E "$pattern" | sed "s|^ *U|$object:|"
    done
}

objects=$(find "$build/src" -name '*.o' ! -name '*_test.c.o')
[ -n "$objects" ] || {
    echo "banned: no objects under $build/src" >&2
    exit 1
}
features=$(echo "$objects" | grep -E '/src/feature/')
# shellcheck disable=SC2086 # paths without spaces
found=$(
    calls "$everywhere" $objects
    calls "$feature" $features
)
[ -z "$found" ] || {
    echo "$found"
    exit 1
}
