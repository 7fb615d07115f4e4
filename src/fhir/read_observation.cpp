// Observation: status, date and focus first, then the reader of the topic.
// Paths: Observation.code, status, effective[x], issued, focus, value[x], interpretation, component,
// referenceRange, note, identifier, basedOn (local-codes.md 2).
#include <utility>

#include "fhir/biomarker_value.hpp"
#include "fhir/readers.hpp"
#include "fhir/test_names.hpp"

namespace rectal_cds::fhir {

using domain::Topic;

namespace {

// What an Observation could speak of: one Topic for each group of observation codes.
const std::vector<std::pair<Members, Topic>>& topics() {
    using V = ValueSet;
    static const std::vector<std::pair<Members, Topic>> all{
        {set_of({V::kras_result, V::kras_nras_result}), Topic::kras},
        {set_of({V::nras_result, V::kras_nras_result}), Topic::nras},
        {set_of({V::braf_result, V::braf_v600e_result}), Topic::braf},
        {set_of({V::msi_result, V::msi_immunostain_result, V::mmr_protein_mlh1, V::mmr_protein_msh2, V::mmr_protein_msh6,
                 V::mmr_protein_pms2}), Topic::mmr},
        {set_of({V::her2_result}), Topic::her2},
        {set_of({V::dpyd_result}), Topic::dpyd},
        {set_of({V::ugt1a1_result}), Topic::ugt1a1},
        {set_of({V::t_category_observation, V::m_category_observation, V::stage_group_observation}), Topic::stage},
        {set_of({V::ecog_observation, V::karnofsky_observation}), Topic::performance_status},
        {set_of({V::disease_status_observation}), Topic::disease_status},
        {set_of({V::cea_mass_observation, V::cea_other_unit_observation}), Topic::cea},
        {set_of({V::absolute_neutrophil_count, V::platelet_count}), Topic::blood_count},
        {set_of({V::bilirubin_total}), Topic::bilirubin},
        {set_of({V::creatinine, V::creatinine_clearance}), Topic::creatinine},
        {set_of({V::estimated_filtration_rate}), Topic::filtration_rate},
        {set_of({V::urine_protein_creatinine_ratio, V::urine_protein_24h}), Topic::urine_protein},
        {set_of({V::blood_pressure_panel, V::systolic_blood_pressure, V::diastolic_blood_pressure}), Topic::blood_pressure},
        {set_of({V::body_weight, V::body_height}), Topic::body_size},
        {set_of({V::distance_from_anal_verge}), Topic::tumour_height},
        {set_of({V::pregnancy_status_observation, V::pregnancy_test}), Topic::pregnancy},
        {set_of({V::primary_resectability_observation, V::metastases_resectability_observation}), Topic::resectability},
        {set_of({V::treatment_intent_observation}), Topic::intent},
        {set_of({V::goals_of_care_observation}), Topic::goals_of_care},
        {set_of({V::hospice_enrolment_observation}), Topic::hospice},
        {set_of({V::primary_tumour_status_observation}), Topic::surgery},
    };
    return all;
}

std::vector<Topic> topics_of(const Concept& code) {
    std::vector<Topic> found;
    for (const auto& [sets, topic] : topics()) {
        if (code.in_any(sets)) found.push_back(topic);
    }
    if (code.in(ValueSet::variant_observation)) found.insert(found.end(), {Topic::kras, Topic::nras, Topic::braf});
    return found;
}

// Of the patient as a whole, whichever cancer the Observation is filed under.
bool is_of_the_patient(Topic topic) {
    switch (topic) {
        case Topic::performance_status:
        case Topic::blood_count:
        case Topic::bilirubin:
        case Topic::creatinine:
        case Topic::filtration_rate:
        case Topic::urine_protein:
        case Topic::blood_pressure:
        case Topic::body_size:
        case Topic::pregnancy:
        case Topic::dpyd:
        case Topic::ugt1a1:
        case Topic::goals_of_care:
        case Topic::hospice: return true;
        default: return false;
    }
}

// What a laboratory has said so far: it decides nothing, and is named where it may matter (clinical.md 3.1).
void note_preliminary(Reading& reading, const ObservationAt& at) {
    domain::Case apart;
    apart.today = reading.into.today;
    Reading aside{reading.book, reading.from, apart};
    read_measurement(aside, at);
    for (domain::Measurement& measurement : apart.measurements) {
        measurement.source.says += " (" + std::string(at.resource["status"].text()) + ")";
        reading.into.preliminary.push_back(std::move(measurement));
    }
}

// `holder` has the code and the value: the Observation itself, or one of its components.
void read_result(Reading& reading, json::Value observation, json::Value holder, const Concept& code,
                 const std::vector<Topic>& spoken_of) {
    if (!is_of_the_patient(spoken_of.front()) && about_another_cancer(reading, observation, "focus")) return;
    const auto refuse = [&](const char* problem) {
        for (const Topic topic : spoken_of) mark_unusable(reading, observation, topic, std::string(code.shown), problem);
    };
    const Standing status = standing(observation["status"].text(), {"final", "amended", "corrected"}, {"cancelled", "entered-in-error"},
                                     {"registered", "preliminary", "partial"});
    if (status == Standing::absent) return;
    if (status == Standing::unusable) return refuse("The status is not understood.");
    if (has_unknown_modifier(observation)) return refuse("It carries a modifier that is not understood.");
    const auto when = date_of(observation, {"effectiveDateTime", "effectiveInstant", "effectivePeriod.end", "effectivePeriod.start", "issued"});
    if (in_future(reading, when)) return refuse("It is dated in the future.");
    const ObservationAt at{observation, holder, code, status, when};
    if (read_biomarker(reading, at)) return;
    if (status == Standing::pending) return note_preliminary(reading, at);
    read_stage(reading, at) || read_measurement(reading, at) || read_statement(reading, at);
}

// A test of ours by its name alone, under a code that is not read: its result may be the opposite of what is on record.
void doubt_named_tests(Reading& reading, json::Value observation, json::Value holder, const Concept& code) {
    const Standing status = standing(observation["status"].text(), {"final", "amended", "corrected"},
                                     {"cancelled", "entered-in-error"}, {"registered", "preliminary", "partial"});
    const bool says_nothing = status == Standing::absent || status == Standing::pending || holder["dataAbsentReason"].exists();
    if (says_nothing || about_another_cancer(reading, observation, "focus")) return;
    for (const Topic topic : tests_named(holder["code"]))
        mark_unusable(reading, observation, topic, std::string(code.shown), "Its code is not one that this service reads.");
}

}  // namespace

// The code of a panel says nothing; results may stand in its components (pitfall 31). Variants are no such panel.
void read_observation(Reading& reading, json::Value observation) {
    const Concept code = read_concept(reading.book, observation["code"]);
    const std::vector<Topic> spoken_of = topics_of(code);
    if (!spoken_of.empty()) return read_result(reading, observation, observation, code, spoken_of);
    bool has_read = false;
    for (const json::Value component : observation["component"].elements()) {
        const Concept part = read_concept(reading.book, component["code"]);
        const std::vector<Topic> topics = topics_of(part);
        if (topics.empty() && !part.readable) doubt_named_tests(reading, observation, component, part);
        if (topics.empty() || part.in(ValueSet::variant_observation)) continue;
        read_result(reading, observation, component, part, topics);
        has_read = true;
    }
    if (!has_read && !code.readable) doubt_named_tests(reading, observation, observation, code);
}

void read_observations(Reading& reading) {
    read_significance(reading);
    for (const json::Value observation : reading.from[domain::Input::observations].resources) read_observation(reading, observation);
    replace_corrected(reading);
    settle_stage_summaries(reading);
    settle_histology(reading);
}

}  // namespace rectal_cds::fhir
