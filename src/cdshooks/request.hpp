// A CDS Hooks request (2.0.1), checked: the envelope, the context of its hook, and where its data stand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/case.hpp"
#include "json/document.hpp"

namespace rectal_cds::cdshooks {

// The Values look into the Document of the call.
struct Request {
    domain::Hook hook{};
    std::string hook_instance;   // a UUID, as sent
    std::string user_id;         // "Practitioner/onc-1"
    std::string patient_id;      // logical id, without type
    std::string encounter_id;    // empty when the call has none
    std::string fhir_server;     // without trailing slash; empty when the call has none
    json::Value draft_orders;    // Bundle; missing at patient-view
    std::vector<std::string> selections;
    bool all_selected = false;   // every draft is being judged: order-sign, and the hooks that knew no selections
    json::Value prefetch;        // object; missing when the call has none

    std::string_view user_type() const { return std::string_view(user_id).substr(0, user_id.find('/')); }
};

const char* name(domain::Hook hook);             // "patient-view"
const char* deprecated_name(domain::Hook hook);  // its name in CDS Hooks 1.0: "order-review" of order-sign; null: it had none

// Errors are ErrorKind::invalid with the place, as decisions.md 16 lists them. `expected` is the hook of the service.
// `deprecated_hooks`: medication-prescribe {medications} is read as order-select with all drafts selected, order-review
// {orders} as order-sign (cds-hooks.md 12.4).
base::Result<Request> read_request(json::Value root, domain::Hook expected, bool deprecated_hooks = false);

base::Error not_an_object();  // what is said of a body that is JSON and no object

bool is_uuid(std::string_view text);  // any version and case

}  // namespace rectal_cds::cdshooks
