#include "cdshooks/prefetch.hpp"

#include <algorithm>
#include <utility>

#include "cdshooks/patient_match.hpp"
#include "cdshooks/queries.hpp"
#include "cdshooks/unobtainable.hpp"

namespace rectal_cds::cdshooks {

using domain::Input;
using domain::Readability;
using fhir::Record;

namespace {

constexpr const char* no_ids_here = "The resource belongs to another patient than context.patientId.";

Refusal sent_for_another(std::string where) {
    return {{base::ErrorKind::wrong_patient, std::move(where), no_ids_here}, Reason::patient_mismatch};
}

Refusal fetched_for_another(const std::string& key) {
    return {{base::ErrorKind::unobtainable, "fetched." + key,
             "The FHIR server returned a resource that belongs to another patient than context.patientId."},
            Reason::fetched_patient_mismatch};
}

// An absolute reference means this patient only under the fhirServer of the call (decisions.md 24).
Refusal sent_with_subject_elsewhere(std::string where, bool names_server) {
    const char* const what = names_server ? "The resource names its patient by an absolute reference to another server than the fhirServer of the call; whose patient that is cannot be told."
                                          : "The resource names its patient by an absolute reference, and the call names no fhirServer: that this server's patient is context.patientId cannot be told.";
    return {{base::ErrorKind::wrong_patient, std::move(where), what}, Reason::patient_mismatch};
}

Refusal refusal_of(const PatientMatch& match, json::Value resource, std::string where) {
    if (!match.is_at_unknown_server(resource)) return sent_for_another(std::move(where));
    return sent_with_subject_elsewhere(std::move(where), match.names_server());
}

std::optional<Refusal> check_page(const PatientMatch& match, json::Value page, const std::string& where) {
    if (page["resourceType"].text() != "Bundle") {
        return match.is_somebody_elses(page) ? std::optional(refusal_of(match, page, where)) : std::nullopt;
    }
    const json::Value entries = page["entry"];
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const json::Value resource = entries.at(i)["resource"];
        if (match.is_somebody_elses(resource)) return refusal_of(match, resource, where + ".entry[" + std::to_string(i) + "].resource");
    }
    return std::nullopt;
}

// The Encounter of the context names its patient, wherever the client put it.
std::optional<Refusal> check_encounter(const PatientMatch& match, const Request& request) {
    if (request.encounter_id.empty()) return std::nullopt;
    for (const auto [key, value] : request.prefetch.members()) {
        for (const json::Value resource : resources_of(value)) {
            const bool is_it = resource["resourceType"].text() == "Encounter" && resource["id"].text() == request.encounter_id;
            if (is_it && match.is_somebody_elses(resource)) return sent_for_another("context.encounterId");
        }
    }
    return std::nullopt;
}

// A draft says whose it is, or nothing at all; a subject that leads nowhere is not taken for this patient.
std::optional<Refusal> check_drafts(const PatientMatch& match, const Request& request) {
    if (auto refusal = check_page(match, request.draft_orders, "context.draftOrders")) return refusal;
    const json::Value entries = request.draft_orders["entry"];
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const json::Value order = entries.at(i)["resource"];
        const bool is_bound = order["subject"].exists() || order["patient"].exists();
        if (!is_bound || match.owner_of(order) != Owner::undetermined) continue;
        return sent_for_another("context.draftOrders.entry[" + std::to_string(i) + "].resource");
    }
    return std::nullopt;
}

std::optional<Refusal> check_sent(const PatientMatch& match, const Request& request, const fhir::Service& service) {
    for (const auto& [key, prefetch_template] : service.prefetch) {
        if (auto refusal = check_page(match, request.prefetch[key], "prefetch." + key)) return refusal;
    }
    if (auto refusal = check_drafts(match, request)) return refusal;
    return check_encounter(match, request);
}

std::optional<Refusal> check_fetched(const PatientMatch& match, const std::vector<Fetched>& fetched) {
    for (const Fetched& one : fetched) {
        const bool is_key = input_of(one.key).has_value();
        for (const json::Document& page : one.pages) {
            if (check_page(match, page.root(), "")) return fetched_for_another(is_key ? one.key : "Medication");
        }
    }
    return std::nullopt;
}

void add_reference(Record& record, json::Value resource, std::string_view full_url) {
    const std::string_view type = resource["resourceType"].text(), id = resource["id"].text();
    if (!type.empty() && !id.empty()) record.by_reference.emplace(std::string(type) + '/' + std::string(id), resource);
    const bool is_url = full_url.substr(0, 4) == "urn:" || full_url.find("://") != std::string_view::npos;
    if (is_url && resource.is_object()) record.by_reference.emplace(full_url, resource);
}

void add_references(Record& record, json::Value page) {
    if (page["resourceType"].text() != "Bundle") return add_reference(record, page, {});
    for (const json::Value entry : page["entry"].elements()) add_reference(record, entry["resource"], entry["fullUrl"].text());
}

// Whose a resource is, is only ever looked up by urn: other references say it themselves.
void add_urns(Record& record, json::Value page) {
    if (page["resourceType"].text() != "Bundle") return;
    for (const json::Value entry : page["entry"].elements()) {
        const std::string_view full_url = entry["fullUrl"].text();
        const bool is_urn = full_url.substr(0, 4) == "urn:" && entry["resource"].is_object();
        if (is_urn) record.by_reference.emplace(full_url, entry["resource"]);
    }
}

void index_urns(Record& record, const Request& request, const fhir::Service& service) {
    for (const auto& [key, prefetch_template] : service.prefetch) add_urns(record, request.prefetch[key]);
    add_urns(record, request.draft_orders);
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

// decisions.md 9: what names no patient may not be used, and nothing is concluded from its absence.
void drop_unattributable(const PatientMatch& match, fhir::InputResources& input, InputReport& report) {
    const auto is_ours = [&](json::Value resource) { return match.owner_of(resource) == Owner::this_patient; };
    const auto end = std::stable_partition(input.resources.begin(), input.resources.end(), is_ours);
    if (end == input.resources.end()) return;
    input.resources.erase(end, input.resources.end());
    if (input.readability != Readability::complete) return;
    input.readability = Readability::incomplete;
    input.shortfall = domain::Shortfall::unattributable;
    report.state = InputState::incomplete;
}

const Fetched* fetched_for(const std::vector<Fetched>& fetched, std::string_view key) {
    const auto found = std::find_if(fetched.begin(), fetched.end(), [&](const Fetched& one) { return one.key == key; });
    return found == fetched.end() ? nullptr : &*found;
}

void read_inputs(Assembled& into, const Prepared& prepared, const std::vector<Fetched>& fetched, FhirAccess access) {
    const fhir::Service& service = *prepared.call().service;
    for (int i = 0; i < domain::input_count; ++i) {
        const auto input = static_cast<Input>(i);
        const std::string_view key = domain::name(input);
        const auto asked = std::find_if(service.prefetch.begin(), service.prefetch.end(), [&](const auto& p) { return p.first == key; });
        if (asked == service.prefetch.end()) {
            into.record[input] = {Readability::not_asked, {}, {}};
            continue;
        }
        const bool is_obtainable = filled_in(asked->second, prepared.request()).has_value();
        const Fetched* const came = access == FhirAccess::possible ? fetched_for(fetched, key) : nullptr;
        InputRead read = read_input({input, prepared.request().prefetch[key], came, is_obtainable}, access);
        into.record[input] = std::move(read.resources);
        into.inputs[static_cast<std::size_t>(i)] = read.report;
    }
}

// decisions.md 5. A Patient that the FHIR server was asked for in vain is unreadable; one that was not delivered, and
// cannot be asked for, ends the call.
std::optional<Refusal> check_patient(Assembled& assembled, const Request& request, FhirAccess access) {
    fhir::InputResources& patient = assembled.record[Input::patient];
    const bool is_open_key = is_open(request.prefetch["patient"], Input::patient);
    if (patient.resources.size() == 1) {
        if (!patient.resources.front()["id"].text().empty()) return std::nullopt;
        if (!is_open_key) return sent_for_another("prefetch.patient");
    }
    assembled.inputs[0].state = assembled.inputs[0].state == InputState::absent ? InputState::absent : InputState::unreadable;
    if (access == FhirAccess::possible && is_open_key) {
        const domain::Shortfall why = patient.shortfall;
        patient = {Readability::unreadable, why == domain::Shortfall::none ? domain::Shortfall::not_fhir : why, {}};
        return std::nullopt;
    }
    std::vector<MissingInput> missing{{Input::patient, patient.shortfall}};
    const fhir::InputResources& conditions = assembled.record[Input::conditions];
    if (conditions.readability == Readability::unreadable) missing.push_back({Input::conditions, conditions.shortfall});
    Unobtainable lacking = unobtainable(missing, request, access);
    return Refusal{{base::ErrorKind::unobtainable, lacking.places.front(), std::move(lacking.what)}, Reason::unobtainable,
                   std::move(lacking.places), lacking.obstacle};
}

}  // namespace

std::optional<Input> input_of(std::string_view key) {
    for (int i = 0; i < domain::input_count; ++i) {
        if (key == domain::name(static_cast<Input>(i))) return static_cast<Input>(i);
    }
    return std::nullopt;
}

void index_references(Record& record, const Request& request, const fhir::Service& service, const std::vector<Fetched>& fetched) {
    record.fhir_base = request.fhir_server;
    for (const auto& [key, prefetch_template] : service.prefetch) add_references(record, request.prefetch[key]);
    add_references(record, request.draft_orders);
    for (const Fetched& one : fetched) {
        for (const json::Document& page : one.pages) add_references(record, page.root());
    }
}

std::optional<Refusal> check_sent(const Request& request, const fhir::Service& service, bool allow_patient_links) {
    const json::Value patient = request.prefetch["patient"];
    if (allow_patient_links && is_open(patient, Input::patient)) return std::nullopt;
    Record record;
    index_urns(record, request, service);
    PatientMatch match(request, record);
    if (allow_patient_links) match.accept_links_of(patient);
    return check_sent(match, request, service);
}

Assembled assemble(const Prepared& prepared, const std::vector<Fetched>& fetched, FhirAccess access) {
    Assembled result;
    const Request& request = prepared.request();
    Record& record = result.record;
    record.hook = request.hook;
    record.today = prepared.call().today;
    index_references(record, request, *prepared.call().service, fetched);
    read_inputs(result, prepared, fetched, access);
    PatientMatch match(request, record);
    const auto& patients = record[Input::patient].resources;
    if (prepared.call().allow_patient_links && patients.size() == 1) match.accept_links_of(patients.front());
    // prepare() has looked at what was sent; with links between Patients or fetched pages it may mean something else.
    const bool is_checked = fetched.empty() && !prepared.call().allow_patient_links;
    if (!is_checked) result.refusal = check_sent(match, request, *prepared.call().service);
    if (!result.refusal) result.refusal = check_fetched(match, fetched);
    if (!result.refusal) result.refusal = check_patient(result, request, access);
    if (result.refusal) return result;
    add_drafts(record, request);
    for (int i = 1; i < domain::input_count; ++i) {
        const auto input = static_cast<Input>(i);
        drop_unattributable(match, record[input], result.inputs[static_cast<std::size_t>(i)]);
    }
    return result;
}

}  // namespace rectal_cds::cdshooks
