// Rows D that need a configuration of their own: versions, one shared id, caching, callers, nothing to offer.
#include <boost/test/unit_test.hpp>

#include <map>
#include <regex>
#include <set>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"

using namespace rectal_cds;
using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;

namespace {

constexpr const char* address = "/cds-services";

Service& with_shared_id() {
    return running("shared id", [] {
        Configuration configuration;
        configuration.flags = {"--today", example_day, "--shared-service-id", "rc4"};
        configuration.shared_id = "rc4";
        return configuration;
    });
}

// A token of 3.0: a path into the context or a user id, or a path into the result of an earlier key (cds-hooks.md 6.1).
bool is_token_of_3_0(const std::string& token, const std::set<std::string>& earlier_keys) {
    static const std::regex path(
        R"((%?context\.[A-Za-z]+|userPractitionerId|userPractitionerRoleId|userPatientId|userRelatedPersonId|today\(\)( [+-] \d+ days)?)"
        R"(|%?context(\.[A-Za-z]+|\.ofType\([A-Za-z]+\)|\.resolve\(\))+))");
    static const std::regex variable(R"(%([A-Za-z][A-Za-z0-9]*)(\.[A-Za-z]+|\.ofType\([A-Za-z]+\)|\.resolve\(\))*)");
    std::smatch found;
    if (std::regex_match(token, path)) return true;
    return std::regex_match(token, found, variable) && earlier_keys.count(found[1]) == 1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(discovery, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(D04_without_services_to_offer_the_list_is_empty) {
    Service& service = running("nothing approved", [] {  // the content is a draft, and drafts are not wanted
        Configuration configuration;
        configuration.flags = {"--require-approved"};
        configuration.becomes_ready = false;
        return configuration;
    });
    const HttpAnswer answer = service.get(address);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.body == R"({"services":[]})");
    BOOST_TEST(service.get("/readyz").status == 503);
    BOOST_TEST(service.sign(order_sign()).status == 404);
}

BOOST_AUTO_TEST_CASE(D06_one_shared_id_is_listed_once_a_hook) {
    const json::Document document = parsed(with_shared_id().get(address));
    std::map<std::string, std::string> hooks;
    for (const json::Value service : document.root()["services"].elements())
        hooks.emplace(service["hook"].text(), service["id"].text());
    BOOST_TEST((hooks == std::map<std::string, std::string>{
                             {"patient-view", "rc4"}, {"order-select", "rc4"}, {"order-sign", "rc4"}}));
    BOOST_TEST(has_topic(with_shared_id().view(patient_view()), "firstLineDoubletBevacizumab"));
    BOOST_TEST(has_topic(with_shared_id().select(order_select()), "antiEgfrRasMutant"));
    BOOST_TEST(with_shared_id().post("/cds-services/rectal-cancer-order-sign", order_sign()).status == 404);
}

BOOST_AUTO_TEST_CASE(D08_templates_of_3_0_keep_to_its_subset_and_to_earlier_keys) {
    static const std::regex token(R"(\{\{([^}]*)\}\})");
    const json::Document document = parsed(sandbox().get("/v3/cds-services"));
    std::size_t tokens = 0;
    for (const json::Value service : document.root()["services"].elements()) {
        std::set<std::string> earlier;
        for (const json::Member member : service["prefetch"].members()) {
            const std::string text(member.value.text());
            for (std::sregex_iterator found(text.begin(), text.end(), token), end; found != end; ++found, ++tokens)
                BOOST_TEST(is_token_of_3_0((*found)[1], earlier), text);
            earlier.emplace(member.name);
        }
    }
    BOOST_TEST(tokens >= 24U);
    BOOST_TEST(!is_token_of_3_0("%later.entry", {"earlier"}));
    BOOST_TEST(!is_token_of_3_0("context.draftOrders.where(status='draft')", {}));
}

BOOST_AUTO_TEST_CASE(D09_discovery_is_the_same_bytes_and_304_to_who_has_them) {
    for (const char* path : {"/cds-services", "/v1/cds-services", "/v3/cds-services"}) {
        const HttpAnswer first = sandbox().get(path), second = sandbox().get(path);
        BOOST_TEST((first.body == second.body));
        BOOST_TEST(!first.header("ETag").empty());
        BOOST_TEST(first.header("ETag") == second.header("ETag"));
        const HttpAnswer known = sandbox().ask("GET", path, {{"If-None-Match", first.header("ETag")}});
        BOOST_TEST(known.status == 304);
        BOOST_TEST(known.body.empty());
        BOOST_TEST(known.header("ETag") == first.header("ETag"));
        BOOST_TEST(sandbox().ask("GET", path, {{"If-None-Match", "\"other\""}}).status == 200);
    }
    BOOST_TEST(sandbox().get("/v1/cds-services").header("ETag") != sandbox().get("/v3/cds-services").header("ETag"));
}

BOOST_AUTO_TEST_CASE(D11_discovery_behind_tokens_takes_its_own_audience_only) {
    Service& service =
        running("discovery with tokens", [] { return registered_configuration({"--discovery-needs-token"}); });
    const auto status_for = [&](const std::string& path) {
        return service.ask("GET", address, {{"Authorization", bearer(ehr_caller, path)}}).status;
    };
    BOOST_TEST(service.get(address).status == 401);
    BOOST_TEST(status_for(address) == 200);
    BOOST_TEST(status_for(service.path("order-sign")) == 401);
    BOOST_TEST(registered().get(address).status == 200);  // public unless configured otherwise
}

BOOST_AUTO_TEST_CASE(D12_3_0_names_its_versions_and_1_0_knows_none_of_them) {
    static const std::regex semver(R"(\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?)");
    const json::Document ballot = parsed(sandbox().get("/v3/cds-services")),
                         old = parsed(sandbox().get("/v1/cds-services"));
    for (const json::Value service : ballot.root()["services"].elements()) {
        BOOST_TEST(std::regex_match(std::string(service["version"].text()), semver), service["version"].text());
        BOOST_TEST(service["hookVersion"].text() == "1.0");
    }
    for (const json::Value service : old.root()["services"].elements()) {
        for (const char* later : {"version", "hookVersion", "usageRequirements"})
            BOOST_TEST(!service[later].exists(), later);
    }
    BOOST_TEST((ballot.root()["services"].size() == 3U && old.root()["services"].size() == 3U));
}

// K20: the same order, first chosen and then signed, at one id.
BOOST_AUTO_TEST_CASE(K20_what_was_said_when_an_order_was_chosen_is_not_contradicted_when_it_is_signed) {
    const HttpAnswer chosen = with_shared_id().select(order_select()), signed_for = with_shared_id().sign(order_sign());
    BOOST_TEST((topics(chosen) == topics(signed_for)));
    const json::Document before = parsed(chosen), after = parsed(signed_for);
    BOOST_TEST_REQUIRE(before.root()["cards"].size() == 1U);
    for (const char* member : {"summary", "indicator"})
        BOOST_TEST(before.root()["cards"].at(0)[member].text() == after.root()["cards"].at(0)[member].text());
    BOOST_TEST(before.root()["cards"].at(0)["source"]["topic"]["code"].text() == "antiEgfrRasMutant");
}

BOOST_AUTO_TEST_SUITE_END()
