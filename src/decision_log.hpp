// --decision-log: one JSON line for each judged call, by hookInstance: which recommendations fired, which did not,
// which could not be assessed and why, and why nothing was shown. No patient, no user, no clinical value (cds-hooks.md
// 13, row 13).
#pragma once

#include <string>

#include "base/result.hpp"
#include "service/answered.hpp"

namespace rectal_cds {

// `file`: appended to, "-" is standard output; empty: nothing is logged. Error: where "--decision-log".
base::Result<base::Done> start_decision_log(const std::string& file);

void log_decision(const service::Answered& answered);  // nothing for calls that were not judged

// Opens the file by its name anew, after it was moved away (logrotate). From any thread.
void reopen_decision_log();

}  // namespace rectal_cds
