// Performance status, multidisciplinary discussion, goals of care and treatment intent.
#include <algorithm>

#include "domain/absence.hpp"
#include "domain/fact_tables.hpp"
#include "domain/measurements.hpp"
#include "domain/newest.hpp"

namespace rectal_cds::domain {

namespace {

std::vector<const Source*> ecog_evidence(const Assessment& a) {
    const Measurement* status = performance_status(a.record);
    return status ? std::vector<const Source*>{&status->source} : std::vector<const Source*>{};
}

const Source* newest_mark(const Case& record, Mark::Kind kind) {
    const auto newest = newest_of(record.marks, [&](const Mark& mark) { return mark.kind == kind; });
    return newest.empty() ? nullptr : &newest.front()->source;
}

// Resectable or potentially resectable metastases by the newest statement; by one of them where a day has several.
bool metastases_perhaps_resectable(const Case& record) {
    const auto dated = [](const Resectability& r) { return r.of == Resectability::Of::metastases && r.source.when; };
    const auto perhaps = [](const Resectability& r) { return r.value != Resectability::Value::unresectable; };
    return any_says(newest_of(record.resectability, dated), perhaps).yes();
}

// D14: a discussion on the day of the assessment counts as after it; one before stage IV does not count.
Finding mdt_due(const Assessment& a) {
    const Source* mdt = newest_mark(a.record, Mark::Kind::mdt_discussion);
    const bool before_stage_iv =
        mdt && mdt->when && a.staging.stage_iv && mdt->when->last < a.staging.stage_iv->first;
    if (!mdt || before_stage_iv) {
        return negate(none_found(a.record, {Input::procedures}, {Topic::mdt}, "multidisciplinary discussion since stage IV"));
    }
    const DiseaseStatus* response = a.response.newest;
    const bool newer_response = response && mdt->when && mdt->when->last < response->source.when->first;
    if (newer_response && metastases_perhaps_resectable(a.record)) {
        return yes({mdt, &response->source}, "response assessed after the last discussion, metastases perhaps resectable");
    }
    return no_only_if_read(a.record, no({mdt}), {Input::observations, Input::medication_requests, Input::medication_administrations},
                           {Topic::disease_status, Topic::resectability, Topic::medication}, "response assessed after the last discussion");
}

Finding no_goals_of_care(const Assessment& a) {
    for (const auto kind : {Mark::Kind::goals_of_care, Mark::Kind::palliative_referral}) {
        if (const Source* mark = newest_mark(a.record, kind)) return no({mark});
    }
    return negate(none_found(a.record, {Input::observations, Input::service_requests}, {Topic::goals_of_care},
                             "goals-of-care record or palliative care referral"));
}

Finding goals_of_care_due(const Assessment& a) {
    const auto days = days_since_stage_iv(a.record, a.staging);
    const Finding long_known = days ? truth(*days >= 56, {}, std::to_string(*days) + " days since stage IV")
                                    : unknown({Gap::Cause::not_recorded, "stage IV date"});
    const Finding second_line = truth(a.therapy.lines.size() >= 2, {}, "second or later line");
    const Finding progressed = response_is(a, [](DiseaseStatus::Value v) { return v == DiseaseStatus::Value::worsened; });
    return any_of({long_known, ecog_at_least(a, 2), second_line, progressed});
}

// The newest statement wins; several of one day have to agree.
Finding intent_is(const Assessment& a, bool (*accepts)(Intent::Value)) {
    const auto newest = newest_of(a.record.intents, [](const Intent&) { return true; });
    const auto says = [&](const Intent& intent) { return accepts(intent.value); };
    const Finding found = newest.empty() ? no() : agreed(newest, says, "treatment intent");
    return no_only_if_read(a.record, found, {Input::observations, Input::medication_requests, Input::procedures}, {Topic::intent},
                           "treatment intent");
}

}  // namespace

Finding ecog_at_least(const Assessment& a, int grade) {
    const Measurement* status = performance_status(a.record);
    if (status) {
        return no_only_if_read(a.record, truth(status->value >= grade, {&status->source}), {Input::observations},
                               {Topic::performance_status}, "newer performance status");
    }
    Finding missing = none_found(a.record, {Input::observations}, {Topic::performance_status}, "ECOG of the last 90 days");
    missing.truth = Truth::unknown;
    return missing;
}

std::vector<Fact> care_facts() {
    return {
        {"ECOG 0-2 or not recorded",
         "No ECOG performance status of 3 or more was recorded in the last 90 days.",
         [](const Assessment& a) { return truth(!ecog_at_least(a, 3).yes(), ecog_evidence(a)); }},
        {"ECOG 3 or 4",
         "The latest ECOG performance status of the last 90 days is 3 or 4 (Karnofsky mapped when there is no "
         "ECOG).",
         [](const Assessment& a) { return all_of({ecog_at_least(a, 3), truth(!ecog_at_least(a, 5).yes())}); }},
        {"Chart open or antineoplastic ordered",
         "The hook is patient-view, or the draft holds an antineoplastic drug.",
         [](const Assessment& a) { return any_of({truth(!a.record.order_hook()), drafted(a.record, is_antineoplastic)}); }},
        {"MDT discussion due",
         "No multidisciplinary discussion since the stage IV diagnosis, or a newer response assessment with "
         "resectable or potentially resectable metastases.",
         [](const Assessment& a) { return mdt_due(a); }},
        {"No goals-of-care record",
         "Neither a goals-of-care record nor a palliative care referral was found.",
         [](const Assessment& a) { return no_goals_of_care(a); }},
        {"Goals-of-care conversation due",
         "At least 56 days since stage IV diagnosis, ECOG 2 or more, second or later line, or progression.",
         [](const Assessment& a) { return goals_of_care_due(a); }},
        {"Intent is curative",
         "The newest statement of treatment intent is curative.",
         [](const Assessment& a) { return intent_is(a, [](Intent::Value v) { return v == Intent::Value::curative; }); }},
        {"Intent is conversion or curative",
         "The newest statement of treatment intent is conversion or curative.",
         [](const Assessment& a) { return intent_is(a, [](Intent::Value v) { return v != Intent::Value::palliative; }); }},
        {"Intent palliative or not recorded",
         "The newest statement of treatment intent is palliative, or none was found.",
         [](const Assessment& a) { return negate(truth(intent_is(a, [](Intent::Value v) { return v != Intent::Value::palliative; }).yes())); }},
    };
}

}  // namespace rectal_cds::domain
