// A plan, with nothing around it: every fault is named with its file.
#include "fhir/knowledge.hpp"
#include "fuzz/target.hpp"

using namespace rectal_cds;

RECTAL_CDS_FUZZ_TARGET(plan) {
    std::vector<base::Error> errors;
    const auto knowledge = fhir::read_knowledge({{"hooks/guideline/plans/fuzz.json", std::string(input)}}, errors);
    fuzz::require(!errors.empty(), "a plan alone is no knowledge");
    for (const base::Error& error : errors)
        fuzz::require(!error.what.empty() && !error.where.empty(), "a fault has a place");
}
