/* SPDX-License-Identifier: EUPL-1.2 */
/* The machine room in words. A code that has no words here is shown as it is. */
#include "feature/office/words.h"

#include "certificate.text.h"
#include "event.text.h"
#include "office.text.h"
#include "company.text.h"
#include "mentoring.text.h"
#include "placement.text.h"
#include "web/procedure.h"
#include "web/text.h"
#include "web/vocab_label.h"

struct words {
    str code;
    enum msg text;
};

/* What features write into the audit trail (`audit(rq, tx, S("thing.act"), …)`). */
static const struct words acts[] = {
    { STR_INIT("advice.export"), MSG_office_act_export },
    { STR_INIT("advice.question"), MSG_office_act_advice_question },
    { STR_INIT("advice.question_close"), MSG_office_act_advice_question_close },
    { STR_INIT("opportunity.export"), MSG_office_act_export },
    { STR_INIT("organisation.export"), MSG_office_act_export },
    { STR_INIT("concern.export"), MSG_office_act_export },
    { STR_INIT("person.export"), MSG_office_act_export },
    { STR_INIT("person.link"), MSG_office_act_person_link },
    { STR_INIT("person.roster"), MSG_office_act_person_roster },
    { STR_INIT("person.roster_columns"), MSG_office_act_person_roster_columns },
    { STR_INIT("person.support"), MSG_office_act_person_support },
    { STR_INIT("appointment.hours_create"), MSG_office_act_appointment_hours_create },
    { STR_INIT("appointment.hours_change"), MSG_office_act_appointment_hours_change },
    { STR_INIT("appointment.hours_erase"), MSG_office_act_appointment_hours_erase },
    { STR_INIT("appointment.closure_create"), MSG_office_act_appointment_closure_create },
    { STR_INIT("appointment.closure_erase"), MSG_office_act_appointment_closure_erase },
    { STR_INIT("appointment.feed"), MSG_office_act_appointment_feed },
    { STR_INIT("hours.export"), MSG_office_act_export },
    { STR_INIT("hours.link"), MSG_office_act_hours_link },
    { STR_INIT("report.export"), MSG_office_act_export },
    { STR_INIT("tally.export"), MSG_office_act_export },
    { STR_INIT("concern.report"), MSG_office_act_export },
    { STR_INIT("guide.export"), MSG_office_act_export },
    { STR_INIT("organisation.create"), MSG_office_act_organisation_create },
    { STR_INIT("organisation.change"), MSG_office_act_organisation_change },
    { STR_INIT("organisation.verify"), MSG_office_act_organisation_verify },
    { STR_INIT("organisation.unverify"), MSG_office_act_organisation_unverify },
    { STR_INIT("organisation.archive"), MSG_office_act_organisation_archive },
    { STR_INIT("organisation.restore"), MSG_office_act_organisation_restore },
    { STR_INIT("organisation.admit"), MSG_office_act_organisation_admit },
    { STR_INIT("organisation.review"), MSG_office_act_organisation_review },
    { STR_INIT("organisation.invite"), MSG_office_act_organisation_invite },
    { STR_INIT("organisation.uninvite"), MSG_office_act_organisation_uninvite },
    { STR_INIT("organisation.trust"), MSG_office_act_organisation_trust },
    { STR_INIT("organisation.distrust"), MSG_office_act_organisation_distrust },
    { STR_INIT("organisation.merge"), MSG_office_act_organisation_merge },
    { STR_INIT("organisation.merged"), MSG_office_act_organisation_merged },
    { STR_INIT("organisation.unmerge"), MSG_office_act_organisation_unmerge },
    { STR_INIT("certificate.letter"), MSG_certificate_act_letter },
    { STR_INIT("certificate.inspect"), MSG_certificate_act_inspect },
    { STR_INIT("certificate.erase"), MSG_certificate_act_erase },
    { STR_INIT("duplicate.differ"), MSG_office_act_duplicate_differ },
    { STR_INIT("duplicate.reopen"), MSG_office_act_duplicate_reopen },
    { STR_INIT("account.sign_in"), MSG_office_act_account_sign_in },
    { STR_INIT("account.sign_out"), MSG_office_act_account_sign_out },
    { STR_INIT("account.change"), MSG_office_act_account_change },
    { STR_INIT("account.password"), MSG_office_act_account_password },
    { STR_INIT("account.end_session"), MSG_office_act_account_end_session },
    { STR_INIT("account.end_sessions"), MSG_office_act_account_end_sessions },
    { STR_INIT("account.end_sessions_of"), MSG_office_act_account_end_sessions_of },
    { STR_INIT("account.provider_on"), MSG_office_act_account_provider_on },
    { STR_INIT("account.provider_off"), MSG_office_act_account_provider_off },
    { STR_INIT("account.give_role"), MSG_office_act_account_give_role },
    { STR_INIT("account.take_role"), MSG_office_act_account_take_role },
    { STR_INIT("account.erase"), MSG_office_act_account_erase },
    { STR_INIT("account.prove"), MSG_office_act_account_prove },
    { STR_INIT("account.second_step_on"), MSG_office_act_account_second_step_on },
    { STR_INIT("account.second_step_off"), MSG_office_act_account_second_step_off },
    { STR_INIT("account.second_step_reset"), MSG_office_act_account_second_step_reset },
    { STR_INIT("account.recovery_codes"), MSG_office_act_account_recovery_codes },
    { STR_INIT("account.demand_second_step"), MSG_office_act_account_demand_second_step },
    { STR_INIT("account.waive_second_step"), MSG_office_act_account_waive_second_step },
    { STR_INIT("account.mail"), MSG_office_act_account_mail },
    { STR_INIT("account.mail_undone"), MSG_office_act_account_mail_undone },
    { STR_INIT("exchange.import"), MSG_office_act_exchange_import },
    { STR_INIT("exchange.list_save"), MSG_office_act_exchange_list_save },
    { STR_INIT("exchange.list_delete"), MSG_office_act_exchange_list_delete },
    { STR_INIT("city.create"), MSG_office_act_city_create },
    { STR_INIT("city.change"), MSG_office_act_city_change },
    { STR_INIT("city.legal"), MSG_office_act_city_legal },
    { STR_INIT("search.word_create"), MSG_office_act_search_create },
    { STR_INIT("search.word_change"), MSG_office_act_search_change },
    { STR_INIT("search.word_erase"), MSG_office_act_search_erase },
    { STR_INIT("retention.erase"), MSG_office_act_retention_erase },
    { STR_INIT("privacy.ask"), MSG_office_act_privacy_ask },
    { STR_INIT("privacy.correct"), MSG_office_act_privacy_correct },
    { STR_INIT("privacy.erase"), MSG_office_act_privacy_erase },
    { STR_INIT("city.barrier_answered"), MSG_office_act_city_barrier_answered },
    { STR_INIT("desk.mailed"), MSG_office_act_desk_mailed },
    { STR_INIT("company.link"), MSG_company_act_link },
    { STR_INIT("company.export"), MSG_company_act_export },
    { STR_INIT("mentoring.note"), MSG_mentoring_act_note },
    { STR_INIT("mentoring.export"), MSG_mentoring_act_export },
};

static const struct words jobs[] = {
    { STR_INIT("mail.send"), MSG_office_job_mail_send },
    { STR_INIT("appointment.remind"), MSG_office_job_appointment_remind },
    { STR_INIT("person.ask"), MSG_office_job_person_ask },
    { STR_INIT("person.tidy"), MSG_office_job_person_tidy },
    { STR_INIT("privacy.retention"), MSG_office_job_privacy_retention },
    { STR_INIT("audit.verify"), MSG_office_job_audit_verify },
    { STR_INIT("duplicate.find"), MSG_office_job_duplicate_find },
    { STR_INIT("event.expand"), MSG_event_job_expand },
    { STR_INIT("exchange.tidy"), MSG_office_job_exchange_tidy },
    { STR_INIT("hours.care"), MSG_office_job_hours_care },
    { STR_INIT("organisation.review"), MSG_office_job_organisation_review },
    { STR_INIT("opportunity.fresh"), MSG_office_job_opportunity_fresh },
    { STR_INIT("opportunity.tidy"), MSG_office_job_opportunity_tidy },
    { STR_INIT("mentoring.care"), MSG_mentoring_job_care },
    { STR_INIT("placement.care"), MSG_placement_job_care },
};

static str in_words(const struct rq *rq, const struct words *w, size_t n, str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(w[i].code, code))
            return text_of(rq, w[i].text);
    return code;
}

/* What follows the prefix: empty when the code does not begin so. */
static str after(str code, str prefix)
{
    return str_starts(code, prefix) ? str_slice(code, prefix.n, code.n) : S("");
}

str office_act(const struct rq *rq, str action)
{
    str step = procedure_action_text(rq, action);
    if (step.n)
        return step;
    /* Before there were procedures the steps of an offer were named by where they led to. */
    str state = after(action, S("opportunity."));
    if (vocab_find(&vocab_state, state) >= 0)
        return t_office_audit_state(rq, vocab_label_of(rq, &vocab_state, state));
    return in_words(rq, acts, sizeof acts / sizeof *acts, action);
}

str office_job(const struct rq *rq, str name)
{
    return in_words(rq, jobs, sizeof jobs / sizeof *jobs, name);
}

str office_object_path(str action)
{
    if (str_starts(action, S("opportunity.")))
        return S("/buero/angebote/");
    return str_starts(action, S("organisation.")) ? S("/buero/organisationen/") : S("");
}
