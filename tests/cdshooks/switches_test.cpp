// Silent calls and recommendations that a client has switched off (cds-hooks.md 15; conformance-cases.md N06).
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "cdshooks/wording_calls.hpp"
#include "guideline/judge.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

cdshooks::Answer with_off(const HookCall& call, std::vector<std::string> ids) {
    cdshooks::Call made = made_call(call);
    made.switched_off = std::move(ids);
    return answer_to(std::move(made));
}

std::vector<std::string> ids(const std::vector<cdshooks::Recommended>& recommended) {
    std::vector<std::string> found;
    for (const auto& each : recommended) found.push_back(each.id);
    return found;
}

bool contains(const std::vector<std::string>& list, const std::string& wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}
bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(a_silent_call)

BOOST_AUTO_TEST_CASE(N06_is_evaluated_and_answered_without_cards) {
    std::size_t with_cards = 0;
    for (const HookCall& call : golden_calls()) {
        const cdshooks::Answer usual = answer(call);
        if (usual.status != 200) continue;
        cdshooks::Call made = made_call(call);
        made.silent = true;
        const cdshooks::Answer silent = answer_to(std::move(made));
        BOOST_TEST(silent.status == 200, call.name);
        BOOST_TEST(silent.body == R"({"cards":[]})", call.name);
        BOOST_TEST((silent.shown == usual.shown && silent.folded == usual.folded), call.name);
        with_cards += usual.shown.empty() ? 0U : 1U;
    }
    BOOST_TEST(with_cards > 50U);
}

BOOST_AUTO_TEST_CASE(that_is_malformed_or_lacks_its_data_is_still_refused) {
    HookCall call = case_call("named/cetuximab-drafted-with-kras-g12d");
    call.body.erase(call.body.size() - 2);
    cdshooks::Call made = made_call(call);
    made.silent = true;
    BOOST_TEST(answer_to(std::move(made)).status == 400);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_recommendation_switched_off)

BOOST_AUTO_TEST_CASE(is_not_shown_and_is_listed_while_all_others_stay) {
    const HookCall call = case_call("named/cetuximab-drafted-with-kras-g12d");
    const cdshooks::Answer usual = answer(call), found = with_off(call, {"anti-egfr-ras-mutant"});
    BOOST_TEST_REQUIRE(contains(ids(usual.shown), "anti-egfr-ras-mutant"));
    BOOST_TEST(!contains(ids(found.shown), "anti-egfr-ras-mutant"));
    BOOST_TEST(!says(found.body, "antiEgfrRasMutant"));
    BOOST_TEST((ids(found.switched_off) == std::vector<std::string>{"anti-egfr-ras-mutant"}));
    for (const std::string& id : ids(usual.shown))
        BOOST_TEST((id == "anti-egfr-ras-mutant" || contains(ids(found.shown), id)), id);
    BOOST_TEST(usual.switched_off.empty());
}

BOOST_AUTO_TEST_CASE(that_does_not_apply_is_not_listed) {
    const HookCall call = case_call("named/cetuximab-drafted-with-kras-g12d");
    const cdshooks::Answer found = with_off(call, {"primary-perforation", "no-such-recommendation"});
    BOOST_TEST(found.switched_off.empty());
    BOOST_TEST((found.body == answer(call).body));
}

BOOST_AUTO_TEST_CASE(gives_its_place_among_the_shown_to_one_that_was_folded) {
    const HookCall call = case_call("named/more-cards-than-are-shown");
    const cdshooks::Answer usual = answer(call), found = with_off(call, {usual.shown.back().id});
    BOOST_TEST_REQUIRE(!usual.folded.empty());
    BOOST_TEST(found.shown.size() == usual.shown.size());
    BOOST_TEST((found.shown.back() == usual.folded.front()));
    BOOST_TEST(found.folded.size() + 1 == usual.folded.size());
}

// What was not checked is told to everybody: no switch turns "not checked" into silence.
BOOST_AUTO_TEST_CASE(never_hides_what_could_not_be_read_or_assessed) {
    std::size_t unread = 0, unassessed = 0;
    for (const HookCall& call : golden_calls()) {
        const cdshooks::Answer usual = answer(call);
        std::vector<std::string> everything = ids(usual.shown);
        for (const std::string& id : ids(usual.folded)) everything.push_back(id);
        everything.push_back("data-unavailable");
        everything.push_back("notAssessed");
        const cdshooks::Answer found = with_off(call, everything);
        if (contains(ids(usual.shown), "data-unavailable")) {
            BOOST_TEST((ids(found.shown) == std::vector<std::string>{"data-unavailable"}), call.name);
            BOOST_TEST(says(found.body, "NOT CHECKED:"), call.name);
            ++unread;
        }
        if (says(usual.body, "\"notAssessed\"")) {
            BOOST_TEST(says(found.body, "\"notAssessed\""), call.name);
            ++unassessed;
        }
    }
    BOOST_TEST(unread > 3U);
    BOOST_TEST(unassessed > 3U);
}

BOOST_AUTO_TEST_CASE(still_keeps_orders_that_it_would_warn_of_out_of_the_suggestions) {
    std::vector<std::string> critical;  // rules of the order hooks that withhold a suggestion when the chart is opened
    for (const auto& recommendation : real_knowledge().recommendations) {
        if (!guideline::is_for(recommendation, domain::Hook::patient_view)) critical.push_back(recommendation.id);
    }
    std::size_t withheld = 0;
    for (const HookCall& call : golden_calls()) {
        const cdshooks::Answer usual = answer(call);
        if (call.hook != "patient-view" || !says(usual.body, "withheld, because signing it would raise: ")) continue;
        BOOST_TEST((with_off(call, critical).body == usual.body), call.name);
        ++withheld;
    }
    BOOST_TEST(withheld > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
