#include "fhir/read_order.hpp"

#include <utility>

#include "fhir/knowledge_formats.hpp"
#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

namespace {

void check_quantity(json::Value quantity, const std::string& place, Faults& faults) {
    if (!quantity.exists() || quantity["unit"].text() == quantity["code"].text()) return;
    faults.add(member_place(place, "unit"), "The UCUM code of the unit is expected here too.");
}

// FHIR R4, Timing: tim-1 and tim-2.
void check_timing(json::Value repeat, const std::string& place, Faults& faults) {
    for (const std::string member : {"duration", "period"}) {
        if (repeat[member].exists() == repeat[member + "Unit"].exists()) continue;
        faults.add(place, "A " + member + " and its unit are expected together.");
    }
    check_quantity(repeat["boundsDuration"], member_place(place, "boundsDuration"), faults);
    if (repeat.is_object() && repeat.size() == 0) faults.add(place, "When the dose is due is expected.");
}

void check_dosages(json::Value dosages, Faults& faults) {
    for (std::size_t i = 0; i < dosages.size(); ++i) {
        const json::Value dosage = dosages.at(i);
        const std::string place = element_place("dosage", i);
        const auto sequence = dosage["sequence"].integer();
        if (sequence.value_or(0) > 0 && sequence != static_cast<std::int64_t>(i) + 1) {
            faults.add(member_place(place, "sequence"), "The dosages in order, numbered from 1, are expected.");
        }
        check_timing(dosage["timing"]["repeat"], member_place(place, "timing.repeat"), faults);
        const json::Value doses = dosage["doseAndRate"];
        for (std::size_t j = 0; j < doses.size(); ++j) {
            const std::string dose = element_place(member_place(place, "doseAndRate"), j);
            check_quantity(doses.at(j)["doseQuantity"], member_place(dose, "doseQuantity"), faults);
        }
    }
}

void read_drug(OrderTemplate& order, const CodeBook& codes, Faults& faults) {
    const auto drugs = drugs_in(read_concept(codes, order.definition["productCodeableConcept"]));
    if (drugs.size() == 1)
        order.drug = drugs[0];
    else
        faults.add("productCodeableConcept", "The code of one drug that a value set of profiles/ knows is expected.");
}

std::string canonical(const char* type, const std::string& id) {
    return std::string(canonical_base) + '/' + type + '/' + id;
}

}  // namespace

std::string order_canonical(const std::string& id) { return canonical("ActivityDefinition", id); }
std::string regimen_canonical(const std::string& id) { return canonical("PlanDefinition", id); }

std::optional<OrderTemplate> read_order(Artefact& definition, const CodeBook* codes, Faults& faults) {
    const json::Value root = definition.root;
    if (!root.exists()) return std::nullopt;
    const std::string_view kind = root["kind"].text();
    const bool is_medication =
        kind == "MedicationRequest" || (kind != "ServiceRequest" && root["productCodeableConcept"].exists());
    check_resource(definition, is_medication ? medication_shape() : service_shape(), faults);
    OrderTemplate order{definition.id, std::string(root["title"].text()), is_medication, std::nullopt, {}, root, {}};
    if (is_medication) {
        if (definition.sound) check_dosages(root["dosage"], faults);
        if (definition.sound && codes) read_drug(order, *codes, faults);
    } else if (codes) {
        order.keys = service_keys(root, read_concept(*codes, root["code"]));
    }
    return order;
}

std::vector<std::string> read_regimen(Artefact& regimen, References& definitions, Faults& faults) {
    std::vector<std::string> orders;
    check_resource(regimen, regimen_shape(), faults);
    const json::Value actions = regimen.root["action"];
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const std::string_view named = actions.at(i)["definitionCanonical"].text();
        const std::string id(named.substr(named.rfind('/') + 1)),
            place = member_place(element_place("action", i), "definitionCanonical");
        if (named == regimen_canonical(id))
            faults.add(place, "The canonical of an ActivityDefinition is expected.");
        else
            definitions.use(named, faults.where(place));
        orders.push_back(id);
    }
    return orders;
}

}  // namespace rectal_cds::fhir
