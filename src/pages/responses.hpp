// Answers that are no page: files, refusals, and the headers that every answer has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "store/feedback_export.hpp"

namespace rectal_cds::pages {

// No script, style, image, frame or form from anywhere but here, and none that stands in the page itself.
void add_security(http::Response& response);

http::Response plain_text(int status, std::string body);
http::Response not_allowed(const std::string& methods);  // 405 with Allow

// A file of assets/: kept for a year under the address that names its digest, otherwise asked for again each time.
http::Response asset_file(const http::Request& request, std::string_view name);

// Feedback as a file to save: CSV or JSON, as `rectal-cds feedback export` prints it.
http::Response exported(const std::vector<store::ExportedFeedback>& items, bool as_csv);

}  // namespace rectal_cds::pages
