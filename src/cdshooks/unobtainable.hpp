// Data without which nothing can be judged and that could not be had: the 412 says which keys, and what stood in the
// way (decisions.md 4-6), so that whoever connects the EHR knows what to mend.
#pragma once

#include <string>
#include <vector>

#include "cdshooks/answer.hpp"
#include "cdshooks/input_pages.hpp"
#include "cdshooks/request.hpp"
#include "domain/source.hpp"

namespace rectal_cds::cdshooks {

struct MissingInput {
    domain::Input input{};
    domain::Shortfall shortfall{};  // none: it was read, and does not hold what is needed
};

struct Unobtainable {
    std::vector<std::string> places;  // "prefetch.patient"
    std::string what;                 // sentences; no address, no id
    Obstacle obstacle{};
};

// Of one missing input or more.
Unobtainable unobtainable(const std::vector<MissingInput>& missing, const Request& request, FhirAccess access);

}  // namespace rectal_cds::cdshooks
