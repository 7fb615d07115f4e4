// A FHIR server that the operator named on the command line: its base, and which addresses it may have.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/address_policy.hpp"
#include "auth/fhir_base_url.hpp"
#include "base/result.hpp"

namespace rectal_cds {

struct NamedFhirServer {
    auth::BaseUrl base;
    std::vector<auth::IpRange> ranges;  // its own address where it is written as one, loopback where it is localhost
};

// https, or http on loopback. `ranges`: private networks (CIDR) that its name may resolve to. Faults go to `errors`,
// and the server may be used only when there are none.
std::optional<NamedFhirServer> named_fhir_server(const std::string& url, const std::vector<std::string>& ranges,
                                                 std::vector<base::Error>& errors);

}  // namespace rectal_cds
