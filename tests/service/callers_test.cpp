// The caller of a request, while keys are fetched and the service may end.
#include "service/callers.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>

#include "support/token.hpp"

using namespace rectal_cds;

namespace {

// A client whose keys are at its jku; the fetch of them is held until the test answers it.
struct KeysUnderWay {
    std::vector<auth::JwksCache::Fetched> fetches;
    auth::ReplayCache replays;
    std::optional<auth::JwksCache> keys;
    std::shared_ptr<service::Gate> gate = std::make_shared<service::Gate>();
    std::optional<service::Callers> callers;
    int answers = 0, status = 0;
    bool has_room = true;

    KeysUnderWay() {
        keys.emplace([this](const auto&, auth::JwksCache::Fetched fetched) { fetches.push_back(std::move(fetched)); },
                     std::chrono::steady_clock::now);
        callers.emplace(*keys, replays, gate, [this](const std::string& client, const std::function<void()>& work) {
            BOOST_TEST(client == "ehr");
            if (has_room) work();
            return has_room;
        });
    }

    void ask() {
        auto reading = auth::read_client_registry(
            R"({"clients":[{"name":"ehr","iss":"https://ehr.test/fhir","jku":"https://ehr.test/jwks.json"}]})");
        BOOST_TEST_REQUIRE(reading.registry != nullptr);
        http::Request request;
        request.headers = {{"Authorization", "Bearer " + auth::testing::good_token()}};
        callers->identify(request, {"/cds-services/x", {"https://cds.test/cds-services/x"}}, reading.registry,
                          [] { return auth::Time{}; }, [this](const service::Callers::Identified& identified, auth::Refusal) {
                              ++answers;
                              const auto* response = std::get_if<http::Response>(&identified);
                              status = response ? response->status : 0;
                          });
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_caller_whose_keys_are_fetched, KeysUnderWay)

BOOST_AUTO_TEST_CASE(is_answered_when_the_keys_have_come_or_failed) {
    ask();
    BOOST_TEST_REQUIRE(fetches.size() == 1U);
    BOOST_TEST(answers == 0);
    fetches.front()(std::nullopt);
    BOOST_TEST(answers == 1);
}

BOOST_AUTO_TEST_CASE(is_told_to_come_again_when_there_is_no_room_to_go_on) {
    has_room = false;
    ask();
    BOOST_TEST_REQUIRE(fetches.size() == 1U);
    fetches.front()(std::nullopt);
    BOOST_TEST(answers == 1);
    BOOST_TEST(status == 503);
}

BOOST_AUTO_TEST_CASE(is_left_alone_when_the_service_has_ended_meanwhile) {
    ask();
    BOOST_TEST_REQUIRE(fetches.size() == 1U);
    gate->close();
    callers.reset();
    keys.reset();
    fetches.front()(std::nullopt);  // the callback that once came back to what was gone
    BOOST_TEST(answers == 0);
}

BOOST_AUTO_TEST_SUITE_END()
