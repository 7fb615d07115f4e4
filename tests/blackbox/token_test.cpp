// rectal-cds token: test keys and tokens for trying the service out.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "auth/client_registry.hpp"
#include "auth/compact_jwt.hpp"
#include "support/child_process.hpp"
#include "support/running_service.hpp"
#include "json/document.hpp"

using namespace rectal_cds;
using namespace rectal_cds::testing;

namespace {

const char* const audience = "http://127.0.0.1:8080/cds-services/rectal-cancer-order-sign";

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

unsigned mode_of(const std::filesystem::path& file) {
    struct stat status {};
    return stat(file.c_str(), &status) == 0 ? status.st_mode & 0777u : 0;
}

struct Keys {
    Finished token(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {program().string(), "token"});
        return run(arguments);
    }
    Finished new_key(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"--new-key", "ES384", "--out", keys.string()});
        return token(more);
    }
    Finished sign(std::vector<std::string> more = {}) const {
        more.insert(more.begin(),
                    {"--key", private_key.string(), "--iss", "https://ehr.example.test/fhir", "--aud", audience});
        return token(more);
    }

    TemporaryFolder folder;
    std::filesystem::path keys = folder.path() / "made" / "here";
    std::filesystem::path private_key = keys / "private.jwk.json";
};

// The claims of a token that was printed alone on its line.
auth::Claims claims_of(const Finished& signed_token) {
    BOOST_TEST_REQUIRE(signed_token.exit_code == 0, signed_token.err);
    BOOST_TEST_REQUIRE(signed_token.out.find('\n') == signed_token.out.size() - 1);
    const std::string token = signed_token.out.substr(0, signed_token.out.size() - 1);
    const auto parts = auth::take_apart(token);
    BOOST_TEST_REQUIRE(std::holds_alternative<auth::CompactJwt>(parts));
    const auto claims = auth::read_claims(std::get<auth::CompactJwt>(parts).payload.root());
    BOOST_TEST_REQUIRE(std::holds_alternative<auth::Claims>(claims));
    return std::get<auth::Claims>(claims);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_token_command, Keys)

BOOST_AUTO_TEST_CASE(makes_a_key_for_its_owner_alone_and_a_registry_that_knows_it) {
    const Finished made = new_key({"--name", "try-out", "--iss", "https://ehr.example.test/r4"});
    BOOST_TEST_REQUIRE(made.exit_code == 0, made.err);
    BOOST_TEST(mode_of(private_key) == 0600U);
    BOOST_TEST(mode_of(keys / "jwks.json") == 0644U);
    const auth::RegistryReading reading = auth::read_client_registry(made.out);
    BOOST_TEST_REQUIRE(reading.registry, made.out);
    const auto client = reading.registry->find_by_issuer("https://ehr.example.test/r4");
    BOOST_TEST_REQUIRE(client);
    BOOST_TEST(client->name == "try-out");
    BOOST_TEST(client->keys.keys.size() == 1U);
    BOOST_TEST(made.err.find("TEST KEY") == 0U);
}

BOOST_AUTO_TEST_CASE(prints_nothing_private) {
    const Finished made = new_key();
    const auto document = json::Document::parse(text_of(private_key));
    BOOST_TEST_REQUIRE(document.ok());
    const std::string secret(document.value().root()["d"].text());
    BOOST_TEST_REQUIRE(secret.size() > 40U);
    for (const std::string& text : {made.out, made.err, sign().out, sign().err, text_of(keys / "jwks.json")}) {
        BOOST_TEST(text.find(secret) == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(makes_a_registry_of_epics_dialect_and_of_a_key_url) {
    const Finished made = new_key({"--epic", "--jku", "https://ehr.example.test/jwks.json", "--tenant", "north"});
    const auth::RegistryReading reading = auth::read_client_registry(made.out);
    BOOST_TEST_REQUIRE(reading.registry, made.out);
    const auto client = reading.registry->find_by_issuer("https://ehr.example.test/fhir");
    BOOST_TEST_REQUIRE(client);
    BOOST_TEST((client->wire.dialect == cdshooks::Dialect::epic));
    BOOST_TEST(client->jku.has_value());
    BOOST_TEST(client->keys.keys.empty());
    BOOST_TEST(client->tenants.size() == 1U);
}

BOOST_AUTO_TEST_CASE(never_writes_over_a_key) {
    BOOST_TEST(new_key().exit_code == 0);
    const std::string before = text_of(private_key);
    const Finished again = new_key();
    BOOST_TEST(again.exit_code == 2);
    BOOST_TEST(again.err.find("File exists") != std::string::npos);
    BOOST_TEST(again.out == "");
    BOOST_TEST(text_of(private_key) == before);
}

BOOST_AUTO_TEST_CASE(prints_a_token_and_nothing_else) {
    BOOST_TEST(new_key().exit_code == 0);
    const Finished signed_token = sign({"--now", "2026-03-02T10:00:00Z", "--lifetime", "60", "--tenant", "north"});
    BOOST_TEST(signed_token.err == "");
    const auth::Claims claims = claims_of(signed_token);
    BOOST_TEST(claims.iss == "https://ehr.example.test/fhir");
    BOOST_TEST(claims.aud == std::vector<std::string>{audience}, boost::test_tools::per_element());
    BOOST_TEST(claims.tenant == "north");
    BOOST_TEST(claims.sub == "");
    BOOST_TEST((claims.iat == auth::Time(std::chrono::seconds(1'772'445'600))));
    BOOST_TEST((claims.exp - claims.iat == std::chrono::seconds(60)));
    BOOST_TEST(!claims.nbf.has_value());
    BOOST_TEST((claims_of(sign({"--now", "1772445600"})).iat == claims.iat));
}

BOOST_AUTO_TEST_CASE(signs_as_epic_does) {
    BOOST_TEST(new_key().exit_code == 0);
    const auth::Claims claims = claims_of(sign({"--epic"}));
    BOOST_TEST((claims.nbf == claims.iat - std::chrono::seconds(300)));
    BOOST_TEST(claims.sub == "https://ehr.example.test/fhir");
    BOOST_TEST(claims_of(sign({"--epic", "--sub", "cds"})).sub == "cds");
}

BOOST_AUTO_TEST_CASE(says_in_words_what_is_missing_or_wrong) {
    BOOST_TEST(new_key().exit_code == 0);
    const std::string key = private_key.string(), set = (keys / "jwks.json").string(), none = (keys / "none").string();
    struct Sample {
        std::vector<std::string> arguments;
        std::string says;
    };
    const std::vector<Sample> samples{
        {{}, "Either --new-key"},
        {{"--new-key", "ES384"}, "--out: "},
        {{"--new-key", "HS256", "--out", none}, "--new-key: "},
        {{"--new-key", "ES384", "--out", key}, "The folder could not be made"},
        {{"--new-key", "ES384", "--out", none, "--key", key}, "Either --new-key"},
        {{"--key", key, "--aud", audience}, "--iss: "},
        {{"--key", key, "--iss", "a"}, "--aud: "},
        {{"--key", key, "--iss", "a", "--aud", "rectal-cancer"}, "--aud: "},
        {{"--key", none, "--iss", "a", "--aud", audience}, "No such file or directory"},
        {{"--key", keys.string(), "--iss", "a", "--aud", audience}, "private.jwk.json"},
        {{"--key", set, "--iss", "a", "--aud", audience}, "alg: ES384 or RS384 is expected."},
        {{"--key", key, "--iss", "a", "--aud", audience, "--now", "yesterday"}, "--now: "},
        {{"--key", key, "--iss", "a", "--aud", audience, "--now", "2026-03-02T24:00:00Z"}, "--now: "},
        {{"--key", key, "--iss", "a", "--aud", audience, "--now", "2026-02-30T10:00:00Z"}, "--now: "},
        {{"--key", key, "--iss", "a", "--aud", audience, "--lifetime", "0"}, "--lifetime: "},
    };
    for (const Sample& sample : samples) {
        const Finished refused = token(sample.arguments);
        BOOST_TEST(refused.exit_code == 2, sample.says);
        BOOST_TEST(refused.out == "");
        BOOST_TEST(refused.err.find(sample.says) != std::string::npos, refused.err);
    }
}

BOOST_AUTO_TEST_SUITE_END()
