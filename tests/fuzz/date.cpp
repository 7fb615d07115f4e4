// Dates and instants: an interval is one, reads back, and ages do not run backwards.
#include "base/date.hpp"
#include "cdshooks/instant.hpp"
#include "fuzz/target.hpp"

using namespace rectal_cds;

RECTAL_CDS_FUZZ_TARGET(date) {
    if (const auto interval = base::parse_fhir_date(input)) {
        fuzz::require(interval->first <= interval->last, "an interval does not run backwards");
        fuzz::require(base::days_between(interval->first, interval->last) <= 365, "a date means a year at most");
        fuzz::require(base::age_in_years(interval->first, interval->last) >= 0, "ages do not run backwards");
        if (interval->is_one_day())
            fuzz::require(base::parse_fhir_date(base::iso(interval->first)) == interval, "a day reads back as itself");
    }
    if (const auto day = base::parse_day(input)) {
        fuzz::require(base::iso(*day) == input, "a day is written as it was read");
        for (const int months : {-12, 1, 25}) (void)base::add_months(*day, months);
    }
    if (const auto instant = cdshooks::parse_instant(input))
        fuzz::require(cdshooks::parse_instant(cdshooks::iso(*instant)) == instant, "an instant reads back as itself");
}
