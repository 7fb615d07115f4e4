// GET /cds-services (cds-hooks.md 3) and which service a POST reaches: the services as the knowledge defines them, each
// description with the version and the state of review of the content, in the form of one version of CDS Hooks; byte
// for byte the same each time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cdshooks/wire_profile.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

struct DiscoveryForm {
    WireVersion version = WireVersion::v2_0;
    std::string shared_id;          // one id for all hooks, instead of the three (decisions.md 31); empty: three
    bool deprecated_hooks = false;  // also medication-prescribe and order-review, at order-select and order-sign
    std::string specification_version = "3.0.0";  // the member `version` of 3.0; the ballot also knows "STU3"
    std::string hook_version = "1.0";             // the member `hookVersion` of 3.0: as the hooks' definitions state it
};

struct Discovery {
    std::string body;
    std::string etag;  // strong, with its quotation marks: for the header ETag as it is
};

// 1.0 and 1.1 lack usageRequirements; 3.0 has version and hookVersion. Every entry names FHIR 4.0.1 in its extension
// "org.rectal-cds.fhirVersion".
Discovery discovery(const fhir::Knowledge& knowledge, const DiscoveryForm& form = {});

// What POST at this id reaches. Empty: nothing (404). Null: all services, and the hook of the body picks (shared id);
// so it is what Call::service takes.
std::optional<const fhir::Service*> service_at(const fhir::Knowledge& knowledge, const DiscoveryForm& form,
                                               std::string_view id);

// The service of a hook as a body names it; null: none (400).
const fhir::Service* service_for(const fhir::Knowledge& knowledge, std::string_view hook, bool deprecated_hooks);

}  // namespace rectal_cds::cdshooks
