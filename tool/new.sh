#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# make new F=name: a working feature folder with list, show, form and test, entered in the two
# lists of features. The pattern is tool/new/; doc/add-a-page.md explains what comes of it.
set -eu

name=${1:-}
case $name in
'' | *[!a-z]*)
    echo 'usage: make new F=name   (lower-case letters only)' >&2
    exit 2
    ;;
esac
dir=src/feature/$name
if [ -e "$dir" ]; then
    echo "tool/new.sh: $dir exists already" >&2
    exit 1
fi

mkdir -p "$dir/schema"
for file in tool/new/*; do
    target=$(basename "$file" | sed "s/NAME/$name/")
    case $target in
    001.sql) target=schema/001.sql ;;
    esac
    sed "s/NAME/$name/g" "$file" >"$dir/$target"
done

# The feature comes last in both lists: its tables may refer to all others.
sed -i "/^features = \[/,/\]/s/\]/,\n  '$name']/" src/feature/meson.build
sed -i "s/^ *&site_feature,/    \&${name}_feature,\n&/
        s|^#include \"feature/site/site.h\"|#include \"feature/$name/$name.h\"\n&|" \
    src/app/feature_list.c
clang-format -i src/app/feature_list.c "$dir"/*.[ch] 2>/dev/null || true

echo "made $dir: /{town}/$name, /{town}/$name/{id}, /{town}/buero/$name/neu"
