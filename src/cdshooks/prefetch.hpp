// The data of a call, from the request and from the FHIR server, sorted into a Record that holds this patient's alone.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cdshooks/answer.hpp"
#include "cdshooks/fetched.hpp"
#include "cdshooks/input_pages.hpp"
#include "cdshooks/prepared.hpp"
#include "cdshooks/request.hpp"
#include "fhir/knowledge.hpp"
#include "fhir/record.hpp"

namespace rectal_cds::cdshooks {

std::optional<domain::Input> input_of(std::string_view key);  // of the prefetch keys that are read

// Why a call is refused.
struct Refusal {
    base::Error error;
    Reason reason{};
    std::vector<std::string> places{};  // all of them, where error.where is one of several
    Obstacle obstacle{};
};

// Whether anything that was sent is about another patient: asked keys, drafts, and the Encounter of the context under
// whatever key. What is still to be fetched is not needed for it, unless links between Patients count.
std::optional<Refusal> check_sent(const Request& request, const fhir::Service& service, bool allow_patient_links);

struct Assembled {
    fhir::Record record;
    std::array<InputReport, domain::input_count> inputs{};
    std::optional<Refusal> refusal;  // another patient's data, or no Patient (decisions.md 5); then the record is void
};

// `fetched` and the documents must outlive the Record. Unreadable conditions, and a Patient that could not be fetched,
// are left to the caller (local-codes.md D1).
Assembled assemble(const Prepared& prepared, const std::vector<Fetched>& fetched, FhirAccess access);

// Everything that is delivered under asked keys, drafted or fetched, by its references.
void index_references(fhir::Record& record, const Request& request, const fhir::Service& service,
                      const std::vector<Fetched>& fetched);

}  // namespace rectal_cds::cdshooks
