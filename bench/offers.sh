#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Invented offers in FREINET's CSV, for measurements:
#
#     bench/offers.sh ROWS >FILE
set -eu

# What an offer says of itself; %s are the task and the place.
text='<p>Für unser %s suchen wir Menschen, die gern %s.
Es sind zwei Stunden in der Woche, die Zeit stimmen wir ab.</p>

<ul>
	<li>freundlich</li>
	<li>zuverlässig &amp; geduldig</li>
</ul>

<p>&nbsp;</p>
<p>Sie werden eingearbeitet, begleitet und sind versichert. Wir freuen uns auf Sie!</p>'

awk -v rows="$1" -v text="$text" 'BEGIN {
    split("Vorlesen Gärtnern Begleiten Kochen Fahrdienst Trainieren Musizieren", tasks, " ")
    split("Kita Altenheim Stadtteiltreff Tierheim Museum Sportverein Hospiz", places, " ")
    printf "\xef\xbb\xbf_angebotsId;einrichtungsname;angebotsname;beschreibung;plz;ort;ortsteil;" \
           "latitude;longitude;bearbeitet;erstellt\r\n"
    for (i = 1; i <= rows; i++) {
        task = tasks[i % 7 + 1]
        place = places[int(i / 7) % 7 + 1]
        printf "%d;%s Nr. %d e. V.;%s im %s %d;\"", i, place, i % 5000, task, place, i
        printf text, place, tolower(task)
        printf "\";%s;;Altstadt;53,%d;10,%d;1518703985;1362923820\r\n",
               i % 3 ? "23552" : "", 80000 + i % 9999, 60000 + i % 9999
    }
}' </dev/null
