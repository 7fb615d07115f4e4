// One asynchronous GET of an address that somebody else gave us, fenced (reliability.md 1.2, stack.md 2 and 6).
//
// What every implementation holds, and tests/fetch asks of each:
// * The address is one that may be asked: https, or http on loopback. Every address that its name resolves to is judged
//   by auth::may_connect; only an address judged so is connected to, with the name in Host, in SNI and in the
//   verification of the certificate. One forbidden address among them refuses all.
// * No redirect is followed, no proxy and no cookie is used, no compression is asked for.
// * The token goes to the URL of its own request only. Connections are shared only by requests of one client to one
//   origin.
// * Nothing waits beyond the deadline: neither a name server, nor a connection, nor a body that drips.
// * `done` is called exactly once, from any thread, perhaps before get() returns, and not while a lock is held.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/address_policy.hpp"
#include "auth/fhir_base_url.hpp"
#include "auth/secret.hpp"
#include "cdshooks/fetched.hpp"

namespace rectal_cds::fetch {

using Clock = std::chrono::steady_clock;

struct Request {
    std::string client;  // its name in the registry; connections are never shared between two
    auth::Url url;
    std::shared_ptr<const auth::Secret> token;  // null: no Authorization
    std::vector<auth::IpRange> ranges;          // non-public addresses that may be connected to
    Clock::time_point deadline{};               // for everything, from the name to the last byte
    std::size_t max_bytes = 8u * 1024 * 1024;   // of the body
    std::string accept = "application/fhir+json";
    std::string traceparent{};  // W3C Trace Context; empty: no such header
};

enum class Fault : unsigned char {
    none,         // an answer came, whatever its status
    not_allowed,  // the URL, the token's characters, or an address; nothing was connected to
    timed_out,
    cancelled,
    unresolved,       // the name has no address
    unreachable,      // no connection
    connection_lost,  // reset or closed before the answer was whole
    tls,              // handshake, certificate, name
    too_large,        // the body, or the head
    malformed         // not HTTP
};
const char* name(Fault fault);  // "timed_out"

struct Answer {
    Fault fault = Fault::none;
    int status = 0;                                   // this and what follows: only when there is no fault
    std::string content_type;                         // as sent; empty when absent
    std::optional<std::chrono::seconds> retry_after;  // only when given as seconds
    std::string body;
};

class FhirTransport {
public:
    using Done = std::function<void(Answer)>;
    using Cancel = std::function<void()>;  // from any thread, at any time, repeatedly; `done` gets Fault::cancelled

    virtual ~FhirTransport() = default;  // cancels what is under way; never to be run inside a `done`
    virtual Cancel get(Request request, Done done) = 0;
    virtual std::size_t open_connections() const = 0;  // under way; for metrics
};

class Resolver;

struct TransportOptions {
    int threads = 2;                     // of the Beast implementation, 1 to 4; cpprestsdk has one, of the process
    std::string ca_file;                 // PEM, trusted beside the system's authorities; empty: none
    std::shared_ptr<Resolver> resolver;  // null: one of its own that asks the system
};

enum class TransportKind { cpprest, beast };
std::optional<TransportKind> transport_kind(std::string_view name);  // "cpprest", "beast"

// Error: kind system or invalid, for a CA file that cannot be used.
base::Result<std::shared_ptr<FhirTransport>> make_transport(TransportKind kind, const TransportOptions& options);

// Gives cpprestsdk the one thread on which it is safe (cpprest_transport.cpp says why; its default is 40). To be called
// before anything else of it is used; later calls change nothing.
void initialize_thread();

// Once, when all transports have gone: cpprestsdk ends its thread after OpenSSL has ended, so what OpenSSL keeps for it
// is given back here. Waits for a thread that is still busy, a second at most.
void release_thread();

// The word for cards and metrics: what a transport's fault, or the status of its answer, means for a read of FHIR.
// `none` for status 200, whose body is still to be judged.
cdshooks::FetchFailure failure_of(const Answer& answer);

}  // namespace rectal_cds::fetch
