#include "cdshooks/request.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace rectal_cds::cdshooks {

using base::Error;
using base::ErrorKind;
using domain::Hook;

namespace {

constexpr std::size_t max_id_bytes = 256;
constexpr std::size_t max_draft_id_bytes = 1024;

Error invalid(std::string where, std::string what) { return {ErrorKind::invalid, std::move(where), std::move(what)}; }

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// decisions.md 23: bytes, no control characters, no '/', not "." or "..".
bool is_id(std::string_view id, std::size_t max_bytes) {
    if (id.empty() || id.size() > max_bytes || blank(id) || id == "." || id == "..") return false;
    return std::none_of(id.begin(), id.end(), [](char c) { return c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_typed_reference(std::string_view reference) {
    const auto slash = reference.find('/');
    if (slash == std::string_view::npos || slash == 0) return false;
    const auto type = reference.substr(0, slash);
    const bool letters = std::all_of(type.begin(), type.end(), [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
    return letters && is_id(reference.substr(slash + 1), max_id_bytes);
}

bool is_http_url(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (text.substr(0, scheme.size()) == scheme && text.size() > scheme.size()) return text.find_first_of(" \t\r\n") == std::string_view::npos;
    }
    return false;
}

// The context member that holds the drafts, under the name that the hook of the body gives it.
const char* drafts_member(std::string_view hook) {
    return hook == "medication-prescribe" ? "medications" : hook == "order-review" ? "orders" : "draftOrders";
}

bool is_deprecated(std::string_view hook) { return hook == "medication-prescribe" || hook == "order-review"; }

std::optional<Error> check_envelope(json::Value root, Hook expected, bool deprecated_hooks) {
    if (!root.is_object()) return not_an_object();
    if (!root["hook"].is_string()) return invalid("hook", "The name of the hook is expected.");
    const std::string_view hook = root["hook"].text();
    const bool is_old_name = deprecated_hooks && is_deprecated(hook) && hook == deprecated_name(expected);
    if (hook != name(expected) && !is_old_name) {
        return invalid("hook", std::string("This service is called on the hook ") + name(expected) + ".");
    }
    if (!is_uuid(root["hookInstance"].text())) return invalid("hookInstance", "A UUID is expected.");
    if (!root["context"].is_object()) return invalid("context", "The context object of the hook is expected.");
    const json::Value prefetch = root["prefetch"];
    if (prefetch.exists() && !prefetch.is_null() && !prefetch.is_object()) return invalid("prefetch", "An object of prefetch keys is expected.");
    return std::nullopt;
}

// Epic says which version of FHIR the whole call is written in (cds-hooks.md 12, 13).
std::optional<Error> check_fhir_version(json::Value root) {
    constexpr const char* member = "com.epic.cdshooks.request.fhir-version";
    const std::string_view version = root["extension"][member].text();
    if (version.empty() || version.substr(0, 2) == "R4" || version.substr(0, 2) == "4.") return std::nullopt;
    return Error{ErrorKind::unsupported, std::string("extension.") + member, "FHIR R4 is expected; this call is written in another version."};
}

std::optional<Error> check_fhir_access(json::Value root) {
    const json::Value server = root["fhirServer"], authorization = root["fhirAuthorization"];
    if (server.exists() && !server.is_null() && !is_http_url(server.text())) return invalid("fhirServer", "A URL is expected.");
    if (!authorization.exists() || authorization.is_null()) return std::nullopt;
    if (!authorization.is_object()) return invalid("fhirAuthorization", "An object with access_token is expected.");
    if (blank(server.text())) return invalid("fhirServer", "fhirAuthorization requires fhirServer.");
    for (const std::string_view member : {"access_token", "token_type", "scope", "subject"}) {
        if (!authorization[member].is_string()) return invalid("fhirAuthorization." + std::string(member), "A string is expected.");
    }
    if (authorization["token_type"].text() != "Bearer") return invalid("fhirAuthorization.token_type", "Bearer is expected.");
    const json::Value expires_in = authorization["expires_in"];
    // Required, and left out by EHRs all the same: such a token is taken to last as long as this call.
    if (expires_in.exists() && !expires_in.is_null() && !expires_in.integer()) return invalid("fhirAuthorization.expires_in", "A number of seconds is expected.");
    const json::Value patient = authorization["patient"];
    if (!patient.exists() || patient.is_null()) return std::nullopt;
    if (!patient.is_string()) return invalid("fhirAuthorization.patient", "A logical id without type is expected.");
    if (patient.text() != root["context"]["patientId"].text()) {
        return Error{ErrorKind::wrong_patient, "fhirAuthorization.patient", "The token is for another patient than the context."};
    }
    return std::nullopt;
}

std::optional<Error> check_context(json::Value context, Hook hook, std::string_view hook_name) {
    if (!is_id(context["patientId"].text(), max_id_bytes)) return invalid("context.patientId", "A logical id without type is expected.");
    if (!is_typed_reference(context["userId"].text())) return invalid("context.userId", "A reference Type/id is expected.");
    const json::Value encounter = context["encounterId"];
    if (encounter.exists() && !encounter.is_null() && !(encounter.is_string() && (blank(encounter.text()) || is_id(encounter.text(), max_id_bytes)))) {
        return invalid("context.encounterId", "A logical id without type is expected.");
    }
    if (hook == Hook::patient_view) return std::nullopt;
    const char* const drafts = drafts_member(hook_name);
    if (context[drafts]["resourceType"].text() != "Bundle") {
        return invalid(std::string("context.") + drafts, "A Bundle of the unsigned orders is expected; a client registered without the scopes for unsigned orders sends none.");
    }
    if (hook != Hook::order_select || is_deprecated(hook_name)) return std::nullopt;
    if (context["selections"].size() == 0 || !context["selections"].is_array()) return invalid("context.selections", "At least one reference to a draft order is expected.");
    for (std::size_t i = 0; i < context["selections"].size(); ++i) {
        const json::Value selection = context["selections"].at(i);
        const std::string where = "context.selections[" + std::to_string(i) + "]";
        if (!selection.is_string() || blank(selection.text()) || selection.text().size() > max_draft_id_bytes + max_id_bytes) {
            return invalid(where, "A reference to a draft order is expected.");
        }
    }
    return std::nullopt;
}

// `bundle_place`: "context.draftOrders".
std::optional<Error> check_drafts(json::Value bundle, const std::string& bundle_place) {
    const json::Value entries = bundle["entry"];
    if (entries.exists() && !entries.is_array()) return invalid(bundle_place + ".entry", "An array is expected.");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const json::Value resource = entries.at(i)["resource"];
        const std::string where = bundle_place + ".entry[" + std::to_string(i) + "].resource";
        if (!resource.exists()) continue;
        const std::string_view type = resource["resourceType"].text(), id = resource["id"].text();
        if (type.empty()) return invalid(where + ".resourceType", "The type of the resource is expected.");
        if (!id.empty() && !is_id(id, max_draft_id_bytes)) return invalid(where + ".id", "A logical id is expected.");
        for (const std::string_view other_version : {"MedicationOrder", "ProcedureRequest", "DiagnosticOrder", "ReferralRequest"}) {
            if (type == other_version) return Error{ErrorKind::unsupported, where, "FHIR R4 is expected; this type belongs to another version."};
        }
    }
    return std::nullopt;
}

}  // namespace

const char* name(Hook hook) {
    return hook == Hook::patient_view ? "patient-view" : hook == Hook::order_select ? "order-select" : "order-sign";
}

const char* deprecated_name(Hook hook) {
    return hook == Hook::order_select ? "medication-prescribe" : hook == Hook::order_sign ? "order-review" : nullptr;
}

base::Error not_an_object() { return invalid("http.body", "A JSON object with hook, hookInstance and context is expected."); }

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) return false;
    }
    return true;
}

base::Result<Request> read_request(json::Value root, Hook expected, bool deprecated_hooks) {
    if (const auto error = check_envelope(root, expected, deprecated_hooks)) return *error;
    if (const auto error = check_fhir_version(root)) return *error;
    const json::Value context = root["context"];
    const std::string_view hook = root["hook"].text();
    const std::string drafts = drafts_member(hook);
    if (const auto error = check_context(context, expected, hook)) return *error;
    if (const auto error = check_fhir_access(root)) return *error;
    if (const auto error = check_drafts(context[drafts], "context." + drafts)) return *error;
    Request request;
    request.hook = expected;
    request.hook_instance = root["hookInstance"].text();
    request.user_id = context["userId"].text();
    request.patient_id = context["patientId"].text();
    if (!blank(context["encounterId"].text())) request.encounter_id = context["encounterId"].text();
    request.fhir_server = root["fhirServer"].text();
    while (!request.fhir_server.empty() && request.fhir_server.back() == '/') request.fhir_server.pop_back();
    if (expected != Hook::patient_view) request.draft_orders = context[drafts];
    request.all_selected = expected == Hook::order_sign || is_deprecated(hook);
    for (const json::Value selection : context["selections"].elements()) request.selections.emplace_back(selection.text());
    if (root["prefetch"].is_object()) request.prefetch = root["prefetch"];
    return request;
}

}  // namespace rectal_cds::cdshooks
