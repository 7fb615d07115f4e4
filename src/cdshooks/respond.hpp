// respond: the service as a pure function, in two steps around fetching. No clock, disk, socket or environment: the
// day, the seed and what was fetched come in.
#pragma once

#include <variant>
#include <vector>

#include "cdshooks/answer.hpp"
#include "cdshooks/fetched.hpp"
#include "cdshooks/input_pages.hpp"
#include "cdshooks/prepared.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cdshooks {

// Parses and checks the body. An Answer where nothing need be fetched any more: refused (400, 413, 422), or no cards
// for this audience.
std::variant<Prepared, Answer> prepare(const fhir::Knowledge& knowledge, Call call);

// The second step. `fetched`: what came of queries() and follow_up(), in any order; a query without a Fetched was not
// attempted. 200 with cards; 412 needed data unobtainable, or the server's data are about another patient; 500; 503.
Answer respond(const fhir::Knowledge& knowledge, Prepared prepared, std::vector<Fetched> fetched, FhirAccess access);

// Both steps without FHIR access: evaluate, golden cases.
Answer respond(const fhir::Knowledge& knowledge, Call call);

}  // namespace rectal_cds::cdshooks
