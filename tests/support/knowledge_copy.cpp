#include "support/knowledge_copy.hpp"

#include <fstream>
#include <stdexcept>

#include "support/real_knowledge.hpp"

namespace rectal_cds::testing {

namespace fs = std::filesystem;

KnowledgeCopy::KnowledgeCopy() {
    for (const char* room : {"hooks", "profiles"})
        fs::copy(source_folder() / room, path() / room, fs::copy_options::recursive);
}

void KnowledgeCopy::replace(const std::string& file, std::string_view from, std::string_view to) {
    std::string text = read(file);
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error(file + " does not hold " + std::string(from));
    write(file, text.replace(at, from.size(), to));
}

void KnowledgeCopy::write(const std::string& file, const std::string& text) {
    std::ofstream(path() / file, std::ios::binary) << text;
}

std::string KnowledgeCopy::read(const std::string& file) const { return read_text(path() / file); }

void KnowledgeCopy::approve(const std::string& plan_id) {
    const std::string file = "hooks/guideline/plans/" + plan_id + ".json";
    replace(file, R"("url": "step", "valueCode": "draft")", R"("url": "step", "valueCode": "approved")");
    replace(file, R"("status": "draft")",
            R"("status": "active", "approvalDate": "2026-03-10", "lastReviewDate": "2026-03-10", "reviewer": [{"name": "Dr Ada Example"}])");
}

}  // namespace rectal_cds::testing
