#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Cuts one weight of KERN's Fira Sans down to the letters that the pages need.
# usage: subset.sh IN.woff2 latin|cyrillic OUT.woff2
# The cut font keeps its copyright and licence entries and loses its reserved name (OFL 1.1): the
# pages call it "Tandem Sans". Needs woff2 and libharfbuzz-bin. See doc/decisions/0004.
set -eu

[ $# -eq 3 ] || { echo "usage: $0 IN.woff2 latin|cyrillic OUT.woff2" >&2; exit 2; }

case $2 in
latin)
    # Latin of all of Europe, Turkish included, punctuation, arrows, tick
    letters='20-7e,a0-17f,192,18f,1cd-1dc,218-21b,259,2c6-2dd,300-30c,1e80-1e85,1e9e,1ef2-1ef3'
    letters="$letters,2010-2015,2018-201e,2020-2022,2026,202f,2030,2032,2033,2039,203a,2044,20ac"
    letters="$letters,2116,2122,2190-2193,2212,2248,2260,2264,2265,25b2,25bc,2713"
    ;;
cyrillic)
    letters='301,400-45f,490-491,4d8-4d9,2116'
    ;;
*)
    echo "$0: unknown part '$2'" >&2
    exit 2
    ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$1" "$work/full.woff2"
woff2_decompress "$work/full.woff2"
hb-subset --unicodes="$letters" --layout-features=kern,liga,tnum,lnum,ccmp,locl,mark \
    --name-IDs=0,13,14 --output-file="$work/part.ttf" "$work/full.ttf"
woff2_compress "$work/part.ttf" >/dev/null 2>&1
mv "$work/part.woff2" "$3"
