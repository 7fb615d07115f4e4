// The vocabulary: the closed list of named, three-valued facts about a Case. A plan may use these names
// and no others; a rule that needs OR, NOT or arithmetic gets a name here, with its meaning in one sentence.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/assessment.hpp"
#include "domain/finding.hpp"

namespace rectal_cds::domain {

struct Fact {
    std::string_view name;
    std::string_view meaning;
    Finding (*evaluate)(const Assessment&);
};

using FactId = std::size_t;  // index into vocabulary()

const std::vector<Fact>& vocabulary();
std::optional<FactId> find_fact(std::string_view name);

// The facts of one Case, each evaluated when first asked for and at most once. A fact whose evaluation throws is
// unknown, with the cause `failed`, so that the others can still be judged (decisions.md 12).
class Facts {
public:
    // `facts` is the vocabulary; tests hand in one that fails.
    explicit Facts(const Case& record, const std::vector<Fact>& facts = vocabulary())
        : facts_(facts), assessment_(record), findings_(facts.size()) {}

    const Finding& operator[](FactId id);
    const Finding& operator[](std::string_view name);  // precondition: the name is in the vocabulary
    const Assessment& assessment() const { return assessment_; }

private:
    const std::vector<Fact>& facts_;
    Assessment assessment_;
    std::vector<std::optional<Finding>> findings_;
};

}  // namespace rectal_cds::domain
