// MedicationRequest, MedicationAdministration, Medication and AllergyIntolerance (terminology.md 7; local-codes.md 2).
//
// An order is not an administration. A drug counts as given by its completed administrations; where a drug
// has none on or after the order, the order stands in, "ordered, not confirmed given" (clinical.md 3.1).
#include <algorithm>
#include <utility>

#include "fhir/drug_names.hpp"
#include "fhir/readers.hpp"
#include "fhir/text_forms.hpp"
#include "fhir/words.hpp"

namespace rectal_cds::fhir {

using domain::Drug;
using domain::Input;
using domain::Topic;

namespace {

const std::pair<ValueSet, Drug> drug_sets[] = {
    {ValueSet::drug_fluorouracil, Drug::fluorouracil},
    {ValueSet::drug_leucovorin, Drug::leucovorin},
    {ValueSet::drug_levoleucovorin, Drug::levoleucovorin},
    {ValueSet::drug_oxaliplatin, Drug::oxaliplatin},
    {ValueSet::drug_irinotecan, Drug::irinotecan},
    {ValueSet::drug_capecitabine, Drug::capecitabine},
    {ValueSet::drug_bevacizumab, Drug::bevacizumab},
    {ValueSet::drug_cetuximab, Drug::cetuximab},
    {ValueSet::drug_panitumumab, Drug::panitumumab},
    {ValueSet::drug_pembrolizumab, Drug::pembrolizumab},
    {ValueSet::drug_nivolumab, Drug::nivolumab},
    {ValueSet::drug_ipilimumab, Drug::ipilimumab},
    {ValueSet::drug_dostarlimab, Drug::dostarlimab},
    {ValueSet::drug_encorafenib, Drug::encorafenib},
    {ValueSet::drug_binimetinib, Drug::binimetinib},
    {ValueSet::drug_sotorasib, Drug::sotorasib},
    {ValueSet::drug_adagrasib, Drug::adagrasib},
    {ValueSet::drug_tucatinib, Drug::tucatinib},
    {ValueSet::drug_trastuzumab, Drug::trastuzumab},
    {ValueSet::drug_trifluridine_tipiracil, Drug::trifluridine_tipiracil},
    {ValueSet::drug_regorafenib, Drug::regorafenib},
    {ValueSet::drug_fruquintinib, Drug::fruquintinib},
    {ValueSet::drug_aflibercept, Drug::aflibercept},
    {ValueSet::drug_ramucirumab, Drug::ramucirumab},
    {ValueSet::drug_larotrectinib, Drug::larotrectinib},
    {ValueSet::drug_entrectinib, Drug::entrectinib},
    {ValueSet::drug_warfarin, Drug::warfarin},
};

// A regimen code used as a medication stands for its drugs (pitfall 36).
const std::pair<ValueSet, std::vector<Drug>> regimen_sets[] = {
    {ValueSet::regimen_folfox, {Drug::oxaliplatin, Drug::leucovorin, Drug::fluorouracil}},
    {ValueSet::regimen_folfiri, {Drug::irinotecan, Drug::leucovorin, Drug::fluorouracil}},
    {ValueSet::regimen_folfoxiri, {Drug::irinotecan, Drug::oxaliplatin, Drug::leucovorin, Drug::fluorouracil}},
};

// By its code: a cream, or a conjugate, of the same name.
bool is_look_alike(const Concept& medication) {
    return std::any_of(std::begin(drug_sets), std::end(drug_sets), [&](const auto& entry) {
        return medication.excluded.test(static_cast<std::size_t>(entry.first));
    });
}

// The text form ^warfarin counts, also beside a code that is not known (local-codes.md 2).
bool says_warfarin(std::string_view text) { return equals_ignoring_case(text.substr(0, 8), "warfarin"); }

// dosageInstruction.timing.repeat in days; the longest of several.
std::optional<int> period_days(json::Value request) {
    std::optional<int> longest;
    for (const json::Value dosage : request["dosageInstruction"].elements()) {
        const json::Value repeat = dosage["timing"]["repeat"];
        const std::string_view unit = repeat["periodUnit"].text();
        const int days = unit == "d" ? 1 : unit == "wk" ? 7 : unit == "mo" ? 28 : 0;
        const auto period = repeat["period"].number();
        if (days > 0 && period && *period > 0 && *period < 1000)
            longest = std::max(longest.value_or(0), static_cast<int>(*period * days));
    }
    return longest;
}

void doubt(Reading& reading, json::Value resource, const DrugsRead& read, const char* problem) {
    const Topic topic = read.coumarin_only ? Topic::anticoagulant : Topic::medication;
    mark_unusable(reading, resource, topic, read.shown, problem);
}

// True when the drugs are known (perhaps none of ours); otherwise the doubt is recorded.
bool known_drugs(Reading& reading, json::Value resource, const DrugsRead& read) {
    if (read.named_only) doubt(reading, resource, read, "The drug is recorded as text or by a code that is not known.");
    if (read.unresolved) doubt(reading, resource, read, "The Medication it refers to was not delivered.");
    return !read.named_only && !read.unresolved;
}

void read_administration(Reading& reading, json::Value administration) {
    const DrugsRead read = read_drugs(reading, administration);
    if (!known_drugs(reading, administration, read) || read.drugs.empty()) return;
    const Standing status = standing(administration["status"].text(), {"completed"},
                                     {"not-done", "entered-in-error"}, {"in-progress", "on-hold", "stopped"});
    if (status == Standing::absent) return;
    if (status == Standing::pending) {
        if (is_recent(reading, administration, {"effectiveDateTime", "effectivePeriod.start"})) doubt(reading, administration, read, begun_not_completed);
        return;
    }
    if (status == Standing::unusable) return doubt(reading, administration, read, "The status is not understood.");
    if (has_unknown_modifier(administration))
        return doubt(reading, administration, read, "It carries a modifier that is not understood.");
    const auto when = date_of(administration, {"effectiveDateTime", "effectivePeriod.start"});
    if (!when) return doubt(reading, administration, read, "The date is missing.");
    if (in_future(reading, when)) return doubt(reading, administration, read, "It is dated in the future.");
    const std::string request = relative_reference(administration["request"]["reference"].text());
    for (const Drug drug : read.drugs) {
        reading.into.doses.push_back({source_of(administration, std::string(domain::name(drug)) + " given", when), drug,
                                      *when, true, request.substr(request.find('/') + 1)});
    }
}

// An order in the draft replaces the same order of record.
bool superseded_by_draft(const Reading& reading, json::Value request) {
    const std::string_view id = request["id"].text();
    return std::any_of(reading.from.drafts.begin(), reading.from.drafts.end(), [&](const DraftOrder& draft) {
        return !id.empty() && draft.resource["resourceType"].text() == "MedicationRequest" &&
               draft.resource["id"].text() == id;
    });
}

void read_request(Reading& reading, json::Value request) {
    const DrugsRead read = read_drugs(reading, request);
    const std::string_view intent = request["intent"].text(), code = request["status"].text();
    const Standing status =
        standing(code, {"active", "completed", "stopped"}, {"draft", "cancelled", "entered-in-error", "on-hold"});
    if (status == Standing::absent || request["doNotPerform"].boolean().value_or(false)) return;
    if (intent == "proposal" || intent == "plan" || intent == "option" || superseded_by_draft(reading, request)) return;
    const auto authored = date_of(request, {"authoredOn"});
    read_intent_extension(reading, request, authored);
    if (!known_drugs(reading, request, read) || read.drugs.empty()) return;
    if (status == Standing::unusable) return doubt(reading, request, read, "The status is not understood.");
    if (has_unknown_modifier(request))
        return doubt(reading, request, read, "It carries a modifier that is not understood.");
    for (const Drug drug : read.drugs) {
        const std::string says = std::string(domain::name(drug)) + " order " + std::string(code);
        reading.into.orders.push_back({source_of(request, says, authored), std::string(request["id"].text()), drug,
                                       code == "active", period_days(request)});
    }
}

void orders_stand_in_for_missing_doses(Reading& reading) {
    std::vector<domain::Dose> stand_ins;
    for (const domain::MedicationOrder& order : reading.into.orders) {
        if (!order.source.when || in_future(reading, order.source.when)) continue;
        const bool given =
            std::any_of(reading.into.doses.begin(), reading.into.doses.end(), [&](const domain::Dose& dose) {
                return dose.drug == order.drug &&
                       (dose.order_id == order.id || order.source.when->first <= dose.when.last);
            });
        if (given) continue;
        domain::Source source = order.source;
        source.says += ", not confirmed given";
        stand_ins.push_back({std::move(source), order.drug, *order.source.when, false, order.id});
    }
    for (domain::Dose& dose : stand_ins) reading.into.doses.push_back(std::move(dose));
}

// A substance of the allergy that is no drug of ours by its code. What it names in words is a doubt, never a match; one
// that is not named at all may be anything.
void read_uncoded_substance(Reading& reading, json::Value allergy, json::Value substance, const std::string& says) {
    using Of = domain::ClassAllergy::Of;
    const auto when = date_of(allergy, {"recordedDate", "onsetDateTime"});
    if (in_words(substance, mentions_a_cancer_drug)) {
        mark_unusable(reading, allergy, Topic::allergy, says, "The substance is recorded as text or by a code that is not known.");
    }
    for (const auto& [of, mentions] : {std::pair{Of::platinum, &mentions_platinum}, {Of::fluoropyrimidines, &mentions_fluoropyrimidines}}) {
        if (in_words(substance, mentions)) reading.into.class_allergies.push_back({source_of(allergy, says, when), of});
    }
    const auto has_words = [](std::string_view text) { return !trimmed(text).empty(); };
    if (substance["coding"].size() > 0 && !in_words(substance, has_words)) ++reading.into.uncoded[static_cast<std::size_t>(Input::allergies)];
}

void read_allergy(Reading& reading, json::Value allergy) {
    const std::string_view verified = status_code(
        allergy["verificationStatus"], "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification");
    const std::string_view clinical =
        status_code(allergy["clinicalStatus"], "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical");
    if (verified == "refuted" || verified == "entered-in-error" || clinical == "inactive" || clinical == "resolved")
        return;
    std::vector<json::Value> substances{allergy["code"]};
    for (const json::Value reaction : allergy["reaction"].elements()) substances.push_back(reaction["substance"]);
    const bool low = allergy["type"].text() == "intolerance" || allergy["criticality"].text() == "low";
    for (const json::Value named : substances) {
        const Concept substance = read_concept(reading.book, named);
        const std::string says =
            std::string(low ? "intolerance or low criticality: " : "allergy: ") + std::string(substance.shown);
        const auto when = date_of(allergy, {"recordedDate", "onsetDateTime"});
        const auto drugs = drugs_in(substance);
        if (!drugs.empty() && has_unknown_modifier(allergy)) {
            mark_unusable(reading, allergy, Topic::allergy, says, "It carries a modifier that is not understood.");
            continue;
        }
        for (const Drug drug : drugs) reading.into.allergies.push_back({source_of(allergy, says, when), drug, low});
        if (drugs.empty() && !is_look_alike(substance)) read_uncoded_substance(reading, allergy, named, says);
    }
}

}  // namespace

std::vector<Drug> drugs_in(const Concept& medication) {
    std::vector<Drug> drugs;
    for (const auto& [set, drug] : drug_sets) {
        if (medication.in(set)) drugs.push_back(drug);
    }
    for (const auto& [set, regimen] : regimen_sets) {
        if (medication.in(set)) drugs.insert(drugs.end(), regimen.begin(), regimen.end());
    }
    return drugs;
}

DrugsRead read_drugs(const Reading& reading, json::Value resource) {
    DrugsRead result;
    const json::Value reference = resource["medicationReference"];
    json::Value codeable = resource["medicationCodeableConcept"];
    if (resource["resourceType"].text() == "Medication") codeable = resource["code"];
    if (!codeable.exists() && reference.exists()) codeable = resolve(reading, resource, reference)["code"];
    const Concept medication = read_concept(reading.book, codeable);
    const std::string_view display = trimmed(reference["display"].text());
    result.shown = std::string(medication.shown.empty() ? display : medication.shown);
    result.drugs = drugs_in(medication);
    if (!result.drugs.empty() || is_look_alike(medication)) return result;
    if (says_warfarin(medication.coded ? medication.text : std::string_view(result.shown))) {
        result.drugs.push_back(Drug::warfarin);
        return result;
    }
    const bool cancer_drug = in_words(codeable, mentions_a_cancer_drug) || mentions_a_cancer_drug(display);
    result.coumarin_only = !cancer_drug && (in_words(codeable, mentions_a_coumarin) || mentions_a_coumarin(display));
    result.named_only = cancer_drug || result.coumarin_only;
    result.unresolved = !codeable.exists() && result.shown.empty();
    return result;
}

void read_medications(Reading& reading) {
    for (const json::Value item : reading.from[Input::medication_administrations].resources)
        read_administration(reading, item);
    for (const json::Value item : reading.from[Input::medication_requests].resources) read_request(reading, item);
    orders_stand_in_for_missing_doses(reading);
}

void read_allergies(Reading& reading) {
    for (const json::Value item : reading.from[Input::allergies].resources) read_allergy(reading, item);
}

}  // namespace rectal_cds::fhir
