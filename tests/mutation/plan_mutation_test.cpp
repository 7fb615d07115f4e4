// Every single fault that plan_mutants.hpp knows, in every plan: a test has to notice at least 95 % of them, and what
// nobody notices stands with its reason in plan-survivors.md.
#include <boost/test/unit_test.hpp>

#include <iostream>
#include <set>
#include <sstream>

#include "mutation/plan_mutants.hpp"
#include "mutation/recorded_calls.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

// Sanitizers make calls ten times as slow, and look for something else: they get a sample.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t step = 25;
#else
constexpr std::size_t step = 1;
#endif

struct Tally {
    std::size_t all = 0;
    std::set<std::string> survivors;  // "anti-egfr-ras-mutant: without the reason OR-WRONG"
};

const Tally& tally() {
    static const Tally counted = [] {
        Tally result;
        std::size_t place = 0;
        const RecordedCalls calls;
        fhir::Knowledge knowledge = real_knowledge();
        for (auto& recommendation : knowledge.recommendations) {
            const guideline::Recommendation sound = recommendation;
            for (const PlanMutant& mutant : mutants_of(sound)) {
                if (++place % step != 0) continue;
                mutant.make(recommendation);
                ++result.all;
                if (!calls.notice(knowledge, sound.id)) result.survivors.insert(sound.id + ": " + mutant.what);
                recommendation = sound;
            }
        }
        std::cout << result.all << " faults in plans, " << result.survivors.size() << " of them unnoticed\n";
        return result;
    }();
    return counted;
}

// Lines "* `id: what` reason".
std::set<std::string> explained_survivors() {
    std::set<std::string> lines;
    std::istringstream text(read_text(source_folder() / "tests" / "mutation" / "plan-survivors.md"));
    for (std::string line; std::getline(text, line);) {
        const auto end = line.rfind("` ");
        if (line.starts_with("* `") && end != std::string::npos && end + 2 < line.size())
            lines.insert(line.substr(3, end - 3));
    }
    return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(faults_in_plans)

BOOST_AUTO_TEST_CASE(at_least_95_of_100_are_noticed) {
    BOOST_TEST(tally().all > 1400U / step);
    BOOST_TEST(tally().survivors.size() * 20 <= tally().all);
}

BOOST_AUTO_TEST_CASE(what_nobody_notices_has_a_reason) {
    const auto explained = explained_survivors();
    for (const std::string& survivor : tally().survivors)
        BOOST_TEST(explained.count(survivor) == 1U, "unnoticed: " << survivor);
}

BOOST_AUTO_TEST_CASE(what_is_noticed_needs_no_reason_any_more) {
    if (step != 1) return;
    for (const std::string& line : explained_survivors())
        BOOST_TEST(tally().survivors.count(line) == 1U, "noticed by now: " << line);
}

BOOST_AUTO_TEST_SUITE_END()
