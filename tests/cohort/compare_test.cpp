// What another edition of the knowledge changes, and for whom.
#include <boost/test/unit_test.hpp>

#include "cohort/export.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::cohort_tests;

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

constexpr const char* id = "first-line-doublet-bevacizumab";

guideline::Recommendation& recommendation(fhir::Knowledge& knowledge) {
    for (auto& one : knowledge.recommendations) {
        if (one.id == id) return one;
    }
    throw std::logic_error("The recommendation is gone.");
}

Judged compared(const fhir::Knowledge& other) {
    Export folder;
    folder.write("all.ndjson", resources_of_example("a"));
    cohort::JudgeRules judging = rules();
    judging.other = &other;
    return folder.judge(folder.options(), judging);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_comparison)

BOOST_AUTO_TEST_CASE(with_the_same_knowledge_shows_no_change) {
    const Judged judged = compared(testing::real_knowledge());
    BOOST_TEST(!says(judged.of("a"), "changes"), judged.of("a"));
    BOOST_TEST(!says(judged.outcome->tally.in_words(), "other knowledge"));
}

BOOST_AUTO_TEST_CASE(names_the_recommendation_that_goes_and_whom_it_concerns) {
    fhir::Knowledge other = testing::real_knowledge();
    auto& all = other.recommendations;
    all.erase(std::find_if(all.begin(), all.end(), [](const auto& one) { return one.id == id; }));
    const Judged judged = compared(other);
    BOOST_TEST(says(judged.of("a"), R"("removed":[{"id":"first-line-doublet-bevacizumab","indicator":"info"}])"),
               judged.of("a"));
    BOOST_TEST(says(cohort::summary_json(*judged.outcome), R"("first-line-doublet-bevacizumab": 1)"));
    BOOST_TEST(says(judged.outcome->tally.in_words(), "something changes for 1 patients"));
}

BOOST_AUTO_TEST_CASE(names_another_indicator_and_other_words) {
    fhir::Knowledge other = testing::real_knowledge();
    recommendation(other).indicator = guideline::Indicator::warning;
    BOOST_TEST(says(compared(other).of("a"),
                    R"("indicator":[{"id":"first-line-doublet-bevacizumab","from":"info","to":"warning"}])"));
    other = testing::real_knowledge();
    recommendation(other).summary = "Something else is said";
    BOOST_TEST(says(compared(other).of("a"), R"("wording":["firstLineDoubletBevacizumab"])"), compared(other).of("a"));
}

BOOST_AUTO_TEST_SUITE_END()
