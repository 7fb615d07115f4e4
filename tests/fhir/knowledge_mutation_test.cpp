// Every single slip in a file is one error: each member and element is taken away, emptied and misspelt in turn.
#include <boost/test/unit_test.hpp>

#include <map>

#include "fhir/knowledge_edit.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

// All places below the root of a file, "action[0].title" for example.
void collect(json::Value value, const std::string& here, std::vector<std::string>& places) {
    if (!here.empty()) places.push_back(here);
    for (const auto& [name, member] : value.members()) {
        collect(member, (here.empty() ? "" : here + '.') + std::string(name), places);
    }
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        collect(value.at(i), here + '[' + std::to_string(i) + ']', places);
    }
}

// Places that differ in their indices only are alike: "action[0].trigger[1].name" and "action[0].trigger[0].name".
std::vector<std::string> first_and_last_of_each_kind(const std::vector<std::string>& places) {
    std::map<std::string, std::vector<std::string>> kinds;
    for (const std::string& place : places) {
        std::string kind;
        for (const char c : place) kind += c >= '0' && c <= '9' ? "" : std::string(1, c);
        kinds[kind].push_back(place);
    }
    std::vector<std::string> chosen;
    for (const auto& [kind, alike] : kinds) {
        chosen.push_back(alike.front());
        if (alike.size() > 1) chosen.push_back(alike.back());
    }
    return chosen;
}

std::vector<std::string> places_of(const std::string& path) {
    std::vector<std::string> places;
    for (const auto& file : knowledge_files()) {
        if (file.path != path) continue;
        auto parsed = json::Document::parse(file.text);
        BOOST_TEST_REQUIRE(parsed.ok());
        collect(parsed.value().root(), "", places);
    }
    BOOST_TEST_REQUIRE(!places.empty(), path);
    return first_and_last_of_each_kind(places);
}

std::string told(const std::vector<base::Error>& errors) {
    std::string text;
    for (const base::Error& error : errors) text += "\n  " + error.where + " -- " + error.what;
    return text;
}

const std::string files[] = {plan_path("anti-egfr-ras-mutant"),
                             plan_path("first-line-doublet-bevacizumab"),
                             regimen_path("mfolfox6"),
                             order_path("fluorouracil-400-bolus-2400-46h-q14d"),
                             order_path("capecitabine-1000-d1-14-q21d"),
                             order_path("short-course-radiotherapy"),
                             service_path("patient-view"),
                             "hooks/guideline/codesystems/override-reason.json",
                             "hooks/guideline/codesystems/recommendation.json"};

}  // namespace

BOOST_AUTO_TEST_SUITE(every_slip)

BOOST_AUTO_TEST_CASE(a_member_or_element_taken_away_is_at_most_one_error) {
    for (const std::string& path : files) {
        for (const std::string& place : places_of(path)) {
            EditedKnowledge edited;
            const auto errors = edited.remove(path, place).errors();
            BOOST_TEST(errors.size() <= 1U, path << " without " << place << ':' << told(errors));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_member_or_element_of_the_wrong_type_is_one_error) {
    for (const std::string& path : files) {
        for (const std::string& place : places_of(path)) {
            EditedKnowledge edited;
            const auto errors = edited.set(path, place, "[]").errors();
            BOOST_TEST(errors.size() == 1U, path << " with nothing in " << place << ':' << told(errors));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_misspelt_text_is_at_most_one_error) {
    for (const std::string& path : files) {
        for (const std::string& place : places_of(path)) {
            EditedKnowledge edited;
            const auto errors = edited.misspell(path, place).errors();
            BOOST_TEST(errors.size() <= 1U, path << " with a misspelt " << place << ':' << told(errors));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
