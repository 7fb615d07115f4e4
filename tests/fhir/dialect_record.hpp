// A record out of JSON snippets, read with the value sets of this checkout: what each dialect's resources say.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/read_case.hpp"

namespace rectal_cds::testing {

// The value sets of profiles/, read once.
const fhir::CodeBook& code_book();

// Read on 2026-03-02. Resources go to the input of their type; others, such as Medication, are there for references.
class DialectRecord {
public:
    DialectRecord() = default;
    DialectRecord(std::initializer_list<std::string> resources) {
        for (const std::string& resource : resources) add(resource);
    }

    DialectRecord& add(std::string resource);  // throws std::runtime_error when it is not JSON
    domain::Case read(const fhir::CodeBook& codes = code_book()) const;

private:
    std::deque<json::Document> documents_;
};

// CodeableConcepts: R"({"coding": [{"system": ..., "code": ...}]})" and R"({"text": ...})".
std::string coded(std::string_view system, std::string_view code);
std::string loinc(std::string_view code);
std::string sct(std::string_view code);
std::string text(std::string_view words);

// Resources of the typical patient's kind. `members` are further members, as JSON without the braces; a status or a
// date in them replaces that of the frame (final, completed or active; 2026-02-20).
std::string observation(std::string_view code, std::string_view members, std::string_view id = "o1");
std::string condition(std::string_view code, std::string_view members = "", std::string_view id = "c1");
std::string procedure(std::string_view code, std::string_view members = "", std::string_view id = "p1");
std::string administration(std::string_view medication, std::string_view members = "", std::string_view id = "a1");
std::string medication_request(std::string_view medication, std::string_view members = "", std::string_view id = "m1");

// "\"valueCodeableConcept\": ..."
std::string value(std::string_view codeable_concept);
std::string quantity(double number, std::string_view code, std::string_view unit = "");

bool is_unusable(const domain::Case& record, domain::Topic topic);

}  // namespace rectal_cds::testing
