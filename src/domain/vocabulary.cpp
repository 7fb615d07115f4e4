#include "domain/vocabulary.hpp"

#include <exception>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include "domain/fact_tables.hpp"

namespace rectal_cds::domain {

const std::vector<Fact>& vocabulary() {
    static const std::vector<Fact> all = [] {
        std::vector<Fact> joined;
        for (const auto table : {scope_facts, care_facts, biomarker_facts, therapy_facts, response_facts, primary_facts,
                                 intervention_facts, order_facts, risk_facts}) {
            const auto part = table();
            joined.insert(joined.end(), part.begin(), part.end());
        }
        return joined;
    }();
    return all;
}

std::optional<FactId> find_fact(std::string_view name) {
    static const auto by_name = [] {
        std::unordered_map<std::string_view, FactId> index;
        for (FactId id = 0; id < vocabulary().size(); ++id) index.emplace(vocabulary()[id].name, id);
        return index;
    }();
    const auto found = by_name.find(name);
    return found == by_name.end() ? std::nullopt : std::optional{found->second};
}

const Finding& Facts::operator[](FactId id) {
    auto& finding = findings_.at(id);
    if (finding) return *finding;
    try {
        finding = facts_[id].evaluate(assessment_);
    } catch (const std::exception&) {
        finding = unknown({Gap::Cause::failed, "a fault of this service kept it from being judged"});
    }
    return *finding;
}

const Finding& Facts::operator[](std::string_view name) {
    const auto id = find_fact(name);
    if (!id) throw std::logic_error("not in the vocabulary: " + std::string(name));
    return (*this)[*id];
}

}  // namespace rectal_cds::domain
