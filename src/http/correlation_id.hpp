// The name of one exchange in answers, logs and error reports.
#pragma once

#include <string>

namespace rectal_cds::http {

// 32 lower-case hexadecimal digits, 128 random bits: unique, not secret, and telling nothing of patient or client.
std::string make_correlation_id();

}  // namespace rectal_cds::http
