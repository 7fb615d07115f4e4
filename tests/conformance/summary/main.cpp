// conformance_summary ROWS.json RESULTS-FOLDER [REQUIREMENTS.json CTEST.log]
// Prints how many rows of each tier passed in the test run that left the results. Exit code 1 when a row failed, when a
// row of tier 1 or 2 did not run, or when a test that a requirement rests on did not pass.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "json/document.hpp"

namespace fs = std::filesystem;
using rectal_cds::json::Document;
using rectal_cds::json::Value;

namespace {

std::string read_text(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::optional<Document> read_json(const fs::path& file) {
    auto document = Document::parse(read_text(file));
    if (document) return std::move(document).value();
    std::printf("conformance: %s cannot be read: %s\n", file.c_str(), document.error().what.c_str());
    return std::nullopt;
}

struct Results {
    std::map<std::string, bool> rows;       // whether all its tests passed
    std::array<unsigned long, 3> judged{};  // answers, errors, discoveries
    bool suites_passed = true;
};

// "# <suite> passed|failed: <n> answers, <n> errors, <n> discoveries judged"
void read_end_of_suite(std::istringstream& words, Results& results) {
    std::string outcome, word;
    words >> outcome;
    results.suites_passed = results.suites_passed && outcome == "passed:";
    for (unsigned long& count : results.judged) {
        unsigned long judged = 0;
        words >> judged >> word;
        count += judged;
    }
}

// One file a suite; its lines are "<row> passed|failed <test>" and, at its end, that of the suite.
Results read_results(const fs::path& folder) {
    Results results;
    for (const auto& entry : fs::directory_iterator(folder)) {
        std::istringstream lines(read_text(entry.path()));
        bool has_ended = false;
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::string row, outcome;
            words >> row >> outcome;
            if (row == "#") {
                has_ended = true;
                read_end_of_suite(words, results);
                continue;
            }
            bool& passed = results.rows.emplace(row, true).first->second;
            passed = passed && outcome == "passed";
        }
        if (!has_ended) std::printf("conformance: the suite %s did not end\n", entry.path().stem().c_str());
        results.suites_passed = results.suites_passed && has_ended;
    }
    return results;
}

bool print_tier(int tier, Value rows, const Results& results) {
    int all = 0, passed = 0;
    std::string failed, missing, elsewhere;
    for (const Value row : rows.elements()) {
        if (row["tier"].integer() != tier) continue;
        ++all;
        const std::string id(row["id"].text());
        const auto result = results.rows.find(id);
        if (result == results.rows.end()) {
            (row["shownBy"].exists() ? elsewhere : missing) += ' ' + id;
        } else if (result->second) {
            ++passed;
        } else {
            failed += ' ' + id;
        }
    }
    std::printf("tier %d: %d of %d rows passed", tier, passed, all);
    if (!failed.empty()) std::printf("; failed:%s", failed.c_str());
    if (!missing.empty()) std::printf("; did not run:%s", missing.c_str());
    if (!elsewhere.empty()) std::printf("; not judged here:%s", elsewhere.c_str());
    std::printf("\n");
    return failed.empty() && (missing.empty() || tier == 3);
}

// "12/99 Test  #3: cases.mcode ....   Passed    0.1 sec"
std::set<std::string> passed_tests(const std::string& ctest_log) {
    std::set<std::string> passed;
    std::istringstream lines(ctest_log);
    for (std::string line; std::getline(lines, line);) {
        const auto test = line.find(" Test "), name = line.find(": ", test), end = line.find(' ', name + 2);
        if (test == std::string::npos || name == std::string::npos || line.find(" Passed ") == std::string::npos)
            continue;
        passed.insert(line.substr(name + 2, end - name - 2));
    }
    return passed;
}

bool print_requirements(Value requirements, const Results& results, const std::set<std::string>& tests) {
    std::size_t shown = 0, not_applicable = 0;
    std::string open;
    for (const Value requirement : requirements.elements()) {
        if (requirement["shown_by"].size() == 0) {
            ++not_applicable;
            continue;
        }
        bool passed = true;
        for (const Value by : requirement["shown_by"].elements()) {
            const auto row = results.rows.find(std::string(by.text()));
            passed = passed && (row != results.rows.end() ? row->second : tests.count(std::string(by.text())) == 1);
        }
        if (passed)
            ++shown;
        else
            open += ' ' + std::string(requirement["id"].text());
    }
    std::printf("requirements: %zu of %zu shown, %zu not applicable", shown, requirements.size() - not_applicable,
                not_applicable);
    if (!open.empty()) std::printf("; not shown:%s", open.c_str());
    std::printf("\n");
    return open.empty();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3 && argc != 5)
        return std::fprintf(stderr, "usage: conformance_summary ROWS.json RESULTS [REQUIREMENTS.json CTEST.log]\n"), 2;
    const auto rows = read_json(argv[1]);
    if (!rows || !fs::is_directory(argv[2])) return std::printf("conformance: there are no results\n"), 1;
    const Results results = read_results(argv[2]);
    bool right = results.suites_passed;
    for (const int tier : {1, 2, 3}) right = print_tier(tier, rows->root()["rows"], results) && right;
    if (argc == 5 && fs::exists(argv[3])) {
        const auto file = read_json(argv[3]);
        right = file && print_requirements(file->root()["requirements"], results, passed_tests(read_text(argv[4]))) &&
                right;
    }
    std::printf("judged: %lu answers, %lu errors, %lu discovery documents\n", results.judged[0], results.judged[1],
                results.judged[2]);
    if (!results.suites_passed) std::printf("conformance: a suite failed outside its rows\n");
    return right ? 0 : 1;
}
