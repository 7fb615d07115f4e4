// A client: an EHR that may call, and how it is to be treated. One entry of the client registry file.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/address_policy.hpp"
#include "auth/algorithm.hpp"
#include "auth/fhir_base_url.hpp"
#include "auth/key_set.hpp"
#include "cdshooks/wire_profile.hpp"

namespace rectal_cds::auth {

enum class PatientCards { none, plain_language };  // for Patient and RelatedPerson users (decisions.md 32)

// Invariants, held by read_client_registry: every URL is_confidential; there is a jku, a key, or both; `audiences` are
// in the form of normalised_audience; at least one algorithm; 1 <= uses_per_token; lifetime and leeway within bounds.
struct Client {
    std::string name;  // unique, [A-Za-z0-9._-]{1,64}: how logs and metrics call it
    std::string iss;   // unique; compared byte by byte
    std::optional<Url> jku;
    KeySet keys;  // given in the registry itself; asked before `jku`
    std::vector<Algorithm> algorithms{Algorithm::es384, Algorithm::rs384};

    std::vector<std::string> audiences;  // public URLs of our endpoints as this client writes them; may be empty
    bool feedback_with_service_audience = false;  // a feedback call may also name the service's URL
    std::vector<std::string> tenants;             // empty: the tenant is not judged
    std::chrono::seconds longest_lifetime{3600};  // exp - iat
    std::chrono::seconds leeway{60};              // for the clocks of two machines
    int uses_per_token = 1;                       // of one jti until it expires

    std::vector<BaseUrl> fhir_servers;      // the only ones that are contacted for this client
    bool fetches_without_token = false;     // its servers answer calls without fhirAuthorization
    std::vector<IpRange> address_ranges;    // non-public addresses that may be connected to for it
    std::vector<std::string> cors_origins;  // in the form of Url::origin()

    cdshooks::WireSettings wire;            // version and dialect of the answers
    bool patient_links = false;             // Patient.link names the same patient (merged records)
    bool silent = false;                    // evaluated and recorded, nothing shown
    std::vector<std::string> switched_off;  // ids of recommendations that are not shown to this client
    PatientCards patient_cards = PatientCards::none;

    // The configured server that a call names, or null (decisions.md 15: 403, no look-up, an alarm).
    const BaseUrl* fhir_server(std::string_view named) const;
};

// One trailing slash and the scheme's default port removed, nothing else (decisions.md 26).
std::string normalised_audience(std::string_view audience);

}  // namespace rectal_cds::auth
