// What a request leaves to be fetched (rows P02, P03, P04, P06, P09, P16, P17, P20, P21; decisions.md 8, 16, 25).
#include "cdshooks/queries.hpp"

#include <boost/test/unit_test.hpp>

#include "cdshooks/respond.hpp"
#include "support/example_requests.hpp"
#include "support/real_knowledge.hpp"

using namespace rectal_cds;
using namespace rectal_cds::cdshooks;
using testing::with;
using testing::without;

namespace {

constexpr const char* bare = R"({"hook": "patient-view", "hookInstance": "2e65a3a4-91c4-4a30-9a3a-0d7d5c0f1d11",
  "fhirServer": "https://fhir.example.org/r4",
  "fhirAuthorization": {"access_token": "to.k\/en-1", "token_type": "Bearer", "expires_in": 300, "scope": "s", "subject": "c"},
  "context": {"userId": "Practitioner/onc-1", "patientId": "p-1"}})";

constexpr const char* failed =
    R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing"}]})";

Prepared prepared(const std::string& body, const fhir::Service* service = nullptr) {
    Call call;
    call.body = body;
    call.service = service ? service : testing::real_knowledge().service("rectal-cancer-patient-view");
    auto result = prepare(testing::real_knowledge(), std::move(call));
    BOOST_TEST_REQUIRE(std::holds_alternative<Prepared>(result));
    return std::get<Prepared>(std::move(result));
}

std::string target_of(const Prepared& call, std::string_view key) {
    for (const Query& query : call.queries()) {
        if (query.key == key) return query.target;
    }
    return {};
}

Request by(const std::string& user, const std::string& patient = "p-1", const std::string& encounter = {}) {
    Request request;
    request.user_id = user;
    request.patient_id = patient;
    request.encounter_id = encounter;
    return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(queries)

BOOST_AUTO_TEST_CASE(P02_every_key_that_is_absent_is_asked_for_as_its_template_is_printed) {
    const Prepared call = prepared(bare);
    BOOST_TEST(call.queries().size() == 8U);
    BOOST_TEST(target_of(call, "patient") == "Patient/p-1");
    BOOST_TEST(target_of(call, "observations") == "Observation?patient=p-1&_sort=-date&_count=500");
    BOOST_TEST(target_of(call, "allergies") == "");
}

BOOST_AUTO_TEST_CASE(P04_only_what_is_missing_is_asked_for) {
    std::string body = bare;
    for (const char* key : {"conditions", "observations", "procedures", "medicationRequests",
                            "medicationAdministrations", "serviceRequests", "diagnosticReports"}) {
        body = with(body, std::string("/prefetch/") + key, R"({"resourceType": "Bundle"})");
    }
    BOOST_TEST(prepared(body).queries().size() == 1U);
    body = with(body, "/prefetch/patient", R"({"resourceType": "Patient", "id": "p-1"})");
    BOOST_TEST(prepared(body).queries().empty());
}

BOOST_AUTO_TEST_CASE(P06_P09_what_was_answered_is_never_asked_again) {
    for (const char* value : {"null", failed, R"({"resourceType": "Bundle", "total": 0})",
                              R"({"resourceType": "Bundle", "total": 50})", R"({"resourceType": "Condition"})"}) {
        BOOST_TEST(target_of(prepared(with(bare, "/prefetch/conditions", value)), "conditions") == "", value);
    }
    for (const char* value : {"null", failed, R"({"resourceType": "Patient", "id": "p-1"})"}) {
        BOOST_TEST(target_of(prepared(with(bare, "/prefetch/patient", value)), "patient") == "", value);
    }
}

BOOST_AUTO_TEST_CASE(P16_P17_nonsense_and_resources_of_another_type_are_as_good_as_absent) {
    for (const char* value :
         {"\"123\"", "5", "[]", "true", "{}", "\"<html>Log in</html>\"", R"({"resourceType": "Location"})"}) {
        const Prepared call = prepared(with(bare, "/prefetch/conditions", value));
        BOOST_TEST(target_of(call, "conditions") == "Condition?patient=p-1&_count=200", value);
    }
}

BOOST_AUTO_TEST_CASE(P13_the_next_page_of_a_bundle_is_asked_for) {
    const auto linked = [](const std::string& relation, const std::string& url) {
        return with(bare, "/prefetch/conditions",
                    R"({"resourceType": "Bundle", "link": [{"relation": "self", "url": "https://x/self"},
                        {"relation": ")" +
                        relation + R"(", "url": ")" + url + "\"}]}");
    };
    const std::string next = "https://fhir.example.org/r4?page=2";
    BOOST_TEST(target_of(prepared(linked("next", next)), "conditions") == next);
    BOOST_TEST(target_of(prepared(linked("previous", next)), "conditions") == "");
    for (const char* url : {"ftp://fhir.example.org/2", "file:///etc/passwd", "", "?page=2"})
        BOOST_TEST(target_of(prepared(linked("next", url)), "conditions") == "", url);
}

BOOST_AUTO_TEST_CASE(P20_a_template_whose_token_the_context_lacks_is_not_asked) {
    fhir::Service service = *testing::real_knowledge().service("rectal-cancer-patient-view");
    service.prefetch.emplace_back("allergies", "AllergyIntolerance?encounter={{context.encounterId}}");
    BOOST_TEST(target_of(prepared(bare, &service), "allergies") == "");
    const std::string body = with(bare, "/context/encounterId", "\"e/1\"");
    Call call;
    call.body = body;
    call.service = &service;
    BOOST_TEST((std::get<Answer>(prepare(testing::real_knowledge(), std::move(call))).reason == Reason::invalid));
    BOOST_TEST(target_of(prepared(with(bare, "/context/encounterId", "\"e 1\""), &service), "allergies") ==
               "AllergyIntolerance?encounter=e%201");
}

BOOST_AUTO_TEST_CASE(P21_values_are_percent_encoded) {
    BOOST_TEST(percent_encoded("a b&c=d/e?f#\xC3\xA9%~._-") == "a%20b%26c%3Dd%2Fe%3Ff%23%C3%A9%25~._-");
    BOOST_TEST(*filled_in("Patient/{{context.patientId}}", by("Practitioner/x", "a b&c")) == "Patient/a%20b%26c");
    BOOST_TEST(*filled_in("X?p={{ context.patientId }}&e={{context.encounterId}}", by("Practitioner/x", "1", "2|3")) ==
               "X?p=1&e=2%7C3");
}

BOOST_AUTO_TEST_CASE(P20_the_ids_of_users_are_there_only_for_their_kind_of_user) {
    BOOST_TEST(*filled_in("{{context.userId}}", by("Practitioner/a b")) == "Practitioner/a%20b");
    const std::pair<const char*, const char*> kinds[] = {{"Practitioner", "{{userPractitionerId}}"},
                                                         {"PractitionerRole", "{{userPractitionerRoleId}}"},
                                                         {"Patient", "{{userPatientId}}"},
                                                         {"RelatedPerson", "{{userRelatedPersonId}}"}};
    for (const auto& [user, own] : kinds) {
        for (const auto& [other, token] : kinds) {
            const auto found = filled_in(token, by(std::string(user) + "/u1"));
            BOOST_TEST(found.has_value() == (own == token));
            if (found) BOOST_TEST(*found == "u1");
        }
    }
}

BOOST_AUTO_TEST_CASE(P20_unknown_and_unfinished_tokens_are_not_obtainable) {
    for (const char* text : {"X?a={{context.draftOrders}}", "X?a={{today()}}", "X?a={{}}", "X?a={{context.patientId"})
        BOOST_TEST(!filled_in(text, by("Practitioner/x")), text);
    BOOST_TEST(*filled_in("X?a=1", by("Practitioner/x")) == "X?a=1");
}

BOOST_AUTO_TEST_CASE(F06_the_token_is_a_look_into_the_body_until_it_is_wiped) {
    Prepared call = prepared(bare);
    BOOST_TEST(call.access_token() == "to.k/en-1");
    BOOST_TEST(call.expires_in().value_or(0) == 300);
    BOOST_TEST(call.fhir_server() == "https://fhir.example.org/r4");
    Prepared moved = std::move(call);
    BOOST_TEST(moved.access_token() == "to.k/en-1");
    moved.wipe_token();
    BOOST_TEST(moved.access_token() == "");
    BOOST_TEST(moved.request().patient_id == "p-1");
}

BOOST_AUTO_TEST_CASE(a_call_without_authorization_has_no_token) {
    const Prepared call = prepared(without(without(bare, "/fhirAuthorization"), "/fhirServer"));
    BOOST_TEST(call.access_token() == "");
    BOOST_TEST(!call.expires_in());
    BOOST_TEST(call.fhir_server() == "");
}

BOOST_AUTO_TEST_SUITE_END()
