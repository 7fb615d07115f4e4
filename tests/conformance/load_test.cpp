// Rows N01 and N03: many calls at one time, and more than can be held (cds-hooks.md 14, decisions.md 21). N05, the
// soak, is tests/soak/run.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "conformance/answers.hpp"
#include "conformance/clients.hpp"
#include "conformance/service.hpp"

using namespace rectal_cds::conformance;
using namespace rectal_cds::testing;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

const HeaderLines json_type{{"Content-Type", "application/json"}};

// A call whose body is padded to so many bytes and lacks the last of them.
struct Held {
    HttpConnection connection;
    explicit Held(Service& service, std::size_t bytes) : connection(service.connect()) {
        const std::string body = std::string(bytes - order_sign().size(), ' ') + order_sign();
        const std::string whole = request_bytes("POST", service.path("order-sign"), json_type, body);
        connection.send(std::string_view(whole).substr(0, whole.size() - 1));
    }
    int finish() { return connection.send(order_sign().substr(order_sign().size() - 1)).receive().status; }
};

// Bytes that were sent are counted a little later.
bool soon(const std::function<bool()>& holds) {
    for (const auto end = Clock::now() + milliseconds(5000); Clock::now() < end;) {
        if (holds()) return true;
        std::this_thread::sleep_for(milliseconds(2));
    }
    return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(load, *boost::unit_test::fixture<StopsServices>())

BOOST_AUTO_TEST_CASE(N01_a_thousand_calls_of_sixteen_clients_are_answered_in_time_and_without_an_error) {
    constexpr std::size_t calls = 1000, clients = 16;
    const std::uint16_t port = sandbox().process().port();
    const std::string bytes = request_bytes("POST", sandbox().path("patient-view"), json_type, patient_view());
    std::atomic<std::size_t> next{0}, wrong{0};
    std::mutex mutex;
    std::vector<milliseconds> durations;
    std::vector<std::thread> threads;
    for (std::size_t client = 0; client < clients; ++client) {
        threads.emplace_back([&] {
            HttpConnection connection(port);
            while (next++ < calls) {
                const auto begin = Clock::now();
                const HttpAnswer answer = connection.send(bytes).receive();
                const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
                if (answer.status != 200 || !answer.body.ends_with("]}")) ++wrong;
                const std::lock_guard lock(mutex);
                durations.push_back(took);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    BOOST_TEST_REQUIRE(durations.size() == calls);
    BOOST_TEST(wrong == 0U);
    std::sort(durations.begin(), durations.end());
    BOOST_TEST_MESSAGE("p50 " << durations[calls / 2].count() << " ms, p95 " << durations[calls * 95 / 100].count()
                              << " ms");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they make everything some ten times slower
    BOOST_TEST((durations[calls * 95 / 100] < milliseconds(500)), durations[calls * 95 / 100].count() << " ms");
#endif
}

BOOST_AUTO_TEST_CASE(N03_ten_times_too_much_is_shed_by_urgency_and_nothing_that_was_taken_is_lost) {
    Service& service = running("little memory", [] {
        Configuration configuration;
        configuration.flags = {"--max-buffered", "4194304"};
        return configuration;
    });
    const auto feedback = [&] { return service.feedback("order-sign", R"({"feedback":[]})"); };
    const auto is_shed = [](const HttpAnswer& answer) {
        return answer.status == 503 && !answer.header("Retry-After").empty();
    };
    std::vector<Held> held;
    const auto hold = [&](std::size_t count) {
        while (held.size() < count) held.emplace_back(service, 100'000);
    };
    BOOST_TEST(feedback().status == 200);
    hold(22);  // 52 percent of the memory
    BOOST_TEST(soon([&] { return is_shed(feedback()); }));
    BOOST_TEST(service.view(patient_view()).status == 200);
    hold(31);  // 74
    BOOST_TEST(soon([&] { return is_shed(service.view(patient_view())); }));
    BOOST_TEST(service.select(order_select()).status == 200);
    hold(37);  // 88
    BOOST_TEST(soon([&] { return is_shed(service.select(order_select())); }));
    BOOST_TEST(service.sign(order_sign()).status == 200);
    hold(41);  // 98; what comes now is ten times the memory
    const std::string much = std::string(3'000'000, ' ') + order_sign();
    for (int i = 0; i < 14; ++i) BOOST_TEST(soon([&] { return is_shed(service.sign(much)); }));
    BOOST_TEST(service.get("/healthz").status == 200);

    for (Held& each : held) BOOST_TEST(each.finish() == 200);
    for (const auto& answer :
         {feedback(), service.view(patient_view()), service.select(order_select()), service.sign(much)})
        BOOST_TEST(answer.status == 200);
    BOOST_TEST(contains(service.get("/metrics").body, "cds_shed_total{call=\"order_sign\",reason=\"memory\"}"));
}

BOOST_AUTO_TEST_SUITE_END()
