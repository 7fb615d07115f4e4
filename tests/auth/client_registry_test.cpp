// The client registry file: what it says, and that every mistake in it is found at once and named.
#include "auth/client_registry.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace rectal_cds::auth;

namespace {

std::string example_text() {
    const char* const checkout = std::getenv("RECTAL_CDS_SOURCE_DIR");
    BOOST_TEST_REQUIRE(checkout != nullptr, "RECTAL_CDS_SOURCE_DIR must name the checkout; ctest sets it.");
    std::ifstream file(std::string(checkout) + "/tests/auth/client-registry.example.json");
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr const char* jwks =
    R"({"keys":[{"kty":"EC","crv":"P-384","kid":"k","x":"46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk","y":"XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI"}]})";

// One client with name, iss and jku, and `more` members, each with a comma before it.
std::string one_client(const std::string& more) {
    return R"({"clients":[{"name":"n","iss":"https://ehr.test","jku":"https://ehr.test/jwks.json")" + more + "}]}";
}

std::vector<std::string> faulty_places(const std::string& text) {
    const RegistryReading reading = read_client_registry(text);
    BOOST_TEST((reading.registry == nullptr) == !reading.errors.empty());
    std::vector<std::string> places;
    for (const auto& error : reading.errors) places.push_back(error.where);
    return places;
}

struct Fault {
    std::string more;
    std::string place;
};

void expect_faults(const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) {
        const std::vector<std::string> expected{"clients[0]." + fault.place};
        BOOST_TEST(faulty_places(one_client(fault.more)) == expected, fault.more << boost::test_tools::per_element());
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_client_registry)

BOOST_AUTO_TEST_CASE(reads_the_example) {
    const RegistryReading reading = read_client_registry(example_text());
    for (const auto& error : reading.errors) BOOST_ERROR(error.where + ": " + error.what);
    BOOST_TEST_REQUIRE(reading.registry);
    BOOST_TEST_REQUIRE(reading.registry->clients().size() == 3u);
    const auto north = reading.registry->find_by_issuer("https://ehr.north.example/fhir");
    BOOST_TEST_REQUIRE(north);
    BOOST_TEST(north->name == "north-hospital");
    BOOST_TEST((north->algorithms == std::vector{Algorithm::es384, Algorithm::rs384}));
    BOOST_TEST(north->audiences.size() == 5u);
    BOOST_TEST((north->longest_lifetime == std::chrono::seconds(900)));
    BOOST_TEST((north->leeway == std::chrono::seconds(60)));
    BOOST_TEST(north->uses_per_token == 1);
    BOOST_TEST(!north->wire.intent);
    BOOST_TEST(!north->wire.version);
    BOOST_TEST(north->switched_off.at(0) == "first-line-backbone-choice");
    BOOST_TEST(north->fhir_server("https://EHR.north.example:443/fhir/"));
    BOOST_TEST(!north->fhir_server("https://ehr.north.example/fhir/x"));
    BOOST_TEST(!north->fhir_server("https://epic.pilot.example/api/FHIR/R4"));

    const auto epic = reading.registry->find_by_issuer("https://epic.pilot.example/api/FHIR/R4");
    BOOST_TEST((epic->wire.dialect == rectal_cds::cdshooks::Dialect::epic));
    BOOST_TEST((epic->wire.version == rectal_cds::cdshooks::WireVersion::v1_1));
    BOOST_TEST((rectal_cds::cdshooks::choose_profile({epic->wire, {}}, {}).intent == rectal_cds::cdshooks::OrderIntent::proposal),
               "suggested orders of Epic are proposals unless told otherwise");
    BOOST_TEST(epic->silent);
    BOOST_TEST(may_connect("10.20.1.1", epic->address_ranges));

    const auto kit = reading.registry->find_by_issuer("https://fhir-ehr.example.com/");
    BOOST_TEST(!kit->jku);
    BOOST_TEST(kit->keys.has("example-kid"));
    BOOST_TEST(kit->uses_per_token == 20);
    BOOST_TEST(kit->feedback_with_service_audience);
    BOOST_TEST((kit->patient_cards == PatientCards::plain_language));
    BOOST_TEST((kit->wire.version == rectal_cds::cdshooks::WireVersion::v3_0_ballot));
}

BOOST_AUTO_TEST_CASE(lets_links_between_patients_count_only_where_it_says_so) {
    BOOST_TEST(read_client_registry(one_client(R"(,"patientLinks":true)")).registry->clients().at(0)->patient_links);
    BOOST_TEST(!read_client_registry(one_client("")).registry->clients().at(0)->patient_links);
}

BOOST_AUTO_TEST_CASE(knows_a_client_by_its_exact_issuer_only) {
    const auto registry = read_client_registry(one_client("")).registry;
    BOOST_TEST(registry->find_by_issuer("https://ehr.test"));
    for (const char* iss : {"", "https://ehr.test/", "https://EHR.test", "n"})
        BOOST_TEST(!registry->find_by_issuer(iss), iss);
}

BOOST_AUTO_TEST_CASE(allows_listed_origins_only) {
    const auto registry = read_client_registry(example_text()).registry;
    for (const char* origin : {"http://localhost:8080", "https://sandbox.example"})
        BOOST_TEST(registry->allows_origin(origin), origin);
    for (const char* origin :
         {"", "null", "*", "https://sandbox.example/", "https://SANDBOX.example", "https://sandbox.example:443",
          "http://sandbox.example", "https://evil.test", "https://sandbox.example.evil.test"}) {
        BOOST_TEST(!registry->allows_origin(origin), origin);
    }
}

BOOST_AUTO_TEST_CASE(may_have_keys_of_its_own_instead_of_a_key_url) {
    const std::string text = R"({"clients":[{"name":"n","iss":"i","jwks":)" + std::string(jwks) + "}]}";
    BOOST_TEST(read_client_registry(text).registry);
}

BOOST_AUTO_TEST_CASE(is_one_error_when_it_is_no_registry_at_all) {
    for (const char* text : {"", "{", "[]", "null", "{}", R"({"clients":{}})", R"({"clients":[]})",
                             R"({"clients":null})", R"({"clients":[],"clients":[]})"}) {
        BOOST_TEST(faulty_places(text).size() == 1u, text);
    }
    BOOST_TEST(faulty_places(R"({"clients":[17]})") == std::vector<std::string>{"clients[0]"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(has_every_mistake_named_at_once) {
    const std::vector<std::string> expected{"client",
                                            "clients[0].addressRanges[0]",
                                            "clients[0].iss",
                                            "clients[0].jku",
                                            "clients[0].leewaySeconds",
                                            "clients[0].Silent",
                                            "clients[1].name",
                                            "clients[1].jku",
                                            "clients[1].dialect"};
    const auto places = faulty_places(R"({"client":1,"clients":[
        {"name":"a","jku":"http://ehr.test/jwks.json","addressRanges":["0.0.0.0/0"],"leewaySeconds":121,"Silent":true},
        {"name":"a b","iss":"x","dialect":"EPIC"}]})");
    BOOST_TEST(places == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(has_no_two_clients_of_one_name_or_issuer) {
    const auto places = faulty_places(R"({"clients":[{"name":"a","iss":"x","jku":"https://e.test/k"},
        {"name":"a","iss":"y","jku":"https://e.test/k"},{"name":"c","iss":"x","jku":"https://e.test/k"}]})");
    const std::vector<std::string> expected{"clients[1].name", "clients[2].iss"};
    BOOST_TEST(places == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(refuses_urls_that_can_be_read_along_or_in_two_ways) {
    expect_faults({{R"(,"fhirServers":["http://ehr.test/fhir"])", "fhirServers[0]"},
                   {R"(,"fhirServers":["https://a.test","https://b.test/../c"])", "fhirServers[1]"},
                   {R"(,"fhirServers":["https://b.test/?x"])", "fhirServers[0]"},
                   {R"(,"fhirServers":["https://10.0.0.1/fhir"])", "fhirServers[0]"},
                   {R"(,"fhirServers":["http://127.0.0.1/fhir"])", "fhirServers[0]"},
                   {R"(,"fhirServers":["https://169.254.169.254/"],"addressRanges":["10.0.0.0/8"])", "fhirServers[0]"},
                   {R"(,"audiences":["https://a.test/x","/cds-services"])", "audiences[1]"},
                   {R"(,"audiences":["https://a.test/x?y"])", "audiences[0]"},
                   {R"(,"corsOrigins":["*"])", "corsOrigins[0]"},
                   {R"(,"corsOrigins":["null"])", "corsOrigins[0]"},
                   {R"(,"corsOrigins":["https://a.test/"])", "corsOrigins[0]"},
                   {R"(,"corsOrigins":["https://a.test:443"])", "corsOrigins[0]"},
                   {R"(,"corsOrigins":["http://a.test"])", "corsOrigins[0]"}});
    for (const char* jku : {"http://ehr.test/k", "file:///k", "https://user@ehr.test/k", "https://169.254.169.254/k",
                            "https://127.0.0.1/k", "", "k"}) {
        const std::string text = R"({"clients":[{"name":"n","iss":"i","jku":")" + std::string(jku) + "\"}]}";
        BOOST_TEST(faulty_places(text) == std::vector<std::string>{"clients[0].jku"},
                   jku << boost::test_tools::per_element());
    }
    const std::string loopback =
        R"({"clients":[{"name":"n","iss":"i","jku":"http://127.0.0.1:9/k","addressRanges":["127.0.0.1"]}]})";
    BOOST_TEST(faulty_places(loopback).empty());
}

BOOST_AUTO_TEST_CASE(refuses_values_of_a_wrong_type_or_outside_their_list) {
    expect_faults({{R"(,"algorithms":["ES384","HS256"])", "algorithms[1]"},
                   {R"(,"algorithms":["none"])", "algorithms[0]"},
                   {R"(,"algorithms":[])", "algorithms"},
                   {R"(,"algorithms":"ES384")", "algorithms"},
                   {R"(,"algorithms":["ES384","ES384"])", "algorithms[1]"},
                   {R"(,"algorithms":[384])", "algorithms[0]"},
                   {R"(,"tenants":[""])", "tenants[0]"},
                   {R"(,"tenants":[])", "tenants"},
                   {R"(,"tenants":["a\nb"])", "tenants[0]"},
                   {R"(,"tenants":null)", "tenants"},
                   {R"(,"wireVersion":"2.0.1")", "wireVersion"},
                   {R"(,"wireVersion":2.0)", "wireVersion"},
                   {R"(,"orderIntent":"plan")", "orderIntent"},
                   {R"(,"patientCards":true)", "patientCards"},
                   {R"(,"usesPerToken":0)", "usesPerToken"},
                   {R"(,"usesPerToken":1001)", "usesPerToken"},
                   {R"(,"usesPerToken":1.5)", "usesPerToken"},
                   {R"(,"usesPerToken":"2")", "usesPerToken"},
                   {R"(,"maxLifetimeSeconds":0)", "maxLifetimeSeconds"},
                   {R"(,"maxLifetimeSeconds":3601)", "maxLifetimeSeconds"},
                   {R"(,"leewaySeconds":-1)", "leewaySeconds"},
                   {R"(,"leewaySeconds":121)", "leewaySeconds"},
                   {R"(,"patientLinks":"yes")", "patientLinks"},
                   {R"(,"silent":"true")", "silent"},
                   {R"(,"silent":1)", "silent"},
                   {R"(,"silent":null)", "silent"},
                   {R"(,"feedbackWithServiceAudience":0)", "feedbackWithServiceAudience"},
                   {R"(,"switchedOff":"all")", "switchedOff"},
                   {R"(,"switchedOff":["mdt-discussion","data-unavailable"])", "switchedOff[1]"},
                   {R"(,"addressRanges":["10.0.0.1/8"])", "addressRanges[0]"},
                   {R"(,"jwks":[])", "jwks.keys"},
                   {R"(,"jwks":{"keys":[]})", "jwks.keys"},
                   {R"(,"jwks":{"keys":[{"kty":"oct","kid":"k","k":"AAAA"}]})", "jwks.keys[0]"},
                   {R"(,"note":"x")", "note"},
                   {R"(,"Name":"x")", "Name"}});
}

BOOST_AUTO_TEST_CASE(lets_only_a_process_with_a_fixed_clock_raise_the_lifetime) {
    const std::string text = one_client(R"(,"maxLifetimeSeconds":120000000)");
    BOOST_TEST(!read_client_registry(text).registry);
    const RegistryBounds raised{std::chrono::seconds(120'000'000), std::chrono::seconds(120)};
    BOOST_TEST(read_client_registry(text, raised).registry);
}

BOOST_AUTO_TEST_CASE(normalises_audiences_by_one_slash_and_the_default_port_only) {
    BOOST_TEST(normalised_audience("https://cds.test:443/a/") == "https://cds.test/a");
    BOOST_TEST(normalised_audience("http://localhost:80/a") == "http://localhost/a");
    BOOST_TEST(normalised_audience("https://cds.test:443") == "https://cds.test");
    for (const char* text : {"https://cds.test/a", "https://cds.test:80/a", "http://cds.test:443/a",
                             "https://CDS.test/a", "https://cds.test/:443", "https://cds.test:4430/a", "urn:x:443"}) {
        BOOST_TEST(normalised_audience(text) == text);
    }
    BOOST_TEST(normalised_audience("https://cds.test/a//") == "https://cds.test/a/");
}

BOOST_AUTO_TEST_SUITE_END()
