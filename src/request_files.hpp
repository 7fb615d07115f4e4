// Captured requests in files, for evaluate and doctor.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace rectal_cds {

// The text of a file; of standard input for "-". Empty when it cannot be read.
std::optional<std::string> read_all(const std::string& file);

// One request; or one a line, when the text as a whole is not JSON but its first line is. A test scenario holds its
// request under "request", and stands for it.
std::vector<std::string> requests_in(const std::string& text);

// The body in a text that begins with a byte order mark or with the head of the HTTP request that carried it, as captures
// do; the text itself when it has neither. `remarks`: what was passed over, without anything of it.
std::string body_in_capture(std::string text, std::vector<std::string>& remarks);

}  // namespace rectal_cds
