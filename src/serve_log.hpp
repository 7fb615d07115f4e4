// The log of the service: one JSON object a line on standard error, nothing of a patient and no token.
#pragma once

#include <string>
#include <vector>

#include "service/parts.hpp"

namespace rectal_cds {

std::string time_now();  // "2026-03-02T10:00:00.000Z"

void start_log(const std::string& level);

void log_answer(const service::Answered& answered);                     // info
void log_alarm(const service::Alarm& alarm);                            // warn
void log_reload(const std::string& what, const std::vector<std::string>& faults);  // info, or error with the faults

}  // namespace rectal_cds
