#include "cohort/export.hpp"

#include <fstream>
#include <sstream>

#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

namespace rectal_cds::cohort_tests {

namespace fs = std::filesystem;

namespace {

const std::atomic<bool> never{false};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

}  // namespace

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string Judged::of(std::string_view patient) const {
    const std::string begin = "{\"patient\":\"" + std::string(patient) + "\"";
    for (const std::string& line : lines) {
        if (line.compare(0, begin.size(), begin) == 0) return line;
    }
    return {};
}

Export::Export() { fs::create_directory(path()); }

Export& Export::write(const std::string& file, const std::vector<std::string>& lines) {
    std::ofstream stream(path() / file, std::ios::binary);
    for (const std::string& line : lines) stream << line << '\n';
    return *this;
}

cohort::JudgeRules rules() {
    cohort::JudgeRules rules{testing::real_knowledge()};
    rules.today = base::parse_day("2026-03-02").value();
    return rules;
}

cohort::CohortOptions Export::options() const {
    cohort::CohortOptions options;
    options.input = cohort::find_input({path().string()}).value();
    options.temporary = outside("temporary");
    options.threads = 2;
    return options;
}

Judged Export::judge(const cohort::CohortOptions& options, const cohort::JudgeRules& rules) const {
    Judged judged;
    std::ostringstream out;
    const cohort::CohortObserver observer{[&](const base::Error& fault) {
                                              judged.faults.push_back(replaced(fault.where, path().string() + "/", "") +
                                                                      ": " + fault.what);
                                          },
                                          {}};
    auto outcome = cohort::run_cohort(options, rules, out, observer, never);
    judged.lines = lines_of(options.results.empty() ? out.str() : testing::read_text(options.results));
    if (outcome) judged.outcome = std::move(outcome).value();
    if (!judged.outcome) judged.error = outcome.error().where + ": " + outcome.error().what;
    return judged;
}

Judged Export::judge() const { return judge(options(), rules()); }

std::vector<std::string> resources_of_example(const std::string& id) {
    const std::string text = replaced(testing::patient_view(), "\"pat-002\"", "\"" + id + "\"");
    const auto document = json::Document::parse(replaced(text, "Patient/pat-002\"", "Patient/" + id + "\""));
    std::vector<std::string> resources;
    for (const auto [key, value] : document.value().root()["prefetch"].members()) {
        if (value["resourceType"].text() == "Patient") resources.push_back(json::Writer().value(value).take());
        for (const json::Value entry : value["entry"].elements()) {
            resources.push_back(json::Writer().value(entry["resource"]).take());
        }
    }
    return resources;
}

}  // namespace rectal_cds::cohort_tests
