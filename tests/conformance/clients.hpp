// The EHRs that the service knows in these tests, the tokens they send, and the services that ask for such tokens.
#pragma once

#include <string>
#include <string_view>

#include "conformance/fake_ehr.hpp"
#include "conformance/service.hpp"
#include "support/token.hpp"

namespace rectal_cds::conformance {

inline constexpr const char* public_url = "https://cds.test";  // of the service, as its clients write it

// "ehr": keys at the key endpoint of ehr(), its FHIR server, one allowed origin. The others have their keys in the
// registry: "other" is a second hospital, "silent" is shown nothing, "kit" sends a token twenty times, the rest is
// named by what it understands.
inline const Caller ehr_caller{"https://ehr.test/fhir"};
inline const Caller other_caller{"https://other.test"};
inline const Caller silent_caller{"https://silent.test"};
inline const Caller kit_caller{"https://kit.test"};
inline const Caller one_audience_caller{"https://one-audience.test"};  // names the service's URL for feedback as well
inline const Caller epic_caller{"https://epic.test/api/FHIR/R4", {Wire::v2_0, true}};
inline const Caller epic_html_caller{"https://epic-html.test", {Wire::v2_0, true}};
inline const Caller v1_0_caller{"https://v1-0.test", {Wire::v1_0}};
inline const Caller v1_1_caller{"https://v1-1.test", {Wire::v1_1}};
inline const Caller v3_0_caller{"https://v3-0.test", {Wire::v3_0}};
inline const Caller v3_0_choosing_caller{"https://v3-0-choosing.test", {Wire::v3_0}};
inline constexpr const char* browser_origin = "https://ehr.test";

// The EHR of this process; ends with the services of the suite.
FakeEhr& ehr();
void end_ehr();

// As JSON, for --clients.
std::string registry_text();
std::string all_public_keys();  // JWK Set: ec-1 (P-384), rsa+/= (RSA), p256, p521, for-encryption, without-alg

// A token of now, for this address of the service; each has a jti of its own.
auth::testing::Members claims_of(std::string_view iss, std::string_view path);
std::string es384_token(const auth::testing::Members& claims,
                        const auth::testing::Members& header = auth::testing::good_header());
std::string rs384_token(const auth::testing::Members& claims, const auth::testing::Members& header);
// A JSON text; only quotes and backslashes are escaped.
inline std::string as_json(std::string_view text) { return auth::testing::quoted(text); }

std::string bearer(const Caller& caller, const std::string& path);

// The service with this registry, the day of the examples and no memory of shown cards; `more` flags behind.
Configuration registered_configuration(const std::vector<std::string>& more = {});
Service& registered();  // with the longest time to fetch, so that a busy machine changes no answer

}  // namespace rectal_cds::conformance
