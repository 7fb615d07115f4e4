#include "conformance/jwt_service.hpp"

#include <algorithm>

namespace rectal_cds::conformance {

using namespace auth::testing;

namespace {

constexpr std::size_t most_header_bytes = 15 * 1024;

std::string token_registry() {
    return R"({"clients":[{"name":"strict","iss":"https://ehr.test/fhir","tenants":["north","south"],"addressRanges":["127.0.0.1"],"jku":")" +
           ehr().key_url() + R"("},{"name":"wide","iss":"https://wide.test","usesPerToken":2,"jwks":{"keys":[)" +
           p384_key().jwk("ec-1") + ',' + rsa_key().jwk("rsa+/=") + ',' + p256_key().jwk("p256") + ',' +
           p521_key().jwk("p521") + ',' + rsa_key().jwk("rs384-only", R"(,"alg":"RS384","key_ops":["verify"])") +
           R"(]},"algorithms":["ES256","ES384","ES512","RS256","RS384","RS512","PS256","PS384","PS512"]}]})";
}

const std::string sample_registry =
    R"({"clients":[{"name":"printed","iss":"https://fhir-ehr.example.com/","jku":"https://fhir-ehr.example.com/jwk_uri","jwks":{"keys":[
    {"kty":"EC","use":"sig","crv":"P-384","kid":"example-kid","x":"46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk",
    "y":"XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI","alg":"ES384"}]},
    "tenants":["2ddd6c3a-8e9a-44c6-a305-52111ad302a2"],"maxLifetimeSeconds":120000000}]})";

Configuration at_moment(const std::string& moment, std::string registry, const char* url = public_url) {
    Configuration configuration;
    configuration.files = {{"clients.json", std::move(registry)}};
    configuration.flags = {"--now", moment, "--clients", "{folder}/clients.json", "--public-url", url, "--no-remember"};
    configuration.answers_any_origin = false;
    return configuration;
}

}  // namespace

const char* const printed_token =
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6Ly9maGlyLWVoci5leGFtcGxlLmNvbS9qd2"
    "tfdXJpIn0."
    "eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4YW1wbGUuY29tLyIsImF1ZCI6Imh0dHBzOi8vY2RzLmV4YW1wbGUub3JnL2Nkcy1zZXJ2aWNlcy9zb2"
    "1lLXNlcnZpY2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdCI6MTMxMTI4MDk3MCwianRpIjoiZWUyMmIwMjEtZTFiNy00NjExLWJhNWItOGVlYzZhMzNh"
    "YzFlIiwidGVuYW50IjoiMmRkZDZjM2EtOGU5YS00NGM2LWEzMDUtNTIxMTFhZDMwMmEyIn0."
    "d1WfLjGRKlcWB94l9do4cM8REXeYJLL6SGUBO8VHZhfM8mwKYP70EMxJ67War4TQblEpaQrp11wx5p7oPFm2ETYgCicS84vXWEIYTdjooZdooCSDf2"
    "L8-i4awdoUwiEb";

Service& token_service(const std::string& name) {
    return running(name, [] { return at_moment("2023-11-14T22:13:20Z", token_registry()); });
}

HttpAnswer signing_with(Service& service, const std::vector<std::string>& authorization) {
    HeaderLines headers;
    for (const std::string& value : authorization) headers.emplace_back("Authorization", value);
    return service.post(service.path("order-sign"), testing::order_sign(), headers);
}

Members fresh_claims() {
    static int made = 0;
    return good_claims().with("jti", as_json("fresh-" + std::to_string(++made)));
}

Members header_of(const std::string& algorithm, const std::string& kid) {
    return good_header().with("alg", as_json(algorithm)).with("kid", as_json(kid));
}

bool can_be_sent(const OddToken& odd) {
    return std::all_of(odd.authorization.begin(), odd.authorization.end(), [](const std::string& value) {
        const bool has_controls =
            std::any_of(value.begin(), value.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
        const bool has_blank_end = !value.empty() && (value.front() == ' ' || value.back() == ' ');
        return !has_controls && !has_blank_end && value.size() < most_header_bytes;
    });
}

std::vector<OddToken> odd_tokens() {
    OddTokens tokens;
    for (const auto add : {add_odd_authorizations, add_odd_forms, add_odd_headers, add_odd_algorithms,
                           add_odd_signatures, add_odd_claims, add_odd_audiences, add_odd_times})
        add(tokens);
    std::vector<OddToken> sent;
    std::copy_if(tokens.all().begin(), tokens.all().end(), std::back_inserter(sent), can_be_sent);
    return sent;
}

// The printed audience is https://cds.example.org/cds-services/some-service.
Service& sample_service(const std::string& moment) {
    return running("sample " + moment, [&] {
        Configuration configuration = at_moment(moment, sample_registry, "https://cds.example.org");
        configuration.flags.insert(configuration.flags.end(), {"--shared-service-id", "some-service"});
        configuration.shared_id = "some-service";
        return configuration;
    });
}

}  // namespace rectal_cds::conformance
