// The ValueSets of profiles/, indexed by code: which sets does a coding belong to.
//
// A concept is in a set when one of its codings is included and none is excluded. Systems and codes are brought to
// one spelling before a look-up (code_spelling.hpp; profiles/README.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "fhir/value_sets.hpp"
#include "json/document.hpp"

namespace rectal_cds::fhir {

struct Membership {
    Members included;
    Members excluded;
};

std::optional<ValueSet> set_named(std::string_view id);  // "kras-result"

// A file of knowledge: its path for messages, and its text.
struct KnowledgeFile {
    std::string path;
    std::string text;
};

class CodeBook {
public:
    // Reads ValueSet files; appends every fault to `errors` (where: file and JSON path).
    static CodeBook read(const std::vector<KnowledgeFile>& files, std::vector<base::Error>& errors);

    Membership look_up(std::string_view system, std::string_view code) const;

    // Whether a value set has a code of this system, so that another code of it is known to be something else.
    bool uses(std::string_view system) const;

    // Whether it is such a code: written as the system writes codes, and no unknown child of a category without children
    // ("C20 G", "C20; C78.7" and "C20.0" are not).
    bool reads(std::string_view system, std::string_view code) const;

    // The value sets that hold another code of the same ICD-10 category: "I26.02" is none of ours, and no other disease
    // than "I26.99" either.
    Members siblings(std::string_view system, std::string_view code) const;

    // Adds memberships to a code; what is excluded stays excluded. Returns all that the code has now.
    Membership add(std::string_view system, std::string_view code, const Membership& membership);

    // "http://loinc.org|85509-8" in its one spelling.
    static std::string key(std::string_view system, std::string_view code);

private:
    void read_set(const KnowledgeFile& file, std::vector<base::Error>& errors, Members& seen);
    void read_part(const std::string& path, const std::string& where, json::Value parts, ValueSet set, bool include,
                   std::vector<base::Error>& errors);

    std::unordered_map<std::string, Membership> by_code_;
    std::unordered_map<std::string, Membership> by_icd_category_;  // is-a filters: the undotted category
    std::unordered_map<std::string, Members> icd_siblings_;        // by category
    std::vector<std::string> systems_;                             // of the value sets, canonical; few
};

}  // namespace rectal_cds::fhir
