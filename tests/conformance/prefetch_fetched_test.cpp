// Rows P that need a FHIR server: what is fetched, and what is not (cds-hooks.md 6 and 7; decisions.md 7, 25).
#include <boost/test/unit_test.hpp>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"
#include "support/knowledge_copy.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

using Targets = std::vector<std::string>;

constexpr const char* failed =
    R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing"}]})";
constexpr const char* empty_page = R"({"resourceType": "Bundle", "type": "searchset"})";

void serve(const std::string& request) {
    ehr().forget();
    ehr().serve_prefetch_of(request);
}

std::string next_link(const std::string& url) { return R"([{"relation": "next", "url": ")" + url + "\"}]"; }

// The order-sign call with its KRAS result (the observations from `first` on) on a second page at `url`.
std::string without_kras(const std::string& url) {
    const std::string bundle =
        with(with(order_sign(), "/prefetch/observations/entry", "[]"), "/prefetch/observations/link", next_link(url));
    return without(bundle, "/prefetch/observations/total");
}

std::string observations() {
    const auto document = rectal_cds::json::Document::parse(order_sign());
    rectal_cds::json::Writer writer;
    return writer.value(document.value().root()["prefetch"]["observations"]).take();
}

void expect_incomplete(const HttpAnswer& answer, const char* key) {
    BOOST_TEST(has_topic(answer, "dataUnavailable"), answer.body.substr(0, 300));
    BOOST_TEST(contains(detail_of(answer, "dataUnavailable"), key));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(prefetch, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(P02_a_missing_key_is_fetched_as_its_template_says_with_the_token) {
    serve(patient_view());
    const HttpAnswer answer =
        registered().view(offering_access(ehr(), without(patient_view(), "/prefetch/conditions")));
    BOOST_TEST(same_advice(answer, registered().view(patient_view())));
    const auto queries = ehr().queries();
    BOOST_TEST_REQUIRE(queries.size() == 1U);
    BOOST_TEST(queries[0].method == "GET");
    BOOST_TEST(queries[0].target == "Condition?patient=pat-002&_count=200");
    BOOST_TEST(queries[0].header("Authorization") == "Bearer ehr-token-1");
    BOOST_TEST(contains(queries[0].header("Accept"), "application/fhir+json"));
    for (const auto& [hook, request] :
         {std::pair{"patient-view", patient_view()}, std::pair{"order-select", order_select()},
          std::pair{"order-sign", order_sign()}}) {
        serve(request);
        const HttpAnswer fetched = registered().call(hook, fetching_from(ehr(), request));
        BOOST_TEST(same_advice(fetched, registered().call(hook, request)), hook << ' ' << fetched.body.substr(0, 300));
        Targets expected;
        for (const auto& [key, target] : queries_of(hook, hook == std::string("patient-view") ? "pat-002" : "pat-022"))
            expected.push_back(target);
        std::sort(expected.begin(), expected.end());
        BOOST_TEST(ehr().targets() == expected, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(P03_with_every_key_delivered_nothing_is_fetched) {
    serve(patient_view());
    BOOST_TEST(has_topic(registered().view(offering_access(ehr(), patient_view())), "firstLineDoubletBevacizumab"));
    BOOST_TEST(registered().sign(offering_access(ehr(), order_sign())).status == 200);
    BOOST_TEST(ehr().queries().empty());
}

BOOST_AUTO_TEST_CASE(P04_only_the_missing_key_is_fetched) {
    for (const auto& [key, target] : queries_of("patient-view", "pat-002")) {
        serve(patient_view());
        const HttpAnswer answer =
            registered().view(offering_access(ehr(), without(patient_view(), "/prefetch/" + key)));
        BOOST_TEST(same_advice(answer, registered().view(patient_view())), key);
        BOOST_TEST(ehr().targets() == Targets{target}, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(P09_a_key_that_failed_is_412_or_not_checked_and_is_not_asked_for_again) {
    serve(patient_view());
    const HttpAnswer opened =
        registered().view(offering_access(ehr(), with(patient_view(), "/prefetch/conditions", failed)));
    BOOST_TEST(opened.status == 412);
    BOOST_TEST(contains(opened.body, "prefetch.conditions"));
    const HttpAnswer signed_for =
        registered().sign(offering_access(ehr(), with(order_sign(), "/prefetch/conditions", failed)));
    BOOST_TEST((topics(signed_for) == std::vector<std::string>{"dataUnavailable"}));
    BOOST_TEST(contains(detail_of(signed_for, "dataUnavailable"), "conditions"));
    const std::string chemotherapy = without(order_sign(), "/context/draftOrders/entry/0");
    BOOST_TEST(registered().sign(offering_access(ehr(), with(chemotherapy, "/prefetch/conditions", failed))).status ==
               412);
    BOOST_TEST(ehr().queries().empty());
}

BOOST_AUTO_TEST_CASE(P13_further_pages_of_the_same_server_are_read_up_to_the_cap) {
    ehr().forget();
    ehr().answer("Observation?page=2", found(observations()));
    const std::string request = without_kras(ehr().fhir_base() + "/Observation?page=2");
    const HttpAnswer answer = registered().sign(offering_access(ehr(), request));
    BOOST_TEST(has_topic(answer, "antiEgfrRasMutant"));
    BOOST_TEST(!has_topic(answer, "dataUnavailable"));
    BOOST_TEST(ehr().targets() == Targets{"Observation?page=2"}, boost::test_tools::per_element());
    BOOST_TEST(ehr().queries()[0].header("Authorization") == "Bearer ehr-token-1");

    serve(order_sign());  // the base itself with a query, as some servers write it, and a chain without end
    for (int page = 2; page < 40; ++page) {
        const std::string next = ehr().fhir_base() + "?page=" + std::to_string(page + 1);
        ehr().answer("?page=" + std::to_string(page), found(with(empty_page, "/link", next_link(next))));
    }
    const HttpAnswer capped = registered().sign(offering_access(ehr(), without_kras(ehr().fhir_base() + "?page=2")));
    expect_incomplete(capped, "observations");
    const std::size_t pages = ehr().queries().size() + ehr().strays().size();
    BOOST_TEST((pages >= 5 && pages <= 10), pages << " pages were read");
}

BOOST_AUTO_TEST_CASE(P14_a_next_page_elsewhere_is_not_read_and_gets_no_token) {
    FakeEhr stranger;
    stranger.answer_everything(found(observations()));
    for (const std::string& next :
         {stranger.fhir_base() + "/Observation?page=2", ehr().origin() + "/other/Observation?page=2",
          ehr().fhir_base() + "x/Observation?page=2", ehr().origin() + "/fhir/../other?page=2",
          std::string("//127.0.0.1/fhir/Observation?page=2"), std::string("file:///etc/passwd")}) {
        ehr().forget();
        expect_incomplete(registered().sign(offering_access(ehr(), without_kras(next))), "observations");
        BOOST_TEST((ehr().queries().empty() && ehr().strays().empty()), next);
    }
    BOOST_TEST((stranger.queries().empty() && stranger.strays().empty()));
}

BOOST_AUTO_TEST_CASE(P15_without_a_token_no_next_page_is_read) {
    ehr().forget();
    ehr().answer("Observation?page=2", found(observations()));
    const std::string request =
        without(offering_access(ehr(), without_kras(ehr().fhir_base() + "/Observation?page=2")), "/fhirAuthorization");
    expect_incomplete(registered().sign(request), "observations");
    BOOST_TEST(ehr().queries().empty());
}

BOOST_AUTO_TEST_CASE(P20_a_template_whose_token_the_context_lacks_is_not_sent) {
    static KnowledgeCopy knowledge;
    knowledge.replace("hooks/services/rectal-cancer-patient-view.json", "ServiceRequest?patient={{context.patientId}}",
                      "ServiceRequest?patient={{context.patientId}}&encounter={{context.encounterId}}");
    Service& service = running("encounters", [] {
        Configuration configuration = registered_configuration();
        configuration.knowledge = knowledge.path();
        return configuration;
    });
    serve(patient_view());
    const std::string target = "ServiceRequest?patient=pat-002&encounter=enc-002&_count=200";
    ehr().answer(target, found(empty_page));
    const std::string request = offering_access(ehr(), without(patient_view(), "/prefetch/serviceRequests"));
    BOOST_TEST(!has_topic(service.view(request), "dataUnavailable"));
    BOOST_TEST(ehr().targets() == Targets{target}, boost::test_tools::per_element());
    serve(patient_view());
    expect_incomplete(service.view(without(request, "/context/encounterId")), "serviceRequests");
    BOOST_TEST(ehr().queries().empty());
}

BOOST_AUTO_TEST_CASE(P21_an_id_is_percent_encoded_in_the_query) {
    ehr().forget();
    registered().view(with(fetching_from(ehr(), patient_view()), "/context/patientId", "\"a b&c\""));
    Targets expected;
    for (const auto& [key, target] : queries_of("patient-view", "a%20b%26c")) expected.push_back(target);
    std::sort(expected.begin(), expected.end());
    BOOST_TEST(ehr().targets() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
