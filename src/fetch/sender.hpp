// What is left to a library once a request has passed the fences of fenced_transport.hpp: to carry it to one of the
// addresses that were found good, and the answer back. For sources of this folder only.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "fetch/tls.hpp"
#include "fetch/transport.hpp"

namespace rectal_cds::fetch {

// One get() under way. All of it may be used from any thread.
class Exchange {
public:
    Exchange(Request request, FhirTransport::Done done) : request_(std::move(request)), done_(std::move(done)) {}

    const Request& request() const { return request_; }
    // Set once, before the exchange is handed to a Sender. Not empty; each may be connected to.
    const std::vector<std::string>& addresses() const { return addresses_; }
    void set_addresses(std::vector<std::string> addresses) { addresses_ = std::move(addresses); }

    // The first call decides, later ones do nothing.
    void finish(Answer answer);
    void finish(Fault fault);
    bool is_finished() const;

    // Ends it from outside: deadline, cancellation, body too large. As finish(), then runs what on_give_up() was given.
    void give_up(Fault fault);
    // What frees the connection. Replaces an earlier one; run at once when the exchange was given up already.
    void on_give_up(std::function<void()> abort);

private:
    const Request request_;
    std::vector<std::string> addresses_;
    mutable std::mutex mutex_;
    FhirTransport::Done done_;  // empty once finished
    std::function<void()> abort_;
    bool is_given_up_ = false;
};

class Sender {
public:
    virtual ~Sender() = default;
    // Finishes the exchange, sooner or later. Stops what it is doing for it when the exchange is given up.
    virtual void send(std::shared_ptr<Exchange> exchange) = 0;
};

// The request line's target: query characters that RFC 3986 does not allow there, as '|', are percent-encoded.
std::string request_target(const auth::Url& url);
// The value of Host: with the port unless it is the scheme's own.
std::string host_header(const auth::Url& url);
// "Bearer ...", wiped when it is destroyed. Precondition: there is a token.
auth::Secret authorization(const auth::Secret& token);
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value);

inline constexpr const char* user_agent = "rectal-cds";
inline constexpr std::size_t largest_head_bytes = 32u * 1024;

std::shared_ptr<Sender> make_cpprest_sender(std::shared_ptr<const TrustStore> trust);
std::shared_ptr<Sender> make_beast_sender(const TrustStore& trust, int threads);

}  // namespace rectal_cds::fetch
