// Whose data are these: what belongs to another patient is refused and never repeated (rows C15, C18, F05, R12, R19;
// decisions.md 13, 15, 24).
#include "blackbox/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace rectal_cds::blackbox;

namespace {

constexpr const char* base = "https://fhir.example.org/r4";

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string served_by(const std::string& request, std::string_view server) {
    return with(request, "/fhirServer", in_quotes(server));
}

// All references to the patient, written another way.
std::string referring(std::string request, std::string_view from, std::string_view to) {
    for (auto at = request.find(from); at != std::string::npos; at = request.find(from, at + to.size()))
        request.replace(at, from.size(), to);
    return request;
}

struct PatientFixture : ServiceFixture {
    void expect_stranger(const HttpAnswer& answer, std::string_view place) {
        BOOST_TEST(answer.status == 400);
        const Outcome outcome = outcome_of(answer);
        BOOST_TEST(outcome.code == "business-rule");
        BOOST_TEST(outcome.place.find(place) == 0U, outcome.place << " is not at " << place);
        BOOST_TEST(answer.body.find("somebody") == std::string::npos);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(patient_match, PatientFixture)

BOOST_AUTO_TEST_CASE(C18_another_patient_under_prefetch_is_refused) {
    expect_stranger(view(with(patient_view(), "/prefetch/patient/id", "\"somebody\"")), "prefetch.patient");
    expect_stranger(sign(with(order_sign(), "/context/patientId", "\"somebody\"")), "prefetch.patient");
    expect_stranger(view(without(patient_view(), "/prefetch/patient/id")), "prefetch.patient");
}

BOOST_AUTO_TEST_CASE(C18_another_patients_resource_under_any_key_is_refused) {
    const auto tainted = [](const std::string& request, const std::string& key, const char* member) {
        return with(request, "/prefetch/" + key + "/entry/0/resource/" + member + "/reference", "\"Patient/somebody\"");
    };
    for (const char* key : {"conditions", "observations", "procedures", "medicationRequests",
                            "medicationAdministrations", "serviceRequests", "diagnosticReports"}) {
        expect_stranger(view(tainted(patient_view(), key, "subject")), std::string("prefetch.") + key);
    }
    expect_stranger(sign(tainted(order_sign(), "allergies", "patient")), "prefetch.allergies");
}

BOOST_AUTO_TEST_CASE(C15_a_draft_for_another_patient_is_refused) {
    for (const char* reference :
         {"Patient/somebody", "Patient/pat-0222", "Group/pat-022", "https://elsewhere.example/r4/Patient/pat-022"}) {
        BOOST_TEST_CONTEXT(reference) {
            const char* pointer = "/context/draftOrders/entry/1/resource/subject/reference";
            expect_stranger(sign(with(order_sign(), pointer, in_quotes(reference))), "context.draftOrders");
            expect_stranger(select(with(order_select(), pointer, in_quotes(reference))), "context.draftOrders");
        }
    }
}

BOOST_AUTO_TEST_CASE(F05_a_token_for_another_patient_is_refused) {
    const std::string request = with(
        served_by(order_sign(), base), "/fhirAuthorization",
        R"({"access_token": "t", "token_type": "Bearer", "expires_in": 300, "scope": "s", "subject": "c", "patient": "somebody"})");
    expect_stranger(sign(request), "fhirAuthorization.patient");
}

BOOST_AUTO_TEST_CASE(R19_absolute_references_under_the_fhir_server_are_this_patients) {
    const std::string expected = without_uuids(sign(order_sign()).body);
    const std::string absolute =
        referring(order_sign(), "\"Patient/pat-022\"", in_quotes(std::string(base) + "/Patient/pat-022"));
    for (const char* server : {"https://fhir.example.org/r4", "https://fhir.example.org/r4/"}) {
        BOOST_TEST(without_uuids(sign(served_by(absolute, server)).body) == expected, server);
    }
    const std::string versioned =
        referring(order_sign(), "\"Patient/pat-022\"", in_quotes(std::string(base) + "/Patient/pat-022/_history/3"));
    BOOST_TEST(without_uuids(sign(served_by(versioned, base)).body) == expected);
}

BOOST_AUTO_TEST_CASE(R12_absolute_references_elsewhere_are_somebody_elses) {
    const std::string absolute =
        referring(order_sign(), "\"Patient/pat-022\"", in_quotes(std::string(base) + "/Patient/pat-022"));
    expect_stranger(sign(absolute), "prefetch.conditions");
    for (const char* server : {"https://fhir.example.org", "https://fhir.example.org/r4/x",
                               "https://fhir.example.org/r", "http://fhir.example.org/r4", "https://evil.example/r4"}) {
        BOOST_TEST_CONTEXT(server) { expect_stranger(sign(served_by(absolute, server)), "prefetch.conditions"); }
    }
}

// The same refusal, in words that say what is at fault.
BOOST_AUTO_TEST_CASE(R12_an_absolute_reference_that_no_fhir_server_vouches_for_is_told_as_that) {
    const std::string absolute = with(patient_view(), "/prefetch/observations/entry/0/resource/subject/reference",
                                      in_quotes("https://fhir.example.org/r4/Patient/pat-002"));
    const HttpAnswer alone = view(absolute), elsewhere = view(served_by(absolute, "https://other.example/fhir"));
    for (const HttpAnswer* answer : {&alone, &elsewhere}) expect_stranger(*answer, "prefetch.observations.entry[0].resource");
    BOOST_TEST(outcome_of(alone).text.find("the call names no fhirServer") != std::string::npos, alone.body);
    BOOST_TEST(outcome_of(elsewhere).text.find("another server than the fhirServer") != std::string::npos, elsewhere.body);
    const HttpAnswer stranger = view(with(patient_view(), "/prefetch/observations/entry/0/resource/subject/reference",
                                          in_quotes("https://fhir.example.org/r4/Patient/somebody")));
    expect_stranger(stranger, "prefetch.observations.entry[0].resource");
    BOOST_TEST(outcome_of(stranger).text.find("belongs to another patient") != std::string::npos, stranger.body);
}

BOOST_AUTO_TEST_CASE(R19_relative_versioned_and_contained_references_are_this_patients) {
    const std::string expected = without_uuids(view(patient_view()).body);
    const std::string versioned = referring(patient_view(), "\"Patient/pat-002\"", "\"Patient/pat-002/_history/1\"");
    BOOST_TEST(without_uuids(view(versioned).body) == expected);
    const std::string first = "/prefetch/procedures/entry/0/resource";
    const std::string contained =
        with(with(patient_view(), first + "/contained", R"([{"resourceType": "Patient", "id": "pat-002"}])"),
             first + "/subject/reference", "\"#pat-002\"");
    BOOST_TEST(without_uuids(view(contained).body) == expected);
    const std::string stranger =
        with(with(contained, first + "/contained/0/id", "\"somebody\""), first + "/subject/reference", "\"#somebody\"");
    expect_stranger(view(stranger), "prefetch.procedures");
}

BOOST_AUTO_TEST_CASE(R12_the_fhir_server_is_never_contacted) {
    const std::string unreachable = served_by(order_sign(), "http://169.254.169.254/r4");
    BOOST_TEST(topics(sign(unreachable)).front() == "antiEgfrRasMutant");
}

BOOST_AUTO_TEST_SUITE_END()
