// One address for all hooks, and hooks by their names of CDS Hooks 1.0 (conformance-cases.md D06, K20, V06).
#include <boost/test/unit_test.hpp>

#include "cdshooks/wording_calls.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

cdshooks::Answer at_shared_address(const HookCall& call, bool deprecated_hooks = false) {
    cdshooks::Call made = made_call(call);
    made.service = nullptr;
    made.deprecated_hooks = deprecated_hooks;
    return answer_to(std::move(made));
}

// A call in the form of CDS Hooks 1.0: another hook, and the drafts under another name.
HookCall in_old_form(HookCall call, const std::string& hook, const std::string& member) {
    const auto replace = [&](const std::string& old_text, const std::string& new_text) {
        const auto at = call.body.find(old_text);
        BOOST_TEST_REQUIRE(at != std::string::npos, call.name << " does not hold " << old_text);
        call.body.replace(at, old_text.size(), new_text);
    };
    replace("\"hook\":\"" + call.hook + "\"", "\"hook\":\"" + hook + "\"");
    replace("\"draftOrders\":", "\"" + member + "\":");
    return call;
}

std::string place_of(const cdshooks::Answer& answer) {
    const json::Document document = parsed(answer.body);
    return std::string(document.root()["issue"].at(0)["expression"].at(0).text());
}

const char* const select_case = "named/cetuximab-drafted-with-kras-g12d";

// The first golden case of a hook that is answered with cards.
HookCall first_with_cards(const std::string& hook) {
    for (const HookCall& call : golden_calls()) {
        if (call.hook == hook && !answer(call).shown.empty()) return call;
    }
    BOOST_FAIL("No golden case of " << hook << " has cards.");
    return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(one_address_for_all_hooks)

BOOST_AUTO_TEST_CASE(answers_each_hook_as_its_own_address_does) {
    for (const char* hook : {"patient-view", "order-select", "order-sign"}) {
        const HookCall call = first_with_cards(hook);
        BOOST_TEST((at_shared_address(call).body == answer(call).body), hook);
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_hook_that_it_does_not_know) {
    HookCall call = first_with_cards("order-sign");
    for (const char* hook : {"order-dispatch", "order-review", ""}) {
        HookCall other = call;
        const std::string member = R"("hook":"order-sign")";
        other.body.replace(other.body.find(member), member.size(), std::string(R"("hook":")") + hook + "\"");
        const cdshooks::Answer refused = at_shared_address(other);
        BOOST_TEST(refused.status == 400, hook);
        BOOST_TEST(place_of(refused) == "hook");
    }
}

BOOST_AUTO_TEST_CASE(K20_restates_at_signing_what_it_said_at_selection_with_the_same_topics) {
    HookCall select = case_call(select_case);
    BOOST_TEST_REQUIRE((select.hook == "order-sign" || select.hook == "order-select"));
    const std::string other = select.hook == "order-sign" ? "order-select" : "order-sign";
    HookCall sign = select;
    const std::string member = "\"hook\":\"" + select.hook + "\"";
    sign.body.replace(sign.body.find(member), member.size(), "\"hook\":\"" + other + "\"");
    if (other == "order-select") {
        const std::string context = "\"context\":{";
        sign.body.insert(sign.body.find(context) + context.size(), R"("selections":["MedicationRequest/draft-1"],)");
    }
    const cdshooks::Answer first = at_shared_address(select), second = at_shared_address(sign);
    BOOST_TEST_REQUIRE((first.status == 200 && second.status == 200));
    for (const auto& shown : first.shown) {
        const bool again = std::find(second.shown.begin(), second.shown.end(), shown) != second.shown.end() ||
                           std::find(second.folded.begin(), second.folded.end(), shown) != second.folded.end();
        BOOST_TEST((again || shown.indicator != guideline::Indicator::critical), shown.id);
    }
    BOOST_TEST(!first.shown.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(deprecated_hooks)

BOOST_AUTO_TEST_CASE(V06_order_review_is_answered_as_order_sign) {
    const HookCall sign = first_with_cards("order-sign"), review = in_old_form(sign, "order-review", "orders");
    cdshooks::Call made = made_call(review);
    made.deprecated_hooks = true;
    BOOST_TEST((answer_to(std::move(made)).body == answer(sign).body));
    BOOST_TEST((at_shared_address(review, true).body == answer(sign).body));
}

BOOST_AUTO_TEST_CASE(V06_medication_prescribe_is_answered_as_order_select_with_everything_selected) {
    const HookCall select = first_with_cards("order-select");
    HookCall prescribe = in_old_form(select, "medication-prescribe", "medications");
    const auto at = prescribe.body.find("\"selections\":[");
    prescribe.body.erase(at, prescribe.body.find("],", at) + 2 - at);
    const cdshooks::Answer found = at_shared_address(prescribe, true), usual = answer(select);
    BOOST_TEST(found.status == 200);
    for (const auto& shown : usual.shown)
        BOOST_TEST((std::find(found.shown.begin(), found.shown.end(), shown) != found.shown.end()), shown.id);
    BOOST_TEST(!usual.shown.empty());
}

BOOST_AUTO_TEST_CASE(V06_are_refused_unless_enabled_and_name_the_member_that_is_missing) {
    const HookCall sign = first_with_cards("order-sign"), review = in_old_form(sign, "order-review", "orders");
    const cdshooks::Answer refused = answer(review);
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(place_of(refused) == "hook");
    const cdshooks::Answer without_orders = at_shared_address(in_old_form(sign, "order-review", "draftOrders"), true);
    BOOST_TEST(without_orders.status == 400);
    BOOST_TEST(place_of(without_orders) == "context.orders");
}

BOOST_AUTO_TEST_SUITE_END()
