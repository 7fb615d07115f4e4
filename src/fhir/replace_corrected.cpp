// A corrected or amended report replaces earlier results of the same accession: same identifier, basedOn or
// id, never of another specimen (clinical.md 3.1 rule 2; local-codes.md D13).
#include <algorithm>
#include <unordered_map>

#include "fhir/readers.hpp"

namespace rectal_cds::fhir {

namespace {

using ByReference = std::unordered_map<std::string, json::Value>;

std::vector<std::string> accession(json::Value observation) {
    std::vector<std::string> keys{"id " + std::string(observation["id"].text())};
    for (const json::Value identifier : observation["identifier"].elements()) {
        keys.push_back("identifier " + std::string(identifier["system"].text()) + ' ' + std::string(identifier["value"].text()));
    }
    for (const json::Value order : observation["basedOn"].elements()) {
        keys.push_back("order " + relative_reference(order["reference"].text()));
    }
    return keys;
}

bool same_accession(json::Value a, json::Value b) {
    const auto left = accession(a), right = accession(b);
    return std::find_first_of(left.begin(), left.end(), right.begin(), right.end()) != left.end();
}

bool is_correction(json::Value observation) {
    const std::string_view status = observation["status"].text();
    return status == "corrected" || status == "amended";
}

bool not_later(const domain::Source& a, const domain::Source& b) {
    return !a.when || !b.when || a.when->first <= b.when->first;
}

template <class Result, class SameSubject>
void replace(std::vector<Result>& results, const ByReference& resources, SameSubject same_subject) {
    const auto replaced = [&](const Result& old) {
        const json::Value old_resource = resources.at(old.source.reference);
        return std::any_of(results.begin(), results.end(), [&](const Result& other) {
            const json::Value resource = resources.at(other.source.reference);
            return &other != &old && is_correction(resource) && !is_correction(old_resource) && same_subject(old, other) &&
                   not_later(old.source, other.source) && same_accession(old_resource, resource);
        });
    };
    std::vector<Result> kept;
    for (const Result& result : results) {
        if (!replaced(result)) kept.push_back(result);
    }
    results = std::move(kept);
}

}  // namespace

void replace_corrected(Reading& reading) {
    const auto& observations = reading.from[domain::Input::observations].resources;
    if (std::none_of(observations.begin(), observations.end(), is_correction)) return;
    ByReference resources;
    for (const json::Value observation : observations) resources.emplace(reference_to(observation), observation);
    replace(reading.into.genes, resources, [](const auto& a, const auto& b) { return a.gene == b.gene; });
    replace(reading.into.mmr, resources, [](const auto& a, const auto& b) { return a.protein == b.protein; });
    replace(reading.into.metabolizers, resources, [](const auto& a, const auto& b) { return a.gene == b.gene; });
}

}  // namespace rectal_cds::fhir
