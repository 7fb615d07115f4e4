#include "cdshooks/patient_match.hpp"

#include <algorithm>
#include <array>

namespace rectal_cds::cdshooks {

namespace {

constexpr std::string_view history = "/_history/";

// The members that say whose a resource is, in the resource types of the patient compartment.
constexpr std::array<std::string_view, 4> subject_members{"subject", "patient", "beneficiary", "for"};

bool is_subject(std::string_view member) {
    return std::find(subject_members.begin(), subject_members.end(), member) != subject_members.end();
}

json::Value contained(json::Value resource, std::string_view id) {
    for (const json::Value item : resource["contained"].elements()) {
        if (item["id"].text() == id) return item;
    }
    return {};
}

bool is_absolute(std::string_view reference) { return reference.find("://") != std::string_view::npos; }

// Without "/_history/n"; "" when what follows is no version.
std::string_view without_version(std::string_view reference) {
    const auto at = reference.find(history);
    if (at == std::string_view::npos) return reference;
    const std::string_view version = reference.substr(at + history.size());
    if (version.empty() || version.find('/') != std::string_view::npos) return {};
    return reference.substr(0, at);
}

// The id in "Patient/id", "" when the text is anything else.
std::string_view patient_id(std::string_view relative) {
    constexpr std::string_view type = "Patient/";
    if (relative.substr(0, type.size()) != type) return {};
    return relative.substr(type.size());
}

}  // namespace

PatientMatch::PatientMatch(const Request& request, const fhir::Record& record)
    : request_(request), record_(record), ids_{request.patient_id} {}

void PatientMatch::accept_links_of(json::Value patient) {
    std::vector<std::string> linked{std::string(patient["id"].text())};
    for (const json::Value link : patient["link"].elements()) {
        const std::string_view type = link["type"].text();
        if (type != "replaces" && type != "replaced-by") continue;
        std::string_view reference = without_version(link["other"]["reference"].text());
        const std::string base = request_.fhir_server + '/';
        if (is_absolute(reference)) {
            if (request_.fhir_server.empty() || reference.substr(0, base.size()) != base) continue;
            reference.remove_prefix(base.size());
        }
        linked.emplace_back(patient_id(reference));
    }
    if (std::find(linked.begin(), linked.end(), request_.patient_id) == linked.end()) return;
    for (std::string& id : linked) {
        if (!id.empty()) ids_.push_back(std::move(id));
    }
}

bool PatientMatch::is_accepted(std::string_view id) const {
    return std::find(ids_.begin(), ids_.end(), id) != ids_.end();
}

Owner PatientMatch::owner_by(std::string_view reference, json::Value container) const {
    if (reference.empty()) return Owner::undetermined;
    json::Value target;
    if (reference[0] == '#') {
        target = contained(container, reference.substr(1));
    } else if (reference.substr(0, 4) == "urn:") {
        const auto found = record_.by_reference.find(std::string(reference));
        if (found != record_.by_reference.end()) target = found->second;
    } else {
        std::string_view bare = without_version(reference);
        if (is_absolute(bare)) {
            const std::string base = request_.fhir_server + '/';
            if (request_.fhir_server.empty() || bare.substr(0, base.size()) != base) return Owner::somebody_else;
            bare.remove_prefix(base.size());
        }
        return is_accepted(patient_id(bare)) ? Owner::this_patient : Owner::somebody_else;
    }
    if (!target.exists()) return Owner::undetermined;
    const bool is_ours = target["resourceType"].text() == "Patient" && is_accepted(target["id"].text());
    return is_ours ? Owner::this_patient : Owner::somebody_else;
}

Owner PatientMatch::owner_in(json::Value resource, json::Value container) const {
    Owner owner = Owner::undetermined;
    for (const auto [name, subject] : resource.members()) {
        if (!is_subject(name) || !subject.is_object()) continue;
        const Owner by_this = owner_by(subject["reference"].text(), container);
        if (by_this == Owner::somebody_else) return by_this;
        if (by_this == Owner::this_patient) owner = by_this;
    }
    return is_about_another_person(resource, container) ? Owner::undetermined : owner;
}

// Observation.focus: in this patient's record, but a result of a donor, a relative or a child.
bool PatientMatch::is_about_another_person(json::Value resource, json::Value container) const {
    for (const json::Value focus : resource["focus"].elements()) {
        const std::string_view reference = focus["reference"].text();
        if (reference.find("RelatedPerson/") != std::string_view::npos) return true;
        const bool is_patient = reference.find("Patient/") != std::string_view::npos;
        if (is_patient && owner_by(reference, container) != Owner::this_patient) return true;
    }
    return false;
}

Owner PatientMatch::owner_of(json::Value resource) const { return owner_in(resource, resource); }

bool PatientMatch::is_somebody_elses(json::Value resource) const {
    const std::string_view id = resource["id"].text();
    if (resource["resourceType"].text() == "Patient") return !id.empty() && !is_accepted(id);
    if (owner_of(resource) == Owner::somebody_else) return true;
    for (const json::Value item : resource["contained"].elements()) {
        if (owner_in(item, resource) == Owner::somebody_else) return true;
    }
    return false;
}

bool PatientMatch::is_at_unknown_server(json::Value resource) const {
    return std::any_of(subject_members.begin(), subject_members.end(), [&](std::string_view member) {
        const std::string_view reference = without_version(resource[member]["reference"].text());
        const auto type = reference.rfind("/Patient/");
        if (!is_absolute(reference) || type == std::string_view::npos) return false;
        return is_accepted(patient_id(reference.substr(type + 1))) && owner_by(reference, resource) == Owner::somebody_else;
    });
}

}  // namespace rectal_cds::cdshooks
