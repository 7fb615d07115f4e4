// The closed list of facts, and its lazy evaluation.
#include "domain/vocabulary.hpp"

#include <boost/test/unit_test.hpp>

#include <cctype>
#include <set>
#include <stdexcept>
#include <string>

#include "domain/changes.hpp"

using namespace rectal_cds::testing;
using rectal_cds::domain::Facts;
using rectal_cds::domain::find_fact;
using rectal_cds::domain::vocabulary;

BOOST_AUTO_TEST_SUITE(the_vocabulary)

BOOST_AUTO_TEST_CASE(names_every_fact_once) {
    std::set<std::string_view> names, meanings;
    for (const auto& fact : vocabulary()) {
        BOOST_TEST(names.insert(fact.name).second, fact.name);
        BOOST_TEST(meanings.insert(fact.meaning).second, fact.meaning);
    }
    BOOST_TEST(names.size() > 100U);
}

BOOST_AUTO_TEST_CASE(gives_each_fact_a_plain_name_and_a_meaning_in_one_sentence) {
    for (const auto& fact : vocabulary()) {
        BOOST_TEST((std::isupper(static_cast<unsigned char>(fact.name[0])) != 0 && fact.name.back() != '.'), fact.name);
        BOOST_TEST(fact.name.find_first_of("\"\\\n") == std::string_view::npos, fact.name);
        BOOST_TEST(fact.meaning.back() == '.', fact.meaning);
        BOOST_TEST(fact.meaning.find(". ") == std::string_view::npos, fact.meaning);
    }
}

BOOST_AUTO_TEST_CASE(finds_a_fact_by_its_exact_name_only) {
    BOOST_TEST_REQUIRE(find_fact("RAS mutant").has_value());
    BOOST_TEST(vocabulary()[*find_fact("RAS mutant")].name == "RAS mutant");
    BOOST_TEST(!find_fact("RAS Mutant"));
    BOOST_TEST(!find_fact("RAS"));
    BOOST_TEST(!find_fact(""));
}

BOOST_AUTO_TEST_CASE(refuses_a_name_that_is_not_in_it) {
    const Case record = typical_patient();
    Facts facts(record);
    BOOST_CHECK_THROW(facts["RAS"], std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_facts_of_a_case)

BOOST_AUTO_TEST_CASE(are_the_same_by_name_and_by_id_and_each_time) {
    const Case record = typical_patient();
    Facts facts(record);
    for (std::size_t id = 0; id < vocabulary().size(); ++id) {
        const auto* first = &facts[id];
        BOOST_TEST(&facts[vocabulary()[id].name] == first, vocabulary()[id].name);
    }
}

BOOST_AUTO_TEST_CASE(rest_on_sources_of_the_case_itself) {
    const Case record = typical_patient();
    Facts facts(record);
    const auto& evidence = facts["Metastases in the liver"].evidence;
    BOOST_TEST_REQUIRE(evidence.size() == 1U);
    BOOST_TEST(evidence[0] == &record.secondaries[0].source);
}

BOOST_AUTO_TEST_CASE(that_are_unknown_say_what_is_missing) {
    const Case record = patient({unread(Input::observations), unread(Input::conditions), unread(Input::procedures), unread(Input::service_requests),
                                 unread(Input::medication_requests), unread(Input::medication_administrations), unread(Input::allergies),
                                 unread(Input::diagnostic_reports), nothing_staged(), no_ecog()});
    Facts facts(record);
    for (const auto& fact : vocabulary()) {
        const auto& found = facts[fact.name];
        BOOST_TEST((found.truth != unknown || !found.gaps.empty()), fact.name);
    }
}

// decisions.md 12: one fact that fails leaves the others to be judged.
BOOST_AUTO_TEST_CASE(leaves_a_fact_unknown_whose_evaluation_throws) {
    using namespace rectal_cds::domain;
    std::vector<Fact> facts = vocabulary();
    const FactId failing = *find_fact("RAS mutant"), sound = *find_fact("No death on record");
    facts[failing].evaluate = [](const Assessment&) -> Finding { throw std::runtime_error("a bug"); };
    const Case record;
    Facts judged(record, facts);
    BOOST_TEST((judged[failing].truth == Truth::unknown));
    BOOST_TEST_REQUIRE(judged[failing].gaps.size() == 1U);
    BOOST_TEST((judged[failing].gaps.front().cause == Gap::Cause::failed));
    BOOST_TEST(judged[sound].yes());
}

BOOST_AUTO_TEST_SUITE_END()
