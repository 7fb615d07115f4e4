// Observations that state a judgement: disease status, resectability, intent, goals of care, hospice,
// primary tumour status, pregnancy (local-codes.md 2).
#include <utility>

#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

using domain::DiseaseStatus;
using domain::Intent;
using domain::Mark;
using domain::Resectability;
using domain::Topic;

namespace {

constexpr std::string_view evidence_url =
    "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-cancer-disease-status-evidence-type";
// mcode-procedure-intent; mCODE STU1 called it mcode-treatment-intent.
constexpr std::string_view intent_urls[] = {"http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-procedure-intent",
                                            "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-treatment-intent"};
constexpr int pregnancy_days = 294;  // 42 weeks: an older statement cannot speak of a current pregnancy

template <class Value>
using Answers = std::initializer_list<std::pair<ValueSet, Value>>;

// The one answer that the codings of a value give. Answers that contradict each other are none (pitfall 46).
template <class Value>
struct Chosen {
    std::optional<Value> answer;
    bool contradictory = false;
};

template <class Value>
Chosen<Value> chosen(const Concept& value, Answers<Value> answers) {
    Chosen<Value> result;
    for (const auto& [set, answer] : answers) {
        if (!value.in(set)) continue;
        if (result.answer && *result.answer != answer) return {std::nullopt, true};
        result.answer = answer;
    }
    return result;
}

constexpr const char* contradiction = "Its codes contradict each other.";

domain::Source stated(const ObservationAt& at, const char* subject, const Concept& value) {
    return source_of(at.resource, std::string(subject) + ": " + std::string(value.shown), at.when);
}

// Imaging evidence is assumed unless the evidence extension says otherwise (D15).
bool evidence_excludes_imaging(const Reading& reading, json::Value observation) {
    bool stated_otherwise = false;
    for (const json::Value item : observation["extension"].elements()) {
        if (item["url"].text() != evidence_url) continue;
        if (read_concept(reading.book, item["valueCodeableConcept"]).in(ValueSet::imaging_evidence)) return false;
        stated_otherwise = true;
    }
    return stated_otherwise;
}

void add_disease_status(Reading& reading, const ObservationAt& at, const Concept& value) {
    using V = DiseaseStatus::Value;
    const auto status = chosen<V>(value, {{ValueSet::disease_status_improved, V::improved},
                                          {ValueSet::disease_status_stable, V::stable},
                                          {ValueSet::disease_status_worsened, V::worsened},
                                          {ValueSet::disease_status_undetermined, V::undetermined}});
    if (evidence_excludes_imaging(reading, at.resource)) return;
    if (status.contradictory) return mark_unusable(reading, at.resource, Topic::disease_status, std::string(value.shown), contradiction);
    if (!status.answer) return;
    if (!at.when) return mark_unusable(reading, at.resource, Topic::disease_status, std::string(value.shown), "The date is missing.");
    reading.into.disease_statuses.push_back({stated(at, "disease status", value), *status.answer});
}

void add_resectability(Reading& reading, const ObservationAt& at, const Concept& value, Resectability::Of of) {
    using V = Resectability::Value;
    const auto answer = chosen<V>(value, {{ValueSet::potentially_resectable, V::potentially_resectable},
                                          {ValueSet::resectable, V::resectable},
                                          {ValueSet::unresectable, V::unresectable}});
    const char* subject = of == Resectability::Of::primary ? "primary" : "metastases";
    if (answer.contradictory) return mark_unusable(reading, at.resource, Topic::resectability, std::string(value.shown), contradiction);
    if (answer.answer) reading.into.resectability.push_back({stated(at, subject, value), of, *answer.answer});
}

Chosen<Intent::Value> intent(const Concept& value) {
    using V = Intent::Value;
    return chosen<V>(value, {{ValueSet::intent_curative, V::curative},
                             {ValueSet::intent_palliative, V::palliative},
                             {ValueSet::intent_conversion, V::conversion}});
}

void add_mark(Reading& reading, const ObservationAt& at, const char* subject, const Concept& value, Mark::Kind kind) {
    reading.into.marks.push_back({stated(at, subject, value), kind});
}

void add_pregnancy(Reading& reading, const ObservationAt& at, const Concept& value) {
    const bool test = at.code.in(ValueSet::pregnancy_test);
    const bool pregnant = value.in(ValueSet::pregnant) || (test && value.in(ValueSet::result_positive));
    const bool not_pregnant = value.in(ValueSet::not_pregnant) || (test && value.in(ValueSet::result_negative));
    if (at.when && base::days_between(at.when->last, reading.from.today) > pregnancy_days) return;
    const bool stated_at_all = value.coded || !value.text.empty() || at.holder["valueString"].exists() || at.holder["valueBoolean"].exists();
    if (pregnant == not_pregnant) {
        const bool open = stated_at_all && !value.in(ValueSet::result_none);
        if (open) mark_unusable(reading, at.resource, Topic::pregnancy, "pregnancy status", "The value is not understood.");
        return;
    }
    reading.into.pregnancy.push_back({stated(at, test ? "pregnancy test" : "pregnancy status", value), pregnant});
}

}  // namespace

bool read_statement(Reading& reading, const ObservationAt& at) {
    const Concept value = read_concept(reading.book, at.holder["valueCodeableConcept"]);
    if (at.code.in(ValueSet::disease_status_observation)) add_disease_status(reading, at, value);
    else if (at.code.in(ValueSet::metastases_resectability_observation)) add_resectability(reading, at, value, Resectability::Of::metastases);
    else if (at.code.in(ValueSet::primary_resectability_observation)) add_resectability(reading, at, value, Resectability::Of::primary);
    else if (at.code.in(ValueSet::treatment_intent_observation)) {
        const auto stated_intent = intent(value);
        if (stated_intent.contradictory) mark_unusable(reading, at.resource, Topic::intent, std::string(value.shown), contradiction);
        if (stated_intent.answer) reading.into.intents.push_back({stated(at, "treatment intent", value), *stated_intent.answer});
    } else if (at.code.in(ValueSet::goals_of_care_observation)) {
        if (value.in(ValueSet::goals_of_care_documented)) add_mark(reading, at, "goals of care", value, Mark::Kind::goals_of_care);
    } else if (at.code.in(ValueSet::hospice_enrolment_observation)) {
        if (value.in(ValueSet::hospice_enrolled)) add_mark(reading, at, "hospice", value, Mark::Kind::hospice);
    } else if (at.code.in(ValueSet::primary_tumour_status_observation)) {
        if (value.in(ValueSet::primary_in_situ)) add_mark(reading, at, "primary tumour", value, Mark::Kind::primary_in_situ);
        if (value.in(ValueSet::primary_resected)) add_mark(reading, at, "primary tumour", value, Mark::Kind::primary_resected);
    } else if (at.code.in(ValueSet::pregnancy_status_observation) || at.code.in(ValueSet::pregnancy_test)) {
        add_pregnancy(reading, at, value);
    } else {
        return false;
    }
    return true;
}

void read_intent_extension(Reading& reading, json::Value resource, const std::optional<base::DateInterval>& when) {
    for (const std::string_view url : intent_urls) {
        const Concept value = read_concept(reading.book, extension(resource, url)["valueCodeableConcept"]);
        const auto stated_intent = intent(value);
        if (!stated_intent.answer) continue;
        reading.into.intents.push_back({source_of(resource, "treatment intent: " + std::string(value.shown), when), *stated_intent.answer});
    }
}

}  // namespace rectal_cds::fhir
