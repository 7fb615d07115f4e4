#include "fetch/resolver.hpp"

#include <algorithm>
#include <atomic>

#include "fetch/fetching.hpp"

using namespace rectal_cds::fetch;
using namespace rectal_cds::fetch::test;

namespace {

using Addresses = Resolver::Addresses;

Addresses resolve(Resolver& resolver, const std::string& host) {
    std::promise<Addresses> promise;
    auto future = promise.get_future();
    resolver.resolve(host, [&promise](const Addresses& addresses) { promise.set_value(addresses); });
    BOOST_TEST_REQUIRE((future.wait_for(10s) == std::future_status::ready));
    return future.get();
}

// Look-ups that wait until the gate is opened.
struct Gate {
    std::atomic<bool> is_open = false;
    std::atomic<int> lookups = 0;
    Addresses look_up(const std::string& host) {
        ++lookups;
        while (!is_open) std::this_thread::sleep_for(1ms);
        return {host};
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_resolver)

BOOST_AUTO_TEST_CASE(knows_what_the_system_knows) {
    Resolver resolver;
    const auto addresses = resolve(resolver, "localhost");
    const bool is_loopback = std::all_of(addresses.begin(), addresses.end(), [](const std::string& address) {
        return address == "::1" || address.starts_with("127.");
    });
    BOOST_TEST(!addresses.empty());
    BOOST_TEST(is_loopback);
    BOOST_TEST(resolve(resolver, "no-such-name.invalid").empty());
}

BOOST_AUTO_TEST_CASE(remembers_an_answer_for_its_time) {
    std::atomic<int> lookups = 0;
    Resolver::Limits limits;
    limits.keep = 100ms;
    Resolver resolver(
        [&lookups](const std::string&) {
            ++lookups;
            return Addresses{"192.0.2.1"};
        },
        limits);
    for (int i = 0; i < 5; ++i) BOOST_TEST((resolve(resolver, "a.example") == Addresses{"192.0.2.1"}));
    BOOST_TEST(lookups <= 2);
    std::this_thread::sleep_for(150ms);
    const int before = lookups;
    resolve(resolver, "a.example");
    BOOST_TEST(lookups == before + 1);
}

BOOST_AUTO_TEST_CASE(remembers_a_failure_for_its_own_time) {
    std::atomic<int> lookups = 0;
    Resolver::Limits limits;
    limits.keep_failure = 0ms;
    Resolver resolver(
        [&lookups](const std::string&) -> Addresses {
            if (++lookups == 1) throw std::runtime_error("a fault of the look-up");
            return {};
        },
        limits);
    BOOST_TEST(resolve(resolver, "a.example").empty());
    BOOST_TEST(resolve(resolver, "a.example").empty());
    BOOST_TEST(lookups == 2);
}

BOOST_AUTO_TEST_CASE(looks_a_name_up_once_for_all_who_wait) {
    Gate gate;
    std::atomic<int> answers = 0;
    Resolver resolver([&gate](const std::string& host) { return gate.look_up(host); });
    for (int i = 0; i < 20; ++i) resolver.resolve("a.example", [&answers](const Addresses&) { ++answers; });
    gate.is_open = true;
    await("all are answered", [&] { return answers == 20; });
    BOOST_TEST(gate.lookups == 1);
}

BOOST_AUTO_TEST_CASE(refuses_when_too_many_wait) {
    Gate gate;
    Resolver::Limits limits;
    limits.max_waiting = 3;
    Resolver resolver([&gate](const std::string& host) { return gate.look_up(host); }, limits);
    std::atomic<int> found = 0;
    std::atomic<int> refused = 0;
    for (int i = 0; i < 5; ++i) {
        resolver.resolve("a" + std::to_string(i) + ".example",
                         [&](const Addresses& addresses) { ++(addresses.empty() ? refused : found); });
    }
    BOOST_TEST(refused == 2);
    gate.is_open = true;
    await("the others are answered", [&] { return found == 3; });
}

BOOST_AUTO_TEST_CASE(forgets_the_oldest_names_first) {
    std::atomic<int> lookups = 0;
    Resolver::Limits limits;
    limits.max_names = 2;
    Resolver resolver(
        [&lookups](const std::string&) {
            ++lookups;
            return Addresses{"192.0.2.1"};
        },
        limits);
    for (const char* name : {"a.example", "b.example", "c.example", "b.example", "c.example"}) resolve(resolver, name);
    BOOST_TEST(lookups == 3);
    resolve(resolver, "a.example");
    BOOST_TEST(lookups == 4);
}

BOOST_AUTO_TEST_CASE(ends_without_waiting_for_a_look_up_that_hangs) {
    const auto gate = std::make_shared<Gate>();
    std::atomic<int> answers = 0;
    const auto begin = Clock::now();
    {
        Resolver resolver([gate](const std::string& host) { return gate->look_up(host); });
        resolver.resolve("a.example", [&answers](const Addresses&) { ++answers; });
        await("the look-up has begun", [&] { return gate->lookups == 1; });
    }
    BOOST_TEST((Clock::now() - begin < 5s));
    gate->is_open = true;
    std::this_thread::sleep_for(50ms);
    BOOST_TEST(answers == 0);
}

BOOST_AUTO_TEST_SUITE_END()
