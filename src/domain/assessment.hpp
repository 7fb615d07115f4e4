// Assessment: everything derived from a Case once, before any fact is asked about.
#pragma once

#include <optional>

#include "domain/case.hpp"
#include "domain/molecular.hpp"
#include "domain/response.hpp"
#include "domain/staging.hpp"
#include "domain/surgery.hpp"
#include "domain/therapy.hpp"

namespace rectal_cds::domain {

// Refers to the Case, which must outlive it.
struct Assessment {
    explicit Assessment(const Case& a_case);

    const Case& record;
    Staging staging;
    Molecular molecular;
    Therapy therapy;
    Response response;
    std::optional<RestagingClock> restaging;
    SurgeryAfterBevacizumab surgery;
};

}  // namespace rectal_cds::domain
