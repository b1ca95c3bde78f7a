#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Are the PDFs sound to others than us? qpdf reads their structure, poppler their text.
# usage: pdf_test.sh PDF_TEST
set -eu
# shellcheck source=test/support/tap.sh
. "$(dirname "$0")/support/tap.sh"

for tool in qpdf pdftotext pdfinfo; do
    command -v "$tool" >/dev/null || { echo "1..0 # SKIP $tool is not installed"; exit 0; }
done
work=$tap_dir
"$1" --write "$work"

for name in document poster; do
    check "qpdf finds no fault in the $name" qpdf --check "$work/$name.pdf"
    check "the $name is tagged" sh -c "pdfinfo '$work/$name.pdf' | grep -q '^Tagged: *yes'"
    check "the $name has A4 pages" sh -c "pdfinfo '$work/$name.pdf' | grep -q '(A4)'"
    check "the $name has its fonts inside" \
        sh -c "pdffonts '$work/$name.pdf' |
            awk 'NR > 2 && \$(NF - 4) != \"yes\" { bad = 1 } END { exit bad }'"
    pdftotext "$work/$name.pdf" "$work/$name.txt"
done
check 'umlauts come out of the document' grep -q 'Überblick' "$work/document.txt"
check 'and whole words' grep -q 'Freiwilligenagentur unterstützt' "$work/document.txt"
check 'and of the poster' grep -q 'Grundschüler' "$work/poster.txt"
check 'the poster is one page' sh -c "pdfinfo '$work/poster.pdf' | grep -q '^Pages: *1$'"
check 'the document has its title' \
    sh -c "pdfinfo '$work/document.pdf' | grep -q '^Title: *Meine Daten$'"
check 'the head of a table stands on each of its pages' \
    sh -c "[ \$(pdftotext '$work/document.pdf' - | grep -c '^.\{0,1\}Tag\$') -ge 2 ]"
check 'the language stands in the file' \
    sh -c "qpdf --json '$work/poster.pdf' | grep -q '\"/Lang\": \"u:de\"'"
tap_done
