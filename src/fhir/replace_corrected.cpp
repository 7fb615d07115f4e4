// A corrected or amended report replaces earlier results of the same accession: same identifier, basedOn or
// id, never of another specimen (clinical.md 3.1 rule 2; local-codes.md D13). Of one day, the correction counts too
// (pitfall 44). Linear in the results: a record may hold thousands.
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

bool is_correction(json::Value observation) {
    const std::string_view status = observation["status"].text();
    return status == "corrected" || status == "amended";
}

// The latest day on which a correction of an accession was made; an undated one corrects whatever is there.
using Corrections = std::unordered_map<std::string, base::Day>;

base::Day day_of(const domain::Source& source) { return source.when ? source.when->first : base::Day::max(); }

// `subject`: what a result speaks of, so that the correction of one gene leaves another alone.
template <class Result, class Subject>
void replace(std::vector<Result>& results, const ByReference& resources, Subject subject) {
    const auto keys = [&](const Result& result) {
        std::vector<std::string> all = accession(resources.at(result.source.reference));
        for (std::string& key : all) key += ' ' + std::to_string(static_cast<int>(subject(result)));
        return all;
    };
    const auto resource_of = [&](const Result& result) { return resources.find(result.source.reference); };
    Corrections corrections;
    for (const Result& result : results) {
        const auto resource = resource_of(result);
        if (resource == resources.end() || !is_correction(resource->second)) continue;
        for (const std::string& key : keys(result)) {
            const auto [known, is_new] = corrections.emplace(key, day_of(result.source));
            if (!is_new) known->second = std::max(known->second, day_of(result.source));
        }
    }
    if (corrections.empty()) return;
    const auto replaced = [&](const Result& old) {
        const auto resource = resource_of(old);
        if (resource == resources.end() || is_correction(resource->second)) return false;
        const std::vector<std::string> names = keys(old);
        return std::any_of(names.begin(), names.end(), [&](const std::string& key) {
            const auto corrected = corrections.find(key);
            return corrected != corrections.end() && (!old.source.when || old.source.when->first <= corrected->second);
        });
    };
    results.erase(std::remove_if(results.begin(), results.end(), replaced), results.end());
}

}  // namespace

void replace_corrected(Reading& reading) {
    const auto& observations = reading.from[domain::Input::observations].resources;
    if (std::none_of(observations.begin(), observations.end(), is_correction)) return;
    ByReference resources;
    for (const json::Value observation : observations) resources.emplace(reference_to(observation), observation);
    domain::Case& into = reading.into;
    replace(into.genes, resources, [](const auto& r) { return r.gene; });
    replace(into.mmr, resources, [](const auto& r) { return r.protein; });
    replace(into.metabolizers, resources, [](const auto& r) { return r.gene; });
    replace(into.measurements, resources, [](const auto& r) { return r.quantity; });
    replace(into.stages, resources, [](const auto& r) { return r.kind; });
    replace(into.t_categories, resources, [](const auto&) { return 0; });
    replace(into.disease_statuses, resources, [](const auto&) { return 0; });
}

}  // namespace rectal_cds::fhir
