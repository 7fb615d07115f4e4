// When keys are fetched, used, refreshed and given up: reliability.md 1.2 and tests T65, T66, T90; conformance cases
// J13, J14, J15.
#include "auth/jwks_cache.hpp"

#include <boost/test/unit_test.hpp>

#include <ostream>

#include "support/token.hpp"

using namespace rectal_cds::auth;
using namespace rectal_cds::auth::testing;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace rectal_cds::auth {

std::ostream& operator<<(std::ostream& out, KeyLookup::State state) {
    return out << (state == KeyLookup::State::known      ? "known"
                   : state == KeyLookup::State::fetching ? "fetching"
                                                         : "unavailable");
}

}  // namespace rectal_cds::auth

namespace {

using State = KeyLookup::State;

std::string set_of(const std::string& kid) { return R"({"keys":[)" + p384_key().jwk(kid) + "]}"; }

// A cache with a clock that stands still until told, and a key endpoint that answers at once, later or never.
struct Endpoint {
    Endpoint() { client = make_client("https://ehr.test/fhir", "https://ehr.test/jwks.json"); }

    static std::shared_ptr<const Client> make_client(const char* iss, const char* jku) {
        Client made;
        made.name = "test";
        made.iss = iss;
        made.jku = parse_url(jku).value();
        return std::make_shared<const Client>(made);
    }
    State look_up(const std::string& kid) { return cache.find(client, kid).state; }
    void pass(seconds time) { now += time; }

    std::optional<std::string> answer;  // given at once, unless answers_later
    bool answers_later = false;
    int fetches = 0;
    std::vector<JwksCache::Fetched> open;
    JwksCache::Instant now{};
    std::shared_ptr<const Client> client;
    JwksCache cache{[this](const std::shared_ptr<const Client>&, JwksCache::Fetched fetched) {
                        ++fetches;
                        if (answers_later) {
                            open.push_back(std::move(fetched));
                        } else {
                            fetched(answer);
                        }
                    },
                    [this] { return now; }};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_keys_of_a_client)

BOOST_AUTO_TEST_CASE(are_fetched_once_and_then_used) {
    Endpoint endpoint;
    endpoint.answer = set_of("a");
    for (int call = 0; call < 100; ++call) BOOST_TEST(endpoint.look_up("a") == State::known);
    endpoint.pass(minutes(9));
    BOOST_TEST(endpoint.look_up("a") == State::known);
    BOOST_TEST(endpoint.fetches == 1);
    BOOST_TEST(endpoint.cache.find(endpoint.client, "a").keys->has("a"));
}

BOOST_AUTO_TEST_CASE(are_awaited_together_when_the_endpoint_takes_its_time) {
    Endpoint endpoint;
    endpoint.answers_later = true;
    int told = 0;
    for (int call = 0; call < 3; ++call) {
        BOOST_TEST(endpoint.look_up("a") == State::fetching);
        endpoint.cache.when_fetched(*endpoint.client, [&] { ++told; });
    }
    BOOST_TEST(endpoint.fetches == 1);
    BOOST_TEST(told == 0);
    endpoint.open[0](set_of("a"));
    BOOST_TEST(told == 3);
    BOOST_TEST(endpoint.look_up("a") == State::known);
    endpoint.cache.when_fetched(*endpoint.client, [&] { ++told; });
    BOOST_TEST(told == 4);
}

BOOST_AUTO_TEST_CASE(are_refreshed_beside_the_calls_after_ten_minutes) {
    Endpoint endpoint;
    endpoint.answer = set_of("a");
    endpoint.look_up("a");
    endpoint.answers_later = true;
    endpoint.pass(minutes(10));
    BOOST_TEST(endpoint.look_up("a") == State::known);
    BOOST_TEST(endpoint.look_up("a") == State::known);
    BOOST_TEST(endpoint.fetches == 2);
    endpoint.open[0](set_of("b"));
    BOOST_TEST(endpoint.cache.find(endpoint.client, "b").keys->has("b"));
    BOOST_TEST(!endpoint.cache.find(endpoint.client, "b").keys->has("a"));
}

BOOST_AUTO_TEST_CASE(are_awaited_after_an_hour_so_that_a_withdrawn_key_ends) {
    Endpoint endpoint;
    endpoint.answer = set_of("a");
    endpoint.look_up("a");
    endpoint.pass(hours(1));
    endpoint.answers_later = true;
    BOOST_TEST(endpoint.look_up("a") == State::fetching);
    endpoint.open[0](set_of("b"));
    BOOST_TEST(!endpoint.cache.find(endpoint.client, "a").keys->has("a"));
}

BOOST_AUTO_TEST_CASE(are_used_for_a_day_while_the_endpoint_is_down) {
    Endpoint endpoint;
    endpoint.answer = set_of("a");
    endpoint.look_up("a");
    endpoint.answer.reset();
    for (int hour = 1; hour < 24; ++hour) {
        endpoint.pass(hours(1));
        BOOST_TEST(endpoint.look_up("a") == State::known);
    }
    BOOST_TEST(endpoint.cache.counts().served_stale == 23u);
    BOOST_TEST(endpoint.cache.counts().failures == 23u);
    endpoint.pass(hours(1));
    BOOST_TEST(endpoint.look_up("a") == State::unavailable);
    endpoint.answer = set_of("a");
    endpoint.pass(seconds(10));
    BOOST_TEST(endpoint.look_up("a") == State::known);
}

BOOST_AUTO_TEST_CASE(are_fetched_at_once_for_a_new_kid_but_not_again_within_a_minute) {
    Endpoint endpoint;
    endpoint.answer = set_of("a");
    endpoint.look_up("a");
    endpoint.answer = set_of("b");
    BOOST_TEST(endpoint.cache.find(endpoint.client, "b").keys->has("b"));
    BOOST_TEST(endpoint.fetches == 2);
    for (int call = 0; call < 10'000; ++call)
        BOOST_REQUIRE(endpoint.look_up("x" + std::to_string(call)) == State::known);
    BOOST_TEST(endpoint.fetches == 2);
    endpoint.pass(seconds(59));
    endpoint.look_up("x");
    BOOST_TEST(endpoint.fetches == 2);
    endpoint.pass(seconds(1));
    endpoint.look_up("x");
    BOOST_TEST(endpoint.fetches == 3);
}

BOOST_AUTO_TEST_CASE(do_not_make_good_calls_wait_for_unknown_kids) {
    Endpoint endpoint;
    endpoint.answer = set_of("a");
    endpoint.look_up("a");
    endpoint.answers_later = true;
    BOOST_TEST(endpoint.look_up("x") == State::fetching);
    BOOST_TEST(endpoint.look_up("a") == State::known);
    endpoint.open[0](std::nullopt);
    BOOST_TEST(endpoint.look_up("x") == State::known);
}

BOOST_AUTO_TEST_CASE(are_unavailable_when_there_never_were_any_and_asked_for_again_after_ten_seconds) {
    Endpoint endpoint;
    for (int call = 0; call < 100; ++call) BOOST_TEST(endpoint.look_up("a") == State::unavailable);
    BOOST_TEST(endpoint.fetches == 1);
    endpoint.pass(seconds(10));
    endpoint.answer = set_of("a");
    BOOST_TEST(endpoint.look_up("a") == State::known);
}

BOOST_AUTO_TEST_CASE(stay_when_the_endpoint_answers_with_something_that_is_no_key_set) {
    for (const std::string& text : std::vector<std::string>{
             "", "<html></html>", R"({"keys":[]})", R"({"keys":[{"kty":"oct","kid":"a","k":"AAAA"}]})",
             R"({"keys":[)" + p384_key().jwk("b", R"(,"d":"AAAA")") + "]}", set_of("b") + std::string(70'000, ' ')}) {
        Endpoint endpoint;
        endpoint.answer = set_of("a");
        endpoint.look_up("a");
        endpoint.answer = text;
        const KeyLookup found = endpoint.cache.find(endpoint.client, "b");
        BOOST_TEST(found.state == State::known);
        BOOST_TEST(found.keys->has("a"));
        BOOST_TEST(endpoint.cache.counts().failures == 1u);
    }
}

BOOST_AUTO_TEST_CASE(do_not_wait_for_ever_for_a_fetch_that_never_ends) {
    Endpoint endpoint;
    endpoint.answers_later = true;
    BOOST_TEST(endpoint.look_up("a") == State::fetching);
    endpoint.pass(seconds(29));
    endpoint.look_up("a");
    BOOST_TEST(endpoint.fetches == 1);
    endpoint.pass(seconds(1));
    endpoint.look_up("a");
    BOOST_TEST(endpoint.fetches == 2);
    endpoint.open[0](set_of("late"));
    BOOST_TEST(endpoint.look_up("a") == State::fetching);
    endpoint.open[1](set_of("a"));
    BOOST_TEST(endpoint.look_up("a") == State::known);
    endpoint.open[1](std::nullopt);
    BOOST_TEST(endpoint.look_up("a") == State::known);
}

BOOST_AUTO_TEST_CASE(belong_to_one_issuer_and_one_key_url) {
    Endpoint endpoint;
    endpoint.answer = set_of("a");
    endpoint.look_up("a");
    endpoint.answer = set_of("b");
    const auto other = Endpoint::make_client("https://other.test", "https://ehr.test/jwks.json");
    BOOST_TEST(!endpoint.cache.find(other, "a").keys->has("a"));
    const auto moved = Endpoint::make_client("https://ehr.test/fhir", "https://ehr.test/new.json");
    BOOST_TEST(!endpoint.cache.find(moved, "a").keys->has("a"));
}

BOOST_AUTO_TEST_CASE(are_given_up_with_their_client_and_nobody_is_left_waiting) {
    Endpoint endpoint;
    endpoint.answers_later = true;
    endpoint.look_up("a");
    int told = 0;
    endpoint.cache.when_fetched(*endpoint.client, [&] { ++told; });
    endpoint.cache.keep_only(ClientRegistry({endpoint.client}));
    BOOST_TEST(told == 0);
    endpoint.cache.keep_only(ClientRegistry({}));
    BOOST_TEST(told == 1);
    endpoint.open[0](set_of("a"));
    BOOST_TEST(endpoint.look_up("a") == State::fetching);
    BOOST_TEST(endpoint.fetches == 2);
}

BOOST_AUTO_TEST_CASE(may_arrive_after_the_cache_has_gone) {
    std::vector<JwksCache::Fetched> open;
    {
        JwksCache cache([&](const std::shared_ptr<const Client>&,
                            JwksCache::Fetched fetched) { open.push_back(std::move(fetched)); },
                        [] { return JwksCache::Instant{}; });
        cache.find(Endpoint::make_client("https://ehr.test", "https://ehr.test/jwks.json"), "a");
    }
    BOOST_REQUIRE(open.size() == 1u);
    open[0](set_of("a"));
}

BOOST_AUTO_TEST_SUITE_END()
