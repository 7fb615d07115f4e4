// An export on disk, and a run of the cohort over it with the real knowledge.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "cohort/cohort.hpp"
#include "support/child_process.hpp"

namespace rectal_cds::cohort_tests {

struct Judged {
    std::vector<std::string> lines;   // results
    std::vector<std::string> faults;  // "file:line: what", the file without its folder
    std::optional<cohort::CohortOutcome> outcome;
    std::string error;  // why there is no outcome

    // The result of a patient; "" when there is none.
    std::string of(std::string_view patient) const;
};

class Export {
public:
    std::filesystem::path path() const { return folder_.path() / "in"; }
    std::filesystem::path outside(const std::string& name) const { return folder_.path() / name; }

    Export();
    Export& write(const std::string& file, const std::vector<std::string>& lines);

    cohort::CohortOptions options() const;
    // Patient-view on 2026-03-02 unless `rules` say otherwise.
    Judged judge(const cohort::CohortOptions& options, const cohort::JudgeRules& rules) const;
    Judged judge() const;

private:
    testing::TemporaryFolder folder_;
};

cohort::JudgeRules rules();

// The resources of the example patient (tests/support, patient_view), one a text; its id is `id`.
std::vector<std::string> resources_of_example(const std::string& id);

std::string replaced(std::string text, std::string_view from, std::string_view to);

}  // namespace rectal_cds::cohort_tests
