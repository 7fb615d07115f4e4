#include "fetch/fetching.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <thread>
#include <utility>

namespace rectal_cds::fetch {

std::ostream& operator<<(std::ostream& out, TransportKind kind) {
    return out << (kind == TransportKind::cpprest ? "cpprest" : "beast");
}
std::ostream& operator<<(std::ostream& out, Fault fault) { return out << name(fault); }

namespace test {

namespace {

// A chain of cpprestsdk's tasks may go on after its answer, and what still waits for the thread when the process ends
// is never given back. Each link is posted by the one before it, so the thread is waited for more often than a chain has
// links.
struct ChainsEnd {
    ~ChainsEnd() {
        for (int i = 0; i < 16; ++i) release_thread();
    }
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(ChainsEnd);

std::vector<auth::IpRange> loopback() {
    return {auth::parse_range("127.0.0.0/8").value(), auth::parse_range("::1").value()};
}

std::shared_ptr<const auth::Secret> token(std::string text) {
    return std::make_shared<const auth::Secret>(std::move(text));
}

void await(const char* what, const std::function<bool()>& condition) {
    const auto end = Clock::now() + 10s;
    while (!condition()) {
        BOOST_TEST_REQUIRE((Clock::now() < end), "waited in vain until " << what);
        std::this_thread::sleep_for(1ms);
    }
}

Request request(const std::string& url, std::chrono::milliseconds time) {
    const auto parsed = auth::parse_url(url);
    BOOST_TEST_REQUIRE(parsed.ok(), "not a URL: " << url);
    Request request;
    request.client = "ehr";
    request.url = parsed.value();
    request.ranges = loopback();
    request.deadline = Clock::now() + time;
    return request;
}

Fetching::Fetching(TransportKind kind, Resolver::Lookup lookup, const Certificate* authority) {
    TransportOptions options;
    if (lookup) {
        Resolver::Limits limits;
        limits.keep = std::chrono::milliseconds(0);
        limits.keep_failure = limits.keep;
        options.resolver = std::make_shared<Resolver>(std::move(lookup), limits);
    }
    if (authority) {
        auto path = (std::filesystem::temp_directory_path() / "rectal-cds-ca-XXXXXX").string();
        const int file = ::mkstemp(path.data());
        BOOST_TEST_REQUIRE(file >= 0);
        std::ofstream(path) << authority->pem();
        options.ca_file = path;
    }
    auto made = make_transport(kind, options);
    if (authority) std::filesystem::remove(options.ca_file);
    BOOST_TEST_REQUIRE(made.ok());
    transport = std::move(made).value();
}

std::future<Answer> Fetching::begin(Request request, FhirTransport::Cancel* cancel) {
    const auto promise = std::make_shared<std::promise<Answer>>();
    auto future = promise->get_future();
    // A second answer would make set_value throw; the count is checked where it matters.
    auto cancelling =
        transport->get(std::move(request), [promise](Answer answer) { promise->set_value(std::move(answer)); });
    if (cancel) *cancel = std::move(cancelling);
    return future;
}

Answer result(std::future<Answer>& answer) {
    BOOST_TEST_REQUIRE((answer.wait_for(10s) == std::future_status::ready), "no answer came");
    return answer.get();
}

Answer Fetching::get(Request request) {
    auto answer = begin(std::move(request));
    return result(answer);
}

Resolver::Lookup names(std::vector<std::pair<std::string, Resolver::Addresses>> known) {
    return [known = std::move(known)](const std::string& host) {
        for (const auto& [name, addresses] : known) {
            if (name == host) return addresses;
        }
        return Resolver::Addresses();
    };
}

}  // namespace test
}  // namespace rectal_cds::fetch
