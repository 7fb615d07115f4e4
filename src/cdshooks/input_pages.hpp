// What came under one prefetch key, from the request and from the FHIR server, read as one input. The six states of a
// key are kept apart: absent, null, resource, Bundle, empty Bundle, OperationOutcome or nonsense (cds-hooks.md 6.2;
// decisions.md 2, 5, 7, 8). "Not supplied" never becomes "not present".
#pragma once

#include <string_view>
#include <vector>

#include "cdshooks/answer.hpp"
#include "cdshooks/fetched.hpp"
#include "fhir/record.hpp"
#include "json/document.hpp"

namespace rectal_cds::cdshooks {

// Whether the FHIR server of the call could be asked at all: it is known, allowed, and the token was usable. It makes
// "absent" differ from "absent, tried and failed" (decisions.md 4 and 5). The others say why not.
enum class FhirAccess : unsigned char {
    none,          // the call names no server, or nothing is fetched here
    other_server,  // it names one that may not be asked
    no_token,      // it has no token, and the server is asked with one only
    possible
};

std::string_view resource_type(domain::Input input);  // "Condition"

// Whether what stands under a key is as good as nothing: absent, or no resource of the expected kind. Then it may be
// fetched; null, a Bundle and an OperationOutcome are answers.
bool is_open(json::Value delivered, domain::Input input);

// The address of the next page that a Bundle names; "" when it has none that is an http or https URL.
std::string_view next_page(json::Value bundle);

// The resources of a page: of the entries of a Bundle, or the one resource. Of any type.
std::vector<json::Value> resources_of(json::Value page);

// All that came under one key.
struct InputPages {
    domain::Input input{};
    json::Value delivered;             // missing when absent
    const Fetched* fetched = nullptr;  // null: it was not asked for
    bool is_obtainable = true;         // the call has every value that the query needs
};

struct InputRead {
    fhir::InputResources resources;
    InputReport report;
};
InputRead read_input(const InputPages& pages, FhirAccess access);

}  // namespace rectal_cds::cdshooks
