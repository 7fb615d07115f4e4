// A golden case: a folder with one hook call (case.json) and the exact answer to it (expected.json).
//
//   tests/cases/<recommendation>/<fires|silent|unknown>-<why>/   what this recommendation does with this patient
//   tests/cases/named/<why>/                                     a patient of its own; case.json says what fires
//
// case.json: {"why": the clinical reason in a sentence, "today": the day of the call, "request": the CDS Hooks request}
// and, in named cases, "indicators": {recommendation: indicator}, complete.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "json/document.hpp"

namespace rectal_cds::testing {

struct GoldenCase {
    std::string recommendation;  // id; empty for a named case
    std::string name;            // "fires-kras-g12d"
    std::filesystem::path folder;

    std::string verdict() const { return name.substr(0, name.find('-')); }  // "fires", "silent" or "unknown"
};

// Sorted by path. Throws std::runtime_error for a folder that fits neither form.
std::vector<GoldenCase> golden_cases();

// {"status": ..., "body": ...}, one member a line: the text of expected.json.
std::string as_expected(int status, json::Value body);

// "line 12: expected ... found ..." of the first line that differs; empty when the texts are equal.
std::string first_difference(const std::string& expected, const std::string& found);

}  // namespace rectal_cds::testing
