// What is on record and not understood is told: a diagnosis when the chart is opened, a result where a rule needs it.
#include <boost/test/unit_test.hpp>

#include "cdshooks/fetching.hpp"
#include "cdshooks/judged_with.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"
#include "json/writer.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::Answer;

namespace {

std::string golden(const char* name) {
    json::Writer writer;
    return writer.value(golden_request(real_knowledge(), name)).take();
}

constexpr const char* diagnosis = "/prefetch/conditions/entry/0/resource";

// The KRAS result of the order of cetuximab, which is a mutation in the example.
std::string kras_says(const std::string& words) {
    const std::string place = "/prefetch/observations/entry/4/resource";
    const std::string value = without(order_sign(), place + "/valueCodeableConcept");
    return with(value, place + "/valueString", '"' + words + '"');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(doubt)

BOOST_AUTO_TEST_CASE(a_rectal_cancer_whose_status_is_not_understood_is_told_when_the_chart_is_opened) {
    for (const char* member : {"/clinicalStatus", "/verificationStatus"}) {
        const Answer answer =
            answered_without_access(with(patient_view(), diagnosis + std::string(member), R"("under treatment")"));
        BOOST_TEST(indicator(answer, "notAssessed") == "info", answer.body);
        BOOST_TEST(says(detail(answer, "notAssessed"), "Whether an active rectal cancer is on record: Condition/"),
                   answer.body);
        BOOST_TEST(says(detail(answer, "notAssessed"), "NOT CHECKED. This is not a negative result."));
    }
}

BOOST_AUTO_TEST_CASE(a_refuted_or_provisional_diagnosis_is_as_if_absent) {
    for (const char* status : {R"("refuted")", R"("entered-in-error")", R"("provisional")"})
        BOOST_TEST(answered_without_access(with(patient_view(), diagnosis + std::string("/verificationStatus"), status))
                       .body == R"({"cards":[]})");
}

BOOST_AUTO_TEST_CASE(a_result_in_words_that_are_not_read_is_never_called_missing_from_the_record) {
    for (const char* words : {"KRAS mutated (G12D)", "Mutation nachgewiesen", "c.35G>A p.(Gly12Asp) detected"}) {
        const Answer answer = answered_without_access(kras_says(words));
        const std::string text = detail(answer, "antiEgfrRasUnknown");
        BOOST_TEST(says(text, "KRAS on record in a form that is not read"), words << '\n' << answer.body);
        BOOST_TEST(!says(text, "KRAS not on record"));
        BOOST_TEST(says(detail(answer, "notAssessed"), "KRAS on record in a form that is not read"), answer.body);
    }
    const std::string none =
        without(without(order_sign(), "/prefetch/observations/entry/4"), "/prefetch/observations/total");
    BOOST_TEST(says(detail(answered_without_access(none), "antiEgfrRasUnknown"), "KRAS not on record"));
}

BOOST_AUTO_TEST_CASE(of_two_results_of_one_day_the_one_that_asks_for_more_caution_counts_in_either_order) {
    const std::string body = golden("low-blood-counts-at-signing");
    BOOST_TEST_REQUIRE(shows(answered_without_access(body), "lowBloodCounts"));
    const json::Document read = std::move(json::Document::parse(body)).value();
    json::Writer writer;
    const std::string low = writer.value(read.root()["prefetch"]["observations"]["entry"].at(10)["resource"]).take();
    const std::string high = with(with(low, "/valueQuantity/value", "4.0"), "/id", R"("later")");
    const std::string place = "/prefetch/observations/entry/";
    const std::string open = without(body, "/prefetch/observations/total");
    const auto entry = [](const std::string& resource) { return R"({"resource": )" + resource + "}"; };
    const std::string low_first = with(open, place + "-", entry(high));
    const std::string high_first = with(with(open, place + "10", entry(high)), place + "-", entry(low));
    BOOST_TEST(shows(answered_without_access(low_first), "lowBloodCounts"));
    BOOST_TEST(shows(answered_without_access(high_first), "lowBloodCounts"));
    BOOST_TEST(!shows(answered_without_access(with(open, place + "10", entry(high))), "lowBloodCounts"));
}

BOOST_AUTO_TEST_CASE(a_card_that_is_shown_beside_unread_data_says_that_they_may_speak_against_it) {
    const std::string unread =
        R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]})";
    const Answer answer = answered_without_access(with(patient_view(), "/prefetch/observations", unread));
    BOOST_TEST(says(detail(answer, "deferLocoregionalAsymptomatic"), "not read: observations"), answer.body);
    BOOST_TEST(!says(detail(answered_without_access(patient_view()), "deferLocoregionalAsymptomatic"), "not read:"));
}

BOOST_AUTO_TEST_SUITE_END()
