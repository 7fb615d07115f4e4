// Quantities: the input is a FHIR Quantity, or a unit. A value comes only with a unit that is known.
#include <cmath>

#include "fhir/quantity.hpp"
#include "fhir/unit_table.hpp"
#include "fuzz/target.hpp"

using namespace rectal_cds;

RECTAL_CDS_FUZZ_TARGET(unit) {
    const auto document = json::Document::parse(std::string(input));
    for (int number = 0; number < static_cast<int>(domain::Quantity::ecog) + 12; ++number) {
        const auto kind = static_cast<domain::Quantity>(number);
        if (const fhir::Unit* unit = fhir::find_unit(kind, input))
            fuzz::require(std::isfinite(unit->factor) && unit->factor >= 0, "a factor is a number");
        if (!document.ok()) continue;
        const fhir::ReadQuantity read = fhir::read_quantity(document.value().root(), kind);
        fuzz::require(!read.problem.empty() || std::isfinite(read.value), "a value that may be used is a number");
    }
    const std::string spelling = fhir::unit_spelling(input);
    fuzz::require(fhir::unit_spelling(spelling) == spelling, "a spelling is final");
    (void)fhir::other_cea_unit(input);
    if (document.ok()) (void)fhir::read_gray(document.value().root());
}
