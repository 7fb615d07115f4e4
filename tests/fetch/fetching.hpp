// A transport of either kind, asked one thing at a time or many at once.
#pragma once

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "fetch/fake_server.hpp"
#include "fetch/resolver.hpp"
#include "fetch/transport.hpp"

namespace rectal_cds::fetch {

std::ostream& operator<<(std::ostream& out, TransportKind kind);
std::ostream& operator<<(std::ostream& out, Fault fault);

namespace test {

using namespace std::chrono_literals;

// For BOOST_DATA_TEST_CASE: row 0 is cpprestsdk, row 1 Beast.
inline const auto both = boost::unit_test::data::make({TransportKind::cpprest, TransportKind::beast});

std::vector<auth::IpRange> loopback();
std::shared_ptr<const auth::Secret> token(std::string text = "token-of-the-test");
void await(const char* what, const std::function<bool()>& condition);

// A request for `url` by client "ehr", loopback allowed, 5 s. A failed test when the URL cannot be parsed.
Request request(const std::string& url, std::chrono::milliseconds time = 5s);

class Fetching {
public:
    explicit Fetching(TransportKind kind, Resolver::Lookup lookup = nullptr, const Certificate* authority = nullptr);

    Answer get(Request request);  // waits
    std::future<Answer> begin(Request request, FhirTransport::Cancel* cancel = nullptr);
    std::shared_ptr<FhirTransport> transport;
};

// The names of a small DNS.
Resolver::Lookup names(std::vector<std::pair<std::string, Resolver::Addresses>> known);

// Waits at most 10 s; a failed test after that.
Answer result(std::future<Answer>& answer);

}  // namespace test
}  // namespace rectal_cds::fetch
