#include "cdshooks/prefetch.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "cdshooks/patient_match.hpp"

namespace rectal_cds::cdshooks {

using domain::Input;
using domain::Readability;
using fhir::InputResources;
using fhir::Record;

namespace {

constexpr std::array<std::string_view, domain::input_count> resource_types{
    "Patient",        "Condition",        "Observation",     "Procedure", "MedicationRequest", "MedicationAdministration",
    "ServiceRequest", "DiagnosticReport", "AllergyIntolerance"};

// Issue codes that say access or time was lacking, so that "nothing found" is not known (decisions.md 8).
bool lacks_access(std::string_view code) {
    static constexpr std::array<std::string_view, 12> codes{"security",   "login",   "unknown",    "expired",    "forbidden", "suppressed",
                                                            "throttled", "timeout", "incomplete", "too-costly", "transient", "exception"};
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// An OperationOutcome that only remarks that nothing was found.
bool is_remark(json::Value outcome) {
    for (const json::Value issue : outcome["issue"].elements()) {
        const std::string_view severity = issue["severity"].text();
        if ((severity != "warning" && severity != "information") || lacks_access(issue["code"].text())) return false;
    }
    return outcome["issue"].size() > 0;
}

bool has_next_page(json::Value bundle) {
    for (const json::Value link : bundle["link"].elements()) {
        if (link["relation"].text() == "next") return true;
    }
    return false;
}

InputResources read_bundle(json::Value bundle, std::string_view resource_type) {
    InputResources result;
    bool complete = !has_next_page(bundle), only_remarks = true;
    std::int64_t matches = 0;
    if (bundle["entry"].exists() && !bundle["entry"].is_array()) complete = false;
    for (const json::Value entry : bundle["entry"].elements()) {
        const json::Value resource = entry["resource"];
        const std::string_view type = resource["resourceType"].text();
        if (type == "OperationOutcome") {
            if (!is_remark(resource)) complete = false, only_remarks = false;
            continue;
        }
        if (type != resource_type) {
            if (type.empty()) complete = false;
            continue;
        }
        if (entry["search"]["mode"].text() == "outcome") continue;
        ++matches;
        result.resources.push_back(resource);
    }
    const auto total = bundle["total"].integer();
    if (total && *total > matches) complete = false;
    result.readability = complete ? Readability::complete : Readability::incomplete;
    if (result.resources.empty() && !only_remarks) result.readability = Readability::unreadable;
    return result;
}

void index_references(Record& record, json::Value value) {
    const auto add = [&](json::Value resource, std::string_view full_url) {
        const std::string_view type = resource["resourceType"].text(), id = resource["id"].text();
        if (!type.empty() && !id.empty()) record.by_reference.emplace(std::string(type) + '/' + std::string(id), resource);
        if (full_url.substr(0, 9) == "urn:uuid:") record.by_reference.emplace(full_url, resource);
    };
    if (value["resourceType"].text() != "Bundle") return add(value, {});
    for (const json::Value entry : value["entry"].elements()) add(entry["resource"], entry["fullUrl"].text());
}

bool is_selected(const Request& request, json::Value entry, std::size_t with_same_id) {
    const json::Value resource = entry["resource"];
    const std::string id(resource["id"].text());
    const std::string typed = std::string(resource["resourceType"].text()) + '/' + id;
    return std::any_of(request.selections.begin(), request.selections.end(), [&](const std::string& selection) {
        if (!entry["fullUrl"].text().empty() && selection == entry["fullUrl"].text()) return true;
        if (id.empty()) return false;
        return fhir::relative_reference(selection) == typed || (selection == id && with_same_id == 1);
    });
}

void add_drafts(Record& record, const Request& request) {
    const json::Value entries = request.draft_orders["entry"];
    bool matched = false;
    for (const json::Value entry : entries.elements()) {
        const json::Value resource = entry["resource"];
        const std::string_view type = resource["resourceType"].text();
        if (type.empty() || type == "Medication") continue;
        std::size_t same_id = 0;
        for (const json::Value other : entries.elements()) same_id += other["resource"]["id"].text() == resource["id"].text() ? 1 : 0;
        const bool selected = request.all_selected || is_selected(request, entry, same_id);
        matched = matched || selected;
        record.drafts.push_back({resource, selected});
    }
    record.selection_unmatched = request.hook == domain::Hook::order_select && !request.all_selected && !matched;
}

base::Error patient_unobtainable(const Record& record) {
    const bool both = record[Input::conditions].readability == Readability::unreadable;
    return {base::ErrorKind::unobtainable, "prefetch.patient",
            std::string(both ? "The Patient (prefetch.patient) and the Conditions (prefetch.conditions) are" : "The Patient is") +
                " needed and could not be obtained: not delivered, or not readable, and this service has no access to the FHIR server."};
}

}  // namespace

std::optional<Input> input_of(std::string_view key) {
    for (int i = 0; i < domain::input_count; ++i) {
        if (key == domain::name(static_cast<Input>(i))) return static_cast<Input>(i);
    }
    return std::nullopt;
}

bool is_open(json::Value delivered, Input input) {
    if (delivered.is_null()) return false;
    const std::string_view type = delivered["resourceType"].text();
    return type != "Bundle" && type != "OperationOutcome" && type != resource_types[static_cast<std::size_t>(input)];
}

InputResources read_key(json::Value value, std::string_view resource_type) {
    InputResources unreadable{Readability::unreadable, {}};
    if (!value.exists()) return unreadable;
    if (value.is_null()) return {};
    const std::string_view type = value["resourceType"].text();
    if (type == "Bundle") return read_bundle(value, resource_type);
    if (type == "OperationOutcome") return is_remark(value) ? InputResources{} : unreadable;
    if (type != resource_type) return unreadable;
    // One resource answers a read; where a search was asked for, it cannot be the whole of it.
    const bool is_read = resource_type == "Patient";
    return {is_read ? Readability::complete : Readability::incomplete, {value}};
}

std::vector<std::string> unread_keys(const Record& record) {
    std::vector<std::string> keys;
    for (int i = 0; i < domain::input_count; ++i) {
        const auto input = static_cast<Input>(i);
        const Readability readability = record[input].readability;
        if (readability == Readability::unreadable || readability == Readability::incomplete) keys.emplace_back(domain::name(input));
    }
    return keys;
}

base::Result<Record> assemble_record(const Request& request, const fhir::Service& service, base::Day today) {
    Record record;
    record.hook = request.hook;
    record.today = today;
    for (int i = 0; i < domain::input_count; ++i) {
        const auto input = static_cast<Input>(i);
        const std::string key = domain::name(input);
        const bool asked = std::any_of(service.prefetch.begin(), service.prefetch.end(), [&](const auto& p) { return p.first == key; });
        record[input] = asked ? read_key(request.prefetch[key], resource_types[static_cast<std::size_t>(i)])
                              : InputResources{Readability::not_asked, {}};
        index_references(record, request.prefetch[key]);
    }
    index_references(record, request.draft_orders);
    if (record[Input::patient].resources.size() != 1) return patient_unobtainable(record);
    add_drafts(record, request);
    if (const auto error = check_patients(request, record)) return *error;
    return record;
}

}  // namespace rectal_cds::cdshooks
