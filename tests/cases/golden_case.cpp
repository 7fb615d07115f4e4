#include "cases/golden_case.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>

#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::testing {

namespace fs = std::filesystem;

namespace {

std::set<fs::path> folders_in(const fs::path& folder) {
    std::set<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.is_directory()) folders.insert(entry.path());
    }
    return folders;
}

void check_name(const GoldenCase& golden) {
    if (golden.recommendation.empty()) return;
    const std::string verdict = golden.verdict();
    if (verdict != "fires" && verdict != "silent" && verdict != "unknown") {
        throw std::runtime_error(golden.folder.string() + ": the name must begin with fires-, silent- or unknown-.");
    }
    if (!real_knowledge().recommendation(golden.recommendation)) {
        throw std::runtime_error(golden.folder.string() + ": there is no such recommendation.");
    }
}

}  // namespace

std::vector<GoldenCase> golden_cases() {
    std::vector<GoldenCase> cases;
    for (const fs::path& group : folders_in(source_folder() / "tests" / "cases")) {
        const std::string recommendation = group.filename() == "named" ? "" : group.filename().string();
        for (const fs::path& folder : folders_in(group)) {
            cases.push_back({recommendation, folder.filename().string(), folder});
            check_name(cases.back());
        }
    }
    return cases;
}

std::string as_expected(int status, json::Value body) {
    json::Writer writer(json::Writer::Layout::pretty);
    writer.begin_object().member("status", status).member("body", body).end_object();
    return writer.take() + "\n";
}

std::string first_difference(const std::string& expected, const std::string& found) {
    std::istringstream expected_lines(expected), found_lines(found);
    for (int number = 1;; ++number) {
        std::string wanted, got;
        const bool more_wanted = static_cast<bool>(std::getline(expected_lines, wanted)),
                   more_got = static_cast<bool>(std::getline(found_lines, got));
        if (!more_wanted && !more_got) return {};
        if (wanted != got || more_wanted != more_got)
            return "line " + std::to_string(number) + ":\n  expected " + wanted + "\n  found    " + got;
    }
}

}  // namespace rectal_cds::testing
