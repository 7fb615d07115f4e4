// What a service has written to its store, read beside it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/service.hpp"

namespace rectal_cds::conformance {

// Records of the audit chain that hold this text, in order, once there are `at_least` of them. The test ends when they
// do not come.
std::vector<std::string> audit_records(Service& service, std::string_view holding, std::size_t at_least);

// Every text of every table, as "table.column: text".
struct StoredText {
    std::string table, column, text;
};
std::vector<StoredText> stored_texts(const std::filesystem::path& file);

}  // namespace rectal_cds::conformance
