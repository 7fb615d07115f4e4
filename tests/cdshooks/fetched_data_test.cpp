// What is answered when data were not supplied, were known to be empty, or could not be read (rows P01-P17, F01, R20,
// T21-T26; decisions.md 1-9, local-codes.md D1).
#include <boost/test/unit_test.hpp>

#include "cdshooks/fetching.hpp"
#include "support/example_requests.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::Answer;
using cdshooks::FetchFailure;
using cdshooks::FhirAccess;
using cdshooks::InputState;
using cdshooks::Reason;
using domain::Input;

namespace {

constexpr const char* failed =
    R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing"}]})";
constexpr const char* remark =
    R"({"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "not-found"}]})";
constexpr const char* empty_bundle = R"({"resourceType": "Bundle", "type": "searchset", "total": 0})";
constexpr const char* next_link = R"([{"relation": "next", "url": "https://fhir.example.org/r4?page=2"}])";

const std::vector<std::pair<FetchFailure, const char*>> failures{
    {FetchFailure::not_attempted, "no time was left to ask the FHIR server, or no token"},
    {FetchFailure::not_allowed, "not one that may be asked"},
    {FetchFailure::timed_out, "timed out"},
    {FetchFailure::unreachable, "could not be reached"},
    {FetchFailure::refused, "refused access"},
    {FetchFailure::not_found, "does not know the address"},
    {FetchFailure::overloaded, "failed or was overloaded"},
    {FetchFailure::not_fhir, "not the data asked for"},
    {FetchFailure::too_large, "too large"},
    {FetchFailure::circuit_open, "failed a moment ago"}};

std::string chemotherapy_alone() { return without(order_sign(), "/context/draftOrders/entry/0"); }

// The first entries of a Bundle as a page of their own, and the rest.
std::string first_entries(const std::string& bundle, std::size_t count) {
    std::string page = bundle;
    const auto document = json::Document::parse(bundle);
    for (std::size_t i = document.value().root()["entry"].size(); i > count; --i)
        page = without(page, "/entry/" + std::to_string(i - 1));
    return page;
}

std::string later_entries(const std::string& bundle, std::size_t count) {
    std::string page = bundle;
    for (std::size_t i = 0; i < count; ++i) page = without(page, "/entry/0");
    return page;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fetched_data)

BOOST_AUTO_TEST_CASE(P02_what_is_fetched_answers_as_what_is_delivered) {
    for (const std::string& body : {patient_view(), order_sign(), order_select()}) {
        const Answer expected = answered_without_access(body);
        for (const char* key : {"patient", "conditions", "observations", "medicationRequests"}) {
            const Answer found = answered(leaving_out(body, {key}), {fetched(key, {delivered(body, key)})});
            BOOST_TEST(found.status == 200);
            BOOST_TEST(found.body == expected.body, key);
        }
    }
}

BOOST_AUTO_TEST_CASE(P13_pages_are_put_together_whoever_delivered_them) {
    const std::string body = patient_view(), whole = delivered(body, "observations");
    const std::string first = with(first_entries(whole, 4), "/link", next_link), rest = later_entries(whole, 4);
    const std::string expected = answered_without_access(body).body;
    const std::string opened = with(body, "/prefetch/observations", first);
    BOOST_TEST(answered(opened, {fetched("observations", {rest})}).body == expected);
    const std::string last = later_entries(rest, 3);
    BOOST_TEST(
        answered(opened, {fetched("observations", {with(first_entries(rest, 3), "/link", next_link), last})}).body ==
        expected);
    BOOST_TEST(answered(leaving_out(body, {"observations"}), {fetched("observations", {first, rest})}).body ==
               expected);
}

BOOST_AUTO_TEST_CASE(P13_a_page_that_is_missing_makes_the_input_incomplete) {
    const std::string body = patient_view(), whole = delivered(body, "observations");
    const std::string opened = with(body, "/prefetch/observations", with(first_entries(whole, 4), "/link", next_link));
    Came cut = fetched("observations", {later_entries(whole, 4)});
    cut.is_incomplete = true;
    std::vector<std::pair<Answer, const char*>> answers;
    answers.emplace_back(answered_without_access(opened), "further entries exist");
    answers.emplace_back(answered(opened, {}), "further entries exist");
    answers.emplace_back(answered(opened, {not_fetched("observations", FetchFailure::timed_out)}), "timed out");
    answers.emplace_back(
        answered(opened, {fetched("observations", {with(later_entries(whole, 4), "/link", next_link)})}),
        "further entries exist");
    answers.emplace_back(answered(opened, {fetched("observations", {failed})}), "reported an error");
    answers.emplace_back(answered(opened, {fetched("observations", {"{}"})}), "not the data asked for");
    answers.emplace_back(answered(opened, {cut}), "further entries exist");
    for (const auto& [answer, why] : answers) {
        BOOST_TEST((report(answer, Input::observations).state == InputState::incomplete), why);
        BOOST_TEST(says(detail(answer, "dataUnavailable"), std::string("observations (in part: ")), why);
        BOOST_TEST(says(detail(answer, "dataUnavailable"), why), detail(answer, "dataUnavailable"));
    }
}

// Else a chemotherapy cycle on two pages would be two cycles.
BOOST_AUTO_TEST_CASE(a_resource_on_two_pages_is_one) {
    const std::string body = order_sign(), whole = delivered(body, "observations");
    const std::string opened = with(body, "/prefetch/observations", with(whole, "/link", next_link));
    BOOST_TEST(answered(opened, {fetched("observations", {whole})}).body == answered_without_access(body).body);
}

BOOST_AUTO_TEST_CASE(T22_every_way_to_fail_is_named_in_words_and_is_no_negative_result) {
    for (const auto& [failure, words] : failures) {
        const Answer answer =
            answered(leaving_out(order_sign(), {"observations"}), {not_fetched("observations", failure)});
        BOOST_TEST(answer.status == 200);
        BOOST_TEST(shows(answer, "dataUnavailable"), words);
        BOOST_TEST(!shows(answer, "antiEgfrRasMutant"));
        const std::string text = detail(answer, "dataUnavailable");
        BOOST_TEST(text.find("NOT CHECKED: observations (") == 0U, text);
        BOOST_TEST(says(text, words), text);
        BOOST_TEST(says(text, "This is not a negative result."));
        BOOST_TEST(says(text, "EGFR antibody ordered in RAS-mutant disease"));
        BOOST_TEST((report(answer, Input::observations).state == InputState::unreadable));
        BOOST_TEST((report(answer, Input::observations).failure == failure));
        BOOST_TEST(report(answer, Input::observations).is_fetched);
    }
}

BOOST_AUTO_TEST_CASE(T22_an_answer_of_200_that_is_no_Bundle_is_unreadable_and_never_empty) {
    for (const char* page :
         {failed, remark, "\"<html>Log in</html>\"", "[]", R"({"resourceType": "Patient"})",
          R"({"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/pat-022"}})"}) {
        const Answer answer = answered(leaving_out(order_sign(), {"observations"}), {fetched("observations", {page})});
        BOOST_TEST((report(answer, Input::observations).state == InputState::unreadable), page);
        BOOST_TEST(shows(answer, "dataUnavailable"), page);
    }
    const Answer none = answered(leaving_out(order_sign(), {"observations"}), {fetched("observations", {})});
    BOOST_TEST((report(none, Input::observations).state == InputState::unreadable));
    const Answer empty =
        answered(leaving_out(order_sign(), {"observations"}), {fetched("observations", {empty_bundle})});
    BOOST_TEST((report(empty, Input::observations).state == InputState::empty));
    BOOST_TEST(!shows(empty, "dataUnavailable"));
}

BOOST_AUTO_TEST_CASE(P05_P10_P11_not_supplied_known_empty_and_unreadable_are_told_apart) {
    const Answer absent = answered_without_access(leaving_out(patient_view(), {"observations"}));
    const Answer empty = answered_without_access(with(patient_view(), "/prefetch/observations", "null"));
    const Answer unreadable = answered_without_access(with(patient_view(), "/prefetch/observations", failed));
    BOOST_TEST(says(detail(absent, "dataUnavailable"), "observations (not supplied)"));
    BOOST_TEST(says(detail(unreadable, "dataUnavailable"), "observations (the record system reported an error)"));
    BOOST_TEST(!shows(empty, "dataUnavailable"));
    BOOST_TEST(says(detail(empty, "firstLineBiomarkersPending"), "was found in the resources this service reads"));
    BOOST_TEST((report(absent, Input::observations).state == InputState::absent));
    BOOST_TEST((report(empty, Input::observations).state == InputState::empty));
    BOOST_TEST((report(unreadable, Input::observations).state == InputState::unreadable));
    BOOST_TEST(!report(absent, Input::observations).is_fetched);
}

BOOST_AUTO_TEST_CASE(the_state_of_every_input_is_told) {
    const Answer answer = answered_without_access(order_sign());
    BOOST_TEST((report(answer, Input::patient).state == InputState::present));
    BOOST_TEST((report(answer, Input::conditions).state == InputState::present));
    BOOST_TEST((report(answer, Input::medication_administrations).state == InputState::empty));
    BOOST_TEST((report(answer, Input::diagnostic_reports).state == InputState::not_asked));
    const Answer remarked = answered_without_access(with(order_sign(), "/prefetch/procedures", remark));
    BOOST_TEST((report(remarked, Input::procedures).state == InputState::empty));
    const Answer one = answered_without_access(
        with(order_sign(), "/prefetch/procedures",
             R"({"resourceType": "Procedure", "id": "x", "subject": {"reference": "Patient/pat-022"}})"));
    BOOST_TEST((report(one, Input::procedures).state == InputState::incomplete));
    const Answer nonsense = answered_without_access(with(order_sign(), "/prefetch/procedures", "\"123\""));
    BOOST_TEST((report(nonsense, Input::procedures).state == InputState::unreadable));
}

BOOST_AUTO_TEST_CASE(P01_R20_without_access_what_is_required_and_absent_is_412) {
    for (const std::string& body : {patient_view(), chemotherapy_alone()}) {
        const Answer conditions = answered_without_access(leaving_out(body, {"conditions"}));
        BOOST_TEST(conditions.status == 412);
        BOOST_TEST((conditions.reason == Reason::unobtainable));
        BOOST_TEST(says(conditions.body, "conditions (not supplied)"));
        BOOST_TEST((report(conditions, Input::conditions).state == InputState::absent));
        BOOST_TEST(answered_without_access(leaving_out(body, {"patient"})).status == 412);
    }
    BOOST_TEST(answered_without_access(leaving_out(order_sign(), {"patient"})).status == 412);
}

BOOST_AUTO_TEST_CASE(F01_D1_diagnoses_fetched_in_vain_are_412_unless_a_biologic_is_drafted) {
    for (const auto& [failure, words] : failures) {
        const auto asked = [&, why = failure](const std::string& body, const char* key) {
            return answered(leaving_out(body, {key}), {not_fetched(key, why)});
        };
        for (const char* key : {"conditions", "patient"}) {
            for (const std::string& body : {patient_view(), chemotherapy_alone()}) {
                const Answer refused = asked(body, key);
                BOOST_TEST(refused.status == 412);
                BOOST_TEST(says(refused.body, std::string("prefetch.") + key));
                BOOST_TEST(says(refused.body, words), refused.body);
            }
            for (const std::string& body : {order_sign(), order_select()}) {
                const Answer answer = asked(body, key);
                BOOST_TEST(answer.status == 200);
                BOOST_TEST(shows(answer, "dataUnavailable"), key << ' ' << words);
                BOOST_TEST(says(detail(answer, "dataUnavailable"), words));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(decision_5_a_Patient_that_was_delivered_as_null_or_failed_is_412_at_every_hook) {
    for (const std::string& body : {patient_view(), order_sign(), order_select()}) {
        for (const char* value : {"null", failed, remark, empty_bundle}) {
            BOOST_TEST(answered(with(body, "/prefetch/patient", value)).status == 412, value);
        }
    }
}

// The order is what is being signed now: the Patient's age can wait, the resistant tumour cannot.
BOOST_AUTO_TEST_CASE(a_critical_card_stands_although_the_Patient_could_not_be_fetched) {
    const Answer answer =
        answered(leaving_out(order_sign(), {"patient"}), {not_fetched("patient", FetchFailure::timed_out)});
    BOOST_TEST(shows(answer, "antiEgfrRasMutant"));
    BOOST_TEST(says(detail(answer, "antiEgfrRasMutant"), "patient could not be read (the FHIR server timed out)"));
    BOOST_TEST(shows(answer, "dataUnavailable"));
}

BOOST_AUTO_TEST_CASE(P16_nonsense_is_fetched_anew_where_that_is_possible) {
    const std::string nonsense = with(order_sign(), "/prefetch/observations", "\"<html>Log in</html>\"");
    const Answer fresh = answered(nonsense, {fetched("observations", {delivered(order_sign(), "observations")})});
    BOOST_TEST(fresh.body == answered_without_access(order_sign()).body);
    BOOST_TEST(shows(answered_without_access(nonsense), "dataUnavailable"));
    BOOST_TEST(says(detail(answered_without_access(nonsense), "dataUnavailable"), "not the data asked for"));
}

BOOST_AUTO_TEST_CASE(P20_what_no_query_can_be_written_for_is_not_obtainable) {
    fhir::Service service = *call_of(order_sign()).service;
    for (auto& [key, text] : service.prefetch) {
        if (key == "procedures") text = "Procedure?encounter={{context.encounterId}}";
    }
    const std::string body = without(leaving_out(order_sign(), {"procedures"}), "/context/encounterId");
    const auto with_service = [&](cdshooks::Call& call) { call.service = &service; };
    const Answer answer = answered(body, {}, FhirAccess::possible, with_service);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(says(detail(answer, "dataUnavailable"), "procedures (the call lacks a value that the query needs)"));
}

BOOST_AUTO_TEST_CASE(what_came_for_a_key_that_was_delivered_is_not_used) {
    const std::string body = with(order_sign(), "/prefetch/observations", "null");
    const Answer answer = answered(body, {fetched("observations", {delivered(order_sign(), "observations")})});
    BOOST_TEST(answer.body == answered_without_access(body).body);
}

BOOST_AUTO_TEST_CASE(T26_what_was_read_is_judged_and_the_rest_is_named) {
    const Answer answer =
        answered(leaving_out(order_sign(), {"procedures"}), {not_fetched("procedures", FetchFailure::unreachable)});
    BOOST_TEST(shows(answer, "antiEgfrRasMutant"));
    BOOST_TEST(says(detail(answer, "dataUnavailable"), "procedures (the FHIR server could not be reached)"));
}

BOOST_AUTO_TEST_CASE(what_fired_and_what_was_not_assessed_is_told_by_id) {
    const Answer fired = answered_without_access(order_sign());
    BOOST_TEST_REQUIRE(!fired.shown.empty());
    BOOST_TEST(fired.shown.front().id == "anti-egfr-ras-mutant");
    BOOST_TEST((fired.silence == cdshooks::Silence::none));
    const Answer open = answered_without_access(leaving_out(order_sign(), {"observations"}));
    const auto& ids = open.not_assessed;
    BOOST_TEST((std::find(ids.begin(), ids.end(), "anti-egfr-ras-mutant") != ids.end()));
    BOOST_TEST(open.failed.empty());
}

BOOST_AUTO_TEST_SUITE_END()
