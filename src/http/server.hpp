// An HTTP/1.1 server that hands complete, unambiguous requests to one function (RFC 9110, RFC 9112).
//
// One thread takes connections, `threads` others serve them; a connection stays on its thread for life. All limits and
// deadlines are on from the first byte. Every error answer is a FHIR OperationOutcome that names the place.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/result.hpp"
#include "http/admission.hpp"
#include "http/message.hpp"

namespace rectal_cds::http {

// Gives the answer of one request. May be called from any thread, also after the Handler has returned, also after the
// Server has gone; only the first call counts. If it is never called and destroyed, the answer is 500.
using Respond = std::function<void(Response)>;

// Called on the thread that serves the connection: what takes more than a few milliseconds belongs on another thread,
// for the other connections wait meanwhile. If it throws, the answer is 500.
using Handler = std::function<void(Request, Respond)>;

struct ServerOptions {
    std::string address = "127.0.0.1";  // IPv4 or IPv6 literal, without brackets
    std::uint16_t port = 8080;          // 0: any free one
    unsigned threads = 0;               // 0: as many as the machine has

    // Both or neither. PEM files (tls_context.hpp); with them TLS 1.2 and 1.3 are spoken and plain HTTP is not.
    std::string tls_certificate_file;
    std::string tls_key_file;

    std::size_t max_header_bytes = 16u * 1024;      // above: 431
    std::size_t max_headers = 100;                  // above: 431
    std::size_t max_body_bytes = 4u * 1024 * 1024;  // above, declared or arrived: 413
    std::size_t max_connections = 2000;             // above: 503 with Retry-After, then closed at once
    // In place of that 503: whoever is nearest to a deadline with an unfinished request is closed.
    bool makes_room = false;
    // Of all bodies that have begun to arrive and are not answered; above: 503 with Retry-After, then closed.
    std::size_t max_buffered_bytes = 64u * 1024 * 1024;

    using Duration = std::chrono::milliseconds;
    Duration handshake_deadline{5'000};  // TLS: from the connection to the end of the handshake; then closed
    Duration idle_deadline{15'000};      // until the first byte of a request; then closed without a word
    Duration header_deadline{5'000};     // from the first byte to the end of the headers; then closed without a word
    Duration body_deadline{10'000};      // from the end of the headers to the end of the body; then 408
    Duration handler_deadline{0};        // from the call to the answer; then 503; 0: none
    Duration write_deadline{10'000};     // for the whole answer to be taken; then closed
    Duration linger_deadline{2'000};     // after the last answer, for the client to read it and to close
    Duration drain_delay{0};             // from a signal to the drain: connections are taken while is_draining() says so
    Duration drain_idle{500};            // from stop(): for one more request on a connection that is idle; then closed
    Duration drain_deadline{20'000};     // from stop() to the end of run(), whatever is still open

    // Asked of each request with a body when its head has been read and its body has not. Empty: all are admitted.
    std::function<Admission(const Request& head, const Load& load)> admit;
    // Sees every answer that is neither the handler's nor a refusal of `admit` before it is sent, and may add headers.
    // `head`: correlation id; method, path and Origin where the head could be read. All of these are called on the
    // connection's thread and must be quick.
    std::function<void(const Request& head, Response& response)> on_refusal;
    bool stops_on_signals = false;  // after drain_delay SIGTERM and SIGINT call stop(), the second one at once; then it cuts what is open
    // It threw, dropped its Respond, or gave an answer that cannot be sent.
    std::function<void(std::string_view correlation_id)> on_handler_failure;
};

class Server {
public:
    Server(ServerOptions options, Handler handler);
    ~Server();  // after run() has returned, or before it was called
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Reads the TLS files, then binds; connections are taken from now on and served once run() runs. Error: where
    // "address", "port" (kind system, what with the operating system's reason) or the TLS file.
    base::Result<base::Done> listen();

    // Reads the TLS files again. New connections get the new certificate; those that are open keep theirs. An error
    // names the file, and the old certificate stays in use. From any thread, once listen() has succeeded; without TLS
    // files nothing happens.
    base::Result<base::Done> reload_tls();
    base::Day tls_certificate_ends() const;  // the last day of the certificate in use; Day{} without TLS

    // The port that is bound; 0 before listen().
    std::uint16_t port() const;

    // Serves until stop(), then drains: no new connection, idle ones are closed shortly, requests that have begun, also in
    // connections that the system has taken already, are answered with `Connection: close`. Returns when the last connection has closed, or at drain_deadline. Call once,
    // after listen() has succeeded.
    void run();

    // Begins the drain and returns at once. From any thread, not from an asynchronous signal handler.
    void stop();

    bool is_serving() const;   // run() takes connections and signals
    bool is_draining() const;  // or, after a signal, about to
    std::size_t open_connections() const;

private:
    class Acceptor;
    std::unique_ptr<Acceptor> acceptor_;
};

}  // namespace rectal_cds::http
