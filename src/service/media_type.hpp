// decisions.md 19: application/json or application/fhir+json, charset absent or utf-8, no content coding but identity.
#pragma once

#include <optional>

#include "http/message.hpp"

namespace rectal_cds::service {

// 415, when the body is in another form.
std::optional<http::Response> check_media_type(const http::Request& request);

}  // namespace rectal_cds::service
