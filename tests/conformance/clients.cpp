#include "conformance/clients.hpp"

#include <chrono>
#include <memory>

namespace rectal_cds::conformance {

using namespace auth::testing;

namespace {

std::unique_ptr<FakeEhr>& the_ehr() {
    static std::unique_ptr<FakeEhr> ehr;
    return ehr;
}

// A client that has its keys in the registry.
std::string client(const std::string& name, const Caller& caller, const std::string& more = "") {
    return R"(,{"name":")" + name + R"(","iss":")" + caller.iss + R"(","jwks":{"keys":[)" + p384_key().jwk("ec-1") +
           ',' + rsa_key().jwk("rsa+/=") + "]}" + more + '}';
}

}  // namespace

FakeEhr& ehr() {
    if (!the_ehr()) {
        the_ehr() = std::make_unique<FakeEhr>();
        the_ehr()->publish_keys(all_public_keys());
    }
    return *the_ehr();
}

void end_ehr() { the_ehr().reset(); }

std::string all_public_keys() {
    return R"({"keys":[)" + p384_key().jwk("ec-1") + ',' + rsa_key().jwk("rsa+/=") + ',' + p256_key().jwk("p256") +
           ',' + p521_key().jwk("p521") + ',' + p384_key().jwk("for-encryption", R"(,"use":"enc")") + ',' +
           p384_key().jwk("without-alg", "") + "]}";
}

std::string registry_text() {
    std::string text = R"({"clients":[{"name":"ehr","iss":")" + ehr_caller.iss + R"(","jku":")" + ehr().key_url() +
                       R"(","fhirServers":[")" + ehr().fhir_base() +
                       R"("],"addressRanges":["127.0.0.1"],"corsOrigins":[")" + browser_origin + R"("]})";
    text += client("other", other_caller);
    text += client("silent", silent_caller, R"(,"silent":true)");
    text += client("kit", kit_caller, R"(,"usesPerToken":20)");
    text += client("one-audience", one_audience_caller, R"(,"feedbackWithServiceAudience":true)");
    text += client("epic", epic_caller, R"(,"dialect":"epic","fhirServers":["https://ehr.example.org/api/FHIR/R4"])");
    text += client("epic-html", epic_html_caller, R"(,"dialect":"epic","htmlDetail":true)");
    text += client("v1-0", v1_0_caller, R"(,"wireVersion":"1.0")");
    text += client("v1-1", v1_1_caller, R"(,"wireVersion":"1.1")");
    text += client("v3-0", v3_0_caller, R"(,"wireVersion":"3.0-ballot")");
    text +=
        client("v3-0-choosing", v3_0_choosing_caller, R"(,"wireVersion":"3.0-ballot","actionSelectionBehavior":true)");
    return text + "]}";
}

Members claims_of(std::string_view iss, std::string_view path) {
    using namespace std::chrono;
    static long made = 0;
    const long now = static_cast<long>(duration_cast<seconds>(system_clock::now().time_since_epoch()).count());
    return {{"iss", as_json(iss)},
            {"aud", as_json(public_url + std::string(path))},
            {"exp", std::to_string(now + 300)},
            {"iat", std::to_string(now)},
            {"jti", as_json("jti-" + std::to_string(now) + '-' + std::to_string(++made))}};
}

std::string es384_token(const Members& claims, const Members& header) { return signed_token(header, claims); }

std::string rs384_token(const Members& claims, const Members& header) {
    const std::string input = signing_input(header.text(), claims.text());
    return input + '.' + base64url(rsa_key().sign(input, Digest::sha384));
}

std::string bearer(const Caller& caller, const std::string& path) {
    return "Bearer " + es384_token(claims_of(caller.iss, path));
}

Configuration registered_configuration(const std::vector<std::string>& more) {
    Configuration configuration;
    configuration.files = {{"clients.json", registry_text()}};
    configuration.flags = {"--today",      example_day, "--clients",    "{folder}/clients.json",
                           "--public-url", public_url,  "--no-remember"};
    configuration.flags.insert(configuration.flags.end(), more.begin(), more.end());
    configuration.caller = ehr_caller;
    configuration.authorization = bearer;
    configuration.answers_any_origin = false;
    return configuration;
}

Service& registered() {
    return running("registered", [] { return registered_configuration({"--fetch-deadline-ms", "5000"}); });
}

}  // namespace rectal_cds::conformance
