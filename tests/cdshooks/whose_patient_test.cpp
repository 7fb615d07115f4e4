// Whose patient is it (T11-T20; decisions.md 13, 24): nothing of another patient ever makes a card, and its ids are
// never repeated.
#include <boost/test/unit_test.hpp>

#include "cdshooks/fetching.hpp"
#include "support/example_requests.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;
using cdshooks::Answer;
using cdshooks::InputState;
using cdshooks::Reason;
using domain::Input;

namespace {

constexpr const char* ours = "pat-022";
const std::string base_url(fhir_base);

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

// The order-sign example with another subject under one of its resources.
std::string referring(const std::string& reference, const char* resource = "/prefetch/observations/entry/0/resource") {
    return with(order_sign(), std::string(resource) + "/subject/reference", quoted(reference));
}

void expect_sent_mismatch(const Answer& answer) {
    BOOST_TEST(answer.status == 400);
    BOOST_TEST((answer.reason == Reason::patient_mismatch));
    BOOST_TEST(says(answer.body, "OperationOutcome"));
    for (const char* id : {"pat-022", "stranger", "pat-0221"}) BOOST_TEST(!says(answer.body, id), answer.body);
    BOOST_TEST(answer.shown.empty());
}

void expect_fetched_mismatch(const Answer& answer) {
    BOOST_TEST(answer.status == 412);
    BOOST_TEST((answer.reason == Reason::fetched_patient_mismatch));
    for (const char* id : {"pat-022", "stranger"}) BOOST_TEST(!says(answer.body, id), answer.body);
}

const std::string& expected() {
    static const std::string body = answered_without_access(order_sign()).body;
    return body;
}

std::string as_server(const std::string& body) { return with(body, "/fhirServer", quoted(base_url)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(whose_patient)

BOOST_AUTO_TEST_CASE(T11_T12_every_legal_form_of_reference_is_read_and_every_other_one_refused) {
    const std::string id = ours;
    const std::string matching[] = {"Patient/" + id, "Patient/" + id + "/_history/3", base_url + "/Patient/" + id,
                                    base_url + "/Patient/" + id + "/_history/1"};
    const std::string strange[] = {"Patient/" + id + "1",
                                   "Patient/stranger",
                                   "patient/" + id,
                                   "PATIENT/" + id,
                                   id,
                                   "/Patient/" + id,
                                   "x/Patient/" + id,
                                   "Patient/" + id + "/",
                                   "Patient/" + id + "/_history/",
                                   "Patient/" + id + "/_history/1/2",
                                   "Patient/" + id + "#p",
                                   "Patient/" + id + "?x=1",
                                   "Person/" + id,
                                   "Group/" + id,
                                   "https://other.example/r4/Patient/" + id,
                                   "https://fhir.example.org/Patient/" + id,
                                   base_url + "/x/Patient/" + id,
                                   "http://fhir.example.org/r4/Patient/" + id,
                                   base_url + ".evil.example/Patient/" + id,
                                   base_url + "/Patient/stranger",
                                   "HTTPS://fhir.example.org/r4/Patient/" + id};
    for (const std::string& reference : matching) {
        const Answer answer = answered_without_access(as_server(referring(reference)));
        BOOST_TEST(answer.body == expected(), reference);
    }
    for (const std::string& reference : strange) {
        BOOST_TEST_CONTEXT(reference) {
            expect_sent_mismatch(answered_without_access(as_server(referring(reference))));
        }
    }
    expect_sent_mismatch(answered_without_access(referring(base_url + "/Patient/" + id)));  // no server is named
}

BOOST_AUTO_TEST_CASE(T11_T13_it_is_asked_of_every_resource_wherever_it_stands) {
    for (const char* key : {"conditions", "observations", "procedures", "medicationRequests", "serviceRequests"}) {
        const std::string body = order_sign();
        expect_sent_mismatch(answered_without_access(
            referring("Patient/stranger", ("/prefetch/" + std::string(key) + "/entry/0/resource").c_str())));
    }
    expect_sent_mismatch(answered_without_access(
        with(order_sign(), "/prefetch/allergies/entry/0/resource/patient/reference", quoted("Patient/stranger"))));
    for (const char* draft : {"0", "1", "2"}) {
        expect_sent_mismatch(answered_without_access(
            referring("Patient/stranger", ("/context/draftOrders/entry/" + std::string(draft) + "/resource").c_str())));
    }
    expect_sent_mismatch(answered_without_access(with(order_sign(), "/prefetch/patient/id", quoted("stranger"))));
    expect_sent_mismatch(answered_without_access(without(order_sign(), "/prefetch/patient/id")));
}

// Not only the resources that a key is read for.
BOOST_AUTO_TEST_CASE(T11_what_was_included_or_drafted_beside_is_asked_as_well) {
    const std::string beside[] = {
        R"({"resource": {"resourceType": "Patient", "id": "stranger"}})",
        R"({"resource": {"resourceType": "Specimen", "id": "s", "subject": {"reference": "Patient/stranger"}}})",
        R"({"resource": {"resourceType": "Encounter", "id": "e", "subject": {"reference": "Patient/stranger"}}})",
        R"({"resource": {"resourceType": "Coverage", "id": "e", "beneficiary": {"reference": "Patient/stranger"}}})",
        R"({"resource": {"resourceType": "Task", "id": "e", "for": {"reference": "Patient/stranger"}}})"};
    for (const std::string& entry : beside) {
        expect_sent_mismatch(answered_without_access(with(order_sign(), "/prefetch/observations/entry/-", entry)));
        expect_sent_mismatch(answered_without_access(with(order_sign(), "/context/draftOrders/entry/-", entry)));
    }
    const std::string ours_beside[] = {
        R"({"resource": {"resourceType": "Patient", "id": "pat-022"}})",
        R"({"resource": {"resourceType": "Specimen", "id": "s", "subject": {"reference": "Patient/pat-022"}}})",
        R"({"resource": {"resourceType": "Practitioner", "id": "s"}})"};
    for (const std::string& entry : ours_beside) {
        const std::string body =
            without(with(order_sign(), "/prefetch/observations/entry/-", entry), "/prefetch/observations/total");
        BOOST_TEST(answered_without_access(body).body == expected(), entry);
    }
    expect_sent_mismatch(answered_without_access(
        with(order_sign(), "/prefetch/conditions",
             R"({"resourceType": "Location", "id": "x", "subject": {"reference": "Patient/stranger"}})")));
}

BOOST_AUTO_TEST_CASE(contained_resources_are_asked_and_resolve_within_their_container) {
    const std::string resource = "/prefetch/observations/entry/0/resource";
    const std::string contained =
        with(order_sign(), resource + "/contained", R"([{"resourceType": "Patient", "id": "pat-022"}])");
    BOOST_TEST(answered_without_access(with(contained, resource + "/subject/reference", quoted("#pat-022"))).body ==
               expected());
    expect_sent_mismatch(answered_without_access(with(with(contained, resource + "/contained/0/id", quoted("stranger")),
                                                      resource + "/subject/reference", quoted("#stranger"))));
    expect_sent_mismatch(answered_without_access(
        with(order_sign(), resource + "/contained",
             R"([{"resourceType": "Specimen", "id": "s", "subject": {"reference": "Patient/stranger"}}])")));
    BOOST_TEST(answered_without_access(
                   with(order_sign(), resource + "/contained",
                        R"([{"resourceType": "Specimen", "id": "s", "subject": {"reference": "Patient/pat-022"}}])"))
                   .body == expected());
}

BOOST_AUTO_TEST_CASE(a_urn_means_the_entry_that_has_it) {
    const std::string urn = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
    const std::string patients = with(order_sign(), "/prefetch/patient",
                                      R"({"resourceType": "Bundle", "entry": [{"fullUrl": ")" + urn +
                                          R"(", "resource": )" + delivered(order_sign(), "patient") + "}]}");
    const std::string referred =
        with(patients, "/prefetch/observations/entry/0/resource/subject/reference", quoted(urn));
    BOOST_TEST(answered_without_access(referred).body == expected());
    const std::string other =
        with(patients, "/prefetch/observations/entry/0/resource/subject/reference", quoted(urn + "1"));
    const Answer unresolved = answered_without_access(other);
    BOOST_TEST((report(unresolved, Input::observations).state == InputState::incomplete));
    BOOST_TEST(says(detail(unresolved, "dataUnavailable"), "some entries name no patient"));
}

BOOST_AUTO_TEST_CASE(T17_what_names_no_patient_is_not_used_and_its_input_is_incomplete) {
    const char* subjects[] = {"{}", R"({"display": "Ruth"})", R"({"identifier": {"value": "7"}})", "[]",
                              "5",  R"({"reference": "#p"})"};
    for (const char* subject : subjects) {
        const Answer answer =
            answered_without_access(with(order_sign(), "/prefetch/observations/entry/0/resource/subject", subject));
        BOOST_TEST(answer.status == 200);
        BOOST_TEST((report(answer, Input::observations).state == InputState::incomplete), subject);
        BOOST_TEST(says(detail(answer, "dataUnavailable"), "some entries name no patient"), subject);
    }
    for (const char* subject : {"{}", "5", R"({"display": "Ruth"})", R"({"reference": "urn:uuid:none"})"}) {
        expect_sent_mismatch(
            answered_without_access(with(order_sign(), "/context/draftOrders/entry/0/resource/subject", subject)));
    }
}

// A donor's or a relative's result stands in this patient's record with a focus on the other person.
BOOST_AUTO_TEST_CASE(an_observation_about_another_person_is_not_used_and_its_input_is_incomplete) {
    const char* const place = "/prefetch/observations/entry/0/resource/focus";
    for (const char* focus : {R"([{"reference": "Patient/donor"}])", R"([{"reference": "RelatedPerson/mother"}])"}) {
        const Answer answer = answered_without_access(with(order_sign(), place, focus));
        BOOST_TEST(answer.status == 200);
        BOOST_TEST((report(answer, Input::observations).state == InputState::incomplete), focus);
    }
    for (const char* focus : {R"([{"reference": "Condition/c1"}])", R"([{"reference": "BodyStructure/b1"}])", "[]"}) {
        const Answer answer = answered_without_access(with(order_sign(), place, focus));
        BOOST_TEST((report(answer, Input::observations).state == InputState::present), focus);
    }
}

BOOST_AUTO_TEST_CASE(T14_a_token_for_another_patient_is_refused) {
    const std::string body = with(with_access(order_sign()), "/fhirAuthorization/patient", quoted("stranger"));
    expect_sent_mismatch(answered(body));
    BOOST_TEST(answered(with(with_access(order_sign()), "/fhirAuthorization/patient", quoted(ours))).status == 200);
}

BOOST_AUTO_TEST_CASE(the_Encounter_of_the_context_names_its_patient_under_whatever_key) {
    const auto with_encounter = [](const std::string& id, const std::string& patient) {
        return with(order_sign(), "/prefetch/encounter",
                    R"({"resourceType": "Encounter", "id": ")" + id + R"(", "subject": {"reference": "Patient/)" +
                        patient + "\"}}");
    };
    expect_sent_mismatch(answered_without_access(with_encounter("enc-022", "stranger")));
    BOOST_TEST(answered_without_access(with_encounter("enc-022", ours)).body == expected());
    BOOST_TEST(answered_without_access(with_encounter("another", "stranger")).body == expected());
}

BOOST_AUTO_TEST_CASE(T15_T16_what_the_server_returns_for_another_patient_is_412_on_any_page) {
    const std::string body = leaving_out(order_sign(), {"observations"}),
                      page = delivered(order_sign(), "observations");
    const std::string strange = with(page, "/entry/1/resource/subject/reference", quoted("Patient/stranger"));
    expect_fetched_mismatch(answered(body, {fetched("observations", {strange})}));
    expect_fetched_mismatch(answered(body, {fetched("observations", {page, strange})}));
    const std::string opened = with(order_sign(), "/prefetch/observations/link",
                                    R"([{"relation": "next", "url": "https://fhir.example.org/r4?p=2"}])");
    expect_fetched_mismatch(answered(opened, {fetched("observations", {strange})}));
    const std::string other = with(delivered(order_sign(), "patient"), "/id", quoted("stranger"));
    expect_fetched_mismatch(answered(leaving_out(order_sign(), {"patient"}), {fetched("patient", {other})}));
    const std::string medication =
        R"({"resourceType": "MedicationRequest", "id": "m1", "subject": {"reference": "Patient/stranger"}})";
    expect_fetched_mismatch(answered(order_sign(), {fetched("Medication/m1", {medication})}));
    BOOST_TEST(answered(body, {fetched("observations", {page})}).status == 200);
}

BOOST_AUTO_TEST_CASE(a_fetched_Patient_without_an_id_is_no_Patient) {
    const std::string nameless = without(delivered(order_sign(), "patient"), "/id");
    const Answer answer = answered(leaving_out(order_sign(), {"patient"}), {fetched("patient", {nameless})});
    BOOST_TEST(shows(answer, "dataUnavailable"));
    BOOST_TEST((report(answer, Input::patient).state == InputState::unreadable));
}

BOOST_AUTO_TEST_CASE(T20_a_linked_Patient_is_the_same_one_only_where_that_is_configured) {
    const auto allowed = [](cdshooks::Call& call) { call.allow_patient_links = true; };
    const auto linked = [&](const char* type, const std::string& other) {
        const std::string renamed = with(order_sign(), "/prefetch/patient/id", quoted("pat-old"));
        return with(renamed, "/prefetch/patient/link",
                    R"([{"type": ")" + std::string(type) + R"(", "other": {"reference": ")" + other + "\"}}]");
    };
    for (const char* type : {"replaces", "replaced-by"}) {
        const std::string body = linked(type, "Patient/pat-022");
        expect_sent_mismatch(answered_without_access(body));
        BOOST_TEST(answered_without_access(body, allowed).body == expected(), type);
        const std::string both =
            with(body, "/prefetch/observations/entry/0/resource/subject/reference", quoted("Patient/pat-old"));
        BOOST_TEST(answered_without_access(both, allowed).body == expected(), type);
        expect_sent_mismatch(answered_without_access(
            with(body, "/prefetch/observations/entry/0/resource/subject/reference", quoted("Patient/stranger")),
            allowed));
    }
    for (const std::string& body :
         {linked("seealso", "Patient/pat-022"), linked("refer", "Patient/pat-022"), linked("replaces", "Patient/pat-0"),
          linked("replaces", "https://other.example/Patient/pat-022")}) {
        const Answer answer = answered_without_access(body, allowed);
        BOOST_TEST((answer.reason == Reason::patient_mismatch));
    }
    const std::string from_server = leaving_out(linked("replaces", "Patient/pat-022"), {"patient"});
    BOOST_TEST(answered(with(from_server, "/prefetch/observations/entry/0/resource/subject/reference",
                             quoted("Patient/pat-old")),
                        {fetched("patient", {delivered(linked("replaces", "Patient/pat-022"), "patient")})},
                        cdshooks::FhirAccess::possible, allowed)
                   .body == expected());
}

// Parsers and trees keep memory from call to call.
BOOST_AUTO_TEST_CASE(T19_nothing_of_one_call_is_left_in_the_next) {
    const std::string poison = "poison-of-call-a";
    const std::string a = with(with(order_sign(), "/prefetch/observations/entry/0/resource/code/text", quoted(poison)),
                               "/prefetch/observations/entry/1/resource/subject/reference", quoted("Patient/stranger"));
    for (int i = 0; i < 8; ++i) {
        expect_sent_mismatch(answered_without_access(a));
        const Answer cut =
            answered_without_access(a, [](cdshooks::Call& call) { call.body.resize(call.body.size() - 9); });
        BOOST_TEST((cut.reason == Reason::malformed));
        const Answer b = answered_without_access(patient_view());
        BOOST_TEST(!says(b.body, poison));
        BOOST_TEST(!says(b.body, ours));
    }
}

BOOST_AUTO_TEST_SUITE_END()
