#include "cdshooks/patient_match.hpp"

#include <algorithm>

#include "domain/source.hpp"

namespace rectal_cds::cdshooks {

using base::Error;
using base::ErrorKind;
using domain::Readability;

namespace {

Error somebody_else(std::string where) {
    return {ErrorKind::wrong_patient, std::move(where), "The resource belongs to another patient than context.patientId."};
}

json::Value contained(json::Value resource, std::string_view id) {
    for (const json::Value item : resource["contained"].elements()) {
        if (item["id"].text() == id) return item;
    }
    return {};
}

bool is_absolute(std::string_view reference) {
    return reference.substr(0, 7) == "http://" || reference.substr(0, 8) == "https://";
}

}  // namespace

Owner owner_of(const Request& request, const fhir::Record& record, json::Value resource) {
    const json::Value subject = resource["subject"].exists() ? resource["subject"] : resource["patient"];
    const std::string_view reference = subject["reference"].text();
    if (reference.empty()) return Owner::undetermined;
    json::Value target;
    if (reference[0] == '#') target = contained(resource, reference.substr(1));
    else if (reference.substr(0, 4) == "urn:") {
        if (const auto found = record.by_reference.find(std::string(reference)); found != record.by_reference.end()) target = found->second;
    } else {
        const std::string wanted = "Patient/" + request.patient_id;
        const bool same = fhir::relative_reference(reference) == wanted;
        const std::string under_server = request.fhir_server + '/' + wanted;
        const std::string_view bare = reference.substr(0, reference.find("/_history/"));
        if (is_absolute(reference)) return !request.fhir_server.empty() && bare == under_server ? Owner::this_patient : Owner::somebody_else;
        return same && bare == wanted ? Owner::this_patient : Owner::somebody_else;
    }
    if (!target.exists()) return Owner::undetermined;
    return target["resourceType"].text() == "Patient" && target["id"].text() == request.patient_id ? Owner::this_patient : Owner::somebody_else;
}

std::optional<Error> check_patients(const Request& request, fhir::Record& record) {
    const json::Value patient = record[domain::Input::patient].resources.front();
    if (patient["id"].text() != request.patient_id) return somebody_else("prefetch.patient");
    for (int i = 1; i < domain::input_count; ++i) {
        const auto input = static_cast<domain::Input>(i);
        auto& resources = record[input].resources;
        std::vector<json::Value> ours;
        for (std::size_t n = 0; n < resources.size(); ++n) {
            const Owner owner = owner_of(request, record, resources[n]);
            if (owner == Owner::somebody_else) {
                return somebody_else(std::string("prefetch.") + domain::name(input) + " (resource " + std::to_string(n + 1) + ")");
            }
            if (owner == Owner::this_patient) ours.push_back(resources[n]);
        }
        if (ours.size() < resources.size() && record[input].readability == Readability::complete) record[input].readability = Readability::incomplete;
        resources = std::move(ours);
    }
    for (std::size_t n = 0; n < record.drafts.size(); ++n) {
        const json::Value order = record.drafts[n].resource;
        const Owner owner = owner_of(request, record, order);
        const bool bound = order["subject"].exists() || order["patient"].exists();
        if (owner == Owner::somebody_else || (bound && owner == Owner::undetermined)) {
            return somebody_else("context.draftOrders (order " + std::to_string(n + 1) + ")");
        }
    }
    return std::nullopt;
}

}  // namespace rectal_cds::cdshooks
