#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Reduces the GeoNames table of German postcodes to what Tandem needs:
#
#     data/places/reduce.sh geonames_plz_de.csv > data/places/plz.de.tsv
#
# Input: CSV with a header and the columns of GeoNames' DE.txt (country_code, zipcode, place, state,
# state_code, province, province_code, community, community_code, latitude, longitude).
# Output: postcode, place, district (Kreis), key of the district, latitude, longitude, sorted.
# Postcodes of single large recipients (companies, courts, tax offices …) have the recipient as
# place; such rows are left out, recognised by recipients.txt.
set -eu
export LC_ALL=C
{
    printf 'postcode\tplace\tkreis\tkey\tlat\tlon\n'
    awk '
    # The fields of a CSV line without line breaks inside fields.
    function split_csv(line, field,    n, c, i, inside, text) {
        n = 0; inside = 0; text = ""
        for (i = 1; i <= length(line); i++) {
            c = substr(line, i, 1)
            if (c == "\"") inside = !inside
            else if (c == "," && !inside) { field[++n] = text; text = "" }
            else text = text c
        }
        field[++n] = text
        return n
    }
    FILENAME == ARGV[1] {
        if ($0 !~ /^#/)
            recipient = recipient (recipient == "" ? "" : "|") $0
        next
    }
    FNR > 1 && split_csv($0, f) >= 11 && f[2] ~ /^[0-9][0-9][0-9][0-9][0-9]$/ &&
        f[3] !~ recipient && (f[3] !~ /^Stadt / || f[3] == "Stadt Wehlen") {
        print f[2] "\t" f[3] "\t" f[8] "\t" f[9] "\t" f[10] "\t" f[11]
    }' "$(dirname "$0")/recipients.txt" "$1" | sort -u
}
