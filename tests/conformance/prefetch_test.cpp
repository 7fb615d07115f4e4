// Rows P: the six states of a prefetch key, and what is fetched instead (cds-hooks.md 6; decisions.md 1 to 9, D1).
#include <boost/test/unit_test.hpp>

#include "conformance/answers.hpp"
#include "conformance/service.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

using Topics = std::vector<std::string>;

constexpr const char* failed =
    R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing"}]})";
constexpr const char* nothing_found =
    R"({"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "not-found"}]})";
constexpr const char* empty_bundle = R"({"resourceType": "Bundle", "type": "searchset", "total": 0})";

std::string bundle_of(const char* outcome) {
    return std::string(
               R"({"resourceType": "Bundle", "type": "searchset", "total": 0, "entry": [{"search": {"mode": "outcome"}, "resource": )") +
           outcome + "}]}";
}

std::string with_key(const std::string& request, const std::string& key, std::string_view json) {
    return with(request, "/prefetch/" + key, json);
}

void expect_412(const HttpAnswer& answer, const char* place) {
    BOOST_TEST(answer.status == 412, answer.body.substr(0, 300));
    BOOST_TEST(contains(answer.body, place));
    BOOST_TEST(!contains(answer.body, "cards"));
}

// The chart is opened, and this key is not there to be read: advice that needs it is withheld, and the card says so.
void expect_gap(const HttpAnswer& answer, const char* key) {
    BOOST_TEST(has_topic(answer, "dataUnavailable"), answer.body.substr(0, 300));
    const std::string detail = detail_of(answer, "dataUnavailable");
    BOOST_TEST(detail.starts_with("NOT CHECKED:"), detail);
    BOOST_TEST(contains(detail, key));
    BOOST_TEST(contains(detail, "not a negative result"));
}

// Fluorouracil and irinotecan alone: no drug for which an unread diagnosis gives a card.
std::string chemotherapy() { return without(order_sign(), "/context/draftOrders/entry/0"); }

}  // namespace

BOOST_AUTO_TEST_SUITE(prefetch, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(P01_a_required_key_that_cannot_be_had_is_412_and_named) {
    expect_412(sandbox().view(without(patient_view(), "/prefetch/patient")), "prefetch.patient");
    expect_412(sandbox().sign(without(order_sign(), "/prefetch/patient")), "prefetch.patient");
    expect_412(sandbox().view(without(patient_view(), "/prefetch/conditions")), "prefetch.conditions");
    expect_412(sandbox().sign(without(chemotherapy(), "/prefetch/conditions")), "prefetch.conditions");
}

BOOST_AUTO_TEST_CASE(P05_an_optional_key_that_was_not_supplied_is_said) {
    const HttpAnswer answer = sandbox().view(without(patient_view(), "/prefetch/observations"));
    expect_gap(answer, "observations");
    BOOST_TEST(!has_topic(answer, "firstLineDoubletBevacizumab"));
    BOOST_TEST(has_topic(sandbox().view(patient_view()), "firstLineDoubletBevacizumab"));
}

BOOST_AUTO_TEST_CASE(P06_null_means_that_the_client_searched_and_found_none) {
    BOOST_TEST(sandbox().view(with_key(patient_view(), "conditions", "null")).body == R"({"cards":[]})");
    const HttpAnswer answer = sandbox().view(with_key(patient_view(), "observations", "null"));
    BOOST_TEST(!has_topic(answer, "dataUnavailable"));
    BOOST_TEST(has_topic(answer, "biomarkerTestingNeeded"));
}

BOOST_AUTO_TEST_CASE(P07_an_empty_bundle_is_as_null) {
    for (const char* bundle : {empty_bundle, R"({"resourceType": "Bundle", "type": "searchset", "entry": []})"}) {
        for (const char* key : {"conditions", "observations", "procedures"})
            BOOST_TEST(same_advice(sandbox().view(with_key(patient_view(), key, bundle)),
                                   sandbox().view(with_key(patient_view(), key, "null"))),
                       key);
    }
}

BOOST_AUTO_TEST_CASE(P08_a_bundle_that_only_remarks_that_nothing_was_found_is_as_null) {
    for (const char* key : {"conditions", "observations"})
        BOOST_TEST(same_advice(sandbox().view(with_key(patient_view(), key, bundle_of(nothing_found))),
                               sandbox().view(with_key(patient_view(), key, "null"))),
                   key);
    std::string lacks_access =
        bundle_of(R"({"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "suppressed"}]})");
    expect_gap(sandbox().view(with_key(patient_view(), "observations", lacks_access)), "observations");
}

BOOST_AUTO_TEST_CASE(P10_an_optional_key_that_failed_is_said_and_differs_from_an_empty_one) {
    const HttpAnswer answer = sandbox().view(with_key(patient_view(), "observations", failed));
    expect_gap(answer, "observations");
    BOOST_TEST(!same_advice(answer, sandbox().view(with_key(patient_view(), "observations", "null"))));
}

BOOST_AUTO_TEST_CASE(P11_no_results_found_and_not_supplied_are_told_apart) {
    const HttpAnswer empty = sandbox().view(with_key(patient_view(), "observations", empty_bundle));
    const HttpAnswer absent = sandbox().view(without(patient_view(), "/prefetch/observations"));
    BOOST_TEST(!has_topic(empty, "dataUnavailable"));
    BOOST_TEST(contains(detail_of(empty, "biomarkerTestingNeeded"),
                        "Without a usable result and without a pending test: RAS"));
    BOOST_TEST(!has_topic(absent, "biomarkerTestingNeeded"));
    expect_gap(absent, "observations");
}

BOOST_AUTO_TEST_CASE(P12_matches_beside_an_error_count_and_the_rest_is_said_to_be_missing) {
    const std::string entry = std::string(R"({"search": {"mode": "outcome"}, "resource": )") + failed + "}";
    const HttpAnswer opened = sandbox().view(with(patient_view(), "/prefetch/observations/entry/-", entry));
    expect_gap(opened, "observations");
    const HttpAnswer signing = sandbox().sign(with(order_sign(), "/prefetch/observations/entry/-", entry));
    BOOST_TEST(has_topic(signing, "antiEgfrRasMutant"));
}

BOOST_AUTO_TEST_CASE(P16_a_value_that_is_no_resource_counts_as_absent) {
    for (const char* garbage : {"\"123\"", "5", "[]", "true", "{}", "\"<html><body>Log in</body></html>\""}) {
        BOOST_TEST_CONTEXT(garbage) {
            expect_412(sandbox().view(with_key(patient_view(), "conditions", garbage)), "prefetch.conditions");
            expect_gap(sandbox().view(with_key(patient_view(), "observations", garbage)), "observations");
        }
    }
}

BOOST_AUTO_TEST_CASE(P17_a_resource_of_another_type_counts_as_absent) {
    const char* location = R"({"resourceType": "Location", "id": "l"})";
    expect_412(sandbox().view(with_key(patient_view(), "patient", location)), "prefetch.patient");
    expect_gap(sandbox().view(with_key(patient_view(), "observations", location)), "observations");
}

BOOST_AUTO_TEST_CASE(P18_keys_that_were_not_asked_for_change_nothing) {
    const HttpAnswer expected = sandbox().view(patient_view());
    const char* stranger =
        R"({"resourceType": "Encounter", "id": "e", "subject": {"reference": "Patient/somebody-else"}})";
    BOOST_TEST(same_advice(sandbox().view(with_key(patient_view(), "encounter", stranger)), expected));
    BOOST_TEST(same_advice(sandbox().view(with_key(patient_view(), "allergies", "\"nonsense\"")), expected));
}

BOOST_AUTO_TEST_CASE(P19_a_bundle_of_another_type_is_read) {
    BOOST_TEST(same_advice(sandbox().view(with(patient_view(), "/prefetch/conditions/type", "\"collection\"")),
                           sandbox().view(patient_view())));
}

BOOST_AUTO_TEST_SUITE_END()
