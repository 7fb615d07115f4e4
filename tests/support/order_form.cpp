#include <algorithm>
#include <array>

#include "support/answer_form.hpp"

namespace rectal_cds::testing {

using json::Value;

namespace {

using Breaches = std::vector<std::string>;

// clinical.md 3.3: one drug with a code, a text and a structured dose per surface, per weight or flat, and its cycle.
void check_dosage(Value dosage, const std::string& place, Breaches& breaches) {
    static constexpr std::array<std::string_view, 3> units{"mg/m2", "mg/kg", "mg"};
    const Value dose = dosage["doseAndRate"].at(0)["doseQuantity"], repeat = dosage["timing"]["repeat"];
    const std::string_view unit = dose["code"].text();
    if (dosage["text"].text().empty()) breaches.push_back(place + ".text: is missing");
    if (dosage["route"]["text"].text().empty()) breaches.push_back(place + ".route: is missing");
    if (dose["value"].number().value_or(0) <= 0) breaches.push_back(place + ": has no dose");
    if (dose["system"].text() != "http://unitsofmeasure.org" ||
        std::find(units.begin(), units.end(), unit) == units.end()) {
        breaches.push_back(place + ": the dose has no UCUM unit per m2 or kg, and no mg");
    }
    const bool once = repeat["count"].integer() == 1,
               cyclic = repeat["period"].number().value_or(0) > 0 && repeat["periodUnit"].text() == "d";
    if (!once && !cyclic) breaches.push_back(place + ": has neither a period in days nor a count of 1");
}

void check_medication(Value order, const std::string& place, Breaches& breaches) {
    const Value coding = order["medicationCodeableConcept"]["coding"].at(0);
    const std::string_view system = coding["system"].text();
    const bool known = system == "http://www.nlm.nih.gov/research/umls/rxnorm" || system == "http://www.whocc.no/atc";
    if (!known || coding["code"].text().empty()) breaches.push_back(place + ": the drug has no code");
    const Value dosages = order["dosageInstruction"];
    if (dosages.size() == 0) breaches.push_back(place + ": has no dosage");
    for (std::size_t i = 0; i < dosages.size(); ++i) {
        check_dosage(dosages.at(i), place + ".dosageInstruction[" + std::to_string(i) + "]", breaches);
        if (dosages.size() > 1 && dosages.at(i)["sequence"].integer() != static_cast<std::int64_t>(i) + 1)
            breaches.push_back(place + ": the dosages are not in sequence");
    }
    bool verification = false;
    for (const Value note : order["note"].elements())
        verification = verification || note["text"].text().find("pharmacist verification") != std::string_view::npos;
    if (!verification) breaches.push_back(place + ".note: does not ask for pharmacist verification");
}

}  // namespace

std::vector<std::string> order_breaches(Value order, Value request, std::string_view today, const std::string& place) {
    Breaches breaches;
    const auto must = [&](bool holds, const char* what) {
        if (!holds) breaches.push_back(place + ": " + what);
    };
    const Value context = request["context"];
    const std::string patient = "Patient/" + std::string(context["patientId"].text());
    const std::string_view type = order["resourceType"].text(), encounter = context["encounterId"].text();
    must(type == "MedicationRequest" || type == "ServiceRequest",
         "is neither a MedicationRequest nor a ServiceRequest");
    must(!order["id"].exists(), "must have no id before it is created");
    must(order["status"].text() == "draft" && order["intent"].text() == "order", "is not a draft order");
    must(order["subject"]["reference"].text() == patient, "is not for the patient of the call");
    must(order["authoredOn"].text() == today, "is not authored today");
    must(encounter.empty() || order["encounter"]["reference"].text() == "Encounter/" + std::string(encounter),
         "does not name the encounter");
    must(order["reasonReference"].at(0)["reference"].text().substr(0, 10) == "Condition/",
         "does not name the Condition it is for");
    if (type == "MedicationRequest") check_medication(order, place, breaches);
    if (type == "ServiceRequest")
        must(!order["code"]["text"].text().empty() || order["code"]["coding"].size() > 0, "has no code");
    return breaches;
}

}  // namespace rectal_cds::testing
