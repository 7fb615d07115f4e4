// Medications that orders refer to (C11, C12; cds-hooks.md 5.1): the same card however the drug is named.
#include <boost/test/unit_test.hpp>

#include "cdshooks/fetching.hpp"
#include "support/example_requests.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::Answer;
using cdshooks::FetchFailure;
using cdshooks::Prepared;

namespace {

const std::string draft = "/context/draftOrders/entry/0/resource";
const std::string cetuximab =
    R"({"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "318341"}], "text": "Cetuximab"})";
const std::string medication = R"({"resourceType": "Medication", "id": "m1", "code": )" + cetuximab + "}";

// Cetuximab drafted by reference.
std::string by_reference(const std::string& reference) {
    return with(without(order_sign(), draft + "/medicationCodeableConcept"), draft + "/medicationReference", reference);
}

std::string by_reference_to(const std::string& target) { return by_reference(R"({"reference": ")" + target + "\"}"); }

std::vector<std::string> targets(const std::string& body, const std::vector<Came>& came = {}) {
    std::vector<std::string> found;
    for (const cdshooks::Query& query : prepared(body).follow_up(parsed(came))) found.push_back(query.target);
    return found;
}

const std::vector<std::string> none;

std::string bundle_of(const std::vector<std::string>& resources) {
    std::string entries;
    for (const std::string& resource : resources)
        entries += (entries.empty() ? "" : ", ") + (R"({"resource": )" + resource + "}");
    return R"({"resourceType": "Bundle", "type": "searchset", "entry": [)" + entries + "]}";
}

std::string request(const std::string& id, const std::string& reference) {
    return R"({"resourceType": "MedicationRequest", "id": ")" + id +
           R"(", "status": "active", "intent": "order", "authoredOn": "2026-02-01", "subject": {"reference": "Patient/pat-022"},
              "medicationReference": )" +
           reference + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(follow_up)

BOOST_AUTO_TEST_CASE(C11_the_drug_of_a_draft_is_found_wherever_it_stands) {
    const std::vector<std::string> expected = topics(answered_without_access(order_sign()));
    const std::string server = with_access(order_sign());
    const auto same = [&](const Answer& answer, const char* how) {
        BOOST_TEST(topics(answer) == expected, boost::test_tools::per_element());
        BOOST_TEST(shows(answer, "antiEgfrRasMutant"), how);
    };
    const std::string entry =
        R"({"fullUrl": "urn:uuid:6f1bd1bc-5a9f-4b3c-8a2e-1d7f4b1f0a11", "resource": )" + medication + "}";
    same(answered_without_access(with(by_reference_to("Medication/m1"), "/context/draftOrders/entry/-", entry)),
         "another entry");
    same(answered_without_access(with(by_reference_to("urn:uuid:6f1bd1bc-5a9f-4b3c-8a2e-1d7f4b1f0a11"),
                                      "/context/draftOrders/entry/-", entry)),
         "urn");
    same(answered_without_access(with(by_reference_to("#m1"), draft + "/contained", "[" + medication + "]")),
         "contained");
    same(answered_without_access(with(by_reference_to("Medication/m1"), "/prefetch/medicationRequests/entry/-", entry)),
         "prefetch");
    same(answered(by_reference_to("Medication/m1"), {fetched("Medication/m1", {medication})}), "FHIR read");
    const std::string absolute = with(by_reference_to(std::string(fhir_base) + "/Medication/m1"), "/fhirServer",
                                      "\"https://fhir.example.org/r4\"");
    same(answered(absolute, {fetched("Medication/m1", {medication})}), "FHIR read of an absolute reference");
}

BOOST_AUTO_TEST_CASE(C11_only_what_came_with_nothing_is_read) {
    BOOST_TEST(targets(order_sign()) == none, boost::test_tools::per_element());
    const std::vector<std::string> one{"Medication/m1"};
    BOOST_TEST(targets(by_reference_to("Medication/m1")) == one, boost::test_tools::per_element());
    BOOST_TEST(targets(by_reference_to("Medication/m1/_history/2")) == one, boost::test_tools::per_element());
    BOOST_TEST(targets(by_reference_to("Medication/a b")) == std::vector<std::string>{"Medication/a%20b"},
               boost::test_tools::per_element());
    BOOST_TEST(targets(with(by_reference_to("https://fhir.example.org/r4/Medication/m1"), "/fhirServer",
                            "\"https://fhir.example.org/r4\"")) == one,
               boost::test_tools::per_element());
    BOOST_TEST(targets(with(by_reference_to("Medication/m1"), "/context/draftOrders/entry/-",
                            R"({"resource": )" + medication + "}")) == none,
               boost::test_tools::per_element());
    BOOST_TEST(targets(by_reference_to("Medication/m1"), {fetched("medicationRequests", {bundle_of({medication})})}) ==
                   none,
               boost::test_tools::per_element());
    for (const char* target :
         {"#m1", "urn:uuid:6f1bd1bc-5a9f-4b3c-8a2e-1d7f4b1f0a11", "https://evil.example/Medication/m1", "Medication/..",
          "Medication/", "Substance/m1", "Patient/pat-022", "https://fhir.example.org/r4/Medication/m1"}) {
        BOOST_TEST(targets(by_reference_to(target)) == none, target);
    }
}

BOOST_AUTO_TEST_CASE(orders_on_record_are_followed_from_request_and_server_once_each) {
    const std::string m1 = R"({"reference": "Medication/m1"})", m2 = R"({"reference": "Medication/m2"})";
    const std::string body =
        with(order_sign(), "/prefetch/medicationRequests", bundle_of({request("r1", m2), request("r2", m2)}));
    BOOST_TEST(targets(body) == std::vector<std::string>{"Medication/m2"}, boost::test_tools::per_element());
    const std::vector<Came> came{fetched(
        "medicationRequests", {bundle_of({request("r3", m2)}), bundle_of({request("r4", m1), request("r5", m2)})})};
    const std::vector<std::string> both{"Medication/m2", "Medication/m1"};
    BOOST_TEST(targets(leaving_out(order_sign(), {"medicationRequests"}), came) == both,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_bound_is_spent_on_drafts_first_and_on_other_drugs_by_text_last) {
    std::vector<std::string> orders;
    for (int i = 0; i < 80; ++i)
        orders.push_back(request("t" + std::to_string(i), R"({"reference": "Medication/text)" + std::to_string(i) +
                                                              R"(", "display": "aspirin"})"));
    orders.push_back(request("u", R"({"reference": "Medication/unnamed"})"));
    orders.push_back(request("n", R"({"reference": "Medication/named", "display": "Avastin 400 mg"})"));
    const std::string body = with(by_reference_to("Medication/m1"), "/prefetch/medicationRequests", bundle_of(orders));
    const auto found = targets(body);
    BOOST_TEST(found.size() == Prepared::max_follow_ups);
    const std::vector<std::string> first(found.begin(), found.begin() + 4);
    const std::vector<std::string> expected{"Medication/m1", "Medication/unnamed", "Medication/named",
                                            "Medication/text0"};
    BOOST_TEST(first == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(C12_a_drug_that_could_not_be_read_is_never_passed_over) {
    for (const FetchFailure failure : {FetchFailure::timed_out, FetchFailure::not_found, FetchFailure::refused}) {
        const Answer answer = answered(by_reference_to("Medication/m1"), {not_fetched("Medication/m1", failure)});
        BOOST_TEST(!shows(answer, "antiEgfrRasMutant"));
        BOOST_TEST(
            says(detail(answer, "notAssessed"), "1 drafted order refers to a Medication that could not be read"));
        BOOST_TEST(indicator(answer, "notAssessed") == "warning");
    }
    const std::string stranger = R"({"resourceType": "Medication", "id": "m2", "code": )" + cetuximab + "}";
    BOOST_TEST(!shows(answered(by_reference_to("Medication/m1"), {fetched("Medication/m1", {stranger})}),
                      "antiEgfrRasMutant"));
    const Answer by_text =
        answered_without_access(by_reference(R"({"reference": "Medication/m1", "display": "Erbitux"})"));
    BOOST_TEST(!shows(by_text, "antiEgfrRasMutant"));
    BOOST_TEST(says(detail(by_text, "notAssessed"), "The drafted order \"Erbitux\" is known by text only"));
}

BOOST_AUTO_TEST_CASE(an_order_form_without_a_drug_is_said_to_have_no_code_and_warns_of_nothing) {
    const std::string place = draft + "/medicationCodeableConcept";
    for (const std::string& body :
         {without(order_sign(), place), with(order_sign(), place, "{}"),
          with(order_sign(), place, R"({"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm"}]})")}) {
        const Answer answer = answered_without_access(body);
        BOOST_TEST(says(detail(answer, "notAssessed"), "1 drafted order has no code"));
        BOOST_TEST(!says(detail(answer, "notAssessed"), "refers to a Medication"));
        BOOST_TEST(indicator(answer, "notAssessed") == "info");
    }
}

BOOST_AUTO_TEST_SUITE_END()
