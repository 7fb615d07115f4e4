#include "fhir/knowledge_discovery.hpp"

#include <array>
#include <string>

#include "fhir/knowledge_formats.hpp"

namespace rectal_cds::fhir {

namespace {

// "Condition?patient={{context.patientId}}"
std::string beginning_of_template(domain::Input input) {
    const char* const patient =
        input == domain::Input::patient ? "/{{context.patientId}}" : "?patient={{context.patientId}}";
    return std::string(resource_type_of(input)) + patient;
}

}  // namespace

std::string_view resource_type_of(domain::Input input) {
    static constexpr std::array<std::string_view, domain::input_count> types{
        "Patient",        "Condition",         "Observation",
        "Procedure",      "MedicationRequest", "MedicationAdministration",
        "ServiceRequest", "DiagnosticReport",  "AllergyIntolerance"};
    return types[static_cast<std::size_t>(input)];
}

std::optional<Service> read_discovery(const Artefact& entry, domain::Hook hook, Faults& faults) {
    if (!entry.document) return std::nullopt;
    const json::Value root = entry.root;
    check_shape(root, discovery_shape(hook), faults);
    Service service{std::string(root["id"].text()), hook, std::string(root["title"].text()), {}, root};
    for (const auto& [key, query] : root["prefetch"].members()) service.prefetch.emplace_back(key, query.text());
    for (int i = 0; i < domain::input_count; ++i) {
        const auto input = static_cast<domain::Input>(i);
        const std::string_view query = root["prefetch"][domain::name(input)].text();
        const std::string beginning = beginning_of_template(input);
        if (query.empty() || query.substr(0, beginning.size()) == beginning) continue;
        faults.add(member_place("prefetch", domain::name(input)),
                   "A template that begins with " + beginning + " is expected.");
    }
    return service;
}

}  // namespace rectal_cds::fhir
