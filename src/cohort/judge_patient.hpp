// One patient judged, and the line of the results that says so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cdshooks/audience.hpp"
#include "cdshooks/call.hpp"
#include "cdshooks/wire_profile.hpp"
#include "cohort/patient_call.hpp"
#include "fhir/knowledge.hpp"

namespace rectal_cds::cohort {

struct JudgeRules {
    const fhir::Knowledge& knowledge;
    const fhir::Knowledge* other = nullptr;  // to compare with; null: nothing is compared
    CallRules call = {};
    base::Day today{};
    cdshooks::AudienceSettings audience = {};
    cdshooks::WireChoice wire = {};
    std::size_t max_bytes = 64u * 1024 * 1024;  // of one patient's request
    bool with_answers = false;                  // add the whole answer to the result
};

// The call that is judged, of that body; its service is null when the knowledge has none for the hook.
cdshooks::Call call_of(const fhir::Knowledge& knowledge, const std::string& body, const JudgeRules& rules);

// A result, one JSON object without line feed:
//   patient, status (of the answer; 204: an order hook, and the patient has no draft order)
//   cards [{id, indicator, folded?}], silence (why there are none), notAssessed [id], failed [id]
//   open [{id, withheld, facts [name]}]: what further data could decide; withheld: data are there and cannot be read
//   inputs {prefetch key: state}, unusable [{about, problem, status?, unit?, count}]
//   unknownCodes [{element, system, code, count}], incomplete, otherCopies
//   unread {prefetch key: why}: what the FHIR server was asked for and did not give, or not whole
//   error {where, what} of a status of 400 or above
//   changes {added [{id, indicator}], removed [..], indicator [{id, from, to}], wording [id], status {from, to}}: under
//   the other knowledge, when there is one and anything changes
//   answer: as an EHR gets it
std::string judge_patient(const std::string& patient, const PatientCall& call, const JudgeRules& rules);

}  // namespace rectal_cds::cohort
