// Answers that are no page: files, refusals, and the headers that every answer has.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace rectal_cds::pages {

// No script, style, image or form from anywhere but here, and none that stands in the page itself. `frame_ancestors`:
// the origins that may show the page in a frame, with spaces between them; "": nobody.
void add_security(http::Response& response, const std::string& frame_ancestors);

http::Response plain_text(int status, std::string body);
http::Response not_allowed(const std::string& methods);  // 405 with Allow

// A file of assets/: kept for a year under the address that names its digest, otherwise asked for again each time.
http::Response asset_file(const http::Request& request, std::string_view name);

// A file to save: feedback.csv or feedback.json, as `rectal-cds feedback export` prints it.
http::Response exported(std::string bytes, bool is_csv);

}  // namespace rectal_cds::pages
