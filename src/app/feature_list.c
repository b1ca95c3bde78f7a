/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of features. A new one is added here and in src/feature/meson.build. */
#include "app/feature_list.h"

#include "bench/bench.h"
#include "feature/account/account.h"
#include "feature/advice/advice.h"
#include "feature/alert/alert.h"
#include "feature/appointment/appointment.h"
#include "feature/certificate/certificate.h"
#include "feature/city/city.h"
#include "feature/company/company.h"
#include "feature/consent/consent.h"
#include "feature/concern/concern.h"
#include "feature/demo/demo.h"
#include "feature/desk/desk.h"
#include "feature/embed/embed.h"
#include "feature/duplicate/duplicate.h"
#include "feature/event/event.h"
#include "feature/exchange/exchange.h"
#include "feature/finder/finder.h"
#include "feature/guide/guide.h"
#include "feature/hours/hours.h"
#include "feature/home/home.h"
#include "feature/interest/interest.h"
#include "feature/map/map.h"
#include "feature/office/office.h"
#include "feature/mentoring/mentoring.h"
#include "feature/opportunity/opportunity.h"
#include "feature/organisation/organisation.h"
#include "feature/person/person.h"
#include "feature/placement/placement.h"
#include "feature/privacy/privacy.h"
#include "feature/report/report.h"
#include "feature/search/search.h"
#include "feature/shortlist/shortlist.h"
#include "feature/site/site.h"
#include "feature/style/style.h"
#include "feature/tally/tally.h"

/* clang-format off */
const struct feature *const features[] = {
    &home_feature,
    &opportunity_feature,
    &event_feature,
    &search_feature,
    &finder_feature,
    &shortlist_feature,
    &consent_feature,
    &interest_feature,
    &alert_feature,
    &map_feature,
    &embed_feature,
    &tally_feature,
    &organisation_feature,
    &guide_feature,
    &appointment_feature,
    &concern_feature,
    &person_feature,
    &certificate_feature,
    &placement_feature,
    &desk_feature,
    &hours_feature,
    &mentoring_feature,
    &company_feature,
    &advice_feature,
    &city_feature,
    &account_feature,
    &report_feature,
    &privacy_feature,
    &duplicate_feature,
    &office_feature,
    &exchange_feature,
    &demo_feature,
    &site_feature,
    &style_feature,
    &bench_feature,
    0,
};
/* clang-format on */
