# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh disable=SC2034,SC2154 # what is shared with who sources this
#
# The mixed writes of kill.sh and full.sh, and how they are judged. Sourced, not run; needs $tandem
# (the program), $dir (a folder of one's own), $db (the database file) and $base (the town).
#
# Seven acts, each one transaction over several tables, done without account and by a clerk:
#   concern   the office is asked                  alert    a search is remembered
#   interest  somebody writes to a contact         entry    a link to enter an offer is asked for
#   draft     an offer is entered by that link     offer    the office writes an offer
#   follow    the office sets itself a follow-up
# Each carries a name of its own ("k3w1n17"), by which it is found again in the database.

acts='concern interest alert entry offer follow'
town_filter="city_id = (SELECT id FROM city WHERE slug = 'luebeck')"

ask_db() {
    sqlite3 -readonly -cmd '.timeout 5000' "$db" "$1"
}

# The demo towns, and an offer whose contact can be written to.
mixed_world() {
    "$tandem" demo --db "sqlite:$db" --set demo=yes --set "secret_file=$dir/key" >"$dir/log" 2>&1
    offer=$(ask_db "SELECT o.id FROM opportunity o WHERE o.state = 'published' AND
        o.contact_mail <> '' AND o.$town_filter ORDER BY o.id LIMIT 1")
    organisation=$(ask_db "SELECT organisation_id FROM opportunity WHERE id = $offer")
}

field_of() { # NAME, of the page on standard input
    sed -n "s/.*name=\"$1\" value=\"\\([^\"]*\\)\".*/\\1/p" | head -n 1
}

# Once, while the server runs: the token of forms for everybody, the time at which a form was
# shown (who sends sooner than three seconds later is no person), the clerk's session and token.
mixed_sign_in() {
    page=$(curl -s -f "$base/anbieten")
    csrf=$(echo "$page" | field_of csrf)
    shown=$(echo "$page" | field_of shown)
    status=$(curl -s -o /dev/null -w '%{http_code}' -c "$dir/cookies" -d "csrf=$csrf" \
        -d login=buero@luebeck.example -d password=tandem-vorfuehrung "$base/anmelden/passwort")
    [ "$status" = 303 ] || { echo "the clerk could not sign in: $status" >&2; exit 1; }
    clerk=$(curl -s -f -b "$dir/cookies" "$base/konto" | field_of csrf)
    sleep 3.1
}

# A form; prints the status, 000 when there was no answer. The page goes to $page_file.
send() { # PATH, and arguments of curl
    path=$1
    shift
    curl -s -o "$page_file" -w '%{http_code}' --max-time 20 -H "X-Forwarded-For: $peer" \
        "$@" "$base$path" || true
}

# What the form of an offer demands.
send_offer() { # PATH NAME ORGANISATION, and arguments of curl
    path=$1
    title=$2
    whose=$3
    shift 3
    # shellcheck disable=SC2086 # several arguments
    send "$path" "$@" -d "title=$title" -d "organisation=$whose" \
        -d 'summary=Einmal in der Woche eine Stunde.' -d 'tasks_md=Sie lesen vor.' \
        -d fields=education -d time=monthly -d place_kind=fixed -d district=Altstadt \
        -d certificate=none -d expenses=none $access
}
access=
for question in step_free toilet hearing_loop sign_language easy_language assistance; do
    access="$access -d access_$question=unknown"
done

act() { # KIND NAME: does it and prints the status
    case $1 in
    concern)
        send /anliegen -d "csrf=$csrf" -d asker=citizen -d topic=start -d "subject=$2" \
            -d 'question=Wie fange ich an?' -d "mail=$2@example.org" -d consent=1 -d step=send
        ;;
    interest)
        send "/angebote/$offer/interesse" -d "csrf=$csrf" -d "shown=$shown" \
            -d 'name=Muster Person' -d "mail=$2@example.org" \
            -d 'message=Guten Tag, ich lese gern vor.' -d consent=1
        ;;
    alert)
        send /suche-merken -d "csrf=$csrf" -d "shown=$shown" -d query=q%3Dlesen \
            -d "mail=$2@example.org" -d every=daily -d consent=1
        ;;
    entry)
        send /anbieten -d "csrf=$csrf" -d "shown=$shown" -d "organisation=Verein $2" \
            -d "mail=$2@example.org"
        ;;
    draft)
        link=$(ask_db "SELECT body_text FROM mail WHERE recipient = '$2@example.org'" 2>/dev/null |
            sed -n 's,.*\(/l/[A-Za-z0-9_-]*\).*,\1,p' | head -n 1)
        send_offer "$link/aendern" "$2" 0 -d "csrf=$csrf" -d "contact_mail=$2@example.org"
        ;;
    offer)
        send_offer /buero/angebote/neu "$2" "$organisation" -b "$dir/cookies" -d "csrf=$clerk"
        ;;
    follow)
        send /buero/wiedervorlagen -b "$dir/cookies" -d "csrf=$clerk" -d kind=opportunity \
            -d "record=$offer" -d due_on=2030-01-02 -d "note=$2"
        ;;
    esac
}

# "kind name" of all acts that the database has, sorted; each row of each table counts once.
mixed_there() {
    ask_db "SELECT 'concern ' || subject FROM concern WHERE mail GLOB 'k[0-9]*w[0-9]*'
        UNION ALL SELECT 'interest ' || replace(mail, '@example.org', '') FROM interest
        UNION ALL SELECT 'alert ' || replace(mail, '@example.org', '') FROM alert
        UNION ALL SELECT 'entry ' || replace(mail, '@example.org', '') FROM opportunity_entry
        UNION ALL SELECT CASE WHEN contact_mail = '' THEN 'offer ' ELSE 'draft ' END || title
            FROM opportunity WHERE title GLOB 'k[0-9]*w[0-9]*'
        UNION ALL SELECT 'follow ' || note FROM follow_up WHERE note GLOB 'k[0-9]*w[0-9]*'" | sort
}

# "kind|number" of acts that are half there: a row without its event, consent, link, mail or line in
# the audit trail; or one of these without its row.
mixed_half() {
    ask_db "
    SELECT 'concern', COUNT(*) FROM concern c WHERE
        (SELECT COUNT(*) FROM procedure_event e WHERE e.subject_id = c.id) <> 1 OR
        (SELECT COUNT(*) FROM audit a WHERE a.object_id = c.id AND a.action = 'concern.ask') <> 1 OR
        (SELECT COUNT(*) FROM consent s WHERE s.subject_id = c.id) <> 1 OR
        (SELECT COUNT(*) FROM link l WHERE l.subject_id = c.id) <> 1 OR
        (SELECT COUNT(*) FROM mail m WHERE m.recipient = c.mail) <> 1
    UNION ALL SELECT 'interest', COUNT(*) FROM interest i WHERE
        (SELECT COUNT(*) FROM procedure_event e WHERE e.subject_id = i.id) <> 1 OR
        (SELECT COUNT(*) FROM consent s WHERE s.subject_id = i.id) <> 1 OR
        (SELECT COUNT(*) FROM link l WHERE l.subject_id = i.id) <> 1 OR
        (SELECT COUNT(*) FROM mail m WHERE m.recipient = i.mail) <> 1
    UNION ALL SELECT 'alert', COUNT(*) FROM alert w WHERE
        (SELECT COUNT(*) FROM consent s WHERE s.subject_id = w.id) <> 1 OR
        (SELECT COUNT(*) FROM link l WHERE l.subject_id = w.id) <> 1 OR
        (SELECT COUNT(*) FROM mail m WHERE m.recipient = w.mail) <> 1
    UNION ALL SELECT 'entry', COUNT(*) FROM opportunity_entry n WHERE
        (SELECT COUNT(*) FROM link l WHERE l.subject_id = n.id) <> 1 OR
        (SELECT COUNT(*) FROM mail m WHERE m.recipient = n.mail) <> 1
    UNION ALL SELECT 'draft', COUNT(*) FROM opportunity o WHERE
        title GLOB 'k[0-9]*w[0-9]*' AND contact_mail <> '' AND (
        (SELECT COUNT(*) FROM opportunity_entry n WHERE n.opportunity_id = o.id) <> 1 OR
        (SELECT COUNT(*) FROM audit a WHERE a.object_id = o.id) <> 1 OR
        (SELECT COUNT(*) FROM procedure_event e WHERE e.subject_id = o.id) <> 1)
    UNION ALL SELECT 'offer', COUNT(*) FROM opportunity o WHERE
        title GLOB 'k[0-9]*w[0-9]*' AND contact_mail = '' AND (
        (SELECT COUNT(*) FROM procedure_event e WHERE e.subject_id = o.id) <> 1 OR
        (SELECT COUNT(*) FROM audit a WHERE a.object_id = o.id) <> 1)
    UNION ALL SELECT 'follow', COUNT(*) FROM follow_up f WHERE note GLOB 'k[0-9]*w[0-9]*' AND
        (SELECT COUNT(*) FROM audit a WHERE a.object_id = f.id
            AND a.action = 'follow_up.create') <> 1
    UNION ALL SELECT 'events', COUNT(*) FROM procedure_event e WHERE at >= $began AND
        NOT EXISTS (SELECT 1 FROM concern c WHERE c.id = e.subject_id) AND
        NOT EXISTS (SELECT 1 FROM interest i WHERE i.id = e.subject_id) AND
        NOT EXISTS (SELECT 1 FROM opportunity o WHERE o.id = e.subject_id)
    UNION ALL SELECT 'audits', COUNT(*) FROM audit a WHERE at >= $began AND (
        action = 'concern.ask' AND
        NOT EXISTS (SELECT 1 FROM concern c WHERE c.id = a.object_id) OR
        action = 'follow_up.create' AND
        NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.id = a.object_id) OR
        action = 'opportunity.create' AND
        NOT EXISTS (SELECT 1 FROM opportunity o WHERE o.id = a.object_id))
    UNION ALL SELECT 'mails', COUNT(*) FROM mail m WHERE recipient GLOB 'k[0-9]*w[0-9]*' AND
        NOT EXISTS (SELECT 1 FROM concern c WHERE c.mail = m.recipient) AND
        NOT EXISTS (SELECT 1 FROM interest i WHERE i.mail = m.recipient) AND
        NOT EXISTS (SELECT 1 FROM alert w WHERE w.mail = m.recipient) AND
        NOT EXISTS (SELECT 1 FROM opportunity_entry n WHERE n.mail = m.recipient)
    UNION ALL SELECT 'consents', COUNT(*) FROM consent s WHERE given_at >= $began AND
        NOT EXISTS (SELECT 1 FROM concern c WHERE c.id = s.subject_id) AND
        NOT EXISTS (SELECT 1 FROM interest i WHERE i.id = s.subject_id) AND
        NOT EXISTS (SELECT 1 FROM alert w WHERE w.id = s.subject_id)"
}

mixed_half_count() {
    mixed_half | awk -F'|' '{ n += $2 } END { print n + 0 }'
}

# The planted faults of that judgement, on a copy of the database from which a row of one table
# after the other is taken: how many of them it has missed.
mixed_half_missed() {
    missed=0
    whole=$db
    db=$dir/half.db
    for row in 'procedure_event WHERE subject_id IN (SELECT id FROM interest)' \
        "audit WHERE action = 'follow_up.create'" "consent WHERE purpose = 'alert'" \
        "link WHERE purpose = 'opportunity-entry'" "mail WHERE recipient GLOB 'k[0-9]*w[0-9]*'" \
        "concern WHERE mail GLOB 'k[0-9]*w[0-9]*'"; do
        table=${row%% *}
        cp "$whole" "$db"
        sqlite3 "$db" "PRAGMA foreign_keys=OFF; DELETE FROM $table WHERE id =
            (SELECT MAX(id) FROM $table WHERE ${row#* WHERE })"
        [ "$(mixed_half_count)" != 0 ] || missed=$((missed + 1))
        rm -f "$db" "$db"-*
    done
    db=$whole
    echo $missed
}
