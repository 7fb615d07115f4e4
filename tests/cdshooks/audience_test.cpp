// The wording for nurses and patients: words change, logic does not (clinical.md S60, decisions.md 32).
#include "cdshooks/audience.hpp"

#include <boost/test/unit_test.hpp>

#include <regex>

#include "cdshooks/wording_calls.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::AudienceSettings;

namespace {

const AudienceSettings clinicians{}, nurses{true, false}, plain{false, true};
const std::string patient = "Patient/someone", relative = "RelatedPerson/someone";

bool opens_chart(const HookCall& call) { return call.hook == "patient-view"; }

// Topic and indicator of every card, in order.
std::vector<std::string> cards_in_order(const cdshooks::Answer& answer) {
    const json::Document document = parsed(answer.body);
    std::vector<std::string> cards;
    for (const json::Value card : document.root()["cards"].elements())
        cards.push_back(std::string(card["source"]["topic"]["code"].text()) + " " +
                        std::string(card["indicator"].text()));
    return cards;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

void check_patient_card(json::Value card, const std::string& name) {
    for (const char* member : {"suggestions", "selectionBehavior", "overrideReasons", "links"})
        BOOST_TEST(!card[member].exists(), name << " has " << member);
    const std::string_view detail = card["detail"].text(), label = card["source"]["label"].text();
    for (const char* part : {"**Where this comes from**", "**Talk to your cancer team**", "Content version ",
                             "draft: not reviewed by a clinician", "not a medical device"})
        BOOST_TEST(contains(detail, part), name << " lacks " << part);
    for (const char* part : {"Why this card appears", "**Evidence**", "{{", "\n\n\n", "Observation/"})
        BOOST_TEST(!contains(detail, part), name << " shows " << part);
    BOOST_TEST(!contains(label, "stage"), name);
    static const std::regex drug_order(R"(\b\d+ ?(mg|g|Gy)\b|folfox|folfiri|capox|mab\b)", std::regex::icase);
    BOOST_TEST(!std::regex_search(detail.begin(), detail.end(), drug_order), name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(texts)

BOOST_AUTO_TEST_CASE(every_recommendation_that_an_opened_chart_shows_has_both_variants_and_no_other_has_one) {
    std::size_t shown = 0;
    for (const auto& recommendation : real_knowledge().recommendations) {
        const bool expected = guideline::is_for(recommendation, domain::Hook::patient_view);
        shown += expected ? 1U : 0U;
        for (const auto* text : {&recommendation.for_nurses, &recommendation.for_patients}) {
            BOOST_TEST(!text->summary.empty() == expected, recommendation.id);
            BOOST_TEST(!text->detail.empty() == expected, recommendation.id);
        }
    }
    BOOST_TEST(shown == 36U);
}

BOOST_AUTO_TEST_CASE(the_three_wordings_differ) {
    for (const auto& recommendation : real_knowledge().recommendations) {
        if (!guideline::is_for(recommendation, domain::Hook::patient_view)) continue;
        BOOST_TEST(recommendation.for_nurses.detail != recommendation.detail, recommendation.id);
        BOOST_TEST(recommendation.for_patients.summary != recommendation.summary, recommendation.id);
        BOOST_TEST(recommendation.for_patients.detail != recommendation.for_nurses.detail, recommendation.id);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(logic_is_the_same_for_every_audience)

BOOST_AUTO_TEST_CASE(nurses_get_the_clinicians_cards_in_the_same_order_with_the_same_indicators) {
    BOOST_TEST(scenario_calls().size() > 200U);
    for (const HookCall& call : scenario_calls())
        BOOST_TEST(cards_in_order(answer(call, nurses)) == cards_in_order(answer(call)), call.name);
}

BOOST_AUTO_TEST_CASE(patients_get_every_card_of_an_opened_chart_in_plain_words_and_no_order) {
    std::size_t cards = 0;
    for (const HookCall& call : scenario_calls()) {
        if (!opens_chart(call)) continue;
        const cdshooks::Answer found = answer(call.by(patient), plain), clinical = answer(call);
        BOOST_TEST(found.shown == clinical.shown, call.name);
        BOOST_TEST(found.folded == clinical.folded, call.name);
        BOOST_TEST(cards_in_order(found) == cards_in_order(clinical), call.name);
        const json::Document document = parsed(found.body);
        for (const json::Value card : document.root()["cards"].elements()) {
            check_patient_card(card, call.name);
            ++cards;
        }
    }
    BOOST_TEST(cards > 100U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(who_gets_which_words)

BOOST_AUTO_TEST_CASE(patients_and_relatives_get_no_card_unless_configured) {
    const HookCall call = case_call("named/seed-case-kras-g12d-mss");
    for (const std::string& user : {patient, relative}) {
        for (const AudienceSettings& settings : {clinicians, nurses})
            BOOST_TEST(answer(call.by(user), settings).body == R"({"cards":[]})");
        BOOST_TEST(cards_in_order(answer(call.by(user), plain)) == cards_in_order(answer(call)));
    }
}

BOOST_AUTO_TEST_CASE(professionals_are_not_touched_by_the_setting_for_patients) {
    const HookCall call = case_call("named/seed-case-kras-g12d-mss");
    BOOST_TEST(answer(call, plain).body == answer(call).body);
    BOOST_TEST(answer(call, nurses).body != answer(call).body);
}

// A safety card while orders are selected or signed is never silenced and never reworded, whoever the user is.
BOOST_AUTO_TEST_CASE(order_hooks_have_the_clinicians_words_for_everyone) {
    std::size_t calls = 0;
    for (const HookCall& call : scenario_calls()) {
        if (opens_chart(call)) continue;
        ++calls;
        BOOST_TEST(answer(call, nurses).body == answer(call).body, call.name);
        BOOST_TEST(cards_in_order(answer(call.by(patient))) == cards_in_order(answer(call)), call.name);
        BOOST_TEST(answer(call.by(patient), plain).body == answer(call.by(patient)).body, call.name);
    }
    BOOST_TEST(calls > 50U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(whole_answers)

BOOST_AUTO_TEST_CASE(for_nurses) {
    check_golden(answer(case_call("named/seed-case-kras-g12d-mss"), nurses), "kras-g12d-mss-for-nurses");
}

BOOST_AUTO_TEST_CASE(for_patients) {
    check_golden(answer(case_call("named/seed-case-kras-g12d-mss").by(patient), plain), "kras-g12d-mss-for-patients");
    check_golden(answer(case_call("named/more-cards-than-are-shown").by(patient), plain), "many-cards-for-patients");
}

BOOST_AUTO_TEST_SUITE_END()
