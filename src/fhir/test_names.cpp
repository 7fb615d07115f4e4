#include "fhir/test_names.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "fhir/words.hpp"

namespace rectal_cds::fhir {

using domain::Topic;

namespace {

constexpr std::pair<std::string_view, Topic> names[] = {
    {"kras", Topic::kras},
    {"k-ras", Topic::kras},
    {"ras", Topic::kras},
    {"nras", Topic::nras},
    {"n-ras", Topic::nras},
    {"ras", Topic::nras},
    {"braf", Topic::braf},
    {"b-raf", Topic::braf},
    {"msi", Topic::mmr},
    {"mmr", Topic::mmr},
    {"dmmr", Topic::mmr},
    {"pmmr", Topic::mmr},
    {"mlh1", Topic::mmr},
    {"msh2", Topic::mmr},
    {"msh6", Topic::mmr},
    {"pms2", Topic::mmr},
    {"microsatellite", Topic::mmr},
    {"mikrosatelliteninstabilit\u00e4t", Topic::mmr},
    {"mismatch repair", Topic::mmr},
    {"her2", Topic::her2},
    {"her-2", Topic::her2},
    {"erbb2", Topic::her2},
    {"dpyd", Topic::dpyd},
    {"dpd", Topic::dpyd},
    {"dihydropyrimidine dehydrogenase", Topic::dpyd},
    {"ugt1a1", Topic::ugt1a1},
};

}  // namespace

std::vector<Topic> tests_named(json::Value codeable) {
    std::vector<Topic> found;
    const auto add_from = [&](std::string_view text) {
        const std::string lower = lowered(text);
        for (const auto& [name, topic] : names) {
            const bool known = std::find(found.begin(), found.end(), topic) != found.end();
            if (!known && has_word(lower, name)) found.push_back(topic);
        }
    };
    add_from(codeable["text"].text());
    for (const json::Value coding : codeable["coding"].elements()) add_from(coding["display"].text());
    return found;
}

}  // namespace rectal_cds::fhir
