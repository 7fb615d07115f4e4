// Knowledge files that anybody may edit: a value set, and a plan. Faults are named; nothing else happens.
#include "fhir/code_book.hpp"
#include "fuzz/target.hpp"

using namespace rectal_cds;

RECTAL_CDS_FUZZ_TARGET(value_set) {
    std::vector<base::Error> errors;
    const auto book = fhir::CodeBook::read({{"profiles/valuesets/kras-result.json", std::string(input)}}, errors);
    for (const base::Error& error : errors) fuzz::require(!error.what.empty(), "a fault is said");
    (void)book.look_up("http://loinc.org", "82535-6");
    (void)book.look_up(input.substr(0, input.size() / 2), input.substr(input.size() / 2));
}
