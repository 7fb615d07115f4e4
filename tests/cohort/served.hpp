// Patients on a small FHIR server, and runs over it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "cohort/export.hpp"
#include "cohort/fhir_server.hpp"

namespace rectal_cds::cohort_tests {

inline bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// p0, p1, …
inline std::vector<std::string> patients(int count) {
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i) {
        for (std::string& resource : resources_of_example("p" + std::to_string(i)))
            all.push_back(replaced(resource, "\"obs-", "\"p" + std::to_string(i) + "-obs-"));
    }
    return all;
}

struct Served : Export {
    explicit Served(const std::vector<std::string>& resources) : server(resources) {}

    cohort::CohortOptions options() const {
        cohort::CohortOptions options;
        options.server = server.options();
        options.temporary = outside("temporary");
        options.threads = 3;
        return options;
    }
    Judged over(const cohort::CohortOptions& options, const cohort::JudgeRules& judging) const {
        cohort::JudgeRules asking = judging;
        asking.call.fhir_base = server.base();
        Judged judged = judge(options, asking);
        std::sort(judged.lines.begin(), judged.lines.end());
        return judged;
    }
    Judged over() const { return over(options(), rules()); }

    FhirServer server;
};

}  // namespace rectal_cds::cohort_tests
