// Which version and dialect a call is answered in: client, then base path, then the hint in the request, then 2.0.1
// (cds-hooks.md 12.2; conformance-cases.md V05, R16).
#include "cdshooks/wire_profile.hpp"

#include <boost/test/unit_test.hpp>

#include "cdshooks/wording_calls.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::choose_profile;
using cdshooks::Dialect;
using cdshooks::OrderIntent;
using cdshooks::WireProfile;
using cdshooks::WireSettings;
using cdshooks::WireVersion;

namespace {

const std::string hint_key = "com.epic.cdshooks.request.cds-hooks-specification-version";

WireProfile chosen(const WireSettings& client, std::optional<WireVersion> base_path, const std::string& hint) {
    const json::Document request =
        parsed(hint.empty() ? "{}" : R"({"extension":{")" + hint_key + "\":\"" + hint + "\"}}");
    return choose_profile({client, base_path}, request.root());
}

const WireSettings automatic{};

WireSettings configured(std::optional<WireVersion> version, std::optional<Dialect> dialect = {}) {
    WireSettings settings;
    settings.version = version, settings.dialect = dialect;
    return settings;
}

// The call with an extension beside its hook.
HookCall with_extension(HookCall call, const std::string& members) {
    call.body.insert(1, "\"extension\":{" + members + "},");
    return call;
}

cdshooks::Answer automatic_answer(const HookCall& call) { return answer_to(made_call(call)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(the_wire_version)

BOOST_AUTO_TEST_CASE(is_2_0_1_when_nobody_says_otherwise) {
    const WireProfile profile = chosen(automatic, {}, "");
    BOOST_TEST((profile.version == WireVersion::v2_0));
    BOOST_TEST((profile.dialect == Dialect::standard));
    BOOST_TEST((profile.intent == OrderIntent::order));
    BOOST_TEST(!profile.html_detail);
    BOOST_TEST(!profile.action_selection_behavior);
}

BOOST_AUTO_TEST_CASE(is_that_of_the_base_path_for_an_automatic_client) {
    for (const WireVersion version :
         {WireVersion::v1_0, WireVersion::v1_1, WireVersion::v2_0, WireVersion::v3_0_ballot})
        BOOST_TEST((chosen(automatic, version, "").version == version));
}

BOOST_AUTO_TEST_CASE(is_the_clients_whatever_the_path_and_the_request_say) {
    BOOST_TEST((chosen(configured(WireVersion::v1_0, Dialect::standard), WireVersion::v3_0_ballot, "1.1").version ==
                WireVersion::v1_0));
    BOOST_TEST(
        (chosen(configured(WireVersion::v3_0_ballot), WireVersion::v1_0, "").version == WireVersion::v3_0_ballot));
}

BOOST_AUTO_TEST_CASE(V05_is_epics_when_the_request_of_an_automatic_client_carries_its_hint) {
    for (const char* hint : {"1.0", "1.1"}) {
        const WireProfile profile = chosen(automatic, {}, hint);
        BOOST_TEST((profile.dialect == Dialect::epic), hint);
        BOOST_TEST((profile.version == WireVersion::v1_1), hint);  // its members are those of 1.1
        BOOST_TEST((profile.intent == OrderIntent::proposal), hint);
        BOOST_TEST(profile.one_action_per_suggestion(), hint);
        BOOST_TEST((profile.any_only() && !profile.at_most_one_only()), hint);
    }
    BOOST_TEST((chosen(automatic, {}, "2.0").version == WireVersion::v2_0));
    BOOST_TEST((chosen(automatic, {}, "May 2024").dialect == Dialect::epic));
    BOOST_TEST((chosen(automatic, {}, "May 2024").version == WireVersion::v2_0));
}

BOOST_AUTO_TEST_CASE(a_base_path_outranks_the_version_of_the_hint_but_not_the_dialect) {
    const WireProfile profile = chosen(automatic, WireVersion::v2_0, "1.1");
    BOOST_TEST((profile.version == WireVersion::v2_0));
    BOOST_TEST((profile.dialect == Dialect::epic));
}

BOOST_AUTO_TEST_CASE(a_client_configured_as_standard_gets_the_standard_dialect_in_spite_of_the_hint) {
    BOOST_TEST((chosen(configured({}, Dialect::standard), {}, "1.1").dialect == Dialect::standard));
    BOOST_TEST((chosen(configured({}, Dialect::epic), {}, "").dialect == Dialect::epic));
}

BOOST_AUTO_TEST_CASE(the_intent_of_orders_is_the_clients_and_otherwise_the_dialects) {
    WireSettings orders = configured({}, Dialect::epic), proposals;
    orders.intent = OrderIntent::order, proposals.intent = OrderIntent::proposal;
    BOOST_TEST((chosen(orders, {}, "").intent == OrderIntent::order));
    BOOST_TEST((chosen(proposals, {}, "").intent == OrderIntent::proposal));
}

BOOST_AUTO_TEST_CASE(options_that_a_dialect_or_version_lacks_have_no_effect) {
    WireSettings all;
    all.html_detail = all.action_selection_behavior = true;
    const WireProfile standard = chosen(all, {}, "");
    BOOST_TEST((!standard.writes_html() && !standard.writes_action_selection_behavior()));
    BOOST_TEST(chosen(all, WireVersion::v3_0_ballot, "").writes_action_selection_behavior());
    BOOST_TEST(chosen(all, {}, "1.1").writes_html());
}

BOOST_AUTO_TEST_CASE(has_a_word_and_other_words_are_none) {
    for (const char* word : {"1.0", "1.1", "2.0", "3.0-ballot"})
        BOOST_TEST(cdshooks::name(*cdshooks::wire_version_named(word)) == word);
    BOOST_TEST((cdshooks::wire_version_named("2.0.1") == WireVersion::v2_0));
    for (const char* word : {"", "2", "4.0", "epic", "1.0 "}) BOOST_TEST(!cdshooks::wire_version_named(word), word);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_whole_call)

BOOST_AUTO_TEST_CASE(V05_with_epics_hint_is_answered_in_epics_dialect) {
    const HookCall call = with_extension(case_call("named/seed-case-kras-g12d-mss"), "\"" + hint_key + "\":\"1.0\"");
    const WireProfile epic{WireVersion::v1_1, Dialect::epic, OrderIntent::proposal};
    BOOST_TEST((automatic_answer(call).body == answer(call, {}, epic).body));
    BOOST_TEST((automatic_answer(call).body != automatic_answer(case_call("named/seed-case-kras-g12d-mss")).body));
}

BOOST_AUTO_TEST_CASE(R16_with_unknown_extensions_and_members_gets_the_same_cards) {
    const HookCall plain = case_call("named/seed-case-kras-g12d-mss");
    HookCall extended = with_extension(
        plain, R"("com.epic.cdshooks.request.epic-version":"11.2","org.example":{"deep":[1,{"x":true}]})");
    extended.body.insert(1, R"("unknownMember":{"a":[1,2]},)");
    const std::string context = "\"context\":{";
    extended.body.insert(extended.body.find(context) + context.size(), R"("unknownContext":"x",)");
    BOOST_TEST((automatic_answer(extended).body == automatic_answer(plain).body));
}

BOOST_AUTO_TEST_CASE(an_extension_of_another_type_is_no_hint) {
    HookCall call = case_call("named/seed-case-kras-g12d-mss");
    const std::string usual = automatic_answer(call).body;
    for (const char* extension : {R"("extension":"x",)", R"("extension":null,)", R"("extension":[1],)"}) {
        HookCall odd = call;
        odd.body.insert(1, extension);
        BOOST_TEST((automatic_answer(odd).body == usual), extension);
    }
}

BOOST_AUTO_TEST_SUITE_END()
