// What stands under a prefetch key when the service has no FHIR access (rows P and R20; decisions.md 1-9, D1): "not
// supplied" never becomes "not present".
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace rectal_cds::blackbox;

namespace {

using Topics = std::vector<std::string>;

constexpr const char* failed =
    R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing"}]})";
constexpr const char* nothing_found =
    R"({"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "not-found"}]})";
constexpr const char* garbage[] = {
    "\"123\"", "5", "[]", "true", "{}", "\"<html>Log in</html>\"", R"({"resourceType": "Location"})"};

std::string bundle_of(const char* outcome) {
    return std::string(
               R"({"resourceType": "Bundle", "type": "searchset", "total": 0, "entry": [{"search": {"mode": "outcome"}, "resource": )") +
           outcome + "}]}";
}

const std::vector<std::pair<const char*, std::string>>& hooks() {
    static const std::vector<std::pair<const char*, std::string>> all{
        {"patient-view", patient_view()}, {"order-select", order_select()}, {"order-sign", order_sign()}};
    return all;
}

// Without the antibody: fluorouracil and irinotecan remain in the draft.
std::string chemotherapy_alone() { return without(order_sign(), "/context/draftOrders/entry/0"); }

bool holds(const Topics& topics, const char* code) {
    return std::find(topics.begin(), topics.end(), code) != topics.end();
}

bool says(const HttpAnswer& answer, std::string_view text) { return answer.body.find(text) != std::string::npos; }

struct PrefetchFixture : ServiceFixture {
    void expect_412(const HttpAnswer& answer, const char* place) {
        BOOST_TEST(answer.status == 412);
        const Outcome outcome = outcome_of(answer);
        BOOST_TEST(outcome.code == "incomplete");
        BOOST_TEST(outcome.place == place);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(prefetch, PrefetchFixture)

BOOST_AUTO_TEST_CASE(P01_without_the_patient_nothing_is_judged_at_any_hook) {
    for (const auto& [hook, request] : hooks()) {
        expect_412(call(hook, without(request, "/prefetch/patient")), "prefetch.patient");
        expect_412(call(hook, with(request, "/prefetch/patient", "null")), "prefetch.patient");
        expect_412(call(hook, with(request, "/prefetch/patient", failed)), "prefetch.patient");
        for (const char* value : garbage)
            expect_412(call(hook, with(request, "/prefetch/patient", value)), "prefetch.patient");
    }
}

BOOST_AUTO_TEST_CASE(P01_P09_P16_without_the_diagnoses_nothing_is_judged_unless_a_biologic_is_drafted) {
    for (const auto& [hook, request] :
         {std::pair{"patient-view", patient_view()}, std::pair{"order-sign", chemotherapy_alone()}}) {
        expect_412(call(hook, without(request, "/prefetch/conditions")), "prefetch.conditions");
        expect_412(call(hook, with(request, "/prefetch/conditions", failed)), "prefetch.conditions");
        expect_412(call(hook, with(request, "/prefetch/conditions", bundle_of(failed))), "prefetch.conditions");
        for (const char* value : garbage)
            expect_412(call(hook, with(request, "/prefetch/conditions", value)), "prefetch.conditions");
    }
}

BOOST_AUTO_TEST_CASE(R20_without_prefetch_every_required_key_is_named) {
    const HttpAnswer answer = view(without(patient_view(), "/prefetch"));
    expect_412(answer, "prefetch.patient");
    BOOST_TEST(says(answer, R"("expression":["prefetch.patient","prefetch.conditions"])"));
    BOOST_TEST(says(answer, "patient (not supplied), conditions (not supplied)"));
}

// So that whoever connects the EHR knows what to mend; the log line has the same reason.
BOOST_AUTO_TEST_CASE(P01_a_412_says_what_stood_in_the_way) {
    const std::string elsewhere = with(without(patient_view(), "/prefetch"), "/fhirServer", "\"https://ehr.example/fhir\"");
    const HttpAnswer without_server = view(without(patient_view(), "/prefetch")), with_other = view(elsewhere),
                     failing = view(with(patient_view(), "/prefetch/conditions", failed));
    BOOST_TEST(says(without_server, "The call names no fhirServer to read them from."));
    BOOST_TEST(says(with_other, "The fhirServer of the call is not the one that this service may read from"));
    BOOST_TEST(!says(with_other, "ehr.example"));
    BOOST_TEST(says(failing, "conditions (the record system reported an error). What was delivered cannot be used"));
    BOOST_TEST(view(patient_view()).status == 200);
    BOOST_TEST(service().stop() == 0);
    const std::string log = service().err();
    std::size_t at = 0;
    for (const char* reason : {"no_fhir_server", "other_fhir_server", "delivered_unusable"}) {
        at = log.find(R"("reason":"unobtainable","obstacle":")" + std::string(reason) + '"', at);
        BOOST_TEST(at != std::string::npos, reason << " in " << log);
    }
    BOOST_TEST(log.find("obstacle", at + 40) == std::string::npos);  // none of the call that was answered
}

BOOST_AUTO_TEST_CASE(P09_D1_with_a_biologic_drafted_unread_diagnoses_give_the_card_that_says_not_checked) {
    for (const auto& [hook, request] :
         {std::pair{"order-select", order_select()}, std::pair{"order-sign", order_sign()}}) {
        for (const std::string& unread :
             {with(request, "/prefetch/conditions", failed), without(request, "/prefetch/conditions")}) {
            const HttpAnswer answer = call(hook, unread);
            BOOST_TEST(topics(answer) == Topics{"dataUnavailable"}, boost::test_tools::per_element());
            const std::string detail = detail_of(answer, "dataUnavailable");
            BOOST_TEST(detail.find("NOT CHECKED:") == 0U, detail);
            BOOST_TEST(detail.find("conditions") != std::string::npos);
            BOOST_TEST(detail.find("not a negative result") != std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(P06_P07_P08_known_empty_is_an_answer_and_gives_no_card) {
    const std::string known_empty[] = {"null", R"({"resourceType": "Bundle", "type": "searchset", "total": 0})",
                                       R"({"resourceType": "Bundle", "entry": []})", bundle_of(nothing_found),
                                       nothing_found};
    for (const std::string& value : known_empty) {
        const HttpAnswer answer = view(with(patient_view(), "/prefetch/conditions", value));
        BOOST_TEST(answer.status == 200);
        BOOST_TEST(answer.body == R"({"cards":[]})", value);
    }
}

BOOST_AUTO_TEST_CASE(P05_P10_P16_P17_an_optional_key_that_cannot_be_read_is_named_on_a_card) {
    std::vector<std::string> unread{without(patient_view(), "/prefetch/observations"),
                                    with(patient_view(), "/prefetch/observations", failed),
                                    with(patient_view(), "/prefetch/observations", bundle_of(failed))};
    for (const char* value : garbage) unread.push_back(with(patient_view(), "/prefetch/observations", value));
    for (const std::string& request : unread) {
        const HttpAnswer answer = view(request);
        BOOST_TEST(holds(topics(answer), "dataUnavailable"));
        BOOST_TEST(!holds(topics(answer), "firstLineDoubletBevacizumab"));
        BOOST_TEST(detail_of(answer, "dataUnavailable").find("observations") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(P11_known_empty_and_not_supplied_differ) {
    const Topics empty = topics(view(with(patient_view(), "/prefetch/observations", "null")));
    const Topics absent = topics(view(without(patient_view(), "/prefetch/observations")));
    BOOST_TEST(!holds(empty, "dataUnavailable"));
    BOOST_TEST(holds(empty, "biomarkerTestingNeeded"));
    BOOST_TEST(holds(absent, "dataUnavailable"));
    BOOST_TEST(!holds(absent, "biomarkerTestingNeeded"));
}

BOOST_AUTO_TEST_CASE(P12_P15_what_was_found_counts_and_the_rest_is_named_as_incomplete) {
    const std::string next = R"([{"relation": "next", "url": "https://fhir.example.org/r4?page=2"}])";
    const std::string entry = std::string(R"({"resource": )") + failed + "}";
    const std::string incomplete[] = {with(patient_view(), "/prefetch/observations/link", next),
                                      with(patient_view(), "/prefetch/observations/entry/-", entry),
                                      with(patient_view(), "/prefetch/observations/total", "900")};
    for (const std::string& request : incomplete) {
        const HttpAnswer answer = view(request);
        BOOST_TEST(holds(topics(answer), "dataUnavailable"));
        BOOST_TEST(detail_of(answer, "dataUnavailable").find("observations") != std::string::npos);
    }
    const HttpAnswer signing = sign(with(order_sign(), "/prefetch/observations/link", next));
    BOOST_TEST(topics(signing).front() == "antiEgfrRasMutant");
}

BOOST_AUTO_TEST_CASE(P18_P19_keys_nobody_asked_for_and_the_type_of_a_bundle_change_nothing) {
    const std::string expected = without_uuids(view(patient_view()).body);
    const std::string stranger =
        R"({"resourceType": "Encounter", "id": "e", "subject": {"reference": "Patient/somebody-else"}})";
    BOOST_TEST(without_uuids(view(with(patient_view(), "/prefetch/encounter", stranger)).body) == expected);
    BOOST_TEST(without_uuids(view(with(patient_view(), "/prefetch/allergies", "\"nonsense\"")).body) == expected);
    BOOST_TEST(without_uuids(view(with(patient_view(), "/prefetch/conditions/type", "\"collection\"")).body) ==
               expected);
    BOOST_TEST(without_uuids(view(without(patient_view(), "/prefetch/conditions/type")).body) == expected);
}

BOOST_AUTO_TEST_SUITE_END()
