// The name of one exchange in answers, logs and error reports.
#pragma once

#include <string>

namespace rectal_cds::http {

// 32 lower-case hexadecimal digits, 128 random bits: unique, and telling nothing about patient, client or order.
std::string make_correlation_id();

}  // namespace rectal_cds::http
