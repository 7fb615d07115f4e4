// A copy of hooks/ and profiles/ on disk that a test may change.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "support/child_process.hpp"

namespace rectal_cds::testing {

class KnowledgeCopy {
public:
    KnowledgeCopy();

    const std::filesystem::path& path() const { return folder_.path(); }

    // `file`: its path in the copy. Replaces the first occurrence; throws std::runtime_error when there is none.
    void replace(const std::string& file, std::string_view from, std::string_view to);
    void write(const std::string& file, const std::string& text);
    std::string read(const std::string& file) const;

    // The plan approved by "Dr Ada Example" on 2026-03-10.
    void approve(const std::string& plan_id);

private:
    TemporaryFolder folder_;
};

}  // namespace rectal_cds::testing
