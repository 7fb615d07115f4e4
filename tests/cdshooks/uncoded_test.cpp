// Resources known by text or by local codes alone may speak of anything: no rule fires for them, and they are not
// passed over in silence (decisions.md 9 and 34).
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

constexpr const char* as_text = R"({"text": "Leberteilresektion <b>gestern</b>"})";
constexpr const char* local =
    R"({"coding": [{"system": "https://ehr.example/codes", "code": "4711", "display": "x"}]})";
constexpr const char* another =
    R"({"coding": [{"system": "http://snomed.info/sct", "code": "59621000"}]})";  // hypertension

std::string golden(const char* name) {
    json::Writer writer;
    return writer.value(golden_request(real_knowledge(), name)).take();
}

std::string recoded(const std::string& body, const char* resource, const char* code) {
    return with(body, std::string(resource) + "/code", code);
}

// The operation without the category that says surgery whatever the code.
std::string operated() {
    return without(golden("bevacizumab-after-recent-surgery"), "/prefetch/procedures/entry/1/resource/category");
}

constexpr const char* hepatectomy = "/prefetch/procedures/entry/1/resource";
constexpr const char* fistula = "/prefetch/conditions/entry/2/resource";
constexpr const char* rectal_cancer = "/prefetch/conditions/entry/0/resource";

}  // namespace

BOOST_AUTO_TEST_SUITE(uncoded)

BOOST_AUTO_TEST_CASE(a_procedure_that_could_have_made_a_warning_is_told) {
    const std::string body = operated();
    BOOST_TEST(shows(answered_without_access(body), "bevacizumabAfterRecentSurgery"));
    for (const char* code : {as_text, local}) {
        const Answer answer = answered_without_access(recoded(body, hepatectomy, code));
        BOOST_TEST(!shows(answer, "bevacizumabAfterRecentSurgery"));
        BOOST_TEST(says(detail(answer, "notAssessed"), "1 procedure without a code that this service reads was not "
                                                       "considered: Bevacizumab soon after major surgery"),
                   answer.body);
        BOOST_TEST(indicator(answer, "notAssessed") == "info");
        BOOST_TEST(!says(answer.body, "Leberteilresektion"));
    }
    BOOST_TEST(!shows(answered_without_access(recoded(body, hepatectomy, another)), "notAssessed"));
}

BOOST_AUTO_TEST_CASE(a_code_of_a_known_system_beside_a_local_one_is_read) {
    const char* both = R"({"coding": [{"system": "https://ehr.example/codes", "code": "4711"},
                                      {"system": "urn:oid:2.16.840.1.113883.6.96", "code": "59621000"}]})";
    const std::string body = operated();
    BOOST_TEST(!shows(answered_without_access(recoded(body, hepatectomy, both)), "notAssessed"));
}

BOOST_AUTO_TEST_CASE(what_is_void_or_in_a_category_that_is_read_is_not_counted) {
    const std::string body = recoded(operated(), hepatectomy, as_text);
    for (const char* status : {"\"entered-in-error\"", "\"not-done\"", "\"on-hold\""}) {
        BOOST_TEST(
            !shows(answered_without_access(with(body, std::string(hepatectomy) + "/status", status)), "notAssessed"),
            status);
    }
    const std::string surgical = with(body, std::string(hepatectomy) + "/category",
                                      R"({"coding": [{"system": "http://snomed.info/sct", "code": "387713003"}]})");
    BOOST_TEST(shows(answered_without_access(surgical), "bevacizumabAfterRecentSurgery"));
}

BOOST_AUTO_TEST_CASE(diagnoses_are_counted_together) {
    const std::string body = recoded(golden("bevacizumab-gi-perforation"), fistula, as_text);
    const Answer one = answered_without_access(body);
    BOOST_TEST(
        says(detail(one, "notAssessed"), "1 diagnosis without a code that this service reads was not considered: "),
        one.body);
    BOOST_TEST(says(detail(one, "notAssessed"), "Bevacizumab with a GI perforation or fistula on record"));
    const std::string more = with(
        body, "/prefetch/conditions/entry/-",
        R"({"resource": {"resourceType": "Condition", "id": "more", "subject": {"reference": "Patient/pat-1"}, "code": )" +
            std::string(local) + "}}");
    const Answer two = answered_without_access(without(more, "/prefetch/conditions/total"));
    BOOST_TEST(
        says(detail(two, "notAssessed"), "2 diagnoses without a code that this service reads were not considered: "),
        two.body);
    BOOST_TEST(!shows(answered_without_access(recoded(body, fistula, another)), "notAssessed"));
}

// A record of one who is treated for cancer without a coded cancer.
BOOST_AUTO_TEST_CASE(a_cancer_known_by_text_alone_is_no_reason_for_silence) {
    const std::string body =
        recoded(golden("bevacizumab-gi-perforation"), rectal_cancer, R"({"text": "Rektumkarzinom"})");
    const Answer answer = answered_without_access(body);
    BOOST_TEST(!shows(answer, "bevacizumabGiPerforation"));
    BOOST_TEST(says(detail(answer, "notAssessed"), "1 diagnosis without a code"), answer.body);
    const char* colon = R"({"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "C18.7"}]})";
    const std::string with_colon = with(
        recoded(body, rectal_cancer, colon), "/prefetch/conditions/entry/-",
        R"({"resource": {"resourceType": "Condition", "id": "t", "subject": {"reference": "Patient/pat-1"}, "code": {"text": "Gicht"}}})");
    BOOST_TEST(answered_without_access(without(with_colon, "/prefetch/conditions/total")).body == R"({"cards":[]})");
}

BOOST_AUTO_TEST_CASE(a_drafted_drug_in_a_system_that_is_not_read_is_told) {
    const std::string draft = "/context/draftOrders/entry/0/resource/medicationCodeableConcept";
    for (const char* code : {R"({"coding": [{"system": "http://hl7.org/fhir/sid/ndc", "code": "0"}]})",
                             R"({"text": "Therapie nach Plan 7"})"}) {
        const Answer answer = answered_without_access(with(order_sign(), draft, code));
        BOOST_TEST(says(detail(answer, "notAssessed"),
                        "1 drafted order has no code that this service reads: no rule was applied to it."),
                   answer.body);
        BOOST_TEST(!says(answer.body, "Plan 7"));
    }
    const char* ondansetron = R"({"coding": [{"system": "http://www.whocc.no/atc", "code": "A04AA01"}]})";
    BOOST_TEST(
        !says(answered_without_access(with(order_sign(), draft, ondansetron)).body, "no code that this service reads"));
}

BOOST_AUTO_TEST_CASE(a_card_that_rests_on_absence_says_what_was_passed_over) {
    const std::string entry =
        R"({"resource": {"resourceType": "Procedure", "id": "t", "status": "completed", "subject": {"reference": "Patient/pat-002"}, "code": {"text": "Tumorboard"}}})";
    const std::string body =
        without(with(patient_view(), "/prefetch/procedures/entry/-", entry), "/prefetch/procedures/total");
    const Answer plain = answered_without_access(patient_view()), more = answered_without_access(body);
    BOOST_TEST(topics(more) == topics(plain), boost::test_tools::per_element());
    const std::string line = "1 procedure without a code that this service reads was not considered";
    BOOST_TEST(says(more.body, line));
    BOOST_TEST(!says(plain.body, "without a code that this service reads"));
    BOOST_TEST(!says(more.body, "Tumorboard"));
}

BOOST_AUTO_TEST_SUITE_END()
