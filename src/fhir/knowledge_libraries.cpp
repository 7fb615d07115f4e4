#include "fhir/knowledge_libraries.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "domain/vocabulary.hpp"
#include "fhir/element.hpp"
#include "fhir/knowledge_names.hpp"
#include "fhir/knowledge_wording.hpp"

namespace rectal_cds::fhir {

namespace {

constexpr const char* twice = " is expected only once.";

void check_codes(const Artefact& code_system, Faults& faults) {
    const json::Value concepts = code_system.root["concept"];
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < concepts.size(); ++i) {
        const std::string_view code = concepts.at(i)["code"].text();
        if (code.empty() || seen.insert(code).second) continue;
        faults.add(member_place(element_place("concept", i), "code"), "The code '" + std::string(code) + "'" + twice);
    }
}

// The plan that a concept stands for, by its code or, when no plan has that, by its property; empty for topics of
// the service itself and for plans without a file. A property or code without its text has been reported with the
// format.
std::optional<std::string> plan_meant(json::Value entry, const std::string& place,
                                      const std::vector<std::string>& plans, Faults& faults) {
    const std::string named(entry["property"].at(0)["valueString"].text());
    const std::string property = member_place(place, named.empty() ? "property" : "property[0].valueString");
    const auto has_code = [&](const std::string& plan) { return topic_code(plan) == entry["code"].text(); };
    const auto by_code = std::find_if(plans.begin(), plans.end(), has_code);
    if (by_code != plans.end()) {
        const bool is_reported = named.empty() && entry["property"].exists();
        if (named != *by_code && !is_reported) {
            faults.add(property, "The id of the plan is expected: '" + *by_code + "'.");
        }
        return *by_code;
    }
    if (named.empty()) return std::nullopt;
    if (std::find(plans.begin(), plans.end(), named) != plans.end()) {
        if (entry["code"].text().empty()) return named;
        faults.add(member_place(place, "code"),
                   "The id of the plan in camelCase is expected: '" + topic_code(named) + "'.");
        return named;
    }
    faults.add(property, "The id of a plan is expected; there is no '" + named + "'." + nearest_hint(named, plans));
    const auto near = nearest(named, plans);
    return near ? std::optional{plans[*near]} : std::nullopt;
}

guideline::Citation citation(json::Value work) {
    const auto text = [&](const char* member) { return std::string(work[member].text()); };
    const json::Value seen = find_extension(work, "seen")["valueString"];
    return {text("label"), text("display"), text("url"), text("citation"), std::string(seen.text())};
}

}  // namespace

std::unordered_map<std::string, guideline::Citation> read_evidence(const Artefact& library, Faults& faults) {
    std::unordered_map<std::string, guideline::Citation> works;
    const json::Value list = library.root["relatedArtifact"];
    for (std::size_t i = 0; i < list.size(); ++i) {
        const json::Value work = list.at(i);
        const std::string place = element_place("relatedArtifact", i);
        const std::string key(work["label"].text()), url(work["url"].text());
        if (!url.empty() && url.rfind("https://", 0) != 0)
            faults.add(member_place(place, "url"), "An https address is expected.");
        const std::string_view display = work["display"].text();
        if (!display.empty() && !tells_a_year(display) && display.find("year") == std::string_view::npos)
            faults.add(member_place(place, "display"), "The year of the work is expected, or 'year not recorded'.");
        const bool is_new = works.emplace(key, citation(work)).second;
        if (!key.empty() && !is_new) faults.add(member_place(place, "label"), "The key '" + key + "'" + twice);
    }
    return works;
}

void check_vocabulary(const Artefact& library, Faults& faults) {
    if (!library.sound) return;
    const json::Value facts = library.root["extension"];
    const auto& vocabulary = domain::vocabulary();
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
        const std::string name(vocabulary[i].name), meaning(vocabulary[i].meaning),
            place = element_place("extension", i);
        if (i >= facts.size())
            return faults.add("extension", "The fact '" + name + "' of the program is expected after these.");
        if (extension(facts.at(i), "name")["valueString"].text() != name) {
            return faults.add(extension_place(facts.at(i), place, "name", "valueString"),
                              "The fact '" + name + "' of the program is expected.");
        }
        if (extension(facts.at(i), "meaning")["valueString"].text() != meaning) {
            return faults.add(extension_place(facts.at(i), place, "meaning", "valueString"),
                              "The meaning that the program gives to it is expected: '" + meaning + "'");
        }
    }
    if (facts.size() > vocabulary.size()) {
        faults.add(element_place("extension", vocabulary.size()),
                   "No fact is expected here: the program knows only those before it.");
    }
}

std::unordered_map<std::string, std::string> read_override_reasons(const Artefact& code_system, Faults& faults) {
    std::unordered_map<std::string, std::string> reasons;
    check_codes(code_system, faults);
    for (const json::Value entry : code_system.root["concept"].elements()) {
        reasons.emplace(entry["code"].text(), entry["display"].text());
    }
    return reasons;
}

std::vector<SourceClaim> read_source_claims(const Artefact& code_system, Faults& faults) {
    std::vector<SourceClaim> claims;
    check_codes(code_system, faults);
    for (const json::Value entry : code_system.root["concept"].elements()) {
        claims.push_back({std::string(entry["code"].text()), std::string(entry["display"].text())});
    }
    return claims;
}

Topics read_topics(const Artefact& code_system, const std::map<std::string, std::string>& titles, Faults& faults) {
    Topics topics;
    check_codes(code_system, faults);
    std::vector<std::string> ids;
    ids.reserve(titles.size());
    for (const auto& [id, title] : titles) ids.push_back(id);
    const json::Value concepts = code_system.root["concept"];
    for (std::size_t i = 0; i < concepts.size(); ++i) {
        const std::string place = element_place("concept", i),
                          named(concepts.at(i)["property"].at(0)["valueString"].text());
        const auto plan = plan_meant(concepts.at(i), place, ids, faults);
        topics.plan_missing = topics.plan_missing || (!plan && !named.empty());
        if (!plan) continue;
        const std::string& title = titles.at(*plan);
        const std::string_view display = concepts.at(i)["display"].text();
        if (!title.empty() && !display.empty() && display != title) {
            faults.add(member_place(place, "display"), "The title of the plan is expected: '" + title + "'.");
        }
        topics.plans.push_back(*plan);
    }
    for (const std::string& id : ids) {
        const bool listed = std::find(topics.plans.begin(), topics.plans.end(), id) != topics.plans.end();
        if (!listed && code_system.sound) faults.add("concept", "A concept for the plan '" + id + "' is expected.");
    }
    return topics;
}

}  // namespace rectal_cds::fhir
