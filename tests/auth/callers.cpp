#include "auth/callers.hpp"

#include <ostream>
#include <stdexcept>

namespace rectal_cds::auth {

std::ostream& operator<<(std::ostream& out, Verdict::Outcome outcome) {
    switch (outcome) {
    case Verdict::Outcome::accepted: return out << "accepted";
    case Verdict::Outcome::refused: return out << "refused";
    case Verdict::Outcome::unavailable: return out << "unavailable";
    case Verdict::Outcome::keys_awaited: break;
    }
    return out << "keys awaited";
}

std::ostream& operator<<(std::ostream& out, Refusal refusal) { return out << name(refusal); }

}  // namespace rectal_cds::auth

namespace rectal_cds::auth::testing {

namespace {

std::shared_ptr<const ClientRegistry> test_clients() {
    const std::string text = R"({"clients":[
        {"name":"strict","iss":"https://ehr.test/fhir","jku":"https://ehr.test/jwks.json","tenants":["north","south"],
         "audiences":["https://cds.test/cds-services/rectal-cancer-patient-view","https://cds.test/cds-services/rectal-cancer-order-sign",
                      "https://cds.test/cds-services/rectal-cancer-order-sign/feedback","https://cds.test/cds-services"]},
        {"name":"wide","iss":"https://wide.test","usesPerToken":2,"jwks":{"keys":[)" +
                             p384_key().jwk("ec-1") + ',' + rsa_key().jwk("rsa+/=") + ',' + p256_key().jwk("p256") +
                             ',' + p521_key().jwk("p521") + ',' +
                             rsa_key().jwk("rs384-only", R"(,"alg":"RS384","key_ops":["verify"])") + R"(]},
         "algorithms":["ES256","ES384","ES512","RS256","RS384","RS512","PS256","PS384","PS512"]}]})";
    const RegistryReading reading = read_client_registry(text);
    if (!reading.registry) throw std::runtime_error(reading.errors[0].where + ": " + reading.errors[0].what);
    return reading.registry;
}

}  // namespace

KeyLookup CountedKeys::find(const std::shared_ptr<const Client>&, std::string_view) {
    ++asked_;
    return answer;
}

Spent CountedReplays::spend(const TokenUse& use, Time now) {
    ++asked_;
    return is_down ? Spent::unavailable : cache.spend(use, now);
}

std::string all_keys() {
    return R"({"keys":[)" + p384_key().jwk("ec-1") + ',' + rsa_key().jwk("rsa+/=") + ',' + p256_key().jwk("p256") +
           ',' + p521_key().jwk("p521") + ',' + rsa_key().jwk("rs384-only", R"(,"alg":"RS384")") + ',' +
           p384_key().jwk("for-encryption", R"(,"use":"enc")") + "]}";
}

Callers::Callers() : registry(test_clients()) {
    keys.answer = {KeyLookup::State::known, std::make_shared<const KeySet>(parse_key_set(all_keys()).value())};
}

Verdict Callers::verify_values(const std::vector<std::string>& authorization) {
    const std::vector<std::string_view> values(authorization.begin(), authorization.end());
    return JwtVerifier(keys, replays).verify(values, endpoint, *registry, now);
}

}  // namespace rectal_cds::auth::testing
