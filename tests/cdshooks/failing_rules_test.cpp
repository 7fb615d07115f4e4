// A rule that fails inside, and time that runs out between rules, leave that rule "not assessed" while the others
// answer (T27, T28; decisions.md 3 and 12). A failure outside the rules is 500.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "cdshooks/fetching.hpp"
#include "cdshooks/judged_with.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::Answer;
using cdshooks::Reason;

namespace {

constexpr domain::FactId no_such_fact = 1'000'000;  // asking for it throws

Answer with_knowledge(const fhir::Knowledge& knowledge, const std::string& body) {
    cdshooks::Call call = call_of(body);
    return cdshooks::respond(knowledge, std::move(call));
}

Answer with_failing(std::string_view id, const std::string& body) {
    fhir::Knowledge knowledge = real_knowledge();
    recommendation_of(knowledge, id)
        .conditions.insert(recommendation_of(knowledge, id).conditions.begin(), no_such_fact);
    return with_knowledge(knowledge, body);
}

Answer with_all_failing(const std::string& body) {
    fhir::Knowledge knowledge = real_knowledge();
    for (auto& recommendation : knowledge.recommendations)
        recommendation.conditions.insert(recommendation.conditions.begin(), no_such_fact);
    return with_knowledge(knowledge, body);
}

Answer after_rules(int rules, const std::string& body) {
    return answered_without_access(body, [rules](cdshooks::Call& call) {
        call.is_out_of_time = [left = rules]() mutable { return left-- <= 0; };
    });
}

bool holds(const std::vector<std::string>& ids, std::string_view id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(failing_rules)

BOOST_AUTO_TEST_CASE(T27_a_failing_rule_is_not_assessed_and_the_others_answer) {
    const std::string body = order_sign();
    const Answer sound = answered_without_access(body);
    const Answer other = with_failing("anti-egfr-braf-v600e", body);
    BOOST_TEST(other.status == 200);
    BOOST_TEST(shows(other, "antiEgfrRasMutant"));
    BOOST_TEST(says(detail(other, "notAssessed"),
                    "EGFR antibody in BRAF V600E without a BRAF inhibitor: a fault of this service"));
    BOOST_TEST(indicator(other, "notAssessed") == "warning");
    BOOST_TEST(holds(other.failed, "anti-egfr-braf-v600e"));
    BOOST_TEST(sound.failed.empty());
    BOOST_TEST(!shows(sound, "notAssessed"));
    const Answer itself = with_failing("anti-egfr-ras-mutant", body);
    BOOST_TEST(!shows(itself, "antiEgfrRasMutant"));
    BOOST_TEST(
        says(detail(itself, "notAssessed"), "EGFR antibody ordered in RAS-mutant disease: a fault of this service"));
}

BOOST_AUTO_TEST_CASE(T27_the_next_call_is_answered_as_ever) {
    const std::string expected = answered_without_access(order_sign()).body;
    with_all_failing(order_sign());
    BOOST_TEST(answered_without_access(order_sign()).body == expected);
}

// At patient-view there is no card for it, and silence would not be earned.
BOOST_AUTO_TEST_CASE(T27_failing_rules_alone_are_never_silence) {
    const Answer signing = with_all_failing(order_sign());
    BOOST_TEST(signing.status == 200);
    BOOST_TEST(topics(signing) == std::vector<std::string>{"notAssessed"}, boost::test_tools::per_element());
    const Answer viewing = with_all_failing(patient_view());
    BOOST_TEST(viewing.status == 500);
    BOOST_TEST((viewing.reason == Reason::internal));
    BOOST_TEST(says(viewing.body, "OperationOutcome"));
    BOOST_TEST(!says(viewing.body, "pat-002"));
}

BOOST_AUTO_TEST_CASE(T28_what_was_judged_when_the_time_ran_out_is_answered_and_the_rest_is_named) {
    const Answer all = answered_without_access(order_sign());
    const Answer none = after_rules(0, order_sign());
    BOOST_TEST(topics(none) == std::vector<std::string>{"notAssessed"}, boost::test_tools::per_element());
    BOOST_TEST(says(detail(none, "notAssessed"), "Not reached in the time that was allowed: "));
    BOOST_TEST(says(detail(none, "notAssessed"), "EGFR antibody ordered in RAS-mutant disease"));
    BOOST_TEST(holds(none.not_assessed, "anti-egfr-ras-mutant"));
    bool partly = false;
    for (int rules = 0; rules < 60; ++rules) {
        const Answer answer = after_rules(rules, order_sign());
        BOOST_TEST(answer.status == 200);
        BOOST_TEST((shows(answer, "antiEgfrRasMutant") ||
                    says(detail(answer, "notAssessed"), "EGFR antibody ordered in RAS-mutant disease")));
        partly = partly || (shows(answer, "antiEgfrRasMutant") && shows(answer, "notAssessed"));
    }
    BOOST_TEST(partly);
    BOOST_TEST(after_rules(1000, order_sign()).body == all.body);
}

// A card that is missing among others would be missed by nobody.
BOOST_AUTO_TEST_CASE(T27_T28_beside_other_cards_it_is_named_when_a_chart_is_opened_too) {
    const Answer whole = answered_without_access(patient_view());
    BOOST_TEST_REQUIRE(whole.shown.size() > 1U);
    BOOST_TEST(!shows(whole, "notAssessed"));
    const Answer failing = with_failing(whole.shown.front().id, patient_view());
    BOOST_TEST(failing.status == 200);
    BOOST_TEST(says(detail(failing, "notAssessed"), ": a fault of this service"));
    BOOST_TEST(indicator(failing, "notAssessed") == "info");
    bool partly = false;
    for (int rules = 1; rules < 60; ++rules) {
        const Answer answer = after_rules(rules, patient_view());
        if (answer.status != 200 || answer.body == whole.body) continue;
        partly = true;
        BOOST_TEST(says(detail(answer, "notAssessed"), "Not reached in the time that was allowed: "));
    }
    BOOST_TEST(partly);
}

// The card that names what is too old must not stand for the rule that failed.
BOOST_AUTO_TEST_CASE(T27_beside_what_is_too_old_it_is_named_though_nothing_fires) {
    fhir::Knowledge knowledge = real_knowledge();
    for (auto& recommendation : knowledge.recommendations)
        recommendation.expires = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    const std::string failing = answered_without_access(patient_view()).shown.at(0).id;
    const std::string told = recommendation_of(knowledge, failing).title + ": a fault of this service";
    BOOST_TEST(!says(detail(with_knowledge(knowledge, patient_view()), "notAssessed"), told));
    auto& conditions = recommendation_of(knowledge, failing).conditions;
    conditions.insert(conditions.begin(), no_such_fact);
    const Answer answer = with_knowledge(knowledge, patient_view());
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.shown.empty());
    BOOST_TEST(says(detail(answer, "notAssessed"), told));
}

BOOST_AUTO_TEST_CASE(T28_without_time_for_anything_a_chart_is_answered_with_503) {
    const Answer answer = after_rules(0, patient_view());
    BOOST_TEST(answer.status == 503);
    BOOST_TEST((answer.reason == Reason::exhausted));
}

BOOST_AUTO_TEST_CASE(a_fault_outside_the_rules_is_500_without_a_word_of_the_patient) {
    const Answer thrown = answered_without_access(order_sign(), [](cdshooks::Call& call) {
        call.is_out_of_time = []() -> bool { throw std::runtime_error("pat-022"); };
    });
    BOOST_TEST(thrown.status == 500);
    BOOST_TEST((thrown.reason == Reason::internal));
    BOOST_TEST(!says(thrown.body, "pat-022"));
}

BOOST_AUTO_TEST_SUITE_END()
