// The codes that a site has added so far, and the rules that hold for each.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/code_book.hpp"
#include "fhir/knowledge_file.hpp"

namespace rectal_cds::fhir {

class SiteCodes {
public:
    explicit SiteCodes(CodeBook& book) : book_(book) {}

    // Adds memberships to a code. `place`: of the code in the file whose faults these are.
    void add(std::string_view system, std::string_view code, const Membership& membership, Faults& faults,
             const std::string& place);

    // Known without the site: such a code keeps its meaning.
    bool is_ours(std::string_view system, std::string_view code) const;

    const CodeBook& book() const { return book_; }
    std::size_t count() const { return added_.size(); }

private:
    CodeBook& book_;
    std::set<std::string> added_;    // every code that was given a membership
    std::set<std::string> foreign_;  // those of them that nobody knew before
};

// Reports what would change the meaning of a ValueSet or ConceptMap in ways that are not read.
void check_site_resource(json::Value root, Faults& faults);

// ValueSet: its codes join the value set of ours that it names by id, by url or by the extension "adds-to".
void read_site_value_set(const KnowledgeFile& file, SiteCodes& codes, std::vector<base::Error>& errors);

}  // namespace rectal_cds::fhir
