#include "domain/assessment.hpp"

namespace rectal_cds::domain {

Assessment::Assessment(const Case& a_case)
    : record(a_case),
      staging(stage(record)),
      molecular(assess_molecular(record)),
      therapy(assess_therapy(record, staging)),
      response(assess_response(record, therapy)),
      restaging(restaging_clock(record, therapy)),
      surgery(assess_bevacizumab_interval(record)) {}

}  // namespace rectal_cds::domain
