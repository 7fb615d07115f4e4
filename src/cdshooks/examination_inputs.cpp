#include <algorithm>

#include "cdshooks/examination_parts.hpp"
#include "cdshooks/prefetch.hpp"
#include "cdshooks/queries.hpp"

namespace rectal_cds::cdshooks {

namespace {

constexpr std::size_t longest_key = 64;
constexpr std::size_t longest_issue_code = 20;

std::string counted(std::size_t count, const char* one, const char* many) { return std::to_string(count) + ' ' + (count == 1 ? one : many); }

bool names_patient(json::Value resource, std::string_view type) {
    if (type == "Patient") return true;
    return !resource[type == "AllergyIntolerance" ? "patient" : "subject"]["reference"].text().empty();
}

void remark_outcome(json::Value outcome, std::vector<std::string>& remarks) {
    for (const json::Value issue : outcome["issue"].elements()) {
        remarks.push_back("an OperationOutcome says " + shown_if_plain(issue["severity"].text(), longest_issue_code) + ", " +
                          shown_if_plain(issue["code"].text(), longest_issue_code));
    }
    if (outcome["issue"].size() == 0) remarks.emplace_back("an OperationOutcome without an issue");
}

void examine_bundle(json::Value bundle, std::string_view type, InputExamination& input) {
    std::size_t without_patient = 0, without_type = 0;
    for (const json::Value entry : bundle["entry"].elements()) {
        const json::Value resource = entry["resource"];
        const std::string_view found = resource["resourceType"].text();
        if (found == "OperationOutcome") {
            remark_outcome(resource, input.remarks);
        } else if (found == type) {
            ++input.resources;
            without_patient += names_patient(resource, type) ? 0 : 1;
        } else {
            ++input.others;
            without_type += found.empty() ? 1 : 0;
        }
    }
    if (!next_page(bundle).empty()) input.remarks.emplace_back("further pages exist");
    const auto total = bundle["total"].integer().value_or(0);
    if (total > static_cast<std::int64_t>(input.resources)) {
        input.remarks.push_back("the Bundle announces " + std::to_string(total) + " and holds " + std::to_string(input.resources));
    }
    if (without_patient > 0) input.remarks.push_back(counted(without_patient, "entry names", "entries name") + " no patient");
    if (without_type > 0) input.remarks.push_back(counted(without_type, "entry holds", "entries hold") + " no resource");
}

// What was found under the key, given how much of it counts as read.
Delivery delivery_of(json::Value delivered, const InputExamination& input, domain::Readability readability) {
    const std::string_view type = delivered["resourceType"].text();
    if (!delivered.exists()) return Delivery::absent;
    if (delivered.is_null()) return Delivery::null;
    if (type == "OperationOutcome") return Delivery::operation_outcome;
    if (readability == domain::Readability::unreadable) return type == "Bundle" ? Delivery::operation_outcome : Delivery::garbage;
    if (readability == domain::Readability::incomplete) return Delivery::partial;
    return input.resources == 0 ? Delivery::empty : Delivery::supplied;
}

InputExamination examine_key(const std::string& key, json::Value delivered, domain::Input which) {
    const std::string_view type = resource_type(which);
    const std::string_view found = delivered["resourceType"].text();
    InputExamination input;
    input.key = key;
    input.type = type;
    if (found == "Bundle") {
        examine_bundle(delivered, type, input);
    } else if (found == "OperationOutcome") {
        remark_outcome(delivered, input.remarks);
    } else if (found == type) {
        input.resources = 1;
        if (type != "Patient") input.remarks.emplace_back("one resource stands where a Bundle was asked for");
        if (!names_patient(delivered, type)) input.remarks.emplace_back("it names no patient");
    } else if (delivered.exists() && !delivered.is_null()) {
        const std::string what = found.empty() ? "something that is no resource" : "a " + shown_if_plain(found, longest_key);
        input.remarks.push_back(what + " stands where " + std::string(type) + " was asked for");
    }
    const auto readability = read_input({which, delivered}, FhirAccess::none).resources.readability;
    input.delivery = delivery_of(delivered, input, readability);
    input.is_read = readability == domain::Readability::complete && !(which == domain::Input::patient && input.resources != 1);
    input.is_fetched = is_open(delivered, which) || !next_page(delivered).empty();
    return input;
}

}  // namespace

const char* name(Delivery delivery) {
    switch (delivery) {
        case Delivery::absent: return "absent";
        case Delivery::null: return "null";
        case Delivery::empty: return "empty";
        case Delivery::supplied: return "supplied";
        case Delivery::partial: return "partial";
        case Delivery::operation_outcome: return "OperationOutcome";
        case Delivery::garbage: break;
    }
    return "garbage";
}

std::string shown_if_plain(std::string_view text, std::size_t longest) {
    const bool plain = !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    return plain ? std::string(text) : "(not shown)";
}

void examine_inputs(json::Value request, const fhir::Service& service, Examination& into) {
    const json::Value prefetch = request["prefetch"];
    for (const auto& [key, unused] : service.prefetch) {
        if (const auto which = input_of(key)) into.inputs.push_back(examine_key(key, prefetch[key], *which));
    }
    for (const json::Member member : prefetch.members()) {
        const bool known = std::any_of(into.inputs.begin(), into.inputs.end(), [&](const auto& input) { return input.key == member.name; });
        if (!known) into.other_keys.push_back(shown_if_plain(member.name, longest_key));
    }
}

}  // namespace rectal_cds::cdshooks
